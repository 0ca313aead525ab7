import type { Rung } from '../reference/ladders.ts'
import type { Moment } from '../kernel/time.ts'

/** How far an alert has come with one person (or one unit). */
export type Delivery = 'queued' | 'sent' | 'delivered' | 'seen' | 'acknowledged' | 'failed' | 'expired'

const ORDER: readonly Delivery[] = ['failed', 'expired', 'queued', 'sent', 'delivered', 'seen', 'acknowledged']

/** One addressee's own line of an alert. `to` is a username or a unit. */
export interface Addressee {
  to: string
  unit?: true
  name: string
  post?: string
  /** Which rung of the ladder brought them in; 0 is those first addressed, whose acknowledgement ends the alert. */
  rung: number
  status: Delivery
  rings: number
  rangAt: Moment
  deliveredAt?: Moment
  seenAt?: Moment
  acknowledgedAt?: Moment
  channel?: string
  /** Who pressed the button, when it was not the addressee: 代签收. */
  onBehalfBy?: string
  how?: string
  words?: string
  note?: string
}

export type Rung0 = Pick<Addressee, 'to' | 'unit' | 'name' | 'post'>

export interface Frozen {
  rungs: Rung[]
  thenEveryMinutes: number
  version: number
  source: string
}

export type Urgency = 'flash' | 'urgent' | 'normal'

export type AlertEvent =
  | {
      type: 'alert.raised'
      text: string
      urgency: Urgency
      about?: { kind: string; id: string; unit?: string }
      people: Rung0[]
      vacant: string[]
      ladder: Frozen
      nextAt: Moment
    }
  | { type: 'alert.delivered'; to: string; channel: string }
  | { type: 'alert.seen'; to: string }
  | { type: 'alert.acknowledged'; to: string; note?: string; onBehalfBy?: string; how?: string; words?: string }
  | { type: 'alert.escalated'; rung: number; people: Rung0[]; again: string[]; vacant: string[]; say: string; nextAt: Moment }
  | { type: 'alert.settled'; reason: string }

export interface Alert {
  text: string
  urgency: Urgency
  about?: { kind: string; id: string; unit?: string }
  raisedAt: Moment
  raisedBy: string
  status: 'open' | 'acknowledged' | 'settled'
  people: Record<string, Addressee>
  ladder: Frozen
  rung: number
  nextAt: Moment | null
  /** Why a rung rang nobody: posts nobody sits in, said so that silence can be explained. */
  vacant: { rung: number; posts: string[] }[]
  endedAt?: Moment
  reason?: string
}

const forward = (a: Addressee, status: Delivery): Delivery => (ORDER.indexOf(status) > ORDER.indexOf(a.status) ? status : a.status)

const ringing = (people: Rung0[], rung: number, at: Moment) =>
  people.map((p): [string, Addressee] => [p.to, { ...p, rung, status: 'queued', rings: 1, rangAt: at }])

/** Whether everybody first addressed has acknowledged. */
export const answered = (people: Record<string, Addressee>) => {
  const addressed = Object.values(people).filter(p => p.rung === 0)
  return addressed.length > 0 && addressed.every(p => p.status === 'acknowledged')
}

/** How an alert stands after one more event. */
export function evolve(a: Alert | undefined, e: AlertEvent, { at, by }: { at: Moment; by: string }): Alert {
  if (e.type === 'alert.raised') {
    const { type: _, people, vacant, ...raised } = e
    return {
      ...raised,
      raisedAt: at,
      raisedBy: by,
      status: 'open',
      people: Object.fromEntries(ringing(people, 0, at)),
      rung: 0,
      vacant: vacant.length ? [{ rung: 0, posts: vacant }] : [],
    }
  }
  if (!a) throw new Error(`${e.type} before alert.raised`)
  const line = (to: string, change: (p: Addressee) => Partial<Addressee>): Alert => {
    const person = a.people[to]
    if (!person) throw new Error(`${e.type} for somebody it does not name: ${to}`)
    return { ...a, people: { ...a.people, [to]: { ...person, ...change(person) } } }
  }
  switch (e.type) {
    case 'alert.delivered':
      return line(e.to, p => ({ status: forward(p, 'delivered'), deliveredAt: p.deliveredAt ?? at, channel: e.channel }))
    case 'alert.seen':
      return line(e.to, p => ({ status: forward(p, 'seen'), seenAt: p.seenAt ?? at }))
    case 'alert.acknowledged': {
      const { type: _, to, ...said } = e
      const next = line(to, () => ({ ...said, status: 'acknowledged', acknowledgedAt: at }))
      return answered(next.people) ? { ...next, status: 'acknowledged', endedAt: at, nextAt: null } : next
    }
    case 'alert.escalated': {
      const again = new Set(e.again)
      const rungAgain = Object.entries(a.people).map(([to, p]): [string, Addressee] => [to, again.has(to) ? { ...p, rings: p.rings + 1, rangAt: at } : p])
      return {
        ...a,
        people: Object.fromEntries([...rungAgain, ...ringing(e.people, e.rung, at)]),
        rung: e.rung,
        nextAt: e.nextAt,
        vacant: e.vacant.length ? [...a.vacant, { rung: e.rung, posts: e.vacant }] : a.vacant,
      }
    }
    case 'alert.settled':
      return { ...a, status: 'settled', reason: e.reason, endedAt: at, nextAt: null }
  }
}
