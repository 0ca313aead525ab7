import { v7 } from 'uuid'
import { create } from 'zustand'
import { eventTypeName } from '@duty/shared/reference/event-types.ts'
import { townName } from '@duty/shared/reference/towns.ts'
import { serverNow } from '../sync/clock.ts'
import { kept } from '../sync/kept.ts'
import { useRoom } from '../sync/store.ts'
import { EMPTY_REPORT, type Report } from './report.ts'

/** A report begun and not yet pushed: its incident's id and its command's key are made once, so that a retry is the same incident. */
export interface Begun {
  id: string
  key: string
  begunAt: number
  report: Report
}

interface OnStrip {
  id: string
  label: string
  begunAt: number
}

interface Reports {
  strip: OnStrip[]
  current: string | null
}

/** The reports being taken down, and which of them lies open. */
export const useReports = create<Reports>(() => ({ strip: [], current: null }))

const CURRENT = 'desk.report'
const PREFIX = 'report/'

/** The name its draft is kept under. */
export const slotOf = (id: string) => PREFIX + id

const hold = (current: string | null) => {
  if (current === null) sessionStorage.removeItem(CURRENT)
  else sessionStorage.setItem(CURRENT, current)
  useReports.setState({ current })
}

/** 小榄镇 火灾事故: what a report is called on the strip. */
export function labelOf({ township, typeCode, address, narrative }: Report): string {
  const town = township === undefined ? '' : township === 'unknown' ? '镇街不详' : townName(township)
  return [town, typeCode === null ? '' : eventTypeName(typeCode)].filter(Boolean).join(' ') || (address || narrative).slice(0, 8) || '新报'
}

/** A report with nothing said yet. */
export const fresh = (id: string): Begun => ({ id, key: v7(), begunAt: serverNow(), report: EMPTY_REPORT })

/** Brings back the reports this author left unfinished on this device, and the one that lay open in this window. */
export async function restoreReports(author: string): Promise<void> {
  useReports.setState({ strip: [], current: null })
  const db = await kept()
  const keys = (await db.getAllKeys('drafts')).filter(k => k.startsWith(`${author}:${PREFIX}`))
  const begun = (await Promise.all(keys.map(k => db.get('drafts', k)))) as Begun[]
  const strip = begun.map(b => ({ id: b.id, label: labelOf(b.report), begunAt: b.begunAt })).toSorted((a, b) => a.begunAt - b.begunAt)
  const held = sessionStorage.getItem(CURRENT)
  // A report may have been begun while the device was being read.
  useReports.setState(r => ({ strip: [...strip, ...r.strip], current: r.current ?? (strip.some(s => s.id === held) ? held : null) }))
}

/** Begins a report; the caret stands in its first field. */
export function begin(): void {
  const id = v7()
  useReports.setState(r => ({ strip: [...r.strip, { id, label: '新报', begunAt: serverNow() }] }))
  hold(id)
}

/** Begins a report from words that were refused after the officer had gone on. */
export async function beginFrom(report: Report): Promise<void> {
  const author = useRoom.getState().me?.username ?? ''
  const begun = { ...fresh(v7()), report }
  await (await kept()).put('drafts', begun, `${author}:${slotOf(begun.id)}`)
  useReports.setState(r => ({ strip: [...r.strip, { id: begun.id, label: labelOf(report), begunAt: begun.begunAt }] }))
  hold(begun.id)
}

/** Lays a report open, or none. */
export const show = (id: string | null) => hold(id)

/** The next report on the strip; after the last the first. */
export function showNext(): void {
  const { strip, current } = useReports.getState()
  const next = strip[(strip.findIndex(r => r.id === current) + 1) % strip.length]
  if (next) hold(next.id)
}

/** Takes a report off the strip: it was pushed, joined to another, or thrown away on purpose. */
export function finish(id: string): void {
  const { current, strip } = useReports.getState()
  useReports.setState({ strip: strip.filter(r => r.id !== id) })
  if (current === id) hold(null)
}

/** Names a report on the strip by what has been said of it. */
export function nameReport(id: string, label: string): void {
  const { strip } = useReports.getState()
  if (strip.some(r => r.id === id && r.label !== label)) useReports.setState({ strip: strip.map(r => (r.id === id ? { ...r, label } : r)) })
}
