import { boardOf } from '@duty/shared/kernel/wire.ts'
import { kept } from './kept.ts'
import { note } from './note.ts'
import { useRoom } from './store.ts'

const KEEP_EVERY_MS = 5_000

let due = 0

/** Paints the board this device kept for this reader, as old as it is, and tells where it stands in the book. */
export async function restoreBoard(reader: string | undefined): Promise<{ book: string } | null> {
  const last = reader === undefined ? undefined : await (await kept()).get('board', reader)
  if (!last || useRoom.getState().joined) return null
  useRoom.setState({ board: boardOf(last.seq, last.things), heardAt: last.heardAt })
  return { book: last.book }
}

/** Keeps a copy of the board on the device, at most once in a few seconds. */
export function keepBoard({ book, screen }: { book: string; screen: boolean }): void {
  const reader = screen ? 'screen' : useRoom.getState().me?.username
  if (reader === undefined || due) return
  due = window.setTimeout(() => {
    due = 0
    const { board, heardAt, me } = useRoom.getState()
    if (!screen && me?.username !== reader) return
    const copy = { book, seq: board.seq, heardAt, things: [...board.things.values()] }
    kept().then(db => db.put('board', copy, reader)).catch(note('kept board'))
  }, KEEP_EVERY_MS)
}
