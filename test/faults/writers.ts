import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { chance, type Chance } from './chance.ts'
import type { Happenings } from './waiting.ts'

/** A command that was asked, and what is known of it. */
export interface Asked {
  command: string
  key: string
  body: Record<string, unknown>
  /** Words that stand in no other command. */
  mark: string
  /** The 2xx answer; absent while the outcome is unknown. */
  answer?: { seq: number; id: string; version: number; now: unknown }
  /** When the answer came, by this process's clock. */
  answeredAtMs?: number
  /** How often the outcome was unknown and the same key was asked again. */
  askedAgain: number
  /** A plain no, which none of these commands should get. */
  refused?: string
}

export interface Writers {
  asked: readonly Asked[]
  answered(): number
  /** Resolves once so many more have been answered. */
  more(count: number): Promise<void>
  /** No new commands; resolves when every outcome is known. */
  finish(): Promise<void>
  /** The round is lost: whatever is unknown stays so. */
  giveUp(): Promise<void>
  /** Asks an answered command again under its own key. */
  again(asked: Asked): Promise<Asked['answer']>
}

interface Wanted {
  count: number
  /** Where they write, each node in turn; who gets no answer asks the next node. */
  urls: readonly string[]
  cookie: string
  seed: number
  heard: Happenings
}

const PATIENCE_MS = 20_000
const TRY_AGAIN_MS = 100
const WITHIN_MS = 60_000
const STEPS_OF_AN_INCIDENT = 12

/** Fifty hands at fifty desks, each with its own commands one after another, until they are told to finish. */
export function startWriting({ count, urls, cookie, seed, heard }: Wanted): Writers {
  const asked: Asked[] = []
  let answered = 0
  let finishing = false
  let givenUp = false

  async function post(url: string, { command, key, body }: Asked): Promise<Response> {
    const headers = { origin: url, cookie, 'content-type': 'application/json', 'idempotency-key': key }
    return fetch(`${url}/api/do/${command}`, { method: 'POST', headers, body: JSON.stringify(body), signal: AbortSignal.timeout(PATIENCE_MS) })
  }

  /** Asks until there is an answer: a broken connection or a 503 leaves the outcome unknown, and the same key is asked again. */
  async function ask(command: string, mark: string, body: Record<string, unknown>, first: number): Promise<Asked> {
    const one: Asked = { command, key: randomUUID(), body, mark, askedAgain: 0 }
    asked.push(one)
    for (let node = first; ; node++) {
      const outcome = await outcomeOf(urls[node % urls.length]!, one)
      heard.tell()
      if (outcome !== 'unknown' || givenUp) return one
      one.askedAgain++
      await pause(TRY_AGAIN_MS)
    }
  }

  async function outcomeOf(url: string, one: Asked): Promise<'known' | 'unknown'> {
    const tried = await post(url, one).then(
      async res => ({ status: res.status, text: await res.text() }),
      () => null, // the connection broke, before or after the command was carried out
    )
    if (!tried || tried.status === 503) return 'unknown'
    if (tried.status === 200) {
      one.answer = JSON.parse(tried.text) as NonNullable<Asked['answer']>
      one.answeredAtMs = performance.now()
      answered++
    } else one.refused = `${tried.status} ${tried.text}`
    return 'known'
  }

  async function write(n: number, lot: Chance): Promise<void> {
    for (let night = 0; !finishing; night++) {
      const mark = (step: number) => `w${n}x${seed}x${night}x${step}.`
      const log = { source: { channel: 'phone', person: '李建国', phone: '13800000000' }, typeCode: '12G00', township: null, level: 4, narrative: mark(0) }
      const { answer } = await ask('incident.log', mark(0), log, n)
      if (!answer) return
      const { id } = answer
      for (let step = 1; step < STEPS_OF_AN_INCIDENT && !finishing; step++) {
        const words = mark(step)
        const [command, body] = lot.oneOf<[string, Record<string, unknown>]>([
          ['incident.followUp', { id, narrative: words }],
          ['incident.addCall', { id, source: { channel: 'phone' }, narrative: words }],
          ['alert.raise', { to: ['officer', 'mayor'], text: words, urgency: 'normal', about: { kind: 'incident', id } }],
          ['incident.share', { id, unit: 'fire' }],
        ])
        await ask(command, words, body, n + step)
      }
      await ask('incident.close', mark(STEPS_OF_AN_INCIDENT), { id, summary: mark(STEPS_OF_AN_INCIDENT) }, n)
    }
  }

  const writing = Promise.all(Array.from({ length: count }, (_, n) => write(n, chance(seed * 1_000 + n))))
  return {
    asked,
    answered: () => answered,
    more(count) {
      const enough = answered + count
      return heard.until(`${count} more answers`, WITHIN_MS, () => answered >= enough).then(() => undefined)
    },
    async finish() {
      finishing = true
      await writing
    },
    async giveUp() {
      finishing = givenUp = true
      await writing
    },
    async again(one) {
      const res = await post(urls[0]!, one)
      return res.status === 200 ? ((await res.json()) as Asked['answer']) : undefined
    },
  }
}
