import type { Server, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'

const ANSWERED_WITHIN_MS = 2_500
const GONE_WITHIN_MS = 500

/** Lets a server end: no new connections, every question under way is answered, no connection outlives its answer. Opened before anything else listens to the server. */
export function openDrain(http: Server) {
  const connections = new Set<Socket>()
  const underWay = new Set<ServerResponse>()
  let onAnswered = () => {}
  http.on('connection', connection => {
    connections.add(connection)
    connection.once('close', () => connections.delete(connection))
  })
  http.prependListener('request', (_req, res) => {
    if (!http.listening) res.setHeader('Connection', 'close')
    underWay.add(res)
    res.once('close', () => {
      underWay.delete(res)
      onAnswered()
    })
  })

  return {
    /** Stops accepting, and resolves when nobody waits for an answer any more, or has waited too long. */
    async answered(): Promise<void> {
      http.close()
      // who keeps the connection would ask again on it without end
      for (const res of underWay) if (!res.headersSent) res.setHeader('Connection', 'close')
      const all = new Promise<void>(resolve => {
        onAnswered = () => void (underWay.size === 0 && resolve())
        onAnswered()
      })
      await Promise.race([all, pause(ANSWERED_WITHIN_MS, undefined, { ref: false })])
    },
    /** Resolves with the given end, cutting off who does not say goodbye. */
    async gone(end: Promise<unknown>): Promise<void> {
      await Promise.race([end, pause(GONE_WITHIN_MS, undefined, { ref: false })])
      for (const connection of connections) connection.destroy()
      await end
    },
  }
}
