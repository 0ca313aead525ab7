import type { Level } from '@duty/shared/incident/incident.ts'
import { memo } from 'react'
import { useNameOf } from './board.ts'
import { useShiftNow } from './shift-now.ts'
import { whoRings } from './who-rings.ts'

/** Who will ring once this is pushed, by post and name; an empty chair is shown before it is needed. */
export const Ringing = memo(function Ringing({ level, sensitive }: { level: Level; sensitive: boolean }) {
  const posts = useShiftNow(s => s.posts)
  const nameOf = useNameOf()
  const ringing = whoRings({ level, sensitive }, posts, nameOf)
  return (
    <section className="ringing" data-role="targets" aria-label="推送对象">
      <h3>推送后响铃</h3>
      <ul>
        {ringing.map(r => (
          <li key={r.post} data-vacant={r.people.length === 0 || undefined}>
            {r.name} <b>{r.people.join('、') || '无人在岗'}</b>
          </li>
        ))}
      </ul>
      {ringing.every(r => r.people.length === 0) && <p>将改由值班员、值班长签收</p>}
    </section>
  )
})
