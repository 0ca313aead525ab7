import type { Kind } from '../kernel/kind.ts'
import { evolve, type Alert, type AlertEvent } from './alert.ts'
import { commands } from './commands.ts'
import { escalate } from './ladder.ts'

/** 提醒: the promise that somebody acknowledges, or somebody is told that nobody has. The only thing that escalates. */
export const alert: Kind<Alert, AlertEvent> = {
  name: 'alert',
  commands,
  evolve,
  open: a => a.status === 'open',
  wakeAt: a => a.nextAt,
  wake: escalate,
  columns: a => ({
    at: a.raisedAt,
    keys: { status: a.status, urgency: a.urgency },
    about: a.about?.id ?? null,
    units: Object.values(a.people).flatMap(p => (p.unit ? [p.to] : [])),
    people: Object.values(a.people).flatMap(p => (p.unit ? [] : [p.to])),
  }),
  personal: { name: [], phone: [], words: ['text', 'words', 'how', 'note', 'reason'] },
}
