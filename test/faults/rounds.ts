import { isDeepStrictEqual } from 'node:util'
import { setTimeout as pause } from 'node:timers/promises'
import { clientOf, pairScreen, signIn } from '../harness/client.ts'
import { chance, type Chance } from './chance.ts'
import { prove } from './proof.ts'
import { freshBoard, openReader, type BoardReader } from './readers.ts'
import type { Stage } from './stages.ts'
import type { Fault } from './strikes.ts'
import { happenings, type Happenings } from './waiting.ts'
import { startWriting, type Writers } from './writers.ts'

/** What came of all rounds of one fault. */
export interface Row {
  fault: Fault
  rounds: number
  answered: number
  askedAgain: number
  lost: number
  doubled: number
  slowestRecoveryMs: number
  /** The longest way of a line while the fault lasted, where that is promised. */
  slowestLineMs: number | null
  broken: string[]
}

const WRITERS = 50
const WRITER = 'officer1'
/** Screens are level by themselves within this after a fault. */
const LEVEL_WITHIN_MS = 10_000
const GIVEN_UP_AFTER_MS = 45_000

interface Holder {
  name: string
  url: string
  headers: Record<string, string>
  token?: string
}

/** Somebody of every sort of sight, and a wall; on every node in turn. */
async function holders({ nodes }: Stage): Promise<Holder[]> {
  const url = (n: number) => nodes[n % nodes.length]!.url
  const people = ['officer2', 'lead', 'mayor', 'vicemayor', 'dept-fire', 'town-xiaolan']
  const signedIn = await Promise.all(people.map(async (name, n) => ({ name, url: url(n), headers: (await signIn(url(n), name)).headers })))
  const admin = await signIn(url(0), 'admin')
  const walls = await Promise.all(
    nodes.map(async (node, n) => ({ name: `wall ${n}`, url: node.url, headers: {}, token: await pairScreen(admin, clientOf(url(0), {}), `大屏${n}`) })),
  )
  return [...signedIn, ...walls]
}

/** Plays one fault so many rounds on one stage, each drawn from its own seed. */
export async function playRounds(fault: Fault, rounds: number, seed: number, tell: (words: string) => void): Promise<Row> {
  const row: Row = { fault, rounds: 0, answered: 0, askedAgain: 0, lost: 0, doubled: 0, slowestRecoveryMs: 0, slowestLineMs: fault.linesWithinMs === undefined ? null : 0, broken: [] }
  const stage = await fault.open()
  try {
    const heard = happenings()
    const cookie = (await signIn(stage.nodes[0]!.url, WRITER)).headers.cookie!
    const everyone = await holders(stage)
    const readers = everyone.map(h => openReader({ ...h, heard }))
    await heard.until('the first snapshots', LEVEL_WITHIN_MS, () => readers.every(r => r.connected()))
    for (let round = 0; round < rounds; round++) {
      const own = seed + round
      const broken = await playOne(fault, stage, { cookie, everyone, readers, heard, lot: chance(own) }, row).catch((error: Error) => [error.message])
      row.broken.push(...broken.map(words => `${fault.name}, seed ${own}: ${words}`))
      row.rounds++
      tell(`${fault.name} · seed ${own} · answered ${row.answered} · recovery ≤ ${row.slowestRecoveryMs} ms${row.broken.length ? ` · broken: ${row.broken.length}` : ''}`)
      if (row.broken.length) break
    }
    for (const reader of readers) reader.close()
  } finally {
    await stage.close()
  }
  return row
}

interface Cast {
  cookie: string
  everyone: Holder[]
  readers: BoardReader[]
  heard: Happenings
  lot: Chance
}

