import { useEffect, useRef, useState, type KeyboardEvent } from 'react'
import { v7 } from 'uuid'
import { serverNow } from '../sync/clock.ts'
import { useDraft } from '../sync/drafts.ts'
import { useOutbox } from '../sync/outbox.ts'
import { useRoom } from '../sync/store.ts'
import { idOf, missing, type Field, type Opened, type Values } from './deed.ts'
import { DeedField } from './DeedField.tsx'
import { isComposing } from './keys.ts'
import type { Wrong } from './report.ts'
import { sayOnce, wrongOf } from './saying.ts'
import { tell, useWhere } from './where.ts'
import './sheet.css'

interface Draft {
  key: string
  /** Only what was typed over; what was known before shows through. */
  typed: Values
}

const SHORT: Field['kind'][] = ['line', 'figure', 'time']

/** Puts the caret into a field, its words marked so that the first letter replaces them. */
function take(field: HTMLElement | null | undefined) {
  field?.focus()
  if (field instanceof HTMLInputElement) field.select()
}

/** The sheet of one deed, under the incident it is about: nothing is blocked, nothing typed is lost, Ctrl+Enter says it. */
export function DeedSheet({ opened: { deed, target } }: { opened: Opened }) {
  const me = useRoom(room => room.me?.username ?? '')
  const { drop } = useOutbox()
  const [empty] = useState<Draft>(() => ({ key: v7(), typed: {} }))
  const [draft, change, { clear, ready }] = useDraft(`deed/${deed.command}/${idOf(deed.on, target)}`, empty)
  const [no, setNo] = useState<{ wrong: Wrong; at: Values }>({ wrong: {}, at: {} })
  const [isBusy, setBusy] = useState(false)
  const form = useRef<HTMLFormElement>(null)
  const cameFrom = useRef(document.activeElement)

  const fields = deed.fields(target)
  const before = deed.before(target, me)
  const values: Values = { ...before, ...draft.typed }
  const changedIn = (typed: Values) => Object.fromEntries(Object.entries(typed).filter(([name, v]) => v !== (before[name] ?? '')))
  const changed = changedIn(draft.typed)

  /** As it is typed at this very moment: the key that says it may itself have picked the last field. */
  function latest(): Draft {
    let last = draft
    change(d => (last = d))
    return last
  }

  useEffect(() => {
    take(form.current?.querySelector<HTMLElement>('input, textarea, select, button'))
  }, [])

  /** What the sheet found filled in and the officer has changed; a preset choice is not a fact that was known. */
  const isTypedOver = (f: Field) => changed[f.name] !== undefined && before[f.name] !== undefined && f.kind !== 'choice'

  function leave() {
    useWhere.setState({ deed: null })
    if (cameFrom.current instanceof HTMLElement && cameFrom.current.isConnected) cameFrom.current.focus()
  }

  /** A sentence holds for as long as its field stands as it did. */
  const wrong = Object.fromEntries(Object.entries(no.wrong).filter(([name]) => name === '' || no.at[name] === values[name]))

  function show(said: Values, wrong: Wrong) {
    setNo({ wrong, at: said })
    const [first] = Object.keys(wrong)
    const field = first && form.current?.elements.namedItem(first)
    if (field instanceof HTMLElement) take(field)
  }

  async function say() {
    if (isBusy) return
    const { key, typed } = latest()
    const said = { ...before, ...typed }
    const { body, wrong: unread = {} } = deed.asks(said, target, { now: serverNow(), changed: changedIn(typed) })
    const cannot = { ...missing(fields, said), ...unread }
    if (Object.keys(cannot).length) return show(said, cannot)
    setBusy(true)
    try {
      const outcome = await sayOnce(deed.command, body, key)
      if (outcome === 'sent' || outcome === 'waiting') {
        clear()
        leave()
        return tell(outcome === 'sent' ? deed.done(target, said) : `离线已存：${deed.name}，恢复后自动发送`)
      }
      drop(key)
      change(d => ({ ...d, key: v7() }))
      show(said, wrongOf(outcome, fields.map(f => f.name)))
    } finally {
      setBusy(false)
    }
  }

  function keyDown(e: KeyboardEvent<HTMLFormElement>) {
    if (isComposing(e) || e.defaultPrevented) return
    if (e.key === 'Escape') {
      e.preventDefault()
      leave()
    } else if (e.key === 'Enter' && (e.ctrlKey || e.metaKey)) {
      e.preventDefault()
      void say()
    } else if (e.key === 'Enter' && e.target instanceof HTMLElement && /^(INPUT|SELECT)$/.test(e.target.tagName)) {
      e.preventDefault()
      const stops = [...e.currentTarget.querySelectorAll<HTMLElement>('input, textarea, select')]
      const next = stops[stops.indexOf(e.target) + 1]
      if (next) take(next)
      else void say()
    }
  }

  return (
    <form ref={form} className="sheet" aria-label={deed.name} data-deed={deed.command} data-ready={ready} onKeyDown={keyDown} onSubmit={e => (e.preventDefault(), void say())}>
      <header className="sheet-head">
        <h2>{deed.name}</h2>
        <p>{deed.about(target)}</p>
      </header>
      {wrong[''] && (
        <p className="sheet-wrong" role="alert">
          {wrong['']}
        </p>
      )}
      <div className="sheet-fields" data-figures={fields.some(f => f.kind === 'figure') || undefined}>
        {fields.map(f => (
          <DeedField
            key={f.name}
            field={f}
            value={values[f.name] ?? ''}
            wrong={wrong[f.name]}
            changed={isTypedOver(f)}
            was={isTypedOver(f) && SHORT.includes(f.kind) ? before[f.name] || '未填' : undefined}
            onValue={v => change(d => ({ ...d, typed: { ...d.typed, [f.name]: v } }))}
          />
        ))}
      </div>
      <footer className="sheet-foot">
        <button type="submit" className="say" aria-disabled={isBusy}>
          {isBusy ? '正在发送…' : `确认${deed.name}`} <kbd>Ctrl+Enter</kbd>
        </button>
        <span className="quiet">
          <kbd>Enter</kbd> 下一栏 · <kbd>Esc</kbd> 收起，内容保留
        </span>
      </footer>
    </form>
  )
}
