import type { z } from 'zod'
import type { Moment } from './time.ts'

export const ROLES = ['officer', 'chief', 'lead', 'leader', 'liaison', 'wall', 'auditor', 'admin'] as const
/** What an account may be; one account may be several. */
export type Role = (typeof ROLES)[number]

/** Roles of the room itself: they see everything in it, citizens' words included. */
export const ROOM: readonly Role[] = ['officer', 'chief', 'lead']

/** Who wants something. `person` is a username, or `clock` for a wake and `room` for a reaction. */
export interface Actor {
  person: string
  name: string
  roles: readonly Role[]
  units: readonly string[]
}

/** A person as the directory knows them. */
export interface Person {
  username: string
  name: string
  title?: string
  roles: Role[]
  units: string[]
  posts: string[]
  disabled?: boolean
}

/** Who sits where and who exists, read from the book under its lock; `posts` is resolved for the moment of the command. */
export interface Directory {
  posts: Readonly<Record<string, readonly string[]>>
  person(username: string): Person | undefined
  peopleOf(unit: string): Person[]
  unit(slug: string): { slug: string; name: string; township?: string } | undefined
  group(slug: string): readonly string[] | undefined
}

/** What `decide` may know besides body and state; it reads no clock and draws no lot of its own. */
export interface Context {
  by: Actor
  at: Moment
  room: Directory
  /** A number in [0, 1) drawn for this command. */
  lot: number
  /** The id of the thing the command is about (made beforehand for a new one). */
  id: string
  /** The number a new thing of this kind would bear, where the kind is numbered. */
  no: string
}

export interface EventShape {
  type: string
}

/** One thing somebody may do: who may, what it takes, and what then happens. */
export interface Rule<S, E extends EventShape, B extends z.ZodObject = z.ZodObject> {
  by: readonly Role[]
  takes: B
  /** The thing does not exist before this command. */
  creates?: true
  /** Decided with nothing else waiting in the same transaction. */
  alone?: true
  /** Which thing is meant, for things that people call by a name of their own (a username, a unit). */
  names?(body: Record<string, unknown>, by: { person: string }): string
  /** Other things the body points at: they must exist within the asker's sight. */
  refers?(body: z.infer<B>): { path: string; kind: string; id: string }[]
  /** Field names never written to the book nor into the command's hash (passwords). */
  secrets?: readonly string[]
  decide(body: z.infer<B>, state: S, context: Context): E[]
}

/** A rule-maker bound to one noun, so that a rule's body and state are typed where it is written. */
export const rulesOf =
  <S, E extends EventShape>() =>
  <B extends z.ZodObject>(rule: Rule<S, E, B>): Rule<S, E> =>
    rule

/** What the lists are searched and sorted by; the store keeps it beside the state. */
export interface Columns {
  /** The moment lists are sorted by. */
  at: Moment
  /** Exact filters: status, level, township, type … */
  keys?: Record<string, string | number | boolean | null>
  /** Text that a search by words looks into. */
  words?: string[]
  /** The thing this one is about: an incident's id, mostly. */
  about?: string | null
  /** Units whose liaison may see it. */
  units?: string[]
  /** Usernames whom it names. */
  people?: string[]
}

/** One noun's rules. */
export interface Kind<S = any, E extends EventShape = any> {
  name: string
  /** The id of the only thing of this kind, where there is just one. */
  only?: string
  commands: Record<string, Rule<S, E>>
  evolve(state: S | undefined, event: E, fact: { id: string; at: Moment; by: string }): S
  /** Whether it still stands on boards. */
  open(state: S): boolean
  /** When the clock must look at it again; null when nothing is owed. */
  wakeAt?(state: S): Moment | null
  /** What the clock finds then; always at least one event, and `wakeAt` moves on or is cleared. */
  wake?(state: S, context: Context): E[]
  columns(state: S): Columns
  /** The number after the last one given, for kinds whose things people call by number. */
  nextNo?(last: string | null, at: Moment): string
  /** Where citizens' identifying words stand in its events and states, by field name. */
  personal?: Personal
  /** Whether this event destroys the personal words of the thing (应对法 §85). */
  forgets?(event: E): boolean
}

/** Field names that may hold a citizen's words: whole names, whole numbers, free text that may hold either. */
export interface Personal {
  name: readonly string[]
  phone: readonly string[]
  words: readonly string[]
}

/** A thing as it stands: its kind, id and version, and its state's own fields. */
export type Thing<S = Record<string, unknown>> = { kind: string; id: string; version: number } & S

/** An event as written in the book. */
export interface Entry {
  seq: number
  at: Moment
  by: string
  kind: string
  id: string
  version: number
  type: string
  data: Record<string, unknown>
  /** The entry whose reaction this is, if it is one. */
  cause?: number | null
}

/** What a reaction or a wake asks of another thing, through the same door. */
export interface Cause {
  command: string
  id: string
  body: Record<string, unknown>
}
