import { randomUUID } from 'node:crypto'
import type { Role } from '@duty/shared/kernel/kind.ts'
import { signIn, type Client } from './client.ts'
import type { TestRoom } from './room.ts'

/** Draws lots from a seed: the same seed, the same night (mulberry32). */
export function lots(seed: number) {
  let state = seed >>> 0
  const lot = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), state | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
  return {
    lot,
    upTo: (n: number) => Math.floor(lot() * n),
    chance: (p: number) => lot() < p,
    one: <T>(of: readonly T[]): T => of[Math.floor(lot() * of.length)]!,
    some: <T>(of: readonly T[]): T[] => of.filter(() => lot() < 0.5),
  }
}

/** What a night does: one command over the door, or time going by. */
type Deed = () => Promise<unknown>

const ROOM_PEOPLE = ['officer1', 'officer1', 'officer2', 'chief', 'lead']
const LIAISONS: Record<string, string> = { emergency: 'dept-emergency', fire: 'dept-fire', health: 'dept-health', 442000118: 'town-xiaolan' }
const UNITS = Object.keys(LIAISONS)
const TOWNS = ['442000118', '442000118', '442000105', 'unknown', null]
const TYPES = ['12G00', '12K00', '11B04', '13A00', '14F00']
const NAMES = ['李建国', '王小芳', '欧阳志远', '陈阿婆']
const WORDS = ['现场有浓烟', '已疏散', '伤者送医', '道路中断', '水位上涨']
/** Somebody who wears two hats, and whose hats the admin changes during the night. */
export const TWO_HATS = 'two-hats'

