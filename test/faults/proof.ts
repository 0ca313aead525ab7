import { isDeepStrictEqual } from 'node:util'
import type pg from 'pg'
import { compare } from '@duty/server/book/refold.ts'
import { verify } from '@duty/server/book/verify.ts'
import { openDb, type Query } from '@duty/server/db/db.ts'
import { rules } from '@duty/server/rules.ts'
import type { Asked, Writers } from './writers.ts'

/** What a round has shown; `broken` is empty when every promise was kept. */
export interface Proof {
  lost: number
  doubled: number
  broken: string[]
}

interface Wrote {
  command: string
  caller: string
  seq: number
  first: number
  last: number
  roots: number
  marked: boolean
}

/** How many answered commands are asked once more under their own keys. */
const ASKED_AGAIN = 20
/** Saying twice that a unit may see it writes nothing, and is answered all the same. */
const mayWriteNothing = ({ command }: Asked) => command === 'incident.share'

/** Proves the book itself and every command that was asked of it, reading the store directly. */
export async function prove(store: pg.PoolConfig, writers: Writers, caller: string): Promise<Proof> {
  const broken: string[] = []
  const db = openDb(store, event => broken.push(`the proof lost the store: ${event}`))
  try {
    const verdict = await verify(db.query)
    if (!verdict.ok) broken.push(`the book does not verify at ${verdict.at}: ${verdict.why}`)
    const { astray } = await compare(db.query, rules)
    for (const { kind, id } of astray) broken.push(`${kind} ${id} is not what the book makes it`)
    const { lost, doubled } = await proveCommands(db.query, writers.asked, caller, broken)
    await proveSameAnswers(writers, broken)
    return { lost, doubled, broken }
  } finally {
    await db.end()
  }
}

async function proveCommands(query: Query, asked: readonly Asked[], caller: string, broken: string[]): Promise<{ lost: number; doubled: number }> {
  const rows = await query<Wrote>(
    `select c.id as command, c.caller, c.seq, coalesce(min(e.seq), 0) as first, coalesce(max(e.seq), 0) as last,
       count(e.seq) filter (where e.cause is null) as roots, bool_or(coalesce(e.data::text like '%' || a.mark || '%', false)) as marked
     from jsonb_to_recordset($1::jsonb) as a (key text, mark text) join command c on c.id = a.key left join entry e on e.command = c.id
     group by c.id, c.caller, c.seq`,
    [JSON.stringify(asked.map(({ key, mark }) => ({ key, mark })))],
  )
  const found = new Map<string, Wrote[]>()
  for (const row of rows) found.set(row.command, [...(found.get(row.command) ?? []), row])
  let lost = 0
  let doubled = 0
  for (const one of asked) {
    const say = (words: string) => broken.push(`${one.command} ${one.key} (${one.mark}) ${words}`)
    const wrote = found.get(one.key) ?? []
    const [row] = wrote
    if (one.refused) say(`was refused: ${one.refused}`)
    if (!one.answer) continue
    if (!row || (row.roots === 0 && !mayWriteNothing(one))) {
      lost++
      say(`was answered at ${one.answer.seq} and is not in the book`)
      continue
    }
    if (wrote.length > 1 || row.roots > 1) {
      doubled++
      say(`is in the book ${Math.max(wrote.length, row.roots)} times`)
    }
    if (row.caller !== caller) say(`is kept as asked by ${row.caller}`)
    if (row.seq !== one.answer.seq) say(`was answered at ${one.answer.seq} and is kept at ${row.seq}`)
    if (row.roots > 0 && row.last !== one.answer.seq) say(`was answered at ${one.answer.seq} and ends at ${row.last}`)
    if (row.roots > 0 && !mayWriteNothing(one) && !row.marked) say('stands in the book with other words')
  }
  return { lost, doubled }
}

/** The same key asked again gets the very answer it got, those first whose outcome had been unknown. */
async function proveSameAnswers(writers: Writers, broken: string[]): Promise<void> {
  const answered = writers.asked.filter(a => a.answer)
  const sample = [...answered.filter(a => a.askedAgain > 0), ...answered].slice(0, ASKED_AGAIN)
  for (const one of sample) {
    const again = await writers.again(one)
    if (!isDeepStrictEqual(again, one.answer)) broken.push(`${one.command} ${one.key} asked again was answered ${said(again)}, not ${said(one.answer)}`)
  }
}

const said = (answer: unknown) => (JSON.stringify(answer) ?? 'no').slice(0, 300)
