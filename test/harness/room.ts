import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { inject } from 'vitest'
import { openRoom, type Room } from '@duty/server/room.ts'
import { rules } from '@duty/server/rules.ts'
import { compare } from '@duty/server/book/refold.ts'
import { verify } from '@duty/server/book/verify.ts'
import { obedientClock, type ObedientClock } from './clock.ts'
import { clientOf, signIn, type Client } from './client.ts'
import { TEMPLATE } from './services.ts'

export interface Wanted {
  /** With Redis between nodes, that of the run or one of the test's own; without, the node is alone. */
  redis?: boolean | { path: string }
  clock?: ObedientClock
  /** An existing database, for a second node or a restart. */
  database?: string
  /** Another way to the same store. */
  by?: { host: string; port: number }
  rateLimited?: boolean
  /** How many proxies stand before the room. */
  trustProxy?: number
  /** For screens that people look at: the room keeps the world's own time and its own beat. */
  live?: boolean
}

/** A database of its own, a copy of the demo room. */
async function newDatabase(): Promise<string> {
  const place = inject('postgres')
  const name = `t_${randomUUID().replaceAll('-', '')}`
  const client = new pg.Client(place)
  await client.connect()
  await client.query(`create database ${name} template ${TEMPLATE}`)
  await client.end()
  return name
}

/** A whole room on real parts, with a clock that obeys. */
export async function testRoom({ redis = false, clock = obedientClock(), database, by, rateLimited = false, trustProxy = 0, live = false }: Wanted = {}) {
  const name = database ?? (await newDatabase())
  const logged: { event: string; detail: object }[] = []
  const open = (): Promise<Room> =>
    openRoom({
      store: { ...inject('postgres'), ...by, database: name },
      redis: redis === true ? { path: inject('redis') } : redis || null,
      host: '127.0.0.1',
      port: 0,
      secretKey: 'a secret for tests only',
      demo: true,
      trustProxy,
      rateLimited,
      say: () => {},
      nowMs: live ? Date.now : clock.nowMs,
      runs: live,
      log: (event, detail = {}) => void logged.push({ event, detail }),
    })
  let room = await open()
  const people = new Map<string, Promise<Client>>()

  return {
    get url() {
      return room.url
    },
    get node() {
      return room
    },
    database: name,
    clock,
    logged,
    now: clock.nowIso,
    /** Somebody of the demo room, signed in once. */
    as(username: string): Promise<Client> {
      const known = people.get(username) ?? signIn(room.url, username)
      people.set(username, known)
      return known
    },
    /** Somebody who is not signed in, or bears a token. */
    stranger: (headers: Record<string, string> = {}) => clientOf(room.url, headers),
    /** Time goes by: every wake on the way happens at its own moment. */
    async passes(words: string): Promise<void> {
      const until = clock.after(words)
      for (;;) {
        const [next] = await room.db.query<{ at: string | null }>('select min(wake_at) as at from state where wake_at is not null and set_aside is null')
        const due = next?.at ? Math.max(Date.parse(next.at), clock.nowMs()) : Infinity
        if (due > until) break
        clock.set(due)
        while (await room.tick());
      }
      clock.set(until)
      await room.beat(1)
      await room.settle()
    },
    /** Everything asked has been answered, and every line has gone out. */
    settle: () => room.settle(),
    query: <T extends object>(sql: string, values?: unknown[]) => room.db.query<T>(sql, values),
    /** The process ends and another begins on the same book. */
    async restarts(): Promise<void> {
      await room.close()
      room = await open()
      people.clear()
    },
    /** What every test may ask at its end: the book proves itself, and the states are what the book says. */
    async proves(): Promise<{ verdict: Awaited<ReturnType<typeof verify>>; astray: unknown[] }> {
      return { verdict: await verify(room.db.query), astray: (await compare(room.db.query, rules)).astray }
    },
    /** Open obligations that no wake looks after: there must be none. */
    forgotten: () =>
      room.db.query<{ kind: string; id: string }>("select kind, id from state where kind in ('alert', 'deadline') and open and (wake_at is null or set_aside is not null)"),
    close: () => room.close(),
  }
}

export type TestRoom = Awaited<ReturnType<typeof testRoom>>
