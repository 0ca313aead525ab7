import { randomUUID } from 'node:crypto'
import type { Db } from '../db/db.ts'
import { GENESIS } from './chain.ts'

/** Where this history is kept: the cluster, its timeline and the database. A restored or promoted copy is another place. */
const PLACE = `select s.system_identifier || '/' || c.timeline_id || '/' || d.oid as place
  from pg_control_system() s, pg_control_checkpoint() c, pg_database d where d.datname = current_database()`

/** Opens the book's first row. A history found in another place than before gets a new name, so that no screen believes a number from before. */
export async function beginBook(db: Db, nowIso: string): Promise<void> {
  await db.transaction(async query => {
    const [{ place } = { place: '' }] = await query<{ place: string }>(PLACE)
    await query('insert into book (id, place, hash, at) values ($1, $2, $3, $4) on conflict do nothing', [randomUUID(), place, GENESIS, nowIso])
    await query('update book set id = $1, place = $2 where place <> $2', [randomUUID(), place])
  })
}
