import { v7 } from 'uuid'
import { serverNow } from '../sync/clock.ts'
import { post } from '../sync/outbox.ts'
import { useSending, type Sending } from './last-sent.ts'

/** How long words just sent can be taken back at a tap. */
export const TAKE_BACK_SECONDS = 10

const show = (id: string, change: Partial<Sending> | null) => {
  const { last } = useSending.getState()
  if (last?.id === id) useSending.setState({ last: change && { ...last, ...change } })
}

/** Sends an instruction or a 批示 once; where it is refused, `refused` gets the words back into the form. */
export async function issue(body: Record<string, unknown>, words: string, refused: () => void): Promise<void> {
  const id = v7()
  useSending.setState({ last: { id, words, state: 'sending', until: serverNow() + TAKE_BACK_SECONDS * 1_000 } })
  const { sent, problem } = await post('instruction.issue', { ...body, id })
  const isRefused = problem !== undefined && [400, 403, 404, 409, 413, 422].includes(problem.status)
  if (isRefused) refused()
  show(id, isRefused ? null : { state: sent ? 'sent' : 'waiting' })
}

/** 撤回: takes back the words just sent; where they still wait on the phone, the taking back waits behind them. */
export async function takeBack({ id }: Sending): Promise<void> {
  show(id, { state: 'withdrawn', until: serverNow() + 4_000 })
  await post('instruction.withdraw', { id, reason: '发出后即撤回' })
}

/** The bar has stood long enough. */
export const doneShowing = (id: string) => show(id, null)
