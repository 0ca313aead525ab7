import { derivedId } from './kernel/id.ts'
import { masked } from './kernel/mask.ts'
import type { Cause, Context, EventShape, Thing } from './kernel/kind.ts'
import type { Alert } from './alert/alert.ts'
import type { Deadline, DeadlineEvent } from './deadline/deadline.ts'
import { incident } from './incident/kind.ts'
import { levelOrThird, type Incident, type IncidentEvent } from './incident/incident.ts'
import type { Instruction, InstructionEvent } from './instruction/instruction.ts'
import { TIME_LIMITS, limitsFor } from './reference/time-limits.ts'
import { shiftIdAt, type RosterEvent } from './shift/roster.ts'
import { alertOfDeadline, alertOfIncident, alertOfLapse, alertOfRelay, alertOfUpgrade } from './words.ts'

/** What has just happened to a thing, and the open things of another kind that are about it. */
export interface Happening<S, E> {
  event: E
  id: string
  version: number
  state: S
  among: Thing<any>[]
  context: Context
}

/** What one event causes in another kind, at once, in the same transaction. */
export interface Reaction<S = any, E extends EventShape = any> {
  on: string
  /** Bring the open things of this kind that are about the thing. */
  among?: string
  then(happening: Happening<S, E>): Cause[]
}

const on = <S, E extends EventShape, T extends E['type']>(type: T, then: (h: Happening<S, Extract<E, { type: T }>>) => Cause[], among?: string): Reaction => ({
  on: type,
  then: then as Reaction['then'],
  among,
})
const onIncident = <T extends IncidentEvent['type']>(type: T, then: (h: Happening<Incident, Extract<IncidentEvent, { type: T }>>) => Cause[], among?: string) =>
  on<Incident, IncidentEvent, T>(type, then, among)
const onInstruction = <T extends InstructionEvent['type']>(
  type: T,
  then: (h: Happening<Instruction, Extract<InstructionEvent, { type: T }>>) => Cause[],
  among?: string,
) => on<Instruction, InstructionEvent, T>(type, then, among)
const onDeadline = <T extends DeadlineEvent['type']>(type: T, then: (h: Happening<Deadline, Extract<DeadlineEvent, { type: T }>>) => Cause[], among?: string) =>
  on<Deadline, DeadlineEvent, T>(type, then, among)

const URGENCY = { 1: 'flash', 2: 'flash', 3: 'urgent', 4: 'normal' } as const

const isGrave = (i: Incident) => i.sensitive || levelOrThird(i.level) <= 2

/** Who rings for an incident: 带班领导; for the grave and the sensitive the mayors too. */
const ringsFor = (i: Incident) => (isGrave(i) ? ['lead', 'mayor', 'vicemayor'] : ['lead'])

const raise = (key: (string | number)[], body: Record<string, unknown>): Cause => ({ command: 'alert.raise', id: derivedId('alert', ...key), body })

const settle = (alerts: Thing<Alert>[], reason: string): Cause[] => alerts.map(a => ({ command: 'alert.settle', id: a.id, body: { reason } }))

/** The clocks the room owes for an incident as it stands; one already set is left as it is. */
const clocksOf = (id: string, i: Incident): Cause[] =>
  limitsFor(i).flatMap(limit => {
    const anchorAt = limit.anchor === 'occurredAt' ? (i.occurredAt ?? i.receivedAt) : i.receivedAt
    if (limit.minutes === null) return []
    const { id: rule, name, leg, channel, minutes, verified, source } = limit
    const cited = [source.title, source.number, source.article].filter(Boolean).join(' ')
    const named = { id: rule, version: TIME_LIMITS.version, name, leg, channel, minutes, source: cited, verified }
    return [{ command: 'deadline.set', id: derivedId('deadline', id, rule), body: { incident: id, incidentNo: i.no, anchor: limit.anchor, anchorAt, rule: named } }]
  })

/** Citizens' words stay with the incident, where they can be destroyed; an alert goes to others too. */
const ringForIncident = (id: string, version: number, i: Incident, words: (i: Incident) => string): Cause =>
  raise([id, version], {
    to: ringsFor(i),
    text: words(masked(i, incident.personal!)),
    urgency: isGrave(i) ? 'flash' : URGENCY[levelOrThird(i.level)],
    level: isGrave(i) ? Math.min(2, levelOrThird(i.level)) : levelOrThird(i.level),
    about: { kind: 'incident', id },
  })

