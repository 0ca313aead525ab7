import type { Incident } from '@duty/shared/incident/incident.ts'
import type { Thing } from '@duty/shared/kernel/kind.ts'
import { townName } from '@duty/shared/reference/towns.ts'
import { harmWords } from '@duty/shared/words.ts'
import { memo } from 'react'
import { Level } from '../parts/Level.tsx'
import { lengthWords } from '../parts/times.ts'
import { useNow } from '../sync/clock.ts'
import type { Waiting } from './order.ts'
import { openIncident, toPane } from './where.ts'

const HALF_A_MINUTE_MS = 30_000

function Age({ at }: { at: string }) {
  const now = useNow(HALF_A_MINUTE_MS)
  return <span className="age">{lengthWords(now - Date.parse(at))}</span>
}

function Due({ at }: { at: string }) {
  const left = Date.parse(at) - useNow(HALF_A_MINUTE_MS)
  return <span data-tone={left < 0 ? 'over' : left < 600_000 ? 'near' : 'calm'}>{left < 0 ? `时限超${lengthWords(-left)}` : `时限${lengthWords(left)}`}</span>
}

/** One open incident in two lines; painted again only when it, or what waits about it, has changed. */
export const IncidentRow = memo(
  function IncidentRow({ incident: i, waiting: { unsigned, untold, due }, isOpen }: { incident: Thing<Incident>; waiting: Waiting; isOpen: boolean }) {
    return (
      <li className="incident-row" data-open={isOpen || undefined}>
        <button
          type="button"
          data-row
          data-on="incident"
          data-key={i.id}
          data-role="event-row"
          data-level={i.level ?? 'none'}
          data-acked={unsigned === 0}
          tabIndex={isOpen ? 0 : -1}
          aria-current={isOpen || undefined}
          onFocus={() => openIncident(i.id)}
          onClick={() => toPane('case')}
        >
          <span className="incident-row-head">
            <Level level={i.level} short />
            {i.sensitive && <span className="mark">敏感</span>}
            <b>{i.title}</b>
            <Age at={i.receivedAt} />
          </span>
          <span className="incident-row-foot">
            <span>{i.address || townName(i.township)}</span>
            <span>{harmWords(i.casualties)}</span>
            {unsigned > 0 && <span className="mark unsigned">未签收 {unsigned}</span>}
            {untold > 0 && <span className="mark untold">待传达 {untold}</span>}
            {due && <Due at={due} />}
          </span>
        </button>
      </li>
    )
  },
  (a, b) =>
    a.incident === b.incident && a.isOpen === b.isOpen && a.waiting.unsigned === b.waiting.unsigned && a.waiting.untold === b.waiting.untold && a.waiting.due === b.waiting.due,
)
