import { randomUUID } from 'node:crypto'
import type { Written } from '../book/rules.ts'
import { connectRedis, type RedisPlace } from './redis.ts'

/** Lines between nodes: told as they are written. What is lost here is read from the book. */
export interface Nudge {
  tell(written: Written[]): void
  /** There is something in the book that does not come along. */
  tellNews(): void
  /** Somebody has signed out, or a token was revoked: their sockets on other nodes die too. */
  tellEnded(grant: string): void
  onEnded(listener: (grant: string) => void): void
  /** Finds out whether Redis still answers, though nothing is being told. */
  feel(): void
  /** Whether other nodes are heard: `alone` where there is no Redis by configuration. */
  state(): 'up' | 'away' | 'alone'
  end(): Promise<void>
}

interface Listening {
  onLines(written: Written[]): void
  /** Something was told that did not come along: look into the book. */
  onNews(): void
}

interface Told {
  node: string
  written?: Written[]
  ended?: string
}

/** Above this the lines are not sent along, only that there are some. */
const MOST_BYTES = 512 * 1024

/** Opens the nudge between nodes that share a book. */
export function openNudge(place: RedisPlace, book: string, listening: Listening, log: (event: string, detail?: object) => void): Nudge {
  const nothing = () => {}
  if (!place) return { tell: nothing, tellNews: nothing, tellEnded: nothing, onEnded: nothing, feel: nothing, state: () => 'alone', end: async () => {} }
  const channel = `duty:${book}:lines`
  const node = randomUUID()
  const ended = new Set<(grant: string) => void>()
  const teller = connectRedis(place, { enableOfflineQueue: false, maxRetriesPerRequest: 0 }, log)
  const hearer = connectRedis(place, { maxRetriesPerRequest: null }, nothing)
  hearer.on('ready', listening.onNews)
  hearer.on('message', (_channel: string, text: string) => {
    try {
      hear(JSON.parse(text) as Told)
    } catch (error) {
      // a node of another version, or a stranger: what they cannot say to us stands in the book
      log('nudge.not-understood', { message: (error as Error).message })
      listening.onNews()
    }
  })
  hearer.subscribe(channel).catch((error: Error) => log('nudge.not-subscribed', { message: error.message }))

  function hear(told: Told): void {
    if (told.node === node) return
    if (told.ended !== undefined) for (const listener of ended) listener(told.ended)
    else if (told.written) listening.onLines(told.written)
    else listening.onNews()
  }

  function say(text: string): void {
    if (teller.status !== 'ready') return
    teller.publish(channel, text).catch((error: Error) => log('nudge.not-told', { message: error.message }))
  }
  const saying = (told: Omit<Told, 'node'>) => JSON.stringify({ node, ...told } satisfies Told)

  return {
    tell(written) {
      const text = saying({ written })
      say(text.length > MOST_BYTES ? saying({}) : text)
    },
    tellNews: () => say(saying({})),
    tellEnded: grant => say(saying({ ended: grant })),
    onEnded: listener => void ended.add(listener),
    feel() {
      if (teller.status === 'ready') teller.ping().catch((error: Error) => log('nudge.not-felt', { message: error.message }))
    },
    state: () => (teller.status === 'ready' && hearer.status === 'ready' ? 'up' : 'away'),
    async end() {
      teller.disconnect()
      hearer.disconnect()
    },
  }
}
