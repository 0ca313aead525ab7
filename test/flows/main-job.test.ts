import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { testRoom, type TestRoom } from '../harness/room.ts'
import type { Client, Reader } from '../harness/client.ts'

describe('A call at night, from the desk to the closed instruction', () => {
  let room: TestRoom
  let desk: Client, mayor: Client, fire: Client, health: Client
  let deskBoard: Reader, mayorBoard: Reader, fireBoard: Reader
  let incident: string, instruction: string

  beforeAll(async () => {
    room = await testRoom()
    ;[desk, mayor, fire, health] = (await Promise.all(['officer1', 'mayor', 'dept-fire', 'dept-health'].map(u => room.as(u)))) as [Client, Client, Client, Client]
    ;[deskBoard, mayorBoard, fireBoard] = await Promise.all([desk.board(), mayor.board(), fire.board()])
  })
  afterAll(async () => {
    for (const b of [deskBoard, mayorBoard, fireBoard]) b.close()
    await room.close()
  })

  test('02:14 a tenement burns in 小榄: logged, it stands on the mayor’s phone and rings there', async () => {
    const { id, now } = await desk.do('incident.log', {
      source: { channel: 'phone', person: '李建国', phone: '13800000000' },
      typeCode: '12G00',
      township: '442000118',
      address: '升平路12号',
      casualties: { dead: 3, missing: 1, trapped: null, seriouslyInjured: 2, injured: null },
      narrative: '李建国称出租屋起火，联系电话13800000000',
      level: 2,
    })
    incident = id
    expect(now).toMatchObject({ no: '20260601-001', title: '小榄镇火灾事故', source: { person: '李建国' } })
    const shown = await mayorBoard.until(() => mayorBoard.get('incident', id))
    expect(shown).toMatchObject({ narrative: '李*称出租屋起火，联系电话138****0000', source: { person: '李*', phone: '138****0000' } })
    const alert = await mayorBoard.until(() => mayorBoard.of('alert').find(a => a.about?.id === id))
    expect(Object.keys(alert.people).toSorted()).toEqual(['lead', 'mayor', 'vicemayor'])
    expect(deskBoard.of('deadline').map(d => d.rule.channel).toSorted((a, b) => a.localeCompare(b))).toEqual(['paper', 'phone'])
  })

  test('the mayor has it, has seen it, acknowledges: one tap each, said twice meaning once', async () => {
    const { id } = mayorBoard.of('alert').find(a => a.about?.id === incident)!
    await mayorBoard.socket.emitWithAck('alert:delivered', { id })
    await mayor.do('alert.seen', { id })
    await mayor.do('alert.acknowledge', { id })
    const again = await mayor.do('alert.acknowledge', { id })
    expect(again.now!.people.mayor).toMatchObject({ status: 'acknowledged', post: 'mayor' })
  })

  test('nobody else answers: at two minutes it rings again, at five the desk is rung to telephone', async () => {
    await room.passes('5 minutes')
    const alert = deskBoard.of('alert').find(a => a.about?.id === incident)!
    expect(alert.people.vicemayor).toMatchObject({ status: 'queued', rings: 3 })
    expect(alert.people.mayor.rings).toBe(1)
    expect(Object.keys(alert.people)).toContain('officer1')
  })

  test('the officer telephones and signs on behalf, with the words that were said; the ringing ends', async () => {
    const { id } = deskBoard.of('alert').find(a => a.about?.id === incident)!
    await desk.do('alert.acknowledge', { id, onBehalfOf: 'vicemayor', how: '电话', words: '知道了，马上到' })
    const { now } = await desk.do('alert.acknowledge', { id, onBehalfOf: 'lead', how: '当面' })
    expect(now).toMatchObject({ status: 'acknowledged', nextAt: null, people: { vicemayor: { onBehalfBy: 'officer1', words: '知道了，马上到' } } })
    await deskBoard.until(() => !deskBoard.get('alert', id))
  })

  test('the mayor instructs two units; fire learns of it when it is relayed, and of the incident with it', async () => {
    const { id } = await mayor.do('instruction.issue', { text: '全力救治伤员，核清失联人员', kind: 'instruction', urgency: 'urgent', units: ['fire', 'health'], incident })
    instruction = id
    expect(fireBoard.get('instruction', id)).toBeUndefined()
    expect((await fire.get(`/api/incidents/${incident}`)).status).toBe(404)
    await desk.do('instruction.relay', { id, unit: 'fire', via: 'phone', toldTo: '支队值班长' })
    const seen = await fireBoard.until(() => fireBoard.get('instruction', id))
    expect(Object.keys(seen.relays)).toEqual(['fire'])
    await fireBoard.until(() => fireBoard.get('incident', incident))
    expect((await health.raw('instruction.receipt', { id, unit: 'health', person: '赵某' })).status).toBe(404)
    await desk.do('instruction.relay', { id, unit: 'health', via: 'phone' })
  })

  test('each unit signs, answers, is done; the instruction closes, and the log shows every step', async () => {
    for (const [unit, who] of [['fire', fire], ['health', health]] as const) {
      await who.do('instruction.receipt', { id: instruction, unit, person: '王某' })
      await who.do('instruction.feedback', { id: instruction, unit, text: '已处置', done: true })
    }
    await desk.do('instruction.close', { id: instruction, summary: '已落实' })
    await fireBoard.until(() => !fireBoard.get('instruction', instruction))
    const { json } = await desk.get(`/api/instruction/${instruction}/history`)
    expect(json.items.map((e: { type: string }) => e.type.split('.')[1])).toEqual(['issued', 'relayed', 'relayed', 'receipted', 'answered', 'receipted', 'answered', 'closed'])
  })

  test('the book proves itself, the states are what it says, nothing open is forgotten', async () => {
    expect(await room.proves()).toMatchObject({ verdict: { ok: true }, astray: [] })
    expect(await room.forgotten()).toEqual([])
  })
})
