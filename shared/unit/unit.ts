import { z } from 'zod'
import { Said, Slug } from '../kernel/fields.ts'
import { derivedId } from '../kernel/id.ts'
import { rulesOf, type Kind } from '../kernel/kind.ts'
import { Refusal } from '../kernel/refusal.ts'
import type { Moment } from '../kernel/time.ts'
import { TOWN_CODES } from '../reference/towns.ts'

/** A township, committee or department that is told and answers. */
export interface Unit {
  slug: string
  name: string
  short: string
  township?: string
  verified: boolean
  addedAt: Moment
  disabled?: boolean
}

export type UnitEvent =
  | ({ type: 'unit.added' } & Pick<Unit, 'slug' | 'name' | 'short' | 'township' | 'verified'>)
  | { type: 'unit.changed'; name?: string; short?: string; verified?: boolean; disabled?: boolean }

/** The id of the unit a slug names. */
export const unitId = (slug: string) => derivedId('unit', slug)

const rule = rulesOf<Unit | undefined, UnitEvent>()

const add = rule({
  by: ['admin'],
  names: body => unitId(String(body.slug)),
  takes: z.strictObject({
    slug: Slug,
    name: Said(60),
    short: Said(20).optional(),
    township: z.enum(TOWN_CODES, '没有这个镇街').optional(),
    verified: z.boolean().default(true),
  }),
  decide: (body, u) => {
    if (u) throw new Refusal('exists', '该单位代号已被使用')
    return [{ type: 'unit.added', ...body, short: body.short ?? body.name }]
  },
})

const change = rule({
  by: ['admin'],
  names: body => unitId(String(body.slug)),
  takes: z.strictObject({ slug: Slug, name: Said(60).optional(), short: Said(20).optional(), verified: z.boolean().optional(), disabled: z.boolean().optional() }),
  decide: ({ slug: _, ...body }, u) => {
    if (!u) throw new Refusal('no-unit', '没有这个单位', { status: 404 })
    const said = Object.fromEntries(Object.entries(body).filter(([field, v]) => v !== u[field as keyof Unit]))
    return Object.keys(said).length ? [{ type: 'unit.changed', ...said }] : []
  },
})

/** 单位: 镇街、管委会、部门. */
export const unit: Kind<Unit, UnitEvent> = {
  name: 'unit',
  commands: { add, change },
  evolve: (u, e, { at }) => {
    const { type, ...said } = e
    if (type === 'unit.added') return { ...(said as Omit<Unit, 'addedAt'>), addedAt: at }
    if (!u) throw new Error(`${type} before unit.added`)
    return { ...u, ...said }
  },
  open: u => !u.disabled,
  columns: u => ({ at: u.addedAt, keys: { slug: u.slug }, words: [u.name, u.short] }),
}
