import type { Incident } from '@duty/shared/incident/incident.ts'
import { memo, useMemo } from 'react'
import { Level } from '../parts/Level.tsx'
import { dayTime } from '../parts/times.ts'
import { serverNow } from '../sync/clock.ts'
import { alikeTo } from './alike.ts'
import { useSteady } from './board.ts'
import type { Report } from './report.ts'

/** The open incidents a report may be about, kept apart from the form so that the board does not disturb the typing. */
export function useAlike(report: Pick<Report, 'typeCode' | 'township' | 'phone'>) {
  const incidents = useSteady<Incident>('incident')
  const { typeCode, township, phone } = report
  return useMemo(() => alikeTo({ typeCode, township, phone }, incidents, serverNow()), [typeCode, township, phone, incidents])
}

/** 疑似重复: a hint beside the form, never in its way. Alt+M joins the first, going on makes a new one. */
export const Alike = memo(function Alike({ typeCode, township, phone }: Pick<Report, 'typeCode' | 'township' | 'phone'>) {
  const alike = useAlike({ typeCode, township, phone })
  if (alike.length === 0) return null
  return (
    <section className="alike" data-role="duplicates" aria-label="疑似同一事件" role="status">
      <h3>疑似同一事件</h3>
      <ol>
        {alike.map((i, n) => (
          <li key={i.id}>
            <Level level={i.level} short /> {i.title} <span>{dayTime(i.receivedAt, serverNow())}</span> {n === 0 && <kbd>Alt+M 并入</kbd>}
          </li>
        ))}
      </ol>
      <p>不并入，直接推送即为新事件</p>
    </section>
  )
})
