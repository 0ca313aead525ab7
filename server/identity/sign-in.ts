import { Problem } from '../http/answer.ts'
import type { Db } from '../db/db.ts'
import { isPassword, isTotp, unseal } from './passwords.ts'

const WINDOW_MS = 15 * 60_000
const PER_ACCOUNT_AND_ADDRESS = 5
const PER_ADDRESS = 20

interface SignInOptions {
  db: Db
  secretKey: string
  nowMs(): number
}

/** Proves who somebody is. Failures are counted by account *and* address, so that a stranger cannot lock the desk on duty out. */
export function openSignIn({ db, secretKey, nowMs }: SignInOptions) {
  const iso = (ms: number) => new Date(ms).toISOString()

  async function refuseIfLocked(username: string, address: string): Promise<void> {
    const rows = await db.query<{ username: string; at: string }>('select username, at from sign_in_failure where address = $1 and at > $2 order by at', [
      address,
      iso(nowMs() - WINDOW_MS),
    ])
    const own = rows.filter(r => r.username === username)
    const binding = own.length >= PER_ACCOUNT_AND_ADDRESS ? own.at(-PER_ACCOUNT_AND_ADDRESS) : rows.length >= PER_ADDRESS ? rows.at(-PER_ADDRESS) : undefined
    if (!binding) return
    const seconds = Math.max(1, Math.ceil((Date.parse(binding.at) + WINDOW_MS - nowMs()) / 1_000))
    throw new Problem(429, 'locked', `登录失败次数过多，请约 ${Math.ceil(seconds / 60)} 分钟后再试`, {}, seconds)
  }

  return {
    /** Returns when the password (and the code, where one is enrolled) is right; throws the problem otherwise. */
    async prove(username: string, password: string, totp: string | undefined, address: string): Promise<void> {
      await refuseIfLocked(username, address)
      const [kept] = await db.query<{ password: string; totp: string | null }>('select password, totp from credential where username = $1', [username])
      const right = await isPassword(kept?.password, password)
      if (right && kept?.totp && totp === undefined) throw new Problem(401, 'totp-required', '请输入动态口令')
      if (right && (!kept?.totp || isTotp(unseal(secretKey, kept.totp), totp ?? '', nowMs()))) {
        await db.query('delete from sign_in_failure where (username = $1 and address = $2) or at < $3', [username, address, iso(nowMs() - WINDOW_MS)])
        return
      }
      await db.query('insert into sign_in_failure (username, address, at) values ($1, $2, $3)', [username, address, iso(nowMs())])
      throw new Problem(401, 'wrong-credentials', '用户名、密码或动态口令不对')
    },
    /** Whether a password is the one kept for somebody. */
    async isOwn(username: string, password: string): Promise<boolean> {
      const [kept] = await db.query<{ password: string }>('select password from credential where username = $1', [username])
      return isPassword(kept?.password, password)
    },
  }
}

export type SignIn = ReturnType<typeof openSignIn>
