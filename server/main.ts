import { readConfig, type Config } from './config.ts'
import { ownPostgres } from './db/own-postgres.ts'
import { ownRedis } from './live/own-redis.ts'
import type { RedisPlace } from './live/redis.ts'
import { openLog } from './log.ts'
import { openRoom } from './room.ts'

const STOP_WITHIN_MS = 9_000

const log = openLog()
const say = (line: string) => void process.stderr.write(`${line}\n`)

/** Where Redis is: as configured, else a child of our own, else nowhere. */
async function placeOfRedis({ redisUrl, dataDir }: Config): Promise<{ place: RedisPlace; stop(): Promise<void> }> {
  const nothing = async () => {}
  if (redisUrl === 'none') return { place: null, stop: nothing }
  if (redisUrl) return { place: { url: redisUrl }, stop: nothing }
  const own = await ownRedis({ dataDir, log })
  if (own) return { place: { path: own.path }, stop: own.stop }
  say('未找到 redis-server：实时值班状态保存在本进程内，只能运行一个节点')
  return { place: null, stop: nothing }
}

async function main(): Promise<void> {
  const config = await readConfig(process.env)
  const postgres = config.databaseUrl ? null : await ownPostgres({ dataDir: config.dataDir, log })
  const redis = await placeOfRedis(config)
  const room = await openRoom({
    store: postgres ? { ...postgres.connection } : { connectionString: config.databaseUrl },
    redis: redis.place,
    host: config.host,
    port: config.port,
    secretKey: config.secretKey,
    demo: config.seed === 'demo',
    trustProxy: config.trustProxy,
    rateLimited: config.rateLimit,
    log,
    say,
    nowMs: Date.now,
    runs: true,
  })
  process.stdout.write(`${JSON.stringify({ event: 'listening', url: room.url })}\n`)

  let stopping = false
  async function stop(): Promise<void> {
    if (stopping) return
    stopping = true
    setTimeout(() => process.exit(1), STOP_WITHIN_MS).unref()
    await room.close()
    await Promise.all([redis.stop(), postgres?.stop()])
    process.exit(0)
  }
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void stop())
}

main().catch((error: Error) => {
  say(error.message)
  process.exit(1)
})
