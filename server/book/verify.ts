import type { Query } from '../db/db.ts'
import { GENESIS, hashOf, personalHash, type EntryRow } from './chain.ts'

export type Verdict = { ok: true; entries: number; head: number } | { ok: false; at: number; why: string }

const PAGE = 2_000

/** Reads the whole book and proves it: numbers dense, every hash right, every citizen's word still the one that was hashed, the head where the last entry is. */
export async function verify(query: Query): Promise<Verdict> {
  const [book] = await query<{ head: number; hash: string }>('select head, hash from book')
  if (!book) return { ok: false, at: 0, why: 'no book' }
  let prev = GENESIS
  let seq = 0
  for (;;) {
    const rows = await query<EntryRow & { salt: string | null; hidden: unknown }>(
      `select e.*, p.salt, p.data as hidden from entry e left join personal p using (seq) where e.seq > $1 and e.seq <= $2 order by e.seq limit ${PAGE}`,
      [seq, book.head],
    )
    for (const { salt, hidden, ...row } of rows) {
      if (row.seq !== seq + 1) return { ok: false, at: seq + 1, why: 'missing' }
      if (row.prev !== prev || hashOf(row) !== row.hash) return { ok: false, at: row.seq, why: 'changed' }
      if (salt !== null && personalHash(salt, hidden) !== row.personal) return { ok: false, at: row.seq, why: 'personal words changed' }
      seq = row.seq
      prev = row.hash
    }
    if (rows.length < PAGE) break
  }
  if (seq !== book.head || prev !== book.hash) return { ok: false, at: seq + 1, why: 'end missing' }
  const [end] = await query<{ head: number; last: number | null }>('select head, (select max(seq) from entry) as last from book')
  if (end && (end.last ?? 0) > end.head) return { ok: false, at: end.head + 1, why: 'more than was written' }
  return { ok: true, entries: seq, head: book.head }
}
