import { durationMs } from '@duty/shared/kernel/time.ts'
import { BEGINNING } from './services.ts'

/** A clock that stands still until it is told to go on. */
export function obedientClock(at = BEGINNING) {
  let now = at
  return {
    nowMs: () => now,
    nowIso: () => new Date(now).toISOString(),
    set: (ms: number) => void (now = ms),
    after: (words: string) => now + durationMs(words),
  }
}

export type ObedientClock = ReturnType<typeof obedientClock>
