import type { Thing } from '@duty/shared/kernel/kind.ts'
import { v7 } from 'uuid'
import { hearDate } from './clock.ts'
import { endSession } from './session-end.ts'

/** What the server answered instead of doing it: a sentence for the officer, and which fields were wrong. Status 0: it could not be reached. */
export class Problem extends Error {
  readonly status: number
  readonly code: string
  readonly title: string
  readonly detail: string
  readonly errors?: { path: string; message: string }[]
  readonly now?: Thing
  readonly retryAfterSeconds?: number

  constructor(said: Pick<Problem, 'status' | 'code' | 'title' | 'detail'> & Partial<Pick<Problem, 'errors' | 'now' | 'retryAfterSeconds'>>) {
    super(said.detail)
    this.status = said.status
    this.code = said.code
    this.title = said.title
    this.detail = said.detail
    this.errors = said.errors
    this.now = said.now
    this.retryAfterSeconds = said.retryAfterSeconds
  }
}

const ANSWER_WITHIN_MS = 15_000

const unreachable = () => new Problem({ status: 0, code: 'unreachable', title: '连不上服务器', detail: '网络或服务器暂时不通，内容已保留' })

/** The answer with all of its words; one that broke off on its way is none. */
async function fetchWhole(path: string, request: RequestInit): Promise<{ answer: Response; text: string }> {
  try {
    const answer = await fetch(path, { ...request, signal: AbortSignal.timeout(ANSWER_WITHIN_MS) })
    return { answer, text: await answer.text() }
  } catch {
    throw unreachable()
  }
}

/** A no of the server itself says why; one without a reason comes from something on the way to it. */
function problemOf(answer: Response, text: string): Problem {
  const isServers = (answer.headers.get('Content-Type') ?? '').includes('json')
  if (!isServers && answer.status >= 500) return unreachable()
  const said: Partial<Problem> = isServers ? JSON.parse(text) : {}
  const { code = `http-${answer.status}`, title = '服务器没有应答', detail = '请稍后再试', errors, now } = said
  const retryAfterSeconds = Number(answer.headers.get('Retry-After')) || undefined
  return new Problem({ status: answer.status, code, title, detail, errors, now, retryAfterSeconds })
}

/** One request to the server; anything but a yes is thrown as a Problem, and a 401 shows the sign-in. */
export async function ask<T>(method: 'GET' | 'POST' | 'DELETE', path: string, said: { body?: unknown; key?: string } = {}): Promise<T> {
  const headers = {
    ...(said.body === undefined ? {} : { 'Content-Type': 'application/json' }),
    ...(said.key === undefined ? {} : { 'Idempotency-Key': said.key }),
  }
  const body = said.body === undefined ? undefined : JSON.stringify(said.body)
  const { answer, text } = await fetchWhole(path, { method, headers, body })
  hearDate(answer)
  if (answer.ok) return (text === '' ? undefined : JSON.parse(text)) as T
  const problem = problemOf(answer, text)
  if (problem.status === 401 && path !== '/api/session') endSession()
  throw problem
}

/** Reads one of the lists or files of the contract. */
export const read = <T>(path: string): Promise<T> => ask<T>('GET', path)

/** What was written, and how the thing now stands. */
export interface Said {
  seq: number
  id: string
  version: number
  now: Thing | null
}

/** Does one thing, now: the only way anything is changed. Asking again with the same key does it once. */
export const say = (command: string, body: Record<string, unknown>, key: string = v7()): Promise<Said> => ask<Said>('POST', `/api/do/${command}`, { body, key })
