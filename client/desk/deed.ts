import type { Alert } from '@duty/shared/alert/alert.ts'
import type { Deadline } from '@duty/shared/deadline/deadline.ts'
import type { Incident } from '@duty/shared/incident/incident.ts'
import type { Thing } from '@duty/shared/kernel/kind.ts'
import type { Shift } from '@duty/shared/shift/shift.ts'
import type { RelayDue } from './order.ts'
import type { Wrong } from './report.ts'

/** What a deed is done to. */
export interface Targets {
  incident: Thing<Incident>
  relay: RelayDue
  alert: Thing<Alert>
  deadline: Thing<Deadline>
  shift: Thing<Shift>
}
export type On = keyof Targets

/** Everything as it was typed, by the name of the field. */
export type Values = Record<string, string>

interface Named {
  /** The server's own name for it, so that its no stands beside it. */
  name: string
  label: string
  required?: true
  hint?: string
}

/** One field of a deed's sheet. */
export type Field =
  | (Named & { kind: 'line'; suggest?: readonly string[]; wide?: true })
  | (Named & { kind: 'text' | 'figure' | 'town' | 'type' | 'units' | 'people' | 'leader' | 'check' })
  | (Named & { kind: 'time'; ahead?: true })
  | (Named & { kind: 'choice'; choices: readonly { value: string; name: string }[] })

/** What the sheet says to the door: a body, or what is wrong with it. */
export interface Asked {
  body: Record<string, unknown>
  wrong?: Wrong
}

/** Something an officer can do to a thing with one letter: the sheet's fields, and the command it becomes. */
export interface Deed<K extends On = On> {
  letter: string
  name: string
  on: K
  command: string
  /** Whether it makes sense as the thing stands; a deed that does not is not offered. */
  fits(target: Targets[K]): boolean
  /** What it is done to, in one line. */
  about(target: Targets[K]): string
  fields(target: Targets[K]): Field[]
  /** What the fields hold before anything is typed. */
  before(target: Targets[K], me: string): Values
  /** `changed` holds only what differs from before. */
  asks(values: Values, target: Targets[K], at: { now: number; changed: Values }): Asked
  /** The line under the screen when it is done. */
  done(target: Targets[K], values: Values): string
}

/** A deed taken up, with the thing as it stood then. */
export interface Opened<K extends On = On> {
  deed: Deed<K>
  target: Targets[K]
}

/** Lets a deed be written with its target's own type. */
export const deed = <K extends On>(d: Deed<K>): Deed => d

/** The fields that were filled in, word for word. */
export const filled = (values: Values, ...names: string[]) => Object.fromEntries(names.flatMap(n => (values[n] ? [[n.split('.').at(-1)!, values[n]]] : [])))

/** What is missing among the fields that must say something. */
export const missing = (fields: Field[], values: Values): Wrong =>
  Object.fromEntries(fields.flatMap(f => (f.required && !values[f.name]?.trim() ? [[f.name, `请填写${f.label}`]] : [])))

/** The id a target goes by, for its draft. */
export const idOf = (on: On, target: Targets[On]) => (on === 'relay' ? (target as RelayDue).key : (target as { id: string }).id)
