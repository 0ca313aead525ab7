import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { advance, boardOf, type Board, type Line } from '@duty/shared/kernel/wire.ts'
import type { Client } from '../harness/client.ts'
import { testRoom, type TestRoom } from '../harness/room.ts'

const call = { source: { channel: 'phone' }, typeCode: '12G00', township: '442000118' }

describe('Given a reader far behind', () => {
  let room: TestRoom
  let desk: Client, xiaolan: Client

  beforeAll(async () => {
    room = await testRoom()
    ;[desk, xiaolan] = (await Promise.all(['officer1', 'town-xiaolan'].map(u => room.as(u)))) as [Client, Client]
  })
  afterAll(() => room.close())

  const head = () => room.node.fanout.head()

  /** Reads page by page; all the lines, and the board they make of the one that was left. */
  async function readOn(client: Client, left: Board, limit: number): Promise<{ lines: Line[]; board: Board }> {
    const lines: Line[] = []
    let board = left
    while (board.seq < head()) {
      const page = (await client.get(`/api/lines?after=${board.seq}&limit=${limit}`)).json.lines as Line[]
      lines.push(...page)
      board = page.reduce(advance, board)
    }
    return { lines, board }
  }

  async function snapshot(client: Client): Promise<Board> {
    const reader = await client.board()
    reader.close()
    return reader.board()
  }

  test.each([1, 2, 3, 7])('when an incident closes, opens and closes again, pages of %i leave nothing on the board that is not there', async limit => {
    const { id } = await desk.do('incident.log', call)
    const left = await snapshot(desk)
    expect(left.things.has(`incident/${id}`)).toBe(true)
    await desk.do('incident.close', { id, summary: '处置完毕' })
    await desk.do('incident.reopen', { id, reason: '复燃' })
    await desk.do('incident.addCall', { id, source: { channel: 'phone' } })
    await desk.do('incident.close', { id, summary: '处置完毕' })
    const { board } = await readOn(desk, left, limit)
    expect(board.things.has(`incident/${id}`)).toBe(false)
    expect(Object.fromEntries(board.things)).toEqual(Object.fromEntries((await snapshot(desk)).things))
  })

  test('when it closes anew while the pages are being read, it is gone all the same', async () => {
    const { id } = await desk.do('incident.log', call)
    const left = await snapshot(desk)
    await desk.do('incident.close', { id, summary: '处置完毕' })
    await desk.do('incident.reopen', { id, reason: '复燃' })
    const page = (await desk.get(`/api/lines?after=${left.seq}&limit=1`)).json.lines as Line[]
    await desk.do('incident.close', { id, summary: '处置完毕' })
    const { board } = await readOn(desk, page.reduce(advance, left), 10)
    expect(board.things.has(`incident/${id}`)).toBe(false)
  })

  test('when a town was named by mistake and put right, its liaison is told nothing more of it, in no page and no tail', async () => {
    const left = await xiaolan.board()
    const { id } = await desk.do('incident.log', { ...call, narrative: '只有古镇该知道' })
    await left.until(() => left.get('incident', id))
    left.close()
    const before = boardOf(left.joined && 'head' in left.joined ? left.joined.head : 0, [])
    await desk.do('incident.revise', { id, township: '442000105' })
    await desk.do('incident.followUp', { id, narrative: '只有古镇该知道' })
    const { lines, board } = await readOn(xiaolan, before, 1)
    expect(JSON.stringify(lines)).not.toContain('只有古镇该知道')
    expect(board.things.has(`incident/${id}`)).toBe(false)
    const again = await xiaolan.board({ book: left.book, seq: before.seq })
    expect(again.joined).toMatchObject({ mode: 'tail' })
    expect(JSON.stringify(again.joined)).not.toContain('只有古镇该知道')
    again.close()
  })

  test('when lines are asked for over HTTP, they are of the same book, and the same, as over a socket', async () => {
    const reader = await desk.board()
    const { id } = await desk.do('incident.log', call)
    await reader.until(() => reader.get('incident', id))
    const { json } = await desk.get(`/api/lines?after=${(reader.joined as { head: number }).head}`)
    expect(json.book).toBe(reader.book)
    const tail = await desk.board({ book: json.book, seq: (reader.joined as { head: number }).head })
    expect((tail.joined as { lines: Line[] }).lines).toEqual(json.lines)
    for (const r of [reader, tail]) r.close()
  })

  test('when the book is another, or the reader is ahead of it, it gets a snapshot', async () => {
    const { book } = await desk.board().then(r => (r.close(), r))
    for (const cursor of [{ book: randomUUID(), seq: head() }, { book, seq: head() + 10 }]) {
      const reader = await desk.board(cursor)
      expect(reader.joined).toMatchObject({ mode: 'snapshot', head: head() })
      reader.close()
    }
  })

  test('when it joins again and again on one socket while others write, the first line after each answer is head + 1', async () => {
    const old = (await snapshot(desk)).seq
    await desk.do('incident.log', call)
    await room.restarts() // nothing is kept at hand: the tail must be read from the book
    desk = await room.as('officer1')
    const { socket, book, close } = await desk.board()
    let reached: number | null = null
    const wrong: string[] = []
    socket.on('line', (line: Line) => {
      if (reached === null) return // still of the board that is being left
      if ((line.since ?? line.seq) !== reached + 1) wrong.push(`${line.seq} came after ${reached}`)
      else reached = line.seq
    })
    const join = () =>
      new Promise<void>(answered => {
        reached = null
        socket.emit('board:join', { book, seq: old }, (answer: { head: number }) => {
          reached = answer.head
          answered()
        })
      })
    let writing = true
    const writer = (async () => {
      for (let n = 0; n < 40; n++) await desk.do('incident.log', call)
      writing = false
    })()
    let joins = 0
    for (; writing; joins++) await join()
    await writer
    await join()
    expect(joins).toBeGreaterThan(10)
    expect(wrong).toEqual([])
    expect(reached).toBe(head())
    close()
  })
})
