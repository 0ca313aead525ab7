import type { Alert, Addressee } from '@duty/shared/alert/alert.ts'
import type { Incident, Level } from '@duty/shared/incident/incident.ts'
import type { Instruction, Relay } from '@duty/shared/instruction/instruction.ts'
import type { Thing } from '@duty/shared/kernel/kind.ts'

/** Whose phone it is: a person, and the units they answer for. */
export interface Holder {
  username: string
  units: readonly string[]
}

/** One line of the list: an incident with the alerts about it, an instruction, or an alert that is about neither. */
export type Row =
  | { sort: 'incident'; incident: Thing<Incident>; alerts: Thing<Alert>[] }
  | { sort: 'instruction'; instruction: Thing<Instruction>; alerts: Thing<Alert>[] }
  | { sort: 'alert'; alerts: [Thing<Alert>] }

/** The holder's own line of an alert: their name's, or that of a unit they answer for. */
export const ownLine = (alert: Pick<Alert, 'people'>, { username, units }: Holder): Addressee | undefined =>
  alert.people[username] ?? units.map(u => alert.people[u]).find(line => line?.unit)

/** Whether an alert still asks for the holder's 签收; `signed` holds those just signed here and not yet heard back. */
export const asksFor = (alert: Thing<Alert>, holder: Holder, signed: ReadonlySet<string>): boolean => {
  const line = ownLine(alert, holder)
  return alert.status === 'open' && line !== undefined && line.status !== 'acknowledged' && !signed.has(alert.id)
}

/** The lines of an instruction that belong to the holder's units. */
export const ownRelays = (i: Pick<Instruction, 'relays'>, { units }: Holder): Relay[] => units.flatMap(u => i.relays[u] ?? [])

/** Whether one of the holder's units has still to sign for an instruction. */
export const asksReceipt = (i: Thing<Instruction>, holder: Holder, signed: ReadonlySet<string>): boolean =>
  i.status === 'open' && ownRelays(i, holder).some(r => r.step === 'relayed' && !signed.has(receiptOf(i.id, r.unit)))

/** The name under which a unit's receipt is remembered until it is heard back. */
export const receiptOf = (instruction: string, unit: string) => `${instruction} ${unit}`

const BY_URGENCY = { flash: 2, urgent: 3, normal: 4 } as const

/** 1 is the gravest; what nobody has graded stands with 较大. */
export const gravity = (level: Level): number => level ?? 3

/** How grave a row is: an incident by its level, anything else by its urgency. */
export const rowGravity = (row: Row) =>
  row.sort === 'incident' ? gravity(row.incident.level) : BY_URGENCY[row.sort === 'alert' ? row.alerts[0].urgency : row.instruction.urgency]

/** When a row last gave reason to look at it. */
export const rowAt = (row: Row): string => {
  const alerts = row.alerts.map(a => a.raisedAt)
  const own = row.sort === 'incident' ? [row.incident.updatedAt] : row.sort === 'instruction' ? [row.instruction.issuedAt] : []
  return [...alerts, ...own].reduce((a, b) => (a > b ? a : b))
}

const gravestThenNewest = (a: Row, b: Row) => rowGravity(a) - rowGravity(b) || rowAt(b).localeCompare(rowAt(a))

interface Open {
  incidents: Thing<Incident>[]
  instructions: Thing<Instruction>[]
  alerts: Thing<Alert>[]
}

/** Nothing more to watch: a 批示 that went to no unit, or, for a unit, its own part done, whatever the others still owe. */
function isOver(i: Instruction, holder: Holder): boolean {
  const own = ownRelays(i, holder)
  return Object.keys(i.relays).length === 0 || (own.length > 0 && own.every(r => r.step === 'done'))
}

/** The list of a phone: what waits for the holder's 签收 first, one row for one matter, then what else is open; the gravest on top. */
export function rowsOf({ incidents, instructions, alerts }: Open, holder: Holder, signed: ReadonlySet<string>): Record<'waiting' | 'instructions' | 'incidents', Row[]> {
  const own = alerts.filter(a => ownLine(a, holder))
  const about = (id: string) => own.filter(a => a.about?.id === id)
  const asks = (row: Row) =>
    row.alerts.some(a => asksFor(a, holder, signed)) || (row.sort === 'instruction' && asksReceipt(row.instruction, holder, signed))

  const ofIncidents = incidents.map((incident): Row => ({ sort: 'incident', incident, alerts: about(incident.id) }))
  const ofInstructions = instructions.map((instruction): Row => ({ sort: 'instruction', instruction, alerts: about(instruction.id) }))
  const shown = new Set([...incidents, ...instructions].map(t => t.id))
  const ofAlerts = own.filter(a => !a.about || !shown.has(a.about.id)).map((alert): Row => ({ sort: 'alert', alerts: [alert] }))

  const isDone = (row: Row) => row.sort === 'instruction' && isOver(row.instruction, holder)
  return {
    waiting: [...ofIncidents, ...ofInstructions, ...ofAlerts].filter(asks).toSorted(gravestThenNewest),
    instructions: ofInstructions.filter(r => !asks(r) && !isDone(r)).toSorted(gravestThenNewest),
    incidents: ofIncidents.filter(r => !asks(r)).toSorted(gravestThenNewest),
  }
}
