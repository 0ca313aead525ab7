import type { Entry, Thing } from '@duty/shared/kernel/kind.ts'
import type { Query } from '../db/db.ts'
import { thingOf, type Standing } from './rules.ts'

interface StateRow {
  kind: string
  id: string
  version: number
  seq: number
  data: unknown
}

const key = (kind: string, id: string) => `${kind}/${id}`
const standing = ({ data, ...row }: StateRow): Standing => ({ ...row, state: data })

/**
 * The states a transaction has open: read once under the lock, changed in memory, and written together at the end.
 * What a refused command had changed is turned back.
 */
export function openPages(query: Query) {
  const committed = new Map<string, Standing | null>()
  let draft = new Map<string, Standing>()

  const peek = (kind: string, id: string) => draft.get(key(kind, id)) ?? committed.get(key(kind, id))

  return {
    /** Reads what is not open yet, in one look. */
    async load(things: { kind: string; id: string }[]): Promise<void> {
      const missing = things.filter(t => peek(t.kind, t.id) === undefined)
      if (missing.length === 0) return
      const rows = await query<StateRow>(
        'select kind, id, version, seq, data from state where (kind, id) in (select * from unnest($1::text[], $2::uuid[]))',
        [missing.map(t => t.kind), missing.map(t => t.id)],
        'pages-load',
      )
      for (const t of missing) committed.set(key(t.kind, t.id), null)
      for (const row of rows) committed.set(key(row.kind, row.id), standing(row))
    },
    /** A thing that is open on the page; null where there is none. */
    get: (kind: string, id: string): Standing | null => peek(kind, id) ?? null,
    /** Says that a thing cannot exist yet, so that nobody looks for it. */
    fresh: (kind: string, id: string) => committed.set(key(kind, id), null),
    put: (s: Standing) => draft.set(key(s.kind, s.id), s),
    /** The open things of one kind that are about a thing, as they now stand. */
    async about(kind: string, id: string, isMeant: (state: any) => boolean): Promise<Thing[]> {
      const rows = await query<StateRow>('select kind, id, version, seq, data from state where about = $1 and kind = $2 and open', [id, kind], 'pages-about')
      for (const row of rows) if (peek(row.kind, row.id) === undefined) committed.set(key(row.kind, row.id), standing(row))
      const known = new Map([...committed, ...draft])
      return [...known.values()].flatMap(s => (s && s.kind === kind && isMeant(s.state) ? [thingOf(s)] : []))
    },
    /** What the entries of a thing say to everybody, oldest first. */
    shownHistory: (kind: string, id: string) =>
      query<Pick<Entry, 'type' | 'data' | 'at' | 'by'>>('select type, data, at, by from entry where kind = $1 and id = $2 order by version', [kind, id]),
    /** What the command changed stands; the last state of each thing it touched. */
    keep(): Standing[] {
      for (const [k, s] of draft) committed.set(k, s)
      const kept = [...draft.values()]
      draft = new Map()
      return kept
    },
    turnBack() {
      draft = new Map()
    },
    /** Closes every page: what was kept is no longer so in the store. */
    forget() {
      draft = new Map()
      committed.clear()
    },
  }
}

export type Pages = ReturnType<typeof openPages>
