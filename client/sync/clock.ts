import { useSyncExternalStore } from 'react'

/** Server milliseconds minus this page's own steady clock, one sample for each time the server told the time. */
let samples: number[] = []
let offset: number | null = null
const KEPT_SAMPLES = 6

/** The server has told the time. The quickest of the last answers was the least delayed on its way, so it is believed. */
export function hearTime(serverMs: number): void {
  samples = [...samples, serverMs - performance.now()].slice(-KEPT_SAMPLES)
  setOffset(Math.max(...samples))
}

/** Those who show the time; told at once when it turns out to be another. */
const watchers = new Set<() => void>()
const A_JUMP_MS = 500

function setOffset(next: number): void {
  const jumped = offset === null || Math.abs(next - offset) > A_JUMP_MS
  offset = next
  if (jumped) for (const look of watchers) look()
}

/** The `Date` of an HTTP answer: a first idea of the time, to the half second, until the realtime link tells it. */
export function hearDate(answer: Response): void {
  const date = Date.parse(answer.headers.get('Date') ?? '')
  if (samples.length === 0 && !Number.isNaN(date)) setOffset(date + 500 - performance.now())
}

/** Asks the server for the time by an ordinary request, for the seconds before the realtime link tells it. */
export const askTime = (): Promise<void> => fetch('/healthz', { cache: 'no-store' }).then(hearDate)

/** Whether the server has told the time since this page was opened. */
export const isClockKnown = () => offset !== null

/** The server's time in ms. The device's clock may be wrong or be changed: only its steady counter is used once the server was heard. */
export const serverNow = (): number => (offset === null ? Date.now() : performance.now() + offset)

const subscribe = (everyMs: number) => (again: () => void) => {
  let timer = 0
  const wait = () => {
    window.clearTimeout(timer)
    timer = window.setTimeout(look, everyMs - (serverNow() % everyMs) + 1)
  }
  const look = () => {
    again()
    wait()
  }
  wait()
  watchers.add(look)
  return () => {
    window.clearTimeout(timer)
    watchers.delete(look)
  }
}
const subscriptions = new Map<number, ReturnType<typeof subscribe>>()

/** The server's time, rendered anew each time a whole second (or minute …) of it begins. */
export function useNow(everyMs = 1_000): number {
  let ticks = subscriptions.get(everyMs)
  if (!ticks) subscriptions.set(everyMs, (ticks = subscribe(everyMs)))
  return useSyncExternalStore(ticks, () => Math.floor(serverNow() / everyMs) * everyMs)
}
