import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type pg from 'pg'
import { ownPostgres } from '@duty/server/db/own-postgres.ts'
import { redisProcess, type RedisProcess } from './redis-process.ts'
import { serverProcess, type ServerProcess } from './server-process.ts'
import { freePort } from './waiting.ts'
import type { Writers } from './writers.ts'

/** Real servers on which one fault is played, again and again. */
export interface Stage {
  nodes: readonly ServerProcess[]
  /** How to reach the store behind the servers' backs. */
  store(): Promise<pg.PoolConfig>
  /** Does the damage; resolves once whatever was taken away has been given back, with the moment from which recovery counts. */
  strike(writers: Writers): Promise<number>
  close(): Promise<void>
}

const READY_WITHIN_MS = 10_000

const newDirectory = () => mkdtemp(join(tmpdir(), 'duty-faults-'))
const noRedis = 'none'

async function oneServer(databaseUrl?: string, redisUrl?: string) {
  const dataDir = await newDirectory()
  const server = serverProcess({ port: await freePort(), dataDir, databaseUrl, redisUrl })
  return { dataDir, server }
}

/** Ends a server the gentle way and takes its directory away. */
async function clear(servers: readonly ServerProcess[], ...dirs: string[]): Promise<void> {
  for (const server of servers) server.kill('SIGTERM')
  for (const server of servers) await server.ended()
  for (const dir of dirs) await rm(dir, { recursive: true, force: true })
}

/** What PostgreSQL writes of itself: its process, its port, where its socket lies. */
export async function postmasterOf(dataDir: string): Promise<{ pid: number; host: string; port: number }> {
  const [pid, , , port, host = ''] = (await readFile(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8')).split('\n')
  return { pid: Number(pid), host, port: Number(port) }
}

/** A server with a PostgreSQL of its own in DATA_DIR, and a strike at it. */
export async function onOwnStore(strike: (server: ServerProcess, dataDir: string) => Promise<number>): Promise<Stage> {
  const { dataDir, server } = await oneServer()
  await server.start()
  return {
    nodes: [server],
    store: async () => {
      const { host, port } = await postmasterOf(dataDir)
      return { host, port, user: 'duty', database: 'duty' }
    },
    strike: () => strike(server, dataDir),
    close: () => clear([server], dataDir),
  }
}

/** A PostgreSQL of the test's own, as a city's database department would offer one. */
async function separateStore() {
  const dataDir = await newDirectory()
  const postgres = await ownPostgres({ dataDir, log: () => {} })
  const { host, port, user, database } = postgres.connection
  return {
    connection: postgres.connection,
    url: `postgres://${user}@/${database}?host=${encodeURIComponent(host)}&port=${port}`,
    async close() {
      await postgres.stop()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}

/** A server on a PostgreSQL that is not its own, and a strike at it. */
export async function onSeparateStore(strike: (server: ServerProcess) => Promise<number>): Promise<Stage> {
  const store = await separateStore()
  const { dataDir, server } = await oneServer(store.url, noRedis)
  await server.start()
  return {
    nodes: [server],
    store: async () => store.connection,
    strike: () => strike(server),
    async close() {
      await clear([server], dataDir)
      await store.close()
    },
  }
}

/** Two nodes on one PostgreSQL and one Redis, and a strike at Redis. */
export async function twoNodes(strike: (redis: RedisProcess, writers: Writers) => Promise<number>): Promise<Stage> {
  const store = await separateStore()
  const redis = redisProcess(await freePort())
  await redis.start()
  const { server: first, dataDir } = await oneServer(store.url, redis.url)
  const { server: second, dataDir: secondDir } = await oneServer(store.url, redis.url)
  const nodes = [first, second]
  await Promise.all(nodes.map(n => n.start()))
  return {
    nodes,
    store: async () => store.connection,
    async strike(writers) {
      const backAt = await strike(redis, writers)
      await Promise.all(nodes.map(n => becomes(n, 'ok')))
      return backAt
    },
    async close() {
      await clear(nodes, dataDir, secondDir)
      await redis.kill()
      await store.close()
    },
  }
}

async function becomes(node: ServerProcess, wanted: string): Promise<void> {
  for (const until = performance.now() + READY_WITHIN_MS; ; await pause(50)) {
    const { status } = (await fetch(`${node.url}/readyz`).then(res => res.json())) as { status: string }
    if (status === wanted) return
    if (performance.now() > until) throw new Error(`${node.url} is ${status}, not ${wanted}`)
  }
}
