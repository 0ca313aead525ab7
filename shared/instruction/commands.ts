import { z } from 'zod'
import { Id, MomentField, Said, Slug, Username, Words } from '../kernel/fields.ts'
import { ROOM, rulesOf, type Actor, type Context, type Person } from '../kernel/kind.ts'
import { Refusal, notYours, wrongField } from '../kernel/refusal.ts'
import { minutesAfter, msOf } from '../kernel/time.ts'
import { RECEIPT_WITHIN, RELAY_WITHIN } from '../reference/instruction-limits.ts'
import type { Instruction, InstructionEvent, LeaderNamed, Relay } from './instruction.ts'

const rule = rulesOf<Instruction, InstructionEvent>()

const inRoom = (by: Actor) => by.roles.some(r => ROOM.includes(r))

/** Whose words these are: a leader's own, or those an officer took down from a leader. */
function leaderNamed(from: string | undefined, { by, room }: Context): LeaderNamed {
  const leader = (p: Person) => p.roles.includes('leader') || p.roles.includes('lead')
  if (from === undefined || from === by.person) {
    const self = room.person(by.person)
    if (self && leader(self)) return { person: self.username, name: self.name, title: self.title }
    throw wrongField('from', '代为记录的指示须写明是哪位领导')
  }
  if (!inRoom(by)) throw notYours('只有值班室可以代领导记录指示')
  const named = room.person(from)
  if (!named || !leader(named)) throw wrongField('from', '没有这位领导')
  return { person: named.username, name: named.name, title: named.title }
}

/** The units meant, groups opened, each once, in the order said. */
function unitsMeant(units: string[], { room }: Context): { unit: string; name: string }[] {
  const slugs = new Set(units.flatMap(u => room.group(u) ?? [u]))
  return [...slugs].map(slug => {
    const unit = room.unit(slug)
    if (!unit) throw wrongField(`units.${Math.max(0, units.indexOf(slug))}`, '没有这个单位')
    return { unit: slug, name: unit.name }
  })
}

function relayOf(unit: string, i: Instruction): Relay {
  if (i.status !== 'open') throw new Refusal('closed', i.status === 'withdrawn' ? '该指示已撤回' : '该指示已办结')
  const relay = i.relays[unit]
  if (!relay) throw wrongField('unit', '该指示没有下达给这个单位')
  return relay
}

const ownUnit = (unit: string, by: Actor) => {
  if (!inRoom(by) && !by.units.includes(unit)) throw notYours('只能办理下达给本单位的指示')
}

const issue = rule({
  by: [...ROOM, 'leader'],
  creates: true,
  takes: z.strictObject({
    text: Said(5_000),
    kind: z.enum(['instruction', 'remark', 'assignment'], '没有这种指示'),
    urgency: z.enum(['flash', 'urgent', 'normal'], '缓急只能是 flash、urgent、normal'),
    units: z.array(Slug).max(200, '单位过多'),
    dueAt: MomentField.optional(),
    incident: Id.optional(),
    from: Username.optional(),
  }),
  refers: ({ incident }) => (incident ? [{ path: 'incident', kind: 'incident', id: incident }] : []),
  decide: ({ kind: form, ...body }, _i, c) => {
    if (body.units.length === 0 && form !== 'remark') throw wrongField('units', '须写明由哪些单位办理')
    if (body.dueAt && msOf(body.dueAt) <= msOf(c.at)) throw wrongField('dueAt', '办理时限须晚于现在')
    const from = leaderNamed(body.from, c)
    return [
      {
        type: 'instruction.issued',
        ...body,
        form,
        units: unitsMeant(body.units, c),
        from,
        recordedBy: from.person === c.by.person ? undefined : c.by.person,
        relayBy: minutesAfter(c.at, RELAY_WITHIN[body.urgency]),
      },
    ]
  },
})

const relay = rule({
  by: ROOM,
  takes: z.strictObject({ unit: Slug, via: Said(40), toldTo: Words(60).optional() }),
  decide: ({ unit, via, toldTo }, i, { at }) =>
    relayOf(unit, i).step !== 'issued'
      ? []
      : [{ type: 'instruction.relayed', unit, via, toldTo, receiptBy: minutesAfter(at, RECEIPT_WITHIN[i.urgency]) }],
})

const receipt = rule({
  by: [...ROOM, 'liaison'],
  takes: z.strictObject({ unit: Slug, person: Said(60), how: Words(40).optional(), words: Words(1_000).optional() }),
  decide: ({ unit, ...signed }, i, { by }) => {
    ownUnit(unit, by)
    const { step } = relayOf(unit, i)
    if (step === 'issued') throw new Refusal('not-relayed', '该单位尚未收到传达，不能签收')
    return step === 'relayed' ? [{ type: 'instruction.receipted', unit, ...signed }] : []
  },
})

const feedback = rule({
  by: [...ROOM, 'liaison'],
  takes: z.strictObject({ unit: Slug, text: Said(5_000), done: z.boolean().optional() }),
  decide: ({ unit, text, done }, i, { by }) => {
    ownUnit(unit, by)
    const { step } = relayOf(unit, i)
    if (step === 'issued' || step === 'relayed') throw new Refusal('not-receipted', '请先签收，再反馈办理情况')
    return [{ type: 'instruction.answered', unit, text, done: done ?? false }]
  },
})

const remind = rule({
  by: ROOM,
  takes: z.strictObject({ unit: Slug }),
  decide: ({ unit }, i) => {
    const { step } = relayOf(unit, i)
    if (step === 'issued') throw new Refusal('not-relayed', '尚未传达给该单位，请先传达')
    if (step === 'done') throw new Refusal('done', '该单位已办结，无须催办')
    return [{ type: 'instruction.reminded', unit }]
  },
})

const withdraw = rule({
  by: [...ROOM, 'leader'],
  takes: z.strictObject({ reason: Said(1_000) }),
  decide: ({ reason }, i, { by }) => {
    if (!inRoom(by) && i.from.person !== by.person) throw notYours('只能撤回自己作出的指示')
    if (i.status === 'closed') throw new Refusal('closed', '该指示已办结，不能撤回')
    return i.status === 'withdrawn' ? [] : [{ type: 'instruction.withdrawn', reason }]
  },
})

const close = rule({
  by: [...ROOM, 'leader'],
  takes: z.strictObject({ summary: Words(5_000).optional() }),
  decide: ({ summary }, i, { by }) => {
    if (!inRoom(by) && i.from.person !== by.person) throw notYours('只能办结自己作出的指示')
    if (i.status === 'withdrawn') throw new Refusal('withdrawn', '该指示已撤回')
    if (i.status === 'closed') return []
    const undone = Object.values(i.relays).filter(r => r.step !== 'done')
    if (undone.length && !summary?.trim()) throw wrongField('summary', `${undone.map(r => r.name).join('、')}尚未办结，请写明办结说明`)
    return [{ type: 'instruction.closed', summary }]
  },
})

export const commands = { issue, relay, receipt, feedback, remind, withdraw, close }
