import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { pairScreen, type Client, type Reader } from '../harness/client.ts'
import { testRoom, type TestRoom } from '../harness/room.ts'
import { heard, idsByKind, leaks, readAll, readsOf, type Heard } from './everything.ts'

/** What no one but the room may ever read. */
const CALLER = '李建国'
const SECOND = '王小芳'
const NUMBERS = ['13812345678', '13987654321', '440101199001011234', '076088881234']
const SECRETS = [CALLER, SECOND, ...NUMBERS]
const SPELLINGS = ['13812345678', '138 1234 5678', '138-1234-5678', '１３８１２３４５６７８', '+86 138 1234 5678', '139.8765.4321', '440101 19900101 1234', '(0760)8888-1234']

/** Words about the callers, every spelling of every number in them; the second is not spoken of before he has called. */
let n = 0
const firstWords = (about: string) => `${about}：${CALLER}称，回拨${SPELLINGS[n++ % SPELLINGS.length]}或${SPELLINGS[n++ % SPELLINGS.length]}。`
const words = (about: string) => `${firstWords(about)}${SECOND}也称`
/** Words in things that no caller stands on: numbers alone. */
const numbersOnly = (about: string) => `${about}：请回拨${SPELLINGS[n++ % SPELLINGS.length]}，证件${SPELLINGS[6]}。`

const citizen = { channel: 'phone', person: CALLER, phone: '138 1234 5678', title: `业主${CALLER}`, alreadyTold: `${CALLER}已告知物业138-1234-5678` }
const AUDIENCES = ['mayor', 'town-xiaolan', 'dept-fire', 'auditor', 'admin', 'two-hats', 'wall', 'key'] as const

