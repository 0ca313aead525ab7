import type { Entry, Thing } from '@duty/shared/kernel/kind.ts'
import type { Query } from '../db/db.ts'
import type { Rules, Written } from './rules.ts'

interface StoredEntry extends Entry {
  hidden: Record<string, unknown> | null
}

const COLUMNS = 'e.seq, e.at, e.by, e.kind, e.id, e.version, e.type, e.data, e.cause, p.data as hidden'
const FROM = 'from entry e left join personal p using (seq)'

/** An entry with the citizens' words, where they have not been destroyed. */
const whole = ({ hidden, ...entry }: StoredEntry): Entry => (hidden ? { ...entry, data: hidden } : entry)

const fold = (rules: Rules, before: Thing | null, { kind, id, version, type, data, at, by }: Entry): Thing => {
  const { kind: _k, id: _i, version: _v, ...state } = before ?? { kind, id, version: 0 }
  return JSON.parse(JSON.stringify({ ...rules.kinds[kind]!.evolve(before ? state : undefined, { type, ...data }, { id, at, by }), kind, id, version })) as Thing
}

/** Entries in order, each with its thing before and after it. The rows hold every listed thing from its first entry on. */
function told(rules: Rules, rows: StoredEntry[]): Written[] {
  const things = new Map<string, Thing>()
  return rows.map(row => {
    const entry = whole(row)
    const key = `${entry.kind}/${entry.id}`
    const before = things.get(key) ?? null
    const after = fold(rules, before, entry)
    things.set(key, after)
    return { entry, before, after }
  })
}

/** Every entry after one number up to another, with the thing before and after it. */
export async function writtenBetween(query: Query, rules: Rules, after: number, upTo: number): Promise<Written[]> {
  if (upTo <= after) return []
  const rows = await query<StoredEntry>(
    `select ${COLUMNS} ${FROM} where (e.kind, e.id) in (select kind, id from entry where seq > $1 and seq <= $2) and e.seq <= $2 order by e.seq`,
    [after, upTo],
    'written-between',
  )
  return told(rules, rows).filter(w => w.entry.seq > after)
}

/** The whole story of one thing, entry by entry. */
export async function storyOf(query: Query, rules: Rules, kind: string, id: string): Promise<Written[]> {
  return told(rules, await query<StoredEntry>(`select ${COLUMNS} ${FROM} where e.kind = $1 and e.id = $2 order by e.version`, [kind, id], 'story'))
}

/** The thing as it stood at one of its versions, folded again; null before its first. */
export async function stateAtVersion(query: Query, rules: Rules, kind: string, id: string, version: number): Promise<Thing | null> {
  return (await storyOf(query, rules, kind, id)).findLast(w => w.entry.version <= version)?.after ?? null
}

/** The numbers written between two moments: after the first, up to the second. */
export async function numbersBetween(query: Query, from: string | undefined, to: string | undefined): Promise<{ after: number; upTo: number }> {
  const [row] = await query<{ first: number | null; last: number | null }>(
    'select min(seq) as first, max(seq) as last from entry where ($1::timestamptz is null or at >= $1) and ($2::timestamptz is null or at < $2)',
    [from ?? null, to ?? null],
  )
  return row?.first && row.last ? { after: row.first - 1, upTo: row.last } : { after: 0, upTo: 0 }
}

/** The book's head and which book it is. */
export async function headOf(query: Query): Promise<{ head: number; book: string }> {
  const [row] = await query<{ head: number; book: string }>('select head, id as book from book', [], 'head')
  if (!row) throw new Error('the book has no first row')
  return row
}

