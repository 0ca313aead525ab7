import { setTimeout as pause } from 'node:timers/promises'
import type { Actor, Directory, Thing } from '@duty/shared/kernel/kind.ts'
import { Refusal } from '@duty/shared/kernel/refusal.ts'
import { msOf, type Moment } from '@duty/shared/kernel/time.ts'
import { CommitUnknown, isStoreAway, type Db, type Query } from '../db/db.ts'
import { bodyHash } from './chain.ts'
import { decide, ruleOf, type Added, type Head } from './decide.ts'
import { openDirectory } from './directory.ts'
import { openPages, type Pages } from './pages.ts'
import { stateAtVersion } from './read.ts'
import { thingOf, type Rules, type Standing, type Written } from './rules.ts'
import { write, type CommandRow } from './write.ts'

/** Somebody, or the clock, wants something; checked for shape and role, not yet decided. */
export interface Command {
  command: string
  kind: string
  id: string
  body: Record<string, unknown>
  /** The command's own id: the same caller with the same key means the same deed. */
  key: string
  by: Actor
  seen?: number
  /** The clock's own command. */
  wake?: true
  /** The id was made by the server a moment ago: nothing can bear it yet. */
  fresh?: true
  /** What is written beside the book in the same transaction (a credential). */
  aside?: (query: Query) => Promise<unknown>
}

export interface Done {
  seq: number
  id: string
  kind: string
  version: number
  /** The thing as it stood when the command was answered first. */
  thing: Thing | null
}

/** The store is away: nothing is known to be written, and the same key may be asked again. */
export class StoreAway extends Error {
  override name = 'StoreAway'
}

const AT_ONCE = 50
/** So long a command waits for a store that is away; then its asker is told, and asks again. */
const PATIENCE_MS = 10_000
const LONGEST_PAUSE_MS = 500
/** A node's clock may run behind another's by so much before its time is taken as it is. */
const SKEW_MS = 60_000

interface Waiting {
  command: Command
  /** Decided with nothing else in the same transaction. */
  alone: boolean
  sinceMs: number
  resolve(done: Done): void
  reject(reason: unknown): void
}
type Outcome = { done: Done } | { refused: unknown }

export interface BookOptions {
  db: Db
  rules: Rules
  now(): Moment
  lot(): number
  log(event: string, detail?: object): void
  onWritten(written: Written[]): void
  /** Somebody may have written what this node has not told of: look into the book. */
  onDoubt(): void
  /** The room is closing: nobody waits for the store any more. */
  ending: AbortSignal
}

