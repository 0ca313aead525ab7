import { useMemo } from 'react'
import { v7 } from 'uuid'
import { create } from 'zustand'
import { Problem, say } from '../sync/command.ts'
import { post, useOutbox } from '../sync/outbox.ts'

/** What was signed on this phone and may not have been heard back yet. */
interface Mark {
  key: string
  /** By the device's clock; only for tidying up. */
  at: number
}

const SLOT = 'duty.signed'
const KEPT_MS = 3 * 86_400_000

const kept = (): Record<string, Mark> => {
  const all: Record<string, Mark> = JSON.parse(localStorage.getItem(SLOT) ?? '{}')
  return Object.fromEntries(Object.entries(all).filter(([, m]) => Date.now() - m.at < KEPT_MS))
}

const useMarks = create<Record<string, Mark>>(kept)
useMarks.subscribe(marks => localStorage.setItem(SLOT, JSON.stringify(marks)))

const nameOf = (username: string, what: string) => `${username}/${what}`

/** The things (alerts, or an instruction's line) this person has signed here, whether or not the server has answered yet. */
export function useSigned(username: string): ReadonlySet<string> {
  const marks = useMarks()
  const { refused } = useOutbox()
  return useMemo(() => {
    const no = new Set(refused.map(r => r.key))
    const prefix = nameOf(username, '')
    return new Set(Object.entries(marks).flatMap(([name, m]) => (name.startsWith(prefix) && !no.has(m.key) ? [name.slice(prefix.length)] : [])))
  }, [marks, refused, username])
}

/** A refused signature is no longer shown as signed. */
export function unmark(key: string): void {
  useMarks.setState(Object.fromEntries(Object.entries(useMarks.getState()).filter(([, m]) => m.key !== key)), true)
}

/** Shown as signed at once, sent now or as soon as that is possible. The mark outlives a reload, so that no second tap or return can sign twice. */
async function signOnce(username: string, what: string, command: string, body: Record<string, unknown>): Promise<void> {
  const name = nameOf(username, what)
  if (useMarks.getState()[name]) return
  const key = v7()
  useMarks.setState({ [name]: { key, at: Date.now() } })
  await post(command, body, key)
}

/** 签收 an alert. */
export const acknowledge = (username: string, alert: string) => signOnce(username, alert, 'alert.acknowledge', { id: alert })

/** 签收 an instruction for one's unit, under the signer's own name. */
export const receipt = (username: string, what: string, { id, unit, person }: { id: string; unit: string; person: string }) =>
  signOnce(username, what, 'instruction.receipt', { id, unit, person })

const toldSeen = new Set<string>()

/** 已读, which is not 签收: told once while it is fresh, never queued. */
export async function tellSeen(alert: string): Promise<void> {
  if (toldSeen.has(alert)) return
  toldSeen.add(alert)
  try {
    await say('alert.seen', { id: alert })
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    // Not told, so the next opening tells it.
    toldSeen.delete(alert)
  }
}
