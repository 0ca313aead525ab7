import { useRoom } from '../sync/store.ts'

/** Whether what stands on the board is what the server says now; a zero is only a zero then. */
export const useKnown = () => useRoom(room => room.joined && (room.link === 'live' || room.link === 'late'))

/** A count, or — where it is not known that there is none. */
export const count = (n: number, known: boolean): string => (n === 0 && !known ? '—' : String(n))
