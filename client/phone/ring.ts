import { useEffect, useRef } from 'react'
import { sound, type Alarm } from '../parts/alarm.ts'
import { useRoom } from '../sync/store.ts'
import { rowGravity, type Row } from './rows.ts'

const AGAIN_MS = 5_000
/** Ⅱ sounds every third time that Ⅰ does. */
const SERIOUS_EVERY = 3
/** After so long the page falls silent; the room's own ladder goes on by other ways. */
const RINGS_FOR_MS = 120_000

const alarmOf = (gravity: number): Alarm => (gravity <= 1 ? 'level1' : gravity === 2 ? 'level2' : gravity === 3 ? 'level3' : 'message')

const ringOf = (row: Row) => row.alerts.map(a => `${a.id} ${a.rung}`).join() || (row.sort === 'instruction' ? row.instruction.id : '')

function ring(gravity: number): void {
  sound(alarmOf(gravity))
  if (navigator.userActivation?.hasBeenActive) navigator.vibrate?.(gravity <= 2 ? [400, 200, 400, 200, 400] : [300])
}

/** Rings for what newly waits for a 签收, and for the grave again and again until it is signed. */
export function useRing(waiting: Row[]): void {
  const heard = useRef(new Map<string, number>())
  const rows = useRef(waiting)
  const joined = useRoom(room => room.joined)

  useEffect(() => {
    rows.current = waiting
    if (!joined) return
    const fresh = waiting.filter(row => !heard.current.has(ringOf(row)))
    for (const row of fresh) heard.current.set(ringOf(row), performance.now())
    if (fresh.length) ring(Math.min(...fresh.map(rowGravity)))
  }, [joined, waiting])

  const hasGrave = waiting.some(row => rowGravity(row) <= 2)
  useEffect(() => {
    if (!hasGrave) return
    let times = 0
    const again = window.setInterval(() => {
      times++
      const still = rows.current.filter(row => rowGravity(row) <= 2 && performance.now() - (heard.current.get(ringOf(row)) ?? 0) < RINGS_FOR_MS)
      const gravest = Math.min(...still.map(rowGravity))
      if (gravest <= 1 || (gravest === 2 && times % SERIOUS_EVERY === 0)) ring(gravest)
    }, AGAIN_MS)
    return () => window.clearInterval(again)
  }, [hasGrave])
}
