import { randomUUID } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { notEnabled } from '@duty/shared/kinds.ts'
import type { Client } from '../harness/client.ts'
import { testRoom, type TestRoom } from '../harness/room.ts'
import { send, type Got } from './wire.ts'

const call = { source: { channel: 'phone' }, typeCode: '12G00', township: '442000118' }
/** Words of the inside that no answer may carry. */
const INSIDES = /\bat .+[:(]\d+|node_modules|\.ts\b|\/(?:server|shared|tmp|home|root)\/|\bselect\b.+\bfrom\b|insert into|syntax error|violates|\bpg_|ECONN|TypeError|ZodError/i

describe('Given the door, and somebody who asks wrongly', () => {
  let room: TestRoom
  let desk: Client
  let incident: string

  beforeAll(async () => {
    room = await testRoom()
    desk = await room.as('officer1')
    incident = (await desk.do('incident.log', call)).id
  })
  afterAll(() => room.close())

  const head = async () => (await room.query<{ head: number }>('select head from book'))[0]!.head

  /** What a well-behaved desk sends, but for what is said otherwise (an empty header is left out). */
  function ask({ path = '/api/do/incident.log', headers = {}, body = JSON.stringify(call), method = 'POST', chunked = false }: { path?: string; headers?: Record<string, string>; body?: string | Buffer; method?: string; chunked?: boolean }): Promise<Got> {
    const all = { ...desk.headers, origin: room.url, 'content-type': 'application/json', 'idempotency-key': randomUUID(), ...headers }
    return send(room.url + path, { method, chunked, headers: Object.fromEntries(Object.entries(all).filter(([, v]) => v !== '')), ...(body === '' ? {} : { body }) })
  }

  /** A problem as RFC 9457 has it: in Chinese, without a word of the inside, and nothing written. */
  async function refused(asking: () => Promise<Got>, status: number, code?: string): Promise<Got> {
    const before = await head()
    const got = await asking()
    expect([got.status, got.json?.code]).toEqual([status, code ?? got.json?.code])
    expect(got.headers['content-type']).toBe('application/problem+json; charset=utf-8')
    expect(got.json).toMatchObject({ type: 'about:blank', status, title: expect.stringMatching(/\p{Script=Han}/u), detail: expect.stringMatching(/\p{Script=Han}/u) })
    expect(got.text).not.toMatch(INSIDES)
    expect(await head()).toBe(before)
    return got
  }

  test('when the asking is right, it is done: so what follows is refused for what is wrong with it', async () => {
    expect((await ask({})).status).toBe(200)
    expect((await ask({ headers: { 'content-type': 'application/json; charset=utf-8' } })).status).toBe(200)
  })

  test.each([
    ['no key', { headers: { 'idempotency-key': '' } }, 'no-key'],
    ['a key that is no UUID', { headers: { 'idempotency-key': '42' } }, 'no-key'],
    ['half a JSON', { body: '{"source":' }, 'not-json'],
    ['a body that is a list', { body: '[]' }, 'not-an-object'],
    ['a body that is null', { body: 'null' }, undefined],
    ['a body that is a word', { body: '"fire"' }, undefined],
    ['no body', { body: '' }, undefined],
    ['a broken address', { path: '/api/do/%E0%A4%A' }, 'bad-request'],
  ] as const)('400: %s', async (_what, asked, code) => {
    await refused(() => ask(asked), 400, code)
  })

  test.each([
    ['nobody', { cookie: '' }],
    ['an unknown cookie', { cookie: 'duty=abc' }],
    ['an unknown token', { cookie: '', authorization: 'Bearer abc' }],
  ])('401: %s, whatever else is wrong', async (_what, headers) => {
    await refused(() => ask({ headers }), 401, 'unauthorised')
    await refused(() => ask({ headers: { ...headers, 'content-type': 'text/plain' }, body: 'x'.repeat(300_000) }), 401, 'unauthorised')
    await refused(() => ask({ headers, method: 'GET', path: '/api/incidents', body: '' }), 401, 'unauthorised')
  })

  test('403: the role may not', async () => {
    const { json } = await (await room.as('mayor')).raw('incident.log', call)
    expect(json).toMatchObject({ status: 403, code: 'forbidden' })
  })

  test.each(['', 'http://evil.example', 'null', 'http://127.0.0.1', 'not a url'])('403: a write by cookie from a page of origin "%s"', async origin => {
    await refused(() => ask({ headers: { origin } }), 403)
    await refused(() => ask({ headers: { origin }, method: 'DELETE', path: '/api/session', body: '' }), 403)
    await refused(() => ask({ headers: { origin }, path: '/api/screens/codes', body: '' }), 403)
    expect((await ask({ headers: { origin }, method: 'GET', path: '/api/me', body: '' })).status).toBe(200)
  })

  test.each(['fire.log', 'incident.burn', 'incident', 'incident.log.more', 'incident.constructor', '__proto__.log', 'constructor.name', 'incident.wake', 'incident.evolve'])('404: there is no %s', async command => {
    await refused(() => ask({ path: `/api/do/${command}` }), 404)
  })

  test('403: what only the room itself does is not asked for over the wire', async () => {
    for (const command of ['deadline.set', 'shift.plan']) await refused(() => ask({ path: `/api/do/${command}` }), 403)
  })

  test('404: no such thing, or a thing of another kind', async () => {
    const body = (id: string) => JSON.stringify({ id, reason: '某' })
    for (const [command, id] of [['incident.reopen', randomUUID()], ['deadline.cancel', incident]] as const) await refused(() => ask({ path: `/api/do/${command}`, body: body(id) }), 404, 'not-found')
    for (const path of ['/api/incidents/x', `/api/incidents/${randomUUID()}`, `/api/alerts/${incident}`, '/api/nothing', '/api/x/y/history', `/api/constructor/${incident}/history`, '/api/reference/constructor']) await refused(() => ask({ method: 'GET', path, body: '' }), 404)
  })

  test('409: a rule forbids it; the version seen is stale, and the thing as it stands is in the answer', async () => {
    const { id } = await desk.do('incident.log', call)
    await desk.do('incident.grade', { id, level: 3, reason: '某' })
    const stale = await refused(() => ask({ path: '/api/do/incident.grade', body: JSON.stringify({ id, seen: 1, level: 2, reason: '某' }) }), 409, 'stale')
    expect(stale.json.now).toMatchObject({ kind: 'incident', id, version: 2, level: 3 })
    expect((await desk.do('incident.grade', { id, seen: 2, level: 2, reason: '某' })).version).toBe(3)
    await desk.do('incident.close', { id, summary: '终' })
    await refused(() => ask({ path: '/api/do/incident.grade', body: JSON.stringify({ id, level: 1, reason: '某' }) }), 409, 'closed')
    await refused(() => ask({ body: JSON.stringify({ ...call, id }) }), 409, 'exists')
  })

  test('409: a key used for another body or another command; the same again gets the same answer, whatever happened since', async () => {
    const key = randomUUID()
    const first = await desk.raw('incident.log', { ...call, id: randomUUID().toUpperCase() }, key)
    const body = { ...call, id: (first.json.id as string).toUpperCase() }
    expect(first.json.id).toBe(body.id.toLowerCase())
    const other = { 'idempotency-key': key }
    await refused(() => ask({ headers: other, body: JSON.stringify({ ...body, township: null }) }), 409, 'key-reused')
    await refused(() => ask({ headers: other, path: '/api/do/incident.addCall', body: JSON.stringify({ id: body.id, source: call.source }) }), 409, 'key-reused')
    await desk.do('incident.grade', { id: body.id, level: 1, reason: '某' })
    await desk.do('incident.close', { id: body.id, summary: '终' })
    const before = await head()
    for (const again of [key, key.toUpperCase()]) expect(await desk.raw('incident.log', { township: body.township, id: body.id, typeCode: body.typeCode, source: body.source }, again)).toMatchObject({ status: 200, json: first.json })
    expect(await head()).toBe(before)
    expect((await (await room.as('officer2')).raw('incident.log', call, key)).json.id).not.toBe(first.json.id)
  })

  test('asked ten times at once under one key, it is done once, and all are told the same', async () => {
    const key = randomUUID()
    const before = await head()
    const answers = await Promise.all(Array.from({ length: 10 }, () => desk.raw('incident.addCall', { id: incident, source: call.source }, key)))
    for (const { status, json } of answers) expect({ status, json }).toEqual({ status: 200, json: answers[0]!.json })
    expect(await head()).toBe(before + 1)
  })

  test('said twice, meant once: a deed already done writes nothing and is answered with the newest number', async () => {
    await desk.do('incident.share', { id: incident, unit: 'fire' })
    const before = await head()
    expect(await desk.do('incident.share', { id: incident, unit: 'fire' })).toMatchObject({ seq: before, id: incident })
    expect(await head()).toBe(before)
  })

  test('413: above 256 kB, told beforehand or found on the way; 256 kB is read', async () => {
    const padded = (bytes: number) => JSON.stringify({ ...call, narrative: 'x'.repeat(bytes - JSON.stringify({ ...call, narrative: '' }).length) })
    expect(Buffer.byteLength(padded(262_144))).toBe(262_144)
    await refused(() => ask({ body: padded(262_144) }), 422)
    for (const chunked of [false, true]) await refused(() => ask({ body: padded(262_145), chunked }), 413, 'too-large')
    await refused(() => ask({ body: padded(1_048_576) }), 413, 'too-large')
  })

  test('415: anything but plain JSON', async () => {
    for (const type of ['', 'text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', 'application/xml', 'application/json; charset=gbk'])
      await refused(() => ask({ headers: { 'content-type': type } }), 415)
    await refused(() => ask({ headers: { 'content-encoding': 'gzip' }, body: gzipSync(JSON.stringify(call)) }), 415)
  })

  test.each([
    [{}, ['source', 'typeCode', 'township']],
    [{ ...call, source: {} }, ['source.channel']],
    [{ ...call, source: { channel: 'pigeon', nick: 'x' } }, ['source.channel', 'source.nick']],
    [{ ...call, typeCode: '99Z99' }, ['typeCode']],
    [{ ...call, township: '440000000' }, ['township']],
    [{ ...call, level: 5 }, ['level']],
    [{ ...call, level: '1' }, ['level']],
    [{ ...call, casualties: { dead: -1, missing: 1.5, injured: '3', lost: 1 } }, ['casualties.dead', 'casualties.missing', 'casualties.injured', 'casualties.lost']],
    [{ ...call, casualties: { seriouslyInjured: 3, injured: 2 } }, ['casualties.injured']],
    [{ ...call, receivedAt: '2026-06-01 08:00' }, ['receivedAt']],
    [{ ...call, receivedAt: '2026-06-01T08:00:00' }, ['receivedAt']],
    [{ ...call, occurredAt: '2026-06-02T08:00:00+08:00' }, ['occurredAt']],
    [{ ...call, location: { lng: 181, lat: 91 } }, ['location.lng', 'location.lat']],
    [{ ...call, narrative: 'x\0y' }, ['narrative']],
    [{ ...call, title: '\ud800', address: 'a\udc00b' }, ['title', 'address']],
    [{ ...call, source: { channel: 'phone', person: '\0', phone: '\udfff' } }, ['source.person', 'source.phone']],
    [{ ...call, narrative: 'x'.repeat(20_001) }, ['narrative']],
    [{ ...call, indicators: { 'bad key': 1, good: 'x' } }, ['indicators.bad key', 'indicators.good']],
    [{ ...call, sensitive: 'yes', evacuated: -1, directLossWan: null }, ['directLossWan', 'evacuated', 'sensitive']],
    [{ ...call, id: 'x', seen: -1 }, ['id', 'seen']],
    [{ ...call, colour: 'red', '': 1 }, ['colour', '']],
    [{ ...call, drill: true }, ['drill']],
  ])('422: %j names %j', async (body, paths) => {
    const { json } = await refused(() => ask({ body: JSON.stringify(body) }), 422)
    const named = json.errors.map((e: { path: string }) => e.path)
    expect(named.toSorted()).toEqual(paths.toSorted())
    for (const e of json.errors) expect(e.message).toMatch(/\p{Script=Han}/u)
  })

  test('422: a rule that finds one field wrong names it too', async () => {
    const wrong: [string, object, string][] = [
      ['incident.share', { id: incident, unit: 'nobody' }, 'unit'],
      ['instruction.issue', { text: '某', kind: 'instruction', urgency: 'normal', units: ['fire', 'nobody'], from: 'mayor' }, 'units.1'],
      ['instruction.issue', { text: '某', kind: 'instruction', urgency: 'normal', units: ['fire'], from: 'nobody' }, 'from'],
      ['instruction.issue', { text: '某', kind: 'instruction', urgency: 'normal', units: ['fire'], from: 'mayor', incident: randomUUID() }, 'incident'],
      ['alert.raise', { to: ['officer', 'nobody'], text: '某', urgency: 'flash' }, 'to.1'],
      ['alert.raise', { to: ['officer'], text: '某', urgency: 'flash', about: { kind: 'nothing', id: incident } }, 'about'],
    ]
    for (const [command, body, path] of wrong) {
      const { json } = await refused(() => ask({ path: `/api/do/${command}`, body: JSON.stringify(body) }), 422)
      expect(json.errors.map((e: { path: string }) => e.path)).toEqual([path])
    }
  })

  test('422 not-enabled: what is not built yet is never done by half', async () => {
    expect(notEnabled.size).toBeGreaterThan(20)
    for (const command of notEnabled) await refused(() => ask({ path: `/api/do/${command}`, body: '{}' }), 422, 'not-enabled')
    await refused(() => ask({ body: JSON.stringify({ ...call, drill: true }) }), 422, 'not-enabled')
  })

  test('422: a list asked for wrongly', async () => {
    const wrong: [string, string][] = [['incidents?limit=0', 'limit'], ['incidents?limit=201', 'limit'], ['incidents?limit=1&limit=2', 'limit'], ['incidents?cursor=x', 'cursor'], ['incidents?colour=red', 'colour'], ['incidents?level=9', 'level'], ['incidents?from=today', 'from'], ['incidents?type=%00', 'type'], ['incidents?township=%00', 'township'], ['incidents?q=%00', 'q'], ['lines?after=-1', 'after'], ['lines?after=1e30', 'after'], ['duty-log?date=2026-02-30', 'date'], ['deadlines?open=perhaps', 'open']]
    for (const [path, field] of wrong) {
      const { json } = await refused(() => ask({ method: 'GET', path: `/api/${path}`, body: '' }), 422)
      expect(json.errors.map((e: { path: string }) => e.path), path).toEqual([field])
    }
  })
})
