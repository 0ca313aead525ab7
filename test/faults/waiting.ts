import { createServer, type AddressInfo } from 'node:net'

/** Things that happen, and those who wait until something has come about. */
export interface Happenings {
  /** Something has happened: everybody looks again. */
  tell(): void
  until<T>(what: string, withinMs: number, look: () => T | null | undefined | false): Promise<T>
}

/** Waits by being told, never by sleeping; gives up aloud, at once where the look itself throws. */
export function happenings(): Happenings {
  const waiting = new Set<() => void>()
  return {
    tell() {
      for (const look of waiting) look()
    },
    until: (what, withinMs, look) =>
      new Promise((resolve, reject) => {
        const end = setTimeout(() => {
          waiting.delete(lookAgain)
          reject(new Error(`not within ${withinMs} ms: ${what}`))
        }, withinMs)
        const done = () => {
          clearTimeout(end)
          waiting.delete(lookAgain)
        }
        const lookAgain = () => {
          try {
            const seen = look()
            if (!seen) return
            done()
            resolve(seen)
          } catch (error) {
            done()
            reject(error)
          }
        }
        waiting.add(lookAgain)
        lookAgain()
      }),
  }
}

/** A port that nobody listens on. */
export async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>(listening => server.listen(0, '127.0.0.1', listening))
  const { port } = server.address() as AddressInfo
  await new Promise(closed => server.close(closed))
  return port
}
