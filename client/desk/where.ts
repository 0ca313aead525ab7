import type { Incident } from '@duty/shared/incident/incident.ts'
import type { Thing } from '@duty/shared/kernel/kind.ts'
import { keyOf } from '@duty/shared/kernel/wire.ts'
import { create } from 'zustand'
import { useRoom } from '../sync/store.ts'
import type { Opened } from './deed.ts'

export type Pane = 'list' | 'case' | 'todo'

/** One line under the screen: what has just been done, or why not. */
export interface Note {
  text: string
  isNo: boolean
}

/** Where the officer is: which incident lies open, which deed is being written, what the last deed came to. */
interface Where {
  incident: string | null
  /** The open incident as it was last read, where it no longer stands on the board. */
  closed: Thing<Incident> | null
  deed: Opened | null
  note: Note | null
  view: 'room' | 'log' | 'closed' | 'help'
}

export const useWhere = create<Where>(() => ({ incident: null, closed: null, deed: null, note: null, view: 'room' }))

/** Lays an incident open in the middle. */
export const openIncident = (incident: string) => {
  if (useWhere.getState().incident !== incident) useWhere.setState({ incident })
}

/** Says in the line under the screen what a deed came to. */
export const tell = (text: string, isNo = false) => useWhere.setState({ note: { text, isNo } })

const PANES: Pane[] = ['list', 'case', 'todo']

const paneOf = (pane: Pane) => document.querySelector<HTMLElement>(`[data-pane="${pane}"]`)
const rowsOf = (pane: HTMLElement) => [...pane.querySelectorAll<HTMLElement>('[data-row]')]

function focus(row: HTMLElement | undefined | null): boolean {
  if (!row) return false
  row.focus({ preventScroll: true })
  row.scrollIntoView({ block: 'nearest' })
  return true
}

/** The row that has the keys now, if one has. */
export const rowInHand = () => (document.activeElement instanceof HTMLElement ? document.activeElement.closest<HTMLElement>('[data-row]') : null)

/** The pane last in hand: a row that has gone leaves the keys there. */
let lastPane: Pane = 'list'

/** Up and down among the rows of the pane in hand. */
export function stepRow(by: number): boolean {
  const inHand = rowInHand()
  const pane = inHand?.closest<HTMLElement>('[data-pane]')
  if (!inHand || !pane) return toPane(lastPane) || toPane('list')
  lastPane = pane.dataset.pane as Pane
  const rows = rowsOf(pane)
  return focus(rows[Math.min(rows.length - 1, Math.max(0, rows.indexOf(inHand) + by))])
}

/** Takes up a pane at the row last in hand there. */
export function toPane(name: Pane): boolean {
  const pane = paneOf(name)
  if (!pane) return false
  return focus(pane.querySelector<HTMLElement>('[data-row][tabindex="0"]') ?? rowsOf(pane)[0])
}

/** Takes up the first row of one group of what waits. */
export const toGroup = (digit: string) => focus(paneOf('todo')?.querySelector<HTMLElement>(`[data-group="${digit}"] [data-row]`))

/** Takes up the open incident's row where it stands in the list; the list itself is left as it is. */
export const toOpenRow = () => focus(paneOf('list')?.querySelector<HTMLElement>('[data-row][tabindex="0"]'))

/** Left and right from pane to pane, over the empty ones. */
export function stepPane(by: 1 | -1): boolean {
  const now = PANES.indexOf((rowInHand()?.closest<HTMLElement>('[data-pane]')?.dataset.pane ?? 'list') as Pane)
  for (let n = now + by; n >= 0 && n < PANES.length; n += by) if (toPane(PANES[n]!)) return true
  return false
}

/** The open incident as it now stands on the board, or as it was last read where it has left the board. */
export const lookedUp = (): Thing<Incident> | undefined => {
  const { incident, closed } = useWhere.getState()
  if (incident === null) return undefined
  const open = useRoom.getState().board.things.get(keyOf({ kind: 'incident', id: incident })) as Thing<Incident> | undefined
  return open ?? (closed?.id === incident ? closed : undefined)
}
