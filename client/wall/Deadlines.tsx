import type { Deadline } from '@duty/shared/deadline/deadline.ts'
import type { Thing } from '@duty/shared/kernel/kind.ts'
import { keyOf } from '@duty/shared/kernel/wire.ts'
import { useNow } from '../sync/clock.ts'
import { useRoom, useThings } from '../sync/store.ts'
import { townShort, type ShownIncident } from './board.ts'
import { brief } from './brief.ts'
import { useKnown } from './known.ts'

const CHANNEL = { phone: '电话', paper: '书面' }

type ShownDeadline = Thing<Pick<Deadline, 'incident' | 'incidentNo' | 'rule' | 'dueAt' | 'warnAt' | 'status'>>

/** The clocks that run, the soonest first. */
export const useDeadlines = (): ShownDeadline[] =>
  useThings<ShownDeadline>('deadline')
    .filter(d => d.status === 'running' || d.status === 'warned' || d.status === 'breached')
    .toSorted((a, b) => Date.parse(a.dueAt) - Date.parse(b.dueAt))

/** 时限: how long is left for each report the room owes; 待确认 where nobody has confirmed the rule. */
export function Deadlines({ lines }: { lines: number }) {
  const known = useKnown()
  const running = useDeadlines()
  const now = useNow()
  const over = running.filter(d => Date.parse(d.dueAt) <= now).length
  return (
    <section className="wall-pane wall-deadlines t3" data-tier="3" data-role="deadlines">
      <h2>
        报省时限 <b>{running.length || (known ? '无' : '—')}</b>
        {over > 0 && <b className="over">超时 {over}</b>}
        {running.length > lines && <span className="more">另有 {running.length - lines}</span>}
      </h2>
      <ol>
        {running.slice(0, lines).map(d => (
          <DeadlineLine key={d.id} deadline={d} now={now} />
        ))}
      </ol>
    </section>
  )
}

function DeadlineLine({ deadline: d, now }: { deadline: ShownDeadline; now: number }) {
  const left = Date.parse(d.dueAt) - now
  const state = left <= 0 ? 'breached' : left <= Date.parse(d.dueAt) - Date.parse(d.warnAt) ? 'warned' : 'running'
  const incident = useRoom(room => room.board.things.get(keyOf({ kind: 'incident', id: d.incident }))) as ShownIncident | undefined
  return (
    <li data-role="deadline" data-state={state}>
      <span className="wall-town" data-length={incident ? townShort(incident.township).length : 2}>
        <span>{incident ? townShort(incident.township) : d.incidentNo.slice(-3)}</span>
      </span>
      <span>{d.rule.channel ? CHANNEL[d.rule.channel] : '报告'}</span>
      <span className="unsure">{d.rule.verified ? '' : '待确认'}</span>
      <span className="left">
        {state === 'breached' ? '超时' : ''} {brief(Math.abs(left))}
      </span>
    </li>
  )
}
