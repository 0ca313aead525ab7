import { createServer, connect, type AddressInfo, type Socket } from 'node:net'

/** A cable between a screen and the room that can be pulled: what is sent then is lost, and nobody is told. */
export async function cable(target: () => string) {
  const ends = new Set<Socket>()
  let isPulled = false
  const server = createServer(near => {
    const { hostname, port } = new URL(target())
    const far = connect(Number(port), hostname)
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      ends.add(from)
      from.on('data', bytes => isPulled || to.destroyed || to.write(bytes))
      from.on('error', () => from.destroy())
      from.on('close', () => {
        ends.delete(from)
        if (!isPulled) to.destroy()
      })
    }
  })
  await new Promise<void>(ready => server.listen(0, '127.0.0.1', ready))
  const hangUp = () => {
    for (const end of ends) end.destroy()
  }
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    pull: () => void (isPulled = true),
    /** Plugged in again, the other side has long forgotten the old connections. */
    plug() {
      isPulled = false
      hangUp()
    },
    close() {
      hangUp()
      server.close()
    },
  }
}

export type Cable = Awaited<ReturnType<typeof cable>>
