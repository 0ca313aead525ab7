import { WebSocket } from 'ws'

/** Many readers in one process of their own, told over IPC what to connect to; each arrival is timed on the machine's one monotonic clock. */
const sockets: WebSocket[] = []
let heard = 0
let expected = 0
let last = 0n

function arrived() {
  heard++
  last = process.hrtime.bigint()
  if (heard === expected) process.send!({ heard, last: last.toString() })
}

async function connect(url: string, cookie: string | undefined, count: number): Promise<void> {
  const AT_ONCE = 100
  for (let n = 0; n < count; n += AT_ONCE)
    await Promise.all(Array.from({ length: Math.min(AT_ONCE, count - n) }, () => (cookie === undefined ? bare(url) : room(url, cookie))))
}

const open = (url: string, headers: Record<string, string> = {}) => new WebSocket(url, { headers, perMessageDeflate: false })

/** A reader of the bare server: counts frames. */
const bare = (url: string) =>
  new Promise<void>((ready, failed) => {
    const ws = open(url)
    sockets.push(ws)
    ws.once('open', () => ready())
    ws.once('close', () => process.exit(1))
    ws.once('error', failed)
    ws.on('message', arrived)
  })

/** A reader of the room, speaking Socket.IO 4 over a bare WebSocket: joins its board, answers pings, counts lines. */
const room = (url: string, cookie: string) =>
  new Promise<void>((ready, failed) => {
    const ws = open(`${url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`, { cookie, origin: url })
    sockets.push(ws)
    ws.once('error', failed)
    ws.once('close', () => process.exit(1))
    ws.on('message', (data: Buffer) => {
      const text = data.toString('latin1', 0, 12)
      if (text.startsWith('0{')) ws.send('40')
      else if (text.startsWith('40')) ws.send('420["board:join",null]')
      else if (text.startsWith('430')) ready()
      else if (text === '2') ws.send('3')
      else if (text.startsWith('42["line"')) arrived()
    })
  })

async function obey(told: { connect?: { url: string; cookie?: string; count: number }; expect?: number }): Promise<void> {
  if (told.connect) {
    await connect(told.connect.url, told.connect.cookie, told.connect.count)
    process.send!({ connected: sockets.length })
  }
  if (told.expect !== undefined) {
    heard = 0
    expected = told.expect
    process.send!({ expecting: expected })
  }
}

process.on('message', (told: Parameters<typeof obey>[0]) => void obey(told))
