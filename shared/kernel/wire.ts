import type { Entry, Thing } from './kind.ts'

/** What an audience is shown of an entry. */
export type ShownEntry = Pick<Entry, 'kind' | 'id' | 'type' | 'at' | 'data'> & { by: string | null }

/** One number of the book on its way to a screen: what happened and how the thing now stands; or a run that is not for it. */
export interface Line {
  seq: number
  /** First number of a run this audience may not see; the run ends at `seq`. */
  since?: number
  entry?: ShownEntry
  now?: Thing
  gone?: { kind: string; id: string }
}

/** The server's answer to `board:join`. */
export type Joined =
  | { mode: 'tail'; lines: Line[]; head: number; book: string }
  | { mode: 'snapshot'; things: Thing[]; head: number; book: string }
  | { error: { title: string; detail: string; code: string; status: number } }

/** Everything open that one audience may see, at one number of the book. */
export interface Board {
  seq: number
  things: ReadonlyMap<string, Thing>
}

export const keyOf = (t: { kind: string; id: string }) => `${t.kind}/${t.id}`

/** The one reducer: a board and the next line make the next board. Throws on a gap, so that the reader joins anew. */
export function advance(board: Board, line: Line): Board {
  if (line.seq <= board.seq) return board
  if ((line.since ?? line.seq) !== board.seq + 1) throw new Error(`gap: at ${board.seq}, got ${line.since ?? line.seq}`)
  if (!line.now && !line.gone) return { ...board, seq: line.seq }
  const things = new Map(board.things)
  if (line.now) things.set(keyOf(line.now), line.now)
  if (line.gone) things.delete(keyOf(line.gone))
  return { seq: line.seq, things }
}

/** A board from a snapshot. */
export const boardOf = (head: number, things: Thing[]): Board => ({ seq: head, things: new Map(things.map(t => [keyOf(t), t])) })
