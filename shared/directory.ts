import type { Account } from './account/account.ts'
import type { Directory, Thing } from './kernel/kind.ts'
import type { Moment } from './kernel/time.ts'
import type { Post } from './post/post.ts'
import { GROUPS } from './reference/units.ts'
import { postsAt, shiftAt, type Shift } from './shift/shift.ts'
import type { Unit } from './unit/unit.ts'

/** The kinds that say who exists and who sits where. */
export const DIRECTORY_KINDS = ['account', 'unit', 'post', 'shift'] as const

const groups = new Map(GROUPS.items.map(g => [g.slug, g.units]))

/** Who exists and who sits where at a moment, from the things that say so. */
export function directoryOf(things: Iterable<Thing<any>>): (at: Moment) => Directory {
  const accounts = new Map<string, Thing<Account>>()
  const units = new Map<string, Thing<Unit>>()
  const posts: Thing<Post>[] = []
  const shifts: Thing<Shift>[] = []
  for (const t of things)
    if (t.kind === 'account') accounts.set(t.username, t as Thing<Account>)
    else if (t.kind === 'unit') units.set(t.slug, t as Thing<Unit>)
    else if (t.kind === 'post') posts.push(t as Thing<Post>)
    else if (t.kind === 'shift') shifts.push(t as Thing<Shift>)
  return at => {
    const current = shiftAt(shifts, at)
    let sitting: Directory['posts'] | undefined
    return {
      get posts() {
        return (sitting ??= postsAt(current, accounts.values(), posts))
      },
      person: username => accounts.get(username),
      peopleOf: unit => [...accounts.values()].filter(a => !a.disabled && a.units.includes(unit)),
      unit: slug => {
        const unit = units.get(slug)
        return unit && !unit.disabled ? unit : undefined
      },
      group: slug => groups.get(slug),
    }
  }
}
