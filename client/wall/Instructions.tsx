import type { Instruction, Step } from '@duty/shared/instruction/instruction.ts'
import type { Thing } from '@duty/shared/kernel/kind.ts'
import { STEP } from '@duty/shared/words.ts'
import { useNow } from '../sync/clock.ts'
import { useThings } from '../sync/store.ts'
import { count, useKnown } from './known.ts'

type ShownInstruction = Thing<Pick<Instruction, 'status'> & { relays: Record<string, { step: Step; lapsesAt?: string | null }> }>

const OPEN_STEPS = ['issued', 'relayed', 'receipted', 'answered'] as const

/** 指示: how many units stand at each step, and how many of them are behind. */
export function Instructions() {
  const known = useKnown()
  const open = useThings<ShownInstruction>('instruction').filter(i => i.status === 'open')
  const now = useNow()
  const relays = open.flatMap(i => Object.values(i.relays))
  const done = relays.filter(r => r.step === 'done').length
  return (
    <section className="wall-pane wall-instructions t3" data-tier="3" data-role="instructions">
      <h2>
        指示 <b>{open.length || (known ? '无' : '—')}</b>
        {relays.length > 0 && <span className="more">办结 {done}/{relays.length}</span>}
      </h2>
      <ol>
        {OPEN_STEPS.map(step => {
          const at = relays.filter(r => r.step === step)
          const late = at.filter(r => r.lapsesAt && Date.parse(r.lapsesAt) <= now).length
          return (
            <li key={step} data-role="step" data-step={step} data-late={late > 0} data-none={at.length === 0}>
              <span>{STEP[step]}</span>
              <span className="left">
                {late > 0 && <em>逾期{late} </em>}
                {count(at.length, known)}
              </span>
            </li>
          )
        })}
      </ol>
    </section>
  )
}
