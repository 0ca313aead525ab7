import { memo } from 'react'
import { hhmm } from '../parts/times.ts'
import { show, useReports } from './reports.ts'

/** The reports being taken down, side by side; two telephones ring at once more often than not. */
export const Strip = memo(function Strip() {
  const { strip, current } = useReports()
  if (strip.length === 0) return null
  return (
    <nav className="strip" aria-label="草稿">
      <span className="quiet">
        草稿 {strip.length} <kbd>F4</kbd>
      </span>
      {strip.map((r, n) => (
        <button key={r.id} type="button" data-role="draft" aria-current={r.id === current || undefined} onClick={() => show(r.id)}>
          {n + 1} {r.label} <small>{hhmm(r.begunAt)}</small>
        </button>
      ))}
    </nav>
  )
})
