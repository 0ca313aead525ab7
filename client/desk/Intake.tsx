import { eventTypeName } from '@duty/shared/reference/event-types.ts'
import { townName } from '@duty/shared/reference/towns.ts'
import type { Incident, Level } from '@duty/shared/incident/incident.ts'
import { memo, useCallback, useEffect, useLayoutEffect, useRef, useState, type FormEvent, type KeyboardEvent } from 'react'
import { serverNow } from '../sync/clock.ts'
import { useDraft } from '../sync/drafts.ts'
import { thingsOf, useRoom } from '../sync/store.ts'
import { Alike } from './Alike.tsx'
import { alikeTo } from './alike.ts'
import { CallTimers } from './CallTimers.tsx'
import { Combobox } from './Combobox.tsx'
import { Check, Choice, Figure, Line, Text, Time } from './fields.tsx'
import { townOptions, townshipOf, townValue, typeOptions } from './finders.ts'
import { CHANNELS } from './incident-deeds.ts'
import { isComposing, nameOf } from './keys.ts'
import { LevelPick } from './LevelPick.tsx'
import { HARMS } from './quick-code.ts'
import { QuickLine } from './QuickLine.tsx'
import { readBack } from './read-back.ts'
import { isBlank, withQuickLine, type Report } from './report.ts'
import { finish, fresh, labelOf, nameReport, show, slotOf, type Begun } from './reports.ts'
import { Ringing } from './Ringing.tsx'
import { usePush } from './push.ts'
import { tell } from './where.ts'
import './intake.css'

const DISCARD_WITHIN_MS = 3_000

/** The fields that hold words as they were typed. */
type WordsField = { [F in keyof Report]: Report[F] extends string ? F : never }[keyof Report]

const TEXT_INPUT = (el: Element | null): el is HTMLInputElement | HTMLTextAreaElement =>
  el instanceof HTMLTextAreaElement || (el instanceof HTMLInputElement && el.type === 'text')

