import { advance, boardOf, type Board, type Joined, type Line } from '@duty/shared/kernel/wire.ts'
import { io, type Socket } from 'socket.io-client'
import { reportDelivered } from './delivered.ts'
import { beginListening, heard, judge, silentForMs, stopListening } from './freshness.ts'
import { keepBoard, restoreBoard } from './kept-board.ts'
import { note } from './note.ts'
import { endSession } from './session-end.ts'
import { askTime, serverNow } from './clock.ts'
import { useRoom } from './store.ts'

const JOIN_WITHIN_MS = 5_000
const TRY_AGAIN_MS = 1_000
/** A screen whose token was refused asks now and then all the same: the room may have been restored from an older copy. */
const ASK_AGAIN_MS = 30_000
const PRESENCE_EVERY_MS = 20_000
/** A background tab paints no frames; its lines must still be taken in (and ring). */
const LONGEST_BATCH_MS = 100

/** A room's wire answers at once or not at all; a phone in a lift may need longer. */
const openWithinMs = () => (location.pathname.startsWith('/phone') ? 10_000 : 3_000)

let socket: Socket | null = null

/** Joins the board and stays level with it, unattended, until told to stop. A wall brings its token; everyone else the session's cookie. */
export function connect(auth?: { token: string }): () => void {
  const own = (socket = io({ auth, transports: ['websocket', 'polling'], tryAllTransports: true, reconnectionDelay: 500, reconnectionDelayMax: 1_000, timeout: openWithinMs() }))
  let book: string | null = null
  let joining = 0
  let waiting: Line[] = []
  let frame = 0
  let batch = 0
  let aheadBy: number | null = null
  let retry = 0
  beginListening()
  askTime().catch(note('time'))
  const restored = restoreBoard(auth ? 'screen' : useRoom.getState().me?.username).then(
    cursor => {
      book ??= cursor?.book ?? null
    },
    // A device that cannot keep copies must still show the live board.
    note('kept board'),
  )

  async function join(): Promise<void> {
    const mine = ++joining
    waiting = []
    await restored
    const cursor = book === null ? null : { book, seq: useRoom.getState().board.seq }
    const answer: Joined = await own.timeout(JOIN_WITHIN_MS).emitWithAck('board:join', cursor)
    if (mine !== joining) return
    if ('error' in answer) throw new Error(answer.error.code)
    heard()
    const board = answer.mode === 'snapshot' ? boardOf(answer.head, answer.things) : caughtUp(answer)
    book = answer.book
    joining = 0
    aheadBy = null
    useRoom.setState({ board, joined: true, heardAt: serverNow(), refused: false })
    reportDelivered(own, board)
    keepBoard({ book, screen: auth !== undefined })
  }

  /** A tail that does not fit what we have is not believed: the next try asks for everything. */
  function caughtUp({ lines, head }: Extract<Joined, { mode: 'tail' }>): Board {
    const before = useRoom.getState().board
    book = null
    const board = lines.reduce(advance, before)
    if (board.seq !== head) throw new Error(`tail ends at ${board.seq}, not at ${head}`)
    return board
  }

  const joinOrTryAgain = () =>
    join().catch((error: unknown) => {
      note('board:join')(error)
      if (!own.connected) return
      window.clearTimeout(retry)
      retry = window.setTimeout(() => void joinOrTryAgain(), TRY_AGAIN_MS)
    })

  /** All lines of one frame become one new board, so that a burst costs one painting. */
  function takeIn(): void {
    cancelAnimationFrame(frame)
    window.clearTimeout(batch)
    frame = batch = 0
    if (joining || waiting.length === 0) return
    const lines = waiting
    waiting = []
    try {
      const board = lines.reduce(advance, useRoom.getState().board)
      useRoom.setState({ board, heardAt: serverNow() })
      reportDelivered(own, board)
      keepBoard({ book: book!, screen: auth !== undefined })
    } catch {
      // A number is missing: what came so far is not believed, the board is asked for anew from where it stands.
      void joinOrTryAgain()
    }
  }

  own.on('connect', () => void joinOrTryAgain())
  own.on('line', (line: Line) => {
    heard()
    if (joining) return
    waiting.push(line)
    frame ||= requestAnimationFrame(takeIn)
    batch ||= window.setTimeout(takeIn, LONGEST_BATCH_MS)
  })
  own.on('head', ({ seq, at }: { seq: number; at: string }) => {
    heard(Date.parse(at))
    if (joining || !useRoom.getState().joined) return
    takeIn()
    const behind = useRoom.getState().board.seq
    if (aheadBy !== null && behind < aheadBy) void joinOrTryAgain()
    aheadBy = seq > behind ? seq : null
    useRoom.setState({ heardAt: Date.parse(at) })
  })
  own.on('disconnect', () => {
    joining = 0
    waiting = []
    if (!own.active) connectAgainSoon(TRY_AGAIN_MS)
  })
  own.on('connect_error', error => {
    const isRefused = error.message === 'unauthorised'
    if (isRefused) endSession()
    if (!own.active) connectAgainSoon(isRefused ? ASK_AGAIN_MS : TRY_AGAIN_MS)
  })
  function connectAgainSoon(afterMs: number) {
    window.clearTimeout(retry)
    retry = window.setTimeout(() => own.connect(), afterMs)
  }

  /** The network or the person is back: a link that has said nothing for a while is not trusted to notice by itself. */
  const wake = () => {
    judge()
    if (document.visibilityState === 'hidden' || silentForMs() < PRESENCE_EVERY_MS / 4) return
    own.disconnect().connect()
  }
  addEventListener('online', wake)
  document.addEventListener('visibilitychange', wake)
  const presence = window.setInterval(() => {
    if (own.connected && location.pathname.startsWith('/desk')) own.emit('presence', {})
  }, PRESENCE_EVERY_MS)

  return () => {
    removeEventListener('online', wake)
    document.removeEventListener('visibilitychange', wake)
    window.clearInterval(presence)
    window.clearTimeout(retry)
    cancelAnimationFrame(frame)
    window.clearTimeout(batch)
    stopListening()
    own.off().disconnect()
    if (socket === own) socket = null
  }
}

/** A wall has painted up to this number: told to the server once the second frame after it has begun. */
export function paintedUpTo(seq: number): void {
  requestAnimationFrame(() => requestAnimationFrame(() => socket?.connected && socket.emit('screen:painted', { seq })))
}

/** Calls back each time the board has been joined anew: what waited offline can go now. */
export function onceLevel(call: () => void): () => void {
  return useRoom.subscribe((now, before) => {
    if (now.link === 'live' && before.link !== 'live') call()
  })
}
