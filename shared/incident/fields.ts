import { z } from 'zod'
import { Amount, Count, MomentField, Said, Words } from '../kernel/fields.ts'
import { isEventType } from '../reference/event-types.ts'
import { TOWN_CODES } from '../reference/towns.ts'

export const LevelField = z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4)], '等级只能是 1、2、3、4').nullable()

export const TownshipField = z.enum([...TOWN_CODES, 'unknown'], '没有这个镇街').nullable()

export const SourceField = z.strictObject({
  channel: z.enum(['phone', 'fax', 'network', 'message', 'hotline', 'feed', 'inPerson'], '没有这种来报渠道'),
  unit: Words(100).optional(),
  person: Words(60).optional(),
  title: Words(60).optional(),
  phone: Words(40).optional(),
  alreadyTold: Words(500).optional(),
})

const CasualtiesField = z
  .strictObject({
    dead: Count.optional(),
    missing: Count.optional(),
    trapped: Count.optional(),
    seriouslyInjured: Count.optional(),
    injured: Count.optional(),
  })
  .refine(c => c.injured == null || c.seriouslyInjured == null || c.injured >= c.seriouslyInjured, { message: '受伤人数含重伤，不能少于重伤人数', path: ['injured'] })

/** The facts of an incident as they come in; each may be absent, none is invented. */
export const factFields = {
  typeCode: z.string().refine(isEventType, '没有这个事件类型'),
  township: TownshipField,
  address: Words(200).optional(),
  location: z.strictObject({ lng: z.number().min(-180).max(180), lat: z.number().min(-90).max(90) }).optional(),
  receivedAt: MomentField.optional(),
  occurredAt: MomentField.optional(),
  title: Words(100).optional(),
  narrative: Words(20_000).optional(),
  casualties: CasualtiesField.optional(),
  directLossWan: Amount.optional(),
  evacuated: z.int().min(0).max(100_000_000).optional(),
  indicators: z.record(z.string().regex(/^[a-zA-Z][a-zA-Z0-9_]{0,63}$/, '指标名格式不对'), z.number()).refine(r => Object.keys(r).length <= 50, '指标过多').optional(),
  sensitive: z.boolean().optional(),
  measures: Words(5_000).optional(),
}

/** The same facts where only what changed is said. */
export const changeFields = { ...factFields, typeCode: factFields.typeCode.optional(), township: factFields.township.optional() }

export const Reason = Said(1_000)
