import { useNow } from '../sync/clock.ts'
import { useThings } from '../sync/store.ts'
import { owedBy } from './Alerts.tsx'
import type { ShownAlert } from './board.ts'
import { brief } from './brief.ts'
import { useDeadlines } from './Deadlines.tsx'
import { count, useKnown } from './known.ts'

/** What the panes would say, in one line, on a panel too small for them at its distance. */
export function Summary() {
  const known = useKnown()
  const now = useNow()
  const deadlines = useDeadlines()
  const over = deadlines.filter(d => Date.parse(d.dueAt) <= now).length
  const next = deadlines.find(d => Date.parse(d.dueAt) > now)
  const owed = owedBy(useThings<ShownAlert>('alert'))
  return (
    <section className="wall-summary t3" data-tier="3">
      <span>时限 {count(deadlines.length, known)}</span>
      {over > 0 && <span className="over">超时 {over}</span>}
      {next && <span>最近 {brief(Date.parse(next.dueAt) - now)}</span>}
      <span>待签收 {count(owed.length, known)} 岗</span>
      <span>指示 {count(useThings('instruction').length, known)}</span>
    </section>
  )
}
