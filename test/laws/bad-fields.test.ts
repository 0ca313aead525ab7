import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { kinds } from '@duty/shared/kinds.ts'
import type { Client } from '../harness/client.ts'
import { testRoom, type TestRoom } from '../harness/room.ts'

/** A right body of every command that somebody may give, by whom; ids stand as the noun they name. */
const RIGHT: Record<string, [string, Record<string, unknown>]> = {
  'incident.log': [
    'officer1',
    {
      source: { channel: 'phone', unit: '某办', person: '李建国', title: '业主', phone: '13800000000', alreadyTold: '已告物业' },
      typeCode: '12G00',
      township: '442000118',
      address: '升平路12号',
      location: { lng: 113.2, lat: 22.6 },
      receivedAt: '2026-06-01T07:59:00+08:00',
      occurredAt: '2026-06-01T07:50:00+08:00',
      title: '起火',
      narrative: '明火',
      casualties: { dead: 0, missing: 1, trapped: null, seriouslyInjured: 1, injured: 2 },
      directLossWan: 12.5,
      evacuated: 30,
      indicators: { burntArea: 12 },
      sensitive: false,
      measures: '已派员',
      level: 3,
    },
  ],
  'incident.addCall': ['officer1', { id: 'incident', source: { channel: 'phone', person: '某' }, narrative: '又来电' }],
  'incident.followUp': ['officer1', { id: 'incident', narrative: '续报', casualties: { dead: 1 }, measures: '处置', reason: '核实' }],
  'incident.revise': ['officer1', { id: 'incident', title: '改题', township: null, sensitive: true, reason: '核实' }],
  'incident.grade': ['officer1', { id: 'incident', level: 2, reason: '升级' }],
  'incident.share': ['officer1', { id: 'incident', unit: 'fire' }],
  'incident.close': ['officer1', { id: 'incident', summary: '终报' }],
  'incident.reopen': ['officer1', { id: 'incident', reason: '复燃' }],
  'incident.forget': ['chief', { id: 'incident', reason: '期满' }],
  'instruction.issue': ['officer1', { text: '核实', kind: 'instruction', urgency: 'normal', units: ['fire'], dueAt: '2026-06-02T08:00:00+08:00', incident: 'incident', from: 'mayor' }],
  'instruction.relay': ['officer1', { id: 'instruction', unit: 'fire', via: '电话', toldTo: '值班长' }],
  'instruction.receipt': ['officer1', { id: 'instruction', unit: 'fire', person: '赵科长', how: '口头', words: '收到' }],
  'instruction.feedback': ['officer1', { id: 'instruction', unit: 'fire', text: '到场', done: false }],
  'instruction.remind': ['officer1', { id: 'instruction', unit: 'fire' }],
  'instruction.withdraw': ['officer1', { id: 'instruction', reason: '误' }],
  'instruction.close': ['officer1', { id: 'instruction', summary: '办结' }],
  'alert.raise': ['officer1', { to: ['officer', 'fire'], text: '请到位', urgency: 'flash', about: { kind: 'incident', id: 'incident', unit: 'fire' }, level: 2 }],
  'alert.deliver': ['officer1', { id: 'alert', channel: 'screen' }],
  'alert.seen': ['officer1', { id: 'alert' }],
  'alert.acknowledge': ['officer1', { id: 'alert', note: '知道', onBehalfOf: 'lead', how: '电话', words: '就来' }],
  'alert.settle': ['officer1', { id: 'alert', reason: '已到' }],
  'deadline.meet': ['officer1', { id: 'deadline', evidence: { who: '省总值班室', how: '电话', words: '已报', at: '2026-06-01T08:00:00+08:00' } }],
  'deadline.extend': ['chief', { id: 'deadline', until: '2026-06-02T08:00:00+08:00', reason: '待核' }],
  'deadline.cancel': ['officer1', { id: 'deadline', reason: '误' }],
  'shift.checkIn': ['officer1', { id: 'shift' }],
  'roster.set': ['chief', { shifts: [{ startsAt: '2026-07-01T08:00:00+08:00', endsAt: '2026-07-01T20:00:00+08:00', posts: { officer: ['officer1'] } }] }],
  'roster.publish': ['chief', { from: '2026-06-01T08:00:00+08:00', to: '2026-06-03T08:00:00+08:00' }],
  'account.add': ['admin', { username: 'new-one', name: '新人', title: '值班员', roles: ['officer'], units: ['fire'], posts: ['officer'], phone: '0760-88881234', password: 'a long password' }],
  'account.change': ['admin', { person: 'officer3', name: '黄伟', title: '值班员', roles: ['officer'], units: ['fire'], posts: ['officer'], phone: '1' }],
  'account.setPassword': ['admin', { person: 'officer3', password: 'a long password', current: 'x' }],
  'account.enrolTotp': ['admin', { person: 'admin', secret: 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP', code: '123456' }],
  'account.disable': ['admin', { person: 'officer3', reason: '调离' }],
  'unit.add': ['admin', { slug: 'harbour', name: '港口管理局', short: '港口局', township: '442000118', verified: true }],
  'unit.change': ['admin', { slug: 'fire', name: '消防救援支队', short: '消防', verified: true, disabled: false }],
  'post.add': ['admin', { slug: 'driver', name: '司机', perShift: true, order: 9 }],
  'post.change': ['admin', { slug: 'officer', name: '值班员', order: 1 }],
}

const CANNOT_BE_EMPTY = ['source', 'about', 'evidence']

/** Every place in a body, by its path; items of lists and records among them. */
function placesIn(value: unknown, path: string[] = []): string[][] {
  const inner = value !== null && typeof value === 'object' ? Object.entries(value).flatMap(([field, v]) => placesIn(v, [...path, field])) : []
  return path.length ? [path, ...inner] : inner
}

/** The same body with another value in one place; without that place where the value is undefined. */
function withOther(body: Record<string, unknown>, path: string[], value: unknown): Record<string, unknown> {
  const copy = structuredClone(body)
  const last = path.at(-1)!
  const owner = path.slice(0, -1).reduce<any>((o, field) => o[field], copy)
  if (value === undefined) delete owner[last]
  else owner[last] = value
  return copy
}

const TREE = { a: { b: { c: [[[{}]]] } }, toString: 1 }
const NEVER_WORDS = ['a\0b', '\ud800', '\udc00x', TREE, [[[[]]]]]

/** What can never stand where this value stands. */
function wrongFor(value: unknown): unknown[] {
  if (value !== null && typeof value === 'object') return ['x', 7, true, '\0']
  if (typeof value === 'string') return [7, true, ...NEVER_WORDS]
  return [typeof value === 'boolean' ? 'true' : '7', typeof value === 'boolean' ? 0 : false, '['.repeat(500), ...NEVER_WORDS]
}

describe('Given a right body of every command, and one thing wrong in it', () => {
  let room: TestRoom
  const ids: Record<string, string> = {}

  beforeAll(async () => {
    room = await testRoom()
    const desk = await room.as('officer1')
    ids.incident = (await desk.do('incident.log', { source: { channel: 'phone' }, typeCode: '12G00', township: '442000118', level: 2 })).id
    ids.instruction = (await desk.do('instruction.issue', { text: '核实', kind: 'instruction', urgency: 'normal', units: ['fire'], from: 'mayor' })).id
    await room.passes('1 minute')
    for (const kind of ['alert', 'deadline', 'shift']) ids[kind] = (await room.query<{ id: string }>('select id from state where kind = $1 and open limit 1', [kind]))[0]!.id
  })
  afterAll(() => room.close())

  const head = async () => (await room.query<{ head: number }>('select head from book'))[0]!.head
  const filled = (body: Record<string, unknown>) => JSON.parse(JSON.stringify(body).replace(/"(id|incident)":"(incident|instruction|alert|deadline|shift)"/g, (_all, field: string, noun: string) => `"${field}":"${ids[noun]!}"`)) as Record<string, unknown>

  test('then no command of the room is forgotten here', () => {
    const all = Object.values(kinds).flatMap(k => Object.entries(k.commands).flatMap(([verb, rule]) => (rule.by.length ? [`${k.name}.${verb}`] : [])))
    expect(Object.keys(RIGHT).toSorted()).toEqual(all.toSorted())
  })

  test.each(Object.entries(RIGHT))('%s: each field of a wrong type, with a NUL, half a character or a whole tree in it, is refused by its name', async (command, [who, template]) => {
    const client = await room.as(who)
    const body = filled(template)
    const before = await head()
    for (const path of placesIn(body)) {
      const value = path.reduce<any>((o, field) => o[field], body)
      for (const wrong of wrongFor(value)) {
        const { status, json } = await client.raw(command, withOther(body, path, wrong))
        const said = `${command} ${path.join('.')} = ${JSON.stringify(wrong)}: ${status} ${JSON.stringify(json)}`
        expect(status, said).toBe(422)
        const named = path.join('.')
        expect(json.errors.some((e: { path: string }) => e.path === named || e.path.startsWith(`${named}.`)), said).toBe(true)
      }
      const stranger = { ...body, [`${path.join('-')}-2`]: 1 }
      const { json } = await client.raw(command, stranger)
      expect(json.errors).toEqual([{ path: `${path.join('-')}-2`, message: expect.stringContaining('没有这一项') }])
    }
    expect(await head()).toBe(before)
  })

  test('each field that must be said is named when it is not', async () => {
    const { paths } = (await room.stranger().get('/api/openapi.json')).json
    for (const [command, [who, template]] of Object.entries(RIGHT)) {
      const client: Client = await room.as(who)
      const body = filled(template)
      const required: string[] = paths[`/api/do/${command}`].post.requestBody.content['application/json'].schema.required
      for (const field of required) {
        const { status, json } = await client.raw(command, withOther(body, [field], undefined))
        expect([status, json.errors?.map((e: { path: string }) => e.path)], `${command} without ${field}`).toEqual([422, [field]])
      }
      for (const field of CANNOT_BE_EMPTY.filter(f => f in body)) expect((await client.raw(command, withOther(body, [field], {}))).status, `${command} ${field}`).toBe(422)
    }
  })

  test('a thing that is not there is 404, whatever noun it is of', async () => {
    for (const [command, [who, template]] of Object.entries(RIGHT)) {
      if (!('id' in template)) continue
      const { status } = await (await room.as(who)).raw(command, { ...filled(template), id: randomUUID() })
      expect(status, command).toBe(404)
    }
  })
})
