import { randomUUID } from 'node:crypto'
import type { Written } from '../book/rules.ts'
import { connectRedis, type RedisPlace } from './redis.ts'

/** Lines between nodes: told as they are written. What is lost here is read from the book. */
export interface Nudge {
  tell(written: Written[]): void
  /** Whether other nodes are heard: `alone` where there is no Redis by configuration. */
  state(): 'up' | 'away' | 'alone'
  end(): Promise<void>
}

interface Listening {
  onLines(written: Written[]): void
  /** Something was told that did not come along: look into the book. */
  onNews(): void
}

/** Above this the lines are not sent along, only that there are some. */
const MOST_BYTES = 512 * 1024

/** Opens the nudge between nodes that share a book. */
export function openNudge(place: RedisPlace, book: string, listening: Listening, log: (event: string, detail?: object) => void): Nudge {
  if (!place) return { tell: () => {}, state: () => 'alone', end: async () => {} }
  const channel = `duty:${book}:lines`
  const node = randomUUID()
  const teller = connectRedis(place, { enableOfflineQueue: false, maxRetriesPerRequest: 0 }, log)
  const hearer = connectRedis(place, { maxRetriesPerRequest: null }, () => {})
  hearer.on('ready', listening.onNews)
  hearer.on('message', (_channel: string, text: string) => {
    const told = JSON.parse(text) as { node: string; written?: Written[] }
    if (told.node === node) return
    if (told.written) listening.onLines(told.written)
    else listening.onNews()
  })
  hearer.subscribe(channel).catch((error: Error) => log('nudge.not-subscribed', { message: error.message }))
  return {
    tell(written) {
      if (teller.status !== 'ready') return
      const text = JSON.stringify({ node, written })
      const told = text.length > MOST_BYTES ? JSON.stringify({ node }) : text
      teller.publish(channel, told).catch((error: Error) => log('nudge.not-told', { message: error.message }))
    },
    state: () => (teller.status === 'ready' && hearer.status === 'ready' ? 'up' : 'away'),
    async end() {
      teller.disconnect()
      hearer.disconnect()
    },
  }
}
