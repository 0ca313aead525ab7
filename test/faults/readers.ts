import { io, type Socket } from 'socket.io-client'
import { advance, boardOf, type Board, type Joined, type Line } from '@duty/shared/kernel/wire.ts'
import type { Happenings } from './waiting.ts'

/** A screen that was promised every line once and in order, and looks after itself. */
export interface BoardReader {
  name: string
  /** The number it stands at; -1 before its first snapshot. */
  seq(): number
  connected(): boolean
  board(): Board
  /** When the line with a number came, by this process's clock. */
  heardAt(seq: number): number | undefined
  /** Lines that came twice, too early or with a gap. */
  astray: string[]
  /** How often it joined, and how often it was given a snapshot instead of a tail. */
  joins: { tails: number; snapshots: number }
  close(): void
}

interface Wanted {
  name: string
  url: string
  headers: Record<string, string>
  token?: string
  heard: Happenings
}

const JOIN_WITHIN_MS = 5_000

/** Opens a board over Socket.IO that comes back by itself with its cursor, as the screens do. */
export function openReader({ name, url, headers, token, heard }: Wanted): BoardReader {
  const socket: Socket = io(url, {
    transports: ['websocket'],
    forceNew: true,
    reconnectionDelay: 500,
    reconnectionDelayMax: 1_000,
    timeout: 3_000,
    extraHeaders: { origin: url, ...headers },
    auth: token ? { token } : {},
  })
  const astray: string[] = []
  const arrivals = new Map<number, number>()
  const joins = { tails: 0, snapshots: 0 }
  let board: Board | null = null
  let book: string | null = null
  let isJoined = false

  function take(line: Line): void {
    if (line.seq <= board!.seq) astray.push(`${name}: ${line.seq} again, at ${board!.seq}`)
    const from = line.since ?? line.seq
    if (from !== board!.seq + 1) astray.push(`${name}: ${from} after ${board!.seq}`)
    else {
      board = advance(board!, line)
      for (let seq = from; seq <= line.seq; seq++) arrivals.set(seq, performance.now())
    }
    heard.tell()
  }

  function join(): void {
    const cursor = board && book ? { book, seq: board.seq } : null
    // the answer is taken in at once, before any line that follows it on the wire
    socket.timeout(JOIN_WITHIN_MS).emit('board:join', cursor, (late: Error | null, joined: Joined) => {
      if (!late && !('error' in joined)) return begin(joined)
      if (socket.connected) socket.disconnect().connect()
    })
  }

  function begin(joined: Exclude<Joined, { error: unknown }>): void {
    if (joined.mode === 'snapshot') {
      joins.snapshots++
      board = boardOf(joined.head, joined.things)
    } else {
      joins.tails++
      for (const line of joined.lines) take(line)
      if (board!.seq !== joined.head) astray.push(`${name}: the tail ends at ${board!.seq}, the head is ${joined.head}`)
    }
    book = joined.book
    isJoined = true
    heard.tell()
  }

  socket.on('connect', join)
  socket.on('line', (line: Line) => {
    if (!isJoined) astray.push(`${name}: ${line.seq} before the answer to its joining`)
    else take(line)
  })
  socket.on('disconnect', reason => {
    isJoined = false
    // the server told it to go: it comes again by itself
    if (reason === 'io server disconnect') socket.connect()
  })
  return {
    name,
    seq: () => board?.seq ?? -1,
    connected: () => isJoined,
    board: () => board!,
    heardAt: seq => arrivals.get(seq),
    astray,
    joins,
    close: () => void socket.disconnect(),
  }
}

/** What somebody who joins for the first time is given. */
export async function freshBoard({ url, headers, token }: Pick<Wanted, 'url' | 'headers' | 'token'>): Promise<Board> {
  const socket: Socket = io(url, { transports: ['websocket'], forceNew: true, extraHeaders: { origin: url, ...headers }, auth: token ? { token } : {} })
  try {
    const joined = (await socket.timeout(JOIN_WITHIN_MS).emitWithAck('board:join', null)) as Joined
    if ('error' in joined || joined.mode !== 'snapshot') throw new Error(`no snapshot: ${JSON.stringify(joined).slice(0, 200)}`)
    return boardOf(joined.head, joined.things)
  } finally {
    socket.disconnect()
  }
}
