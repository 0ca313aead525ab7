import type { Level as LevelOf } from '@duty/shared/incident/incident.ts'
import { Level } from '../parts/Level.tsx'

const ALL: LevelOf[] = [1, 2, 3, 4, null]

/** 等级 by Alt+1…4, Alt+0 for 未定级, or by the arrows within the row. */
export function LevelPick({ level, onLevel }: { level: LevelOf; onLevel(level: LevelOf): void }) {
  return (
    <fieldset className="level-pick">
      <legend>等级</legend>
      <span className="quiet" aria-hidden="true">
        Alt+
      </span>
      {ALL.map(l => (
        <label key={l ?? 0} data-picked={l === level || undefined}>
          <input type="radio" name="level" value={l ?? ''} checked={l === level} onChange={() => onLevel(l)} />
          <kbd aria-label={`Alt+${l ?? 0}`}>{l ?? 0}</kbd>
          <Level level={l} />
        </label>
      ))}
    </fieldset>
  )
}
