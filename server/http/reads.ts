import { Router, type Request } from 'express'
import { z } from 'zod'
import { DIRECTORY_KINDS } from '@duty/shared/directory.ts'
import { MomentField } from '@duty/shared/kernel/fields.ts'
import { ROOM, type Thing } from '@duty/shared/kernel/kind.ts'
import { localDay, type Moment } from '@duty/shared/kernel/time.ts'
import { kinds } from '@duty/shared/kinds.ts'
import type { Roster } from '@duty/shared/shift/roster.ts'
import { ROSTER_ID } from '@duty/shared/shift/roster.ts'
import { keyOf } from '@duty/shared/kernel/wire.ts'
import { see, seeEntry } from '@duty/shared/sight.ts'
import type { Query } from '../db/db.ts'
import { headOf, numbersBetween, standingOf, storyOf, thingById, writtenBetween } from '../book/read.ts'
import type { Rules, Written } from '../book/rules.ts'
import { verify } from '../book/verify.ts'
import type { Asker } from '../identity/asker.ts'
import { bookFor, tailFor } from '../live/cut.ts'
import type { Fanout } from '../live/fanout.ts'
import { notFound } from './answer.ts'
import { LISTS, pageOf, parseQuery } from './lists.ts'
import { only } from './request.ts'
import { TABLES } from './tables.ts'

interface ReadsOptions {
  query: Query
  rules: Rules
  fanout: Fanout
  currentShift(): Promise<object>
  nowIso(): Moment
}

const PLURALS = { incidents: 'incident', instructions: 'instruction', alerts: 'alert', deadlines: 'deadline', shifts: 'shift', accounts: 'account' } as const

const Range = z.strictObject({ from: MomentField, to: MomentField })
const Day = z.strictObject({ date: z.iso.date('日期须为 yyyy-mm-dd').optional() })
const After = z.strictObject({ after: z.coerce.number().int().min(0).default(0), limit: z.coerce.number().int().min(1).max(1_000).default(500) })
const Audit = z.strictObject({
  cursor: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(1_000).default(500),
  from: MomentField.optional(),
  to: MomentField.optional(),
})

/** Everything that is read over HTTP, each cut to what the asker may see. */
export function readRoutes({ query, rules, fanout, currentShift, nowIso }: ReadsOptions): Router {
  const router = Router()

  async function inSight(kind: string, id: string, asker: Asker): Promise<{ thing: Thing; seen: Thing }> {
    const known = Object.hasOwn(kinds, kind) && z.uuid().safeParse(id).success
    const thing = known ? await thingById(query, kind, id.toLowerCase()) : null
    const seen = thing && see(asker.audience, thing)
    if (!thing || !seen) throw notFound()
    return { thing, seen }
  }

  const things = (written: Written[]) => [...new Map(written.map(({ after }) => [keyOf(after), after])).values()]

  /** Entries as the asker may see them now: by the thing as it stands, and by all the citizens' names it has come to know. */
  async function shown(written: Written[], { audience }: Asker): Promise<object[]> {
    const { ends } = await standingOf(query, things(written))
    return written.flatMap(({ entry, after }) => {
      const cut = seeEntry(audience, entry, ends.get(keyOf(after))?.thing ?? after)
      return cut ? [{ seq: entry.seq, version: entry.version, cause: entry.cause ?? null, ...cut }] : []
    })
  }

  router.get('/shifts/current', async (req, res) => {
    if (!req.asker!.by.roles.some(r => [...ROOM, 'leader', 'wall', 'auditor'].includes(r))) throw notFound()
    res.json(await currentShift())
  })

  router.get('/roster', only(...ROOM, 'admin', 'auditor'), async (req, res) => {
    const { from, to } = parseQuery(Range, req.query)
    const roster = (await thingById(query, 'roster', ROSTER_ID)) as Thing<Roster> | null
    const shifts = Object.values(roster?.shifts ?? {}).filter(s => s.startsAt >= from && s.startsAt < to)
    res.json({ items: shifts.toSorted((a, b) => a.startsAt.localeCompare(b.startsAt)), nextCursor: null })
  })

  router.get('/reference/:table', (req, res) => {
    const name = req.params.table
    if (name === 'units' || name === 'posts') {
      const kind = name.slice(0, -1)
      const items = [...fanout.things()].filter(t => t.kind === kind).map(({ id: _i, kind: _k, version: _v, addedAt: _a, ...item }) => item)
      return void res.json({ table: name, version: 1, items })
    }
    if (!Object.hasOwn(TABLES, name)) throw notFound()
    res.json(TABLES[name])
  })

  router.get('/lines', async (req, res) => {
    const { after, limit } = parseQuery(After, req.query)
    const upTo = Math.min((await headOf(query)).head, after + limit)
    const written = await writtenBetween(query, rules, after, upTo)
    const { audience } = req.asker!
    const { head, book, ends } = await standingOf(query, things(written))
    res.json({ lines: tailFor(audience, written, ends), head, book: bookFor(book, audience) })
  })

  router.get('/duty-log', only(...ROOM, 'auditor'), async (req, res) => {
    const { date } = parseQuery(Day, req.query)
    const from = new Date(`${date ?? localDay(nowIso())}T00:00:00+08:00`)
    const to = new Date(from.getTime() + 86_400_000)
    const { after, upTo } = await numbersBetween(query, from.toISOString(), to.toISOString())
    const written = await writtenBetween(query, rules, after, upTo)
    res.json({ items: await shown(written.filter(w => !isHousekeeping(w.entry.kind)), req.asker!), nextCursor: null })
  })

  router.get('/audit', only('auditor'), async (req, res) => {
    const { limit, cursor, from, to } = parseQuery(Audit, req.query)
    const between = await numbersBetween(query, from, to)
    const after = Math.max(between.after, cursor)
    const upTo = Math.min(between.upTo, after + limit)
    res.json({ items: await shown(await writtenBetween(query, rules, after, upTo), req.asker!), nextCursor: upTo < between.upTo ? String(upTo) : null })
  })

  router.get('/audit/verify', only('auditor', ...ROOM), async (_req, res) => {
    res.json(await verify(query))
  })

  for (const [path, kind] of Object.entries(PLURALS))
    router.get(`/${path}`, async (req, res) => {
      const asked = parseQuery<Record<string, unknown>>(LISTS[kind], req.query)
      res.json(await pageOf(query, kind, asked, req.asker!.audience, req.asker!.by.person))
    })

  for (const [path, kind] of Object.entries(PLURALS))
    router.get(`/${path}/:id`, async (req: Request<{ id: string }>, res) => {
      const { seen } = await inSight(kind, req.params.id, req.asker!)
      res.json(seen)
    })

  router.get('/:noun/:id/history', async (req: Request<{ noun: string; id: string }>, res) => {
    const { thing } = await inSight(req.params.noun, req.params.id, req.asker!)
    if (req.asker!.sort === 'screen') throw notFound()
    res.json({ items: await shown(await storyOf(query, rules, thing.kind, thing.id), req.asker!), nextCursor: null })
  })

  return router
}

/** Who exists is not what happened at night. */
const isHousekeeping = (kind: string) => (DIRECTORY_KINDS as readonly string[]).includes(kind) && kind !== 'shift'
