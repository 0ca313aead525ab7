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

/** A board kept by lines: it throws on a gap, as a screen would join anew. */
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
  let board: Board | null = null
  const early: Line[] = []
  const take = (line: Line) => {
    lines.push(line)
    board = advance(board!, line)
  }
  socket.on('line', (line: Line) => {
    if (board) take(line)
    else early.push(line)
    for (const look of waiting) look()
  })
  socket.on('head', (head: { seq: number; at: string }) => {
    heads.push(head)
    for (const look of waiting) look()
  })
  socket.on('disconnect', () => {
    for (const look of waiting) look()
  })
  await new Promise<void>((ok, no) => {
    socket.once('connect', ok)
    socket.once('connect_error', no)
  })
  const joined = (await socket.timeout(10_000).emitWithAck('board:join', cursor)) as Joined
  if ('error' in joined) throw new Error(`join refused: ${JSON.stringify(joined.error)}`)
  if (joined.mode === 'snapshot') board = boardOf(joined.head, joined.things)
  const earlyBeforeAck = early.length
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
      if (board.seq < joined.head) throw new Error(`the tail ends at ${board.seq}, the head is ${joined.head}`)
    },
    board: () => board!,
    seq: () => board!.seq,
    of: <S = any>(kind: string) => [...board!.things.values()].filter(t => t.kind === kind) as Thing<S>[],
    get: <S = any>(kind: string, id: string) => board!.things.get(`${kind}/${id}`) as Thing<S> | undefined,
    /** Waits for what a screen would wait for; looks again whenever something is heard. */
    until<T>(found: () => T, withinMs = 10_000): Promise<Exclude<T, undefined | null | false>> {
      return new Promise((resolve, reject) => {
        const look = () => {
          const value = found()
          if (!value) return
          clearTimeout(end)
          waiting.delete(look)
          resolve(value as Exclude<T, undefined | null | false>)
        }
        const end = setTimeout(() => {
          waiting.delete(look)
          reject(new Error(`not heard within ${withinMs} ms: ${found.toString()}`))
        }, withinMs)
        waiting.add(look)
        look()
      })
    },
    close: () => socket.disconnect(),
  }
}

export type Reader = Awaited<ReturnType<typeof joinBoard>>
