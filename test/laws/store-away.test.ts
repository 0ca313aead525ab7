import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, describe, expect, inject, test } from 'vitest'
import type { Written } from '@duty/server/book/rules.ts'
import { cable, type Cable, type Cut } from '../harness/cable.ts'
import type { Client, Reader } from '../harness/client.ts'
import { testRoom, type TestRoom } from '../harness/room.ts'

const call = (n: number) => ({ source: { channel: 'phone' }, typeCode: '12G00', township: '442000118', level: 4, narrative: `第${n}个来电` })

describe('The way to the store is cut', () => {
  let way: Cable
  let room: TestRoom
  let desk: Client
  let board: Reader

  beforeAll(async () => {
    way = await cable(inject('postgres'))
    room = await testRoom({ by: way.place })
    desk = await room.as('officer1')
    board = await desk.board()
  })
  afterEach(() => way.up())
  afterAll(async () => {
    board.close()
    await room.close()
    await way.close()
  })

  const cuts: Cut[] = ['after the lock', 'before the commit', 'after the commit']
  // a single command: no later line can show the screens that they have missed one
  test.each(cuts.flatMap(cut => [[cut, 10] as const, [cut, 1] as const]))('%s of %i: everybody is answered, everything stands once, every screen has it', async (cut, asked) => {
    const before = await room.query<{ n: number }>('select count(*)::int as n from entry')
    const cutsBefore = way.cuts()
    way.arm(cut)
    const done = await Promise.all(Array.from({ length: asked }, (_, n) => desk.do('incident.log', call(n))))
    expect(way.cuts()).toBe(cutsBefore + 1)
    expect(new Set(done.map(d => d.seq)).size).toBe(asked)
    // one entry for the call, one for its alert
    expect(await room.query('select count(*)::int as n from entry')).toEqual([{ n: before[0]!.n + 2 * asked }])
    const head = Math.max(...done.map(d => d.seq))
    // no beat helps: the room itself must have noticed that nobody was told
    await board.until(() => board.seq() >= head, 1_000)
    for (const d of done) expect(board.get('incident', d.id)).toEqual(d.now)
    expect(await room.proves()).toMatchObject({ verdict: { ok: true }, astray: [] })
  })

  test('and stays so: the asker is told within seconds, the process lives, the same key does it once when the way is free again', async () => {
    const key = randomUUID()
    way.down()
    const { status, json, headers } = await desk.raw('incident.log', call(1), key)
    expect({ status, code: json.code, again: headers.get('retry-after') }).toEqual({ status: 503, code: 'store-away', again: '2' })
    expect(JSON.stringify(json)).not.toMatch(/postgres|127\.0\.0\.1|ECONN/i)
    expect((await room.stranger().get('/healthz')).status).toBe(200)
    expect(await room.stranger().get('/readyz')).toMatchObject({ status: 503, json: { status: 'down', checks: { book: 'away' } } })
    await expect(room.node.beat(1)).rejects.toThrow()
    way.up()
    const done = await desk.do('incident.log', call(1), key)
    await desk.do('incident.log', call(1), key)
    expect(await room.query('select count(*)::int as n from entry where command = $1 and cause is null', [key])).toEqual([{ n: 1 }])
    await board.until(() => board.seq() >= done.seq)
    await room.node.beat(1)
    expect(await room.stranger().get('/readyz')).toMatchObject({ status: 200, json: { status: 'ok' } })
  })

  test('while a gap is being read: it is read at the next look; and a line the book does not have is not waited for', async () => {
    const told: Written[] = []
    room.node.fanout.onLines(lines => void told.push(...lines))
    const { seq } = await desk.do('incident.log', call(3))
    await board.until(() => board.seq() >= seq)
    const [last] = told.slice(-1)
    const after = (n: number): Written => ({ ...last!, entry: { ...last!.entry, seq: last!.entry.seq + n } })
    way.down()
    room.node.fanout.offer([after(3)])
    await room.node.fanout.idle()
    way.up()
    room.node.fanout.offer([after(5)])
    await room.node.fanout.idle()
    expect(room.logged.filter(l => l.event === 'live.gap-unread')).toHaveLength(2)
    const next = await desk.do('incident.log', call(4))
    await board.until(() => board.seq() >= next.seq)
    expect(board.get('incident', next.id)).toEqual(next.now)
  })

  test('for a moment: nobody notices but for the wait', async () => {
    way.down()
    const [asked, read] = [desk.raw('incident.log', call(2)), desk.get('/api/incidents')]
    await expect.poll(() => room.logged.filter(l => l.event === 'db.connection-lost').length).toBeGreaterThan(0)
    way.up()
    expect([(await asked).status, (await read).status]).toEqual([200, 200])
  })
})
