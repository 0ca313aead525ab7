import { span } from '../parts/times.ts'

const HOUR_MS = 3_600_000
const HOURS_A_DAY = 24

/** A length of time in the room a column has: 04:07, 3时07, 17时, 2天. */
export function brief(ms: number): string {
  if (ms < HOUR_MS) return span(ms)
  const hours = Math.floor(ms / HOUR_MS)
  if (hours >= HOURS_A_DAY) return `${Math.floor(hours / HOURS_A_DAY)}天`
  return hours >= 10 ? `${hours}时` : `${hours}时${span(ms).split(':')[1]}`
}
