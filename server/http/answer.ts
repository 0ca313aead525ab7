import type { ErrorRequestHandler, Response } from 'express'
import { Refusal } from '@duty/shared/kernel/refusal.ts'
import { isStoreAway } from '../db/db.ts'
import { StoreAway } from '../book/execute.ts'

/** What a field got wrong. */
export interface FieldError {
  path: string
  message: string
}

/** A no that is answered as application/problem+json (RFC 9457). */
export class Problem extends Error {
  readonly status: number
  readonly code: string
  readonly extra: Record<string, unknown>
  readonly retryAfter: number | undefined

  constructor(status: number, code: string, detail: string, extra: Record<string, unknown> = {}, retryAfter?: number) {
    super(detail)
    this.status = status
    this.code = code
    this.extra = extra
    this.retryAfter = retryAfter
  }
}

const TITLES: Record<number, string> = {
  400: '请求格式不对',
  401: '请先登录',
  403: '无权操作',
  404: '没有找到',
  405: '不支持这种请求',
  409: '不能这样做',
  413: '内容过大',
  415: '不支持的内容类型',
  422: '填写有误',
  429: '操作过于频繁',
  500: '系统出错',
  503: '暂时不可用',
}

export const unauthorised = () => new Problem(401, 'unauthorised', '请先登录')
export const forbidden = (detail = '您的角色不能进行这项操作') => new Problem(403, 'forbidden', detail)
export const notFound = () => new Problem(404, 'not-found', '没有找到，或不在您的查看范围内')
export const wrongFields = (errors: FieldError[]) => new Problem(422, 'wrong-field', errors.map(e => e.message).join('；').slice(0, 500), { errors })

const problemOfRefusal = (r: Refusal) =>
  new Problem(r.status, r.code, r.message, r.path === undefined ? {} : { errors: [{ path: r.path, message: r.message }] })

/** Any error as the problem it is answered with; what nobody expected is 500 without a word of its inside. */
export function problemOf(error: unknown): Problem {
  if (error instanceof Problem) return error
  if (error instanceof Refusal) return problemOfRefusal(error)
  if (error instanceof StoreAway || isStoreAway(error)) return new Problem(503, 'store-away', '数据库暂时不可用，内容请保留，稍后会自动重试', {}, 2)
  const type = (error as { type?: string } | null)?.type
  if (type === 'entity.too.large') return new Problem(413, 'too-large', '内容超过 256 kB')
  if (type === 'entity.parse.failed') return new Problem(400, 'not-json', '内容不是有效的 JSON')
  if (type === 'encoding.unsupported' || type === 'charset.unsupported') return new Problem(415, 'unsupported', '不支持的编码')
  if (type?.startsWith('request.') || error instanceof URIError) return new Problem(400, 'bad-request', '请求不完整')
  return new Problem(500, 'internal', '系统出错，已记录；请稍后再试')
}

/** Sends a problem. */
export function sendProblem(res: Response, p: Problem): void {
  if (p.retryAfter !== undefined) res.setHeader('Retry-After', String(p.retryAfter))
  res
    .status(p.status)
    .type('application/problem+json')
    .send(JSON.stringify({ type: 'about:blank', title: TITLES[p.status] ?? '出错', status: p.status, detail: p.message, code: p.code, ...p.extra }))
}

/** The one place where an error becomes an answer. */
export const answerErrors =
  (log: (event: string, detail?: object) => void): ErrorRequestHandler =>
  (error, req, res, _next) => {
    const problem = problemOf(error)
    if (problem.status === 500) log('http.failed', { method: req.method, path: req.path, message: (error as Error).message, stack: (error as Error).stack })
    if (res.headersSent) return void res.destroy()
    sendProblem(res, problem)
  }