async function playOne(fault: Fault, stage: Stage, { cookie, everyone, readers, heard, lot }: Cast, row: Row): Promise<string[]> {
  const urls = stage.nodes.map(n => n.url)
  // in every other round only one node is written on: the others' screens hear from Redis and the book alone
  const writtenOn = lot.seed % 2 === 0 ? urls : [lot.oneOf(urls)]
  const writers = startWriting({ count: WRITERS, urls: writtenOn, cookie, seed: lot.seed, heard })
  try {
    await writers.more(lot.between(50, 400))
    // the moment is drawn to the millisecond, so that it falls before, into and after commits
    await pause(lot.between(0, 25))
    const struckAt = performance.now()
    const countedFrom = await stage.strike(writers)
    const level = await allLevel(stage, writers, readers, heard, countedFrom)
    const recoveryMs = Math.round(level - countedFrom)
    await writers.more(100)
    await writers.finish()

    const head = Math.max(...writers.asked.map(a => a.answer?.seq ?? 0))
    await heard.until('every screen at the last line', LEVEL_WITHIN_MS, () => readers.every(r => r.seq() >= head))
    const proof = await prove(await stage.store(), writers, WRITER)
    row.answered += writers.answered()
    row.askedAgain += writers.asked.filter(a => a.askedAgain > 0).length
    row.lost += proof.lost
    row.doubled += proof.doubled
    row.slowestRecoveryMs = Math.max(row.slowestRecoveryMs, recoveryMs)
    const broken = [...proof.broken, ...readers.flatMap(r => r.astray.splice(0)), ...(await unlike(everyone, readers, heard))]
    if (recoveryMs > LEVEL_WITHIN_MS) broken.push(`the screens were level only after ${recoveryMs} ms`)
    if (fault.linesWithinMs !== undefined) {
      const slowest = slowestLine(writers, readers, struckAt)
      row.slowestLineMs = Math.max(row.slowestLineMs ?? 0, Math.round(slowest.ms))
      if (slowest.ms > fault.linesWithinMs) broken.push(`line ${slowest.seq} reached ${slowest.reader} only after ${Math.round(slowest.ms)} ms`)
    }
    mustRun(stage)
    return broken
  } finally {
    await writers.giveUp()
  }
}

function mustRun({ nodes }: Stage): void {
  for (const node of nodes) if (!node.isRunning()) throw new Error(`${node.url} has ended by itself:\n${node.words()}`)
}

/** When a command asked after the strike had been answered and every screen had come as far as that, by itself. */
async function allLevel(stage: Stage, writers: Writers, readers: BoardReader[], heard: Happenings, struckAt: number): Promise<number> {
  const before = writers.asked.length
  const head = await heard.until('an answer after the strike', GIVEN_UP_AFTER_MS, () => {
    mustRun(stage)
    const fresh = writers.asked.slice(before).find(a => a.answer && a.answeredAtMs! > struckAt)
    return fresh && Math.max(...writers.asked.map(a => a.answer?.seq ?? 0))
  })
  await heard.until(`every screen at ${head}`, GIVEN_UP_AFTER_MS, () => readers.every(r => r.connected() && r.seq() >= head))
  return performance.now()
}

/** Screens whose board is not what a newcomer would be given. */
async function unlike(everyone: Holder[], readers: BoardReader[], heard: Happenings): Promise<string[]> {
  const astray: string[] = []
  for (const [n, holder] of everyone.entries()) {
    const reader = readers[n]!
    // the clock may write while we look: both are taken at one number
    for (;;) {
      const fresh = await freshBoard(holder)
      await heard.until(`${reader.name} at ${fresh.seq}`, LEVEL_WITHIN_MS, () => reader.seq() >= fresh.seq)
      if (reader.seq() > fresh.seq) continue
      if (!isDeepStrictEqual(reader.board().things, fresh.things)) astray.push(`${reader.name} shows another board than a fresh one at ${fresh.seq}`)
      break
    }
  }
  return astray
}

/** The longest time from an answer to its line on a screen, since a moment. */
function slowestLine(writers: Writers, readers: BoardReader[], sinceMs: number): { ms: number; seq: number; reader: string } {
  let slowest = { ms: 0, seq: 0, reader: '' }
  for (const { answer, answeredAtMs } of writers.asked) {
    if (!answer || answeredAtMs! < sinceMs) continue
    for (const reader of readers) {
      const ms = (reader.heardAt(answer.seq) ?? Infinity) - answeredAtMs!
      if (ms > slowest.ms) slowest = { ms, seq: answer.seq, reader: reader.name }
    }
  }
  return slowest
}
