import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Actor } from '@duty/shared/kernel/kind.ts'
import { testRoom, type TestRoom } from '../harness/room.ts'

const DESK: Actor = { person: 'officer1', name: '陈志远', roles: ['officer'], units: [] }

describe('Given one row that the store refuses, among commands that share a transaction', () => {
  let room: TestRoom
  let ids: string[]

  const grade = (id: string, level: number, key = randomUUID()) => room.node.execute({ command: 'incident.grade', kind: 'incident', id, body: { level, reason: '核定' }, key, by: DESK })
  const version = async (id: string) => (await room.query<{ version: number }>('select version from state where id = $1', [id]))[0]!.version

  beforeAll(async () => {
    room = await testRoom()
    const desk = await room.as('officer1')
    ids = []
    for (let n = 0; n < 5; n++) ids.push((await desk.do('incident.log', { source: { channel: 'phone' }, typeCode: '12G00', township: null })).id)
    await room.query(`create function refuse_row() returns trigger language plpgsql as $$ begin raise exception 'poisoned' using errcode = 'data_exception'; end $$`)
    await room.query(`create trigger poison before insert or update on state for each row when (new.id = '${ids[2]!}') execute function refuse_row()`)
  })
  afterAll(() => room.close())

  test('when they are decided together, then it alone fails and the others are written, in order and once', async () => {
    const outcomes = await Promise.allSettled(ids.map(id => grade(id, 3)))
    expect(outcomes.map(o => o.status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled', 'fulfilled'])
    expect(await Promise.all(ids.map(version))).toEqual([2, 2, 1, 2, 2])
    expect(await room.proves()).toMatchObject({ verdict: { ok: true }, astray: [] })
  })

  test('when the same thing is meant twice after it, then the second builds on the first', async () => {
    const [, , a, b] = await Promise.allSettled([grade(ids[2]!, 2), grade(ids[2]!, 1), grade(ids[0]!, 2), grade(ids[0]!, 1)])
    expect([a.status, b.status]).toEqual(['fulfilled', 'fulfilled'])
    expect(await version(ids[0]!)).toBe(4)
    expect(await room.proves()).toMatchObject({ verdict: { ok: true }, astray: [] })
  })

  test('when it is asked over the wire, then the answer is 500 without a word of the inside, and the next is answered', async () => {
    const desk = await room.as('officer1')
    const { status, json } = await desk.raw('incident.grade', { id: ids[2]!, level: 4, reason: '某' })
    expect(status).toBe(500)
    expect(JSON.stringify(json)).not.toMatch(/poisoned|state|sql|trigger|\.ts/i)
    expect((await desk.raw('incident.grade', { id: ids[3]!, level: 4, reason: '某' })).status).toBe(200)
    expect(room.logged.some(l => l.event === 'http.failed')).toBe(true)
  })
})
