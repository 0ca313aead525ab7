import type { Alert } from '@duty/shared/alert/alert.ts'
import type { Instruction } from '@duty/shared/instruction/instruction.ts'
import type { ShownEntry } from '@duty/shared/kernel/wire.ts'
import { FORM } from '@duty/shared/words.ts'
import { entryWords, type Names, type Told } from './entry-words.ts'

/** One line of what has happened about an incident. */
export interface Happened extends Told {
  key: string
  at: string
  by: string
}

/** The incident's own entries, as the book tells them. */
const fromEntries = (entries: (ShownEntry & { seq: number })[], names: Names): Happened[] =>
  entries.map(e => ({ key: `e${e.seq}`, at: e.at, by: e.by === null ? '' : names.person(e.by), ...entryWords(e, names) }))

/** What units and leaders did about it, from the instruction as it stands: each unit's steps with their times. */
const fromInstruction = (i: Instruction & { id: string }, { person }: Names): Happened[] => {
  const line = (n: string, at: string | undefined, by: string | undefined, what: string, text: string): Happened[] =>
    at ? [{ key: i.id + n, at, by: by === undefined ? '' : person(by), what, text }] : []
  const relays = Object.values(i.relays).flatMap(r => [
    ...line(`r${r.unit}`, r.relayedAt, r.relayedBy, '传达', [`${r.name}（${r.via ?? ''}）`, r.toldTo].filter(Boolean).join('，告知')),
    ...line(`q${r.unit}`, r.receiptedAt, undefined, '单位签收', `${r.name} ${r.person ?? ''}`),
    ...r.answers.flatMap((a, n) => line(`f${r.unit}${n}`, a.at, a.by, a.done ? '办结反馈' : '反馈', `${r.name}：${a.text}`)),
    ...r.reminders.flatMap((m, n) => line(`c${r.unit}${n}`, m.at, m.by, '催办', r.name)),
  ])
  const ended = line('z', i.closedAt, undefined, i.status === 'withdrawn' ? '撤回指示' : '指示办结', i.summary ?? '')
  return [...line('i', i.issuedAt, i.recordedBy ?? i.from.person, FORM[i.form], `${i.from.name}${i.from.title ?? ''}：${i.text}`), ...relays, ...ended]
}

const fromAlert = (a: Alert & { id: string }, { person }: Names): Happened[] =>
  Object.values(a.people).flatMap(p =>
    p.acknowledgedAt
      ? [{ key: `${a.id}s${p.to}`, at: p.acknowledgedAt, by: person(p.onBehalfBy ?? p.to), what: p.onBehalfBy ? '代签收' : '签收', text: [p.name, p.how, p.words, p.note].filter(Boolean).join('，') }]
      : [],
  )

/** Everything that has happened about an incident, the newest first. */
export function storyOf(
  told: { entries: (ShownEntry & { seq: number })[]; instructions: (Instruction & { id: string })[]; alerts: (Alert & { id: string })[] },
  names: Names,
): Happened[] {
  const all = [...fromEntries(told.entries, names), ...told.instructions.flatMap(i => fromInstruction(i, names)), ...told.alerts.flatMap(a => fromAlert(a, names))]
  return all.toSorted((a, b) => b.at.localeCompare(a.at))
}
