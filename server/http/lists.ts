import { z } from 'zod'
import { bigrams } from '@duty/shared/kernel/bigrams.ts'
import { MomentField, Words } from '@duty/shared/kernel/fields.ts'
import type { Role, Thing } from '@duty/shared/kernel/kind.ts'
import { see, seesAs, type Audience } from '@duty/shared/sight.ts'
import type { Query } from '../db/db.ts'
import { listOf, type ListAsked } from '../book/read.ts'
import { forbidden, wrongFields } from './answer.ts'
import { fieldErrors } from './chinese.ts'

const flag = z.enum(['true', 'false']).transform(v => v === 'true')
const level = z.union([z.enum(['1', '2', '3', '4']).transform(Number), z.literal('null').transform(() => null)])

const cursor = z
  .string()
  .max(200)
  .transform((text, context) => {
    const [at = '', id = ''] = Buffer.from(text, 'base64url').toString('utf8').split(' ')
    if (!z.iso.datetime().safeParse(at).success || !z.uuid().safeParse(id).success) {
      context.addIssue({ code: 'custom', message: '翻页标记不对' })
      return z.NEVER
    }
    return { at, id }
  })

const page = { limit: z.coerce.number().int().min(1).max(200).default(50), cursor: cursor.optional() }

/** What each list may be asked for. */
export const LISTS = {
  incident: z.strictObject({
    ...page,
    status: z.enum(['open', 'closed']).optional(),
    level: level.optional(),
    township: Words(20).optional(),
    type: Words(10).optional(),
    q: Words(100).optional(),
    from: MomentField.optional(),
    to: MomentField.optional(),
  }),
  instruction: z.strictObject({ ...page, status: z.enum(['open', 'closed', 'withdrawn']).optional(), incident: z.uuid().optional(), q: Words(100).optional() }),
  alert: z.strictObject({ ...page, status: z.enum(['open', 'acknowledged', 'settled']).optional(), mine: flag.optional(), incident: z.uuid().optional() }),
  deadline: z.strictObject({ ...page, open: flag.optional(), incident: z.uuid().optional() }),
  shift: z.strictObject({ ...page, from: MomentField.optional(), to: MomentField.optional() }),
  account: z.strictObject({ ...page, q: Words(100).optional() }),
} as const

/** Reads a query string by its shape; a wrong one is named. */
export function parseQuery<T>(shape: z.ZodType<T>, query: unknown): T {
  const parsed = shape.safeParse(query)
  if (!parsed.success) throw wrongFields(fieldErrors(parsed.error))
  return parsed.data
}

const WALL_MAY_ASK = ['limit', 'cursor', 'status', 'open']

/** One page of a list, cut to what the audience may see: `{items, nextCursor}`. */
export async function pageOf(query: Query, kind: keyof typeof LISTS, asked: Record<string, any>, audience: Audience, person: string): Promise<{ items: Thing[]; nextCursor: string | null }> {
  const { limit, cursor: after, q, from, to, mine, incident, open, township, type, ...exact } = asked
  const roles = seesAs(audience, kind)
  const isOnly = (role: Role) => roles.every(r => r === role)
  if (roles.length === 0) return { items: [], nextCursor: null }
  // what a screen may not see it cannot ask about either
  if (isOnly('wall') && Object.keys(asked).some(field => !WALL_MAY_ASK.includes(field))) throw forbidden('屏幕只能按页查看，不能检索')
  const keys = Object.fromEntries(Object.entries({ ...exact, township: township === 'null' ? null : township, type }).filter(([, v]) => v !== undefined))
  const terms = q?.trim() ? bigrams([q]) : undefined
  if (terms?.length === 0) return { items: [], nextCursor: null }
  const list: ListAsked = {
    kind,
    keys,
    open: isOnly('wall') ? true : open,
    from,
    to,
    about: incident,
    limit: limit + 1,
    after,
    q: terms,
    units: isOnly('liaison') ? audience.units : undefined,
    mine: mine ? { person, units: audience.units } : undefined,
  }
  const rows = await listOf(query, list)
  const items = rows.slice(0, limit).flatMap(r => see(audience, r.thing) ?? [])
  const last = rows.length > limit ? rows[limit - 1] : undefined
  return { items, nextCursor: last ? Buffer.from(`${last.at} ${last.thing.id}`).toString('base64url') : null }
}
