import { EVENT_TYPES, eventTypeName } from '@duty/shared/reference/event-types.ts'
import { findEventType } from '@duty/shared/reference/find.ts'
import { TOWNS } from '@duty/shared/reference/towns.ts'
import { unitName } from '@duty/shared/reference/units.ts'
import { useState } from 'react'
import { v7 } from 'uuid'
import { useDraft } from '../sync/drafts.ts'
import { post } from '../sync/outbox.ts'
import type { Me } from '../sync/store.ts'
import { FormHead } from './OrderForm.tsx'
import { EMPTY_REPORT, bodyOf, wrongIn, type Report } from './report.ts'
import { goBack } from './route.ts'

const OFTEN = ['12G00', '12H00', '11A02', '12F00', '13C00', '14A00', '12P00', '12Q00']
const FIGURES = [
  ['dead', '死亡'],
  ['missing', '失联'],
  ['trapped', '被困'],
  ['seriouslyInjured', '重伤'],
  ['injured', '受伤（含重伤）'],
] as const
const townOf = (me: Me) => me.units.find(u => TOWNS.items.some(t => t.code === u))

/** 报告事件: what a unit tells the room; only the type is required, the rest as far as it is known. */
export default function ReportForm({ me }: { me: Me }) {
  const own = townOf(me)
  const [r, change, { clear }] = useDraft<Report>('phone/report', { ...EMPTY_REPORT, township: own ?? 'unknown' })
  const [wrong, setWrong] = useState<Record<string, string>>({})
  const set = (said: Partial<Report>) => {
    setWrong({})
    change(d => ({ ...d, ...said }))
  }

  function send() {
    const errors = wrongIn(r)
    if (Object.keys(errors).length) return setWrong(errors)
    const source = { channel: 'network', unit: unitName(me.units[0] ?? ''), person: me.name, ...(me.title && { title: me.title }), ...(r.phone.trim() && { phone: r.phone.trim() }) }
    void post('incident.log', { id: v7(), source, ...bodyOf(r) })
    clear()
    goBack('')
  }

  return (
    <>
      <FormHead title="报告事件" parent="" />
      <main className="form">
        <TypeField code={r.typeCode} onChoose={typeCode => set({ typeCode })} wrong={wrong.typeCode} />
        <label>
          镇街
          <select value={r.township} disabled={own !== undefined} onChange={e => set({ township: e.target.value })}>
            <option value="unknown">不详</option>
            {TOWNS.items.map(t => (
              <option key={t.code} value={t.code}>
                {t.name}
              </option>
            ))}
          </select>
        </label>
        <label>
          地点
          <input value={r.address} maxLength={200} onChange={e => set({ address: e.target.value })} />
        </label>
        <label>
          事发时间
          <input type="datetime-local" value={r.occurredAt} onChange={e => set({ occurredAt: e.target.value })} />
        </label>
        <label>
          情况
          <textarea rows={4} maxLength={5_000} value={r.narrative} onChange={e => set({ narrative: e.target.value })} />
        </label>
        <fieldset className="figures">
          <legend>伤亡（不详请留空）</legend>
          {FIGURES.map(([field, name]) => (
            <label key={field}>
              {name}
              <input inputMode="numeric" pattern="[0-9]*" value={r[field]} aria-invalid={field in wrong} onChange={e => set({ [field]: e.target.value })} />
              {wrong[field] && <span className="wrong">{wrong[field]}</span>}
            </label>
          ))}
        </fieldset>
        <label>
          已采取措施
          <textarea rows={2} maxLength={5_000} value={r.measures} onChange={e => set({ measures: e.target.value })} />
        </label>
        <label>
          现场联系电话
          <input type="tel" value={r.phone} maxLength={40} onChange={e => set({ phone: e.target.value })} />
        </label>
        <label className="tick">
          <input type="checkbox" checked={r.sensitive} onChange={e => set({ sensitive: e.target.checked })} />
          敏感事件
        </label>
      </main>
      <footer className="form-foot">
        <button type="button" className="send" data-role="send" onClick={send}>
          报值班室<small>{r.typeCode ? eventTypeName(r.typeCode) : '请先选择类型'}</small>
        </button>
      </footer>
    </>
  )
}

function TypeField({ code, onChoose, wrong }: { code: string; onChoose(code: string): void; wrong?: string }) {
  const [query, setQuery] = useState('')
  const found = query.trim() ? findEventType(query).slice(0, 8).map(t => t.code) : OFTEN
  const shown = code && !found.includes(code) ? [code, ...found] : found
  return (
    <fieldset>
      <legend>事件类型</legend>
      <input aria-label="查找类型" placeholder={`汉字或首字母查找（${EVENT_TYPES.items.length} 类）`} value={query} onChange={e => setQuery(e.target.value)} />
      <div className="chips" role="radiogroup" aria-label="事件类型">
        {shown.map(c => (
          <button key={c} type="button" role="radio" aria-checked={c === code} onClick={() => onChoose(c)}>
            {eventTypeName(c)}
          </button>
        ))}
      </div>
      {wrong && <p className="wrong" role="alert">{wrong}</p>}
    </fieldset>
  )
}
