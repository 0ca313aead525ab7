import { randomUUID } from 'node:crypto'
import { connect } from 'node:net'

interface Wanted {
  host: string
  port: number
  cookie: string
  writers: number
  seconds: number
}

const BODY = JSON.stringify({ to: ['officer1'], text: '现场情况补充：明火已控制，正在清点人数，请值班员核实后续报', urgency: 'normal' })

/** Writers in a process of their own, as light as can be: each asks over its one connection, waits for the durable answer, and asks again. */
async function write({ host, port, cookie, writers, seconds }: Wanted): Promise<void> {
  const until = performance.now() + seconds * 1_000
  let answered = 0
  const head = `POST /api/do/alert.raise HTTP/1.1\r\nhost: ${host}:${port}\r\ncookie: ${cookie}\r\norigin: http://${host}:${port}\r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(BODY)}\r\n`
  const writer = () =>
    new Promise<void>((done, failed) => {
      const socket = connect(port, host)
      let heard = ''
      const ask = () => socket.write(`${head}idempotency-key: ${randomUUID()}\r\n\r\n${BODY}`)
      socket.setEncoding('latin1')
      socket.once('connect', ask)
      socket.once('error', failed)
      socket.on('data', (text: string) => {
        heard += text
        const end = heard.indexOf('\r\n\r\n')
        const length = Number(/content-length: (\d+)/i.exec(heard)?.[1])
        if (end < 0 || heard.length < end + 4 + length) return
        if (!heard.startsWith('HTTP/1.1 200')) return failed(new Error(heard.slice(0, 400)))
        heard = ''
        answered++
        if (performance.now() < until) return void ask()
        socket.end()
        done()
      })
    })
  await Promise.all(Array.from({ length: writers }, writer))
  process.send!({ answered })
}

process.on('message', (wanted: Wanted) => void write(wanted))
