import { lengthWords, since } from '../parts/times.ts'
import { useNow } from '../sync/clock.ts'

const A_DAY_MS = 86_400_000

/** T+04:07, counted by the server's clock; whole days in words. */
export function Since({ at }: { at: string }) {
  const now = useNow()
  const ms = now - Date.parse(at)
  return <span className="since">{ms < A_DAY_MS ? since(at, now) : `T+${lengthWords(ms)}`}</span>
}
