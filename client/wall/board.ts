import type { Addressee, Alert } from '@duty/shared/alert/alert.ts'
import type { Casualties, Incident, Level } from '@duty/shared/incident/incident.ts'
import type { Thing } from '@duty/shared/kernel/kind.ts'
import { citizensIn, maskWords } from '@duty/shared/kernel/mask.ts'
import { eventTypeName } from '@duty/shared/reference/event-types.ts'
import { TOWNS, townName } from '@duty/shared/reference/towns.ts'

/** An incident as a wall is shown it: a sensitive one by type and town only. */
export type ShownIncident = Thing<Pick<Incident, 'typeCode' | 'township' | 'sensitive' | 'status'> & Partial<Incident>>

/** One addressee's line of an alert: a paired wall is shown posts, a person's screen the people. */
type AlertLine = Pick<Addressee, 'status' | 'rung' | 'rangAt' | 'acknowledgedAt'> & { post: string }
export type ShownAlert = Thing<Pick<Alert, 'urgency' | 'about' | 'raisedAt' | 'status'> & { posts?: AlertLine[]; people?: Alert['people'] }>

/** Those an alert rings, by post or unit. */
export const linesOf = (a: ShownAlert): AlertLine[] => a.posts ?? Object.values(a.people ?? {}).map(p => ({ ...p, post: p.unit ? p.to : (p.post ?? '') }))

/** One incident's row. */
export interface Row {
  id: string
  level: Level
  sensitive: boolean
  town: string
  title: string
  typeCode: string
  harm: string
  /** Since when somebody has been rung without having signed; null once nobody is owed. */
  unackedSince: number | null
  signed: number
  rung: number
  at: number | null
}

const shorts = new Map(TOWNS.items.map(t => [t.code, t.short]))

/** 小榄, 市外, 不详. */
export const townShort = (code: string | null) => (code !== null && shorts.get(code)) || townName(code)

const FIGURES: [keyof Casualties, string][] = [
  ['dead', '亡'],
  ['missing', '失'],
  ['trapped', '困'],
  ['injured', '伤'],
]

/** 亡1伤3; 无 where everything known is none, 不详 where nothing is known. */
export function harmShort(c: Casualties | undefined): string {
  if (!c) return '—'
  const said = FIGURES.flatMap(([field, word]) => (c[field] ? [`${word}${c[field]}`] : []))
  if (said.length) return said.join('')
  return c.dead === 0 && c.injured === 0 ? '无' : '不详'
}

const CITIZENS = { name: ['person'], phone: [], words: [] }

/** The title without the town its column already names, and without a citizen's name whoever is signed in. */
function titleOf(i: ShownIncident): string {
  if (i.sensitive || !i.title) return eventTypeName(i.typeCode)
  const title = maskWords(i.title, citizensIn(i, CITIZENS))
  const place = i.township && shorts.has(i.township) ? townName(i.township) : null
  const rest = place ? title.replace(new RegExp(`^(中山市)?${place}[，、：\\s]*`), '') : title
  return rest.length >= 3 ? rest : title
}

const isOpenAbout = (a: ShownAlert, id: string) => a.status === 'open' && a.about?.kind === 'incident' && a.about.id === id

function rowOf(i: ShownIncident, alerts: ShownAlert[]): Row {
  const open = alerts.filter(a => isOpenAbout(a, i.id))
  const lines = open.flatMap(linesOf)
  const shown = !i.sensitive
  return {
    id: i.id,
    level: (shown && i.level) || null,
    sensitive: i.sensitive,
    town: townShort(i.township),
    title: titleOf(i),
    typeCode: i.typeCode,
    harm: shown ? harmShort(i.casualties) : '—',
    unackedSince: open.length ? Math.min(...open.map(a => Date.parse(a.raisedAt))) : null,
    signed: lines.filter(l => l.status === 'acknowledged').length,
    rung: lines.length,
    at: shown && i.receivedAt ? Date.parse(i.receivedAt) : null,
  }
}

/** For order and sound: a sensitive incident counts as 重大, as it does for those it rings; an ungraded one as 较大. */
export const gravity = (r: Pick<Row, 'level' | 'sensitive'>): 1 | 2 | 3 | 4 => (r.sensitive ? 2 : (r.level ?? 3))

const isUrgent = (r: Row) => r.unackedSince !== null && gravity(r) <= 2

/** Grave ones nobody has signed on top, then the gravest, the unsigned, the newest. */
const order = (a: Row, b: Row) =>
  Number(isUrgent(b)) - Number(isUrgent(a)) ||
  gravity(a) - gravity(b) ||
  Number(b.unackedSince !== null) - Number(a.unackedSince !== null) ||
  (b.unackedSince ?? b.at ?? 0) - (a.unackedSince ?? a.at ?? 0)

/** Every open incident as a row, in the order of the screen. */
export const rowsOf = (incidents: ShownIncident[], alerts: ShownAlert[]): Row[] =>
  incidents.filter(i => i.status === 'open').map(i => rowOf(i, alerts)).toSorted(order)

/** The rows there is room for; the gravest that nobody has signed is always among them. */
export function visible(rows: Row[], room: number): Row[] {
  const shown = rows.slice(0, room)
  const owed = rows.find(r => r.unackedSince !== null)
  return owed && !shown.includes(owed) ? [...shown.slice(0, -1), owed] : shown
}
