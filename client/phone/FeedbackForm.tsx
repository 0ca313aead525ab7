import type { Instruction } from '@duty/shared/instruction/instruction.ts'
import { unitName } from '@duty/shared/reference/units.ts'
import { useState } from 'react'
import { useDraft } from '../sync/drafts.ts'
import { post } from '../sync/outbox.ts'
import { useOne } from './fetched.ts'
import { FormHead } from './OrderForm.tsx'
import { goBack } from './route.ts'

interface Draft {
  text: string
  done: boolean
}
const EMPTY: Draft = { text: '', done: false }
const PHRASES = ['已到达现场，正在处置', '已核实，情况属实', '人员已送医救治', '险情已排除']

/** 反馈: what the unit has done about an instruction, and whether it is done. */
export function FeedbackForm({ id, unit }: { id: string; unit: string }) {
  const { thing: i } = useOne<Instruction>('instruction', id)
  const [draft, change, { clear }] = useDraft<Draft>(`phone/feedback/${id}/${unit}`, EMPTY)
  const [isEmpty, setEmpty] = useState(false)
  const set = (said: Partial<Draft>) => {
    setEmpty(false)
    change(d => ({ ...d, ...said }))
  }

  function send() {
    const text = draft.text.trim()
    if (text === '') return setEmpty(true)
    void post('instruction.feedback', { id, unit, text, done: draft.done })
    clear()
    goBack(`n/${id}`)
  }

  return (
    <>
      <FormHead title="反馈" about={i && { title: i.text, no: '' }} parent={`n/${id}`} />
      <main className="form">
        <fieldset>
          <legend>{i?.relays[unit]?.name ?? unitName(unit)} 办理情况</legend>
          <div className="chips">
            {PHRASES.map(p => (
              <button key={p} type="button" aria-pressed={draft.text.includes(p)} onClick={() => set({ text: draft.text.trim() ? `${draft.text.trim()}；${p}` : p })}>
                {p}
              </button>
            ))}
          </div>
          <textarea aria-label="办理情况" rows={4} maxLength={5_000} value={draft.text} onChange={e => set({ text: e.target.value })} />
          {isEmpty && <p className="wrong" role="alert">请写明办理情况</p>}
          <label className="tick">
            <input type="checkbox" checked={draft.done} onChange={e => set({ done: e.target.checked })} />
            已办结
          </label>
        </fieldset>
      </main>
      <footer className="form-foot">
        <button type="button" className="send" data-role="send" onClick={send}>
          发出反馈<small>{draft.done ? '并报办结' : '办理中'}</small>
        </button>
      </footer>
    </>
  )
}
