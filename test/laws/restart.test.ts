import pg from 'pg'
import { beforeAll, describe, expect, inject, test } from 'vitest'
import { joinBoard, type Client, type Reader } from '../harness/client.ts'
import { testRoom, type TestRoom } from '../harness/room.ts'

const call = (n: number) => ({ source: { channel: 'phone' }, typeCode: '12G00', township: '442000118', level: 4, narrative: `第${n}个来电` })

/** A backup brought back: the same rows in another database. */
async function restored(database: string): Promise<string> {
  const name = `${database}_back`
  const client = new pg.Client(inject('postgres'))
  await client.connect()
  await client.query(`create database ${name} template ${database}`)
  await client.end()
  return name
}

describe('A screen with a number from before', () => {
  let room: TestRoom
  let desk: Client
  let left: Reader

  beforeAll(async () => {
    room = await testRoom()
    desk = await room.as('officer1')
    left = await desk.board()
    const { seq } = await desk.do('incident.log', call(1))
    await left.until(() => left.seq() >= seq)
    left.close()
    await desk.do('incident.log', call(2))
  })

  const cursor = () => ({ book: left.book, seq: left.seq() })

  test('comes back to the same book after a restart: it gets exactly what it missed', async () => {
    await room.restarts()
    const back = await joinBoard(room.url, desk.headers, cursor())
    expect(back.joined).toMatchObject({ mode: 'tail', book: left.book, head: left.seq() + 2 })
    back.resume(left.board())
    const fresh = await joinBoard(room.url, desk.headers, null)
    expect(back.board().things).toEqual(fresh.board().things)
    back.close()
    fresh.close()
  })

  test('comes to a restored backup: the book has another name, and its number is not believed', async () => {
    await room.close() // a database is only copied while nobody is in it
    const backup = await testRoom({ database: await restored(room.database), clock: room.clock })
    const back = await joinBoard(backup.url, desk.headers, cursor())
    expect(back.joined.mode).toBe('snapshot')
    expect(back.book).not.toBe(left.book)
    expect(back.of('incident')).toHaveLength(2)
    expect(await backup.proves()).toMatchObject({ verdict: { ok: true }, astray: [] })
    back.close()
    await backup.close()
  })
})
