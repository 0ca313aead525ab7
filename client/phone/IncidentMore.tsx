import type { Incident } from '@duty/shared/incident/incident.ts'
import type { Instruction } from '@duty/shared/instruction/instruction.ts'
import type { Thing } from '@duty/shared/kernel/kind.ts'
import { channelName } from '@duty/shared/reference/source-channels.ts'
import { townName } from '@duty/shared/reference/towns.ts'
import { FORM, STEP } from '@duty/shared/words.ts'
import { dayTime } from '../parts/times.ts'
import { serverNow } from '../sync/clock.ts'
import { useThings } from '../sync/store.ts'
import { A } from './A.tsx'
import { useAlertsAbout, useFetched, useOne } from './fetched.ts'
import { Band } from './IncidentCard.tsx'
import { Missing } from './Missing.tsx'
import { Signers } from './Signers.tsx'
import { signersOf } from './signers.ts'

/** Everything else that is known of an incident: the whole words, each 续报, who has signed, what leaders have said. */
export function IncidentMore({ id }: { id: string }) {
  const { thing: i, problem } = useOne<Incident>('incident', id)
  const alerts = useAlertsAbout(id)
  const open = useThings<Instruction>('instruction').filter(n => n.incident === id)
  const { data } = useFetched<{ items: Thing<Instruction>[] }>(`/api/instructions?incident=${id}&limit=50`, open.map(n => n.id).join())
  if (!i) return <Missing problem={problem} />
  const instructions = [...open, ...(data?.items ?? []).filter(n => !open.some(o => o.id === n.id))]
  const now = serverNow()
  return (
    <>
      <Band incident={i} to={`i/${id}`} />
      <main className="card whole">
        <h1>{i.title}</h1>
        <p>
          {townName(i.township)} {i.address}
        </p>
        <p className="quiet">
          {channelName(i.source.channel)}来报 {i.source.unit} {i.source.person}
        </p>
        <Part name="经过" words={i.narrative} />
        <Part name="已采取措施" words={i.measures} />
        <Part name="终报" words={i.summary} />
        {i.followUps.toReversed().map(f => (
          <Part key={f.n} name={`续报${f.n} ${dayTime(f.at, now)}`} words={f.words ?? f.facts.measures ?? '数据更新'} />
        ))}
        <h2>指示批示</h2>
        {instructions.length === 0 && <p className="quiet">还没有</p>}
        <ul className="orders">
          {instructions.map(n => (
            <li key={n.id}>
              <A to={`n/${n.id}`}>
                <strong>
                  {n.from.name} {FORM[n.form]}
                </strong>{' '}
                {dayTime(n.issuedAt, now)}
                <span className="words">{n.text}</span>
                {Object.values(n.relays).map(r => (
                  <span key={r.unit} className="step" data-step={r.step}>
                    {r.name} {STEP[r.step]}
                  </span>
                ))}
              </A>
            </li>
          ))}
        </ul>
        <h2>签收情况</h2>
        <Signers signers={signersOf(alerts)} whole />
      </main>
    </>
  )
}

const Part = ({ name, words }: { name: string; words: string | undefined }) =>
  words?.trim() ? (
    <section>
      <h2>{name}</h2>
      <p className="words">{words}</p>
    </section>
  ) : null
