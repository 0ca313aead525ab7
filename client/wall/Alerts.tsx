import { postName } from '@duty/shared/reference/posts.ts'
import { UNITS } from '@duty/shared/reference/units.ts'
import { useNow } from '../sync/clock.ts'
import { useThings } from '../sync/store.ts'
import { linesOf, townShort, type ShownAlert } from './board.ts'
import { brief } from './brief.ts'
import { useKnown } from './known.ts'
import { cutTo } from './sizes.ts'

const MOST_NAME = 5

const unitShorts = new Map(UNITS.items.map(u => [u.slug, u.short]))

/** 带班领导, 小榄, 应急局. */
const seatName = (slug: string) => {
  const post = postName(slug)
  return post === slug ? (unitShorts.get(slug) ?? townShort(slug)) : post
}

interface Owed {
  seat: string
  count: number
  since: number
}

/** Who has yet to sign, by post, and since when; those who wait longest first. */
export function owedBy(alerts: ShownAlert[]): Owed[] {
  const owed = new Map<string, Owed>()
  for (const alert of alerts) {
    if (alert.status !== 'open') continue
    for (const seat of new Set(linesOf(alert).flatMap(l => (l.status === 'acknowledged' ? [] : [l.post])))) {
      const before = owed.get(seat)
      const since = Math.min(before?.since ?? Infinity, Date.parse(alert.raisedAt))
      owed.set(seat, { seat, count: (before?.count ?? 0) + 1, since })
    }
  }
  return [...owed.values()].toSorted((a, b) => a.since - b.since)
}

/** 未签收: the posts and units that are rung and have not signed. */
export function Alerts({ lines }: { lines: number }) {
  const known = useKnown()
  const owed = owedBy(useThings<ShownAlert>('alert'))
  const now = useNow()
  return (
    <section className="wall-pane wall-alerts t3" data-tier="3" data-role="alerts">
      <h2>
        待签收 <b>{owed.length || (known ? '无' : '—')}</b>
        {owed.length > lines && <span className="more">另有 {owed.length - lines}</span>}
      </h2>
      <ol>
        {owed.slice(0, lines).map(o => (
          <li key={o.seat} data-role="owed" data-seat={o.seat} data-late={now - o.since >= 180_000}>
            <span>
              {cutTo(seatName(o.seat), MOST_NAME)}
              {o.count > 1 && ` ${o.count}`}
            </span>
            <span className="left">{brief(now - o.since)}</span>
          </li>
        ))}
      </ol>
    </section>
  )
}
