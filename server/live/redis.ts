import { Redis, type RedisOptions } from 'ioredis'

/** Where Redis is: an address, a unix socket, or nowhere (one node, in process). */
export type RedisPlace = { url: string } | { path: string } | null

/** A Redis that says nothing for so long is away, even where its connection stands: nobody of ours may wait for it. */
const SILENT_MS = 1_000

/** Connects to Redis and keeps trying; an outage is logged once as it begins and once as it ends. */
export function connectRedis(place: Exclude<RedisPlace, null>, options: RedisOptions, log: (event: string, detail?: object) => void): Redis {
  const settings: RedisOptions = { retryStrategy: times => Math.min(50 * times, 1_000), connectTimeout: 2_000, socketTimeout: SILENT_MS, ...options }
  const redis = 'url' in place ? new Redis(place.url, settings) : new Redis({ path: place.path, ...settings })
  let away = false
  redis.on('error', (error: Error) => {
    if (!away) log('redis.away', { message: error.message })
    away = true
  })
  redis.on('ready', () => {
    if (away) log('redis.back')
    away = false
  })
  return redis
}
