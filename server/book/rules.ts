import type { Directory, Entry, Kind, Thing, Actor } from '@duty/shared/kernel/kind.ts'
import type { Moment } from '@duty/shared/kernel/time.ts'
import type { Reaction } from '@duty/shared/reactions.ts'

/** What the room knows, given to the book: the book itself knows no noun. */
export interface Rules {
  kinds: Record<string, Kind>
  reactions: readonly Reaction[]
  directoryKinds: readonly string[]
  directoryOf(things: Iterable<Thing<any>>): (at: Moment) => Directory
  /** Whether the actor may know of the thing at all. */
  inSight(by: Actor, thing: Thing<any>): boolean
}

/** One entry with the thing before and after it: all that is needed to show it to anybody. */
export interface Written {
  entry: Entry
  before: Thing | null
  after: Thing
}

/** A thing under the book's lock. */
export interface Standing {
  kind: string
  id: string
  version: number
  seq: number
  state: any
}

export const thingOf = ({ kind, id, version, state }: Standing): Thing => ({ ...state, kind, id, version })
