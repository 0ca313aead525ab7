import { randomUUID } from 'node:crypto'
import { Secret, TOTP } from 'otpauth'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { joinBoard, pairScreen, signIn, type Client, type Reader } from '../harness/client.ts'
import { testRoom, type TestRoom } from '../harness/room.ts'
import { send, type Got } from './wire.ts'

const PASSWORD = 'duty-demo-1234'
const wrong = { status: 401, code: 'wrong-credentials' }

/** Signing in from an address, as a proxy tells it. */
const from = (room: TestRoom, address: string, username: string, password: string, more: object = {}): Promise<Got> =>
  send(`${room.url}/api/session`, { headers: { 'content-type': 'application/json', 'x-forwarded-for': address }, body: JSON.stringify({ username, password, ...more }) })

/** Resolves when a socket has been cut off. */
const cutOff = (reader: Reader) => reader.until(() => !reader.socket.connected)

describe('Given strangers who guess passwords, behind one proxy with the desk', () => {
  let room: TestRoom
  let desk: Client

  beforeAll(async () => {
    room = await testRoom({ trustProxy: 1, rateLimited: true })
    desk = await room.as('officer1')
  })
  afterAll(() => room.close())

  test('when one account is guessed five times from one address, then 429 says when to come back', async () => {
    for (let n = 0; n < 5; n++) expect((await from(room, '203.0.113.1', 'chief', 'a wrong one')).json).toMatchObject(wrong)
    const locked = await from(room, '203.0.113.1', 'chief', PASSWORD)
    expect(locked.json).toMatchObject({ status: 429, code: 'locked', detail: expect.stringContaining('分钟') })
    expect(Number(locked.headers['retry-after'])).toBeGreaterThan(800)
    expect(Number(locked.headers['retry-after'])).toBeLessThanOrEqual(900)
  })

  test('then the same account signs in from elsewhere, another from there, and after the time from there too', async () => {
    expect((await from(room, '203.0.113.2', 'chief', PASSWORD)).status).toBe(200)
    expect((await from(room, '203.0.113.1', 'lead', PASSWORD)).status).toBe(200)
    await room.passes('16 minutes')
    expect((await from(room, '203.0.113.1', 'chief', PASSWORD)).status).toBe(200)
  })

  test('when thirty guesses come at once, then no more than five of them are heard', async () => {
    const answers = await Promise.all(Array.from({ length: 30 }, () => from(room, '203.0.113.3', 'officer2', 'a wrong one')))
    expect(answers.filter(a => a.status === 401)).toHaveLength(5)
    expect(answers.filter(a => a.status === 429)).toHaveLength(25)
  })

  test('when twenty fail from one address, then it is locked for all accounts, and nobody elsewhere is', async () => {
    for (let n = 0; n < 20; n++) expect((await from(room, '203.0.113.4', `nobody${n}`, 'a wrong one')).status).toBe(401)
    expect((await from(room, '203.0.113.4', 'officer2', PASSWORD)).status).toBe(429)
    expect((await from(room, '203.0.113.5', 'officer2', PASSWORD)).status).toBe(200)
  })

  test('then a desk already signed in at a locked address works on', async () => {
    const headers = { ...desk.headers, 'x-forwarded-for': '203.0.113.4' }
    expect((await send(`${room.url}/api/me`, { method: 'GET', headers })).status).toBe(200)
    const log = { source: { channel: 'phone' }, typeCode: '12G00', township: null }
    const sent = await send(`${room.url}/api/do/incident.log`, { headers: { ...headers, origin: room.url, 'content-type': 'application/json', 'idempotency-key': randomUUID() }, body: JSON.stringify(log) })
    expect(sent.status).toBe(200)
  })

  test('when strangers ask a thousand times a minute, then they are cut with 429, and the desk beside them is not', async () => {
    const asks = (headers: Record<string, string>) => send(`${room.url}/api/me`, { method: 'GET', headers: { 'x-forwarded-for': '203.0.113.6', ...headers } })
    const strangers: number[] = []
    for (let n = 0; n < 13; n++) strangers.push(...(await Promise.all(Array.from({ length: 100 }, () => asks({ cookie: 'duty=guess' })))).map(a => a.status))
    expect(new Set(strangers)).toEqual(new Set([401, 429]))
    const cut = await asks({})
    expect(cut.json).toMatchObject({ status: 429, code: 'too-many' })
    expect(Number(cut.headers['retry-after'])).toBeGreaterThan(0)
    expect((await asks(desk.headers)).status).toBe(200)
  })
})

