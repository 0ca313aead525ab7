import { fork, type ChildProcess } from 'node:child_process'
import { createServer } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { WebSocketServer } from 'ws'
import type { Written } from '@duty/server/book/rules.ts'
import type { Room } from '@duty/server/room.ts'
import { ms, quantiles, times, type Row } from './figures.ts'

const ROUNDS = 30

/** A text frame as the server of a WebSocket sends it (RFC 6455 §5.2): unmasked, in one buffer. */
function framed(text: string): Buffer {
  const payload = Buffer.from(text)
  const header = payload.length < 126 ? Buffer.from([0x81, payload.length]) : Buffer.from([0x81, 126, payload.length >> 8, payload.length & 255])
  return Buffer.concat([header, payload])
}

async function told<T>(child: ChildProcess, message: object, key: string): Promise<T> {
  child.send(message)
  for (;;) {
    const [answer] = (await once(child, 'message')) as [Record<string, T>]
    if (key in answer) return answer[key]!
  }
}

/** Milliseconds from `send` until the last of the readers has it. */
async function round(child: ChildProcess, readers: number, send: () => void): Promise<number> {
  await told(child, { expect: readers }, 'expecting')
  const last = Promise.race([once(child, 'message'), once(child, 'exit').then(() => Promise.reject(new Error('a reader was cut off')))]) as Promise<[{ last: string }]>
  const from = process.hrtime.bigint()
  send()
  const [{ last: at }] = await last
  return Number(BigInt(at) - from) / 1e6
}

/** One line to many readers through the room, sight applied, against the same bytes in a bare loop; rounds of both in turn. */
export async function fanOut(room: Room, cookie: string, sample: Written, readers: number): Promise<Row> {
  const http = createServer()
  const bare = new WebSocketServer({ server: http, perMessageDeflate: false })
  http.listen(0, '127.0.0.1')
  await once(http, 'listening')
  const bareUrl = `ws://127.0.0.1:${(http.address() as AddressInfo).port}`
  const script = fileURLToPath(new URL('./clients.ts', import.meta.url))
  const [ofRoom, ofBare] = [0, 1].map(() => fork(script, { execArgv: ['--import', 'tsx'] })) as [ChildProcess, ChildProcess]
  try {
    await told(ofRoom, { connect: { url: room.url, cookie, count: readers } }, 'connected')
    await told(ofBare, { connect: { url: bareUrl, count: readers } }, 'connected')
    const nextLine = (): Written => {
      const seq = room.fanout.head() + 1
      const version = sample.after.version + seq
      return { entry: { ...sample.entry, seq, version }, before: sample.after, after: { ...sample.after, version } }
    }
    const bytes = framed(`42${JSON.stringify(['line', { seq: room.fanout.head() + 1, entry: sample.entry, now: sample.after }])}`)
    const bareLoop = () => {
      for (const client of bare.clients) (client as unknown as { _socket: { write(b: Buffer): void } })._socket.write(bytes)
    }
    const ours: number[] = []
    const theirs: number[] = []
    for (let n = 0; n < ROUNDS; n++) {
      ours.push(await round(ofRoom, readers, () => room.fanout.offer([nextLine()])))
      theirs.push(await round(ofBare, readers, bareLoop))
    }
    const [a, b] = [quantiles(ours), quantiles(theirs)]
    return {
      what: `(a) one line to ${readers} readers, last has it (p50, ${bytes.length} bytes)`,
      ours: `${ms(a.p50)} (p99 ${ms(a.p99)})`,
      against: `bare ws loop ${ms(b.p50)} (p99 ${ms(b.p99)})`,
      ratio: times(a.p50 / b.p50),
      aim: readers === 5_000 ? '≤ 1.45×, towards 1.2×' : '',
    }
  } finally {
    ofRoom.kill()
    ofBare.kill()
    for (const client of bare.clients) client.terminate()
    http.close()
  }
}
