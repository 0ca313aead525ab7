import type { Account } from '@duty/shared/account/account.ts'
import { eventTypeName } from '@duty/shared/reference/event-types.ts'
import { postName } from '@duty/shared/reference/posts.ts'
import { townName } from '@duty/shared/reference/towns.ts'
import { GROUPS, unitName } from '@duty/shared/reference/units.ts'
import type { Unit } from '@duty/shared/unit/unit.ts'
import { useState } from 'react'
import { useNameOf, useSteady } from './board.ts'
import { Combobox, type Option } from './Combobox.tsx'
import type { Field } from './deed.ts'
import { Check, Choice, Figure, Line, Text, Time } from './fields.tsx'
import { peopleOptions, townOptions, townshipOf, typeOptions, unitOptions } from './finders.ts'
import { Many } from './Many.tsx'

interface DeedFieldProps {
  field: Field
  value: string
  wrong?: string
  changed: boolean
  /** What was known before, where it has been typed over. */
  was?: string
  onValue(value: string): void
}

/** One field of a sheet, by its kind. */
export function DeedField({ field, was, ...said }: DeedFieldProps) {
  const { name, label, kind } = field
  const box = { name, label, hint: was === undefined ? field.hint : `原：${was}`, ...said }
  switch (kind) {
    case 'line':
      return <Line {...box} suggest={field.suggest} wide={field.wide} />
    case 'text':
      return <Text {...box} wide />
    case 'figure':
      return <Figure {...box} />
    case 'time':
      return <Time {...box} ahead={field.ahead} />
    case 'choice':
      return <Choice {...box} choices={field.choices} />
    case 'check':
      return <Check {...box} />
    case 'town':
      return <Picked {...box} find={townOptions} called={v => townName(townshipOf(v))} />
    case 'type':
      return <Picked {...box} find={typeOptions} called={eventTypeName} />
    case 'units':
      return <Units {...box} />
    case 'people':
      return <People {...box} />
    case 'leader':
      return <Leader {...box} />
  }
}

type BoxSaid = Omit<DeedFieldProps, 'field' | 'was'> & { name: string; label: string; hint?: string }

function Picked({ value, onValue, find, called, ...box }: BoxSaid & { find(q: string): Option[]; called(v: string): string }) {
  const [text, setText] = useState('')
  return <Combobox {...box} text={text} picked={value && called(value)} find={find} onText={setText} onPick={o => (setText(''), onValue(o.value))} />
}

const groupNames = new Map(GROUPS.items.map(g => [g.slug, g.slug === 'all' ? '全部单位' : g.name]))

function useUnitName() {
  const units = useSteady<Unit>('unit')
  return { units, unitName: (slug: string) => units.find(u => u.slug === slug)?.name ?? groupNames.get(slug) ?? unitName(slug) }
}

function Units(box: BoxSaid) {
  const { units, unitName } = useUnitName()
  return <Many {...box} wide nameOf={unitName} find={q => unitOptions(q, units)} />
}

function People(box: BoxSaid) {
  const accounts = useSteady<Account>('account')
  const { units, unitName } = useUnitName()
  const person = useNameOf()
  const nameOf = (v: string) => [postName(v), person(v), unitName(v)].find(n => n !== v) ?? v
  return <Many {...box} wide nameOf={nameOf} find={q => peopleOptions(q, accounts, units)} />
}

function Leader(box: BoxSaid) {
  const accounts = useSteady<Account>('account')
  const leaders = [...accounts.filter(a => a.roles.includes('leader')), ...accounts.filter(a => a.roles.includes('lead') && !a.roles.includes('leader'))]
  const choices = leaders.map((a, n) => ({ value: a.username, name: `${n + 1} ${a.name} ${a.title ?? ''}` }))
  return <Choice {...box} choices={[{ value: '', name: '请选择' }, ...choices]} />
}
