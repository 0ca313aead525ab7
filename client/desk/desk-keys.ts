import { serverNow } from '../sync/clock.ts'
import { copyText } from './copy.ts'
import { deedOf, takeUp } from './deeds.ts'
import { flashText } from './flash-text.ts'
import { isTyping, useKeys } from './keys.ts'
import { begin, show, showNext, useReports } from './reports.ts'
import { lookedUp, stepPane, stepRow, tell, toGroup, toPane, useWhere } from './where.ts'

const view = (name: 'log' | 'help' | 'closed') => {
  show(null)
  useWhere.setState(w => ({ view: w.view === name ? 'room' : name }))
  return true
}

/** Esc takes one layer away and never a word: the page, the closed list, then the keys go back to the list. */
function stepBack(): boolean {
  const { view } = useWhere.getState()
  if (view !== 'room') useWhere.setState({ view: 'room' })
  return toPane('list')
}

async function copyFlash(): Promise<void> {
  const incident = lookedUp()
  if (!incident) return tell('请先选中一起事件', true)
  const copied = await copyText(flashText(incident, serverNow()))
  tell(copied ? `已复制 ${incident.no} 值班快报` : '浏览器不许复制，请在事件栏中手动选取', !copied)
}

const ALWAYS: Record<string, () => boolean> = {
  F2: () => (useWhere.setState({ note: null }), begin(), true),
  F4: () => (showNext(), true),
  F8: () => view('log'),
}

const IN_ROOM: Record<string, () => boolean> = {
  Escape: stepBack,
  ArrowDown: () => stepRow(1),
  ArrowUp: () => stepRow(-1),
  j: () => stepRow(1),
  k: () => stepRow(-1),
  PageDown: () => stepRow(10),
  PageUp: () => stepRow(-10),
  Home: () => stepRow(-Infinity),
  End: () => stepRow(Infinity),
  ArrowRight: () => stepPane(1),
  ArrowLeft: () => stepPane(-1),
  '?': () => view('help'),
  a: () => view('closed'),
  y: () => (void copyFlash(), true),
  '/': () => {
    document.querySelector<HTMLElement>('[data-pane="list"] [name="find"]')?.focus()
    return true
  },
}

/** Every key of the desk that is not a field's own. */
export function useDeskKeys(): void {
  useKeys((name, e) => {
    const always = ALWAYS[name]
    if (always) return always()
    if (useReports.getState().current !== null) return false
    const draft = /^Alt\+([1-9])$/.exec(name)?.[1]
    if (draft !== undefined) {
      const chosen = useReports.getState().strip[Number(draft) - 1]
      if (chosen) show(chosen.id)
      return chosen !== undefined
    }
    if (isTyping(e.target)) return false
    const inLog = useWhere.getState().view === 'log'
    if (inLog && name !== 'Escape' && name !== '?') return false
    if (/^[1-4]$/.test(name)) return toGroup(name)
    const deed = deedOf(name)
    if (!deed) return IN_ROOM[name]?.() ?? false
    if (useWhere.getState().view === 'help') useWhere.setState({ view: 'room' })
    return takeUp(deed)
  })
}
