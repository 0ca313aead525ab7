import { Level, LevelShape } from '../parts/Level.tsx'
import { LINK_WORDS } from '../parts/LinkLamp.tsx'
import { SoundState } from '../parts/SoundState.tsx'
import { hhmmss, monthDay, weekday } from '../parts/times.ts'
import { isClockKnown, useNow } from '../sync/clock.ts'
import { useRoom, useThings } from '../sync/store.ts'
import type { Row, ShownAlert } from './board.ts'
import { brief } from './brief.ts'
import { count, useKnown } from './known.ts'

/** The server's clock, its weekday and date. */
function Clock() {
  const now = useNow()
  const known = isClockKnown()
  return (
    <div className="wall-clock">
      <time className="t1" data-tier="1" data-role="clock" dateTime={known ? new Date(now).toISOString() : undefined}>
        {known ? hhmmss(now) : '--:--:--'}
      </time>
      <span className="t3" data-tier="3">
        {known ? `${monthDay(now)} ${weekday(now)}` : '时间未校准'}
      </span>
    </div>
  )
}

/** The gravest level that stands open, and how many incidents there are. */
function Gravest({ rows }: { rows: Row[] }) {
  const known = useKnown()
  const gravest = rows.reduce<Row['level']>((top, r) => (r.level && (!top || r.level < top) ? r.level : top), null)
  return (
    <div className="wall-gravest">
      <span className="t1" data-tier="1" data-role="top-level">
        {gravest ? (
          <Level level={gravest} />
        ) : rows.length === 0 ? (
          <span className="calm">{known ? '无在办' : '—'}</span>
        ) : rows.some(r => r.sensitive) ? (
          <span className="level" data-role="level" data-level="none">
            <LevelShape level={null} />
            敏感
          </span>
        ) : (
          <Level level={null} />
        )}
      </span>
      <span className="t3" data-tier="3">
        最高等级 在办 {count(rows.length, known)} 起
        <SoundState />
      </span>
    </div>
  )
}

/** How many alerts nobody has answered yet, and since when the oldest waits. */
function Unsigned() {
  const known = useKnown()
  const open = useThings<ShownAlert>('alert').filter(a => a.status === 'open')
  const oldest = Math.min(...open.map(a => Date.parse(a.raisedAt)))
  const now = useNow()
  return (
    <div className="wall-unsigned" data-owed={open.length > 0}>
      <span className="t1" data-tier="1" data-role="unack" data-count={known ? open.length : ''}>
        未签收 {count(open.length, known)}
      </span>
      <span className="t3" data-tier="3">
        {open.length ? `最久 ${brief(now - oldest)}` : known ? '全部签收' : '—'}
      </span>
    </div>
  )
}

/** 实时 or 延迟, and when the server was last heard. */
function LinkState() {
  const link = useRoom(room => room.link)
  return (
    <div className="wall-link">
      <span className="t1 lamp" data-tier="1" data-role="link" data-link={link}>
        <span className="lamp-light" aria-hidden="true" />
        <span className="lamp-word">{LINK_WORDS[link]}</span>
      </span>
      <LastHeard />
    </div>
  )
}

function LastHeard() {
  const heardAt = useRoom(room => room.heardAt)
  return (
    <span className="t3" data-tier="3" data-role="updated" data-updated-at={heardAt === null ? '' : new Date(heardAt).toISOString()}>
      最后更新 {heardAt === null ? '—' : hhmmss(heardAt)}
    </span>
  )
}

/** 数据中断 across the whole width: nothing on this screen is to be trusted now. */
function Lost() {
  const heardAt = useRoom(room => room.heardAt)
  return (
    <div className="wall-lost">
      <span className="t1" data-tier="1">
        <strong data-role="link" data-link="lost">
          数据中断
        </strong>
        <span data-role="updated" data-updated-at={heardAt === null ? '' : new Date(heardAt).toISOString()}>
          <small>最后更新</small> {heardAt === null ? '—' : hhmmss(heardAt)}
        </span>
      </span>
      <span className="t3" data-tier="3">
        以下为中断前的内容，请以电话核实；系统正在自动重连
        <SoundState />
      </span>
    </div>
  )
}

/** What is read from the door. */
export function Header({ rows }: { rows: Row[] }) {
  const lost = useRoom(room => room.link === 'lost')
  return (
    <header className="wall-header" data-role={lost ? 'banner' : undefined} role={lost ? 'alert' : undefined} data-lost={lost}>
      <Clock />
      {lost ? (
        <Lost />
      ) : (
        <>
          <Gravest rows={rows} />
          <Unsigned />
          <LinkState />
        </>
      )}
    </header>
  )
}
