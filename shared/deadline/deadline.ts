import { minutesAfter, type Moment } from '../kernel/time.ts'

/** Where a clock's figure comes from, frozen when the clock is set. */
export interface RuleNamed {
  id: string
  version: number
  name: string
  leg: string
  channel: 'phone' | 'paper' | null
  minutes: number
  source: string
  verified: boolean
}

/** What closes a clock: who spoke to whom, how, with what words. */
export interface Evidence {
  who: string
  how: string
  words?: string
  at: Moment
}

export type DeadlineEvent =
  | { type: 'deadline.set'; incident: string; incidentNo: string; rule: RuleNamed; anchor: 'receivedAt' | 'occurredAt'; anchorAt: Moment; warnAt: Moment; dueAt: Moment }
  | { type: 'deadline.warned'; minutesLeft: number }
  | { type: 'deadline.breached' }
  | { type: 'deadline.pressed'; minutesOver: number; nextAt: Moment }
  | { type: 'deadline.met'; evidence: Evidence; late: boolean }
  | { type: 'deadline.extended'; until: Moment; before: Moment; reason: string }
  | { type: 'deadline.cancelled'; reason: string }

export interface Deadline {
  incident: string
  incidentNo: string
  rule: RuleNamed
  anchor: 'receivedAt' | 'occurredAt'
  anchorAt: Moment
  warnAt: Moment
  dueAt: Moment
  status: 'running' | 'warned' | 'breached' | 'met' | 'cancelled'
  nextAt: Moment | null
  breachedAt?: Moment
  evidence?: Evidence
  late?: boolean
  extensions: { until: Moment; before: Moment; reason: string; at: Moment; by: string }[]
  reason?: string
}

/** A clock run out is pressed again after so many minutes, for as long as nothing answers it. */
export const FIRST_PRESS_MINUTES = 30

/** How a clock stands after one more event. */
export function evolve(d: Deadline | undefined, e: DeadlineEvent, { at, by }: { at: Moment; by: string }): Deadline {
  if (e.type === 'deadline.set') {
    const { type: _, ...set } = e
    return { ...set, status: 'running', nextAt: e.warnAt, extensions: [] }
  }
  if (!d) throw new Error(`${e.type} before deadline.set`)
  switch (e.type) {
    case 'deadline.warned':
      return { ...d, status: 'warned', nextAt: d.dueAt }
    case 'deadline.breached':
      return { ...d, status: 'breached', breachedAt: at, nextAt: minutesAfter(at, FIRST_PRESS_MINUTES) }
    case 'deadline.pressed':
      return { ...d, nextAt: e.nextAt }
    case 'deadline.met':
      return { ...d, status: 'met', evidence: e.evidence, late: e.late, nextAt: null }
    case 'deadline.extended':
      return {
        ...d,
        status: 'running',
        dueAt: e.until,
        warnAt: e.until,
        nextAt: e.until,
        extensions: [...d.extensions, { until: e.until, before: e.before, reason: e.reason, at, by }],
      }
    case 'deadline.cancelled':
      return { ...d, status: 'cancelled', reason: e.reason, nextAt: null }
  }
}
