import { useId, type ClipboardEvent } from 'react'
import { serverNow } from '../sync/clock.ts'
import { Box, type BoxProps } from './Box.tsx'
import { readTime, sayTime } from './time-entry.ts'

interface FieldProps extends BoxProps {
  value: string
  onValue(value: string): void
}

interface LineProps extends FieldProps {
  suggest?: readonly string[]
  latin?: boolean
  /** Takes a paste itself, and says so. */
  onPaste?(text: string): boolean
}

/** One line of words, kept exactly as typed. */
export function Line({ value, onValue, suggest, latin, onPaste, ...box }: LineProps) {
  const list = useId()
  const paste = (e: ClipboardEvent) => {
    if (onPaste?.(e.clipboardData.getData('text'))) e.preventDefault()
  }
  return (
    <Box {...box}>
      {ids => (
        <>
          <input
            {...ids}
            name={box.name}
            value={value}
            onChange={e => onValue(e.target.value)}
            onPaste={onPaste && paste}
            list={suggest && list}
            autoComplete="off"
            spellCheck={false}
            {...(latin ? { lang: 'en', inputMode: 'latin' as never } : {})}
          />
          {suggest && (
            <datalist id={list}>
              {suggest.map(s => (
                <option key={s} value={s} />
              ))}
            </datalist>
          )}
        </>
      )}
    </Box>
  )
}

/** Several lines of words, kept exactly as typed or pasted. */
export function Text({ value, onValue, rows = 3, ...box }: FieldProps & { rows?: number }) {
  return <Box {...box}>{ids => <textarea {...ids} name={box.name} rows={rows} value={value} onChange={e => onValue(e.target.value)} spellCheck={false} />}</Box>
}

/** A count; blank is 不详, never 0. */
export function Figure({ value, onValue, ...box }: FieldProps) {
  return (
    <Box {...box}>
      {ids => (
        <input {...ids} className="figure" name={box.name} value={value} onChange={e => onValue(e.target.value)} inputMode="numeric" placeholder="不详" autoComplete="off" size={4} />
      )}
    </Box>
  )
}

/** A time as it is typed, with how it was understood beneath. */
export function Time({ value, onValue, ahead, hint, ...box }: FieldProps & { ahead?: boolean }) {
  const now = serverNow()
  const at = value.trim() === '' ? null : readTime(value, now, ahead)
  return (
    <Box {...box} hint={at ? sayTime(at, now) : value.trim() === '' ? hint : '看不懂这个时间'}>
      {ids => <input {...ids} name={box.name} value={value} onChange={e => onValue(e.target.value)} autoComplete="off" spellCheck={false} />}
    </Box>
  )
}

/** One of a few; picked by its number. */
export function Choice({ value, onValue, choices, ...box }: FieldProps & { choices: readonly { value: string; name: string }[] }) {
  return (
    <Box {...box}>
      {ids => (
        <select {...ids} name={box.name} value={value} onChange={e => onValue(e.target.value)}>
          {choices.map(c => (
            <option key={c.value} value={c.value}>
              {c.name}
            </option>
          ))}
        </select>
      )}
    </Box>
  )
}

/** Yes or no, turned with the space bar. */
export function Check({ value, onValue, label, ...box }: FieldProps) {
  return (
    <Box {...box} label={label}>
      {ids => <input {...ids} type="checkbox" name={box.name} checked={value === 'true'} onChange={e => onValue(String(e.target.checked))} />}
    </Box>
  )
}
