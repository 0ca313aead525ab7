import { createHash } from 'node:crypto'
import type { Thing } from '@duty/shared/kernel/kind.ts'
import { keyOf, type Line } from '@duty/shared/kernel/wire.ts'
import { kinds } from '@duty/shared/kinds.ts'
import { audienceKey, see, seeEntry, type Audience } from '@duty/shared/sight.ts'
import type { Written } from '../book/rules.ts'

/** The thing as it stands on this audience's board; null where it does not stand there. */
export const onBoard = (audience: Audience, thing: Thing | null): Thing | null => (thing && kinds[thing.kind]!.open(thing) ? see(audience, thing) : null)

/** One line as this audience is shown it; null where it is not for them. */
export function lineFor(audience: Audience, { entry, before, after }: Written): Line | null {
  const now = onBoard(audience, after)
  if (!now && !onBoard(audience, before)) return null
  const shown = seeEntry(audience, entry, after) ?? undefined
  return now ? { seq: entry.seq, entry: shown, now } : { seq: entry.seq, entry: shown, gone: { kind: after.kind, id: after.id } }
}

/** The audience is part of the history's name: who sees otherwise than before starts from a snapshot. */
export const bookFor = (book: string, audience: Audience) => `${book}.${createHash('sha256').update(audienceKey(audience)).digest('hex').slice(0, 12)}`

/** Where a thing stands at the head of the book, and the number that brought it there. */
export interface End {
  seq: number
  thing: Thing
}

/** The ends of a run that goes to the head itself. */
const endsOf = (written: readonly Written[]) => new Map(written.map(({ entry, after }): [string, End] => [keyOf(after), { seq: entry.seq, thing: after }]))

/**
 * A run of lines after a reader's number: every number once, each thing's standing on its last line only, all cut by the sight of now.
 * Of a run that ends before the head, `ends` says how its things stand there.
 */
export function tailFor(audience: Audience, written: readonly Written[], ends: ReadonlyMap<string, End> = endsOf(written)): Line[] {
  const first = new Map<string, Written>()
  const last = new Map<string, Written>()
  for (const w of written) {
    const key = keyOf(w.after)
    if (!first.has(key)) first.set(key, w)
    last.set(key, w)
  }
  const lines: Line[] = []
  let since: number | null = null
  const flush = (upTo: number) => {
    if (since !== null) lines.push({ seq: upTo, since })
    since = null
  }
  for (const w of written) {
    const { seq } = w.entry
    const key = keyOf(w.after)
    const end = ends.get(key)!
    const now = onBoard(audience, end.thing)
    const was = onBoard(audience, first.get(key)!.before)
    const entry = now || was ? (seeEntry(audience, w.entry, end.thing) ?? undefined) : undefined
    // a thing that has more lines to come stands on its last one, unless it left the board meanwhile
    const isGone = was && !(end.seq === seq ? now : onBoard(audience, w.after))
    const standing = last.get(key) !== w ? {} : isGone ? { gone: { kind: w.after.kind, id: w.after.id } } : end.seq === seq && now ? { now } : {}
    if (!entry && !('now' in standing) && !('gone' in standing)) {
      since ??= seq
      continue
    }
    flush(seq - 1)
    lines.push({ seq, entry, ...standing })
  }
  flush(written.at(-1)?.entry.seq ?? 0)
  return lines
}
