import type { Incident } from '@duty/shared/incident/incident.ts'
import { useState } from 'react'
import { useDraft } from '../sync/drafts.ts'
import { useOne } from './fetched.ts'
import { FormHead } from './OrderForm.tsx'
import { PHRASES, urgencyOf, withPhrase } from './order.ts'
import { goBack } from './route.ts'
import { issue } from './sending.ts'

/** 批示: a phrase goes at one tap, or is taken into the text to be changed first. */
export function RemarkForm({ incident: id }: { incident: string }) {
  const { thing: i } = useOne<Incident>('incident', id)
  const [text, change, { clear }] = useDraft(`phone/remark/${id}`, '')
  const [isEmpty, setEmpty] = useState(false)

  function send(words: string) {
    const said = words.trim()
    if (said === '') return setEmpty(true)
    void issue({ kind: 'remark', text: said, urgency: urgencyOf(i?.level ?? null, 'none'), units: [], incident: id }, said, () => change(() => text))
    clear()
    goBack(`i/${id}`)
  }

  return (
    <>
      <FormHead title="批示" about={i} parent={`i/${id}`} />
      <main className="form">
        <ul className="phrases">
          {PHRASES.toReversed().map(p => (
            <li key={p}>
              <button type="button" className="phrase" onClick={() => change(t => withPhrase(t, p))}>
                {p}
                <small>改一改</small>
              </button>
              <button type="button" className="send-now" aria-label={`发出批示：${p}`} onClick={() => send(p)}>
                发出
              </button>
            </li>
          ))}
        </ul>
        <textarea aria-label="批示内容" rows={3} maxLength={5_000} value={text} placeholder="或写批示" onChange={e => (setEmpty(false), change(() => e.target.value))} />
        {isEmpty && <p className="wrong" role="alert">请写批示，或直接发出上面的短语</p>}
      </main>
      <footer className="form-foot">
        <button type="button" className="send" data-role="send" onClick={() => send(text)}>
          发出批示<small>送值班室</small>
        </button>
      </footer>
    </>
  )
}
