import { fork } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import type { Room } from '@duty/server/room.ts'
import { times, type Row } from './figures.ts'

const SECONDS = 5
const WRITERS = 50

/** Commands a second through the whole door, and by the book alone, against bare durable single-row inserts on one connection of the same store; three times, in turn. */
export async function door(room: Room, cookie: string, store: pg.ClientConfig): Promise<Row[]> {
  const client = new pg.Client(store)
  await client.connect()
  await client.query('create table if not exists bench_bare (id bigserial primary key, data jsonb not null)')
  const data = JSON.stringify({ type: 'alert.raised', text: '现场情况补充：明火已控制，正在清点人数，请值班员核实后续报'.repeat(4) })

  async function bare(): Promise<number> {
    const until = performance.now() + SECONDS * 1_000
    let rows = 0
    for (; performance.now() < until; rows++) await client.query({ name: 'bare', text: 'insert into bench_bare (data) values ($1)', values: [data] })
    return rows / SECONDS
  }

  async function throughDoor(): Promise<number> {
    const script = fileURLToPath(new URL('./writers.ts', import.meta.url))
    const child = fork(script, { execArgv: ['--import', 'tsx'] })
    const { hostname: host, port } = new URL(room.url)
    child.send({ host, port: Number(port), cookie, writers: WRITERS, seconds: SECONDS })
    const [{ answered }] = (await once(child, 'message')) as [{ answered: number }]
    child.kill()
    return answered / SECONDS
  }

  /** The same writers without HTTP: what the book itself can take. */
  async function byTheBook(): Promise<number> {
    const until = performance.now() + SECONDS * 1_000
    const by = { person: 'officer1', name: '陈志远', roles: ['officer'], units: [] } as const
    const body = { to: ['officer1'], text: '现场情况补充：明火已控制，正在清点人数，请值班员核实后续报', urgency: 'normal' }
    let answered = 0
    const writer = async () => {
      for (; performance.now() < until; answered++)
        await room.execute({ command: 'alert.raise', kind: 'alert', id: randomUUID(), fresh: true, key: randomUUID(), by, body })
    }
    await Promise.all(Array.from({ length: WRITERS }, writer))
    return answered / SECONDS
  }

  const ours: number[] = []
  const book: number[] = []
  const theirs: number[] = []
  for (let n = 0; n < 3; n++) {
    theirs.push(await bare())
    ours.push(await throughDoor())
    book.push(await byTheBook())
  }
  await client.query('drop table bench_bare')
  await client.end()
  const middle = (values: number[]) => values.toSorted((a, b) => a - b)[1]!
  const against = `bare durable inserts, one connection: ${middle(theirs).toFixed(0)}/s`
  const row = (what: string, values: number[]): Row => ({ what, ours: `${middle(values).toFixed(0)}/s`, against, ratio: times(middle(values) / middle(theirs)), aim: '≥ 1×' })
  return [row(`(b) commands a second through the door over HTTP, ${WRITERS} writers`, ours), row('(b) the same by the book alone, without HTTP', book)]
}
