import { randomInt, randomUUID } from 'node:crypto'
import type { Db } from '../db/db.ts'
import { newToken, tokenHash } from './tokens.ts'

const CODE_LIVES_MS = 10 * 60_000
const BELIEVED_MS = 1_000
/** Without 0/O and 1/I: the code is read from one screen and typed at another. */
const CODE_LETTERS = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789'

export interface Bearer {
  id: string
  sort: 'screen' | 'key'
  name: string
  scopes: string[]
  made_by: string
  made_at: string
}

interface BearersOptions {
  db: Db
  nowMs(): number
  onEnd(grant: string): void
}

/** Paired screens and machines: they bear a token, never expire by idling, and can be revoked. */
export function openBearers({ db, nowMs, onEnd }: BearersOptions) {
  const believed = new Map<string, { bearer: Bearer; at: number }>()
  const iso = (ms = nowMs()) => new Date(ms).toISOString()

  async function make(sort: Bearer['sort'], name: string, scopes: string[], by: string): Promise<{ id: string; token: string }> {
    const id = randomUUID()
    const token = newToken()
    await db.query('insert into bearer (id, sort, name, scopes, token_hash, made_by, made_at) values ($1, $2, $3, $4, $5, $6, $7)', [id, sort, name, scopes, tokenHash(token), by, iso()])
    return { id, token }
  }

  return {
    make,
    /** A pairing code, good once for ten minutes. */
    async code(by: string): Promise<string> {
      const code = Array.from({ length: 8 }, () => CODE_LETTERS[randomInt(CODE_LETTERS.length)]).join('')
      await db.query('delete from screen_code where expires_at < $1', [iso()])
      await db.query('insert into screen_code (code_hash, made_by, expires_at) values ($1, $2, $3)', [tokenHash(code), by, iso(nowMs() + CODE_LIVES_MS)])
      return code
    },
    /** Spends a pairing code; null when it is wrong, spent or too old. */
    async pair(code: string, name: string): Promise<{ id: string; token: string } | null> {
      const [row] = await db.query<{ made_by: string }>('delete from screen_code where code_hash = $1 and expires_at > $2 returning made_by', [tokenHash(code.trim().toUpperCase()), iso()])
      return row ? make('screen', name, [], row.made_by) : null
    },
    /** Whose token it is; null when it is none or has been revoked. */
    async whose(token: string): Promise<{ bearer: Bearer; grant: string } | null> {
      const grant = tokenHash(token)
      const known = believed.get(grant)
      if (known && nowMs() - known.at < BELIEVED_MS) return { bearer: known.bearer, grant }
      const [bearer] = await db.query<Bearer>('select id, sort, name, scopes, made_by, made_at from bearer where token_hash = $1 and revoked_at is null', [grant], 'bearer')
      if (!bearer) {
        if (believed.delete(grant)) onEnd(grant)
        return null
      }
      believed.set(grant, { bearer, at: nowMs() })
      return { bearer, grant }
    },
    /** Another node has revoked it: ask the store the next time. */
    forget: (grant: string) => void believed.delete(grant),
    list: (sort: Bearer['sort']) => db.query<Bearer>('select id, sort, name, scopes, made_by, made_at from bearer where sort = $1 and revoked_at is null order by made_at', [sort]),
    /** Revokes a token; its sockets die at once. */
    async revoke(sort: Bearer['sort'], id: string): Promise<boolean> {
      const [row] = await db.query<{ token_hash: string }>('update bearer set revoked_at = $3 where sort = $1 and id = $2 and revoked_at is null returning token_hash', [sort, id, iso()])
      if (!row) return false
      believed.delete(row.token_hash)
      onEnd(row.token_hash)
      return true
    },
  }
}

export type Bearers = ReturnType<typeof openBearers>
