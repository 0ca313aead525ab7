import { forgetKept } from './kept.ts'
import { forgetRoom } from './store.ts'

/** The session is over, by sign-out or by the server's word: nothing that needed it stays on the device but its author's own unsent words. */
export function endSession(): void {
  forgetRoom()
  void forgetKept()
}
