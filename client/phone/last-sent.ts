import { create } from 'zustand'

/** A leader's words on their way: shown for as long as they can be taken back at a tap. */
export interface Sending {
  id: string
  words: string
  state: 'sending' | 'sent' | 'waiting' | 'withdrawn'
  /** When the bar goes, by the server's clock. */
  until: number
}

/** The last words sent, or null. */
export const useSending = create<{ last: Sending | null }>(() => ({ last: null }))
