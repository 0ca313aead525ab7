import type { Thing } from '@duty/shared/kernel/kind.ts'
import type { Db, Query } from '../db/db.ts'
import { headOf, writtenBetween } from './read.ts'
import type { Rules } from './rules.ts'
import { stateRow } from './write.ts'

/** A stored state that is not what its entries make it. */
export interface Astray {
  kind: string
  id: string
  stored: unknown
  folded: unknown
}

const sorted = (value: unknown): unknown =>
  Array.isArray(value)
    ? value.map(sorted)
    : value && typeof value === 'object'
      ? Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([k, v]) => [k, sorted(v)]))
      : value

const same = (a: unknown, b: unknown) => JSON.stringify(sorted(a)) === JSON.stringify(sorted(b))

/** Folds the book again and names every stored state that differs from it. */
export async function compare(query: Query, rules: Rules): Promise<{ things: number; astray: Astray[] }> {
  const folded = await foldAll(query, rules)
  const stored = await query<{ kind: string; id: string; version: number; data: object }>('select kind, id, version, data from state')
  const astray: Astray[] = []
  for (const { data, ...row } of stored) {
    const thing = folded.get(`${row.kind}/${row.id}`)
    if (!same({ ...data, ...row }, thing)) astray.push({ kind: row.kind, id: row.id, stored: { ...data, ...row }, folded: thing ?? null })
    folded.delete(`${row.kind}/${row.id}`)
  }
  for (const thing of folded.values()) astray.push({ kind: thing.kind, id: thing.id, stored: null, folded: thing })
  return { things: stored.length, astray }
}

/** Makes every stored state anew from the book, under its lock. */
export async function refold(db: Db, rules: Rules): Promise<number> {
  return db.transaction(async query => {
    await query('select 1 from book for update')
    const things = await foldAll(query, rules)
    const seqs = new Map((await query<{ kind: string; id: string; seq: number }>('select kind, id, max(seq) as seq from entry group by kind, id')).map(r => [`${r.kind}/${r.id}`, r.seq]))
    await query('delete from state')
    for (const thing of things.values()) {
      const { kind, id, version, ...state } = thing
      const row = stateRow(rules, { kind, id, version, seq: seqs.get(`${kind}/${id}`)!, state })
      await query(
        `insert into state (kind, id, version, seq, data, open, wake_at, at, keys, about, units, people, terms)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
        [kind, id, version, row.seq, row.data, row.open, row.wake_at, row.at, row.keys, row.about, row.units, row.people, row.terms],
      )
    }
    return things.size
  })
}

async function foldAll(query: Query, rules: Rules): Promise<Map<string, Thing>> {
  const { head } = await headOf(query)
  const things = new Map<string, Thing>()
  for (const { after } of await writtenBetween(query, rules, 0, head)) things.set(`${after.kind}/${after.id}`, after)
  return things
}
