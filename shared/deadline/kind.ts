import type { Kind } from '../kernel/kind.ts'
import { minutesAfter, msOf } from '../kernel/time.ts'
import { commands } from './commands.ts'
import { FIRST_PRESS_MINUTES, evolve, type Deadline, type DeadlineEvent } from './deadline.ts'

const MINUTE_MS = 60_000
const DAY_MINUTES = 24 * 60

const minutesBetween = (from: string, to: string) => Math.round((msOf(to) - msOf(from)) / MINUTE_MS)

/** 时限: one clock the law (or the room's own rule) runs on an incident, until evidence answers it. */
export const deadline: Kind<Deadline, DeadlineEvent> = {
  name: 'deadline',
  commands,
  evolve,
  open: d => d.status !== 'met' && d.status !== 'cancelled',
  wakeAt: d => d.nextAt,
  wake: (d, { at }) => {
    if (d.status === 'breached') {
      const minutesOver = minutesBetween(d.dueAt, at)
      return [{ type: 'deadline.pressed', minutesOver, nextAt: minutesAfter(at, Math.min(Math.max(minutesOver, FIRST_PRESS_MINUTES), DAY_MINUTES)) }]
    }
    if (msOf(at) >= msOf(d.dueAt)) return [{ type: 'deadline.breached' }]
    return [{ type: 'deadline.warned', minutesLeft: minutesBetween(at, d.dueAt) }]
  },
  columns: d => ({ at: d.dueAt, keys: { status: d.status, rule: d.rule.id }, about: d.incident }),
  personal: { name: [], phone: [], words: ['who', 'how', 'words', 'reason'] },
}
