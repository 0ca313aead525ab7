import type { Casualties, Incident } from '@duty/shared/incident/incident.ts'

/** What the card shows of an incident and may change under the reader's eyes. */
export type Field = 'level' | 'title' | 'place' | 'occurredAt' | 'measures' | keyof Casualties

/** What somebody saw, as fingerprints only: no word of the incident stays on the phone. */
export type Look = Record<Field, string>

const shownIn = (i: Incident): Record<Field, unknown> => ({
  level: i.level,
  title: i.title,
  place: [i.township, i.address],
  occurredAt: i.occurredAt,
  measures: i.measures,
  ...i.casualties,
})

/** FNV-1a: enough to tell one wording from another. */
function fingerprint(value: unknown): string {
  let hash = 0x811c9dc5
  for (const c of JSON.stringify(value ?? null)) hash = Math.imul(hash ^ c.codePointAt(0)!, 0x01000193)
  return (hash >>> 0).toString(36)
}

const fieldsOf = (i: Incident) => Object.entries(shownIn(i)) as [Field, unknown][]

/** How an incident looks now. */
export const lookOf = (i: Incident): Look => Object.fromEntries(fieldsOf(i).map(([field, v]) => [field, fingerprint(v)])) as Look

/** What has changed since one last looked. */
export const changedSince = (before: Look, i: Incident): Set<Field> => new Set(fieldsOf(i).flatMap(([field, v]) => (before[field] === fingerprint(v) ? [] : [field])))

/** What the last 续报 changed, for somebody who has not looked before: each figure against the 续报 before it, as far as it can be known. */
export function changedByLast({ followUps }: Pick<Incident, 'followUps'>): Set<Field> {
  const last = followUps.at(-1)
  if (!last) return new Set()
  const { casualties, township, address, title, occurredAt, measures } = last.facts
  const before = followUps.slice(0, -1).findLast(f => f.facts.casualties)?.facts.casualties
  const figures = Object.entries(casualties ?? {}).flatMap(([field, n]) => (n !== null && n !== before?.[field as keyof Casualties] ? [field as Field] : []))
  const said = { title, place: address ?? (township === undefined ? undefined : 'said'), occurredAt, measures }
  return new Set([...figures, ...(Object.keys(said) as (keyof typeof said)[]).filter(field => said[field] !== undefined)])
}

const KEPT_LOOKS = 200
const slot = (username: string) => `duty.looks.${username}`

const all = (username: string): Record<string, Look> => JSON.parse(localStorage.getItem(slot(username)) ?? '{}')

/** How the incident looked when its card was last open on this phone. */
export const lastLook = (username: string, incident: string): Look | null => all(username)[incident] ?? null

/** Remembers how it looks; the oldest memories make room. */
export function keepLook(username: string, incident: string, look: Look): void {
  const { [incident]: _, ...others } = all(username)
  const kept = [...Object.entries(others), [incident, look] as const].slice(-KEPT_LOOKS)
  localStorage.setItem(slot(username), JSON.stringify(Object.fromEntries(kept)))
}
