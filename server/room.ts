import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import type { Posts, Shift } from '@duty/shared/shift/shift.ts'
import { shiftAt } from '@duty/shared/shift/shift.ts'
import type { Thing } from '@duty/shared/kernel/kind.ts'
import type pg from 'pg'
import { beginBook } from './book/begin.ts'
import { openClock } from './book/clock.ts'
import { openExecute, type Command } from './book/execute.ts'
import { headOf, openThings, wasAsked, writtenBetween } from './book/read.ts'
import { openDb } from './db/db.ts'
import { migrate } from './db/migrate.ts'
import { openApp } from './http/app.ts'
import { openAsides } from './http/asides.ts'
import { openDoor } from './http/commands.ts'
import { openDrain } from './http/drain.ts'
import { readRoutes } from './http/reads.ts'
import { isSameOrigin } from './http/request.ts'
import { sessionRoutes } from './http/session.ts'
import { openAskers } from './identity/asker.ts'
import { openBearers } from './identity/bearers.ts'
import { endedAmong } from './identity/ended.ts'
import { openSessions } from './identity/sessions.ts'
import { openSignIn } from './identity/sign-in.ts'
import { openDuty } from './live/duty.ts'
import { openFanout } from './live/fanout.ts'
import { openNudge } from './live/nudge.ts'
import { openPeople } from './live/people.ts'
import type { RedisPlace } from './live/redis.ts'
import { openSockets, type Holder, type Sockets } from './live/sockets.ts'
import type { Log } from './log.ts'
import { openMetrics } from './metrics.ts'
import { rules } from './rules.ts'
import { seed } from './seed.ts'

/** What a room is made of; where the store and Redis are has been decided by whoever opens it. */
export interface RoomOptions {
  store: pg.PoolConfig
  redis: RedisPlace
  host: string
  port: number
  secretKey: string
  demo: boolean
  trustProxy: number
  rateLimited: boolean
  log: Log
  say(line: string): void
  /** Milliseconds since 1970; tests give a clock that obeys. */
  nowMs(): number
  /** Whether the room looks at its clock by itself; tests tell it when to. */
  runs: boolean
}

const TICK_MS = 1_000
const SWEEP_EVERY_TICKS = 60
const CLOCK_STUCK_MS = 15_000

