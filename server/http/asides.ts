import { randomUUID } from 'node:crypto'
import type { Query } from '../db/db.ts'
import { hashPassword, isTotp, seal } from '../identity/passwords.ts'
import type { Sessions } from '../identity/sessions.ts'
import type { SignIn } from '../identity/sign-in.ts'
import { wrongFields } from './answer.ts'
import type { Asides } from './commands.ts'

/** Keeps the hash of a password beside the book. */
export const keepPassword = (query: Query, username: string, hashed: string, at: string) =>
  query('insert into credential (username, password, set_at) values ($1, $2, $3) on conflict (username) do update set password = excluded.password, set_at = excluded.set_at', [
    username,
    hashed,
    at,
  ])

interface AsidesOptions {
  signIn: SignIn
  sessions: Sessions
  secretKey: string
  nowMs(): number
}

/** What is kept beside the book, in the same transaction: credentials, never their words. */
export function openAsides({ signIn, sessions, secretKey, nowMs }: AsidesOptions): Asides {
  const now = () => new Date(nowMs()).toISOString()
  return {
    async 'account.add'({ username, password }) {
      const hashed = await hashPassword(typeof password === 'string' ? password : randomUUID())
      return query => keepPassword(query, String(username), hashed, now())
    },
    async 'account.setPassword'({ person, password, current }, asker) {
      const username = typeof person === 'string' ? person : asker.by.person
      const isSelf = username === asker.by.person
      if (isSelf && !(await signIn.isOwn(username, typeof current === 'string' ? current : ''))) throw wrongFields([{ path: 'current', message: '现用密码不对' }])
      const hashed = await hashPassword(String(password))
      return async query => {
        await keepPassword(query, username, hashed, now())
        await sessions.endAll(username, isSelf ? asker.grant : undefined)
      }
    },
    async 'account.enrolTotp'({ secret, code }, asker) {
      if (!/^[A-Z2-7]{16,}=*$/.test(String(secret))) throw wrongFields([{ path: 'secret', message: '密钥须为 Base32' }])
      if (!isTotp(String(secret), String(code), nowMs())) throw wrongFields([{ path: 'code', message: '动态口令不对，请核对手机时间' }])
      const sealed = seal(secretKey, String(secret))
      return query => query('update credential set totp = $2 where username = $1', [asker.by.person, sealed])
    },
  }
}
