import type { RequestHandler } from 'express'
import type { Asker, Askers } from '../identity/asker.ts'
import { Problem, forbidden, unauthorised } from './answer.ts'

declare module 'express-serve-static-core' {
  interface Request {
    /** Who is asking; set by `signedIn`. */
    asker?: Asker
  }
}

/** Nobody passes who is not known. */
export const signedIn =
  (askers: Askers): RequestHandler =>
  async (req, _res, next) => {
    const asker = await askers.of(req.headers)
    if (!asker) throw unauthorised()
    req.asker = asker
    next()
  }

/** Whether a page of this very origin asks. */
export function isSameOrigin(origin: string | undefined, host: string | undefined): boolean {
  if (!origin || !host) return false
  return URL.canParse(origin) && new URL(origin).host === host
}

const READS = new Set(['GET', 'HEAD', 'OPTIONS'])

/** A write by cookie comes from a page of our own, or not at all. */
export const sameOrigin: RequestHandler = (req, _res, next) => {
  if (!READS.has(req.method) && req.asker?.sort === 'session' && !isSameOrigin(req.get('origin'), req.host)) throw forbidden('请求来源不对')
  next()
}

/** A body is JSON, and says so. */
export const jsonOnly: RequestHandler = (req, _res, next) => {
  if (!READS.has(req.method) && req.method !== 'DELETE' && !req.is('application/json')) throw new Problem(415, 'unsupported', '内容须为 application/json')
  next()
}

/** Only for these roles. */
export const only =
  (...roles: string[]): RequestHandler =>
  (req, _res, next) => {
    if (!req.asker?.by.roles.some(r => roles.includes(r))) throw forbidden()
    next()
  }