describe('Given somebody who wants to know who exists', () => {
  let room: TestRoom
  beforeAll(async () => {
    room = await testRoom({ trustProxy: 1 })
  })
  afterAll(() => room.close())

  test('then who does not exist, who does, and who was disabled are told the very same', async () => {
    const admin = await room.as('admin')
    await admin.do('account.disable', { person: 'officer3' })
    const answers = [await from(room, '203.0.113.1', 'nobody', 'a wrong one'), await from(room, '203.0.113.2', 'officer1', 'a wrong one'), await from(room, '203.0.113.3', 'officer3', PASSWORD)]
    expect(new Set(answers.map(a => a.text)).size).toBe(1)
    expect(answers[0]!.json).toMatchObject(wrong)
    expect(answers.map(a => Object.keys(a.headers).toSorted())).toEqual(Array.from({ length: 3 }, () => Object.keys(answers[0]!.headers).toSorted()))
  })

  test('and after about the same time', async () => {
    const times: Record<string, number[]> = { nobody: [], officer2: [] }
    for (let n = 0; n < 24; n++) {
      const who = n % 2 ? 'nobody' : 'officer2'
      const began = performance.now()
      expect((await from(room, `203.0.114.${n}`, who, 'a wrong one')).status).toBe(401)
      times[who]!.push(performance.now() - began)
    }
    const median = (of: number[]) => of.toSorted((a, b) => a - b)[Math.floor(of.length / 2)]!
    const ratio = median(times.nobody!) / median(times.officer2!)
    expect(ratio).toBeGreaterThan(0.5)
    expect(ratio).toBeLessThan(2)
  })

  test('and a liaison who changes others’ passwords learns nothing of whom there is', async () => {
    const fire = await room.as('dept-fire')
    const tries = await Promise.all(['officer1', 'nobody'].flatMap(person => [{ person, password: 'a new password' }, { person, password: 'a new password', seen: 0 }]).map(body => fire.raw('account.setPassword', body)))
    expect(new Set(tries.map(t => JSON.stringify([t.status, t.json]))).size).toBe(1)
    expect(tries[0]!.status).toBe(403)
  })
})

