import type { Alert } from './alert/alert.ts'
import type { Incident } from './incident/incident.ts'
import { incident } from './incident/kind.ts'
import type { Instruction } from './instruction/instruction.ts'
import { ROOM, type Entry, type Role, type Thing } from './kernel/kind.ts'
import { citizensIn, masked } from './kernel/mask.ts'
import type { ShownEntry } from './kernel/wire.ts'
import { kinds } from './kinds.ts'

/** Those who see alike: what roles they have and which units they answer for. */
export interface Audience {
  roles: readonly Role[]
  units: readonly string[]
}

/** A short name for an audience; equal names see equally. */
export const audienceKey = ({ roles, units }: Audience) =>
  `${[...roles].toSorted().join('+')}:${roles.includes('liaison') ? [...units].toSorted().join('+') : ''}`

type Cut = (thing: Thing<any>, audience: Audience) => Record<string, unknown> | null

const whole: Cut = ({ kind: _k, id: _i, version: _v, ...state }) => state
const nothing: Cut = () => null

const pick = (state: object, fields: readonly string[]) => Object.fromEntries(Object.entries(state).filter(([f, v]) => fields.includes(f) && v !== undefined))

/** Everything but citizens' names and numbers. */
const maskedWhole: Cut = thing => {
  const personal = kinds[thing.kind]?.personal
  return personal ? masked(whole(thing, NO_ONE)!, personal) : whole(thing, NO_ONE)
}
const NO_ONE: Audience = { roles: [], units: [] }

const WALL_INCIDENT = ['no', 'status', 'level', 'typeCode', 'township', 'title', 'receivedAt', 'occurredAt', 'loggedAt', 'updatedAt', 'casualties', 'directLossWan', 'evacuated', 'sensitive']
const WALL_SENSITIVE = ['typeCode', 'township', 'sensitive', 'status']

const wall: Record<string, Cut> = {
  incident: thing => {
    const i = thing as Thing<Incident>
    if (i.sensitive) return pick(i, WALL_SENSITIVE)
    return { ...pick(masked(i, incident.personal!), WALL_INCIDENT), followUps: i.followUps.length }
  },
  deadline: thing => pick(thing, ['incident', 'incidentNo', 'rule', 'anchor', 'anchorAt', 'warnAt', 'dueAt', 'status', 'breachedAt']),
  alert: thing => {
    const a = thing as Thing<Alert>
    // by name, since a store keeps the order of fields as it likes and every screen must show the same
    const people = Object.values(a.people).toSorted((p, q) => p.rung - q.rung || (p.to < q.to ? -1 : 1))
    const posts = people.map(p => ({ post: p.unit ? p.to : (p.post ?? ''), rung: p.rung, status: p.status, rangAt: p.rangAt, acknowledgedAt: p.acknowledgedAt }))
    return { ...pick(a, ['urgency', 'about', 'raisedAt', 'status', 'rung']), posts }
  },
  instruction: thing => {
    const i = thing as Thing<Instruction>
    const relays = Object.fromEntries(
      Object.entries(i.relays).map(([u, r]) => [u, pick({ ...r }, ['unit', 'name', 'step', 'relayedAt', 'receiptedAt', 'lapsesAt'])]),
    )
    return { ...pick(i, ['form', 'urgency', 'incident', 'issuedAt', 'dueAt', 'status']), relays }
  },
  shift: thing => pick(thing, ['startsAt', 'endsAt', 'posts', 'names', 'status', 'checkIns']),
  post: whole,
}

const answersFor = (i: Incident, units: readonly string[]) => units.some(u => i.township === u || i.sharedWith.includes(u))

const liaison: Record<string, Cut> = {
  incident: (thing, audience) => {
    if (!answersFor(thing as Thing<Incident>, audience.units)) return null
    const { sharedWith: _, ...rest } = maskedWhole(thing, audience) as Record<string, unknown>
    return rest
  },
  instruction: (thing, { units }) => {
    const i = maskedWhole(thing, NO_ONE) as unknown as Instruction
    const relays = Object.fromEntries(Object.entries(i.relays).filter(([u, r]) => units.includes(u) && r.step !== 'issued'))
    return Object.keys(relays).length ? { ...i, relays } : null
  },
  alert: (thing, { units }) => {
    const a = maskedWhole(thing, NO_ONE) as unknown as Alert
    const people = Object.fromEntries(Object.entries(a.people).filter(([to, p]) => p.unit && units.includes(to)))
    return Object.keys(people).length ? { ...pick(a, ['text', 'urgency', 'about', 'raisedAt', 'status', 'rung', 'endedAt', 'reason']), people } : null
  },
}

const room: Record<string, Cut> = Object.fromEntries(Object.keys(kinds).map(k => [k, whole]))
const leader: Record<string, Cut> = { incident: maskedWhole, alert: maskedWhole, instruction: maskedWhole, shift: whole, post: whole }
const admin: Record<string, Cut> = { account: whole, unit: whole, post: whole, roster: whole }
const auditor: Record<string, Cut> = Object.fromEntries(Object.keys(kinds).map(k => [k, maskedWhole]))

/** From the widest sight to the narrowest: who has several roles sees by the widest that sees at all. */
const SIGHTS: [Role, Record<string, Cut>][] = [
  ['officer', room],
  ['chief', room],
  ['lead', room],
  ['auditor', auditor],
  ['leader', leader],
  ['admin', admin],
  ['liaison', liaison],
  ['wall', wall],
]

/** By which of its roles an audience may see things of this kind, if by any. */
export const seesAs = (audience: Audience, kind: string): Role[] => SIGHTS.flatMap(([role, sight]) => (audience.roles.includes(role) && sight[kind] ? [role] : []))

/** The thing as this audience may see it, or null where it may not know of it. */
export function see(audience: Audience, thing: Thing<any>): Thing | null {
  for (const [role, sight] of SIGHTS) {
    if (!audience.roles.includes(role) || (role === 'wall' && !kinds[thing.kind]!.open(thing))) continue
    const state = (sight[thing.kind] ?? nothing)(thing, audience)
    if (state) return { ...state, kind: thing.kind, id: thing.id, version: thing.version }
  }
  return null
}

/** The entry as this audience may see it beside the thing as it then stood; null where only the thing may be shown. */
export function seeEntry(audience: Audience, entry: Entry, thing: Thing<any>): ShownEntry | null {
  const { kind, id, type, at, by, data } = entry
  const { roles, units } = audience
  if (!see(audience, thing)) return null
  if (roles.some(r => ROOM.includes(r))) return { kind, id, type, at, by, data }
  if (roles.includes('auditor') || (roles.includes('leader') && kind in leader)) {
    const personal = kinds[kind]?.personal
    return { kind, id, type, at, by, data: personal ? masked(data, personal, citizensIn([thing, data], personal)) : data }
  }
  if (roles.includes('admin') && kind in admin) return { kind, id, type, at, by, data }
  if (roles.includes('liaison')) return isOwnLine(data, units, kind) ? { kind, id, type, at, by: null, data: {} } : null
  return { kind, id, type, at, by: null, data: {} }
}

/** What happened to another unit's line of the same thing is not this unit's to know. */
function isOwnLine(data: Record<string, unknown>, units: readonly string[], kind: string): boolean {
  if (kind === 'instruction' && typeof data.unit === 'string') return units.includes(data.unit)
  if (kind === 'alert' && typeof data.to === 'string') return units.includes(data.to)
  return true
}

