import type { Alert } from '@duty/shared/alert/alert.ts'
import type { Instruction } from '@duty/shared/instruction/instruction.ts'
import type { Thing } from '@duty/shared/kernel/kind.ts'
import { keyOf } from '@duty/shared/kernel/wire.ts'
import { useEffect } from 'react'
import { sound, type Alarm } from '../parts/alarm.ts'
import { serverNow } from '../sync/clock.ts'
import { useRoom } from '../sync/store.ts'
import { useSteady } from './board.ts'
import { tell } from './where.ts'

const LOOK_MS = 5_000
/** An unanswered grave alert sounds at each look for two minutes, then once a minute. */
const INSISTS_FOR_MS = 120_000
const THEN_EVERY_MS = 60_000
const LINK_LOST_EVERY_MS = 30_000

const heard = new Set<string>()
const said = new Set<string>()
let lastInsisted = 0
let lostSince: number | null = null
let lastLost = 0

const isMine = (a: Thing<Alert>, me: string) => a.people[me] !== undefined && a.people[me].status !== 'acknowledged'

/** An instruction to pass on sounds like a message, a grave matter like an alarm. */
const alarmOf = (a: Alert): Alarm => (a.about?.kind === 'instruction' ? 'message' : a.urgency === 'flash' ? 'level1' : a.urgency === 'urgent' ? 'level2' : 'message')

const LOUDEST: Alarm[] = ['level1', 'level2', 'message']

/** 19:00 to 07:00 six decibels lower, never silent. */
function gain(now: number): number {
  const hour = new Date(now + 8 * 3_600_000).getUTCHours()
  return hour >= 19 || hour < 7 ? 0.5 : 1
}

function ringNew(mine: Thing<Alert>[], me: string): void {
  const fresh = mine.filter(a => !heard.has(`${a.id} ${a.people[me]!.rings}`))
  if (fresh.length === 0) return
  const loudest = LOUDEST.find(alarm => fresh.some(a => alarmOf(a) === alarm))
  if (loudest && sound(loudest, gain(serverNow()))) for (const a of fresh) heard.add(`${a.id} ${a.people[me]!.rings}`)
}

/** A leader's word that has just come in is said in the line under the screen too: the form may hide the row. */
function sayNew(mine: Thing<Alert>[], me: string): void {
  const now = serverNow()
  const { things } = useRoom.getState().board
  const isOwn = (id: string) => (things.get(keyOf({ kind: 'instruction', id })) as Thing<Instruction> | undefined)?.recordedBy === me
  const word = mine.find(
    ({ id, about, raisedAt }) => about?.kind === 'instruction' && !about.unit && !said.has(id) && !isOwn(about.id) && now - Date.parse(raisedAt) < LOOK_MS,
  )
  if (!word) return
  said.add(word.id)
  tell(`新到指示　${word.text}`)
}

function insist(mine: Thing<Alert>[]): void {
  const now = serverNow()
  const grave = mine.filter(a => a.urgency === 'flash')
  const isYoung = grave.some(a => now - Date.parse(a.raisedAt) < INSISTS_FOR_MS)
  if (grave.length === 0 || now - lastInsisted < (isYoung ? LOOK_MS : THEN_EVERY_MS) - 500) return
  if (sound('level1', gain(now))) lastInsisted = now
}

function sayLost(): void {
  const now = performance.now()
  if (useRoom.getState().link !== 'lost') {
    lostSince = null
    return
  }
  lostSince ??= now
  if (now - lostSince < THEN_EVERY_MS || now - lastLost < LINK_LOST_EVERY_MS) return
  if (sound('linkLost', gain(serverNow()))) lastLost = now
}

/** Rings for what names this officer: at once when it comes, and again while something grave stays unsigned; the lost link has its own sound. */
export function useRinging(): void {
  const me = useRoom(room => room.me?.username ?? '')
  const alerts = useSteady<Alert>('alert')
  useEffect(() => {
    const mine = alerts.filter(a => isMine(a, me))
    ringNew(mine, me)
    sayNew(mine, me)
    const look = window.setInterval(() => {
      ringNew(mine, me)
      insist(mine)
      sayLost()
    }, LOOK_MS)
    return () => window.clearInterval(look)
  }, [alerts, me])
}
