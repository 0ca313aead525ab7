import { z } from 'zod'
import { Id, MomentField, Said, Words } from '../kernel/fields.ts'
import { ROOM, rulesOf } from '../kernel/kind.ts'
import { Refusal, wrongField } from '../kernel/refusal.ts'
import { minutesAfter, msOf } from '../kernel/time.ts'
import type { Deadline, DeadlineEvent } from './deadline.ts'

const rule = rulesOf<Deadline, DeadlineEvent>()

/** The part of a clock's time after which it warns. */
const WARN_AT = 0.8

const set = rule({
  by: [],
  creates: true,
  takes: z.strictObject({
    incident: Id,
    incidentNo: Words(40),
    anchor: z.enum(['receivedAt', 'occurredAt']),
    anchorAt: MomentField,
    rule: z.strictObject({
      id: Words(60),
      version: z.int(),
      name: Words(100),
      leg: Words(60),
      channel: z.enum(['phone', 'paper']).nullable(),
      minutes: z.number().positive(),
      source: Words(300),
      verified: z.boolean(),
    }),
  }),
  decide: body => [
    {
      type: 'deadline.set',
      ...body,
      warnAt: minutesAfter(body.anchorAt, body.rule.minutes * WARN_AT),
      dueAt: minutesAfter(body.anchorAt, body.rule.minutes),
    },
  ],
})

const isAnswered = (d: Deadline) => d.status === 'met' || d.status === 'cancelled'

const meet = rule({
  by: ROOM,
  takes: z.strictObject({
    evidence: z.strictObject({ who: Said(200), how: Said(40), words: Words(2_000).optional(), at: MomentField.optional() }),
  }),
  decide: ({ evidence }, d, { at }) => {
    if (isAnswered(d)) return []
    const metAt = evidence.at ?? at
    if (msOf(metAt) > msOf(at) + 120_000) throw wrongField('evidence.at', '报告时间不能晚于现在')
    if (msOf(metAt) < msOf(d.anchorAt)) throw wrongField('evidence.at', '报告时间不能早于起算时间')
    return [{ type: 'deadline.met', evidence: { ...evidence, at: metAt }, late: msOf(metAt) > msOf(d.dueAt) }]
  },
})

const extend = rule({
  by: ['chief', 'lead'],
  takes: z.strictObject({ until: MomentField, reason: Said(1_000) }),
  decide: ({ until, reason }, d, { at }) => {
    if (isAnswered(d)) throw new Refusal('answered', '该时限已了结')
    if (msOf(until) <= msOf(at)) throw wrongField('until', '新的时限须晚于现在')
    return [{ type: 'deadline.extended', until, before: d.dueAt, reason }]
  },
})

const cancel = rule({
  by: ROOM,
  takes: z.strictObject({ reason: Said(1_000) }),
  decide: ({ reason }, d) => (isAnswered(d) ? [] : [{ type: 'deadline.cancelled', reason }]),
})

export const commands = { set, meet, extend, cancel }
