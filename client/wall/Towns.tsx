import type { Level } from '@duty/shared/incident/incident.ts'
import { levelWord } from '@duty/shared/reference/level-words.ts'
import { TOWNS } from '@duty/shared/reference/towns.ts'
import { LevelShape } from '../parts/Level.tsx'
import { townShort, type Row } from './board.ts'
import { useKnown } from './known.ts'

interface Cell {
  count: number
  level: Level
  owed: boolean
}

/** How many incidents a town has, the gravest of them, and whether anybody has yet to sign. */
function cellsOf(rows: Row[]): Map<string, Cell> {
  const cells = new Map<string, Cell>()
  for (const r of rows) {
    const cell = cells.get(r.town) ?? { count: 0, level: null, owed: false }
    const level = r.level && (!cell.level || r.level < cell.level) ? r.level : cell.level
    cells.set(r.town, { count: cell.count + 1, level, owed: cell.owed || r.unackedSince !== null })
  }
  return cells
}

/** 23 镇街 where they lie to one another; a scheme, not a map. */
export function Towns({ rows }: { rows: Row[] }) {
  const known = useKnown()
  const cells = cellsOf(rows)
  return (
    <ol className="wall-towns" aria-label="镇街">
      {TOWNS.items.map(({ code, short, cell: { col, row } }) => {
        const cell = cells.get(townShort(code))
        return (
          <li
            key={code}
            data-role="town"
            data-town={code}
            data-count={cell?.count ?? (known ? 0 : '')}
            data-level={cell ? (cell.level ?? 'none') : undefined}
            data-owed={cell?.owed}
            style={{ gridColumn: col + 1, gridRow: row + 1 }}
          >
            <span className="wall-town t2" data-tier="2" data-length={short.length}>
              <span>{short}</span>
            </span>
            <span className="wall-town-count t3" data-tier="3">
              {cell ? (
                <>
                  <LevelShape level={cell.level} />
                  {cell.level && levelWord(cell.level).numeral} {cell.count}
                </>
              ) : known ? (
                ''
              ) : (
                '—'
              )}
            </span>
          </li>
        )
      })}
    </ol>
  )
}
