import { readFile, readdir } from 'node:fs/promises'
import type { Db } from './db.ts'

const folder = new URL('./migrations/', import.meta.url)

/** Brings the schema up to date: forward only, each file once, all of them or none. Nodes starting together wait for one another. */
export async function migrate(db: Db): Promise<void> {
  const files = (await readdir(folder)).filter(f => f.endsWith('.sql')).toSorted()
  await db.transaction(async query => {
    await query('select pg_advisory_xact_lock(727001)')
    await query('create table if not exists migration (name text primary key, at timestamptz not null default now())')
    const done = new Set((await query<{ name: string }>('select name from migration')).map(m => m.name))
    for (const file of files.filter(f => !done.has(f))) {
      await query(await readFile(new URL(file, folder), 'utf8'))
      await query('insert into migration (name) values ($1)', [file])
    }
  })
}
