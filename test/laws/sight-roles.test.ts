import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Thing } from '@duty/shared/kernel/kind.ts'
import type { Line } from '@duty/shared/kernel/wire.ts'
import { pairScreen, type Client, type Reader } from '../harness/client.ts'
import { testRoom, type TestRoom } from '../harness/room.ts'
import { idsByKind } from './everything.ts'

const KINDS = ['account', 'alert', 'deadline', 'incident', 'instruction', 'post', 'roster', 'shift', 'unit']
/** Contract §2: what each role sees; what is not listed is not seen. Posts and units are published names. */
const SEES: Record<string, string[]> = {
  officer1: KINDS,
  chief: KINDS,
  lead: KINDS,
  mayor: ['alert', 'incident', 'instruction', 'post', 'shift'],
  'dept-fire': ['alert', 'incident', 'instruction'],
  auditor: KINDS,
  admin: ['account', 'post', 'roster', 'unit'],
  wall: ['alert', 'deadline', 'incident', 'instruction', 'post', 'shift'],
}
const LISTS = { incidents: 'incident', instructions: 'instruction', alerts: 'alert', deadlines: 'deadline', shifts: 'shift', accounts: 'account' }

const WALL_SEES: Record<string, string[]> = {
  incident: ['no', 'status', 'level', 'typeCode', 'township', 'title', 'receivedAt', 'occurredAt', 'loggedAt', 'updatedAt', 'casualties', 'directLossWan', 'evacuated', 'sensitive', 'followUps'],
  deadline: ['incident', 'incidentNo', 'rule', 'anchor', 'anchorAt', 'warnAt', 'dueAt', 'status', 'breachedAt'],
  alert: ['urgency', 'about', 'raisedAt', 'status', 'rung', 'posts'],
  instruction: ['form', 'urgency', 'incident', 'issuedAt', 'dueAt', 'status', 'relays'],
  shift: ['startsAt', 'endsAt', 'posts', 'names', 'status', 'checkIns'],
  post: ['slug', 'name', 'perShift', 'order', 'addedAt'],
}

