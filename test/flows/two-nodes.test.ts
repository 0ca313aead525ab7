import { randomUUID } from 'node:crypto'
import { rmSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ownRedis, type OwnRedis } from '@duty/server/live/own-redis.ts'
import { clientOf, joinBoard, signIn, type Client, type Reader } from '../harness/client.ts'
import { obedientClock } from '../harness/clock.ts'
import { roundRobin, type Proxy } from '../harness/proxy.ts'
import { testRoom, type TestRoom } from '../harness/room.ts'
import { newDirectory, until } from '../laws/living.ts'

const call = (n: number) => ({ source: { channel: 'phone' }, typeCode: '12G00', township: '442000118', level: 4, narrative: `第${n}个来电` })
const statusOf = async (room: TestRoom) => ((await room.stranger().get('/readyz')).json as { status: string }).status
const sinceMs = (from: number) => performance.now() - from

describe('Two nodes on one PostgreSQL and one Redis, behind a balancer', () => {
  const dataDir = newDirectory()
  let redis: OwnRedis
  let a: TestRoom, b: TestRoom
  let proxy: Proxy
  let desk: Client
  let onA: Reader, onB: Reader

  beforeAll(async () => {
    redis = (await ownRedis({ dataDir, log: () => {} }))!
    a = await testRoom({ redis, live: true })
    b = await testRoom({ redis, live: true, database: a.database })
    proxy = await roundRobin([a.url, b.url])
    desk = await signIn(proxy.url, 'officer1')
    onA = await desk.board()
    onB = await desk.board()
  })
  afterAll(async () => {
    for (const reader of [onA, onB]) reader.close()
    await proxy.close()
    await b.close()
    await a.close()
    await redis.stop()
    rmSync(dataDir, { recursive: true, force: true })
  })

  /** What a reader was sent since both had joined, as far as both have come. */
  const since = ({ lines }: Reader) => {
    const [from, upTo] = [Math.max(onA.joined.head, onB.joined.head), Math.min(onA.seq(), onB.seq())]
    return lines.filter(l => l.seq > from && l.seq <= upTo)
  }

  /** The same person, asking one node without the balancer. */
  const at = (room: TestRoom) => clientOf(room.url, desk.headers, desk.username)

  test('a client on each sees the same lines in the same order, whoever wrote them', async () => {
    expect([a.node.sockets.connected(), b.node.sockets.connected()]).toEqual([1, 1])
    const done = await Promise.all(Array.from({ length: 40 }, (_, n) => at(n % 2 ? a : b).do('incident.log', call(n))))
    const head = Math.max(...done.map(d => d.seq))
    await Promise.all([onA, onB].map(reader => reader.until(() => reader.seq() >= head)))
    expect(since(onA).length).toBeGreaterThanOrEqual(40)
    expect(since(onB)).toEqual(since(onA))
    await Promise.all([onA.until(() => onA.seq() >= onB.seq()), onB.until(() => onB.seq() >= onA.seq())])
    expect(onB.board()).toEqual(onA.board())
  })

  test('a sign-out on one ends the session on the other within a second, its sockets first', async () => {
    const lead = await signIn(a.url, 'lead')
    const sameOnB = clientOf(b.url, lead.headers)
    const screen = await joinBoard(b.url, lead.headers, null)
    expect((await sameOnB.get('/api/me')).status).toBe(200)
    const from = performance.now()
    expect((await lead.call('DELETE', '/api/session')).status).toBe(204)
    await screen.until(() => screen.socket.disconnected, 1_000)
    expect((await sameOnB.get('/api/me')).status).toBe(401)
    expect(sinceMs(from)).toBeLessThan(1_000)
  })

  test('Redis goes away: both say degraded, and every line still reaches both within two seconds', async () => {
    await redis.stop()
    for (const room of [a, b]) await until('degraded', async () => (await statusOf(room)) === 'degraded')
    for (const [room, reader] of [
      [a, onB],
      [b, onA],
    ] as const) {
      const { id } = await at(room).do('incident.log', call(100))
      const from = performance.now()
      await reader.until(() => reader.get('incident', id), 2_000)
      expect(sinceMs(from)).toBeLessThan(2_000)
    }
  })

  test('a sign-out is heard of even then, from the store', async () => {
    const lead = await signIn(a.url, 'lead')
    const screen = await joinBoard(b.url, lead.headers, null)
    await lead.call('DELETE', '/api/session')
    await screen.until(() => screen.socket.disconnected, 2_000)
    expect((await clientOf(b.url, lead.headers).get('/api/me')).status).toBe(401)
  })

  test('Redis is back: both say ok, and lines come at once again', async () => {
    redis = (await ownRedis({ dataDir, log: () => {} }))!
    for (const room of [a, b]) await until('ok', async () => (await statusOf(room)) === 'ok')
    const { id } = await at(a).do('incident.log', call(200))
    await onB.until(() => onB.get('incident', id), 1_000)
    await onA.until(() => onA.seq() >= onB.seq())
    expect(since(onB)).toEqual(since(onA))
    expect(await a.proves()).toMatchObject({ verdict: { ok: true }, astray: [] })
  })
})

