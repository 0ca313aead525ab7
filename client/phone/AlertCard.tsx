import type { Alert } from '@duty/shared/alert/alert.ts'
import { URGENCY } from '@duty/shared/words.ts'
import { useEffect } from 'react'
import { dayTime } from '../parts/times.ts'
import { serverNow } from '../sync/clock.ts'
import { A, Back } from './A.tsx'
import { CallRoom } from './CallRoom.tsx'
import { useOne } from './fetched.ts'
import { Missing } from './Missing.tsx'
import { asksFor, ownLine, type Holder } from './rows.ts'
import { SignBar } from './SignBar.tsx'
import { Signers } from './Signers.tsx'
import { signersOf } from './signers.ts'
import { acknowledge, tellSeen, useSigned } from './signing.ts'
import { Since } from './Since.tsx'

/** An alert that stands for itself: its words, who has signed, and the 签收. */
export function AlertCard({ id, holder }: { id: string; holder: Holder }) {
  const { thing: alert, problem } = useOne<Alert>('alert', id)
  const signed = useSigned(holder.username)
  const line = alert && ownLine(alert, holder)
  const tells = alert?.status === 'open' && line !== undefined && !line.seenAt
  useEffect(() => {
    if (tells) void tellSeen(id)
  }, [tells, id])
  if (!alert) return <Missing problem={problem} />
  return (
    <>
      <header className="band" data-urgency={alert.urgency}>
        <Back />
        <p className="band-words">
          <strong>提醒·{URGENCY[alert.urgency]}</strong>
          <span className="band-no">
            {dayTime(alert.raisedAt, serverNow())} <Since at={alert.raisedAt} />
          </span>
        </p>
      </header>
      <main className="card whole">
        <h1 className="words">{alert.text}</h1>
        {alert.status !== 'open' && <p className="quiet">提醒已结束{alert.reason && `：${alert.reason}`}</p>}
        <Signers signers={signersOf([alert])} whole />
        {alert.about?.kind === 'incident' && (
          <A to={`i/${alert.about.id}`} className="more">
            查看事件 <span aria-hidden="true">›</span>
          </A>
        )}
        {alert.about?.kind === 'instruction' && (
          <A to={`n/${alert.about.id}`} className="more">
            查看指示 <span aria-hidden="true">›</span>
          </A>
        )}
      </main>
      <SignBar asks={asksFor(alert, holder, signed)} signedAt={line?.acknowledgedAt} signedHere={signed.has(id)} onSign={() => void acknowledge(holder.username, id)}>
        <CallRoom />
      </SignBar>
    </>
  )
}
