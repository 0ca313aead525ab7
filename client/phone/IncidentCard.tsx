import type { Incident } from '@duty/shared/incident/incident.ts'
import type { Thing } from '@duty/shared/kernel/kind.ts'
import { townName } from '@duty/shared/reference/towns.ts'
import { useEffect, useState } from 'react'
import { Level } from '../parts/Level.tsx'
import { dayTime } from '../parts/times.ts'
import { serverNow } from '../sync/clock.ts'
import type { Me } from '../sync/store.ts'
import { A, Back } from './A.tsx'
import { CallRoom } from './CallRoom.tsx'
import { useAlertsAbout, useOne } from './fetched.ts'
import { Harm } from './Harm.tsx'
import { changedByLast, changedSince, keepLook, lastLook, lookOf, type Look } from './looks.ts'
import { canOrder } from './may.ts'
import { Missing } from './Missing.tsx'
import { telOf } from './room-phone.ts'
import { asksFor, ownLine, type Holder } from './rows.ts'
import { SignBar } from './SignBar.tsx'
import { Signers } from './Signers.tsx'
import { signersOf } from './signers.ts'
import { acknowledge, tellSeen, useSigned } from './signing.ts'
import { Since } from './Since.tsx'

interface CardProps {
  id: string
  me: Me
  holder: Holder
  /** Fetches what the card leads to. */
  whenShown(): void
}

/** One incident on one screen. Opening it says 已读 and nothing more. */
export function IncidentCard({ id, me, holder, whenShown }: CardProps) {
  const { thing: incident, problem } = useOne<Incident>('incident', id)
  const alerts = useAlertsAbout(id)
  const signed = useSigned(holder.username)
  const own = alerts.filter(a => ownLine(a, holder))
  useEffect(whenShown, [whenShown])
  const unseen = own.filter(a => a.status === 'open' && !ownLine(a, holder)?.seenAt).map(a => a.id)
  const toTell = unseen.join()
  useEffect(() => {
    for (const alert of toTell.split(',').filter(Boolean)) void tellSeen(alert)
  }, [toTell])

  if (!incident) return <Missing problem={problem} />
  const asking = own.filter(a => asksFor(a, holder, signed))
  const lines = own.flatMap(a => ownLine(a, holder) ?? [])
  const signedAt = lines.flatMap(l => l.acknowledgedAt ?? []).toSorted().at(-1)
  return (
    <>
      <Band incident={incident} />
      <Facts incident={incident} username={me.username}>
        <Signers signers={signersOf(alerts, own.flatMap(a => (signed.has(a.id) ? (ownLine(a, holder)?.to ?? []) : [])))} />
      </Facts>
      <SignBar asks={asking.length > 0} signedAt={signedAt} signedHere={own.some(a => signed.has(a.id))} onSign={() => asking.forEach(a => void acknowledge(me.username, a.id))}>
        {canOrder(me) && (
          <>
            <A to={`i/${id}/remark`} className="deed">
              批示
            </A>
            <A to={`i/${id}/order`} className="deed">
              指令
            </A>
          </>
        )}
        <CallRoom />
      </SignBar>
    </>
  )
}

/** The level, the number, which 续报. */
export function Band({ incident: i, to = '' }: { incident: Thing<Incident>; to?: string }) {
  return (
    <header className="band" data-level={i.level ?? 'none'}>
      <Back to={to} />
      <p className="band-words">
        <Level level={i.level} />
        <span className="band-no">
          {i.no}
          {i.followUps?.length > 0 && `·续报${i.followUps.length}`}
          {i.status === 'closed' && '·已终报'}
        </span>
      </p>
      {i.sensitive && <b className="band-mark">敏感</b>}
    </header>
  )
}

function Facts({ incident: i, username, children }: { incident: Thing<Incident>; username: string; children: React.ReactNode }) {
  const changed = useChanges(i, username)
  const mark = (field: Parameters<typeof changed.has>[0]) => (changed.has(field) ? true : undefined)
  const caller = [i.source, ...(i.calls ?? []).map(c => c.source)].findLast(s => s?.phone)
  const tel = telOf(caller?.phone)
  const rest = [i.followUps?.length && `续报${i.followUps.length}`, i.narrative && '经过'].filter(Boolean)
  return (
    <main className="card" data-updated-at={i.updatedAt}>
      <h1 data-changed={mark('title')}>
        {i.title}
        {changed.size > 0 && (
          <b className="new" data-role="changed">
            已更新
          </b>
        )}
      </h1>
      <p className="place" data-changed={mark('place')}>
        {townName(i.township)} {i.address}
      </p>
      <dl className="times">
        <Time name="事发" at={i.occurredAt} changed={mark('occurredAt')} />
        <Time name="接报" at={i.receivedAt} />
        <Time name="更新" at={i.updatedAt} />
      </dl>
      <Harm casualties={i.casualties} changed={changed} />
      <p className="measures" data-changed={mark('measures')}>
        <strong>已采取措施</strong> {i.measures?.trim() || '尚未报来'}
      </p>
      {caller?.phone && (
        <p className="caller">
          <span>
            {caller.unit ? '现场' : '来报'} {caller.unit ?? ''} {caller.person}
          </span>
          {tel ? <a href={tel}>{caller.phone}</a> : <span>{caller.phone}</span>}
        </p>
      )}
      {children}
      <A to={`i/${i.id}/more`} className="more">
        {['详情', ...rest, '指示'].join('·')} <span aria-hidden="true">›</span>
      </A>
    </main>
  )
}

const Time = ({ name, at, changed }: { name: string; at: string | undefined; changed?: boolean }) => (
  <div data-changed={changed}>
    <dt>{name}</dt>
    <dd>{at ? dayTime(at, serverNow()) : '不详'}</dd>
    {at && (
      <dd>
        <Since at={at} />
      </dd>
    )}
  </div>
)

/** What has changed since this card was last open on this phone; what comes while it is open counts from the moment it was opened. */
function useChanges(i: Thing<Incident>, username: string) {
  const [before] = useState<Look | null>(() => lastLook(username, i.id))
  const [first] = useState<Look>(() => lookOf(i))
  useEffect(() => keepLook(username, i.id, lookOf(i)), [i, username])
  const meanwhile = changedSince(before ?? first, i)
  return before || meanwhile.size > 0 ? meanwhile : changedByLast(i)
}
