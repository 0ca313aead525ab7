import type { Directory, Thing } from '@duty/shared/kernel/kind.ts'
import type { Moment } from '@duty/shared/kernel/time.ts'
import type { Query } from '../db/db.ts'
import type { Rules, Written } from './rules.ts'

/** Who exists and who sits where, kept level with the book: read anew only for numbers not seen yet. */
export function openDirectory(rules: Rules) {
  const things = new Map<string, Thing>()
  let seq = -1
  let directoryAt: ((at: Moment) => Directory) | null = null

  const put = (thing: Thing) => {
    things.set(`${thing.kind}/${thing.id}`, thing)
    directoryAt = null
  }

  return {
    /** The directory at a moment, as of the book's head. */
    async at(query: Query, head: number, at: Moment): Promise<Directory> {
      if (seq !== head) {
        const rows = await query<{ kind: string; id: string; version: number; data: object }>(
          'select kind, id, version, data from state where kind = any($1) and seq > $2',
          [rules.directoryKinds, seq],
          'directory',
        )
        for (const { data, ...row } of rows) put({ ...data, ...row })
        seq = head
      }
      return (directoryAt ??= rules.directoryOf(things.values()))(at)
    },
    /** Takes in what has just been committed, when it follows what is known. */
    learn(written: Written[]) {
      const first = written[0]?.entry.seq
      if (first === undefined || first !== seq + 1) return
      for (const { after } of written) if (rules.directoryKinds.includes(after.kind)) put(after)
      seq = written.at(-1)!.entry.seq
    },
    /** What was believed may not be so: read all anew. */
    forget() {
      things.clear()
      directoryAt = null
      seq = -1
    },
    /** The directory as last known, without asking the store. */
    now: (at: Moment): Directory => (directoryAt ??= rules.directoryOf(things.values()))(at),
  }
}
