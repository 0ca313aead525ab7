/** A moment: ISO 8601 in UTC with milliseconds, as the book stores it. */
export type Moment = string

const UNIT_MS = { second: 1_000, minute: 60_000, hour: 3_600_000, day: 86_400_000 } as const

/** Milliseconds since 1970 of a moment. */
export const msOf = (moment: Moment) => Date.parse(moment)

/** The moment so many minutes after another; plain elapsed time, as the law's clocks run day and night. */
export const minutesAfter = (moment: Moment, minutes: number): Moment => new Date(msOf(moment) + minutes * UNIT_MS.minute).toISOString()

/** The earlier of the moments given, or null where there is none. */
export const earliest = (moments: (Moment | null | undefined)[]): Moment | null =>
  moments.reduce<Moment | null>((soonest, m) => (m && (!soonest || msOf(m) < msOf(soonest)) ? m : soonest), null)

/** Milliseconds in words like "5 minutes" or "2 hours"; used by tests and settings. */
export function durationMs(words: string): number {
  const [, count, unit] = /^(\d+(?:\.\d+)?) (second|minute|hour|day)s?$/.exec(words) ?? []
  if (!count || !unit) throw new Error(`not a duration: ${words}`)
  return Number(count) * UNIT_MS[unit as keyof typeof UNIT_MS]
}

const dayFormats = new Map<string, Intl.DateTimeFormat>()

/** The calendar day (yyyy-mm-dd) of a moment where the room stands. */
export function localDay(moment: Moment, zone = 'Asia/Shanghai'): string {
  let format = dayFormats.get(zone)
  if (!format) dayFormats.set(zone, (format = new Intl.DateTimeFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' })))
  return format.format(msOf(moment))
}
