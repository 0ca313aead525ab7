import { useSyncExternalStore } from 'react'
import { useRoom } from '../sync/store.ts'

const subscribe = (again: () => void) => {
  addEventListener('online', again)
  addEventListener('offline', again)
  return () => {
    removeEventListener('online', again)
    removeEventListener('offline', again)
  }
}

/** Whether the phone itself says that it has a network; it knows sooner than the silence tells. */
export const useNetwork = (): boolean => useSyncExternalStore(subscribe, () => navigator.onLine)

/** Whether what is said now can go out now. */
export function useReaches(): boolean {
  const network = useNetwork()
  return useRoom(room => room.link === 'live') && network
}
