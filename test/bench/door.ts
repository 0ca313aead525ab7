import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { times, type Row } from './figures.ts'

const SECONDS = 5
const WRITERS = 50

/** Commands a second through the whole door, against bare durable single-row inserts on one connection of the same store; each twice, in turn. */
export async function door(url: string, cookie: string, store: pg.ClientConfig): Promise<Row> {
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
    const { hostname: host, port } = new URL(url)
    child.send({ host, port: Number(port), cookie, writers: WRITERS, seconds: SECONDS })
    const [{ answered }] = (await once(child, 'message')) as [{ answered: number }]
    child.kill()
    return answered / SECONDS
  }

  const ours: number[] = []
  const theirs: number[] = []
  for (let n = 0; n < 3; n++) {
    theirs.push(await bare())
    ours.push(await throughDoor())
  }
  await client.query('drop table bench_bare')
  await client.end()
  const middle = (values: number[]) => values.toSorted((a, b) => a - b)[1]!
  return {
    what: `(b) commands a second through the door, ${WRITERS} writers`,
    ours: `${middle(ours).toFixed(0)}/s`,
    against: `bare durable inserts, one connection: ${middle(theirs).toFixed(0)}/s`,
    ratio: times(middle(ours) / middle(theirs)),
    aim: '≥ 1×',
  }
}
