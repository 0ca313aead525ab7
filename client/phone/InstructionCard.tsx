import type { Instruction, Relay } from '@duty/shared/instruction/instruction.ts'
import type { Thing } from '@duty/shared/kernel/kind.ts'
import { FORM, STEP, URGENCY } from '@duty/shared/words.ts'
import { useEffect } from 'react'
import { dayTime } from '../parts/times.ts'
import { serverNow } from '../sync/clock.ts'
import type { Me } from '../sync/store.ts'
import { A, Back } from './A.tsx'
import { CallRoom } from './CallRoom.tsx'
import { EndInstruction } from './EndInstruction.tsx'
import { useAlertsAbout, useOne } from './fetched.ts'
import { Missing } from './Missing.tsx'
import { asksFor, ownLine, ownRelays, receiptOf, type Holder } from './rows.ts'
import { SignBar } from './SignBar.tsx'
import { acknowledge, receipt, tellSeen, useSigned } from './signing.ts'
import { Since } from './Since.tsx'

interface CardProps {
  id: string
  me: Me
  holder: Holder
}

/** One instruction: for a unit's liaison to sign and answer, for a leader to see how far each unit has come. */
export function InstructionCard({ id, me, holder }: CardProps) {
  const { thing: i, problem } = useOne<Instruction>('instruction', id)
  const alerts = useAlertsAbout(id)
  const signed = useSigned(holder.username)
  const own = alerts.filter(a => ownLine(a, holder))
  const toTell = own.flatMap(a => (a.status === 'open' && !ownLine(a, holder)?.seenAt ? [a.id] : [])).join()
  useEffect(() => {
    for (const alert of toTell.split(',').filter(Boolean)) void tellSeen(alert)
  }, [toTell])

  if (!i) return <Missing problem={problem} />
  const relays = ownRelays(i, holder)
  const toReceipt = i.status === 'open' ? relays.filter(r => r.step === 'relayed' && !signed.has(receiptOf(id, r.unit))) : []
  const toAcknowledge = relays.length ? [] : own.filter(a => asksFor(a, holder, signed))
  const sign = () => {
    for (const r of toReceipt) void receipt(me.username, receiptOf(id, r.unit), { id, unit: r.unit, person: me.name })
    for (const a of toAcknowledge) void acknowledge(me.username, a.id)
  }
  const signedHere = relays.some(r => signed.has(receiptOf(id, r.unit))) || own.some(a => signed.has(a.id))
  const signedAt = relays.flatMap(r => r.receiptedAt ?? [])[0] ?? own.flatMap(a => ownLine(a, holder)?.acknowledgedAt ?? [])[0]
  return (
    <>
      <header className="band" data-urgency={i.urgency}>
        <Back />
        <p className="band-words">
          <strong>
            {FORM[i.form]}·{URGENCY[i.urgency]}
          </strong>
          <span className="band-no">
            {i.from.name}
            {i.from.title} {dayTime(i.issuedAt, serverNow())} <Since at={i.issuedAt} />
          </span>
        </p>
      </header>
      <Words i={i} relays={relays.length ? relays : Object.values(i.relays)} isOwn={relays.length > 0} />
      {i.from.person === me.username && i.status === 'open' && <EndInstruction i={i} />}
      <SignBar asks={toReceipt.length + toAcknowledge.length > 0} signedAt={signedAt} signedHere={signedHere} onSign={sign}>
        {relays
          .filter(r => i.status === 'open' && (r.step !== 'relayed' || signed.has(receiptOf(id, r.unit))) && r.step !== 'done')
          .map(r => (
            <A key={r.unit} to={`n/${id}/feedback/${r.unit}`} className="deed">
              {relays.length > 1 ? `反馈（${r.name}）` : '反馈办理情况'}
            </A>
          ))}
        <CallRoom />
      </SignBar>
    </>
  )
}

const ENDED = { open: '', closed: '已办结', withdrawn: '已撤回' } as const

function Words({ i, relays, isOwn }: { i: Thing<Instruction>; relays: Relay[]; isOwn: boolean }) {
  const now = serverNow()
  const waitsForRoom = !isOwn && relays.length > 0 && relays.every(r => r.step === 'issued')
  return (
    <main className="card whole">
      <h1 className="words">{i.text}</h1>
      {i.status !== 'open' && (
        <p className="quiet">
          {ENDED[i.status]} {i.closedAt && dayTime(i.closedAt, now)} {i.summary}
        </p>
      )}
      {i.dueAt && (
        <p className="due" data-over={i.status === 'open' && Date.parse(i.dueAt) < now}>
          时限 {dayTime(i.dueAt, now)}
          {i.status === 'open' && Date.parse(i.dueAt) < now && '（已超时）'}
        </p>
      )}
      {waitsForRoom && <p className="quiet">值班室正在传达</p>}
      {relays.length === 0 && <p className="quiet">值班室已收到</p>}
      <ul className="relays">
        {relays.map(r => (
          <li key={r.unit}>
            <p>
              <strong>{r.name}</strong>{' '}
              <span className="step" data-step={r.step}>
                {STEP[r.step]}
              </span>
            </p>
            <p className="quiet">
              {r.relayedAt && `传达 ${dayTime(r.relayedAt, now)}`}
              {r.receiptedAt && `·签收 ${r.person ?? ''} ${dayTime(r.receiptedAt, now)}`}
              {r.reminders.length > 0 && `·催办 ${r.reminders.length} 次`}
            </p>
            {r.answers.map(a => (
              <p key={a.at} className="words answer">
                {dayTime(a.at, now)} {a.text}
                {a.done && <b className="step" data-step="done"> 已办结</b>}
              </p>
            ))}
          </li>
        ))}
      </ul>
      {i.incident && (
        <A to={`i/${i.incident}`} className="more">
          查看事件 <span aria-hidden="true">›</span>
        </A>
      )}
    </main>
  )
}