/** A night of random deeds over real commands. Every answer must be a yes or a no that the contract knows. */
export async function nightOf(room: TestRoom, seed: number) {
  const { lot, upTo, chance, one, some } = lots(seed)
  const people = new Map<string, Client>()
  const done: Record<string, number> = {}
  const refused: Record<string, number> = {}

  /** Somebody, signed in; anew where they have been signed out for having been idle. */
  async function person(username: string, anew = false): Promise<Client> {
    const client = (!anew && people.get(username)) || (await signIn(room.url, username))
    people.set(username, client)
    return client
  }

  async function ask(username: string, command: string, body: Record<string, unknown>): Promise<void> {
    let answer = await (await person(username)).raw(command, body, randomUUID())
    if (answer.status === 401) answer = await (await person(username, true)).raw(command, body, randomUUID())
    const tally = answer.status === 200 ? done : refused
    tally[command] = (tally[command] ?? 0) + 1
    if (![200, 403, 404, 409, 422].includes(answer.status)) throw new Error(`seed ${seed}: ${username} ${command} ${JSON.stringify(body)}: ${answer.status} ${JSON.stringify(answer.json)}`)
  }

  /** One of the things there are, as the book says; mostly one still open. */
  async function thing(kind: string): Promise<{ id: string; version: number; data: any } | undefined> {
    const rows = await room.query<{ id: string; version: number; data: any; open: boolean }>('select id, version, data, open from state where kind = $1 order by seq desc limit 40', [kind])
    const open = rows.filter(r => r.open)
    return open.length && chance(0.85) ? one(open) : rows.length ? one(rows) : undefined
  }

  const source = () => {
    const unit = chance(0.3) ? { unit: '小榄镇应急办' } : {}
    return { channel: one(['phone', 'hotline', 'inPerson']), person: one(NAMES), phone: one(['13800000000', '139 1234 5678']), ...unit }
  }
  const casualties = () => ({ dead: one([null, 0, 1, 3]), injured: one([null, 5, 12]) })
  const words = () => `${one(NAMES)}：${one(WORDS)}，电话${one(['138-0000-0000', '13912345678'])}`
  const said = () => ({ ...(chance(0.6) ? { narrative: words() } : {}), ...(chance(0.4) ? { casualties: casualties() } : {}) })
  const level = () => one([1, 2, 3, 4, null])

  async function log(): Promise<void> {
    const body = { source: source(), typeCode: one(TYPES), township: one(TOWNS), ...said(), ...(chance(0.7) ? { level: level() } : {}), sensitive: chance(0.2) }
    const late = chance(0.3) ? { receivedAt: new Date(room.clock.nowMs() - upTo(50) * 60_000).toISOString() } : {}
    await ask(chance(0.15) ? one(Object.values(LIAISONS)) : one(ROOM_PEOPLE), 'incident.log', { id: randomUUID(), ...body, ...late })
  }

  async function tell(): Promise<void> {
    const i = await thing('incident')
    if (!i) return log()
    const { id } = i
    const seen = chance(0.3) ? { seen: i.version - upTo(2) } : {}
    const by = one(ROOM_PEOPLE)
    const deeds: Deed[] = [
      () => ask(by, 'incident.addCall', { id, source: source(), narrative: words() }),
      () => ask(by, 'incident.followUp', { id, ...seen, narrative: words(), casualties: casualties(), reason: words() }),
      () => ask(by, 'incident.revise', { id, ...seen, township: one(TOWNS) }),
      () => ask(by, 'incident.revise', { id, sensitive: chance(0.5), title: `${one(WORDS)}·${one(NAMES)}` }),
      () => ask(by, 'incident.grade', { id, level: level(), reason: words() }),
      () => ask(by, 'incident.share', { id, unit: one(UNITS) }),
      () => ask(by, 'incident.close', { id, summary: words() }),
      () => ask(by, 'incident.reopen', { id, reason: words() }),
      () => (chance(0.3) ? ask('chief', 'incident.forget', { id, reason: '期满' }) : log()),
    ]
    await one(deeds)()
  }

  async function issue(): Promise<void> {
    const about = chance(0.7) ? await thing('incident') : undefined
    const byLeader = chance(0.5)
    await ask(byLeader ? one(['mayor', 'vicemayor']) : 'officer1', 'instruction.issue', {
      text: words(),
      kind: one(['instruction', 'remark', 'assignment']),
      urgency: one(['flash', 'urgent', 'normal']),
      units: some(UNITS),
      ...(about ? { incident: about.id } : {}),
      ...(byLeader ? {} : { from: 'mayor' }),
      ...(chance(0.4) ? { dueAt: new Date(room.clock.nowMs() + (1 + upTo(90)) * 60_000).toISOString() } : {}),
    })
  }

  async function carryOn(): Promise<void> {
    const i = await thing('instruction')
    if (!i) return issue()
    const { id } = i
    const unit = one([...Object.keys(i.data.relays), ...Object.keys(i.data.relays), one(UNITS)])
    const by = chance(0.6) ? LIAISONS[unit]! : one(ROOM_PEOPLE)
    const relay: Deed = () => ask(one(['officer1', 'officer2']), 'instruction.relay', { id, unit, via: 'phone', ...(chance(0.5) ? { toldTo: '值班长' } : {}) })
    const receipt: Deed = () => ask(by, 'instruction.receipt', { id, unit, person: '赵科长' })
    const feedback: Deed = () => ask(by, 'instruction.feedback', { id, unit, text: words(), done: chance(0.4) })
    const next: Record<string, Deed> = { issued: relay, relayed: receipt, receipted: feedback, answered: feedback }
    const step = next[i.data.relays[unit]?.step]
    if (step && chance(0.7)) return void (await step())
    const steps: Deed[] = [
      relay,
      receipt,
      feedback,
      () => ask('officer1', 'instruction.remind', { id, unit }),
      () => ask(one(['mayor', 'officer1']), 'instruction.close', { id, ...(chance(0.7) ? { summary: words() } : {}) }),
      () => (chance(0.3) ? ask(one(['mayor', 'chief']), 'instruction.withdraw', { id, reason: words() }) : issue()),
    ]
    await one(steps)()
  }

  async function ring(): Promise<void> {
    const a = await thing('alert')
    const raise = async () => {
      const about = await thing(one(['incident', 'instruction', 'deadline']))
      const kind = about && (await room.query<{ kind: string }>('select kind from state where id = $1', [about.id]))[0]!.kind
      await ask(one(ROOM_PEOPLE), 'alert.raise', { to: [one(['officer', 'lead', 'mayor', 'fire', 'dept-health', 'deputy-secretary'])], text: words(), urgency: one(['flash', 'urgent', 'normal']), ...(kind ? { about: { kind, id: about.id } } : {}) })
    }
    if (!a) return raise()
    const { id } = a
    const addressed = Object.keys(a.data.people)
    const to = one([...addressed, 'officer2'])
    const own = LIAISONS[to] ?? to
    const deeds: Deed[] = [
      raise,
      () => ask(own, 'alert.seen', { id }),
      () => ask(own, 'alert.deliver', { id, channel: 'screen' }),
      () => ask(own, 'alert.acknowledge', { id, note: words() }),
      () => ask('officer1', 'alert.acknowledge', { id, onBehalfOf: to, how: '电话', words: words() }),
      () => ask('officer2', 'alert.settle', { id, reason: words() }),
    ]
    await one(deeds)()
  }

  async function answerClock(): Promise<void> {
    const d = await thing('deadline')
    if (!d) return log()
    const { id } = d
    const deeds: Deed[] = [
      () => ask('officer1', 'deadline.meet', { id, evidence: { who: '省总值班室 刘某', how: '电话', words: words() } }),
      () => ask('chief', 'deadline.extend', { id, until: new Date(room.clock.nowMs() + upTo(60) * 60_000).toISOString(), reason: words() }),
      () => ask('officer2', 'deadline.cancel', { id, reason: words() }),
    ]
    await one(deeds)()
  }

  async function keepHouse(): Promise<void> {
    const roles = one<Role[]>([['leader', 'liaison'], ['liaison'], ['liaison', 'admin'], ['auditor', 'liaison'], ['liaison', 'leader', 'admin']])
    const deeds: Deed[] = [
      () => ask('admin', 'account.change', { person: TWO_HATS, roles, units: [one(UNITS)] }),
      () => ask('admin', 'account.change', { person: 'officer3', title: one(['值班员', '见习值班员']) }),
      () => ask('admin', 'unit.change', { slug: 'health', name: one(['市卫生健康局', '卫健局']) }),
      () => ask('admin', 'post.change', { slug: 'officer', name: one(['值班员', '当班值班员']) }),
      () => ask('admin', 'account.add', { username: `p${upTo(1_000_000)}`, name: one(NAMES), roles: ['officer'] }),
      () => ask('chief', 'roster.publish', { from: room.now(), to: new Date(room.clock.nowMs() + 48 * 3_600_000).toISOString() }),
      async () => {
        const shift = await thing('shift')
        if (shift) await ask(one(['officer1', 'officer3', 'chief']), 'shift.checkIn', { id: shift.id })
      },
    ]
    await one(deeds)()
  }

  const DEEDS: [number, Deed][] = [
    [0.2, log],
    [0.28, tell],
    [0.08, issue],
    [0.22, carryOn],
    [0.1, ring],
    [0.06, answerClock],
    [0.06, keepHouse],
    [0.06, () => room.passes(`${1 + upTo(25)} minutes`)],
  ]
  const total = DEEDS.reduce((sum, [weight]) => sum + weight, 0)

  await (await person('admin')).do('account.add', { username: TWO_HATS, name: '双岗', roles: ['leader', 'liaison'], units: ['health'], password: 'duty-demo-1234' })

  return {
    upTo,
    chance,
    one,
    person,
    /** How often each command was carried out, and refused. */
    done,
    refused,
    /** One deed of the night. */
    async goesOn(): Promise<void> {
      let at = lot() * total
      for (const [weight, deed] of DEEDS) if ((at -= weight) < 0) return void (await deed())
    },
  }
}

export type Night = Awaited<ReturnType<typeof nightOf>>