describe('Given a night with incidents in two towns, a sensitive and a closed one, and an instruction on its way', () => {
  let room: TestRoom
  let token: string
  const clients = new Map<string, Client>()
  const readers = new Map<string, Reader>()
  let xiaolan: string, guzhen: string, secret: string, closed: string, instruction: string
  let ids: Record<string, string[]>

  const as = (who: string) => clients.get(who)!
  const get = async (who: string, url: string) => (await as(who).get(url)).json
  const status = async (who: string, url: string) => (await as(who).get(url)).status

  beforeAll(async () => {
    room = await testRoom()
    token = await pairScreen(await room.as('admin'), room.stranger())
    for (const who of [...Object.keys(SEES), 'town-xiaolan', 'dept-health']) clients.set(who, who === 'wall' ? room.stranger({ authorization: `Bearer ${token}` }) : await room.as(who))
    for (const [who, client] of clients) readers.set(who, await client.board(null, who === 'wall' ? token : undefined))
    const desk = as('officer1')
    const call = { source: { channel: 'phone', person: '李建国', phone: '13800000000' }, typeCode: '12G00', level: 2, narrative: '有人被困', measures: '已派员', address: '升平路', casualties: { dead: 1 } }
    xiaolan = (await desk.do('incident.log', { ...call, township: '442000118' })).id
    guzhen = (await desk.do('incident.log', { ...call, township: '442000105' })).id
    secret = (await desk.do('incident.log', { ...call, township: '442000118', sensitive: true, title: '不可上墙' })).id
    closed = (await desk.do('incident.log', { ...call, township: '442000118' })).id
    await desk.do('incident.close', { id: closed, summary: '已了结' })
    instruction = (await as('mayor').do('instruction.issue', { text: '全力救援', kind: 'instruction', urgency: 'flash', units: ['fire', 'health'], incident: guzhen })).id
    await desk.do('instruction.relay', { id: instruction, unit: 'fire', via: 'phone', toldTo: '值班长' })
    await desk.do('alert.raise', { to: ['fire', 'health', 'mayor'], text: '请到位', urgency: 'flash', about: { kind: 'incident', id: guzhen } })
    await room.passes('12 minutes')
    ids = await idsByKind(room, KINDS)
  })
  afterAll(async () => {
    for (const r of readers.values()) r.close()
    await room.close()
  })

  test.each(Object.entries(SEES))('then %s is shown these kinds and no other, on the board, in lines and over HTTP: %j', async (who, kinds) => {
    const reader = readers.get(who)!
    await reader.until(() => reader.seq() === room.node.fanout.head())
    const things = [...reader.board().things.values()]
    const lines = [...reader.lines, ...((await get(who, '/api/lines?after=0&limit=1000')).lines as Line[])]
    const named = new Set([...things.map(t => t.kind), ...lines.flatMap(l => [l.entry?.kind, l.now?.kind, l.gone?.kind].filter(k => k !== undefined))])
    expect([...named].filter(k => !kinds.includes(k))).toEqual([])
    expect(kinds.filter(k => !named.has(k) && k !== 'roster')).toEqual([])
    for (const [list, kind] of Object.entries(LISTS)) {
      const page = await get(who, `/api/${list}?limit=1`)
      expect(page.items.map((t: Thing) => t.kind), list).toEqual(kinds.includes(kind) ? [kind] : [])
      if (!kinds.includes(kind)) expect(page.nextCursor, `${list} gives no mark of what is hidden`).toBeNull()
    }
    for (const kind of KINDS)
      for (const id of ids[kind]!.slice(-2)) {
        if (!kinds.includes(kind)) expect([await status(who, `/api/${kind}s/${id}`), await status(who, `/api/${kind}/${id}/history`)], kind).toEqual([404, 404])
        else if (!['wall', 'dept-fire'].includes(who)) expect(await status(who, `/api/${kind}/${id}/history`), kind).toBe(200)
      }
  })

  test('then the wall is shown no narrative, person or number: field by field', async () => {
    const things = [...readers.get('wall')!.board().things.values()]
    for (const { kind, id: _, version: _v, ...state } of things as (Thing & Record<string, unknown>)[])
      expect(Object.keys(state).filter(f => !WALL_SEES[kind]!.includes(f)), kind).toEqual([])
    const { kind: _k, version: _v, ...shown } = things.find(t => t.id === secret)!
    expect(shown).toEqual({ id: secret, typeCode: '12G00', township: '442000118', sensitive: true, status: 'open' })
    const alert = things.find(t => t.kind === 'alert') as unknown as { posts: object[] }
    for (const p of alert.posts) expect(Object.keys(p).filter(f => !['post', 'rung', 'status', 'rangAt', 'acknowledgedAt'].includes(f))).toEqual([])
    const relays = Object.values((things.find(t => t.id === instruction) as unknown as { relays: Record<string, object> }).relays)
    expect(relays).toHaveLength(2)
    for (const r of relays) expect(Object.keys(r).filter(f => !['unit', 'name', 'step', 'relayedAt', 'receiptedAt', 'lapsesAt'].includes(f))).toEqual([])
    for (const line of readers.get('wall')!.lines) if (line.entry) expect(line.entry).toMatchObject({ by: null, data: {} })
  })

  test('then the wall cannot ask about what it cannot see', async () => {
    for (const query of ['q=被困', 'level=2', 'township=442000118', 'from=2026-05-01T00:00:00Z', 'type=12G00']) expect(await status('wall', `/api/incidents?${encodeURI(query)}`), query).toBe(403)
    expect((await get('wall', '/api/incidents')).items.map((t: Thing) => t.id).toSorted()).toEqual([xiaolan, guzhen, secret].toSorted())
    expect((await get('wall', '/api/incidents?status=closed')).items).toEqual([])
    expect(await status('wall', `/api/incidents/${closed}`)).toBe(404)
    expect(await status('wall', `/api/incident/${xiaolan}/history`)).toBe(404)
    expect(await status('wall', '/api/shifts/current')).toBe(200)
  })

  test('then a liaison sees its own town and what is shared with its unit, and nothing of others', async () => {
    const listed = async (who: string, list: string) => (await get(who, `/api/${list}`)).items.map((t: Thing) => t.id).toSorted()
    expect(await listed('town-xiaolan', 'incidents')).toEqual([xiaolan, secret, closed].toSorted())
    expect(await listed('dept-fire', 'incidents')).toEqual([guzhen])
    expect(await listed('dept-health', 'incidents')).toEqual([])
    for (const [who, id] of [['town-xiaolan', guzhen], ['dept-fire', xiaolan], ['dept-health', guzhen]] as const)
      expect([await status(who, `/api/incidents/${id}`), await status(who, `/api/incident/${id}/history`)]).toEqual([404, 404])
    expect(await get('dept-fire', `/api/incidents/${guzhen}`)).not.toHaveProperty('sharedWith')
  })

  test('then a liaison sees its own line of an instruction and of an alert; before it is relayed, neither', async () => {
    expect(Object.keys((await get('dept-fire', `/api/instructions/${instruction}`)).relays)).toEqual(['fire'])
    expect(await status('dept-health', `/api/instructions/${instruction}`)).toBe(404)
    for (const verb of ['receipt', 'feedback'] as const) {
      const body = { id: instruction, unit: 'health', person: '某', text: '某' }
      const { text, person, ...rest } = body
      expect((await as('dept-health').raw(`instruction.${verb}`, { ...rest, ...(verb === 'receipt' ? { person } : { text }) })).status).toBe(404)
    }
    const own = (await get('dept-health', '/api/alerts')).items as { people: object }[]
    expect(own.map(a => Object.keys(a.people))).toEqual([['health']])
    for (const a of own) expect(a).not.toHaveProperty('ladder')
    expect((await as('dept-fire').raw('instruction.receipt', { id: instruction, unit: 'health', person: '某' })).status).toBe(403)
  })

  test('then what happened to another unit’s line is not told to this one', async () => {
    await as('officer1').do('instruction.relay', { id: instruction, unit: 'health', via: 'fax' })
    await as('dept-health').do('instruction.receipt', { id: instruction, unit: 'health', person: '某' })
    const { items } = await get('dept-fire', `/api/instruction/${instruction}/history`)
    expect(items.filter((e: { type: string }) => /relayed|receipted/.test(e.type))).toHaveLength(1)
    for (const e of items) expect(e).toMatchObject({ by: null, data: {} })
  })

  test('then only the room and the auditor read the log, and only the auditor the whole book', async () => {
    const may = (who: string) => ({ log: ['officer1', 'chief', 'lead', 'auditor'].includes(who), book: who === 'auditor' })
    for (const who of clients.keys()) {
      expect(await status(who, '/api/duty-log'), who).toBe(may(who).log ? 200 : 403)
      expect(await status(who, '/api/audit'), who).toBe(may(who).book ? 200 : 403)
    }
    const types = (await get('auditor', '/api/audit?limit=1000')).items.map((e: { type: string }) => e.type)
    expect(types).toEqual(expect.arrayContaining(['account.added', 'incident.logged', 'alert.escalated', 'instruction.relayed', 'deadline.set', 'roster.published']))
    const { items } = await get('officer1', '/api/duty-log')
    expect(items.some((e: { kind: string }) => e.kind === 'incident')).toBe(true)
    expect(items.some((e: { kind: string }) => e.kind === 'account')).toBe(false)
  })

  test('then nobody does what is not theirs, and a thing out of sight is not there to be done to', async () => {
    const deeds: [string, string, object, number][] = [
      ['mayor', 'incident.grade', { id: xiaolan, level: 1, reason: '某' }, 403],
      ['dept-fire', 'incident.grade', { id: guzhen, level: 1, reason: '某' }, 403],
      ['auditor', 'incident.grade', { id: xiaolan, level: 1, reason: '某' }, 403],
      ['admin', 'incident.grade', { id: xiaolan, level: 1, reason: '某' }, 403],
      ['admin', 'incident.log', { source: { channel: 'phone' }, typeCode: '12G00', township: null }, 403],
      ['officer1', 'account.add', { username: 'x', name: 'x', roles: ['admin'] }, 403],
      ['officer1', 'incident.forget', { id: closed, reason: '某' }, 403],
      ['officer1', 'deadline.extend', { id: ids.deadline![0], until: '2026-06-02T00:00:00Z', reason: '某' }, 403],
      ['vicemayor', 'instruction.withdraw', { id: instruction, reason: '某' }, 403],
      ['town-xiaolan', 'instruction.receipt', { id: instruction, unit: '442000118', person: '某' }, 404],
      ['wall', 'alert.deliver', { id: ids.alert![0], channel: 'screen' }, 403],
      ['wall', 'account.setPassword', { password: 'a new password' }, 403],
    ]
    clients.set('vicemayor', await room.as('vicemayor'))
    for (const [who, command, body, no] of deeds) expect((await as(who).raw(command, body)).status, `${who} ${command}`).toBe(no)
  })
})
