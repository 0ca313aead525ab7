import { useEffect, useRef } from 'react'
import { sound, type Alarm } from '../parts/alarm.ts'
import { useNow } from '../sync/clock.ts'
import { useRoom } from '../sync/store.ts'
import { gravity, type Row } from './board.ts'

const SECOND_MS = 1_000
const MINUTE_MS = 60 * SECOND_MS
/** Ⅰ sounds every 5 s for two minutes, then once a minute; Ⅱ every 15 s; Ⅲ once when it comes. */
const GRAVE_EVERY_MS = 5 * SECOND_MS
const GRAVE_FOR_MS = 2 * MINUTE_MS
const SERIOUS_EVERY_MS = 15 * SECOND_MS
/** A link lost for a minute is not a restart: it sounds, and every 30 s from then on. */
const LOST_AFTER_MS = MINUTE_MS
const LOST_EVERY_MS = 30 * SECOND_MS
const NIGHT_GAIN = 0.5

/** What this wall has sounded so far. */
interface Rung {
  last: Partial<Record<Alarm, number>>
  known: Set<string>
  lostSince: number | null
}

const every = (rung: Rung, alarm: Alarm, ms: number, now: number) => now - (rung.last[alarm] ?? -Infinity) >= ms - SECOND_MS / 10

/** What must be heard at this second, or nothing. */
export function due(rows: Row[], rung: Rung, lost: boolean, now: number): Alarm | null {
  if (lost) return rung.lostSince !== null && now - rung.lostSince >= LOST_AFTER_MS && every(rung, 'linkLost', LOST_EVERY_MS, now) ? 'linkLost' : null
  const owed = rows.filter(r => r.unackedSince !== null)
  const grave = owed.filter(r => !r.sensitive && gravity(r) === 1)
  const isFresh = grave.some(r => now - r.unackedSince! < GRAVE_FOR_MS)
  if (grave.length && every(rung, 'level1', isFresh ? GRAVE_EVERY_MS : MINUTE_MS, now)) return 'level1'
  if (owed.some(r => gravity(r) === 2) && every(rung, 'level2', SERIOUS_EVERY_MS, now)) return 'level2'
  const isNew = owed.some(r => gravity(r) === 3 && !rung.known.has(r.id) && now - r.unackedSince! < MINUTE_MS)
  return isNew ? 'level3' : null
}

/** Lets the room hear what nobody has signed, and that the link is lost; what was sounded last stands on the page for whoever checks it. */
export function useRings(rows: Row[], night: boolean): void {
  const now = useNow()
  const lost = useRoom(room => room.link === 'lost')
  const rung = useRef<Rung>({ last: {}, known: new Set(), lostSince: null })

  useEffect(() => {
    const so = rung.current
    so.lostSince = lost ? (so.lostSince ?? now) : null
    const alarm = due(rows, so, lost, now)
    so.known = new Set(rows.map(r => r.id))
    if (!alarm) return
    so.last[alarm] = now
    const heard = sound(alarm, night ? NIGHT_GAIN : 1)
    Object.assign(document.documentElement.dataset, { alarm, alarmAt: new Date(now).toISOString(), alarmHeard: String(heard) })
  }, [now, rows, lost, night])
}
