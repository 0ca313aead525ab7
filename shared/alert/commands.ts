import { z } from 'zod'
import { Id, Said, Slug, Username, Words } from '../kernel/fields.ts'
import { ROLES, ROOM, rulesOf, type Actor } from '../kernel/kind.ts'
import { Refusal, notYours, wrongField } from '../kernel/refusal.ts'
import { LADDERS, ladderFor } from '../reference/ladders.ts'
import type { Alert, AlertEvent, Urgency } from './alert.ts'
import { nextRungAt, resolve } from './ladder.ts'

const rule = rulesOf<Alert, AlertEvent>()
const inRoom = (by: Actor) => by.roles.some(r => ROOM.includes(r))

/** The ladder an alert takes when nobody said a level. */
const LEVEL_OF: Record<Urgency, 1 | 3 | 4> = { flash: 1, urgent: 3, normal: 4 }

/** Which line of the alert is the asker's own: their name's, or that of a unit they answer for. */
const ownLine = (a: Alert, by: Actor) => (a.people[by.person] ? by.person : by.units.find(u => a.people[u]?.unit))

const raise = rule({
  by: ROOM,
  creates: true,
  takes: z.strictObject({
    to: z.array(Slug.or(Username)).min(1, '须写明提醒谁').max(300, '对象过多'),
    text: Said(1_000),
    urgency: z.enum(['flash', 'urgent', 'normal'], '缓急只能是 flash、urgent、normal'),
    about: z.strictObject({ kind: Slug, id: Id, unit: Slug.optional() }).optional(),
    level: z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4)]).optional(),
  }),
  refers: ({ about }) => (about ? [{ path: 'about', kind: about.kind, id: about.id }] : []),
  decide: ({ to, level, ...body }, _a, { at, room }) => {
    const { people, vacant, unknown } = resolve(to, room)
    if (unknown[0] !== undefined) throw wrongField(`to.${to.indexOf(unknown[0])}`, '没有这个岗位、人员或单位')
    const reached = people.length ? people : resolve(['officer', 'chief'], room).people
    const { rungs, thenEveryMinutes } = ladderFor(level ?? LEVEL_OF[body.urgency])
    const ladder = { rungs, thenEveryMinutes, version: LADDERS.version, source: LADDERS.source }
    return [{ type: 'alert.raised', ...body, people: reached, vacant, ladder, nextAt: nextRungAt(ladder, 0, at, at) }]
  },
})

const deliver = rule({
  by: ROLES,
  takes: z.strictObject({ channel: Words(20) }),
  decide: ({ channel }, a, { by }) => {
    const to = ownLine(a, by)
    return to && !a.people[to]?.deliveredAt ? [{ type: 'alert.delivered', to, channel }] : []
  },
})

const seen = rule({
  by: [...ROOM, 'leader', 'liaison'],
  takes: z.strictObject({}),
  decide: (_body, a, { by }) => {
    const to = ownLine(a, by)
    return to && !a.people[to]?.seenAt ? [{ type: 'alert.seen', to }] : []
  },
})

const acknowledge = rule({
  by: [...ROOM, 'leader', 'liaison'],
  takes: z.strictObject({ note: Words(1_000).optional(), onBehalfOf: Slug.or(Username).optional(), how: Words(40).optional(), words: Words(1_000).optional() }),
  decide: ({ onBehalfOf, ...said }, a, { by }) => {
    if (onBehalfOf !== undefined && onBehalfOf !== by.person && !inRoom(by)) throw notYours('只有值班室可以代为签收')
    const to = onBehalfOf ?? ownLine(a, by)
    if (!to) throw notYours('该提醒不是发给您的；代他人签收请写明代谁')
    const line = a.people[to]
    if (!line) throw wrongField('onBehalfOf', '该提醒没有发给此人')
    if (line.status === 'acknowledged') return []
    if (a.status !== 'open') throw new Refusal('ended', '该提醒已结束')
    return [{ type: 'alert.acknowledged', to, ...said, onBehalfBy: to === by.person || by.units.includes(to) ? undefined : by.person }]
  },
})

const settle = rule({
  by: ROOM,
  takes: z.strictObject({ reason: Said(1_000) }),
  decide: ({ reason }, a) => (a.status === 'open' ? [{ type: 'alert.settled', reason }] : []),
})

export const commands = { raise, deliver, seen, acknowledge, settle }
