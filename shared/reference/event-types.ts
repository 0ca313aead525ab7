import lines from './event-types.json' with { type: 'json' }
import type { Table } from './table.ts'

/** One sort of incident: a code, what it is called, and the wider sort it belongs to. */
export interface EventType {
  code: string
  name: string
  parent: string | null
  category: 'natural_disaster' | 'accident' | 'public_health' | 'social_security' | 'other' | 'root'
  initials: string
  verified: boolean
}

const ROOT = '10000'

const CATEGORIES: Record<string, EventType['category']> = {
  '10': 'root',
  '11': 'natural_disaster',
  '12': 'accident',
  '13': 'public_health',
  '14': 'social_security',
  '19': 'other',
}

/** 12G04 → 12G00 → 12000 → 10000: the code itself says where it belongs. */
const parentOf = (code: string) =>
  code === ROOT ? null : code.endsWith('000') ? ROOT : code.endsWith('00') ? code.slice(0, 2) + '000' : code.slice(0, 3) + '00'

/** A line is "code name initials", with a "?" behind where the code was put right by guess. */
const items = lines.map((line): EventType => {
  const [code = '', name = '', initials = '', doubt] = line.split(' ')
  return { code, name, parent: parentOf(code), category: CATEGORIES[code.slice(0, 2)] ?? 'other', initials, verified: doubt === undefined }
})

export const EVENT_TYPES: Table<EventType> = {
  table: 'event-types',
  version: 1,
  title: '突发事件类型',
  source: '公开项目所载事件类型代码表（2018）；国家标准原文未取得，不声称符合任何标准；源表误读而改正的代码逐条待确认',
  verified: false,
  items,
}

const byCode = new Map(items.map(t => [t.code, t]))

/** Whether this is the code of a sort of incident. */
export const isEventType = (code: string): boolean => byCode.has(code)

/** What a code is called: 12G00 is 火灾事故. A code from an older table stands for itself. */
export const eventTypeName = (code: string): string => byCode.get(code)?.name ?? code
