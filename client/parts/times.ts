import type { Moment } from '@duty/shared/kernel/time.ts'

/** Where the room stands; every screen shows its time, whatever the device is set to. */
export const ZONE = 'Asia/Shanghai'

type When = Moment | number

const msOf = (when: When) => (typeof when === 'number' ? when : Date.parse(when))

const format = (options: Intl.DateTimeFormatOptions) => {
  const made = new Intl.DateTimeFormat('zh-CN', { timeZone: ZONE, hourCycle: 'h23', ...options })
  return (when: When) => made.format(msOf(when))
}

/** 14:05 */
export const hhmm = format({ hour: '2-digit', minute: '2-digit' })

/** 14:05:09 */
export const hhmmss = format({ hour: '2-digit', minute: '2-digit', second: '2-digit' })

/** 11月24日 */
export const monthDay = format({ month: 'long', day: 'numeric' })

/** 星期二 */
export const weekday = format({ weekday: 'long' })

/** 2026年11月24日 */
export const fullDay = format({ year: 'numeric', month: 'long', day: 'numeric' })

/** 14:05 today, 昨14:05, 11月22日14:05 further away. */
export function dayTime(when: When, now: number): string {
  const day = fullDay(when)
  if (day === fullDay(now)) return hhmm(when)
  if (day === fullDay(now - 86_400_000)) return `昨${hhmm(when)}`
  return `${monthDay(when)}${hhmm(when)}`
}

const two = (n: number) => String(n).padStart(2, '0')

/** 04:07 under an hour, 3:04:07 from then on; never less than nothing. */
export function span(ms: number): string {
  const s = Math.max(0, Math.floor(ms / 1_000))
  const [hours, minutes, seconds] = [Math.floor(s / 3_600), Math.floor(s / 60) % 60, s % 60]
  return hours ? `${hours}:${two(minutes)}:${two(seconds)}` : `${two(minutes)}:${two(seconds)}`
}

/** T+04:07: how long something has stood. */
export const since = (when: When, now: number) => `T+${span(now - msOf(when))}`

/** 3分钟 · 2小时05分 · 3天: a length of time in words. */
export function lengthWords(ms: number): string {
  const minutes = Math.max(0, Math.floor(ms / 60_000))
  if (minutes < 60) return `${minutes}分钟`
  if (minutes < 1_440) return `${Math.floor(minutes / 60)}小时${two(minutes % 60)}分`
  return `${Math.floor(minutes / 1_440)}天`
}
