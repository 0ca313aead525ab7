import { useSyncExternalStore } from 'react'
import { v7 } from 'uuid'
import { Problem, say, type Said } from './command.ts'
import { kept, type Unsent } from './kept.ts'
import { onceLevel } from './socket.ts'
import { useRoom } from './store.ts'

/** Nobody's fault and not for ever: the words wait. Any other no is the author's to read. */
const LATER = new Set([0, 401, 429, 502, 503, 504])
const TRY_AGAIN_MS = 5_000

interface Waiting {
  waiting: number
  refused: { key: string; command: string; body: unknown; problem: Problem }[]
  drop(key: string): void
}

const channel = new BroadcastChannel('duty-outbox')
const listeners = new Set<() => void>()
let shown: Waiting = { waiting: 0, refused: [], drop: key => void drop(key) }
let retry = 0

const mine = async (): Promise<Unsent[]> => {
  const author = useRoom.getState().me?.username
  return (await (await kept()).getAllFromIndex('outbox', 'order')).filter(u => u.author === author)
}

async function show(): Promise<void> {
  const all = await mine()
  const refused = all.flatMap(u => (u.refusal ? [{ key: u.key, command: u.command, body: u.body, problem: new Problem(u.refusal) }] : []))
  shown = { ...shown, waiting: all.length - refused.length, refused }
  for (const tell of listeners) tell()
}

const changed = () => {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel of our own origin has none
  channel.postMessage('changed')
  return show()
}
channel.addEventListener('message', () => void show())

async function drop(key: string): Promise<void> {
  await (await kept()).delete('outbox', key)
  await changed()
}

/** One tab at a time: two tabs of one person must not both send. Without a lock (no TLS) the key alone keeps it to once. */
const alone = <T>(deed: () => Promise<T>): Promise<T> => (navigator.locks ? navigator.locks.request('duty-outbox', deed) : deed())

type Outcome = Said | Problem

/** Sends what waits, in the order it was said; stops at the first that has to wait longer. */
const send = () =>
  alone(async () => {
    const outcomes = new Map<string, Outcome>()
    for (const u of await mine()) {
      if (u.refusal) continue
      const outcome = await say(u.command, u.body, u.key).catch((problem: unknown) => {
        if (problem instanceof Problem) return problem
        throw problem
      })
      outcomes.set(u.key, outcome)
      if (outcome instanceof Problem && LATER.has(outcome.status)) {
        window.clearTimeout(retry)
        if (outcome.status !== 401) retry = window.setTimeout(flush, (outcome.retryAfterSeconds ?? 0) * 1_000 || TRY_AGAIN_MS)
        break
      }
      const db = await kept()
      if (outcome instanceof Problem) {
        const { status, code, title, detail, errors } = outcome
        await db.put('outbox', { ...u, refusal: { status, code, title, detail, errors } })
      } else await db.delete('outbox', u.key)
    }
    await changed()
    return outcomes
  })

const flush = () => void send()

/** Says something that must not be lost: sent at once, or kept on the device and sent once as soon as that is possible. A refusal is kept until its author drops it. */
export async function post(
  command: string,
  body: Record<string, unknown>,
  key: string = v7(),
): Promise<{ id?: string; sent: boolean; said?: Said; problem?: Problem }> {
  const author = useRoom.getState().me?.username
  if (!author) throw new Problem({ status: 401, code: 'unauthorised', title: '请先登录', detail: '请先登录' })
  await (await kept()).put('outbox', { key, command, body, author, saidAt: Date.now() })
  await changed()
  const outcome = (await send()).get(key)
  if (outcome instanceof Problem) return { sent: false, problem: outcome }
  return outcome ? { id: outcome.id, sent: true, said: outcome } : { sent: !(await (await kept()).get('outbox', key)) }
}

/** What of mine still waits, and what was refused. */
export function useOutbox(): Waiting {
  return useSyncExternalStore(
    tell => {
      listeners.add(tell)
      return () => listeners.delete(tell)
    },
    () => shown,
  )
}

/** Keeps sending whenever that may have become possible; once for the life of the page. */
export function keepSending(): void {
  onceLevel(flush)
  addEventListener('online', flush)
  document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && flush())
  useRoom.subscribe((now, before) => {
    if (now.me?.username !== before.me?.username) flush()
  })
}
