import { connect, createServer, type AddressInfo, type Socket } from 'node:net'

/** A balancer as small as can be: each new connection goes to the next node. */
export async function roundRobin(urls: readonly string[]) {
  const open = new Set<Socket>()
  let next = 0
  const server = createServer(from => {
    const { port, hostname } = new URL(urls[next++ % urls.length]!)
    const to = connect(Number(port), hostname)
    for (const [one, other] of [
      [from, to],
      [to, from],
    ] as const) {
      open.add(one)
      one.pipe(other)
      one.on('error', () => other.destroy())
      one.on('close', () => {
        open.delete(one)
        other.destroy()
      })
    }
  })
  await new Promise<void>(listening => server.listen(0, '127.0.0.1', listening))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      const closed = new Promise(resolve => server.close(resolve))
      for (const socket of open) socket.destroy()
      await closed
    },
  }
}

export type Proxy = Awaited<ReturnType<typeof roundRobin>>
