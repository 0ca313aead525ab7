import type { Thing } from '@duty/shared/kernel/kind.ts'
import { keyOf } from '@duty/shared/kernel/wire.ts'
import { kinds } from '@duty/shared/kinds.ts'
import type { Written } from '../book/rules.ts'

/** So many lines are kept at hand; who is further behind gets a snapshot. */
export const KEPT_LINES = 5_000

interface FanoutOptions {
  start: { things: Thing[]; head: number; book: string }
  readBetween(after: number, upTo: number): Promise<Written[]>
  readHead(): Promise<number>
  log(event: string, detail?: object): void
}

/** Everything open, as of one number of the book, moved on line by line in order; a gap is read from the book. */
export function openFanout({ start, readBetween, readHead, log }: FanoutOptions) {
  const open = new Map(start.things.map(t => [keyOf(t), t]))
  const listeners = new Set<(written: Written[]) => void>()
  let kept: Written[] = []
  let head = start.head
  let mending: Promise<void> | null = null
  let ahead: Written[] = []

  /** Takes lines that follow the head, in order; leaves those that do not. */
  function take(lines: Written[]) {
    const next: Written[] = []
    for (const w of lines) {
      if (w.entry.seq !== head + 1) continue
      head = w.entry.seq
      if (kinds[w.after.kind]!.open(w.after)) open.set(keyOf(w.after), w.after)
      else open.delete(keyOf(w.after))
      next.push(w)
    }
    if (next.length === 0) return
    // what has been destroyed must not live on here: who is further behind reads it from the book
    const destroying = next.findLastIndex(({ entry }) => kinds[entry.kind]!.forgets?.({ type: entry.type, ...entry.data }))
    if (destroying >= 0) kept = next.slice(destroying)
    else kept = kept.length + next.length > 2 * KEPT_LINES ? [...kept, ...next].slice(-KEPT_LINES) : (kept.push(...next), kept)
    for (const listener of listeners) listener(next)
  }

  /** Reads what is missing, then takes what had come too early. */
  async function mend(upTo: number): Promise<void> {
    while (head < upTo) {
      const before = head
      take(await readBetween(head, Math.min(upTo, head + 1_000)))
      const early = ahead.toSorted((a, b) => a.entry.seq - b.entry.seq)
      ahead = []
      take(early)
      if (head === before) throw new Error('the book does not have the lines that were told of')
      ahead = early.filter(w => w.entry.seq > head)
      upTo = Math.max(upTo, ...ahead.map(w => w.entry.seq))
    }
  }

  /** One mending at a time. One that fails (the store is away) is taken up again by the next look. */
  const startMending = (upTo: number): Promise<void> =>
    (mending ??= mend(upTo).then(
      () => {
        mending = null
        // what came while the last of it was being taken
        ahead = ahead.filter(w => w.entry.seq > head)
        if (ahead.length) void startMending(Math.max(...ahead.map(w => w.entry.seq)))
      },
      (error: Error) => {
        mending = null
        log('live.gap-unread', { head, upTo, message: error.message })
      },
    ))

  return {
    book: start.book,
    head: () => head,
    things: () => open.values(),
    /** Lines from this node or another, in any order, any number of times. */
    offer(lines: Written[]) {
      const fresh = lines.filter(w => w.entry.seq > head)
      if (fresh.length === 0) return
      if (!mending && fresh[0]!.entry.seq === head + 1) return take(fresh)
      ahead.push(...fresh)
      void startMending(fresh.at(-1)!.entry.seq)
    },
    /** One look into the book for what nobody told of. */
    async lookUp(): Promise<void> {
      const there = await readHead()
      if (there > head) await startMending(there)
    },
    /** Lines after a number, if they are still at hand. */
    keptAfter(seq: number): Written[] | null {
      if (seq === head) return []
      const first = kept[0]?.entry.seq
      return first !== undefined && seq + 1 >= first && seq <= head ? kept.slice(seq + 1 - first) : null
    },
    onLines(listener: (written: Written[]) => void) {
      listeners.add(listener)
    },
    /** Resolves when no gap is being mended. */
    idle: async () => {
      while (mending) await mending
    },
  }
}

export type Fanout = ReturnType<typeof openFanout>