/** Opens a whole room: the book, its clock, the live side and the HTTP side, on one port. */
export async function openRoom(options: RoomOptions) {
  const { log, nowMs, secretKey } = options
  const nowIso = () => new Date(nowMs()).toISOString()
  const ending = new AbortController()
  const db = openDb(options.store, log, ending.signal)
  await migrate(db)
  await beginBook(db, nowIso())

  const start = await openThings(db.query)
  const readBetween = (after: number, upTo: number) => writtenBetween(db.query, rules, after, upTo)
  const readHead = async () => (await headOf(db.query)).head
  const fanout = openFanout({ start, readBetween, readHead, log })
  const look = () => fanout.lookUp().catch((error: Error) => log('live.look-failed', { message: error.message }))
  const nudge = openNudge(options.redis, start.book, { onLines: fanout.offer, onNews: () => void look() }, log)
  const { execute, idle } = openExecute({
    db,
    rules,
    log,
    now: nowIso,
    lot: Math.random,
    ending: ending.signal,
    onWritten(written) {
      fanout.offer(written)
      nudge.tell(written)
    },
    onDoubt() {
      void look()
      nudge.tellNews()
    },
  })
  const clock = openClock({ db, now: nowIso, execute, log })
  await seed({ execute, query: db.query, demo: options.demo, nowMs: nowMs(), say: options.say })
  await fanout.lookUp()

  const people = openPeople(fanout, onAccount)
  const duty = openDuty({ place: options.redis, book: start.book, nowMs, postsByBook: () => people.at(nowIso()).posts, log })
  const onEnd = (grant: string) => {
    sockets.end(grant)
    nudge.tellEnded(grant)
  }
  const sessions = openSessions({ db, people, nowMs, onEnd })
  const bearers = openBearers({ db, nowMs, onEnd })
  const signIn = openSignIn({ db, secretKey, nowMs })
  const askers = openAskers({ sessions, bearers, people, nowIso })
  const metrics = openMetrics({ head: fanout.head, connected: () => sockets.connected() })

  const door = openDoor({ execute: metrics.timed(execute), asides: openAsides({ signIn, sessions, secretKey, nowMs }), wasAsked: (caller, key) => wasAsked(db.query, caller, key) })
  const session = sessionRoutes({ askers, sessions, bearers, signIn, directory: () => people.at(nowIso()), painted: duty.screens })
  const reads = readRoutes({ query: db.query, rules, fanout, currentShift, nowIso })
  const { trustProxy, rateLimited } = options
  const app = openApp({ askers, session, door: door.router, reads, ready, metrics: metrics.read, trustProxy, rateLimited, log })
  const http = createServer(app)
  const drain = openDrain(http)
  const sockets: Sockets = openSockets({ http, fanout, identify, readBetween, nowIso, onDelivered, onPresent, onPainted: (screen, seq) => duty.painted(screen, { seq, at: nowIso() }), log })

  /** Another node has signed somebody out, or revoked a token. */
  const endHere = (grant: string) => {
    sessions.forget(grant)
    bearers.forget(grant)
    sockets.end(grant)
  }
  nudge.onEnded(endHere)

  async function identify(headers: { cookie?: string; origin?: string; host?: string }, auth: { token?: unknown }): Promise<Holder | null> {
    if (headers.cookie && headers.origin && auth.token === undefined && !isSameOrigin(headers.origin, headers.host)) return null
    const asker = await askers.of(headers, auth.token)
    if (!asker || asker.audience.roles.length === 0) return null
    return { audience: asker.audience, person: asker.by.person, grant: asker.grant, screen: asker.sort === 'screen' ? asker.bearer : undefined }
  }

  async function onDelivered({ person, audience }: Holder, id: string): Promise<void> {
    const by = { person, name: people.at(nowIso()).person(person)?.name ?? person, roles: audience.roles, units: audience.units }
    const command: Command = { command: 'alert.deliver', kind: 'alert', id, body: { channel: 'screen' }, key: `delivered:${id}`, by }
    await execute(command)
  }

  async function onPresent({ person, grant }: Holder): Promise<void> {
    await Promise.all([duty.present(person), sessions.touch(grant)])
  }

  /** Roles may have changed, or the account been disabled: its sockets join anew, or not at all. */
  function onAccount(username: string): void {
    sockets.rejoin(username)
    if (people.at(nowIso()).person(username)) return
    sessions.endAll(username).catch((error: Error) => log('sessions.not-ended', { message: error.message }))
  }

  async function currentShift(): Promise<object> {
    const shifts = [...fanout.things()].filter(t => t.kind === 'shift') as unknown as Thing<Shift>[]
    const at = nowIso()
    const shift = shiftAt(shifts, at) ?? null
    const next = shifts.filter(s => s.startsAt > at).toSorted((a, b) => a.startsAt.localeCompare(b.startsAt))[0] ?? null
    const live = await duty.posts()
    const posts: Posts = live === 'unknown' ? Object.fromEntries(Object.entries(people.at(at).posts).map(([p, who]) => [p, [...who]])) : live
    const present = await duty.whoIsPresent()
    const unmanned = present === 'unknown' ? 'unknown' : !(posts.officer ?? []).some(p => present.has(p))
    return { shift, posts, next, handover: null, unmanned }
  }

  async function ready() {
    const book = (await db.isUp()) ? 'ok' : 'away'
    const tick = clock.lastTick()
    const stuck = options.runs && (tick === null || nowMs() - tick > CLOCK_STUCK_MS)
    const live = nudge.state()
    const checks = { book, live, clock: stuck ? 'stuck' : 'ok', courier: 'in-app-only' }
    const status = book !== 'ok' ? 'down' : live === 'away' || stuck ? 'degraded' : 'ok'
    return { status, checks } as const
  }

  let postsTold = ''
  /** Once a second: what is due, what another node may have written or ended unheard, and who sits where. */
  async function beat(count: number): Promise<void> {
    nudge.feel()
    await Promise.all([clock.tick(), fanout.lookUp(), endedAmong(db.query, sockets.grants()).then(ended => ended.forEach(endHere))])
    const { posts } = people.at(nowIso())
    const now = JSON.stringify(posts)
    if (now !== postsTold) await duty.setPosts(posts)
    postsTold = now
    if (count % SWEEP_EVERY_TICKS === 0) await sessions.sweep()
  }

  const running = options.runs ? run() : Promise.resolve()
  async function run(): Promise<void> {
    for (let count = 1; !ending.signal.aborted; count++) {
      const next = pause(TICK_MS, undefined, { signal: ending.signal }).catch(() => undefined)
      await beat(count).catch((error: Error) => log('room.beat-failed', { message: error.message }))
      await next
    }
  }

  await new Promise<void>((listening, failed) => {
    http.once('error', failed)
    http.listen(options.port, options.host, listening)
  })
  const { port } = http.address() as AddressInfo
  const shownHost = options.host.includes(':') ? `[${options.host}]` : options.host

  return {
    url: `http://${shownHost}:${port}`,
    db,
    execute,
    fanout,
    sockets,
    /** One look at what is due. */
    tick: clock.tick,
    beat,
    /** Resolves when nothing waits and every line has gone out. */
    async settle() {
      await idle()
      await fanout.idle()
    },
    async close() {
      ending.abort()
      await drain.answered()
      await running
      await drain.gone(sockets.close())
      await idle()
      await Promise.all([nudge.end(), duty.end()])
      await db.end()
    },
  }
}

export type Room = Awaited<ReturnType<typeof openRoom>>
