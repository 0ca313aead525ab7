import { Router, json, type CookieOptions } from 'express'
import { z } from 'zod'
import type { Account } from '@duty/shared/account/account.ts'
import { Said, Words } from '@duty/shared/kernel/fields.ts'
import type { Directory } from '@duty/shared/kernel/kind.ts'
import { COOKIE, type Askers } from '../identity/asker.ts'
import type { Bearers } from '../identity/bearers.ts'
import type { Sessions } from '../identity/sessions.ts'
import type { SignIn } from '../identity/sign-in.ts'
import { Problem, forbidden, notFound, unauthorised, wrongFields } from './answer.ts'
import { fieldErrors } from './chinese.ts'
import { isSameOrigin, jsonOnly, only, sameOrigin, signedIn } from './request.ts'

const Credentials = z.strictObject({ username: Words(64), password: Words(200), totp: Words(10).optional() })
const Pairing = z.strictObject({ code: Words(40), name: Said(60) })
const NewKey = z.strictObject({ name: Said(60), scopes: z.array(z.enum(['ingest', 'read'], '没有这种权限')).min(1, '须选择权限').max(2, '权限重复') })

function parse<T>(shape: z.ZodType<T>, body: unknown): T {
  if (body === null || typeof body !== 'object' || Array.isArray(body)) throw new Problem(400, 'not-an-object', '内容须为一个 JSON 对象')
  const parsed = shape.safeParse(body)
  if (!parsed.success) throw wrongFields(fieldErrors(parsed.error))
  return parsed.data
}

interface SessionRoutes {
  askers: Askers
  sessions: Sessions
  bearers: Bearers
  signIn: SignIn
  directory(): Directory
  /** What each paired screen last said it had painted. */
  painted(): Promise<Record<string, object> | 'unknown'>
}

/** What a person is told of themselves. */
function meOf(room: Directory, username: string) {
  const account = room.person(username) as Account | undefined
  if (!account) throw unauthorised()
  const posts = Object.entries(room.posts).flatMap(([post, people]) => (people.includes(username) ? [post] : []))
  const { name, title, roles, units, totp } = account
  return { username, name, title, roles, units, posts, totp: totp ?? false }
}

/** Signing in and out, who I am, paired screens and machine keys. */
export function sessionRoutes({ askers, sessions, bearers, signIn, directory, painted }: SessionRoutes): Router {
  const router = Router()
  const asked = signedIn(askers)
  const cookieOf = (secure: boolean): CookieOptions => ({ httpOnly: true, sameSite: 'strict', secure, path: '/' })

  router.post('/session', jsonOnly, json(), async (req, res) => {
    if (req.get('origin') && !isSameOrigin(req.get('origin'), req.host)) throw forbidden('请求来源不对')
    const { username, password, totp } = parse(Credentials, req.body)
    const address = req.ip ?? ''
    const known = username.trim().toLowerCase()
    const proof = await signIn.prove(known, password, totp, address)
    if (proof.is === 'locked') throw new Problem(429, 'locked', `登录失败次数过多，请约 ${Math.ceil(proof.seconds / 60)} 分钟后再试`, {}, proof.seconds)
    if (proof.is === 'code-wanted') throw new Problem(401, 'totp-required', '请输入动态口令')
    const person = directory().person(known)
    if (proof.is === 'wrong' || !person || person.disabled) throw new Problem(401, 'wrong-credentials', '用户名、密码或动态口令不对')
    const token = await sessions.begin(known, address)
    res.cookie(COOKIE, token, cookieOf(req.secure)).json({ me: meOf(directory(), known) })
  })

  router.delete('/session', asked, sameOrigin, async (req, res) => {
    if (req.asker!.sort === 'session') await sessions.end(req.asker!.grant)
    res.clearCookie(COOKIE, cookieOf(req.secure)).status(204).end()
  })

  router.get('/me', asked, (req, res) => {
    const { by, sort } = req.asker!
    res.json(sort === 'session' ? meOf(directory(), by.person) : { username: by.person, name: by.name, roles: by.roles, units: [], posts: [] })
  })

  router.post('/screens/codes', asked, sameOrigin, only('admin'), async (req, res) => {
    res.json({ code: await bearers.code(req.asker!.by.person) })
  })
  router.post('/screens', jsonOnly, json(), async (req, res) => {
    const { code, name } = parse(Pairing, req.body)
    const paired = await bearers.pair(code, name)
    if (!paired) throw new Problem(422, 'wrong-code', '配对码不对、已用过或已过期', { errors: [{ path: 'code', message: '配对码不对、已用过或已过期' }] })
    res.json(paired)
  })
  router.post('/keys', asked, sameOrigin, only('admin'), jsonOnly, json(), async (req, res) => {
    const { name, scopes } = parse(NewKey, req.body)
    const { id, token } = await bearers.make('key', name, scopes, req.asker!.by.person)
    res.json({ id, key: token })
  })
  for (const [path, sort] of [
    ['/screens', 'screen'],
    ['/keys', 'key'],
  ] as const) {
    router.get(path, asked, only('admin'), async (_req, res) => {
      const items = await bearers.list(sort)
      const walls = await painted()
      const lit = (id: string) => (sort === 'key' ? {} : { painted: walls === 'unknown' ? walls : (walls[id] ?? null) })
      res.json({ items: items.map(({ id, name, scopes, made_by, made_at }) => ({ id, name, scopes, madeBy: made_by, madeAt: made_at, ...lit(id) })), nextCursor: null })
    })
    router.delete(`${path}/:id`, asked, sameOrigin, only('admin'), async (req, res) => {
      if (!z.uuid().safeParse(req.params.id).success || !(await bearers.revoke(sort, String(req.params.id)))) throw notFound()
      res.status(204).end()
    })
  }
  return router
}
