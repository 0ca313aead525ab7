import type { Level } from '@duty/shared/incident/incident.ts'
import type { Urgency } from '@duty/shared/instruction/instruction.ts'
import { localDay, type Moment } from '@duty/shared/kernel/time.ts'

/** What leaders mostly say; each can be changed before it goes. */
export const PHRASES = ['请核实续报', '全力救治', '请赶赴现场处置', '按预案启动响应', '已阅'] as const

/** The text with a phrase put in: instead of a phrase standing alone, else behind what is written. */
export function withPhrase(text: string, phrase: string): string {
  const written = text.trim()
  if (written === '' || PHRASES.some(p => p === written)) return phrase
  if (written.includes(phrase)) return text
  return `${written.replace(/[。；，]+$/, '')}；${phrase}`
}

const MINUTE_MS = 60_000

/** 时限: how long the units have. */
export const LIMITS = [
  { id: '30', name: '30分钟', minutes: 30 },
  { id: '60', name: '1小时', minutes: 60 },
  { id: '120', name: '2小时', minutes: 120 },
  { id: 'today', name: '今日', minutes: null },
  { id: 'none', name: '无', minutes: null },
] as const
export type Limit = (typeof LIMITS)[number]['id']

/** When a limit ends; 今日 is the coming midnight where the room stands. */
export function dueAt(limit: Limit, nowMs: number): Moment | undefined {
  if (limit === 'none') return undefined
  if (limit !== 'today') return new Date(nowMs + Number(limit) * MINUTE_MS).toISOString()
  const midnight = new Date(`${localDay(new Date(nowMs).toISOString())}T00:00:00+08:00`)
  return new Date(midnight.getTime() + 24 * 60 * MINUTE_MS).toISOString()
}

/** The limit that is chosen until the leader chooses another: the graver, the shorter. */
export const limitFor = (level: Level | undefined): Limit => (level === undefined ? 'none' : level !== null && level <= 2 ? '30' : level === 4 ? '120' : '60')

/** How urgent an order is: by the incident's level; half an hour is never 一般. */
export const urgencyOf = (level: Level | undefined, limit: Limit): Urgency =>
  level !== undefined && level !== null && level <= 2 ? 'flash' : limit === '30' || level === 3 || level === null ? 'urgent' : 'normal'
