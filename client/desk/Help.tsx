import { useEffect, useRef } from 'react'
import type { On } from './deed.ts'
import { DEEDS } from './deeds.ts'
import './pages.css'

const EVERYWHERE: [keys: string, words: string][] = [
  ['F2', '新接报'],
  ['F4', '下一份草稿'],
  ['F8', '值班日志 / 返回'],
  ['Esc', '收起，不丢内容'],
  ['↑ ↓ / J K', '移动'],
  ['← →', '换栏'],
  ['1 2 3 4', '跳到待传达、未签收、时限、在办'],
  ['Enter', '打开'],
  ['/', '查找事件'],
  ['A', '已终报 / 未终报'],
  ['Y', '复制值班快报'],
  ['Alt+1…9', '打开第几份草稿'],
  ['?', '本页'],
]

const INTAKE: [string, string][] = [
  ['Ctrl+Enter', '推送首报'],
  ['Alt+1…4', '等级，Alt+0 未定级'],
  ['Alt+M', '并入疑似同一事件'],
  ['Alt+Delete 两次', '丢弃此草稿'],
]

const GROUPS: [On, string][] = [
  ['incident', '事件'],
  ['relay', '指示'],
  ['alert', '提醒'],
  ['deadline', '时限'],
  ['shift', '值班'],
]

function Keys({ name, keys }: { name: string; keys: [string, string][] }) {
  return (
    <div className="help-group">
      <h3>{name}</h3>
      <dl>
        {keys.map(([key, words]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{words}</dd>
          </div>
        ))}
      </dl>
    </div>
  )
}

/** 按键: every key of the desk, made from the deeds themselves. */
export function Help() {
  const page = useRef<HTMLElement>(null)
  useEffect(() => page.current?.focus(), [])
  return (
    <section className="help" aria-label="按键" tabIndex={-1} ref={page} data-screen="help">
      <h2>按键</h2>
      <div className="help-columns">
        <Keys name="随处" keys={EVERYWHERE} />
        <Keys name="接报单" keys={INTAKE} />
        {GROUPS.map(([on, name]) => (
          <Keys key={on} name={name} keys={DEEDS.filter(d => d.on === on).map(d => [d.letter.toUpperCase(), d.name])} />
        ))}
      </div>
    </section>
  )
}