/** The only writer: commands wait in line, up to fifty share one transaction, and each gets its own answer. */
export function openExecute({ db, rules, now, lot, log, onWritten, onDoubt, ending }: BookOptions) {
  const line: Waiting[] = []
  const directory = openDirectory(rules)
  let working: Promise<void> | null = null

  async function drain(): Promise<void> {
    while (line.length) {
      const batch = nextBatch()
      const outcomes = await together(batch).catch((error: unknown): Outcome[] => batch.map(() => ({ refused: error })))
      for (const [n, { resolve, reject }] of batch.entries()) {
        const outcome = outcomes[n]!
        if ('done' in outcome) resolve(outcome.done)
        else reject(outcome.refused)
      }
    }
    working = null
  }

  /** A batch ends where a key comes twice, after what changes the directory, and around what must find all before it written. */
  function nextBatch(): Waiting[] {
    const seen = new Set<string>()
    let n = 0
    while (n < line.length && n < AT_ONCE) {
      const { command, alone } = line[n]!
      if (seen.has(askedAs(command)) || (alone && n > 0)) break
      seen.add(askedAs(command))
      n++
      if (alone || rules.directoryKinds.includes(command.kind)) break
    }
    return line.splice(0, n)
  }

  /** One transaction; tried again while the store is away; a commit of unknown outcome is looked up by the commands' own ids. */
  async function together(batch: Waiting[]): Promise<Outcome[]> {
    const commands = batch.map(w => w.command)
    let inDoubt = false
    for (let attempt = 1, apart = false; ; attempt++) {
      try {
        const outcomes = await inOneTransaction(commands, apart)
        // what was committed unheard has its answers, but nobody was told its lines
        if (inDoubt) onDoubt()
        return outcomes
      } catch (error) {
        directory.forget()
        inDoubt ||= error instanceof CommitUnknown
        const { message } = error as Error
        if (!(error instanceof CommitUnknown) && !isStoreAway(error)) {
          log('book.batch-failed', { message, commands: commands.length })
          if (apart) return commands.map(() => ({ refused: error }))
          apart = true
          continue
        }
        if (!isPatient(batch[0]!)) {
          log('book.store-away', { message, commands: commands.length })
          sendAway()
          throw new StoreAway('store away', { cause: error })
        }
        await pause(Math.min(25 * 2 ** attempt, LONGEST_PAUSE_MS), undefined, { signal: ending }).catch(() => undefined)
      }
    }
  }

  const isPatient = ({ sinceMs }: Waiting) => !ending.aborted && performance.now() - sinceMs < PATIENCE_MS

  /** Who has waited long enough behind those who waited in vain is told so at once. */
  function sendAway(): void {
    const patient = line.findIndex(isPatient)
    for (const { reject } of line.splice(0, patient === -1 ? line.length : patient)) reject(new StoreAway('store away'))
  }

  /**
   * Decides all, then writes all in one statement. Where the store has refused such a batch, `apart` writes each command
   * behind a savepoint of its own, so that one poisoned row takes no other with it.
   */
  async function inOneTransaction(commands: Command[], apart: boolean): Promise<Outcome[]> {
    const { outcomes, added } = await db.transaction(async query => {
      const { head, at } = await takeLock(query)
      const room = await directory.at(query, head.seq, at)
      const pages = openPages(query)
      const known = await alreadyAnswered(query, commands)
      const outcomes: Outcome[] = []
      const all: Added[] = []
      const portions = apart ? commands.map(c => [c]) : [commands]
      for (const portion of portions) {
        const sheet: Sheet = { pages, head, at, room, added: [], touched: new Map(), rows: [] }
        const before = { ...head }
        if (apart) await query('savepoint apart')
        try {
          await pages.load(portion.flatMap(c => wanted(c).filter(t => !known.has(askedAs(c)) && !(c.fresh && t.id === c.id))))
          const decided: Outcome[] = []
          for (const command of portion) decided.push(await one(query, command, known.get(askedAs(command)), sheet))
          if (sheet.rows.length) await write(query, rules, sheet.added, [...sheet.touched.values()], sheet.rows, head, at)
          for (const command of portion) if (command.aside && sheet.rows.some(r => r.id === command.key && r.caller === command.by.person)) await command.aside(query)
          outcomes.push(...decided)
          all.push(...sheet.added)
        } catch (error) {
          if (!apart || isStoreAway(error)) throw error
          await query('rollback to savepoint apart')
          Object.assign(head, before)
          pages.forget()
          outcomes.push({ refused: error })
        }
      }
      return { outcomes, added: all }
    })
    const written = added.flatMap(a => a.written)
    directory.learn(written)
    if (written.length) onWritten(written)
    return outcomes
  }

  interface Sheet {
    pages: Pages
    head: Head
    at: Moment
    room: Directory
    added: Added[]
    touched: Map<string, Standing>
    rows: CommandRow[]
  }

  async function one(query: Query, command: Command, known: CommandRow | undefined, sheet: Sheet): Promise<Outcome> {
    const { pages, head, at, room, added, touched, rows } = sheet
    const hash = bodyHash(command.command, { id: command.fresh ? undefined : command.id, seen: command.seen, body: command.body })
    if (command.fresh) pages.fresh(command.kind, command.id)
    if (known) return answeredBefore(query, rules, hash, known)
    const before = { ...head }
    try {
      const more = await decide(rules, pages, head, command, at, room, lot())
      for (const s of pages.keep()) touched.set(`${s.kind}/${s.id}`, s)
      const standing = pages.get(command.kind, command.id)
      const { seq } = head
      if (more.rows.length || !command.wake) {
        added.push(more)
        const version = standing?.version ?? 0
        rows.push({ caller: command.by.person, id: command.key, hash, kind: command.kind, thing: command.id, seq, version, at })
      }
      return { done: { seq, id: command.id, kind: command.kind, version: standing?.version ?? 0, thing: standing && thingOf(standing) } }
    } catch (error) {
      if (isStoreAway(error)) throw error
      pages.turnBack()
      Object.assign(head, before)
      return { refused: error }
    }
  }

  async function takeLock(query: Query): Promise<{ head: Head; at: Moment }> {
    const [book] = await query<{ head: number; hash: string; last_no: Record<string, string>; at: string }>('select head, hash, last_no, at from book for update', [], 'book-lock')
    if (!book) throw new Error('the book has no first row')
    const mine = now()
    const behind = msOf(book.at) - msOf(mine)
    return { head: { seq: book.head, hash: book.hash, lastNo: book.last_no }, at: behind > 0 && behind <= SKEW_MS ? book.at : mine }
  }

  return {
    /** Puts a command in line; resolves when it is durable, rejects with the refusal, or with StoreAway. */
    execute: (command: Command) =>
      new Promise<Done>((resolve, reject) => {
        const alone = !command.wake && ruleOf(rules, command.command).rule.alone === true
        line.push({ command, alone, sinceMs: performance.now(), resolve, reject })
        working ??= Promise.resolve().then(drain)
      }),
    /** Resolves once nothing waits. */
    idle: async () => {
      while (working) await working
    },
  }

  function wanted(c: Command) {
    const things = [{ kind: c.kind, id: c.id }]
    return c.wake ? things : [...things, ...(ruleOf(rules, c.command).rule.refers?.(c.body) ?? [])]
  }
}

const askedAs = (c: Command) => `${c.by.person} ${c.key}`

async function alreadyAnswered(query: Query, commands: Command[]): Promise<Map<string, CommandRow>> {
  const rows = await query<CommandRow>(
    'select caller, id, hash, kind, thing, seq, version, at from command where (caller, id) in (select * from unnest($1::text[], $2::text[]))',
    [commands.map(c => c.by.person), commands.map(c => c.key)],
    'command-known',
  )
  return new Map(rows.map(r => [`${r.caller} ${r.id}`, r]))
}

/** The same words under the same id get the answer they got; other words under it are refused. */
async function answeredBefore(query: Query, rules: Rules, hash: string, row: CommandRow): Promise<Outcome> {
  if (row.hash !== hash) return { refused: new Refusal('key-reused', '同一个操作编号已用于别的内容，请换用新的编号') }
  const { seq, version, kind, thing: id } = row
  return { done: { seq, id, kind, version, thing: await stateAtVersion(query, rules, kind, id, version) } }
}
