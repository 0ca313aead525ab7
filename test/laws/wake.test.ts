import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { reactions } from '@duty/shared/reactions.ts'
import { refold } from '@duty/server/book/refold.ts'
import { rules } from '@duty/server/rules.ts'
import { nightOf } from '../harness/night.ts'
import { testRoom, type TestRoom } from '../harness/room.ts'

const SEEDS = [11, Math.floor(Math.random() * 1_000_000)]
const DEEPEST = 8

interface Due {
  kind: string
  id: string
  version: number
  wake_at: string
}

/** From the type of one entry to those it has caused, over all nights. */
const causes = new Map<string, Set<string>>()
const happened = new Set<string>()

/** Takes in what has caused what in a room; how many steps the longest way had. */
async function learnCauses(room: TestRoom): Promise<number> {
  const entries = await room.query<{ seq: number; type: string; cause: number | null }>('select seq, type, cause from entry order by seq')
  const depth = new Map<number, number>()
  const types = new Map(entries.map(e => [e.seq, e.type]))
  for (const { seq, type, cause } of entries) {
    happened.add(type)
    depth.set(seq, cause === null ? 0 : depth.get(cause)! + 1)
    if (cause !== null) causes.set(types.get(cause)!, (causes.get(types.get(cause)!) ?? new Set()).add(type))
  }
  return Math.max(...depth.values())
}

describe.each(SEEDS)('Given the night of seed %i, and the hours after it', seed => {
  let room: TestRoom

  beforeAll(async () => {
    room = await testRoom()
    const night = await nightOf(room, seed)
    for (let n = 0; n < 70; n++) await night.goesOn()
    await room.settle()
  })
  afterAll(() => room.close())

  const due = () => room.query<Due>('select kind, id, version, wake_at from state where wake_at <= $1 and set_aside is null order by wake_at, id', [room.now()])

  test('when the clock looks, then each wake writes an entry, and the thing next wakes later or never', async () => {
    const until = room.clock.after('5 hours')
    let wakes = 0
    for (;;) {
      const [next] = await room.query<{ at: string | null }>('select min(wake_at) as at from state where set_aside is null')
      if (!next?.at || Date.parse(next.at) > until) break
      room.clock.set(Math.max(room.clock.nowMs(), Date.parse(next.at)))
      const before = await due()
      expect(await room.node.tick()).toBe(before.length)
      const after = new Map((await room.query<Due>('select kind, id, version, wake_at from state where id = any($1::uuid[])', [before.map(d => d.id)])).map(d => [d.id, d]))
      const written = new Set((await room.query<{ command: string }>('select distinct command from entry where command = any($1)', [before.map(d => `wake:${d.kind}:${d.id}:${d.version}`)])).map(e => e.command))
      for (const { kind, id, version, wake_at } of before) {
        const now = after.get(id)!
        expect(now.version, `seed ${seed}: ${kind} ${id}`).toBeGreaterThan(version)
        expect(now.wake_at === null || now.wake_at > wake_at, `seed ${seed}: ${kind} ${id} wakes at ${now.wake_at} after ${wake_at}`).toBe(true)
        expect(written.has(`wake:${kind}:${id}:${version}`), `seed ${seed}: ${kind} ${id} wrote nothing`).toBe(true)
      }
      wakes += before.length
    }
    room.clock.set(until)
    expect(wakes).toBeGreaterThan(100)
    expect(room.logged.filter(l => l.event === 'clock.set-aside')).toEqual([])
  })

  test('then no open alert or deadline is without a moment to come', async () => {
    expect(await room.forgotten()).toEqual([])
    expect(await room.query("select kind, id from state where kind in ('alert', 'deadline') and open and wake_at <= $1", [room.now()])).toEqual([])
    const [{ n }] = (await room.query<{ n: number }>("select count(*)::int as n from state where kind in ('alert', 'deadline') and open")) as [{ n: number }]
    expect(n).toBeGreaterThan(3)
  })

  test('then the book proves itself, and what caused what goes back at most eight steps', async () => {
    expect(await room.proves()).toMatchObject({ verdict: { ok: true }, astray: [] })
    const depth = await learnCauses(room)
    expect(depth).toBeGreaterThan(0)
    expect(depth).toBeLessThanOrEqual(DEEPEST)
  })
})

