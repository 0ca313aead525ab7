import { Level, LevelShape } from '../parts/Level.tsx'
import { hhmm, span } from '../parts/times.ts'
import { useNow } from '../sync/clock.ts'
import { visible, type Row } from './board.ts'
import { useKnown } from './known.ts'
import { cutTo, widthOf, type Fit } from './sizes.ts'

const MOST_TITLE = 14
const A_MINUTE_MS = 60_000
const HOUR_MS = 60 * A_MINUTE_MS
/** Widths of the fixed columns in 汉字: 级别, 时间, 镇街, 签收; and what the gaps and paddings take. */
const COLUMNS = { level: 2.2, time: 3.2, town: 2.05, signed: 2.1 }
const GAPS = 1.55

/** How long somebody has been rung in vain: none, a minute, three minutes; the row's frame says so. */
const agedBy = (ms: number) => (ms >= 3 * A_MINUTE_MS ? 180 : ms >= A_MINUTE_MS ? 60 : 0)

/** T+04:07; beyond an hour T+3h07. */
function waited(ms: number): string {
  const minutes = Math.floor(ms / A_MINUTE_MS)
  return ms < HOUR_MS ? `T+${span(ms)}` : `T+${Math.floor(minutes / 60)}h${String(minutes % 60).padStart(2, '0')}`
}

function IncidentRow({ row, titleRoom, now }: { row: Row; titleRoom: number; now: number }) {
  const waiting = row.unackedSince === null ? null : now - row.unackedSince
  return (
    <li
      className="wall-row t2"
      data-tier="2"
      data-role="event-row"
      data-id={row.id}
      data-level={row.level ?? 'none'}
      data-acked={waiting === null}
      data-age={waiting === null ? undefined : agedBy(waiting)}
    >
      {row.sensitive ? (
        <span className="level" data-role="level" data-level="none">
          <LevelShape level={null} />敏
        </span>
      ) : (
        <Level level={row.level} short />
      )}
      <span className="wall-time">{waiting === null ? (row.at === null ? '—' : hhmm(row.at)) : waited(waiting)}</span>
      <span className="wall-town" data-length={row.town.length}>
        <span>{row.town}</span>
      </span>
      <span className="wall-title">{cutTo(row.title, Math.min(MOST_TITLE, titleRoom))}</span>
      <span className="wall-harm">{row.harm}</span>
      <span className="wall-signed" data-role="ackcount">
        {waiting === null ? '已签' : `${row.signed}/${row.rung}`}
      </span>
    </li>
  )
}

/** 在办突发事件: one row each, the gravest on top, never more than there is room to read. */
export function Incidents({ rows, fit }: { rows: Row[]; fit: Fit }) {
  const known = useKnown()
  const now = useNow()
  const roomy = rows.length <= fit.roomyRows
  const slots = roomy ? fit.roomyRows : fit.rows
  const shown = visible(rows, slots)
  const hidden = rows.length - shown.length
  const harm = Math.max(2, ...shown.map(r => widthOf(r.harm) + 0.1))
  const { level, time, town, signed } = COLUMNS
  const width = fit.listWidth / fit.t2
  const titleRoom = Math.floor(roomy ? width - level - 0.9 : width - level - time - town - signed - harm - GAPS)
  return (
    <section className="wall-incidents" data-roomy={roomy} style={{ ['--slots' as string]: slots, ['--harm' as string]: harm }}>
      <div className="wall-row-head t3" data-tier="3" aria-hidden="true">
        <span>级别</span>
        <span>时间</span>
        <span>镇街</span>
        <span className="wall-title">{roomy ? '' : '事由'}</span>
        <span>伤亡</span>
        <span>签收</span>
        {hidden > 0 && (
          <strong data-role="more" data-hidden={hidden}>
            另有 {hidden} 起
          </strong>
        )}
      </div>
      <ol>
        {shown.map(row => (
          <IncidentRow key={row.id} row={row} titleRoom={titleRoom} now={now} />
        ))}
      </ol>
      {rows.length === 0 && <p className="wall-none t2" data-tier="2">{known ? '当前无在办突发事件' : '—'}</p>}
    </section>
  )
}
