import { hearTime } from './clock.ts'
import { useRoom, type Link } from './store.ts'

const LATE_MS = 10_000
/** Half a second before the fifteenth, so that 数据中断 is painted by then. */
const LOST_MS = 14_500

/** By this page's steady clock: when the server was last heard, or when we began to listen. */
let lastHeard = 0
let everHeard = false
let timer = 0

/** Says how fresh the board is, by how long the server has been silent. */
export function judge(): void {
  window.clearTimeout(timer)
  const silence = performance.now() - lastHeard
  const link: Link = silence >= LOST_MS ? 'lost' : !everHeard ? 'connecting' : silence >= LATE_MS ? 'late' : 'live'
  if (useRoom.getState().link !== link) useRoom.setState({ link })
  if (link !== 'lost') timer = window.setTimeout(judge, Math.max(20, (silence < LATE_MS ? LATE_MS : LOST_MS) - silence))
}

/** We begin to listen: nothing is known yet, and silence counts from now. */
export function beginListening(): void {
  lastHeard = performance.now()
  everHeard = false
  judge()
}

/** The server was heard, and told the time where it did. */
export function heard(serverMs?: number): void {
  lastHeard = performance.now()
  everHeard = true
  if (serverMs !== undefined) hearTime(serverMs)
  judge()
}

/** How long the server has been silent. */
export const silentForMs = () => performance.now() - lastHeard

/** Nobody listens any more. */
export const stopListening = () => window.clearTimeout(timer)
