import type { Table } from './table.ts'
import { items } from './time-limit-items.ts'

/** Who owes whom: the room's own leg is city→province; the others are kept so that it can say what the law asks of those who report to it. */
export type Leg =
  | 'public→government'
  | 'enterprise→department'
  | 'department→department'
  | 'department→government'
  | 'unit→city'
  | 'county→city'
  | 'city→province'
  | 'province→state'

/** One legal or customary limit for telling somebody. */
export interface TimeLimit {
  id: string
  name: string
  leg: Leg
  from: string
  to: string
  channel: 'phone' | 'paper' | null
  /** Null where the text only says 立即 or 及时. */
  minutes: number | null
  text: string
  /** What the clock starts from; where the text does not say, the moment the report was taken. */
  anchor: 'receivedAt' | 'occurredAt'
  levels: (1 | 2 | 3 | 4)[]
  /** Beginnings of event type codes; null is every type. */
  types: string[] | null
  /** Owed for a sensitive incident of any level too (敏感事件不受分级标准限制). */
  sensitiveToo: boolean
  stage: string
  source: { title: string; number?: string; article?: string; date?: string }
  verified: boolean
  /** Whose rule it is: only the state's and our own bind this room; other cities' stand here as precedents. */
  jurisdiction: string
  note?: string
}

export const TIME_LIMITS: Table<TimeLimit> = {
  table: 'time-limits',
  version: 1,
  title: '信息报告时限',
  source: '国家法律法规逐条注明；广东、中山专门时限文件未取得，30/60分钟为可配置默认，待用户单位确认；外地规定仅供参考',
  verified: false,
  items,
}

const BINDING: readonly string[] = ['国家', '广东/中山']

/** The limits whose clock this duty room itself owes for such an incident; an ungraded one counts as 较大. */
export function limitsFor({ level, sensitive, typeCode }: { level: 1 | 2 | 3 | 4 | null; sensitive: boolean; typeCode: string }): TimeLimit[] {
  return TIME_LIMITS.items.filter(
    l =>
      l.leg === 'city→province' &&
      l.stage === '首报' &&
      l.minutes !== null &&
      BINDING.includes(l.jurisdiction) &&
      (l.levels.includes(level ?? 3) || (sensitive && l.sensitiveToo)) &&
      (l.types?.some(prefix => typeCode.startsWith(prefix)) ?? true),
  )
}
