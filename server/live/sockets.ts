import type { Server as HttpServer } from 'node:http'
import { Refusal } from '@duty/shared/kernel/refusal.ts'
import type { Line } from '@duty/shared/kernel/wire.ts'
import { audienceKey, type Audience } from '@duty/shared/sight.ts'
import { Server, type Socket } from 'socket.io'
import { z } from 'zod'
import type { Written } from '../book/rules.ts'
import { bookFor, lineFor, onBoard, tailFor } from './cut.ts'
import { KEPT_LINES, type Fanout } from './fanout.ts'

/** Who holds a socket: an account by its session, or a paired screen. */
export interface Holder {
  audience: Audience
  person: string
  /** What ends the socket when it is revoked: the session's or the bearer's hash. */
  grant: string
  screen?: string
}

interface SocketsOptions {
  http: HttpServer
  fanout: Fanout
  identify(headers: { cookie?: string; origin?: string; host?: string }, auth: { token?: unknown }, address: string): Promise<Holder | null>
  readBetween(after: number, upTo: number): Promise<Written[]>
  nowIso(): string
  onDelivered(holder: Holder, alert: string): Promise<void>
  onPresent(holder: Holder): Promise<void>
  onPainted(screen: string, seq: number): Promise<void>
  log(event: string, detail?: object): void
}

const HEAD_EVERY_MS = 5_000
/** A reader further behind than this is cut off: it joins anew and gets what it missed. */
const MOST_BUFFERED_BYTES = 4 * 1024 * 1024
const MOST_BUFFERED_PACKETS = 2_000
const OF_GRANT = 'grant:'

const Cursor = z.object({ book: z.string(), seq: z.int().min(0) }).nullable()
const Delivered = z.object({ id: z.uuid().toLowerCase() })
const PaintedUpTo = z.object({ seq: z.int().min(0) })

type Answer = (answer: unknown) => void

const problem = (status: number, code: string, title: string, detail: string) => ({ error: { type: 'about:blank', status, code, title, detail } })

