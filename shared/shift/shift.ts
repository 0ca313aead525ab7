import { z } from 'zod'
import { MomentField, Slug, Username } from '../kernel/fields.ts'
import { rulesOf, type Kind, type Person } from '../kernel/kind.ts'
import { Refusal, notYours } from '../kernel/refusal.ts'
import { minutesAfter, msOf, type Moment } from '../kernel/time.ts'

/** Who sits in which post: post → usernames. */
export type Posts = Record<string, string[]>

export type ShiftEvent =
  | { type: 'shift.planned'; startsAt: Moment; endsAt: Moment; posts: Posts; names: Record<string, string> }
  | { type: 'shift.announced' }
  | { type: 'shift.started' }
  | { type: 'shift.checkedIn'; person: string; name: string }
  | { type: 'shift.ended' }

export interface Shift {
  startsAt: Moment
  endsAt: Moment
  posts: Posts
  /** Names as they were when the roster was published. */
  names: Record<string, string>
  status: 'planned' | 'announced' | 'on' | 'over'
  checkIns: Record<string, { at: Moment }>
}

/** A shift stands on boards this long before it begins. */
const ANNOUNCED_BEFORE_MINUTES = 24 * 60
/** Relief may check in this early. */
const CHECK_IN_BEFORE_MINUTES = 60

/** How a shift stands after one more event. */
export function evolve(s: Shift | undefined, e: ShiftEvent, { at }: { at: Moment }): Shift {
  if (e.type === 'shift.planned') {
    const { type: _, ...planned } = e
    return { status: 'planned', checkIns: {}, ...s, ...planned }
  }
  if (!s) throw new Error(`${e.type} before shift.planned`)
  switch (e.type) {
    case 'shift.announced':
      return { ...s, status: 'announced' }
    case 'shift.started':
      return { ...s, status: 'on' }
    case 'shift.checkedIn':
      return { ...s, checkIns: { ...s.checkIns, [e.person]: { at } } }
    case 'shift.ended':
      return { ...s, status: 'over' }
  }
}

const rule = rulesOf<Shift | undefined, ShiftEvent>()

export const postsField = z.record(Slug, z.array(Username).max(20))

const plan = rule({
  by: [],
  takes: z.strictObject({ startsAt: MomentField, endsAt: MomentField, posts: postsField }),
  decide: (body, _s, { room }) => {
    const people = Object.values(body.posts).flat()
    const names = Object.fromEntries(people.map((p): [string, string] => [p, room.person(p)?.name ?? p]))
    return [{ type: 'shift.planned', ...body, names }]
  },
})

const checkIn = rule({
  by: ['officer', 'chief', 'lead', 'leader'],
  takes: z.strictObject({}),
  decide: (_body, s, { by, at }) => {
    if (!s) throw new Refusal('no-shift', '没有这个班次', { status: 404 })
    if (!Object.values(s.posts).some(people => people.includes(by.person))) throw notYours('您不在这个班次的值班表上')
    if (s.status === 'over') throw new Refusal('over', '该班次已结束')
    if (msOf(at) < msOf(minutesAfter(s.startsAt, -CHECK_IN_BEFORE_MINUTES))) throw new Refusal('too-early', '到岗登记最早可提前一小时')
    return s.checkIns[by.person] ? [] : [{ type: 'shift.checkedIn', person: by.person, name: by.name }]
  },
})

/** 班次: who answers from when to when, and who has come. */
export const shift: Kind<Shift, ShiftEvent> = {
  name: 'shift',
  commands: { plan, checkIn },
  evolve,
  open: s => s.status === 'announced' || s.status === 'on',
  wakeAt: s =>
    ({ planned: minutesAfter(s.startsAt, -ANNOUNCED_BEFORE_MINUTES), announced: s.startsAt, on: s.endsAt, over: null })[s.status],
  wake: s => [{ type: ({ planned: 'shift.announced', announced: 'shift.started', on: 'shift.ended', over: 'shift.ended' } as const)[s.status] }],
  columns: s => ({ at: s.startsAt, keys: { status: s.status }, people: Object.values(s.posts).flat() }),
}

/** The shift that answers for the room at a moment: the last one begun, so that the room is never without an owner. */
export function shiftAt<S extends Pick<Shift, 'startsAt'>>(shifts: Iterable<S>, at: Moment): S | undefined {
  let last: S | undefined
  for (const s of shifts) if (msOf(s.startsAt) <= msOf(at) && (!last || msOf(s.startsAt) > msOf(last.startsAt))) last = s
  return last
}

/** Everyone who may be asked to sit in a post of the shift, with the standing posts' holders. */
export function postsAt(shift: Pick<Shift, 'posts'> | undefined, people: Iterable<Person>, posts: Iterable<{ slug: string; perShift: boolean }>): Posts {
  const sitting: Posts = {}
  for (const p of posts) sitting[p.slug] = p.perShift ? (shift?.posts[p.slug] ?? []) : []
  for (const person of people) if (!person.disabled) for (const post of person.posts) if (sitting[post] && !shift?.posts[post]) sitting[post] = [...sitting[post], person.username]
  return sitting
}
