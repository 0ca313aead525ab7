import { useState } from 'react'
import { ask } from '../sync/command.ts'
import type { Me } from '../sync/store.ts'
import { Form } from './Form.tsx'
import { stamp } from './stamp.ts'
import { Entries } from './Story.tsx'

type Verdict = { ok: true; entries: number; head: number } | { ok: false; at: number; why: string }

const WHY: Record<string, string> = {
  missing: '此处缺少记录',
  changed: '此条内容已被改动',
  'personal words changed': '此条个人信息已被改动',
  'end missing': '末尾记录缺失',
}

/** 校验: proves that no entry of the book was changed, and for an auditor shows the whole book. */
export function Audit({ me }: { me: Me }) {
  const [verdict, setVerdict] = useState<{ verdict: Verdict; at: string } | null>(null)
  return (
    <>
      <Form
        name="校验值班记录"
        submit="开始校验"
        deed={async () => {
          const verdict = await ask<Verdict>('GET', '/api/audit/verify')
          setVerdict({ verdict, at: new Date().toISOString() })
          return '校验完成'
        }}
      >
        <p className="quiet">逐条核对序号和校验值，任何一个字节被改动都会指出是哪一条。</p>
      </Form>
      {verdict && (
        <p role="status" className={verdict.verdict.ok ? 'good' : 'no'}>
          {stamp(verdict.at)}：
          {verdict.verdict.ok ? `完整无误，共 ${verdict.verdict.entries} 条` : `第 ${verdict.verdict.at} 条不符：${WHY[verdict.verdict.why] ?? verdict.verdict.why}`}
        </p>
      )}
      {me.roles.includes('auditor') && <Entries caption="全部记录" path="/api/audit?limit=200" />}
    </>
  )
}