/** Screens, phones and desks over Socket.IO: a snapshot or a tail on joining, then every line once and in order. */
export function openSockets(options: SocketsOptions) {
  const { http, fanout, identify, readBetween, nowIso, onDelivered, onPresent, onPainted, log } = options
  const io = new Server(http, { pingInterval: 5_000, pingTimeout: 5_000, perMessageDeflate: false, maxHttpBufferSize: 64 * 1024, serveClient: false })
  const rooms = new Map<string, Audience>()
  const holders = new WeakMap<Socket, Holder>()

  io.use((socket, next) => {
    const { headers, auth, address } = socket.handshake
    identify(headers, auth, address).then(
      holder => {
        if (!holder) return next(new Error('unauthorised'))
        holders.set(socket, holder)
        void socket.join(OF_GRANT + holder.grant)
        void socket.join(`person:${holder.person}`)
        next()
      },
      (error: Error) => {
        log('socket.not-identified', { message: error.message })
        next(new Error('unavailable'))
      },
    )
  })

  io.on('connection', socket => {
    const holder = holders.get(socket)!
    on(socket, 'board:join', Cursor, (cursor, answer) => join(socket, holder, cursor, answer))
    on(socket, 'alert:delivered', Delivered, async ({ id }) => (await onDelivered(holder, id), { ok: true }))
    on(socket, 'presence', z.unknown(), async () => (await onPresent(holder), { at: nowIso() }))
    on(socket, 'screen:painted', PaintedUpTo, async ({ seq }) => (holder.screen && (await onPainted(holder.screen, seq)), { ok: true }))
  })

  /** One kind of message: checked, done, answered (by the deed itself where the order of sending matters); a failure is answered too. */
  function on<T>(socket: Socket, event: string, shape: z.ZodType<T>, deed: (said: T, answer: Answer) => Promise<unknown>) {
    socket.on(event, (said: unknown, ack: unknown) => {
      const answer = typeof ack === 'function' ? (ack as Answer) : () => {}
      const parsed = shape.safeParse(said)
      if (!parsed.success) return answer(problem(422, 'wrong-field', '填写有误', '消息格式不对'))
      deed(parsed.data, answer).then(
        out => out !== undefined && answer(out),
        (error: Error) => {
          if (error instanceof Refusal) return answer(problem(error.status, error.code, '不能这样做', error.message))
          log('socket.failed', { event, message: error.message })
          answer(problem(503, 'unavailable', '暂时不可用', '请稍后再试'))
        },
      )
    })
  }

  async function join(socket: Socket, { audience }: Holder, cursor: z.infer<typeof Cursor>, respond: Answer): Promise<void> {
    const key = `board:${audienceKey(audience)}`
    const book = bookFor(fanout.book, audience)
    // it comes from a node that has heard more: nobody is shown a board older than the one they have
    if (cursor && cursor.book === book && cursor.seq > fanout.head()) await fanout.lookUp()
    const believed = cursor && cursor.book === book && cursor.seq <= fanout.head() && fanout.head() - cursor.seq <= KEPT_LINES
    let tail: Written[] | null = null
    if (believed) {
      tail = fanout.keptAfter(cursor.seq)
      if (!tail) {
        const upTo = fanout.head()
        const read = await readBetween(cursor.seq, upTo)
        const since = fanout.keptAfter(upTo)
        tail = since && [...read, ...since]
      }
    }
    // From here to the room nothing waits: the first line after the answer is head + 1.
    const head = fanout.head()
    const answer = tail
      ? { mode: 'tail', lines: tailFor(audience, tail), head, book }
      : { mode: 'snapshot', things: [...fanout.things()].flatMap(t => onBoard(audience, t) ?? []), head, book }
    respond(answer)
    rooms.set(key, audience)
    void socket.join(key)
  }

  fanout.onLines(written => {
    for (const [key, audience] of rooms) {
      if (!io.of('/').adapter.rooms.has(key)) {
        rooms.delete(key)
        continue
      }
      const room = io.to(key)
      for (const line of linesFor(audience, written)) room.emit('line', line)
    }
  })

  const heads = setInterval(() => {
    io.emit('head', { seq: fanout.head(), at: nowIso() })
    for (const socket of io.of('/').sockets.values()) cutIfSlow(socket)
  }, HEAD_EVERY_MS)
  heads.unref()

  function cutIfSlow(socket: Socket) {
    const { transport, writeBuffer } = socket.conn as unknown as { transport: { socket?: { bufferedAmount?: number } }; writeBuffer: unknown[] }
    if ((transport.socket?.bufferedAmount ?? 0) < MOST_BUFFERED_BYTES && writeBuffer.length < MOST_BUFFERED_PACKETS) return
    log('socket.too-slow', { id: socket.id })
    socket.disconnect(true)
  }

  return {
    io,
    /** The grants of all who are connected to this node. */
    grants: () => [...io.of('/').adapter.rooms.keys()].flatMap(room => (room.startsWith(OF_GRANT) ? [room.slice(OF_GRANT.length)] : [])),
    /** A grant is gone (signed out, revoked): its sockets die at once. */
    end: (grant: string) => io.in(OF_GRANT + grant).disconnectSockets(true),
    /** Somebody's roles have changed: their sockets join anew with the sight they have now. */
    rejoin: (person: string) => io.in(`person:${person}`).disconnectSockets(true),
    connected: () => io.engine.clientsCount,
    close: async () => {
      clearInterval(heads)
      await io.close()
    },
  }
}

/** The lines of one commit for an audience: what is not theirs becomes one run of numbers. */
function linesFor(audience: Audience, written: readonly Written[]): Line[] {
  const lines: Line[] = []
  let since: number | null = null
  for (const w of written) {
    const line = lineFor(audience, w)
    if (!line) {
      since ??= w.entry.seq
      continue
    }
    if (since !== null) lines.push({ seq: w.entry.seq - 1, since })
    since = null
    lines.push(line)
  }
  if (since !== null) lines.push({ seq: written.at(-1)!.entry.seq, since })
  return lines
}

export type Sockets = ReturnType<typeof openSockets>