/** Where things stand, each with the number of its last entry, and the book's head: all of one moment. */
export async function standingOf(
  query: Query,
  things: readonly { kind: string; id: string }[],
): Promise<{ head: number; book: string; ends: Map<string, { seq: number; thing: Thing }> }> {
  const rows = await query<{ head: number; book: string; kind: string | null; id: string; version: number; seq: number; data: object }>(
    `select b.head, b.id as book, s.kind, s.id, s.version, s.seq, s.data
      from book b left join state s on (s.kind, s.id) in (select * from unnest($1::text[], $2::uuid[]))`,
    [things.map(t => t.kind), things.map(t => t.id)],
    'standing-of',
  )
  const { head = 0, book = '' } = rows[0] ?? {}
  const ends = rows.flatMap(({ kind, id, version, seq, data }): [string, { seq: number; thing: Thing }][] =>
    kind === null ? [] : [[`${kind}/${id}`, { seq, thing: { ...data, kind, id, version } }]],
  )
  return { head, book, ends: new Map(ends) }
}

/** Whether somebody has asked under this key before. */
export async function wasAsked(query: Query, caller: string, key: string): Promise<boolean> {
  return (await query('select 1 from command where caller = $1 and id = $2', [caller, key], 'was-asked')).length > 0
}

/** One thing as it stands. */
export async function thingById(query: Query, kind: string, id: string): Promise<Thing | null> {
  const [row] = await query<{ version: number; data: object }>('select version, data from state where kind = $1 and id = $2', [kind, id], 'thing')
  return row ? { ...row.data, kind, id, version: row.version } : null
}

/** Everything open, and the number of the book it is as of. */
export async function openThings(query: Query): Promise<{ things: Thing[]; head: number; book: string }> {
  const rows = await query<{ head: number; book: string; kind: string | null; id: string; version: number; data: object }>(
    'select b.head, b.id as book, s.kind, s.id, s.version, s.data from book b left join state s on s.open',
  )
  const { head, book } = rows[0] ?? { head: 0, book: '' }
  return { head, book, things: rows.flatMap(r => (r.kind === null ? [] : [{ ...r.data, kind: r.kind, id: r.id, version: r.version }])) }
}

/** What a list is asked for. Times are moments; `q` is searched by its bigrams. */
export interface ListAsked {
  kind: string
  keys?: Record<string, string | number | boolean | null>
  open?: boolean
  about?: string
  q?: string[]
  from?: string
  to?: string
  /** Only what liaisons of these units may see. */
  units?: readonly string[]
  /** Only what names this person, or a unit they answer for. */
  mine?: { person: string; units: readonly string[] }
  after?: { at: string; id: string }
  limit: number
}

/** One page of a list, newest first. */
export async function listOf(query: Query, asked: ListAsked): Promise<{ thing: Thing; at: string }[]> {
  const values: unknown[] = [asked.kind]
  const where = ['kind = $1']
  const add = (sql: (n: string) => string, value: unknown) => {
    values.push(value)
    where.push(sql(`$${values.length}`))
  }
  if (asked.keys && Object.keys(asked.keys).length) add(n => `keys @> ${n}::jsonb`, JSON.stringify(asked.keys))
  if (asked.open !== undefined) where.push(asked.open ? 'open' : 'not open')
  if (asked.about) add(n => `about = ${n}`, asked.about)
  if (asked.q?.length) add(n => `terms @> ${n}::text[]`, asked.q)
  if (asked.from) add(n => `at >= ${n}`, asked.from)
  if (asked.to) add(n => `at < ${n}`, asked.to)
  if (asked.units) add(n => `units && ${n}::text[]`, asked.units)
  if (asked.mine) {
    values.push(asked.mine.person, asked.mine.units)
    where.push(`(people @> array[$${values.length - 1}]::text[] or units && $${values.length}::text[])`)
  }
  if (asked.after) {
    values.push(asked.after.at, asked.after.id)
    where.push(`(at, id) < ($${values.length - 1}, $${values.length})`)
  }
  values.push(asked.limit)
  const rows = await query<{ id: string; version: number; data: object; at: string }>(
    `select id, version, data, at from state where ${where.join(' and ')} order by at desc, id desc limit $${values.length}`,
    values,
  )
  return rows.map(({ id, version, data, at }) => ({ at, thing: { ...data, kind: asked.kind, id, version } }))
}
