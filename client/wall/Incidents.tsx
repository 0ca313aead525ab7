import { Level, LevelShape } from '../parts/Level.tsx'
import { EVENT_TYPE_WORDS } from '@duty/shared/reference/event-type-words.ts'
import { hhmm } from '../parts/times.ts'
import { useNow } from '../sync/clock.ts'
import { visible, type Row } from './board.ts'
import { brief } from './brief.ts'
import { useKnown } from './known.ts'
import { cutTo, endOf, widthOf, type Fit } from './sizes.ts'

const MOST_TITLE = 14
const A_MINUTE_MS = 60_000
const HOUR_MS = 60 * A_MINUTE_MS
/** Widths of the fixed columns in 汉字: 级别, 时间, 镇街, 签收; and what the gaps and paddings take. */
const COLUMNS = { level: 1.8, time: 3.3, town: 2.05, signed: 2.05 }
const GAPS = 1.05

/** The longer word says more: 厂房火灾 before 火灾. */
const SPOKEN = EVENT_TYPE_WORDS.items.toSorted((a, b) => b.word.length - a.word.length)

/** How long somebody has been rung in vain: none, a minute, three minutes; the row's frame says so. */
const agedBy = (ms: number) => (ms >= 3 * A_MINUTE_MS ? 180 : ms >= A_MINUTE_MS ? 60 : 0)

/** Where the title has no room, what sort of incident it is says more than how its title begins. */
const reason = (row: Row, room: number) => (widthOf(row.title) <= room ? row.title : room < MOST_TITLE ? sortIn(row, room) : cutTo(row.title, MOST_TITLE))

/** What the officer called it, where the title holds such a word; else how the title ends, since that is where Chinese titles say what happened. */
function sortIn({ title, typeCode }: Row, room: number): string {
  const said = SPOKEN.find(({ word, code }) => code.slice(0, 3) === typeCode.slice(0, 3) && title.includes(word) && widthOf(word) <= room)
  return said?.word ?? endOf(title, room)
}

/** T+04:07; from an hour on T+3时 in full-sized letters, for which the column has room. */
const waited = (ms: number) => `T+${brief(ms).replace(/(?<=时)\d+$/, '')}`

interface RowProps {
  row: Row
  /** Two lines: the title stands below, whole. */
  double: boolean
  titleRoom: number
  now: number
}

function IncidentRow({ row, double, titleRoom, now }: RowProps) {
  const waiting = row.unackedSince === null ? null : now - row.unackedSince
  return (
    <li
      className="wall-row t2"
      data-tier="2"
      data-role="event-row"
      data-id={row.id}
      data-level={row.level ?? 'none'}
      data-acked={waiting === null}
      data-double={double}
      data-age={waiting === null ? undefined : agedBy(waiting)}
    >
      {row.sensitive ? (
        <span className="level" data-role="level" data-level="none">
          <LevelShape level={null} />敏
        </span>
      ) : (
        <Level level={row.level} short />
      )}
      <span className="wall-time" data-long={waiting !== null && waiting >= HOUR_MS}>
        {waiting === null ? (row.at === null ? '—' : hhmm(row.at)) : waited(waiting)}
      </span>
      <span className="wall-town" data-length={row.town.length}>
        <span>{row.town}</span>
      </span>
      <span className="wall-title">{reason(row, Math.min(MOST_TITLE, titleRoom))}</span>
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
  const shown = visible(rows, fit.rows)
  const hidden = rows.length - shown.length
  const harm = Math.max(2, ...shown.map(r => widthOf(r.harm) + 0.1))
  const { level, time, town, signed } = COLUMNS
  const width = fit.listWidth / fit.t2
  const below = Math.floor(width - level - 0.6)
  const beside = Math.floor(width - level - time - town - signed - harm - GAPS)
  /** Lines nobody needs give the gravest rows their whole title. */
  const doubles = beside >= MOST_TITLE ? 0 : fit.tall ? shown.length : Math.min(shown.length, fit.rows - shown.length)
  return (
    <section className="wall-incidents" style={{ ['--lines' as string]: fit.rows, ['--double' as string]: fit.tall ? 1 : 2, ['--harm' as string]: harm }}>
      <div className="wall-row-head t3" data-tier="3" aria-hidden="true">
        <span>级别</span>
        <span>时间</span>
        <span>镇街</span>
        <span>{doubles < shown.length ? '事由' : ''}</span>
        <span>伤亡</span>
        <span>签收</span>
        {hidden > 0 && (
          <strong data-role="more" data-hidden={hidden}>
            另有 {hidden} 起
          </strong>
        )}
      </div>
      <ol>
        {shown.map((row, n) => (
          <IncidentRow key={row.id} row={row} double={n < doubles} titleRoom={n < doubles ? below : beside} now={now} />
        ))}
      </ol>
      {rows.length === 0 && (
        <p className="wall-none t2" data-tier="2">
          {known ? '当前无在办突发事件' : '—'}
        </p>
      )}
    </section>
  )
}
