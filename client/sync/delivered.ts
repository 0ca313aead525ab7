import type { Alert } from '@duty/shared/alert/alert.ts'
import type { Board } from '@duty/shared/kernel/wire.ts'
import type { Socket } from 'socket.io-client'
import { thingsOf, useRoom } from './store.ts'

/** Alerts this tab has already answered for; by ring, so that a new ring is answered again. */
const answered = new Set<string>()
let seen: Board['things'] | null = null

/** Tells the server that this device has the alerts that name its person or their unit: 送达, which is neither 已读 nor 签收. */
export function reportDelivered(socket: Socket, board: Board): void {
  const { me } = useRoom.getState()
  if (!me || board.things === seen) return
  seen = board.things
  for (const alert of thingsOf<Alert>(board, 'alert')) {
    for (const to of [me.username, ...me.units]) {
      const line = alert.people?.[to]
      const once = `${alert.id} ${to} ${line?.rings}`
      if (!line || answered.has(once) || (line.status !== 'queued' && line.status !== 'sent')) continue
      answered.add(once)
      socket.timeout(5_000).emit('alert:delivered', { id: alert.id }, (lost: Error | null) => lost && answered.delete(once))
    }
  }
}
