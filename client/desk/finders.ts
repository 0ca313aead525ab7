import type { Account } from '@duty/shared/account/account.ts'
import type { Thing } from '@duty/shared/kernel/kind.ts'
import { EVENT_TYPES, type EventType } from '@duty/shared/reference/event-types.ts'
import { findEventType, findTown, findUnit } from '@duty/shared/reference/find.ts'
import { POSTS } from '@duty/shared/reference/posts.ts'
import { TOWNS, type Town } from '@duty/shared/reference/towns.ts'
import { GROUPS, UNITS } from '@duty/shared/reference/units.ts'
import type { Unit } from '@duty/shared/unit/unit.ts'
import type { Option } from './Combobox.tsx'

/** Two answers that are no town: 不详 is the server's `unknown`, 市外 its null. */
const NO_TOWN: (Option & { initials: string })[] = [
  { value: 'unknown', name: '不详', note: 'bx', initials: 'bx' },
  { value: 'outside', name: '市外', note: 'sw', initials: 'sw' },
]

/** A township as the combobox holds it; null (市外) has no value of its own on a form. */
export const townValue = (township: string | null | undefined) => (township === null ? 'outside' : township)
/** What the combobox holds, as the server wants it. */
export const townshipOf = (value: string) => (value === 'outside' ? null : value)

const townOption = (t: Town): Option => ({ value: t.code, name: t.name, note: t.initials })
const typeOption = (t: EventType): Option => ({ value: t.code, name: t.name, note: t.code })

const begins = (query: string, ...names: string[]) => names.some(n => n.startsWith(query))

/** Towns by letters, code or characters, with 不详 and 市外 among them. */
export function townOptions(query: string): Option[] {
  const said = query.trim().toLowerCase()
  if (said === '') return [...TOWNS.items.map(townOption), ...NO_TOWN]
  return [...findTown(query).map(townOption), ...NO_TOWN.filter(n => begins(said, n.name, n.initials))]
}

/** What is called in most. */
const USUAL = ['12G00', '12H00', '12Y00', '11A02', '14A00', '13B03', '12U00', '11B01', '12P09', '12F00']
const usual = EVENT_TYPES.items.filter(t => USUAL.includes(t.code)).map(typeOption)

/** Types by letters, code or characters; before anything is typed, what is called in most. */
export const typeOptions = (query: string): Option[] => (query.trim() === '' ? usual : findEventType(query).map(typeOption))

const inReference = new Set(UNITS.items.map(u => u.slug))

/** Units and groups of units by letters or characters; units added in the office are found by their name. */
export function unitOptions(query: string, added: Thing<Unit>[]): Option[] {
  const said = query.trim().toLowerCase()
  const groups = GROUPS.items.map(g => ({ value: g.slug, name: g.slug === 'all' ? '全部单位' : g.name, note: `${g.units.length}个单位` }))
  if (said === '') return [...UNITS.items.filter(u => u.kind === 'department').map(u => ({ value: u.slug, name: u.name, note: u.initials })), ...groups]
  return [
    ...findUnit(query).map(u => ({ value: u.slug, name: u.name, note: u.initials })),
    ...added.filter(u => !inReference.has(u.slug) && (u.name + u.short).includes(query.trim())).map(u => ({ value: u.slug, name: u.name })),
    ...groups.filter(g => g.name.includes(query.trim()) || begins(said, g.value)),
  ]
}

/** Posts, people and units that can be rung. */
export function peopleOptions(query: string, accounts: Thing<Account>[], added: Thing<Unit>[]): Option[] {
  const said = query.trim()
  const posts = POSTS.items.map(p => ({ value: p.slug, name: p.name, note: '岗位' }))
  if (said === '') return posts
  const people = accounts.filter(a => a.name.includes(said) || a.title?.includes(said) || a.username.startsWith(said.toLowerCase()))
  return [
    ...posts.filter(p => p.name.includes(said) || p.value.startsWith(said.toLowerCase())),
    ...people.map(a => ({ value: a.username, name: a.name, note: a.title ?? '人员' })),
    ...unitOptions(query, added).filter(o => !o.note?.endsWith('个单位')),
  ]
}
