import type { Moment } from '../kernel/time.ts'

/** 指示 · 批示 · 交办. */
export type Form = 'instruction' | 'remark' | 'assignment'
export type Urgency = 'flash' | 'urgent' | 'normal'
export type Step = 'issued' | 'relayed' | 'receipted' | 'answered' | 'done'

/** One unit's own line of an instruction: each goes its own steps. */
export interface Relay {
  unit: string
  name: string
  step: Step
  relayedAt?: Moment
  relayedBy?: string
  via?: string
  toldTo?: string
  receiptedAt?: Moment
  person?: string
  answers: { at: Moment; by: string; text: string; done: boolean }[]
  reminders: { at: Moment; by: string }[]
  /** When this line falls behind unless it moves on; null once it has, or once it has been said. */
  lapsesAt: Moment | null
}

export interface LeaderNamed {
  person: string
  name: string
  title?: string
}

export type InstructionEvent =
  | {
      type: 'instruction.issued'
      text: string
      form: Form
      urgency: Urgency
      units: { unit: string; name: string }[]
      from: LeaderNamed
      recordedBy?: string
      incident?: string
      dueAt?: Moment
      relayBy: Moment
    }
  | { type: 'instruction.relayed'; unit: string; via: string; toldTo?: string; receiptBy: Moment }
  | { type: 'instruction.receipted'; unit: string; person: string; how?: string; words?: string }
  | { type: 'instruction.answered'; unit: string; text: string; done: boolean }
  | { type: 'instruction.reminded'; unit: string }
  | { type: 'instruction.lapsed'; units: { unit: string; step: Step }[] }
  | { type: 'instruction.withdrawn'; reason: string }
  | { type: 'instruction.closed'; summary?: string }

export interface Instruction {
  text: string
  form: Form
  urgency: Urgency
  from: LeaderNamed
  recordedBy?: string
  incident?: string
  issuedAt: Moment
  dueAt?: Moment
  status: 'open' | 'closed' | 'withdrawn'
  relays: Record<string, Relay>
  summary?: string
  closedAt?: Moment
}

/** How an instruction stands after one more event. */
export function evolve(i: Instruction | undefined, e: InstructionEvent, { at, by }: { at: Moment; by: string }): Instruction {
  if (e.type === 'instruction.issued') {
    const { type: _, units, relayBy, ...issued } = e
    const relays = Object.fromEntries(
      units.map(({ unit, name }): [string, Relay] => [unit, { unit, name, step: 'issued', answers: [], reminders: [], lapsesAt: relayBy }]),
    )
    return { ...issued, issuedAt: at, status: 'open', relays }
  }
  if (!i) throw new Error(`${e.type} before instruction.issued`)
  const line = (unit: string, change: (r: Relay) => Partial<Relay>): Instruction => {
    const relay = i.relays[unit]
    if (!relay) throw new Error(`${e.type} for a unit it does not name: ${unit}`)
    return { ...i, relays: { ...i.relays, [unit]: { ...relay, ...change(relay) } } }
  }
  switch (e.type) {
    case 'instruction.relayed':
      return line(e.unit, () => ({ step: 'relayed', relayedAt: at, relayedBy: by, via: e.via, toldTo: e.toldTo, lapsesAt: e.receiptBy }))
    case 'instruction.receipted':
      return line(e.unit, () => ({ step: 'receipted', receiptedAt: at, person: e.person, lapsesAt: i.dueAt ?? null }))
    case 'instruction.answered':
      return line(e.unit, r => ({
        step: e.done ? 'done' : 'answered',
        answers: [...r.answers, { at, by, text: e.text, done: e.done }],
        lapsesAt: e.done ? null : r.lapsesAt,
      }))
    case 'instruction.reminded':
      return line(e.unit, r => ({ reminders: [...r.reminders, { at, by }] }))
    case 'instruction.lapsed': {
      const lapsed = new Set(e.units.map(u => u.unit))
      return { ...i, relays: Object.fromEntries(Object.entries(i.relays).map(([unit, r]) => [unit, lapsed.has(unit) ? { ...r, lapsesAt: null } : r])) }
    }
    case 'instruction.withdrawn':
      return { ...i, status: 'withdrawn', closedAt: at, summary: e.reason }
    case 'instruction.closed':
      return { ...i, status: 'closed', closedAt: at, summary: e.summary }
  }
}
