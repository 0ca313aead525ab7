import type { Moment } from '@duty/shared/kernel/time.ts'

const MINUTE_MS = 60_000
const DAY_MS = 86_400_000
/** The room stands eight hours ahead of UTC, and China keeps no summer time. */
const AHEAD_OF_UTC_MS = 8 * 60 * MINUTE_MS
/** Two clocks are never quite equal: what is said to be now may lie a breath ahead. */
const TOLERANCE_MS = 2 * MINUTE_MS

const DAYS: Record<string, number> = { 前: -2, 昨: -1, 今: 0, 明: 1 }

const AGO = /^([-+])(\d{1,4})$/
const CLOCK = /^(?:([前昨今明])[天日晚早]?)?\s*(\d{1,2}):?(\d{2})$/
const DATED = /^(?:(\d{4})[-./年])?(\d{1,2})[-./月](\d{1,2})日?\s*(\d{1,2}):(\d{2})$/
const DATED_SHORT = /^(?:(\d{4})[-./年])?(\d{1,2})[-./月](\d{1,2})日?\s+(\d{2})(\d{2})$/

const local = (ms: number) => new Date(ms + AHEAD_OF_UTC_MS)
const startOfDay = (ms: number) => Math.floor((ms + AHEAD_OF_UTC_MS) / DAY_MS) * DAY_MS - AHEAD_OF_UTC_MS
const momentOf = (ms: number): Moment => new Date(ms).toISOString()

/** 22点30分, 22：30 and 10点半 all as 22:30. */
const plain = (said: string) =>
  said
    .normalize('NFKC')
    .trim()
    .replace(/[点时]半/, ':30')
    .replace(/[点时]/, ':')
    .replace(/[分许左右]/g, '')
    .replace(/:$/, ':00')

const isClock = (hour: number, minute: number) => hour < 24 && minute < 60

function dated(year: number, month: number, day: number, hour: number, minute: number): number | null {
  const ms = Date.UTC(year, month - 1, day, hour, minute) - AHEAD_OF_UTC_MS
  return local(ms).getUTCMonth() === month - 1 && isClock(hour, minute) ? ms : null
}

/**
 * A time as an officer types it: 2230, 22:30, -15 (minutes ago), 昨2230, 9-23 22:30, or +30 and 明1000 where what is meant lies ahead.
 * Without a day the nearest such moment is meant: the last one, or the next one where it lies ahead. Null where it cannot be read.
 */
export function readTime(said: string, now: number, ahead = false): Moment | null {
  const text = plain(said)
  const [, sign, minutes] = AGO.exec(text) ?? []
  if (minutes !== undefined) return sign === '+' && !ahead ? null : momentOf(now + (sign === '-' ? -1 : 1) * Number(minutes) * MINUTE_MS)

  const late = (ms: number) => ms > now + TOLERANCE_MS
  const [, day, hour, minute] = CLOCK.exec(text) ?? []
  if (hour !== undefined) {
    if (!isClock(Number(hour), Number(minute))) return null
    const at = startOfDay(now) + (Number(hour) * 60 + Number(minute)) * MINUTE_MS
    if (day) return momentOf(at + DAYS[day]! * DAY_MS)
    return momentOf(ahead ? (at <= now ? at + DAY_MS : at) : late(at) ? at - DAY_MS : at)
  }

  const [, year, ...rest] = DATED.exec(text) ?? DATED_SHORT.exec(text) ?? []
  if (rest.length === 0) return null
  const [m, d, h, min] = rest.map(Number) as [number, number, number, number]
  const thisYear = local(now).getUTCFullYear()
  const at = dated(year ? Number(year) : thisYear, m, d, h, min)
  if (at === null) return null
  if (year) return momentOf(at)
  const other = ahead ? at <= now && dated(thisYear + 1, m, d, h, min) : late(at) && dated(thisYear - 1, m, d, h, min)
  return momentOf(other || at)
}

/** A moment as it is said aloud: 22时30分, 昨天22时30分, 9月23日8时5分. */
export function sayTime(moment: Moment, now: number): string {
  const at = local(Date.parse(moment))
  const clock = `${at.getUTCHours()}时${at.getUTCMinutes()}分`
  const days = Math.round((startOfDay(Date.parse(moment)) - startOfDay(now)) / DAY_MS)
  const near = { '-2': '前天', '-1': '昨天', '0': '', '1': '明天' }[String(days)]
  if (near !== undefined) return near + clock
  const year = at.getUTCFullYear() === local(now).getUTCFullYear() ? '' : `${at.getUTCFullYear()}年`
  return `${year}${at.getUTCMonth() + 1}月${at.getUTCDate()}日${clock}`
}

/** A moment as it can be typed again: 2026-11-23 22:30. */
export const localStamp = (moment: Moment): string => local(Date.parse(moment)).toISOString().slice(0, 16).replace('T', ' ')
