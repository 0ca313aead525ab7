import type { Alert } from '@duty/shared/alert/alert.ts'
import type { Deadline } from '@duty/shared/deadline/deadline.ts'
import type { Instruction } from '@duty/shared/instruction/instruction.ts'
import { memo, useDeferredValue, useMemo, type ReactNode } from 'react'
import { useNow } from '../sync/clock.ts'
import { useSteady } from './board.ts'
import { Growing } from './Growing.tsx'
import { alertsDue, deadlinesDue, relaysDue, type RelayDue } from './order.ts'
import { AlertRow, DeadlineRow, RelayRow } from './rows.tsx'

/** Rows of a group painted at first; the rest as they are looked at. */
const FIRST = 25
const HALF_A_MINUTE_MS = 30_000

/** 要办: what waits for the room — instructions to pass on, clocks running, alerts nobody has signed for. */
export const Todo = memo(function Todo() {
  const instructions = useDeferredValue(useSteady<Instruction>('instruction'))
  const alerts = useDeferredValue(useSteady<Alert>('alert'))
  const deadlines = useDeferredValue(useSteady<Deadline>('deadline'))
  const relays = useMemo(() => relaysDue(instructions), [instructions])
  const untold = relays.filter(r => r.relay.step === 'issued')
  const told = relays.filter(r => r.relay.step !== 'issued')
  const ringing = useMemo(() => alertsDue(alerts), [alerts])
  const clocks = useMemo(() => deadlinesDue(deadlines), [deadlines])

  return (
    <section className="todo" data-pane="todo" aria-label="要办">
      <Group digit={1} name="待传达指示" count={untold.length} aside={<Overdue relays={untold} />} none="没有待传达的指示">
        <Growing items={untold} first={FIRST}>
          {(r, n) => <RelayRow key={r.key} due={r} isFirst={n === 0} />}
        </Growing>
      </Group>
      <Group digit={2} name="未签收提醒" count={ringing.length} none="提醒均已签收">
        <Growing items={ringing} first={FIRST}>
          {(a, n) => <AlertRow key={a.id} alert={a} isFirst={n === 0 && untold.length === 0} />}
        </Growing>
      </Group>
      <Group digit={3} name="时限" count={clocks.length} none="没有在走的时限">
        <Growing items={clocks} first={FIRST}>
          {(d, n) => <DeadlineRow key={d.id} deadline={d} isFirst={n === 0 && untold.length + ringing.length === 0} />}
        </Growing>
      </Group>
      <Group digit={4} name="指示在办" count={told.length} aside={<Overdue relays={told} />} none="没有在办的指示">
        <Growing items={told} first={FIRST}>
          {(r, n) => <RelayRow key={r.key} due={r} isFirst={n === 0 && untold.length + ringing.length + clocks.length === 0} />}
        </Growing>
      </Group>
    </section>
  )
})

function Group({ name, digit, count, aside, none, children }: { name: string; digit: number; count: number; aside?: ReactNode; none: string; children: ReactNode }) {
  return (
    <section className="todo-group" aria-label={name} data-group={digit}>
      <h2>
        <kbd>{digit}</kbd> {name} <b>{count}</b> {aside}
      </h2>
      {count === 0 ? <p className="empty">{none}</p> : <ol>{children}</ol>}
    </section>
  )
}

/** How many of them have waited too long. */
function Overdue({ relays }: { relays: RelayDue[] }) {
  const now = useNow(HALF_A_MINUTE_MS)
  const owed = relays.filter(({ relay: { step, lapsesAt } }) => (lapsesAt === null ? step === 'issued' || step === 'relayed' : Date.parse(lapsesAt) < now))
  return owed.length ? <span data-tone="over">逾时 {owed.length}</span> : null
}
