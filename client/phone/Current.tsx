import { useEffect, useRef, type ReactNode } from 'react'
import { LinkLamp } from '../parts/LinkLamp.tsx'
import { SoundState } from '../parts/SoundState.tsx'
import { hhmmss } from '../parts/times.ts'
import { useNow } from '../sync/clock.ts'
import type { Me } from '../sync/store.ts'
import { useRoom } from '../sync/store.ts'
import { A } from './A.tsx'
import { canOrder, isLiaison } from './may.ts'
import { pullToRefresh } from './pull.ts'
import { RowLine } from './RowLine.tsx'
import type { useOpenRows } from './open-rows.ts'
import type { Holder, Row } from './rows.ts'
import { Tabs } from './Tabs.tsx'

/** What is open: what waits for a 签收 first. */
export function Current({ me, holder, rows }: { me: Me; holder: Holder; rows: ReturnType<typeof useOpenRows> }) {
  const knows = useRoom(room => room.joined || room.board.seq > 0)
  const isLive = useRoom(room => room.link === 'live')
  const list = useRef<HTMLElement>(null)
  useEffect(() => pullToRefresh(list.current!), [])
  const { waiting, instructions, incidents } = rows
  return (
    <>
      <header className="top">
        <Clock />
        <LinkLamp />
        <SoundState />
      </header>
      <main className="list" ref={list}>
        <Section title="待签收" rows={waiting} holder={holder} className="waiting">
          {knows && isLive ? '没有待签收的事项' : '正在核对有无新事项…'}
        </Section>
        {isLiaison(me) ? (
          <>
            <A to="report" className="wide-button">
              报告事件
            </A>
            <Section title="办理中的指示" rows={instructions} holder={holder} />
            <Section title="有关事件" rows={incidents} holder={holder} />
          </>
        ) : (
          <>
            <Section title="在办事件" rows={incidents} holder={holder}>
              {!knows ? '正在读取…' : waiting.length > 0 ? '没有其他在办事件' : isLive ? '没有在办事件' : '—'}
            </Section>
            <Section title="指示批示" rows={instructions} holder={holder} />
          </>
        )}
        {canOrder(me) && <A to="order" className="wide-button quiet-button">下达指令（不针对某一事件）</A>}
      </main>
      <Tabs at="" waiting={waiting.length} />
    </>
  )
}

const keyOfRow = (row: Row) => (row.sort === 'incident' ? row.incident.id : row.sort === 'instruction' ? row.instruction.id : row.alerts[0].id)

function Clock() {
  const now = useNow()
  return (
    <time className="clock" data-role="clock">
      {hhmmss(now)}
    </time>
  )
}

function Section({ title, rows, holder, className, children }: { title: string; rows: Row[]; holder: Holder; className?: string; children?: ReactNode }) {
  if (rows.length === 0 && !children) return null
  return (
    <section className={className}>
      <h2>
        {title} <span data-role={className === 'waiting' ? 'unack' : undefined}>{rows.length || ''}</span>
      </h2>
      {rows.length ? (
        <ul>
          {rows.map(row => (
            <RowLine key={keyOfRow(row)} row={row} holder={holder} waits={className === 'waiting'} />
          ))}
        </ul>
      ) : (
        <p className="quiet">{children}</p>
      )}
    </section>
  )
}
