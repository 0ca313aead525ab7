import { useMemo } from 'react'
import { Line } from './fields.tsx'
import { readQuickCode } from './quick-code.ts'

/** A whole report was pasted, not a quick line. */
const isProse = (text: string) => /[\n，。；、：]/.test(text.trim()) || text.length > 60

/** 快速录入: one line says the whole flash report; what each word was understood as stands beneath it. */
export function QuickLine({ value, onValue, onProse }: { value: string; onValue(value: string): void; onProse(text: string): void }) {
  const { chips } = useMemo(() => readQuickCode(value), [value])
  const takeProse = (text: string) => {
    if (!isProse(text)) return false
    onProse(text)
    return true
  }
  return (
    <div className="quick-line">
      <Line name="quick" label="速录" wide value={value} onValue={onValue} onPaste={takeProse} latin />
      {chips.length === 0 ? (
        <p className="quick-line-example">
          例：hz xl 升平路12号 d0 s2 k1 2　<span>亡d 失联l 困k 重伤z 伤s · 等级1–4 · 电话 · 时间 · 次序不限</span>
        </p>
      ) : (
        <ul className="chips" aria-label="识别结果" aria-live="polite">
          {chips.map((c, n) => (
            <li key={`${n}${c.token}`} data-field={c.field}>
              <b>{c.field}</b> {c.reads}
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
