import { shiftOf } from './on-duty.ts'
import type { Db } from '../db/db.ts'
import type { People } from '../live/people.ts'
import { newToken, tokenHash } from './tokens.ts'

const MINUTE_MS = 60_000
/** A desk left alone is signed out after this (等保 8.1.4: 连接超时自动退出) — never the desk on duty, nor a call being typed. */
const DESK_IDLE_MS = 30 * MINUTE_MS
/** A phone must ring weeks later: leaders and liaisons stay signed in while they come back within this. */
const PHONE_IDLE_MS = 7 * 24 * 60 * MINUTE_MS
/** A session found valid is believed for so long; another node may have ended it meanwhile. */
const BELIEVED_MS = 1_000

interface SessionsOptions {
  db: Db
  people: People
  nowMs(): number
  onEnd(grant: string): void
}

/** Who is signed in: rows in the store, believed for a second. */
export function openSessions({ db, people, nowMs, onEnd }: SessionsOptions) {
  const believed = new Map<string, { username: string; at: number; touchedAt: number }>()
  const iso = (ms: number) => new Date(ms).toISOString()

  /** How long somebody may be silent: on duty for ever, on a phone a week, at an idle desk half an hour. */
  function idleMs(username: string): number {
    const person = people.at(iso(nowMs())).person(username)
    if (!person || shiftOf(people.at(iso(nowMs())), username)) return Infinity
    return person.roles.some(r => r === 'leader' || r === 'liaison') ? PHONE_IDLE_MS : DESK_IDLE_MS
  }

  async function end(grant: string): Promise<void> {
    await db.query('delete from session where token_hash = $1', [grant])
    believed.delete(grant)
    onEnd(grant)
  }

  return {
    async begin(username: string, address: string): Promise<string> {
      const token = newToken()
      await db.query('insert into session (token_hash, username, started_at, seen_at, address) values ($1, $2, $3, $3, $4)', [tokenHash(token), username, iso(nowMs()), address])
      return token
    },
    /** Whose session a cookie is; null when it is none, or has ended. */
    async whose(token: string): Promise<{ username: string; grant: string } | null> {
      const grant = tokenHash(token)
      const now = nowMs()
      const known = believed.get(grant)
      if (known && now - known.at < BELIEVED_MS) return { username: known.username, grant }
      const [row] = await db.query<{ username: string; seen_at: string }>('select username, seen_at from session where token_hash = $1', [grant], 'session')
      if (!row) {
        if (believed.delete(grant)) onEnd(grant)
        return null
      }
      if (now - Date.parse(row.seen_at) > idleMs(row.username)) return (await end(grant), null)
      if (now - Date.parse(row.seen_at) > MINUTE_MS) await db.query('update session set seen_at = $2 where token_hash = $1', [grant, iso(now)])
      believed.set(grant, { username: row.username, at: now, touchedAt: now })
      return { username: row.username, grant }
    },
    /** The person at the desk has moved: it is not idle. */
    async touch(grant: string): Promise<void> {
      const known = believed.get(grant)
      if (known && nowMs() - known.touchedAt < MINUTE_MS) return
      if (known) known.touchedAt = nowMs()
      await db.query('update session set seen_at = $2 where token_hash = $1', [grant, iso(nowMs())])
    },
    end,
    /** Another node has ended it: ask the store the next time. */
    forget: (grant: string) => void believed.delete(grant),
    /** Everyone signed in under a name is signed out: the password was changed, or the account disabled. */
    async endAll(username: string, but?: string): Promise<void> {
      const rows = await db.query<{ token_hash: string }>('select token_hash from session where username = $1', [username])
      for (const { token_hash } of rows) if (token_hash !== but) await end(token_hash)
    },
    /** Ends the sessions that have been idle too long. */
    async sweep(): Promise<void> {
      const rows = await db.query<{ token_hash: string; username: string; seen_at: string }>('select token_hash, username, seen_at from session where seen_at < $1', [
        iso(nowMs() - DESK_IDLE_MS),
      ])
      for (const row of rows) if (nowMs() - Date.parse(row.seen_at) > idleMs(row.username)) await end(row.token_hash)
      for (const [grant, { at }] of believed) if (nowMs() - at > 60 * MINUTE_MS) believed.delete(grant)
    },
  }
}

export type Sessions = ReturnType<typeof openSessions>