describe('Given all that has caused anything in these nights, and in one told from beginning to end', () => {
  test('then every reaction of the room was among it', async () => {
    const room = await testRoom()
    const [desk, chief, fire] = await Promise.all(['officer1', 'chief', 'dept-fire'].map(u => room.as(u)))
    const call = { source: { channel: 'phone' }, typeCode: '12G00', township: '442000118' }
    const issue = (incident: string) => desk!.do('instruction.issue', { text: '核实', kind: 'instruction', urgency: 'flash', units: ['fire'], from: 'mayor', incident })
    const later = () => new Date(room.clock.nowMs() + 3_600_000).toISOString()
    const [a, b] = [await desk!.do('incident.log', { ...call, level: 1 }), await desk!.do('incident.log', call)]
    await desk!.do('incident.followUp', { id: b.id, casualties: { dead: 1 } })
    await desk!.do('incident.revise', { id: b.id, sensitive: true })
    await desk!.do('incident.grade', { id: b.id, level: 2, reason: '升级' })
    const [first, second, third] = [await issue(a.id), await issue(b.id), await issue(a.id)]
    for (const { id } of [first, second]) await desk!.do('instruction.relay', { id, unit: 'fire', via: 'phone' })
    await fire!.do('instruction.receipt', { id: first.id, unit: 'fire', person: '某' })
    await fire!.do('instruction.feedback', { id: first.id, unit: 'fire', text: '办结', done: true })
    await desk!.do('instruction.close', { id: first.id })
    await room.passes('2 hours')
    await desk!.do('instruction.withdraw', { id: third.id, reason: '误' })
    const clocks = (await room.query<{ id: string }>("select id from state where kind = 'deadline' order by id")).map(d => d.id)
    await desk!.do('deadline.meet', { id: clocks[0]!, evidence: { who: '省', how: '电话' } })
    await desk!.do('deadline.cancel', { id: clocks[1]!, reason: '误' })
    await chief!.do('deadline.extend', { id: clocks[2]!, until: later(), reason: '待核' })
    await desk!.do('incident.close', { id: a.id, summary: '终' })
    await chief!.do('roster.publish', { from: room.now(), to: new Date(room.clock.nowMs() + 86_400_000).toISOString() })
    expect(await learnCauses(room)).toBeGreaterThan(0)
    await room.close()
    expect([...new Set(reactions.map(r => r.on))].filter(on => !happened.has(on))).toEqual([])
  })

  test('then nothing causes itself, over however many steps, and no way is longer than eight', () => {
    const longest = (type: string, way: string[]): number => {
      if (way.includes(type)) throw new Error(`a circle: ${[...way, type].join(' → ')}`)
      return Math.max(0, ...[...(causes.get(type) ?? [])].map(next => 1 + longest(next, [...way, type])))
    }
    expect(Math.max(...[...causes.keys()].map(type => longest(type, [])))).toBeLessThanOrEqual(DEEPEST)
  })
})

describe('Given things that the clock cannot get on with', () => {
  let room: TestRoom
  let good: string, broken: string, idle: string

  const open = async (text: string) => (await (await room.as('officer1')).do('alert.raise', { to: ['mayor'], text, urgency: 'flash' })).id
  const rung = async (id: string) => (await room.query<{ rung: number }>("select (data->>'rung')::int as rung from state where id = $1", [id]))[0]!.rung
  const aside = () => room.query<{ id: string }>('select id from state where set_aside is not null order by id')
  const sos = () => room.query<{ id: string; data: { text: string; status: string } }>("select id, data from state where kind = 'alert' and data->>'text' like '系统未能按时处理%'")

  beforeAll(async () => {
    room = await testRoom()
    ;[good, broken, idle] = (await Promise.all(['好的', '坏的', '空等的'].map(open))) as [string, string, string]
    await room.query(`update state set data = data - 'ladder' where id = $1`, [broken])
    await room.query(`update state set data = data || '{"nextAt": null}' where id = $1`, [idle])
  })
  afterAll(() => room.close())

  test('when their moment comes, then they are set aside, the room is rung for each, and the others go on', async () => {
    await room.passes('3 minutes')
    expect(await rung(good)).toBe(1)
    expect((await aside()).map(a => a.id)).toEqual([broken, idle].toSorted())
    const rings = await sos()
    expect(rings.map(r => [broken, idle].find(id => r.data.text.includes(id)) ?? '').toSorted()).toEqual([broken, idle].toSorted())
    expect(rings.every(r => r.data.status === 'open')).toBe(true)
    expect((await room.forgotten()).map(f => f.id).toSorted()).toEqual([broken, idle].toSorted())
  })

  test('when time goes on, then they are not asked again, and the others are', async () => {
    await room.passes('10 minutes')
    expect(await rung(good)).toBe(3)
    expect(await sos()).toHaveLength(2)
  })

  test('when the states are made anew from the book, then they go on where they stood', async () => {
    await refold(room.node.db, rules)
    await room.passes('1 minute')
    expect(Math.min(await rung(broken), await rung(idle))).toBeGreaterThan(0)
    expect(await aside()).toEqual([])
    expect(await room.forgotten()).toEqual([])
    expect(await room.proves()).toMatchObject({ verdict: { ok: true }, astray: [] })
  })
})

describe('Given two nodes on one book', () => {
  test('when both look at the clock at once, again and again, then each thing is woken once', async () => {
    const one = await testRoom()
    const two = await testRoom({ database: one.database, clock: one.clock })
    const desk = await one.as('officer1')
    for (let n = 0; n < 5; n++) await desk.do('incident.log', { source: { channel: 'phone' }, typeCode: '12G00', township: '442000118', level: 1 })
    for (let minute = 0; minute < 40; minute += 2) {
      one.clock.set(one.clock.after('2 minutes'))
      await Promise.all([one.node.tick(), two.node.tick(), two.node.tick()])
    }
    expect((await one.query("select distinct command from entry where command like 'wake:%'")).length).toBeGreaterThan(20)
    const escalations = await one.query<{ n: number }>("select count(*)::int as n from entry where type = 'deadline.breached' group by id")
    expect(escalations.every(e => e.n === 1)).toBe(true)
    const [{ twice }] = (await one.query<{ twice: number }>("select count(*)::int as twice from (select id, version from entry group by id, version having count(*) > 1) t")) as [{ twice: number }]
    expect(twice).toBe(0)
    const rungs = await one.query<{ rung: number; n: number }>("select data->>'rung' as rung, count(*)::int as n from entry where type = 'alert.escalated' group by id, data->>'rung' having count(*) > 1")
    expect(rungs).toEqual([])
    expect(await one.proves()).toMatchObject({ verdict: { ok: true }, astray: [] })
    expect([...one.logged, ...two.logged].filter(l => l.event === 'clock.set-aside')).toEqual([])
    await two.close()
    await one.close()
  })
})
