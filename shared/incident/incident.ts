import type { Moment } from '../kernel/time.ts'

export const LEVELS = [1, 2, 3, 4] as const
/** 1 特别重大 · 2 重大 · 3 较大 · 4 一般 · null 未定级. */
export type Level = (typeof LEVELS)[number] | null

/** People harmed; null is 不详, never 0. `injured` includes `seriouslyInjured`. */
export interface Casualties {
  dead: number | null
  missing: number | null
  trapped: number | null
  seriouslyInjured: number | null
  injured: number | null
}

/** Who told the room, and how. A source with a unit speaks for it; without one it is a citizen. */
export interface Source {
  channel: 'phone' | 'fax' | 'network' | 'message' | 'hotline' | 'feed' | 'inPerson'
  unit?: string
  person?: string
  title?: string
  phone?: string
  alreadyTold?: string
}

/** What can be said of an incident at any time, and corrected later. */
export interface Facts {
  typeCode: string
  township: string | null
  address?: string
  location?: { lng: number; lat: number }
  receivedAt: Moment
  occurredAt?: Moment
  title: string
  narrative?: string
  casualties: Casualties
  directLossWan?: number
  evacuated?: number
  indicators?: Record<string, number>
  sensitive: boolean
  measures?: string
}

export type IncidentEvent =
  | ({ type: 'incident.logged'; no: string; source: Source; level: Level; sharedWith: string[] } & Facts)
  | { type: 'incident.callAdded'; source: Source; narrative?: string }
  | { type: 'incident.followedUp'; n: number; facts: Partial<Facts>; words?: string; reason?: string }
  | { type: 'incident.revised'; facts: Partial<Facts>; reason?: string }
  | { type: 'incident.graded'; level: Level; before: Level; reason: string }
  | { type: 'incident.shared'; unit: string }
  | { type: 'incident.closed'; summary: string }
  | { type: 'incident.reopened'; reason: string }
  | { type: 'incident.forgotten'; reason: string }

export interface Incident extends Facts {
  no: string
  status: 'open' | 'closed'
  level: Level
  source: Source
  calls: { at: Moment; by: string; source: Source; narrative?: string }[]
  followUps: { n: number; at: Moment; by: string; facts: Partial<Facts>; words?: string; reason?: string }[]
  sharedWith: string[]
  loggedAt: Moment
  loggedBy: string
  updatedAt: Moment
  summary?: string
  closedAt?: Moment
}

/** How an incident stands after one more event. */
export function evolve(i: Incident | undefined, e: IncidentEvent, { at, by }: { at: Moment; by: string }): Incident {
  if (e.type === 'incident.logged') {
    const { type: _, ...logged } = e
    return { ...logged, status: 'open', calls: [], followUps: [], loggedAt: at, loggedBy: by, updatedAt: at }
  }
  if (!i) throw new Error(`${e.type} before incident.logged`)
  const next = { ...i, updatedAt: at }
  switch (e.type) {
    case 'incident.callAdded':
      return { ...next, calls: [...i.calls, { at, by, source: e.source, narrative: e.narrative }] }
    case 'incident.followedUp':
      return { ...next, ...e.facts, followUps: [...i.followUps, { n: e.n, at, by, facts: e.facts, words: e.words, reason: e.reason }] }
    case 'incident.revised':
      return { ...next, ...e.facts }
    case 'incident.graded':
      return { ...next, level: e.level }
    case 'incident.shared':
      return { ...next, sharedWith: [...i.sharedWith, e.unit] }
    case 'incident.closed':
      return { ...next, status: 'closed', summary: e.summary, closedAt: at }
    case 'incident.reopened':
      return { ...next, status: 'open', closedAt: undefined }
    case 'incident.forgotten':
      return next
  }
}

/** A level for the ladder and the clocks: an ungraded incident is taken as 较大 until someone decides. */
export const levelOrThird = (level: Level): 1 | 2 | 3 | 4 => level ?? 3
