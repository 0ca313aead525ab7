import type { Alert } from '@duty/shared/alert/alert.ts'
import type { Deadline } from '@duty/shared/deadline/deadline.ts'
import type { Incident } from '@duty/shared/incident/incident.ts'
import type { Instruction, Relay } from '@duty/shared/instruction/instruction.ts'
import type { Thing } from '@duty/shared/kernel/kind.ts'

/** What still waits about one incident: people first addressed who have not signed, units not yet told, the soonest clock. */
export interface Waiting {
  unsigned: number
  untold: number
  due: string | null
}

/** Moments are UTC in one form, so that their letters stand in the order of time; far quicker than comparing as words. */
const byTime = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)

export const NOTHING_WAITS: Waiting = { unsigned: 0, untold: 0, due: null }

const unsignedIn = (a: Alert) => Object.values(a.people).filter(p => p.rung === 0 && p.status !== 'acknowledged').length

/** What waits, by incident; one pass over the board. */
export function waitingByIncident(alerts: Thing<Alert>[], instructions: Thing<Instruction>[], deadlines: Thing<Deadline>[]): Map<string, Waiting> {
  const waiting = new Map<string, Waiting>()
  const add = (incident: string | undefined, more: Partial<Waiting>) => {
    if (incident === undefined) return
    const w = waiting.get(incident) ?? NOTHING_WAITS
    const due = more.due && (!w.due || more.due < w.due) ? more.due : w.due
    waiting.set(incident, { unsigned: w.unsigned + (more.unsigned ?? 0), untold: w.untold + (more.untold ?? 0), due })
  }
  for (const a of alerts) if (a.about?.kind === 'incident') add(a.about.id, { unsigned: unsignedIn(a) })
  for (const i of instructions) add(i.incident, { untold: Object.values(i.relays).filter(r => r.step === 'issued').length })
  for (const d of deadlines) add(d.incident, { due: d.dueAt })
  return waiting
}

/** An ungraded incident counts as 较大; a sensitive one is never taken lighter than 重大. */
const gravity = ({ level, sensitive }: Incident) => Math.min(level ?? 3, sensitive ? 2 : 4)

/** Gravest first; of equals those nobody has signed for, then the newest. */
export function byGravity(incidents: Thing<Incident>[], waiting: Map<string, Waiting>): Thing<Incident>[] {
  const unsigned = (i: Thing<Incident>) => (waiting.get(i.id)?.unsigned ? 0 : 1)
  return incidents.toSorted((a, b) => gravity(a) - gravity(b) || unsigned(a) - unsigned(b) || byTime(b.loggedAt, a.loggedAt))
}

const URGENT_FIRST = { flash: 0, urgent: 1, normal: 2 } as const

/** One unit's line of an instruction that the room must still move on. */
export interface RelayDue {
  key: string
  instruction: Thing<Instruction>
  relay: Relay
}

/**
 * The lines of instructions in the order the room should take them: not yet told, then not signed for, then not answered, the urgent first;
 * where every unit is done, the last one's line stays until the instruction itself is closed.
 */
export function relaysDue(instructions: Thing<Instruction>[]): RelayDue[] {
  const step = { issued: 0, relayed: 1, receipted: 2, answered: 3, done: 4 } as const
  return instructions
    .flatMap(instruction => {
      const relays = Object.values(instruction.relays)
      const owed = relays.filter(r => r.step !== 'done')
      return (owed.length ? owed : relays.slice(-1)).map(relay => ({ key: `${instruction.id} ${relay.unit}`, instruction, relay }))
    })
    .toSorted(
      (a, b) =>
        step[a.relay.step] - step[b.relay.step] ||
        URGENT_FIRST[a.instruction.urgency] - URGENT_FIRST[b.instruction.urgency] ||
        byTime(a.instruction.issuedAt, b.instruction.issuedAt),
    )
}

/** Alerts that have not been answered: the gravest first, then the oldest. */
export const alertsDue = (alerts: Thing<Alert>[]): Thing<Alert>[] =>
  alerts.toSorted((a, b) => URGENT_FIRST[a.urgency] - URGENT_FIRST[b.urgency] || byTime(a.raisedAt, b.raisedAt))

/** Clocks by when they run out. */
export const deadlinesDue = (deadlines: Thing<Deadline>[]): Thing<Deadline>[] => deadlines.toSorted((a, b) => byTime(a.dueAt, b.dueAt))

/** The people of an alert, those who have not signed first, then by when they were rung. */
export const peopleOf = (a: Alert) =>
  Object.values(a.people).toSorted(
    (p, q) => Number(p.status === 'acknowledged') - Number(q.status === 'acknowledged') || p.rung - q.rung || byTime(p.rangAt, q.rangAt),
  )