describe('Given what ends a right to ask', () => {
  let room: TestRoom
  let admin: Client
  beforeAll(async () => {
    room = await testRoom()
    admin = await room.as('admin')
  })
  afterAll(() => room.close())

  const call = { source: { channel: 'phone' }, typeCode: '12G00', township: '442000118' }

  test('a screen is paired once by a code of ten minutes, sees, and may not write', async () => {
    const { code } = (await admin.call('POST', '/api/screens/codes')).json
    const stranger = room.stranger()
    expect((await stranger.call('POST', '/api/screens', { code: 'XXXXXXXX', name: '大厅' })).json).toMatchObject({ status: 422, errors: [{ path: 'code' }] })
    const { token } = (await stranger.call('POST', '/api/screens', { code, name: '大厅' })).json
    expect((await stranger.call('POST', '/api/screens', { code, name: '大厅' })).status).toBe(422)
    const late = (await admin.call('POST', '/api/screens/codes')).json.code
    await room.passes('11 minutes')
    expect((await stranger.call('POST', '/api/screens', { code: late, name: '大厅' })).status).toBe(422)
    const wall = room.stranger({ authorization: `Bearer ${token}` })
    expect((await wall.get('/api/incidents')).status).toBe(200)
    const before = room.node.fanout.head()
    for (const [command, body] of [['incident.log', call], ['alert.deliver', { id: randomUUID(), channel: 'x' }], ['account.setPassword', { password: 'a new password' }], ['account.enrolTotp', { secret: 'A', code: '1' }]] as const)
      expect((await wall.raw(command, body)).status, command).toBe(403)
    expect([(await wall.call('POST', '/api/screens/codes')).status, (await wall.call('POST', '/api/keys', { name: 'x', scopes: ['read'] })).status, (await wall.call('POST', '/api/ingest/incident', call, { 'idempotency-key': randomUUID() })).status]).toEqual([403, 403, 403])
    expect(room.node.fanout.head()).toBe(before)
  })

  test('a revoked screen’s token and sockets die at once', async () => {
    const token = await pairScreen(admin, room.stranger(), '会议室')
    const wall = room.stranger({ authorization: `Bearer ${token}` })
    const reader = await joinBoard(room.url, {}, null, token)
    const { items } = (await admin.get('/api/screens')).json
    const { id } = items.find((s: { name: string }) => s.name === '会议室')
    expect(JSON.stringify(items)).not.toContain(token)
    expect((await admin.call('DELETE', `/api/screens/${id}`)).status).toBe(204)
    await cutOff(reader)
    expect((await wall.get('/api/incidents')).status).toBe(401)
    await expect(joinBoard(room.url, {}, null, token)).rejects.toThrow('unauthorised')
    expect((await admin.call('DELETE', `/api/screens/${id}`)).status).toBe(404)
  })

  test('a key brings in by its scope and nothing else; revoked, it is dead', async () => {
    const make = async (scopes: string[]) => (await admin.call('POST', '/api/keys', { name: scopes.join(), scopes })).json
    const [ingest, read] = [await make(['ingest']), await make(['read'])]
    const asKey = (key: string) => room.stranger({ authorization: `Bearer ${key}` })
    expect((await asKey(ingest.key).call('POST', '/api/ingest/incident', call, { 'idempotency-key': randomUUID() })).json).toMatchObject({ version: 1, now: null })
    expect((await asKey(ingest.key).raw('incident.log', call)).status).toBe(200)
    expect((await asKey(ingest.key).get('/api/incidents')).json).toEqual({ items: [], nextCursor: null })
    expect((await asKey(read.key).raw('incident.log', call)).status).toBe(403)
    expect((await asKey(read.key).get('/api/audit?limit=1')).status).toBe(200)
    expect((await admin.call('DELETE', `/api/keys/${ingest.id}`)).status).toBe(204)
    expect((await asKey(ingest.key).raw('incident.log', call)).status).toBe(401)
  })

  test('signing out ends the cookie and its sockets, and no other', async () => {
    const [one, two] = [await signIn(room.url, 'mayor'), await signIn(room.url, 'mayor')]
    const [first, second] = [await one.board(), await two.board()]
    const out = await one.call('DELETE', '/api/session')
    expect(out.status).toBe(204)
    await cutOff(first)
    expect([(await one.get('/api/me')).status, (await two.get('/api/me')).status, second.socket.connected]).toEqual([401, 200, true])
    second.close()
  })

  test('a disabled account is out at once; changed roles make the sockets join anew', async () => {
    const [lead, fire] = [await signIn(room.url, 'vicemayor'), await signIn(room.url, 'dept-fire')]
    const [a, b] = [await lead.board(), await fire.board()]
    await admin.do('account.disable', { person: 'vicemayor' })
    await admin.do('account.change', { person: 'dept-fire', units: ['fire', 'health'] })
    await Promise.all([cutOff(a), cutOff(b)])
    expect([(await lead.get('/api/me')).status, (await fire.get('/api/me')).status]).toEqual([401, 200])
    const again = await fire.board({ book: b.book, seq: b.seq() })
    expect(again.joined).toMatchObject({ mode: 'snapshot' })
    again.close()
  })

  test('a changed password ends the other sessions, and asking again under its key gets the first answer', async () => {
    const [one, two] = [await signIn(room.url, 'officer2'), await signIn(room.url, 'officer2')]
    const key = randomUUID()
    const body = { password: 'another-password-1', current: PASSWORD }
    expect((await one.raw('account.setPassword', { ...body, current: 'not mine' })).json).toMatchObject({ status: 422, errors: [{ path: 'current' }] })
    const first = await one.raw('account.setPassword', body, key)
    expect(first.status).toBe(200)
    expect([(await one.get('/api/me')).status, (await two.get('/api/me')).status]).toEqual([200, 401])
    expect(await one.raw('account.setPassword', body, key)).toMatchObject({ status: 200, json: first.json })
    await expect(signIn(room.url, 'officer2')).rejects.toThrow('401')
    await signIn(room.url, 'officer2', 'another-password-1')
    const kept = await room.query('select to_jsonb(e)::text as row from entry e union all select to_jsonb(c)::text from command c union all select to_jsonb(s)::text from session s union all select to_jsonb(k)::text from credential k')
    for (const secret of ['another-password-1', PASSWORD, one.headers.cookie!.split('=')[1]!]) expect(JSON.stringify(kept)).not.toContain(secret)
  })

  test('with a second factor the password alone is not enough, and a code is good for its time', async () => {
    const chief = await signIn(room.url, 'chief')
    const secret = new Secret({ size: 20 })
    const code = (at = room.clock.nowMs()) => new TOTP({ secret }).generate({ timestamp: at })
    const tells = async (totp?: string) => (await from(room, '', 'chief', PASSWORD, totp === undefined ? {} : { totp })).json
    expect((await chief.raw('account.enrolTotp', { secret: secret.base32, code: '000000' })).json).toMatchObject({ status: 422, errors: [{ path: 'code' }] })
    expect((await chief.raw('account.enrolTotp', { secret: 'not base32!', code: code() })).json).toMatchObject({ status: 422, errors: [{ path: 'secret' }] })
    expect((await chief.raw('account.enrolTotp', { person: 'officer1', secret: secret.base32, code: code() })).status).toBe(403)
    await chief.do('account.enrolTotp', { secret: secret.base32, code: code() })
    expect(await tells()).toMatchObject({ status: 401, code: 'totp-required' })
    expect(await tells('000000')).toMatchObject(wrong)
    expect(await tells(code(room.clock.nowMs() - 120_000))).toMatchObject(wrong)
    expect(await tells(code())).toMatchObject({ me: { username: 'chief', totp: true } })
    expect((await from(room, '', 'chief', 'a wrong one', { totp: code() })).json).toMatchObject(wrong)
    expect(JSON.stringify(await room.query('select * from credential'))).not.toContain(secret.base32)
  })

  test('an idle desk is signed out after half an hour, socket and all; the desk on duty and a phone are not', async () => {
    const [idle, onDuty, phone] = [await signIn(room.url, 'officer3'), await signIn(room.url, 'officer1'), await signIn(room.url, 'mayor')]
    const readers = await Promise.all([idle, onDuty, phone].map(c => c.board()))
    await room.passes('31 minutes')
    await room.node.beat(60)
    await cutOff(readers[0]!)
    expect(readers.slice(1).map(r => r.socket.connected)).toEqual([true, true])
    expect(await Promise.all([idle, onDuty, phone].map(async c => (await c.get('/api/me')).status))).toEqual([401, 200, 200])
    for (const r of readers) r.close()
  })

  test('a desk where a call is being typed is not idle', async () => {
    const typing = await signIn(room.url, 'officer3')
    const reader = await typing.board()
    for (let n = 0; n < 4; n++) {
      await room.passes('20 minutes')
      await reader.socket.emitWithAck('presence', {})
      await room.node.beat(60)
    }
    expect([reader.socket.connected, (await typing.get('/api/me')).status]).toEqual([true, 200])
    reader.close()
  })
})
