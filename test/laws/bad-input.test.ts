import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { kinds } from '@duty/shared/kinds.ts'
import { testRoom, type TestRoom } from '../harness/room.ts'

const ROLES = ['officer1', 'chief', 'lead', 'mayor', 'dept-fire', 'auditor', 'admin'] as const
const COMMANDS = Object.values(kinds).flatMap(k => Object.keys(k.commands).map(verb => ({ name: `${k.name}.${verb}`, fields: Object.keys(k.commands[verb]!.takes.shape) })))

/** What an attacker, a broken machine or a cat on the keyboard might send. */
const nasty = fc.oneof(
  fc.constantFrom<unknown>(null, true, 0, -1, 1.5, 1e308, '', ' ', '\0', '\uD800', '😀', '\u202E倒写', `'; drop table entry; --`, '<img src=x onerror=alert(1)>', '../../etc/passwd', '__proto__', 'constructor'),
  fc.constantFrom<unknown>([], {}, [[[[[[]]]]]], { a: { a: { a: { a: {} } } } }, ['fire', null], { channel: 'phone' }, { dead: -1 }, '2026-13-45T99:99:99Z', '9999-12-31T23:59:59+08:00'),
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.jsonValue({ maxDepth: 4 }),
)

const asked = fc.record({
  command: fc.constantFrom(...COMMANDS),
  who: fc.constantFrom(...ROLES),
  id: fc.constantFrom<unknown>(undefined, 'known', randomUUID(), 'not an id', 7, null),
  seen: fc.constantFrom<unknown>(undefined, undefined, -1, 'x', 1e9),
  values: fc.array(nasty, { minLength: 0, maxLength: 12 }),
  stray: fc.option(fc.tuple(fc.string({ unit: 'binary', maxLength: 12 }), nasty)),
})

/** Words of our own inside that no answer may carry. */
const INSIDES = /\bat .+\.ts:\d+|node_modules|\/server\/|select .+ from|insert into|syntax error|violates|Error:/i

describe('given whatever anybody sends to the door', () => {
  let room: TestRoom
  const known: Record<string, string> = {}

  beforeAll(async () => {
    room = await testRoom()
    const desk = await room.as('officer1')
    const { id } = await desk.do('incident.log', { source: { channel: 'phone' }, typeCode: '12G00', township: '442000118', level: 2 })
    known.incident = id
    known.instruction = (await desk.do('instruction.issue', { text: '核实', kind: 'instruction', urgency: 'normal', units: ['fire'], incident: id, from: 'mayor' })).id
    for (const kind of ['alert', 'deadline', 'shift']) known[kind] = (await room.query<{ id: string }>('select id from state where kind = $1 limit 1', [kind]))[0]!.id
  })
  afterAll(() => room.close())

  const head = async () => (await room.query<{ head: number }>('select head from book'))[0]!.head

  test('when it is nonsense, then it is refused by its name or done as it says: never a 500, never our insides, and what is refused writes nothing', async () => {
    await fc.assert(
      fc.asyncProperty(asked, async ({ command, who, id, seen, values, stray }) => {
        const body: Record<string, unknown> = Object.fromEntries(command.fields.slice(0, values.length).map((f, n) => [f, values[n]]))
        if (id !== undefined) body.id = id === 'known' ? known[command.name.split('.')[0]!] : id
        if (seen !== undefined) body.seen = seen
        if (stray) Object.defineProperty(body, stray[0], { value: stray[1], enumerable: true, configurable: true })
        const before = await head()
        const { status, json } = await (await room.as(who)).raw(command.name, body)
        expect([200, 400, 401, 403, 404, 409, 422]).toContain(status)
        if (status === 200) return
        expect(JSON.stringify({ ...json, now: undefined })).not.toMatch(INSIDES)
        expect(json).toMatchObject({ status, title: expect.stringMatching(/\p{Script=Han}/u), detail: expect.stringMatching(/\p{Script=Han}/u) })
        if (status === 422 && json.code !== 'not-enabled') expect(json.errors.length).toBeGreaterThan(0)
        expect(await head()).toBe(before)
      }),
      { numRuns: 400 },
    )
  })

  test.each(COMMANDS)('when $name gets a megabyte, then 413; nested a thousand deep, then 4xx; a NUL, then 422 or no', async ({ name, fields }) => {
    const admin = await room.as(name.startsWith('account.') || name.startsWith('unit.') || name.startsWith('post.') ? 'admin' : 'officer1')
    const before = await head()
    expect((await admin.raw(name, { text: 'x'.repeat(1_000_000) })).status).toBe(413)
    const deep = `${'{"a":'.repeat(1_000)}1${'}'.repeat(1_000)}`
    expect([403, 404, 422]).toContain((await admin.raw(name, deep)).status)
    const nul = Object.fromEntries(fields.map(f => [f, 'a\0b']))
    expect([403, 404, 422]).toContain((await admin.raw(name, { id: randomUUID(), ...nul })).status)
    expect(await head()).toBe(before)
  })

  test('when odd but honest words are said, then they are kept to the letter', async () => {
    const narrative = `他说：“<b>着火了</b>” '; drop table entry; -- 😀 \u202Eabc\u202C — 100% & 1=1`
    const desk = await room.as('officer1')
    const { id } = await desk.do('incident.log', { source: { channel: 'inPerson' }, typeCode: '12G00', township: null, narrative })
    expect((await desk.get(`/api/incidents/${id}`)).json.narrative).toBe(narrative)
  })
})
