import { existsSync, statSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Redis } from 'ioredis'
import { afterEach, describe, expect, it } from 'vitest'
import { onPath } from '@duty/server/db/own-process.ts'
import { ownRedis, type OwnRedis } from '@duty/server/live/own-redis.ts'
import { cleared, newDirectory, owner, people, running, until, type Owner } from './living.ts'

const owners: Owner[] = []
const dirs: string[] = []
const servers: OwnRedis[] = []
let log: string[] = []

const directory = (uid?: number) => {
  const dir = newDirectory(uid)
  dirs.push(dir)
  return dir
}
const start = async (dataDir: string) => {
  const server = await ownRedis({ dataDir, log: event => log.push(event) })
  if (server) servers.push(server)
  return server!
}
const another = (...[dataDir, options]: [string, Parameters<typeof owner>[2]?]) => {
  const own = owner('redis', dataDir, options)
  owners.push(own)
  return own
}
/** Redis shows its socket as the name of its process. */
const redises = (path: string) => running(`unixsocket:${path}`)

async function ask<T>(path: string, deed: (client: Redis) => Promise<T>): Promise<T> {
  const client = new Redis(path, { lazyConnect: true, retryStrategy: null })
  client.on('error', () => log.push('cut'))
  return client.connect().then(() => deed(client)).finally(() => client.disconnect())
}
const answers = (path: string) => until('an answer', () => ask(path, client => client.ping()).catch(() => undefined))

afterEach(async () => {
  for (const server of servers.splice(0)) await server.stop()
  await cleared(owners, dirs)
  log = []
})

describe('given a redis-server on the machine', { timeout: 60_000 }, () => {
  it('when it is started, then it listens on a closed socket only and keeps nothing on disk', async () => {
    const { path } = await start(directory())
    const told = await ask(path, client => client.config('GET', 'port', 'save', 'appendonly'))
    expect(Object.fromEntries(told.flatMap((word, i) => (i % 2 ? [] : [[word, told[i + 1]]])))).toEqual({ port: '0', save: '', appendonly: 'no' })
    expect(statSync(join(path, '..')).mode & 0o777).toBe(0o700)
  })

  it('when it is stopped, then it is gone and so is its socket; and it can be started again', async () => {
    const dir = directory()
    const first = await start(dir)
    await first.stop()
    expect(redises(first.path)).toEqual([])
    expect(existsSync(first.path)).toBe(false)
    expect(await answers((await start(dir)).path)).toBe('PONG')
  })

  it('when it is killed again and again, then each time an empty one answers at the same socket', async () => {
    const { path } = await start(directory())
    for (let died = 1; died <= 3; died++) {
      await ask(path, client => client.set('desk', 'manned'))
      process.kill(redises(path)[0]!, 'SIGKILL')
      await until('its return', () => log.filter(event => event === 'redis.back').length === died)
      expect(await ask(path, client => client.get('desk'))).toBeNull()
    }
  })

  it('when the path is longer than a socket may have, then the socket lies in a short directory', async () => {
    const { path } = await start(join(directory(), '值班数据'.repeat(12)))
    expect(path.startsWith(tmpdir())).toBe(true)
    expect(await answers(path)).toBe('PONG')
  })

  it('when another in this DATA_DIR has one already, then there is none for us and the first goes on', async () => {
    const dir = directory()
    const { path } = await start(dir)
    expect(await ownRedis({ dataDir: dir, log: event => log.push(event) })).toBeNull()
    expect(log).toContain('redis.elsewhere')
    expect(await answers(path)).toBe('PONG')
  })
})

describe.each(people)('given another process that owns one, as $who', { timeout: 60_000 }, ({ uid }) => {
  it('when that process is killed with -9, then its Redis ends by itself and the next start has a new one', async () => {
    const dir = directory(uid)
    const first = another(dir, { uid })
    const { path } = await first.hears('ready')
    first.process.kill('SIGKILL')
    await until('the end of Redis', () => redises(path!).length === 0)
    expect((await another(dir, { uid }).hears('ready')).path).toBe(path)
    expect(await answers(path!)).toBe('PONG')
  })

  it('when it was killed where the kernel tells no child, then the next start ends the one left over', async () => {
    const dir = directory(uid)
    const tools = directory(uid)
    for (const tool of ['flock', 'redis-server']) symlinkSync(onPath(tool)!, join(tools, tool))
    const first = another(dir, { uid, path: tools })
    const { path } = await first.hears('ready')
    const left = redises(path!)
    first.process.kill('SIGKILL')
    await first.ended
    expect(redises(path!)).toEqual(left)
    await another(dir, { uid }).hears('ready')
    expect(redises(path!)).toHaveLength(1)
    expect(redises(path!)).not.toEqual(left)
  })
})
