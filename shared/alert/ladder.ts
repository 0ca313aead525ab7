import type { Context, Directory } from '../kernel/kind.ts'
import { minutesAfter, msOf, type Moment } from '../kernel/time.ts'
import { evolve, type Alert, type AlertEvent, type Frozen, type Rung0 } from './alert.ts'

/** Who sits in these posts now, and which of the posts are empty. A name that is no filled post may be a person or a unit. */
export function resolve(to: readonly string[], room: Directory): { people: Rung0[]; vacant: string[]; unknown: string[] } {
  const people = new Map<string, Rung0>()
  const vacant: string[] = []
  const unknown: string[] = []
  for (const target of to) {
    const sitting = (room.posts[target] ?? []).flatMap(username => room.person(username) ?? []).filter(p => !p.disabled)
    const person = room.person(target)
    const unit = room.unit(target)
    if (sitting.length) for (const p of sitting) people.set(p.username, { to: p.username, name: p.name, post: target })
    else if (person && !person.disabled) people.set(target, { to: target, name: person.name, post: person.posts[0] })
    else if (unit) people.set(target, { to: target, unit: true, name: unit.name })
    else if (target in room.posts) vacant.push(target)
    else unknown.push(target)
  }
  return { people: [...people.values()], vacant, unknown }
}

/** When the rung after this one is due. */
export function nextRungAt(ladder: Frozen, rung: number, raisedAt: Moment, at: Moment): Moment {
  const next = ladder.rungs[rung]
  if (!next) return minutesAfter(at, ladder.thenEveryMinutes)
  const due = minutesAfter(raisedAt, next.afterMinutes)
  return msOf(due) > msOf(at) ? due : at
}

/** The ladder's next rung, rung now. A rung that reaches nobody is said and skipped in the same tick. */
export function escalate(alert: Alert, { at, by, room }: Context): AlertEvent[] {
  const events: AlertEvent[] = []
  for (let a = alert; ; ) {
    const step = a.ladder.rungs[a.rung]
    const { people, vacant } = resolve(step?.posts ?? [], room)
    const fresh = people.filter(p => !a.people[p.to])
    const named = new Set(people.map(p => p.to))
    const again = Object.values(a.people).flatMap(p => (p.status !== 'acknowledged' && (!step || step.again || named.has(p.to)) ? [p.to] : []))
    const ladderEnds = !step
    const silent = fresh.length === 0 && again.length === 0 && !ladderEnds
    const event: AlertEvent = {
      type: 'alert.escalated',
      rung: a.rung + 1,
      people: fresh,
      again,
      vacant,
      say: step?.say ?? '仍未签收，再次提醒',
      nextAt: silent ? at : nextRungAt(a.ladder, a.rung + 1, a.raisedAt, at),
    }
    events.push(event)
    if (!silent) {
      if (msOf(event.nextAt) <= msOf(at)) event.nextAt = minutesAfter(at, 1)
      return events
    }
    a = evolve(a, event, { at, by: by.person })
  }
}
