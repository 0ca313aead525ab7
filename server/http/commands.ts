import { Router, type Request } from 'express'
import { v7 } from 'uuid'
import { z } from 'zod'
import { Id } from '@duty/shared/kernel/fields.ts'
import type { Kind, Rule } from '@duty/shared/kernel/kind.ts'
import { kinds, notEnabled } from '@duty/shared/kinds.ts'
import { see } from '@duty/shared/sight.ts'
import { StaleView } from '../book/decide.ts'
import type { Command, Done } from '../book/execute.ts'
import { thingOf } from '../book/rules.ts'
import type { Asker } from '../identity/asker.ts'
import { Problem, forbidden, notFound, wrongFields } from './answer.ts'
import { fieldErrors } from './chinese.ts'

/** What happens beside a command in its transaction, for the few that keep a secret. */
export type Asides = Record<string, (body: Record<string, unknown>, asker: Asker) => Promise<Command['aside']>>

interface CommandsOptions {
  execute(command: Command): Promise<Done>
  asides: Asides
  /** Whether the caller has asked under this key before. */
  wasAsked(caller: string, key: string): Promise<boolean>
}

const Seen = z.int('版本须为整数').min(0).optional()
const Key = z.uuid()
/** What stands beside every body: which thing is meant, and the version the asker saw. */
const Named = z.object({ id: Id, seen: Seen })
const MaybeNamed = z.object({ id: Id.optional(), seen: Seen })

/** Finds the rule of a command that is built; says so of one that is not yet. */
export function ruleNamed(name: string): { kind: Kind; rule: Rule<any, any> } {
  if (notEnabled.has(name)) throw new Problem(422, 'not-enabled', '这项功能尚未启用')
  const [noun = '', verb = ''] = name.split('.')
  const kind = Object.hasOwn(kinds, noun) ? kinds[noun] : undefined
  const rule = kind && Object.hasOwn(kind.commands, verb) ? kind.commands[verb] : undefined
  if (!kind || !rule || name.split('.').length !== 2) throw notFound()
  return { kind, rule }
}

/** Checks the shape of a body against its rule; every wrong field is named. */
function parseBody(name: string, kind: Kind, rule: Rule<any, any>, raw: Record<string, unknown>, by: Asker['by']): Omit<Command, 'key' | 'by'> {
  const { id: rawId, seen: rawSeen, ...rest } = raw
  const needsId = !rule.creates && !rule.names && !kind.only
  const head = (needsId ? Named : MaybeNamed).safeParse({ id: rawId, seen: rawSeen })
  const parsed = rule.takes.safeParse(rest)
  const errors = [...(head.success ? [] : fieldErrors(head.error)), ...(parsed.success ? [] : fieldErrors(parsed.error))]
  if (!head.success || !parsed.success || errors.length) throw wrongFields(errors)
  const body = parsed.data
  const own = rule.names?.(body, by) ?? kind.only ?? head.data.id
  return { command: name, kind: kind.name, id: (own ?? v7()).toLowerCase(), fresh: own ? undefined : true, seen: head.data.seen, body }
}

const withoutSecrets = (body: Record<string, unknown>, secrets: readonly string[] = []) =>
  Object.fromEntries(Object.entries(body).filter(([field]) => !secrets.includes(field)))

/** The one door for change: `POST /api/do/<noun>.<verb>`. */
export function openDoor({ execute, asides, wasAsked }: CommandsOptions) {
  /** Carries out a command for somebody, and answers with the thing as far as they may see it. */
  async function carryOut(name: string, key: unknown, raw: unknown, asker: Asker): Promise<object> {
    const { kind, rule } = ruleNamed(name)
    const mayByKey = asker.sort === 'key' && asker.scopes.includes('ingest') && name === 'incident.log'
    // a screen only shows, and a key only brings in
    if (asker.sort !== 'session' && !mayByKey) throw forbidden()
    if (!mayByKey && !rule.by.some(role => asker.by.roles.includes(role))) throw forbidden()
    if (!Key.safeParse(key).success) throw new Problem(400, 'no-key', '缺少操作编号（Idempotency-Key，须为 UUID）')
    if (raw === null || typeof raw !== 'object' || Array.isArray(raw)) throw new Problem(400, 'not-an-object', '内容须为一个 JSON 对象')
    const asked = String(key).toLowerCase()
    const { body, ...command } = parseBody(name, kind, rule, raw as Record<string, unknown>, asker.by)
    const prepare = asides[name]
    // who asks again gets the answer of the first time, though the password has changed meanwhile
    const aside = prepare && !(await wasAsked(asker.by.person, asked)) ? await prepare(body, asker) : undefined
    try {
      const done = await execute({ ...command, body: withoutSecrets(body, rule.secrets), key: asked, by: asker.by, aside })
      return { seq: done.seq, id: done.id, version: done.version, now: done.thing && see(asker.audience, done.thing) }
    } catch (error) {
      if (error instanceof StaleView) throw new Problem(409, 'stale', error.message, { now: see(asker.audience, thingOf(error.standing)) })
      throw error
    }
  }

  const router = Router()
  router.post('/do/:command', async (req: Request<{ command: string }>, res) => {
    res.json(await carryOut(req.params.command, req.get('Idempotency-Key'), req.body, req.asker!))
  })
  router.post('/ingest/incident', async (req, res) => {
    res.json(await carryOut('incident.log', req.get('Idempotency-Key'), req.body, req.asker!))
  })
  return { router, carryOut }
}
