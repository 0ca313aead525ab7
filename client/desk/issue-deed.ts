import { v7 } from 'uuid'
import { URGENCY } from '@duty/shared/words.ts'
import { deed, filled, type Asked, type Deed, type Field, type Values } from './deed.ts'
import type { Wrong } from './report.ts'
import { readTime } from './time-entry.ts'

/** 特急 · 紧急 · 一般, picked by their number. */
export const URGENCIES = (['flash', 'urgent', 'normal'] as const).map((value, n) => ({ value: value as string, name: `${n + 1} ${URGENCY[value]}` }))

const FORMS = [
  { value: 'instruction', name: '1 指示' },
  { value: 'remark', name: '2 批示' },
  { value: 'assignment', name: '3 交办' },
]

const FIELDS: Field[] = [
  { name: 'from', label: '哪位领导', kind: 'leader', required: true },
  { name: 'text', label: '指示内容', kind: 'text', required: true },
  { name: 'units', label: '办理单位', kind: 'units', hint: '首字母或中文，回车添加' },
  { name: 'urgency', label: '缓急', kind: 'choice', choices: URGENCIES },
  { name: 'kind', label: '形式', kind: 'choice', choices: FORMS },
  { name: 'dueAt', label: '办理时限', kind: 'time', ahead: true, hint: '例：+30、1000、明0900' },
]

/** What a leader said, taken down by the officer: the same sheet for an incident and for none. */
export const issue = {
  command: 'instruction.issue',
  fields: () => FIELDS,
  before: (): Values => ({ urgency: 'urgent', kind: 'instruction' }),
  done: () => '指示已记，待传达',
}

/** The instruction as the door takes it. */
export function issued(v: Values, now: number, more: { incident?: string }): Asked {
  const dueAt = v.dueAt?.trim() ? readTime(v.dueAt, now, true) : undefined
  const units = v.units?.split(' ').filter(Boolean) ?? []
  const wrong: Wrong = dueAt === null ? { dueAt: '看不懂这个时间，例：+30、1000、明0900' } : {}
  if (units.length === 0 && v.kind !== 'remark') wrong.units = '请写明由哪些单位办理'
  return { body: { id: v7(), ...more, units, ...filled(v, 'from', 'text', 'urgency', 'kind'), ...(dueAt ? { dueAt } : {}) }, wrong }
}

/** What can be done to the shift itself: coming on duty, and a leader's word that is about no incident. */
export const SHIFT_DEEDS: Deed[] = [
  deed<'shift'>({
    letter: 'd',
    name: '到岗',
    on: 'shift',
    command: 'shift.checkIn',
    fits: () => true,
    about: () => '本班到岗登记',
    fields: () => [],
    before: () => ({}),
    asks: (_v, s) => ({ body: { id: s.id } }),
    done: () => '到岗已登记',
  }),
  deed<'shift'>({
    ...issue,
    letter: 'i',
    name: '另记指示',
    on: 'shift',
    fits: () => true,
    about: () => '不涉及具体事件的指示',
    asks: (v, _s, { now }) => issued(v, now, {}),
  }),
]