describe('Two nodes that have nothing in common but the book', () => {
  const clock = obedientClock()
  let a: TestRoom, b: TestRoom

  beforeAll(async () => {
    a = await testRoom({ clock })
    b = await testRoom({ clock, database: a.database })
  })
  afterAll(async () => {
    await b.close()
    await a.close()
  })

  test('a command asked on one and repeated on the other, later or in the same moment, is one deed with one answer', async () => {
    const [onA, onB] = [await a.as('officer1'), await b.as('officer1')]
    const key = randomUUID()
    const first = await onA.do('incident.log', call(1), key)
    expect(await onB.do('incident.log', call(1), key)).toEqual(first)

    const keys = Array.from({ length: 20 }, () => randomUUID())
    const twice = await Promise.all(keys.map((k, n) => Promise.all([onA.do('incident.log', call(n), k), onB.do('incident.log', call(n), k)])))
    for (const [one, other] of twice) expect(other).toEqual(one)
    const [{ logged } = { logged: 0 }] = await a.query<{ logged: number }>("select count(*)::int as logged from entry where type = 'incident.logged'")
    expect(logged).toBe(21)
    expect((await onB.raw('incident.log', call(99), key)).status).toBe(409)
  })

  test('both clocks look in the same moment: everything that is due happens once', async () => {
    const escalations = () =>
      a.query<{ id: string; version: number }>("select id, version from entry where by = 'clock' and type = 'alert.escalated' order by id, version")
    for (const step of ['first', 'second', 'third']) {
      const [next] = await a.query<{ at: string }>('select max(wake_at) as at from state where kind = $1 and open', ['alert'])
      const due = await a.query<{ id: string; version: number }>('select id, version from state where kind = $1 and open and wake_at <= $2 order by id', ['alert', next!.at])
      const before = await escalations()
      clock.set(Date.parse(next!.at))
      await Promise.all([a.node.tick(), b.node.tick(), b.node.tick(), a.node.tick()])
      const after = await escalations()
      expect(due.length, step).toBeGreaterThan(20)
      expect(after.filter(e => !before.some(x => x.id === e.id && x.version === e.version)), step).toEqual(due.map(d => ({ id: d.id, version: d.version + 1 })))
    }
    expect(await a.forgotten()).toEqual([])
    expect(await a.proves()).toMatchObject({ verdict: { ok: true }, astray: [] })
  })

  test('a screen that comes from the node which has heard more is not shown an older board', async () => {
    await Promise.all([a.node.beat(1), b.node.beat(1)])
    const desk = await a.as('officer1')
    const before = await desk.board()
    const { seq } = await desk.do('incident.log', call(300))
    await before.until(() => before.seq() >= seq)
    before.close()
    expect(b.node.fanout.head()).toBeLessThan(seq)
    const after = await joinBoard(b.url, desk.headers, { book: before.book, seq: before.seq() })
    expect(after.joined).toMatchObject({ mode: 'tail', lines: [], head: before.seq(), book: before.book })
    after.close()
  })
})
