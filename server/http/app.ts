import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import compression from 'compression'
import express, { Router, type Express } from 'express'
import { ipKeyGenerator, rateLimit } from 'express-rate-limit'
import helmet from 'helmet'
import { Problem, answerErrors, notFound, sendProblem } from './answer.ts'
import { jsonOnly, sameOrigin, signedIn } from './request.ts'
import { openApi } from './openapi.ts'
import type { Askers } from '../identity/asker.ts'

const CLIENT = fileURLToPath(new URL('../../client/dist', import.meta.url))

interface AppOptions {
  askers: Askers
  session: Router
  door: Router
  reads: Router
  ready(): Promise<{ status: 'ok' | 'degraded' | 'down'; checks: Record<string, string> }>
  metrics(): Promise<{ type: string; text: string }>
  trustProxy: number
  rateLimited: boolean
  log(event: string, detail?: object): void
}

/** Per minute, for each who is signed in by themselves and for all strangers of one address together: a script is cut, the desk beside it works on. */
const REQUESTS_PER_MINUTE = 1_200
const SIGN_INS_PER_MINUTE = 60

/** No body at all is no JSON object either. */
function notEmpty(_req: unknown, _res: unknown, bytes: Buffer): void {
  if (bytes.length === 0) throw Object.assign(new Error('empty'), { type: 'entity.parse.failed' })
}

/** The HTTP side of the room: one port, one door for change, the reads, and the three faces. */
export function openApp({ askers, session, door, reads, ready, metrics, trustProxy, rateLimited, log }: AppOptions): Express {
  const app = express()
  app.set('trust proxy', trustProxy)
  app.disable('x-powered-by')
  app.set('etag', false)
  app.use(
    helmet({
      contentSecurityPolicy: {
        useDefaults: false,
        directives: { defaultSrc: ["'self'"], baseUri: ["'none'"], formAction: ["'self'"], frameAncestors: ["'none'"], objectSrc: ["'none'"], workerSrc: ["'self'"] },
      },
      strictTransportSecurity: trustProxy ? { maxAge: 31_536_000 } : false,
      crossOriginEmbedderPolicy: true,
      referrerPolicy: { policy: 'no-referrer' },
    }),
  )

  app.get('/healthz', (_req, res) => void res.json({ status: 'ok' }))
  app.get('/readyz', async (_req, res) => {
    const { status, checks } = await ready()
    res.status(status === 'down' ? 503 : 200).json({ status, checks })
  })
  app.get('/metrics', async (_req, res) => {
    const { type, text } = await metrics()
    res.type(type).send(text)
  })

  const api = Router()
  const limit = (most: number) =>
    rateLimit({
      windowMs: 60_000,
      limit: most,
      keyGenerator: async req => (await askers.of(req.headers))?.grant ?? ipKeyGenerator(req.ip ?? ''),
      standardHeaders: 'draft-8',
      legacyHeaders: false,
      skip: () => !rateLimited,
      handler: (_req, res) => sendProblem(res, new Problem(429, 'too-many', '操作过于频繁，请稍候', {}, 10)),
    })
  api.use((_req, res, next) => {
    res.setHeader('Cache-Control', 'no-store')
    next()
  })
  api.use(limit(REQUESTS_PER_MINUTE))
  api.post(['/session', '/screens'], limit(SIGN_INS_PER_MINUTE))
  api.get('/openapi.json', (_req, res) => void res.json(openApi()))
  api.use(session)
  api.use(signedIn(askers), sameOrigin, jsonOnly, express.json({ limit: '256kb', inflate: false, verify: notEmpty }))
  api.use(door)
  api.use(reads)
  api.use(() => {
    throw notFound()
  })
  app.use('/api', api)

  if (existsSync(CLIENT)) {
    app.use(compression())
    app.use(express.static(CLIENT, { index: false, setHeaders: (res, path) => res.setHeader('Cache-Control', path.includes('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache') }))
    app.get(/^\/(?:wall|desk|phone|office)?(?:\/.*)?$/, (_req, res) => res.sendFile('index.html', { root: CLIENT, cacheControl: false }))
  }
  app.use((_req, res) => sendProblem(res, notFound()))
  app.use(answerErrors(log))
  return app
}