/** An incident that has just become grave rings for those it did not ring for before. */
const becameGrave = ({ id, version, state, among }: Happening<Incident, unknown>): Cause[] =>
  isGrave(state) && !(among as Thing<Alert>[]).some(a => a.urgency === 'flash') ? [ringForIncident(id, version, state, alertOfUpgrade)] : []

export const reactions: Reaction[] = [
  onIncident('incident.logged', ({ id, version, state }) => [ringForIncident(id, version, state, alertOfIncident), ...clocksOf(id, state)]),
  onIncident('incident.graded', h => [...becameGrave(h), ...clocksOf(h.id, h.state)], 'alert'),
  onIncident('incident.revised', h => [...becameGrave(h), ...clocksOf(h.id, h.state)], 'alert'),
  onIncident('incident.followedUp', h => [...becameGrave(h), ...clocksOf(h.id, h.state)], 'alert'),
  onIncident('incident.closed', ({ among }) => settle(among as Thing<Alert>[], '事件已终报'), 'alert'),

  onInstruction('instruction.issued', ({ id, event, state }) => [
    raise([id, 'relay'], { to: ['officer'], text: alertOfRelay(state), urgency: event.urgency, about: { kind: 'instruction', id } }),
  ]),
  onInstruction(
    'instruction.relayed',
    ({ id, event, state, among }) => [
      raise([id, event.unit, 'receipt'], {
        to: [event.unit],
        text: alertOfRelay(state),
        urgency: state.urgency,
        about: { kind: 'instruction', id, unit: event.unit },
      }),
      ...(state.incident ? [{ command: 'incident.share', id: state.incident, body: { unit: event.unit } }] : []),
      ...(Object.values(state.relays).every(r => r.step !== 'issued') ? settle((among as Thing<Alert>[]).filter(a => !a.about?.unit), '已全部传达') : []),
    ],
    'alert',
  ),
  onInstruction('instruction.receipted', ({ event, among }) => settle((among as Thing<Alert>[]).filter(a => a.about?.unit === event.unit), '该单位已签收'), 'alert'),
  onInstruction('instruction.lapsed', ({ id, event, state }) =>
    event.units.map(({ unit, step }) =>
      raise([id, unit, 'lapsed', step], {
        to: ['officer', 'chief'],
        text: alertOfLapse(state, unit, step),
        urgency: state.urgency,
        about: { kind: 'instruction', id, unit },
      }),
    ),
  ),
  onInstruction('instruction.answered', ({ event, among }) => (event.done ? settle((among as Thing<Alert>[]).filter(a => a.about?.unit === event.unit), '该单位已办结') : []), 'alert'),
  onInstruction('instruction.closed', ({ among }) => settle(among as Thing<Alert>[], '该指示已办结'), 'alert'),
  onInstruction('instruction.withdrawn', ({ among }) => settle(among as Thing<Alert>[], '该指示已撤回'), 'alert'),

  onDeadline('deadline.breached', ({ id, state }) => [
    raise([id, 'breached'], { to: ['officer', 'chief'], text: alertOfDeadline(state, null), urgency: 'urgent', about: { kind: 'deadline', id } }),
  ]),
  onDeadline(
    'deadline.pressed',
    ({ id, version, event, state, among }) =>
      among.length
        ? []
        : [raise([id, version], { to: ['officer', 'chief', 'lead'], text: alertOfDeadline(state, event.minutesOver), urgency: 'urgent', about: { kind: 'deadline', id } })],
    'alert',
  ),
  onDeadline('deadline.met', ({ among }) => settle(among as Thing<Alert>[], '时限已了结'), 'alert'),
  onDeadline('deadline.cancelled', ({ among }) => settle(among as Thing<Alert>[], '时限已撤销'), 'alert'),
  onDeadline('deadline.extended', ({ among }) => settle(among as Thing<Alert>[], '时限已延长'), 'alert'),

  on<unknown, RosterEvent, 'roster.published'>('roster.published', ({ event }) =>
    event.shifts.map(s => ({ command: 'shift.plan', id: shiftIdAt(s.startsAt), body: { ...s } })),
  ),
]