describe('Given callers’ names and numbers in every field that takes words', () => {
  let room: TestRoom
  let desk: Client
  let token: string
  const clients = new Map<string, Client>()
  const readers = new Map<string, Reader>()
  const told = new Map<string, Heard>()
  const beginnings = new Map<string, { book: string; seq: number }>()
  const bearers: Record<string, string> = {}
  let plain: string, sensitive: string, instruction: string

  const board = (who: string) => (who === 'wall' || who === 'key' ? clients.get(who)!.board(null, bearers[who]) : clients.get(who)!.board())

  async function report(about: object): Promise<string> {
    const { id } = await desk.do('incident.log', {
      source: citizen,
      typeCode: '12G00',
      township: '442000118',
      level: 2,
      title: firstWords('出租屋起火'),
      address: firstWords('升平路12号'),
      narrative: firstWords('明火'),
      measures: firstWords('已派员'),
      ...about,
    })
    await desk.do('incident.addCall', { id, source: { channel: 'phone', person: SECOND, phone: '139-8765-4321' }, narrative: words('又来电') })
    await desk.do('incident.followUp', { id, narrative: words('续报'), measures: words('处置'), address: words('地点'), reason: words('更正') })
    await desk.do('incident.revise', { id, title: words('改题'), reason: words('核实') })
    await desk.do('incident.grade', { id, level: 1, reason: words('升级') })
    return id
  }

  beforeAll(async () => {
    room = await testRoom()
    const admin = await room.as('admin')
    await admin.do('account.add', { username: 'two-hats', name: '双岗', roles: ['leader', 'liaison'], units: ['health'], password: 'duty-demo-1234' })
    desk = await room.as('officer1')
    token = await pairScreen(admin, room.stranger())
    bearers.wall = token
    bearers.key = (await admin.call('POST', '/api/keys', { name: '审计导出', scopes: ['read'] })).json.key
    clients.set('officer1', desk)
    for (const who of AUDIENCES) clients.set(who, bearers[who] ? room.stranger({ authorization: `Bearer ${bearers[who]}` }) : await room.as(who))
    for (const who of clients.keys()) {
      const reader = await board(who)
      beginnings.set(who, { book: reader.book, seq: reader.seq() })
      reader.close()
    }
    // before anybody knew the caller's name it was typed into the report
    const early = await desk.do('incident.log', { source: { channel: 'phone' }, typeCode: '12G00', township: '442000118', level: 4, narrative: `${CALLER}家起火` })
    await desk.do('incident.addCall', { id: early.id, source: { channel: 'phone', person: CALLER, phone: '13812345678' } })
    for (const who of clients.keys()) {
      readers.set(who, await board(who))
      told.set(who, heard())
    }
    plain = await report({})
    sensitive = await report({ sensitive: true })
    const issued = await desk.do('instruction.issue', { text: numbersOnly('核清'), kind: 'instruction', urgency: 'flash', units: ['fire', 'health'], incident: plain, from: 'mayor' })
    instruction = issued.id
    await desk.do('instruction.relay', { id: instruction, unit: 'fire', via: numbersOnly('电话').slice(0, 40), toldTo: numbersOnly('值班长').slice(0, 60) })
    await desk.do('instruction.receipt', { id: instruction, unit: 'fire', person: '赵科长', how: numbersOnly('口头').slice(0, 40), words: numbersOnly('收到') })
    await desk.do('instruction.feedback', { id: instruction, unit: 'fire', text: numbersOnly('到场') })
    const rung = await desk.do('alert.raise', { to: ['mayor', 'fire'], text: numbersOnly('提醒'), urgency: 'flash', about: { kind: 'incident', id: plain } })
    await desk.do('alert.acknowledge', { id: rung.id, onBehalfOf: 'mayor', how: numbersOnly('电话').slice(0, 40), words: numbersOnly('知道了'), note: numbersOnly('备注') })
    await desk.do('alert.settle', { id: rung.id, reason: numbersOnly('已回') })
    const deadlines = await idsByKind(room, ['deadline'])
    await desk.do('deadline.meet', { id: deadlines.deadline![0]!, evidence: { who: numbersOnly('省总值班室'), how: numbersOnly('电话').slice(0, 40), words: numbersOnly('已报') } })
    await desk.do('deadline.cancel', { id: deadlines.deadline![1]!, reason: numbersOnly('误设') })
    await room.passes('25 minutes')
    await desk.do('incident.close', { id: plain, summary: words('终报') })
    await desk.do('incident.reopen', { id: plain, reason: words('复燃') })
    await room.settle()
  })
  afterAll(async () => {
    for (const r of readers.values()) r.close()
    await room.close()
  })

  const urls = async () => readsOf(await idsByKind(room, ['incident', 'instruction', 'alert', 'deadline', 'shift', 'account', 'unit', 'post', 'roster']))

  test('then the room itself reads them all: the secrets are there to be found', async () => {
    const mine = heard()
    await readAll(await room.as('officer2'), readers.get('officer1')!, beginnings.get('officer1')!, await urls(), mine)
    for (const secret of SECRETS) expect(leaks(mine, [secret]).length, secret).toBeGreaterThan(5)
    for (const where of ['GET /api/incidents', 'the tail', 'the snapshot', 'the lines as they came']) expect(leaks(mine, SECRETS).some(l => l.startsWith(where)), where).toBe(true)
  })

  test.each(AUDIENCES)('when %s reads every list, thing, history, log, line and board, then none of them is told', async who => {
    const mine = told.get(who)!
    await readAll(clients.get(who)!, readers.get(who)!, beginnings.get(who)!, await urls(), mine, bearers[who])
    expect(leaks(mine, SECRETS)).toEqual([])
    expect(mine.all.length).toBeGreaterThan(50)
  })

  test('when they ask for what they may and may not, then no answer and no refusal tells', async () => {
    const [alert] = (await room.query<{ id: string }>("select id from state where kind = 'alert' and data->>'status' = 'settled' and data->'people' ? 'mayor'")) as [{ id: string }]
    const asked: [string, object][] = [
      ['incident.log', { source: citizen, typeCode: '12G00', township: '442000118', narrative: firstWords('本镇起火'), title: firstWords('起火') }],
      ['incident.log', { source: citizen, typeCode: words('？'), township: words('？'), narrative: 7 }],
      ...[plain, sensitive].flatMap((id): [string, object][] => [
        ['incident.addCall', { id, source: citizen }],
        ['incident.followUp', { id, seen: 1, narrative: words('续') }],
        ['incident.close', { id, seen: 1, summary: words('终') }],
        ['instruction.issue', { text: '速办', kind: 'remark', urgency: 'normal', units: [], incident: id }],
      ]),
      ...['issue', 'relay', 'receipt', 'feedback', 'remind', 'withdraw', 'close'].map((verb): [string, object] => [`instruction.${verb}`, { id: instruction, seen: 1, unit: 'fire', person: '某', text: '某', reason: '某', summary: '某' }]),
      ['instruction.receipt', { id: instruction, seen: 1, unit: 'fire', person: '某' }],
      ['instruction.feedback', { id: instruction, seen: 1, unit: 'fire', text: '某' }],
      ['instruction.close', { id: instruction, seen: 1, summary: '某' }],
      ['alert.acknowledge', { id: alert.id }],
      ['alert.acknowledge', { id: alert.id, seen: 0 }],
      ['alert.seen', { id: alert.id, seen: 0 }],
      ['account.setPassword', { person: 'officer1', password: 'a new password', seen: 0 }],
    ]
    const statuses = new Set<number>()
    for (const who of AUDIENCES) {
      const mine = heard()
      for (const [command, body] of asked) {
        const { status, json } = await clients.get(who)!.raw(command, body)
        statuses.add(status)
        mine.hears(`${command} by ${who}: ${status}`, json)
      }
      expect(leaks(mine, SECRETS)).toEqual([])
    }
    expect([...statuses].toSorted((a, b) => a - b)).toEqual([200, 403, 404, 409, 422])
  })

  test('when somebody searches for the caller, then nothing is found by name or number, though it is found by what happened', async () => {
    for (const who of ['mayor', 'town-xiaolan', 'auditor', 'two-hats', 'key']) {
      const found = async (q: string) => (await clients.get(who)!.get(`/api/incidents?q=${encodeURIComponent(q)}`)).json.items.length
      for (const q of [CALLER, CALLER.slice(1), SECOND, SECOND.slice(0, 2), '13812345678', '1234567', '8765']) expect(await found(q), `${who} asks for ${q}`).toBe(0)
      expect(await found('起火'), who).toBeGreaterThan(who === 'two-hats' ? 0 : 1)
    }
  })

  test('then the masks are 李* and 138****5678, and an officer of a unit keeps his name', async () => {
    const { json } = await clients.get('mayor')!.get(`/api/incidents/${plain}`)
    expect(json.source).toMatchObject({ person: '李*', phone: '138****5678', title: '业主李*', alreadyTold: '李*已告知物业138****5678' })
    expect(json.calls[0].source).toMatchObject({ person: '王*', phone: '139****4321' })
    expect(json.narrative).toMatch(/^明火：李\*称，回拨/)
    expect(json.followUps[0].words).toMatch(/^续报：李\*称，回拨.*王\*也称$/)
    const official = await desk.do('incident.log', { source: { channel: 'fax', unit: '小榄镇应急办', person: '赵科长', phone: '13700001111' }, typeCode: '12G00', township: '442000118' })
    expect((await clients.get('mayor')!.get(`/api/incidents/${official.id}`)).json.source).toMatchObject({ person: '赵科长', phone: '13700001111' })
  })
})
