import { localDay, type Moment } from '@duty/shared/kernel/time.ts'
import { hhmm, hhmmss } from '../parts/times.ts'

/** 2026-11-24 08:51:30, by the room's clock. */
export const stamp = (at: Moment) => `${localDay(at)} ${hhmmss(at)}`

/** 2026-11-24 08:00. */
export const minuteStamp = (at: Moment) => `${localDay(at)} ${hhmm(at)}`

/** The moment a date and a time field of the room mean. */
export const momentOf = (day: string, time = '00:00'): Moment => new Date(`${day}T${time}:00+08:00`).toISOString()

/** The day so many days after another. */
export const dayAfter = (day: string, days: number) => localDay(new Date(Date.parse(momentOf(day, '12:00')) + days * 86_400_000).toISOString())
