import { parseCookie } from 'cookie'
import type { Actor } from '@duty/shared/kernel/kind.ts'
import type { Audience } from '@duty/shared/sight.ts'
import type { People } from '../live/people.ts'
import type { Bearers } from './bearers.ts'
import type { Sessions } from './sessions.ts'

/** Who is asking, by what right, and how widely they see. */
export interface Asker {
  sort: 'session' | 'screen' | 'key'
  by: Actor
  audience: Audience
  /** What ends all this when it is revoked: the hash of the cookie or the token. */
  grant: string
  bearer?: string
  scopes: readonly string[]
}

export const COOKIE = 'duty'

interface AskerOptions {
  sessions: Sessions
  bearers: Bearers
  people: People
  nowIso(): string
}

/** What a key may see: nothing, unless it was made for reading. */
const KEY_ROLES = { read: 'auditor', ingest: null } as const

/** Finds who is asking from the headers of a request or the handshake of a socket. */
export function openAskers({ sessions, bearers, people, nowIso }: AskerOptions) {
  async function byToken(token: string): Promise<Asker | null> {
    const found = await bearers.whose(token)
    if (!found) return null
    const { bearer, grant } = found
    const roles = bearer.sort === 'screen' ? (['wall'] as const) : bearer.scopes.flatMap(s => KEY_ROLES[s as keyof typeof KEY_ROLES] ?? [])
    const by: Actor = { person: `${bearer.sort}:${bearer.id}`, name: bearer.name, roles, units: [] }
    return { sort: bearer.sort, by, audience: by, grant, bearer: bearer.id, scopes: bearer.scopes }
  }

  async function byCookie(token: string): Promise<Asker | null> {
    const found = await sessions.whose(token)
    const person = found && people.at(nowIso()).person(found.username)
    if (!found || !person || person.disabled) return null
    const by: Actor = { person: person.username, name: person.name, roles: person.roles, units: person.units }
    return { sort: 'session', by, audience: by, grant: found.grant, scopes: [] }
  }

  return {
    async of(headers: { cookie?: string; authorization?: string }, socketToken?: unknown): Promise<Asker | null> {
      const bearer = /^Bearer (\S+)$/i.exec(headers.authorization ?? '')?.[1] ?? (typeof socketToken === 'string' ? socketToken : undefined)
      if (bearer) return byToken(bearer)
      const cookie = parseCookie(headers.cookie ?? '')[COOKIE]
      return cookie ? byCookie(cookie) : null
    },
  }
}

export type Askers = ReturnType<typeof openAskers>
