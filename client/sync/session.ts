import { ask, Problem, read } from './command.ts'
import { keepMe, keptMe } from './kept.ts'
import { endSession } from './session-end.ts'
import { useRoom, type Me } from './store.ts'

export type { Me } from './store.ts'

const isMe = (said: Me | { me: Me }): said is Me => 'username' in said

function welcome(said: Me | { me: Me }): Me {
  const me = isMe(said) ? said : said.me
  keepMe(me)
  useRoom.setState({ me, refused: false })
  return me
}

/** Signs in; throws the Problem (`totp-required`, `locked` …) where that fails. */
export const signIn = async (username: string, password: string, totp?: string): Promise<Me> =>
  welcome(await ask<{ me: Me }>('POST', '/api/session', { body: { username, password, ...(totp ? { totp } : {}) } }))

/** Signs out here and at the server; what was not sent yet waits for its author. */
export async function signOut(): Promise<void> {
  await ask('DELETE', '/api/session').catch((error: unknown) => {
    if (!(error instanceof Problem && error.status === 401)) throw error
  })
  endSession()
}

const SOON_MS = 1_000

/** Who is signed in on this device, or null. Where the server does not answer soon, whoever was signed in last is believed, to read the last board. */
export async function whoAmI(): Promise<Me | null> {
  const last = keptMe()
  const slow = window.setTimeout(() => last && useRoom.setState({ me: last }), SOON_MS)
  try {
    return welcome(await read<Me | { me: Me }>('/api/me'))
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    if (error.status === 401) return null
    if (!last) throw error
    useRoom.setState({ me: last })
    return last
  } finally {
    window.clearTimeout(slow)
  }
}
