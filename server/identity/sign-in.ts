import type { Db } from '../db/db.ts'
import { isPassword, isTotp, unseal } from './passwords.ts'

const WINDOW_MS = 15 * 60_000
const PER_ACCOUNT_AND_ADDRESS = 5
const PER_ADDRESS = 20

/** What came of an attempt: proven, wrong, a code still wanted, or no more attempts for so many seconds. */
type Proof = { is: 'proven' | 'wrong' | 'code-wanted' } | { is: 'locked'; seconds: number }

interface SignInOptions {
  db: Db
  secretKey: string
  nowMs(): number
}

/** Proves who somebody is. Failures are counted by account *and* address, so that a stranger cannot lock the desk on duty out. */
export function openSignIn({ db, secretKey, nowMs }: SignInOptions) {
  const iso = (ms: number) => new Date(ms).toISOString()

  /** For how many seconds this account is locked for this address; 0 where it is not. */
  async function lockedFor(username: string, address: string): Promise<number> {
    const rows = await db.query<{ username: string; at: string }>('select username, at from sign_in_failure where address = $1 and at > $2 order by at', [
      address,
      iso(nowMs() - WINDOW_MS),
    ])
    const own = rows.filter(r => r.username === username)
    const binding = own.length >= PER_ACCOUNT_AND_ADDRESS ? own.at(-PER_ACCOUNT_AND_ADDRESS) : rows.length >= PER_ADDRESS ? rows.at(-PER_ADDRESS) : undefined
    return binding ? Math.max(1, Math.ceil((Date.parse(binding.at) + WINDOW_MS - nowMs()) / 1_000)) : 0
  }

  const turns = new Map<string, Promise<unknown>>()

  /** One attempt after another from one address: a hundred at once must not be a hundred guesses. */
  async function inTurn<T>(address: string, deed: () => Promise<T>): Promise<T> {
    const turn = (turns.get(address) ?? Promise.resolve()).then(deed, deed)
    turns.set(address, turn)
    try {
      return await turn
    } finally {
      if (turns.get(address) === turn) turns.delete(address)
    }
  }

  return {
    /** Whether the password, and the code where one is enrolled, are right. */
    prove: (username: string, password: string, totp: string | undefined, address: string): Promise<Proof> =>
      inTurn(address, () => attempt(username, password, totp, address)),
    /** Whether a password is the one kept for somebody. */
    async isOwn(username: string, password: string): Promise<boolean> {
      const [kept] = await db.query<{ password: string }>('select password from credential where username = $1', [username])
      return isPassword(kept?.password, password)
    },
  }

  async function attempt(username: string, password: string, totp: string | undefined, address: string): Promise<Proof> {
    const seconds = await lockedFor(username, address)
    if (seconds) return { is: 'locked', seconds }
    const [kept] = await db.query<{ password: string; totp: string | null }>('select password, totp from credential where username = $1', [username])
    const right = await isPassword(kept?.password, password)
    if (right && kept?.totp && totp === undefined) return { is: 'code-wanted' }
    if (right && (!kept?.totp || isTotp(unseal(secretKey, kept.totp), totp ?? '', nowMs()))) {
      await db.query('delete from sign_in_failure where (username = $1 and address = $2) or at < $3', [username, address, iso(nowMs() - WINDOW_MS)])
      return { is: 'proven' }
    }
    await db.query('insert into sign_in_failure (username, address, at) values ($1, $2, $3)', [username, address, iso(nowMs())])
    return { is: 'wrong' }
  }
}

export type SignIn = ReturnType<typeof openSignIn>
