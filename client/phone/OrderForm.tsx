import type { Incident } from '@duty/shared/incident/incident.ts'
import { URGENCY } from '@duty/shared/words.ts'
import { useState } from 'react'
import { serverNow } from '../sync/clock.ts'
import { useDraft } from '../sync/drafts.ts'
import { Back } from './A.tsx'
import { useOne } from './fetched.ts'
import { likelyUnits, offeredFirst } from './likely-units.ts'
import { dueAt, LIMITS, limitFor, PHRASES, urgencyOf, withPhrase, type Limit } from './order.ts'
import { goBack } from './route.ts'
import { issue } from './sending.ts'
import { useUnits } from './units.ts'
import { UnitChips } from './UnitChips.tsx'

interface Draft {
  units: string[]
  text: string
  limit: Limit | null
}
const EMPTY: Draft = { units: [], text: '', limit: null }
const NOTHING_USED: Record<string, number> = {}
const OFFERED = 6

/** 指令: to whom, what, by when; four taps from the card where the chips offered are the right ones. */
export function OrderForm({ incident: id, username }: { incident?: string; username: string }) {
  return id ? <AboutIncident id={id} username={username} /> : <Form username={username} parent="" />
}

function AboutIncident({ id, username }: { id: string; username: string }) {
  const { thing } = useOne<Incident>('incident', id)
  return <Form username={username} parent={`i/${id}`} about={{ id, incident: thing }} />
}

function Form({ username, parent, about }: { username: string; parent: string; about?: { id: string; incident: Incident | undefined } }) {
  const [draft, change, { clear }] = useDraft<Draft>(`phone/order/${about?.id ?? 'any'}`, EMPTY)
  const [used, noteUsed] = useDraft(`phone/units-used/${username}`, NOTHING_USED)
  const [missing, setMissing] = useState<'units' | 'text' | null>(null)
  const units = useUnits()
  const i = about?.incident
  const limit = draft.limit ?? limitFor(about && (i?.level ?? null))
  const urgency = urgencyOf(about && (i?.level ?? null), limit)
  const offered = offeredFirst(likelyUnits(i?.typeCode, i?.township), used, OFFERED)
  const set = (said: Partial<Draft>) => {
    setMissing(null)
    change(d => ({ ...d, ...said }))
  }

  function send() {
    const text = draft.text.trim()
    if (draft.units.length === 0) return setMissing('units')
    if (text === '') return setMissing('text')
    const names = draft.units.map(u => units.find(x => x.slug === u)?.short ?? u).join('、')
    const due = dueAt(limit, serverNow())
    const body = { kind: 'instruction', text, urgency, units: draft.units, ...(due && { dueAt: due }), ...(about && { incident: about.id }) }
    noteUsed(all => ({ ...all, ...Object.fromEntries(draft.units.map(u => [u, (all[u] ?? 0) + 1])) }))
    void issue(body, `${names}：${text}`, () => change(() => draft))
    clear()
    goBack(parent)
  }

  return (
    <>
      <FormHead title="指令" about={i} parent={parent} />
      <main className="form">
        <UnitChips offered={offered} units={units} chosen={draft.units} onChoose={chosen => set({ units: chosen })} wrong={missing === 'units'} />
        <fieldset>
          <legend>内容</legend>
          <div className="chips">
            {PHRASES.map(p => (
              <button key={p} type="button" aria-pressed={draft.text.includes(p)} onClick={() => set({ text: withPhrase(draft.text, p) })}>
                {p}
              </button>
            ))}
          </div>
          <textarea aria-label="指令内容" rows={2} maxLength={5_000} value={draft.text} placeholder="点选短语，可再修改" onChange={e => set({ text: e.target.value })} />
          {missing === 'text' && <p className="wrong" role="alert">请写明要求</p>}
        </fieldset>
        <fieldset>
          <legend>时限</legend>
          <div className="chips" role="radiogroup" aria-label="时限">
            {LIMITS.map(l => (
              <button key={l.id} type="button" role="radio" aria-checked={limit === l.id} onClick={() => set({ limit: l.id })}>
                {l.name}
              </button>
            ))}
          </div>
        </fieldset>
      </main>
      <footer className="form-foot">
        <button type="button" className="send" data-role="send" onClick={send}>
          发出<small>{[URGENCY[urgency], `${draft.units.length} 个单位`, LIMITS.find(l => l.id === limit)!.name].join('·')}</small>
        </button>
      </footer>
    </>
  )
}

/** The head of a form: what it is, and about which incident. */
export const FormHead = ({ title, about, parent }: { title: string; about?: Pick<Incident, 'title' | 'no'>; parent: string }) => (
  <header className="form-head">
    <Back to={parent} />
    <h1>{title}</h1>
    {about && (
      <p>
        {about.title}
      </p>
    )}
  </header>
)
