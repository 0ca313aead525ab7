import { compare, refold } from '../book/refold.ts'
import { verify } from '../book/verify.ts'
import { readConfig } from '../config.ts'
import { openDb } from '../db/db.ts'
import { ownPostgres } from '../db/own-postgres.ts'
import { openLog } from '../log.ts'
import { rules } from '../rules.ts'

/** Proves the book, says which stored states differ from it, and with `--write` makes them all anew. */
async function main(): Promise<void> {
  const log = openLog()
  const say = (line: string) => void process.stdout.write(`${line}\n`)
  const config = await readConfig(process.env)
  const postgres = config.databaseUrl ? null : await ownPostgres({ dataDir: config.dataDir, log })
  const db = openDb(postgres ? { ...postgres.connection } : { connectionString: config.databaseUrl }, log)
  try {
    const verdict = await verify(db.query)
    say(verdict.ok ? `book: ${verdict.entries} entries, chain verifies` : `book: broken at ${verdict.at} (${verdict.why})`)
    const { things, astray } = await compare(db.query, rules)
    say(`states: ${things}, astray ${astray.length}`)
    for (const { kind, id } of astray) say(`  ${kind} ${id}`)
    if (process.argv.includes('--write')) say(`refolded: ${await refold(db, rules)}`)
    process.exitCode = verdict.ok && (astray.length === 0 || process.argv.includes('--write')) ? 0 : 1
  } finally {
    await db.end()
    await postgres?.stop()
  }
}

await main()
