import type { Thing } from '@duty/shared/kernel/kind.ts'
import { keyOf, type Line } from '@duty/shared/kernel/wire.ts'
import { kinds } from '@duty/shared/kinds.ts'
import { see, seeEntry, type Audience } from '@duty/shared/sight.ts'
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

/** A run of lines after a reader's number: every number once, each thing's standing on its last line only, all cut by the sight of now. */
export function tailFor(audience: Audience, written: readonly Written[]): Line[] {
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
    const end = last.get(key)!
    const now = onBoard(audience, end.after)
    const was = onBoard(audience, first.get(key)!.before)
    const entry = now || was ? (seeEntry(audience, w.entry, end.after) ?? undefined) : undefined
    const isLast = end === w
    if (!entry && !(isLast && (now || was))) {
      since ??= seq
      continue
    }
    flush(seq - 1)
    const standing = isLast ? (now ? { now } : was ? { gone: { kind: w.after.kind, id: w.after.id } } : {}) : {}
    lines.push({ seq, entry, ...standing })
  }
  flush(written.at(-1)?.entry.seq ?? 0)
  return lines
}
