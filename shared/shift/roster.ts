import { z } from 'zod'
import { MomentField } from '../kernel/fields.ts'
import { derivedId } from '../kernel/id.ts'
import { rulesOf, type Kind } from '../kernel/kind.ts'
import { Refusal, wrongField } from '../kernel/refusal.ts'
import { msOf, type Moment } from '../kernel/time.ts'
import { postsField, type Posts } from './shift.ts'

export interface Planned {
  startsAt: Moment
  endsAt: Moment
  posts: Posts
}

export type RosterEvent = { type: 'roster.set'; shifts: Planned[] } | { type: 'roster.published'; from: Moment; to: Moment; shifts: Planned[] }

/** The plan, by the moment a shift begins; published shifts are things of their own. */
export interface Roster {
  shifts: Record<Moment, Planned>
  publishedAt?: Moment
}

/** The one roster of the room. */
export const ROSTER_ID = derivedId('roster')

/** The id of the shift that begins at a moment. */
export const shiftIdAt = (startsAt: Moment) => derivedId('shift', startsAt)

const rule = rulesOf<Roster | undefined, RosterEvent>()
const A_DAY_MS = 86_400_000

const set = rule({
  by: ['chief', 'lead', 'admin'],
  takes: z.strictObject({ shifts: z.array(z.strictObject({ startsAt: MomentField, endsAt: MomentField, posts: postsField })).min(1, '没有班次').max(400, '一次最多 400 个班次') }),
  decide: ({ shifts }, _r, { room }) => {
    for (const [n, s] of shifts.entries()) {
      if (msOf(s.endsAt) <= msOf(s.startsAt)) throw wrongField(`shifts.${n}.endsAt`, '下班时间须晚于上班时间')
      if (msOf(s.endsAt) - msOf(s.startsAt) > A_DAY_MS) throw wrongField(`shifts.${n}.endsAt`, '一个班次不超过 24 小时')
      for (const [post, people] of Object.entries(s.posts)) {
        if (!(post in room.posts)) throw wrongField(`shifts.${n}.posts.${post}`, '没有这个岗位')
        for (const p of people) if (!room.person(p)) throw wrongField(`shifts.${n}.posts.${post}`, `没有这个人员：${p}`)
      }
    }
    return [{ type: 'roster.set', shifts }]
  },
})

const publish = rule({
  by: ['chief', 'lead', 'admin'],
  alone: true,
  takes: z.strictObject({ from: MomentField, to: MomentField }),
  decide: ({ from, to }, r) => {
    if (msOf(to) <= msOf(from)) throw wrongField('to', '截止时间须晚于起始时间')
    const shifts = Object.values(r?.shifts ?? {}).filter(s => msOf(s.startsAt) >= msOf(from) && msOf(s.startsAt) < msOf(to))
    if (shifts.length === 0) throw new Refusal('nothing-planned', '这段时间还没有排班')
    return [{ type: 'roster.published', from, to, shifts }]
  },
})

/** 值班表: the plan of shifts; publishing makes them binding. */
export const roster: Kind<Roster, RosterEvent> = {
  name: 'roster',
  only: ROSTER_ID,
  commands: { set, publish },
  evolve: (r, e, { at }) => {
    if (e.type === 'roster.published') return { shifts: r?.shifts ?? {}, publishedAt: at }
    return { ...r, shifts: { ...r?.shifts, ...Object.fromEntries(e.shifts.map(s => [s.startsAt, s])) } }
  },
  open: () => false,
  columns: r => ({ at: r.publishedAt ?? '1970-01-01T00:00:00.000Z' }),
}
