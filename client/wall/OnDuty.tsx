import { postName } from '@duty/shared/reference/posts.ts'
import type { Shift } from '@duty/shared/shift/shift.ts'
import { useNow } from '../sync/clock.ts'
import { useThings } from '../sync/store.ts'
import { useKnown } from './known.ts'

const SEATS = ['officer', 'chief', 'lead']

/** 值班: who answers for the room now, by post. */
export function OnDuty() {
  const known = useKnown()
  const now = useNow(10_000)
  const current = useThings<Shift>('shift')
    .filter(s => Date.parse(s.startsAt) <= now)
    .toSorted((a, b) => Date.parse(b.startsAt) - Date.parse(a.startsAt))[0]
  return (
    <section className="wall-duty t3" data-tier="3" data-role="shift">
      {current ? (
        SEATS.map(seat => (
          <span key={seat} data-seat={seat}>
            <span className="seat">{postName(seat)}</span> {current.posts[seat]?.map(p => current.names[p] ?? p).join(' ') || '空缺'}
          </span>
        ))
      ) : (
        <span className="seat">{known ? '当前没有班次' : '值班人员 —'}</span>
      )}
    </section>
  )
}
