import type { Problem } from '../sync/command.ts'
import { post } from '../sync/outbox.ts'

/** An officer does not wait longer than this for an answer; what was said is safe on the device and goes on by itself. */
const PATIENCE_MS = 2_500

/** The server is away or busy, not unwilling: the words wait. */
const WAITS = [0, 401, 429, 502, 503, 504]

/** What saying something came to: done, kept and on its way, or a no. */
export type Outcome = 'sent' | 'waiting' | Problem

/** Says something once, whatever the network does. A no comes back as a Problem; the caller shows it and drops it from the outbox. */
export async function sayOnce(command: string, body: Record<string, unknown>, key: string): Promise<Outcome> {
  const patience = new Promise<'waiting'>(resolve => window.setTimeout(() => resolve('waiting'), PATIENCE_MS))
  const outcome = post(command, body, key).then(({ sent, problem }): Outcome => (sent ? 'sent' : problem && !WAITS.includes(problem.status) ? problem : 'waiting'))
  return Promise.race([outcome, patience])
}

/** The sentences of a no, by the field each is about; what belongs to no field stands under `''`. */
export function wrongOf(problem: Problem, fields: readonly string[]): Record<string, string> {
  const wrong: Record<string, string> = {}
  const errors = problem.errors?.length ? problem.errors : [{ path: '', message: problem.detail }]
  for (const { path, message } of errors) {
    const field = fields.find(f => f === path || path.startsWith(`${f}.`)) ?? ''
    wrong[field] = [wrong[field], message].filter(Boolean).join('；')
  }
  return wrong
}
