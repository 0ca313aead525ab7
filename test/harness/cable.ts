import { connect, createServer, type AddressInfo, type Socket } from 'node:net'
import type { PostgresPlace } from './services.ts'

/** Where the way to the store is cut: after the lock was given, before a commit gets there, or after it was done and before anyone is told. */
export type Cut = 'after the lock' | 'before the commit' | 'after the commit'

/** A way to the store that can be cut at a chosen word. */
export async function cable(to: PostgresPlace) {
  const open = new Set<Socket>()
  let armed: Cut | null = null
  let isDown = false
  let cuts = 0

  const server = createServer(room => {
    if (isDown) return void room.resetAndDestroy()
    const store = connect(`${to.host}/.s.PGSQL.${to.port}`)
    let cutting: Cut | null = null
    const cut = () => {
      cuts++
      room.resetAndDestroy()
      store.destroy()
    }
    room.on('data', said => {
      const words = said.toString('latin1')
      const due = words.includes('commit\0') ? armed !== 'after the lock' : armed === 'after the lock' && words.includes('book-lock')
      if (armed && due) [cutting, armed] = [armed, null]
      if (cutting === 'before the commit') cut()
      else store.write(said)
    })
    store.on('data', said => {
      if (cutting === 'after the commit') return cut()
      room.write(said)
      if (cutting) cut()
    })
    for (const [one, other] of [
      [room, store],
      [store, room],
    ] as const) {
      open.add(one)
      one.on('error', () => other.destroy())
      one.on('close', () => {
        open.delete(one)
        other.destroy()
      })
    }
  })
  await new Promise<void>(listening => server.listen(0, '127.0.0.1', listening))
  return {
    place: { host: '127.0.0.1', port: (server.address() as AddressInfo).port },
    /** Cuts the next connection that comes to this point, once. */
    arm: (cut: Cut) => void (armed = cut),
    cuts: () => cuts,
    /** Nobody gets through any more, until it is up again. */
    down() {
      isDown = true
      for (const socket of open) socket.destroy()
    },
    up: () => void (isDown = false),
    async close() {
      const closed = new Promise(resolve => server.close(resolve))
      for (const socket of open) socket.destroy()
      await closed
    },
  }
}

export type Cable = Awaited<ReturnType<typeof cable>>