/** 接报: the form in the order a caller speaks. Every letter is kept on the device; nothing here listens to the board. */
export const Intake = memo(function Intake({ id }: { id: string }) {
  const [empty] = useState<Begun>(() => fresh(id))
  const [begun, change, { ready, clear }] = useDraft<Begun>(slotOf(id), empty)
  const { report } = begun
  const form = useRef<HTMLFormElement>(null)
  const { wrong, isBusy, push, join } = usePush({ begun, change, clear, form })

  const set = useCallback((next: Partial<Report> | ((r: Report) => Report)) => change(b => ({ ...b, report: typeof next === 'function' ? next(b.report) : { ...b.report, ...next } })), [change])
  const field = (name: WordsField) => ({ name, value: report[name], onValue: (value: string) => set({ [name]: value }) })

  useLayoutEffect(() => {
    form.current?.querySelector<HTMLElement>('[name="quick"]')?.focus()
  }, [])
  /** Only once, when the draft has come back; after that the caret is the officer's own. */
  const isCaretBack = useRef(false)
  const { caret } = report
  useEffect(() => {
    if (!ready || isCaretBack.current) return
    isCaretBack.current = true
    const was = caret && form.current?.elements.namedItem(caret.field)
    if (!(was instanceof HTMLElement)) return
    was.focus()
    if (TEXT_INPUT(was)) was.setSelectionRange(caret!.at, caret!.at)
  }, [ready, caret])
  const label = labelOf(report)
  useEffect(() => nameReport(id, label), [id, label])

  /** Remembers where the caret stands; nothing else is said by it. */
  const keepCaret = (e: FormEvent<HTMLFormElement>) => {
    const at = e.target as HTMLInputElement
    if (ready && at.name) set({ caret: { field: at.name, at: TEXT_INPUT(at) ? (at.selectionStart ?? 0) : 0 } })
  }

  /** Throwing a draft away takes the same keys twice within three seconds; no other key does it. */
  const askedAt = useRef(-Infinity)
  function discard() {
    if (performance.now() - askedAt.current > DISCARD_WITHIN_MS) {
      askedAt.current = performance.now()
      return tell('再按一次 Alt+Delete，丢弃这份草稿', true)
    }
    clear()
    finish(id)
    tell('草稿已丢弃')
  }

  function joinFirst() {
    const [first] = alikeTo(report, thingsOf<Incident>(useRoom.getState().board, 'incident'), serverNow())
    if (first) void join(first)
  }

  function keyDown(e: KeyboardEvent<HTMLFormElement>) {
    if (isComposing(e) || e.defaultPrevented) return
    const level = /^Alt\+([0-4])$/.exec(nameOf(e.nativeEvent))?.[1]
    const name = level === undefined ? nameOf(e.nativeEvent) : 'Alt+level'
    const deeds: Record<string, () => void> = {
      'Ctrl+Enter': () => void push(),
      'Alt+level': () => set({ level: (Number(level) || null) as Level }),
      'Alt+m': joinFirst,
      'Alt+Delete': discard,
      Escape: () => {
        if (isBlank(report)) {
          clear()
          finish(id)
        } else show(null)
      },
      Enter: () => {},
    }
    const isPlainEnter = name === 'Enter' && !(e.target instanceof HTMLInputElement)
    if (!deeds[name] || isPlainEnter) return
    e.preventDefault()
    deeds[name]()
  }

  const takeProse = (text: string) => {
    set(r => ({ ...r, narrative: r.narrative ? `${r.narrative}\n${text}` : text }))
    form.current?.querySelector<HTMLElement>('[name="narrative"]')?.focus()
  }
  const now = serverNow()

  return (
    <form ref={form} className="intake" data-screen="intake" data-ready={ready} aria-label="接报" onKeyDown={keyDown} onInput={keepCaret} onFocus={keepCaret} onSubmit={e => e.preventDefault()}>
      <div className="intake-fields">
        <QuickLine value={report.quick} onValue={line => set(r => withQuickLine(r, line))} onProse={takeProse} />
        <div className="row source">
          <Choice {...field('channel')} label="来源" choices={CHANNELS} />
          <Line {...field('unit')} label="单位" wrong={wrong['source.unit']} />
          <Line {...field('person')} label="姓名" wrong={wrong['source.person']} />
          <Line {...field('title')} label="职务" wrong={wrong['source.title']} />
          <Line {...field('phone')} label="电话" wrong={wrong['source.phone']} />
        </div>
        <div className="row two">
          <Combobox
            name="typeText"
            label="类型"
            wrong={wrong.typeCode}
            text={report.typeText}
            picked={report.typeCode === null ? undefined : eventTypeName(report.typeCode)}
            find={typeOptions}
            onText={typeText => set({ typeText, typeCode: null })}
            onPick={o => set({ typeText: '', typeCode: o.value })}
          />
          <Combobox
            name="townText"
            label="镇街"
            wrong={wrong.township}
            text={report.townText}
            picked={report.township === undefined ? undefined : townName(report.township)}
            find={townOptions}
            onText={townText => set({ townText, township: undefined })}
            onPick={o => set({ townText: '', township: townshipOf(o.value) })}
          />
        </div>
        <Line {...field('address')} label="地点" wide wrong={wrong.address} hint={report.address && '待核：未对照地址库'} />
        <div className="row figures" role="group" aria-label="伤亡，留空为不详">
          {HARMS.map(h => (
            <Figure
              key={h.field}
              name={h.field}
              label={h.name}
              wrong={wrong[`casualties.${h.field}`]}
              value={report.figures[h.field]}
              onValue={v => set(r => ({ ...r, figures: { ...r.figures, [h.field]: v } }))}
            />
          ))}
        </div>
        <div className="row level-row">
          <LevelPick level={report.level} onLevel={level => set({ level })} />
          <Check name="sensitive" label="敏感" value={String(report.sensitive)} onValue={v => set({ sensitive: v === 'true' })} />
        </div>
        <Text {...field('narrative')} label="事由" wide rows={3} wrong={wrong.narrative} />
        <Text {...field('measures')} label="措施" wide rows={1} wrong={wrong.measures} />
        <div className="row three">
          <Time {...field('occurred')} label="事发时间" wrong={wrong.occurredAt} hint="2230、-15、昨2230" />
          <Time {...field('received')} label="接报时间" wrong={wrong.receivedAt} hint="留空为来电时刻" />
          <Line {...field('alreadyTold')} label="已报何人" wrong={wrong['source.alreadyTold']} />
        </div>
      </div>
      <aside className="intake-side">
        <CallTimers begunAt={begun.begunAt} />
        <p className="read-back" data-role="read-back" aria-live="off">
          {readBack(report, now)}
        </p>
        <Alike typeCode={report.typeCode} township={townValue(report.township) === 'outside' ? null : report.township} phone={report.phone} />
        <Ringing level={report.level} sensitive={report.sensitive} />
        {wrong[''] && (
          <p className="sheet-wrong" role="alert">
            {wrong['']}
          </p>
        )}
        <button type="button" className="say push" onClick={() => void push()} aria-disabled={isBusy}>
          {isBusy ? '正在推送…' : '推送首报'} <kbd>Ctrl+Enter</kbd>
        </button>
        <p className="quiet">
          <kbd>Esc</kbd> 回值守，草稿保留 · <kbd>F4</kbd> 下一份草稿
        </p>
      </aside>
    </form>
  )
})
