import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { refold } from '@duty/server/book/refold.ts'
import { rules } from '@duty/server/rules.ts'
import type { Client, Reader } from '../harness/client.ts'
import { testRoom, type TestRoom } from '../harness/room.ts'
import { heard, idsByKind, leaks, readAll, readsOf } from './everything.ts'

const CALLER = '李建国'
const SECRETS = [CALLER, '13812345678', '440101199001011234']
const words = (about: string) => `${about}：${CALLER}，138-1234-5678，440101 19900101 1234`

describe('Given a caller on an incident that is over (应对法 §85)', () => {
  let room: TestRoom
  let desk: Client, chief: Client, auditor: Client
  let deskBoard: Reader
  let beginning: { book: string; seq: number }, whileOpen: { book: string; seq: number }
  let id: string, another: string
  const key = randomUUID()
  const source = { channel: 'phone', person: CALLER, phone: '138 1234 5678', alreadyTold: words('已告') }
  const call = () => ({ source, typeCode: '12G00', township: '442000118', level: 1, title: words('起火'), address: words('门牌'), narrative: words('经过') })

  beforeAll(async () => {
    room = await testRoom()
    ;[desk, chief, auditor] = (await Promise.all(['officer1', 'chief', 'auditor'].map(u => room.as(u)))) as [Client, Client, Client]
    deskBoard = await desk.board()
    beginning = { book: deskBoard.book, seq: deskBoard.seq() }
    id = (await desk.do('incident.log', call(), key)).id
    await desk.do('incident.addCall', { id, source, narrative: words('再来电') })
    await desk.do('incident.followUp', { id, narrative: words('续报'), measures: words('措施'), reason: words('因') })
    await desk.do('incident.revise', { id, title: words('改题'), reason: words('因') })
    whileOpen = { book: deskBoard.book, seq: room.node.fanout.head() - 1 }
    another = (await desk.do('incident.log', { source: { channel: 'phone', person: '王小芳', phone: '13911112222' }, typeCode: '12G00', township: '442000118', narrative: '王小芳称' })).id
  })
  afterAll(async () => {
    deskBoard.close()
    await room.close()
  })

  const kept = async () => (await room.query<{ n: number }>("select count(*)::int as n from personal where kind = 'incident' and id = $1", [id]))[0]!.n

  test('while it is open, the words are in use and are not destroyed', async () => {
    expect((await chief.raw('incident.forget', { id, reason: '期满' })).json).toMatchObject({ status: 409, code: 'still-open' })
    expect(await kept()).toBe(4)
  })

  test('when it is closed and they are destroyed, then that is itself an entry, and the rows are gone', async () => {
    await desk.do('incident.close', { id, summary: words('终报') })
    expect(await kept()).toBe(5)
    const { now } = await chief.do('incident.forget', { id, reason: words('期满销毁') })
    expect(now).toMatchObject({ status: 'closed', source: { person: '李*', phone: '138****5678' }, title: '改题：李*，138****5678，440****1234' })
    expect(await kept()).toBe(0)
    const { items } = (await desk.get(`/api/incident/${id}/history`)).json
    expect(items.at(-1)).toMatchObject({ type: 'incident.forgotten', by: 'chief', data: { reason: '期满销毁：李*，138****5678，440****1234' } })
  })

  test('then the book proves itself as before, and every state is what it says', async () => {
    expect(await room.proves()).toMatchObject({ verdict: { ok: true }, astray: [] })
    const states = () => room.query('select * from state order by kind, id')
    const before = await states()
    await refold(room.node.db, rules)
    expect(await states()).toEqual(before)
  })

  test('then not one row of the database holds the caller', async () => {
    for (const table of ['entry', 'personal', 'state', 'command', 'book']) {
      const text = JSON.stringify(await room.query(`select t.*, to_jsonb(t)::text as whole from ${table} t`))
      const mine = heard()
      mine.hears(table, text)
      expect(leaks(mine, SECRETS)).toEqual([])
    }
  })

  test.each(['at once', 'after a restart'])('then no read shows the caller any more, not even to the room: %s', async when => {
    if (when !== 'at once') {
      deskBoard.close()
      await room.restarts()
      ;[desk, chief, auditor] = (await Promise.all(['officer1', 'chief', 'auditor'].map(u => room.as(u)))) as [Client, Client, Client]
      deskBoard = await desk.board()
    }
    const urls = readsOf(await idsByKind(room, ['incident', 'instruction', 'alert', 'deadline', 'shift']))
    const asked = await desk.raw('incident.log', call(), key)
    expect(asked).toMatchObject({ status: 200, json: { id, version: 1 } })
    for (const client of [desk, chief, auditor]) {
      const mine = heard()
      const fresh = await client.board()
      await readAll(client, fresh, beginning, urls, mine)
      fresh.close()
      const tail = await client.board({ ...whileOpen, book: fresh.book })
      expect(tail.joined).toMatchObject({ mode: 'tail' })
      mine.hears('the tail of one who saw it open', tail.joined)
      tail.close()
      mine.hears('the first answer, asked for again', asked.json)
      const found = await client.get(`/api/incidents?q=${encodeURIComponent(CALLER)}`)
      expect(found.json.items).toEqual([])
      expect(leaks(mine, SECRETS)).toEqual([])
    }
  })

  test('then another caller is as before', async () => {
    expect((await desk.get(`/api/incidents/${another}`)).json).toMatchObject({ source: { person: '王小芳', phone: '13911112222' }, narrative: '王小芳称' })
  })

  test('when it is opened again and somebody calls, then the new words are kept as any other', async () => {
    await desk.do('incident.reopen', { id, reason: '复燃' })
    const { now } = await desk.do('incident.addCall', { id, source: { channel: 'phone', person: '陈阿婆', phone: '13700001111' } })
    expect(now!.calls.map((c: { source: { person: string } }) => c.source.person)).toEqual(['李*', '陈阿婆'])
    expect(await kept()).toBe(1)
    expect(await room.proves()).toMatchObject({ verdict: { ok: true }, astray: [] })
  })
})
