import { randomUUID } from 'node:crypto'
import { io, type Socket } from 'socket.io-client'
import type { Thing } from '@duty/shared/kernel/kind.ts'
import { advance, boardOf, type Board, type Joined, type Line } from '@duty/shared/kernel/wire.ts'

export interface Answer {
  status: number
  json: any
  headers: Headers
}

/** Somebody talking to the server over the wire only. */
export function clientOf(url: string, headers: Record<string, string>, username = '') {
  async function call(method: string, path: string, body?: unknown, more: Record<string, string> = {}): Promise<Answer> {
    const hasBody = body !== undefined
    const res = await fetch(url + path, {
      method,
      headers: { origin: url, ...headers, ...(hasBody ? { 'content-type': 'application/json' } : {}), ...more },
      body: hasBody ? (typeof body === 'string' ? body : JSON.stringify(body)) : undefined,
    })
    const text = await res.text()
    const isJson = /json/.test(res.headers.get('content-type') ?? '')
    return { status: res.status, json: isJson ? JSON.parse(text) : text, headers: res.headers }
  }
  const raw = (command: string, body: unknown, key: string = randomUUID()) => call('POST', `/api/do/${command}`, body, { 'idempotency-key': key })
  return {
    username,
    headers,
    call,
    raw,
    get: (path: string) => call('GET', path),
    /** Does it, or fails the test with the server's own sentence. */
    async do(command: string, body: Record<string, unknown>, key?: string): Promise<{ seq: number; id: string; version: number; now: any }> {
      const { status, json } = await raw(command, body, key)
      if (status !== 200) throw new Error(`${username} ${command}: ${status} ${JSON.stringify(json)}`)
      return json
    },
    board: (cursor: { book: string; seq: number } | null = null, token?: string) => joinBoard(url, headers, cursor, token),
  }
}

export type Client = ReturnType<typeof clientOf>

/** Signs in and speaks as that person from then on. */
export async function signIn(url: string, username: string, password = 'duty-demo-1234'): Promise<Client> {
  const res = await fetch(`${url}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: url },
    body: JSON.stringify({ username, password }),
  })
  if (!res.ok) throw new Error(`${username} cannot sign in: ${res.status} ${await res.text()}`)
  const cookie = res.headers.getSetCookie().map(c => c.split(';')[0]).join('; ')
  return clientOf(url, { cookie }, username)
}

/** Pairs a screen as an admin would: what it gives is the screen's token. */
export async function pairScreen(admin: Client, stranger: Client, name = '大厅'): Promise<string> {
  const { code } = (await admin.call('POST', '/api/screens/codes')).json
  return (await stranger.call('POST', '/api/screens', { code, name })).json.token
}

/** A board kept by lines: a gap is a fault, told to whoever looks at it next. */
export async function joinBoard(url: string, headers: Record<string, string>, cursor: { book: string; seq: number } | null, token?: string) {
  const socket: Socket = io(url, {
    transports: ['websocket'],
    reconnection: false,
    forceNew: true,
    extraHeaders: { origin: url, ...(token ? {} : headers) },
    auth: token ? { token } : {},
  })
  const lines: Line[] = []
  const heads: { seq: number; at: string }[] = []
  const waiting = new Set<() => void>()
  const early: Line[] = []
  let board: Board | null = null
  let fault: Error | null = null
  const look = () => {
    for (const looking of waiting) looking()
  }
  const take = (line: Line) => {
    lines.push(line)
    try {
      board = advance(board!, line)
    } catch (error) {
      fault ??= error as Error
    }
  }
  const boardNow = () => {
    if (fault) throw fault
    return board!
  }
  socket.on('line', (line: Line) => {
    if (board) take(line)
    else early.push(line)
    look()
  })
  socket.on('head', (head: { seq: number; at: string }) => {
    heads.push(head)
    look()
  })
  socket.on('disconnect', look)
  await new Promise<void>((ok, no) => {
    socket.once('connect', ok)
    socket.once('connect_error', no)
  })
  let earlyBeforeAck = 0
  // by callback: a promise would answer only after lines that came in the same breath
  const joined = await new Promise<Joined>((ok, no) => {
    socket.timeout(10_000).emit('board:join', cursor, (error: Error | null, answer: Joined) => {
      if (error) return no(error)
      earlyBeforeAck = early.length
      if (!('error' in answer) && answer.mode === 'snapshot') board = boardOf(answer.head, answer.things)
      ok(answer)
    })
  })
  if ('error' in joined) throw new Error(`join refused: ${JSON.stringify(joined.error)}`)
  return {
    socket,
    joined,
    lines,
    heads,
    earlyBeforeAck,
    book: joined.book,
    /** Lays the tail over the board that was left off with. */
    resume(left: Board) {
      if (joined.mode !== 'tail') throw new Error('the server answered a snapshot')
      board = left
      for (const line of [...joined.lines, ...early]) take(line)
      if (fault) throw fault
      if (board.seq < joined.head) throw new Error(`the tail ends at ${board.seq}, the head is ${joined.head}`)
    },
    board: boardNow,
    seq: () => boardNow().seq,
    of: <S = any>(kind: string) => [...boardNow().things.values()].filter(t => t.kind === kind) as Thing<S>[],
    get: <S = any>(kind: string, id: string) => boardNow().things.get(`${kind}/${id}`) as Thing<S> | undefined,
    /** Waits for what a screen would wait for; looks again whenever something is heard. */
    until<T>(found: () => T, withinMs = 10_000): Promise<Exclude<T, undefined | null | false>> {
      return new Promise((resolve, reject) => {
        const stop = () => {
          clearTimeout(end)
          waiting.delete(looking)
        }
        const looking = () => {
          try {
            const value = found()
            if (!value) return
            stop()
            resolve(value as Exclude<T, undefined | null | false>)
          } catch (error) {
            stop()
            reject(error)
          }
        }
        const end = setTimeout(() => {
          stop()
          reject(new Error(`not heard within ${withinMs} ms: ${found.toString()}`))
        }, withinMs)
        waiting.add(looking)
        looking()
      })
    },
    close: () => socket.disconnect(),
  }
}

export type Reader = Awaited<ReturnType<typeof joinBoard>>
