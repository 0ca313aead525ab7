import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { ownPostgres } from '@duty/server/db/own-postgres.ts'
import { ownRedis } from '@duty/server/live/own-redis.ts'
import { openRoom } from '@duty/server/room.ts'

/** How to reach the PostgreSQL of this run. */
export interface PostgresPlace {
  host: string
  port: number
  user: string
  database: string
}

declare module 'vitest' {
  interface ProvidedContext {
    postgres: PostgresPlace
    redis: string
  }
}

/** The database every room of a test begins as: the demo people on duty at the beginning of time. */
export const TEMPLATE = 'duty_template'
/** When every test's night begins: a Monday, 08:00 in 中山. */
export const BEGINNING = Date.parse('2026-06-01T00:00:00.000Z')

/** One real PostgreSQL and one real Redis for a whole run; TEST_POSTGRES_BIN names the programs of another version. */
export default async function services(project: TestProject) {
  const dataDir = await mkdtemp(join(tmpdir(), 'duty-test-'))
  const quiet = () => {}
  const postgres = await ownPostgres({ dataDir, log: quiet, fast: true, binaries: process.env.TEST_POSTGRES_BIN })
  const redis = await ownRedis({ dataDir, log: quiet })
  if (!redis) throw new Error('redis-server is not installed: npm test installs it, or install it by hand')
  await prepareTemplate(postgres.connection)
  project.provide('postgres', postgres.connection)
  project.provide('redis', redis.path)
  return async () => {
    await redis.stop()
    await postgres.stop()
    await rm(dataDir, { recursive: true, force: true })
  }
}

/** Lets a room set itself up once, so that every test begins with a copy. */
async function prepareTemplate(place: PostgresPlace): Promise<void> {
  const client = new pg.Client(place)
  await client.connect()
  await client.query(`create database ${TEMPLATE}`)
  await client.end()
  const room = await openRoom({
    store: { ...place, database: TEMPLATE },
    redis: null,
    host: '127.0.0.1',
    port: 0,
    secretKey: 'a secret for tests only',
    demo: true,
    trustProxy: 0,
    rateLimited: false,
    log: () => {},
    say: () => {},
    nowMs: () => BEGINNING,
    runs: false,
  })
  await room.close()
}
