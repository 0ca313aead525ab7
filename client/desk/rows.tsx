import type { Addressee, Alert } from '@duty/shared/alert/alert.ts'
import type { Deadline } from '@duty/shared/deadline/deadline.ts'
import type { Thing } from '@duty/shared/kernel/kind.ts'
import { DELIVERY, FORM, STEP, URGENCY } from '@duty/shared/words.ts'
import { memo, type ReactNode } from 'react'
import { hhmm, lengthWords, span } from '../parts/times.ts'
import { useNow } from '../sync/clock.ts'
import { Acts } from './Acts.tsx'
import type { On } from './deed.ts'
import { peopleOf, type RelayDue } from './order.ts'
import { openIncident } from './where.ts'
import './duties.css'

interface RowProps {
  on: On
  id: string
  /** The incident that Enter lays open. */
  incident?: string
  isFirst?: boolean
  acts: ReactNode
  children: ReactNode
  [data: `data-${string}`]: unknown
}

/** A row the keys can take up, with its deeds beneath while it is in hand. */
export function Row({ on, id, incident, isFirst, acts, children, ...data }: RowProps) {
  return (
    <li className="duty-row" {...data}>
      <button type="button" data-row data-on={on} data-key={id} tabIndex={isFirst ? 0 : -1} onClick={() => incident && openIncident(incident)}>
        {children}
      </button>
      {acts}
    </li>
  )
}

/** How long a line of an instruction has waited, and whether it has waited too long. */
function Lapse({ relay }: Pick<RelayDue, 'relay'>) {
  const now = useNow()
  const { lapsesAt, step } = relay
  const isOwed = step === 'issued' || step === 'relayed'
  if (lapsesAt === null) return isOwed ? <span data-tone="over">逾时</span> : null
  const left = Date.parse(lapsesAt) - now
  return <span data-tone={left < 0 ? 'over' : left < 60_000 ? 'near' : 'calm'}>{left < 0 ? `逾时 ${span(-left)}` : `${span(left)} 内${NEXT[step]}`}</span>
}

const NEXT = { issued: '传达', relayed: '签收', receipted: '反馈', answered: '办结', done: '' } as const

/** One unit's line of an instruction, with the step it has come to. */
export const RelayRow = memo(function RelayRow({ due, isFirst }: { due: RelayDue; isFirst?: boolean }) {
  const { instruction: i, relay: r } = due
  return (
    <Row on="relay" id={due.key} incident={i.incident} isFirst={isFirst} data-role="relay-row" data-step={r.step} acts={<Acts on="relay" target={due} />}>
      <span className="duty-head">
        <span className="mark step" data-step={r.step}>
          {STEP[r.step]}
        </span>
        <b>{r.name}</b>
        {i.status === 'open' && r.step !== 'done' && <Lapse relay={r} />}
      </span>
      <span className="duty-text">
        {URGENCY[i.urgency]} {i.from.name}
        {FORM[i.form]}：{i.text}
      </span>
      <span className="duty-foot">
        {[r.relayedAt && `传达 ${hhmm(r.relayedAt)}${r.toldTo ? ` ${r.toldTo}` : ''}`, r.receiptedAt && `签收 ${hhmm(r.receiptedAt)} ${r.person ?? ''}`, r.reminders.length && `催办 ${r.reminders.length} 次`]
          .filter(Boolean)
          .join('　')}
        {r.answers.at(-1) && `　反馈 ${hhmm(r.answers.at(-1)!.at)} ${r.answers.at(-1)!.text}`}
      </span>
    </Row>
  )
}, (a, b) => a.isFirst === b.isFirst && a.due.instruction === b.due.instruction && a.due.key === b.due.key)

/** How far an alert has come with one person, and when. */
export function personWords(p: Addressee): string {
  const at = p.acknowledgedAt ?? p.seenAt ?? p.deliveredAt ?? p.rangAt
  return `${DELIVERY[p.status]}${p.onBehalfBy ? '（代）' : ''} ${hhmm(at)}${p.rings > 1 && p.status !== 'acknowledged' ? ` 响${p.rings}次` : ''}`
}

function Age({ at }: { at: string }) {
  const waited = useNow() - Date.parse(at)
  return <span data-tone={waited > 180_000 ? 'over' : waited > 60_000 ? 'near' : 'calm'}>{waited < 3_600_000 ? span(waited) : lengthWords(waited)}</span>
}

/** One alert nobody, or not everybody, has answered: the unsigned first, each with how far it has come. */
export const AlertRow = memo(function AlertRow({ alert: a, isFirst }: { alert: Thing<Alert>; isFirst?: boolean }) {
  return (
    <Row
      on="alert"
      id={a.id}
      incident={a.about?.kind === 'incident' ? a.about.id : undefined}
      isFirst={isFirst}
      data-role="alert-row"
      data-acked={a.status !== 'open'}
      data-urgency={a.urgency}
      acts={<Acts on="alert" target={a} />}
    >
      <span className="duty-head">
        <span className="mark urgency">{URGENCY[a.urgency]}</span>
        <span className="duty-text">{a.text}</span>
        {a.status === 'open' ? <Age at={a.raisedAt} /> : <span className="ended">{a.status === 'settled' ? '已了结' : '均已签收'}</span>}
      </span>
      <span className="people">
        {peopleOf(a).map(p => (
          <span key={p.to} data-role="addressee" data-status={p.status}>
            {p.name} <b>{personWords(p)}</b>
          </span>
        ))}
        {a.vacant.flatMap(v => v.posts).length > 0 && <span data-status="failed">有岗位无人</span>}
      </span>
    </Row>
  )
})

function Left({ deadline: d }: { deadline: Thing<Deadline> }) {
  const now = useNow()
  const left = Date.parse(d.dueAt) - now
  const tone = left < 0 ? 'over' : now >= Date.parse(d.warnAt) ? 'near' : 'calm'
  return (
    <span className="left" data-tone={tone}>
      {left < 0 ? `超时 ${span(-left)}` : span(left)}
    </span>
  )
}

/** One clock and how much of it is left, or how it was answered. */
export const DeadlineRow = memo(function DeadlineRow({ deadline: d, isFirst }: { deadline: Thing<Deadline>; isFirst?: boolean }) {
  const isRunning = d.status !== 'met' && d.status !== 'cancelled'
  return (
    <Row on="deadline" id={d.id} incident={d.incident} isFirst={isFirst} data-role="deadline-row" data-status={d.status} acts={isRunning && <Acts on="deadline" target={d} />}>
      <span className="duty-head">
        <b>{d.rule.name}</b>
        {isRunning ? <Left deadline={d} /> : <span>{d.status === 'met' ? `已报 ${hhmm(d.evidence!.at)}${d.late ? '（超时）' : ''}` : '已撤销'}</span>}
      </span>
      <span className="duty-foot">
        {d.incidentNo}　{hhmm(d.dueAt)} 前{d.rule.verified ? '' : '　时限待确认'}
        {d.evidence && `　${[d.evidence.who, d.evidence.how, d.evidence.words].filter(Boolean).join('，')}`}
      </span>
    </Row>
  )
})
