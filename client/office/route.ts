import { useSyncExternalStore } from 'react'

const subscribe = (again: () => void) => {
  addEventListener('hashchange', again)
  return () => removeEventListener('hashchange', again)
}

/** Which list of the office is open, and which one thing of it: `#/incidents/<id>`. */
export const useRoute = (): string[] =>
  useSyncExternalStore(subscribe, () => location.hash)
    .replace(/^#\/?/, '')
    .split('/')
    .filter(Boolean)
