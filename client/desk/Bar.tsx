import type { Alert } from '@duty/shared/alert/alert.ts'
import type { Instruction } from '@duty/shared/instruction/instruction.ts'
import { postName } from '@duty/shared/reference/posts.ts'
import { memo } from 'react'
import { LinkLamp } from '../parts/LinkLamp.tsx'
import { SoundState } from '../parts/SoundState.tsx'
import { hhmmss, monthDay, weekday } from '../parts/times.ts'
import { isClockKnown, useNow } from '../sync/clock.ts'
import { signOut } from '../sync/session.ts'
import { useRoom } from '../sync/store.ts'
import { useNameOf, useSteady } from './board.ts'
import { useShiftNow } from './shift-now.ts'

function Clock() {
  const now = useNow()
  return (
    <span className="clock" data-role="clock">
      <b>{isClockKnown() ? hhmmss(now) : '--:--:--'}</b> {monthDay(now)} {weekday(now)}
    </span>
  )
}

function OnDuty() {
  const { shift, posts } = useShiftNow()
  const nameOf = useNameOf()
  return (
    <ul className="on-duty" aria-label="本班">
      {['officer', 'lead'].map(post => (
        <li key={post}>
          {postName(post)} <b>{(posts[post] ?? []).map(u => nameOf(u) + (post !== 'officer' || shift?.checkIns[u] ? '' : '（未到岗）')).join('、') || '—'}</b>
        </li>
      ))}
    </ul>
  )
}

/** What still waits, in two figures; unknown while the link is lost. */
function Counts() {
  const alerts = useSteady<Alert>('alert')
  const instructions = useSteady<Instruction>('instruction')
  const isKnown = useRoom(room => room.joined && room.link !== 'lost')
  const untold = instructions.flatMap(i => Object.values(i.relays)).filter(r => r.step === 'issued').length
  return (
    <ul className="counts">
      <li data-role="unack" data-some={alerts.length > 0 || undefined}>
        未签收 <b>{isKnown ? alerts.length : '—'}</b>
      </li>
      <li data-role="untold" data-some={untold > 0 || undefined}>
        待传达 <b>{isKnown ? untold : '—'}</b>
      </li>
    </ul>
  )
}

/** The line at the head of the desk: the server's clock, who is on duty, what waits, and whether all this is fresh. */
export const Bar = memo(function Bar() {
  const me = useRoom(room => room.me)
  return (
    <header className="bar">
      <h1>总值班室</h1>
      <Clock />
      <OnDuty />
      <Counts />
      <SoundState />
      <LinkLamp />
      <button type="button" className="sign-out" onClick={() => void signOut()}>
        {me?.name} 退出
      </button>
    </header>
  )
})
