import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Client } from '../harness/client.ts'
import { testRoom, type TestRoom } from '../harness/room.ts'
import { send } from './wire.ts'

const INSIDES = /\bat .+[:(]\d+|node_modules|\.ts\b|\/(?:server|shared|tmp|home|root)\/|\bselect\b.+\bfrom\b|insert into|syntax error|violates|\bpg_|TypeError|ZodError/i

const ODD = {
  sql: `'); drop table entry; -- " \\ $1 \${x} %s`,
  html: `<script>alert(1)</script><img src=x onerror="x">&amp;&#39;`,
  emoji: '🚒🔥👨‍👩‍👧‍👦 🇨🇳 𠮷野家 é e\u0301',
  rtl: '\u202Eאבג\u202C مرحبا \u200F',
  spaces: '  \t两端空格\r\n换行\u3000\u00a0\u200b ',
  json: '{"__proto__":{"x":1},"constructor":null} \\u0041 \\n',
  controls: '\u0001\u001f\u007f\u2028\u2029\ufeff',
}

describe('Given words that are odd but honest', () => {
  let room: TestRoom
  let desk: Client
  beforeAll(async () => {
    room = await testRoom()
    desk = await room.as('officer1')
  })
  afterAll(() => room.close())

  test.each(Object.entries(ODD))('%s is kept and told to the letter, everywhere and after a restart', async (_name, odd) => {
    desk = await room.as('officer1')
    const reader = await desk.board()
    const told = { title: odd.trim(), narrative: odd, address: odd, measures: odd }
    const { id, now } = await desk.do('incident.log', { source: { channel: 'phone', person: '陈阿婆', title: odd.slice(0, 60), alreadyTold: odd }, typeCode: '12G00', township: null, ...told })
    expect(now).toMatchObject({ ...told, source: { alreadyTold: odd } })
    await desk.do('incident.followUp', { id, narrative: odd, reason: odd })
    const issued = await desk.do('instruction.issue', { text: odd, kind: 'instruction', urgency: 'normal', units: ['fire'], from: 'mayor', incident: id })
    await desk.do('instruction.relay', { id: issued.id, unit: 'fire', via: odd.slice(0, 40), toldTo: odd.slice(0, 60) })
    const rung = await desk.do('alert.raise', { to: ['officer'], text: odd, urgency: 'normal', about: { kind: 'incident', id } })
    await desk.do('alert.settle', { id: rung.id, reason: odd })
    await reader.until(() => reader.get('instruction', issued.id)?.relays.fire.step === 'relayed')
    expect(reader.get('incident', id)).toMatchObject(told)
    reader.close()
    await room.restarts()
    desk = await room.as('officer1')
    expect((await desk.get(`/api/incidents/${id}`)).json).toMatchObject({ ...told, followUps: [{ words: odd, reason: odd }] })
    expect((await desk.get(`/api/instructions/${issued.id}`)).json).toMatchObject({ text: odd, relays: { fire: { via: odd.slice(0, 40) } } })
    expect((await desk.get(`/api/alerts/${rung.id}`)).json).toMatchObject({ text: odd, reason: odd })
    const { items } = (await desk.get(`/api/incident/${id}/history`)).json
    expect(items[0].data).toMatchObject(told)
    expect(await room.proves()).toMatchObject({ verdict: { ok: true }, astray: [] })
  })

  test('a long text of characters that have two halves can be issued, relayed and rung for', async () => {
    desk = await room.as('officer1')
    for (const text of ['x'.repeat(983) + '🚒'.repeat(2_000), '🚒'.repeat(2_500)]) {
      const { id } = await desk.do('instruction.issue', { text, kind: 'assignment', urgency: 'normal', units: ['fire'], from: 'mayor' })
      await desk.do('instruction.relay', { id, unit: 'fire', via: '电话' })
      expect((await desk.get(`/api/instructions/${id}`)).json.text).toBe(text)
    }
    await room.passes('2 hours')
    expect(room.logged.filter(l => /set-aside|batch-failed/.test(l.event))).toEqual([])
  })

  test('what is odd can be searched for, and finds itself', async () => {
    desk = await room.as('officer1')
    for (const [q, isFound] of [['𠮷野', true], ['مرحبا', true], ['drop table', true], ['无此词', false], ["'; --", false], ['%', false], ['_', false], ['\\', false]] as const) {
      const { status, json } = await desk.get(`/api/incidents?q=${encodeURIComponent(q)}`)
      expect([status, json.items.length > 0], q).toEqual([200, isFound])
    }
  })
})

describe('Given whatever anybody reads, signs in with or says to a socket', () => {
  let room: TestRoom
  let desk: Client
  beforeAll(async () => {
    room = await testRoom()
    desk = await room.as('officer1')
    await desk.do('incident.log', { source: { channel: 'phone' }, typeCode: '12G00', township: '442000118' })
  })
  afterAll(() => room.close())

  const odd = fc.oneof(fc.constantFrom('', '0', '-1', '1e9', '9007199254740993', 'null', 'true', '\0', "' or 1=1 --", '%', '../..', '{}', '[]', '2026-06-01T00:00:00Z', '0000-00-00', '🚒', '\ufffd', 'unknown', 'MA'), fc.string({ unit: 'binary', maxLength: 30 }))
  const paths = ['incidents', 'instructions', 'alerts', 'deadlines', 'shifts', 'accounts', 'roster', 'duty-log', 'audit', 'lines', 'reference/units', 'incidents/x', 'incident/x/history', 'audit/verify', 'shifts/current']
  const names = ['limit', 'cursor', 'status', 'level', 'township', 'type', 'q', 'from', 'to', 'mine', 'incident', 'open', 'date', 'after', 'colour']
  const wellFormed = (s: string) => encodeURIComponent(s.replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, ''))

  test('when it is read, then the answer is a page or a no, never a 500 nor our insides', async () => {
    const asked = fc.tuple(fc.constantFrom('officer1', 'mayor', 'dept-fire', 'auditor', 'admin'), fc.constantFrom(...paths), fc.array(fc.tuple(fc.constantFrom(...names), odd), { maxLength: 4 }))
    await fc.assert(
      fc.asyncProperty(asked, async ([who, path, query]) => {
        const { status, json } = await (await room.as(who)).get(`/api/${path}?${query.map(([n, v]) => `${n}=${wellFormed(v)}`).join('&')}`)
        expect([200, 403, 404, 422]).toContain(status)
        if (status !== 200) expect(JSON.stringify(json)).not.toMatch(INSIDES)
      }),
      { numRuns: 300 },
    )
  })

  test('when it is an address nobody made, then likewise', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(odd, { maxLength: 5 }), async parts => {
        const { status, text } = await send(`${room.url}/api/${parts.map(wellFormed).join('/')}`, { method: 'GET', headers: desk.headers })
        expect([200, 400, 403, 404, 422]).toContain(status)
        if (status !== 200) expect(text).not.toMatch(INSIDES)
      }),
      { numRuns: 100 },
    )
  })

  test('when somebody signs in, pairs or makes a key with it, then likewise', async () => {
    const admin = await room.as('admin')
    const value = fc.oneof(odd, fc.jsonValue({ maxDepth: 3 }))
    await fc.assert(
      fc.asyncProperty(fc.constantFrom('session', 'screens', 'keys'), fc.dictionary(fc.constantFrom('username', 'password', 'totp', 'code', 'name', 'scopes', 'stray'), value), async (path, body) => {
        const { status, json } = await (path === 'keys' ? admin : room.stranger()).call('POST', `/api/${path}`, body)
        expect([200, 401, 403, 422, 429]).toContain(status)
        if (status !== 200) expect(JSON.stringify(json)).not.toMatch(INSIDES)
      }),
      { numRuns: 60 },
    )
    for (const name of ['x\0', '\ud800']) {
      expect((await room.stranger().call('POST', '/api/session', JSON.stringify({ username: name, password: 'x' }))).json).toMatchObject({ status: 422, errors: [{ path: 'username' }] })
      const { code } = (await admin.call('POST', '/api/screens/codes')).json
      expect((await room.stranger().call('POST', '/api/screens', JSON.stringify({ code, name }))).json).toMatchObject({ status: 422, errors: [{ path: 'name' }] })
      expect((await admin.call('POST', '/api/keys', JSON.stringify({ name, scopes: ['read'] }))).json).toMatchObject({ status: 422, errors: [{ path: 'name' }] })
    }
  })

  test('when it is said to a socket, then it is answered with a problem, and the room goes on', async () => {
    const reader = await desk.board()
    const said = fc.oneof(fc.jsonValue({ maxDepth: 3 }), fc.record({ book: odd, seq: fc.oneof(fc.integer(), odd) }), fc.record({ id: odd }), fc.record({ seq: fc.double() }))
    await fc.assert(
      fc.asyncProperty(fc.constantFrom('board:join', 'alert:delivered', 'screen:painted', 'presence'), said, async (event, body) => {
        const answer = await reader.socket.timeout(5_000).emitWithAck(event, body)
        expect(JSON.stringify(answer ?? {}).replace(/"(?:things|lines)":.*/, '')).not.toMatch(INSIDES)
      }),
      { numRuns: 150 },
    )
    for (const event of ['board:join', 'alert:delivered', 'nothing:such', 'line', 'head']) reader.socket.emit(event, { x: 1 })
    expect(await reader.socket.emitWithAck('alert:delivered', { id: '0198b2f0-0000-7000-8000-000000000000' })).toMatchObject({ error: { status: 404, code: 'not-found' } })
    const { id } = await desk.do('incident.log', { source: { channel: 'phone' }, typeCode: '12G00', township: null })
    expect((await desk.get(`/api/incidents/${id}`)).status).toBe(200)
    reader.close()
  })

  test('then through all this nothing failed inside', () => {
    expect(room.logged.filter(l => /failed|set-aside/.test(l.event))).toEqual([])
  })
})
