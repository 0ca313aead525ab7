import { setTimeout as pause } from 'node:timers/promises'
import type { ServerProcess } from './server-process.ts'
import { onOwnStore, onSeparateStore, postmasterOf, twoNodes, type Stage } from './stages.ts'

/** One sort of fault. */
export interface Fault {
  name: string
  says: string
  /** While it lasts, lines still reach every screen within this; where the server itself is away, no such promise is made. */
  linesWithinMs?: number
  open(): Promise<Stage>
}

/** SIGTERM lets a server finish; it has so long. */
const STOPS_WITHIN_MS = 10_000
const REDIS_AWAY_MS = 2_500
const REDIS_FROZEN_MS = 3_000

async function killAndStart(server: ServerProcess): Promise<number> {
  const killedAt = performance.now()
  server.kill('SIGKILL')
  await server.ended()
  await server.start()
  return killedAt
}

/** All faults this room has promised to outlive. */
export const FAULTS: readonly Fault[] = [
  { name: 'server-own-postgres', says: 'kill -9 of the server, its own PostgreSQL', open: () => onOwnStore(killAndStart) },
  { name: 'server-separate-postgres', says: 'kill -9 of the server, a separate PostgreSQL', open: () => onSeparateStore(killAndStart) },
  {
    name: 'postgres',
    says: 'kill -9 of PostgreSQL under the server',
    open: () =>
      onOwnStore(async (_server, dataDir) => {
        process.kill((await postmasterOf(dataDir)).pid, 'SIGKILL')
        return performance.now()
      }),
  },
  {
    name: 'redis-killed',
    says: 'kill -9 of Redis under two nodes',
    linesWithinMs: 2_000,
    open: () =>
      twoNodes(async (redis, writers) => {
        await redis.kill()
        await Promise.all([writers.more(200), pause(REDIS_AWAY_MS)])
        const backAt = performance.now()
        await redis.start()
        return backAt
      }),
  },
  {
    name: 'redis-frozen',
    says: 'Redis frozen for 3 s under two nodes',
    linesWithinMs: 2_000,
    open: () =>
      twoNodes(async (redis, writers) => {
        redis.freeze()
        await Promise.all([writers.more(200), pause(REDIS_FROZEN_MS)])
        redis.thaw()
        return performance.now()
      }),
  },
  {
    name: 'sigterm',
    says: 'SIGTERM under load, started again',
    open: () =>
      onOwnStore(async server => {
        const askedAt = performance.now()
        server.kill('SIGTERM')
        const { code, signal } = await server.ended()
        const tookMs = Math.round(performance.now() - askedAt)
        await server.start()
        if (code !== 0 || tookMs > STOPS_WITHIN_MS) throw new Error(`SIGTERM ended it with ${signal ?? code} after ${tookMs} ms:\n${server.words()}`)
        return askedAt
      }),
  },
]
