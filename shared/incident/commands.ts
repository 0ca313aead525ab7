import { z } from 'zod'
import { Slug, Words } from '../kernel/fields.ts'
import { ROOM, rulesOf, type Context } from '../kernel/kind.ts'
import { Refusal, wrongField } from '../kernel/refusal.ts'
import { localDay, msOf, type Moment } from '../kernel/time.ts'
import { eventTypeName } from '../reference/event-types.ts'
import { townName } from '../reference/towns.ts'
import { LevelField, Reason, SourceField, changeFields, factFields } from './fields.ts'
import type { Casualties, Facts, Incident, IncidentEvent } from './incident.ts'

const rule = rulesOf<Incident, IncidentEvent>()

/** A telling may be dated a little ahead: clocks of two machines are never quite equal. */
const CLOCK_TOLERANCE_MS = 120_000

const NOBODY_SAID: Casualties = { dead: null, missing: null, trapped: null, seriouslyInjured: null, injured: null }

/** The next number of the day: 20261123-007. */
export function nextNo(last: string | null, at: Moment): string {
  const day = localDay(at).replaceAll('-', '')
  const n = last?.startsWith(day + '-') ? Number(last.slice(9)) + 1 : 1
  return `${day}-${String(n).padStart(3, '0')}`
}

function notInFuture(field: string, moment: Moment | undefined, at: Moment) {
  if (moment && msOf(moment) > msOf(at) + CLOCK_TOLERANCE_MS) throw wrongField(field, '不能晚于现在')
}

type Change = { reason?: string } & { [F in keyof typeof changeFields]?: z.infer<(typeof changeFields)[F]> }

/** What a change really changes: the fields said, casualties laid over those known, and nothing that was so already. */
function changed(body: Change, i: Incident): Partial<Facts> {
  const { reason: _, ...said } = body
  const facts: Partial<Facts> = { ...said, casualties: undefined }
  if (said.casualties) facts.casualties = { ...i.casualties, ...said.casualties }
  return Object.fromEntries(
    Object.entries(facts).filter(([field, value]) => value !== undefined && JSON.stringify(value) !== JSON.stringify(i[field as keyof Facts])),
  )
}

const mustBeOpen = (i: Incident) => {
  if (i.status !== 'open') throw new Refusal('closed', '该事件已终报，如有新情况请先恢复')
}

const checkTimes = (said: { receivedAt?: Moment; occurredAt?: Moment }, { at }: Context) => {
  notInFuture('receivedAt', said.receivedAt, at)
  notInFuture('occurredAt', said.occurredAt, at)
}

const log = rule({
  by: [...ROOM, 'liaison'],
  creates: true,
  takes: z.strictObject({ source: SourceField, ...factFields, level: LevelField.optional(), drill: z.boolean().optional() }),
  decide: ({ drill, ...body }, _i, c) => {
    if (drill) throw new Refusal('not-enabled', '演练尚未启用', { path: 'drill' })
    checkTimes(body, c)
    const ownUnits = c.by.roles.some(r => ROOM.includes(r)) ? [] : c.by.units
    return [
      {
        type: 'incident.logged',
        ...body,
        no: c.no,
        level: body.level ?? null,
        receivedAt: body.receivedAt ?? c.at,
        title: body.title?.trim() || `${townName(body.township)}${eventTypeName(body.typeCode)}`,
        casualties: { ...NOBODY_SAID, ...body.casualties },
        sensitive: body.sensitive ?? false,
        sharedWith: [...ownUnits],
      },
    ]
  },
})

const addCall = rule({
  by: ROOM,
  takes: z.strictObject({ source: SourceField, narrative: Words(20_000).optional() }),
  decide: body => [{ type: 'incident.callAdded', ...body }],
})

const followUp = rule({
  by: ROOM,
  takes: z.strictObject({ ...changeFields, reason: Words(1_000).optional() }),
  decide: ({ narrative, reason, ...body }, i, c) => {
    mustBeOpen(i)
    checkTimes(body, c)
    const facts = changed(body, i)
    if (Object.keys(facts).length === 0 && !narrative?.trim()) throw wrongField('narrative', '续报须写明新情况')
    return [{ type: 'incident.followedUp', n: i.followUps.length + 1, facts, words: narrative, reason }]
  },
})

const revise = rule({
  by: ROOM,
  takes: z.strictObject({ ...changeFields, reason: Words(1_000).optional() }),
  decide: ({ reason, ...body }, i, c) => {
    checkTimes(body, c)
    const facts = changed(body, i)
    return Object.keys(facts).length ? [{ type: 'incident.revised', facts, reason }] : []
  },
})

const grade = rule({
  by: ROOM,
  takes: z.strictObject({ level: LevelField, reason: Reason }),
  decide: ({ level, reason }, i) => {
    mustBeOpen(i)
    return level === i.level ? [] : [{ type: 'incident.graded', level, before: i.level, reason }]
  },
})

const share = rule({
  by: ROOM,
  takes: z.strictObject({ unit: Slug }),
  decide: ({ unit }, i, { room }) => {
    if (!room.unit(unit)) throw wrongField('unit', '没有这个单位')
    return i.sharedWith.includes(unit) ? [] : [{ type: 'incident.shared', unit }]
  },
})

const close = rule({
  by: ROOM,
  takes: z.strictObject({ summary: Reason }),
  decide: ({ summary }, i) => (i.status === 'closed' ? [] : [{ type: 'incident.closed', summary }]),
})

const reopen = rule({
  by: ROOM,
  takes: z.strictObject({ reason: Reason }),
  decide: ({ reason }, i) => (i.status === 'open' ? [] : [{ type: 'incident.reopened', reason }]),
})

const forget = rule({
  by: ['chief', 'lead'],
  alone: true,
  takes: z.strictObject({ reason: Reason }),
  decide: ({ reason }, i) => {
    if (i.status === 'open') throw new Refusal('still-open', '事件尚未终报，报告人信息仍在使用，不能销毁')
    return [{ type: 'incident.forgotten', reason }]
  },
})

export const commands = { log, addCall, followUp, revise, grade, share, close, reopen, forget }
