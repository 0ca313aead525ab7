import { createInterface } from 'node:readline'
import pg from 'pg'
import { ownPostgres } from '@duty/server/db/own-postgres.ts'
import { ownRedis } from '@duty/server/live/own-redis.ts'

// A process that owns a PostgreSQL or a Redis, for the tests to kill: tells what happens to it in lines of JSON.
// "write" on its input: it writes rows one by one and tells each number once it is committed.
// SIGTERM: it drains (asks its PostgreSQL once more), then stops it.
const [what, dataDir = '', binaries] = process.argv.slice(2)
const tell = (event: string, detail: object = {}) => process.stdout.write(`${JSON.stringify({ event, ...detail })}\n`)

async function ask<T extends object>(connection: pg.ClientConfig, deed: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client(connection)
  client.on('error', error => tell('connection-lost', { message: error.message }))
  await client.connect()
  try {
    return await deed(client)
  } finally {
    await client.end()
  }
}

async function postgres(): Promise<void> {
  const server = await ownPostgres({ dataDir, log: tell, ...(binaries && { binaries }) })
  createInterface({ input: process.stdin }).once('line', () => void ask(server.connection, async client => {
    await client.query('create table if not exists kept (n int primary key)')
    for (let n = 1; ; n++) {
      await client.query('insert into kept values ($1)', [n])
      tell('committed', { n })
    }
  }))
  process.once('SIGTERM', () => void (async () => {
    await ask(server.connection, async client => client.query('select 1'))
    tell('drained')
    await server.stop()
    process.exit(0)
  })())
  tell('ready', { connection: server.connection })
}

async function redis(): Promise<void> {
  const server = await ownRedis({ dataDir, log: tell })
  tell('ready', { path: server?.path ?? null })
}

await (what === 'redis' ? redis() : postgres()).catch((error: Error) => {
  tell('refused', { message: error.message })
  process.exit(1)
})
