import { useSyncExternalStore } from 'react'

const listeners = new Set<() => void>()
const tell = () => listeners.forEach(l => l())

const subscribe = (listener: () => void) => {
  listeners.add(listener)
  addEventListener('popstate', listener)
  return () => {
    listeners.delete(listener)
    removeEventListener('popstate', listener)
  }
}

const depth = () => (history.state as { depth?: number } | null)?.depth ?? 0

/** Which page of the phone is open: `i/<id>/order` is the form for an instruction about one incident. Showing a page does nothing; only a tap does. */
export const useRoute = (): string[] =>
  useSyncExternalStore(subscribe, () => location.hash)
    .replace(/^#\/?/, '')
    .split('/')
    .filter(Boolean)

/** Opens a page; the phone's own back key returns from it. */
export function go(path: string): void {
  history.pushState({ depth: depth() + 1 }, '', `#/${path}`)
  tell()
}

/** Back to where one came from; to `parent` where one came straight from a link outside. */
export function goBack(parent: string): void {
  if (depth() > 0) return history.back()
  history.replaceState({ depth: 0 }, '', `#/${parent}`)
  tell()
}
