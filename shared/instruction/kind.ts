import type { Kind } from '../kernel/kind.ts'
import { earliest, msOf } from '../kernel/time.ts'
import { commands } from './commands.ts'
import { evolve, type Instruction, type InstructionEvent } from './instruction.ts'

/** 指示批示: a leader's words to units, each unit's line from 传达 over 签收 and 反馈 to 办结. */
export const instruction: Kind<Instruction, InstructionEvent> = {
  name: 'instruction',
  commands,
  evolve,
  open: i => i.status === 'open',
  wakeAt: i => (i.status === 'open' ? earliest(Object.values(i.relays).map(r => r.lapsesAt)) : null),
  wake: (i, { at }) => [
    {
      type: 'instruction.lapsed',
      units: Object.values(i.relays).flatMap(r => (r.lapsesAt && msOf(r.lapsesAt) <= msOf(at) ? [{ unit: r.unit, step: r.step }] : [])),
    },
  ],
  columns: i => ({
    at: i.issuedAt,
    keys: { status: i.status, urgency: i.urgency, form: i.form },
    words: [i.text],
    about: i.incident ?? null,
    units: Object.values(i.relays).flatMap(r => (r.step === 'issued' ? [] : [r.unit])),
    people: [i.from.person],
  }),
  personal: { name: [], phone: [], words: ['text', 'via', 'toldTo', 'how', 'words', 'summary', 'reason'] },
}
