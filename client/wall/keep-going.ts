import { useEffect } from 'react'
import { serverNow, useNow } from '../sync/clock.ts'
import { note } from '../sync/note.ts'
import { silentForMs } from '../sync/freshness.ts'
import { useRoom } from '../sync/store.ts'
import { hhmm } from '../parts/times.ts'

const LOOK_EVERY_MS = 10_000
const STUCK_AFTER_MS = 50_000
/** A reload that did not help is not repeated at once. */
const RELOAD_EVERY_MS = 5 * 60_000
const REFRESH_AT = '04:30'
const RELOADED = 'duty.wall.reloaded'

/** Reloads only where the server answers: without it, and without a copy of the page, a reload would leave the wall black. */
async function reloadIfServed(): Promise<void> {
  if (Date.now() - Number(sessionStorage.getItem(RELOADED) ?? 0) < RELOAD_EVERY_MS) return
  const answer = await fetch('/healthz', { cache: 'no-store', signal: AbortSignal.timeout(5_000) }).catch(() => null)
  if (!answer?.ok) return
  sessionStorage.setItem(RELOADED, String(Date.now()))
  location.reload()
}

/** A wall nobody touches heals itself: no frame or no word from a living server for most of a minute reloads the page; so does 04:30, when nothing is owed. */
export function useKeepGoing(quiet: boolean): void {
  useEffect(() => {
    let lastFrame = performance.now()
    let frame = requestAnimationFrame(function painted() {
      lastFrame = performance.now()
      frame = requestAnimationFrame(painted)
    })
    const look = window.setInterval(() => {
      const frozen = document.visibilityState === 'visible' && performance.now() - lastFrame > STUCK_AFTER_MS
      if (frozen || silentForMs() > STUCK_AFTER_MS) void reloadIfServed()
      else if (quiet && hhmm(serverNow()) === REFRESH_AT && useRoom.getState().link === 'live') void reloadIfServed()
    }, LOOK_EVERY_MS)
    return () => {
      window.clearInterval(look)
      cancelAnimationFrame(frame)
    }
  }, [quiet])

  useEffect(() => {
    const hold = () => {
      if (document.visibilityState === 'visible') navigator.wakeLock?.request('screen').catch(note('wake lock'))
    }
    hold()
    document.addEventListener('visibilitychange', hold)
    return () => document.removeEventListener('visibilitychange', hold)
  }, [])
}

const ORBIT_STEP_MS = 120_000
const ORBIT: readonly [number, number][] = [
  [4, 0],
  [3, 3],
  [0, 4],
  [-3, 3],
  [-4, 0],
  [-3, -3],
  [0, -4],
  [3, -3],
]

/** Where the picture stands now: it moves round a small circle, so that nothing burns into the panel. */
export function useOrbit(): string {
  const step = Math.floor(useNow(ORBIT_STEP_MS) / ORBIT_STEP_MS)
  const [x, y] = ORBIT[step % ORBIT.length]!
  return `translate(${x}px, ${y}px)`
}
