import { account } from './account/account.ts'
import { alert } from './alert/kind.ts'
import { deadline } from './deadline/kind.ts'
import { incident } from './incident/kind.ts'
import { instruction } from './instruction/kind.ts'
import type { Kind } from './kernel/kind.ts'
import { post } from './post/post.ts'
import { roster } from './shift/roster.ts'
import { shift } from './shift/shift.ts'
import { unit } from './unit/unit.ts'

/** Every noun the room knows. */
export const kinds: Record<string, Kind> = { incident, instruction, alert, deadline, shift, roster, account, unit, post }

/** Commands that the contract names and later issues build: answered `not-enabled`, never half. */
export const notEnabled: ReadonlySet<string> = new Set([
  ...['attach', 'detach', 'merge', 'unmerge', 'transfer', 'void'].map(v => `incident.${v}`),
  ...['phone', 'draft', 'revise', 'submit', 'review', 'return', 'sign', 'send', 'confirm'].map(v => `report.${v}`),
  'instruction.supervise',
  ...['confirm', 'swap', 'agree', 'approve'].map(v => `shift.${v}`),
  ...['note', 'strike'].map(v => `duty.${v}`),
  'absence.file',
  ...['offer', 'read', 'sign'].map(v => `handover.${v}`),
  ...['start', 'answer', 'end'].map(v => `rollCall.${v}`),
  ...['add', 'change', 'test', 'remove'].map(v => `channel.${v}`),
  'table.publish',
  'setting.change',
])
