import { spawn, spawnSync } from 'node:child_process'
import { chmodSync, cpSync, existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import pg from 'pg'
import { afterEach, describe, expect, it } from 'vitest'
import { onPath } from '@duty/server/db/own-process.ts'
import { ownPostgres, type OwnPostgres } from '@duty/server/db/own-postgres.ts'
import { findPostgres } from '@duty/server/db/postgres-binaries.ts'
import { cleared, isRoot, newDirectory, owner, people, running, until, type Owner } from './living.ts'

const DEBIAN_15 = '/usr/lib/postgresql/15/bin'
const namespaces = isRoot && spawnSync('unshare', ['-U', 'true']).status === 0

const owners: Owner[] = []
const dirs: string[] = []
const servers: OwnPostgres[] = []
let log: string[] = []

const directory = (uid?: number) => {
  const dir = newDirectory(uid)
  dirs.push(dir)
  return dir
}
const another = (...[dataDir, options]: [string, Parameters<typeof owner>[2]?]) => {
  const own = owner('postgres', dataDir, options)
  owners.push(own)
  return own
}
const start = async (dataDir: string, binaries?: string) => {
  const server = await ownPostgres({ dataDir, fast: true, log: event => log.push(event), binaries })
  servers.push(server)
  return server
}
const postmasters = (dataDir: string) => running(`/postgres\0-D\0${dataDir}/postgres\0`)
const only = <T>(list: T[]): T => {
  expect(list).toHaveLength(1)
  return list[0]!
}

async function ask({ connection }: { connection?: pg.ClientConfig }, sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client(connection)
  await client.connect()
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows
  } finally {
    await client.end()
  }
}
const answers = (server: OwnPostgres, sql: string) => until(`an answer to ${sql}`, () => ask(server, sql).catch(() => undefined))

afterEach(async () => {
  for (const server of servers.splice(0)) await server.stop()
  await cleared(owners, dirs)
  log = []
})

describe('given a directory of our own', { timeout: 60_000 }, () => {
  it('when it is started for the first time, then it is a real, durable, checked UTF-8 PostgreSQL that no network reaches', async () => {
    const dir = directory()
    const server = await ownPostgres({ dataDir: join(dir, 'not', 'yet'), log: event => log.push(event) })
    servers.push(server)
    const settings = ['server_encoding', 'listen_addresses', 'fsync', 'synchronous_commit', 'full_page_writes', 'data_checksums', 'autovacuum']
    const told = await ask(server, `select current_user, current_database(), ${settings.map(s => `current_setting('${s}') as ${s}`).join(', ')},
      (select datcollate from pg_database where datname = current_database())`)
    expect(only(told)).toEqual({
      current_user: 'duty', current_database: 'duty', datcollate: 'C', server_encoding: 'UTF8', listen_addresses: '',
      fsync: 'on', synchronous_commit: 'on', full_page_writes: 'on', data_checksums: 'on', autovacuum: 'on',
    })
    expect(statSync(server.connection.host).mode & 0o777).toBe(0o700)
  })

  it('when it is stopped and started again, then the rows are there and the old server was gone', async () => {
    const dir = directory()
    const first = await start(dir)
    await ask(first, `create table kept as select '小榄镇' as town`)
    await first.stop()
    expect(postmasters(dir)).toEqual([])
    expect(await ask(await start(dir), 'select * from kept')).toEqual([{ town: '小榄镇' }])
  })

  it('when PostgreSQL is killed under us again and again, then each time a new one answers; and once stopped, none comes back', async () => {
    const dir = directory()
    const server = await start(dir)
    await ask(server, 'create table kept as select 1 as n')
    for (let died = 1; died <= 3; died++) {
      process.kill(only(postmasters(dir)), 'SIGKILL')
      await until('its return', () => log.filter(event => event === 'postgres.back').length === died)
      expect(await answers(server, 'select * from kept')).toEqual([{ n: 1 }])
    }
    await server.stop()
    expect(postmasters(dir)).toEqual([])
  })

  it('when only a backend is killed, then PostgreSQL heals itself and is not started anew', async () => {
    const dir = directory()
    const server = await start(dir)
    const before = postmasters(dir)
    const client = new pg.Client(server.connection)
    client.on('error', () => log.push('cut'))
    await client.connect()
    const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid')
    process.kill(rows[0]!.pid, 'SIGKILL')
    await until('the cut', () => log.includes('cut'))
    expect(await answers(server, 'select 1 as n')).toEqual([{ n: 1 }])
    expect(postmasters(dir)).toEqual(before)
  })

  it('when its path is longer than a socket may have, then the socket lies in a short closed directory, which goes with it', async () => {
    const dir = join(directory(), '值班数据'.repeat(12))
    for (const round of ['first', 'again']) {
      const server = await start(dir)
      const { host } = server.connection
      expect(host.startsWith(tmpdir()), round).toBe(true)
      expect(statSync(host).mode & 0o777).toBe(0o700)
      expect(await ask(server, 'select 1 as n')).toEqual([{ n: 1 }])
      await server.stop()
      expect(existsSync(host)).toBe(false)
    }
  })

  it('when a quote, a comma and a blank stand in its path, then it starts all the same', async () => {
    expect(await ask(await start(join(directory(), `the "city's", own`)), 'select 1 as n')).toEqual([{ n: 1 }])
  })

  it('when other files lie where the data should, then nothing is touched and a sentence says so', async () => {
    const dir = directory()
    mkdirSync(join(dir, 'postgres'))
    writeFileSync(join(dir, 'postgres', 'roster.xls'), 'x')
    await expect(start(dir)).rejects.toThrow('不是 PostgreSQL 数据目录')
    expect(readdirSync(join(dir, 'postgres'))).toEqual(['roster.xls'])
  })

  it('when the data was written by a version this machine does not have, then a sentence names both', async () => {
    const dir = directory()
    mkdirSync(join(dir, 'postgres'))
    writeFileSync(join(dir, 'postgres', 'PG_VERSION'), '14\n')
    await expect(start(dir)).rejects.toThrow(/PostgreSQL 14 建立，而本机只有 PostgreSQL .*18/)
  })

  it.runIf(existsSync(DEBIAN_15))('when Debian’s 15 wrote the data, then 15 is used again although 18 is there', async () => {
    const dir = directory()
    await (await start(dir, DEBIAN_15)).stop()
    expect(await ask(await start(dir), `select current_setting('server_version_num')::int / 10000 as major`)).toEqual([{ major: 15 }])
  })

  it.runIf(namespaces)('when a user without a name starts it, as containers have them, then it starts, and dies with its owner', async () => {
    const dir = directory(54321)
    const first = another(dir, { uid: 54321 })
    await ask(await first.hears('ready'), 'create table kept as select 1 as n')
    first.process.kill('SIGKILL')
    await until('the end of PostgreSQL', () => postmasters(dir).length === 0)
    expect(await ask(await another(dir, { uid: 54321 }).hears('ready'), 'select * from kept')).toEqual([{ n: 1 }])
  })

  it.runIf(namespaces)('when only root can reach it, then it starts, and again after the way was opened and closed', async () => {
    const outer = directory()
    const dir = join(outer, 'data')
    for (const mode of [0o700, 0o755, 0o700]) {
      chmodSync(outer, mode)
      const server = await start(dir)
      expect(statSync(join(dir, 'postgres')).uid).toBe(mode === 0o755 ? 65534 : 0)
      await ask(server, 'create table if not exists kept (n int)')
      await server.stop()
    }
  })
})

describe.each(people)('given another process that owns it, as $who', { timeout: 120_000 }, ({ uid }) => {
  it('when that process is killed with -9 while it writes, then the next start has every committed row and there is one server', async () => {
    const dir = directory(uid)
    const first = another(dir, { uid })
    await first.hears('ready')
    first.process.stdin!.write('write\n')
    await until('300 rows', () => first.told.filter(t => t.event === 'committed').length >= 300)
    first.process.kill('SIGKILL')
    await first.ended
    const second = another(dir, { uid })
    const ready = await second.hears('ready')
    const last = Math.max(...first.told.map(t => t.n ?? 0))
    const [kept] = await ask(ready, 'select count(*)::int as rows, max(n) as last from kept')
    expect(kept!.rows).toBe(kept!.last)
    expect(kept!.last).toBeGreaterThanOrEqual(last)
    only(postmasters(dir))
  })

  it('when that process is killed with -9, then its PostgreSQL shuts down by itself', async () => {
    const dir = directory(uid)
    const first = another(dir, { uid })
    await first.hears('ready')
    first.process.kill('SIGKILL')
    await until('the end of PostgreSQL', () => postmasters(dir).length === 0)
    expect(existsSync(join(dir, 'postgres', 'postmaster.pid'))).toBe(false)
  })

  it('when that process was killed where the kernel tells no child, then the next start ends the one left over and has its rows', async () => {
    const dir = directory(uid)
    const tools = directory(uid)
    for (const tool of ['flock', 'sh', 'id']) symlinkSync(onPath(tool)!, join(tools, tool))
    const first = another(dir, { uid, path: tools })
    await ask(await first.hears('ready'), 'create table kept as select 1 as n')
    const left = only(postmasters(dir))
    first.process.kill('SIGKILL')
    await first.ended
    expect(postmasters(dir)).toEqual([left])
    const second = another(dir, { uid })
    expect(await ask(await second.hears('ready'), 'select * from kept')).toEqual([{ n: 1 }])
    expect(only(postmasters(dir))).not.toBe(left)
    expect(second.told.map(t => t.event)).toContain('postgres.leftover')
  })

  it('when both it and its PostgreSQL are killed with -9, then the next start recovers', async () => {
    const dir = directory(uid)
    const first = another(dir, { uid })
    await ask(await first.hears('ready'), 'create table kept as select 1 as n')
    const server = only(postmasters(dir))
    first.process.kill('SIGSTOP') // it must not start a new one in between
    process.kill(server, 'SIGKILL')
    first.process.kill('SIGKILL')
    await first.ended
    expect(await ask(await another(dir, { uid }).hears('ready'), 'select * from kept')).toEqual([{ n: 1 }])
  })

  it('when a second process wants it, then that is refused with a sentence naming the first, which goes on', async () => {
    const dir = directory(uid)
    const first = another(dir, { uid })
    const ready = await first.hears('ready')
    const second = another(dir, { uid })
    expect((await second.hears('refused')).message).toMatch(new RegExp(`正由另一个进程（进程号 ${first.process.pid}）使用`))
    expect(await second.ended).toBe(1)
    expect(await ask(ready, 'select 1 as n')).toEqual([{ n: 1 }])
  })

  it('when three start at once in a new directory, then one gets it and two are refused', async () => {
    const dir = directory(uid)
    const three = [another(dir, { uid }), another(dir, { uid }), another(dir, { uid })]
    const fates = await Promise.all(three.map(one => until('its fate', () => one.told.find(t => ['ready', 'refused'].includes(t.event))?.event)))
    expect(fates.toSorted()).toEqual(['ready', 'refused', 'refused'])
    only(postmasters(dir))
  })

  it('when it is killed with -9 in the middle of making the directory, then the next start makes it whole', async () => {
    const dir = directory(uid)
    const making = () => readdirSync(dir).filter(name => name.startsWith('postgres.making-'))
    const first = another(dir, { uid })
    await until('a half-made directory', () => making().some(name => running(`-D\0${join(dir, name)}\0`).length > 0))
    first.process.kill('SIGKILL')
    await first.ended
    expect(existsSync(join(dir, 'postgres'))).toBe(false)
    await another(dir, { uid }).hears('ready')
    expect(making()).toEqual([])
  })

  it('when SIGTERM reaches its whole process group, then PostgreSQL still answers while it drains, and is gone after', async () => {
    const dir = directory(uid)
    const first = another(dir, { uid })
    await first.hears('ready')
    process.kill(-first.process.pid!, 'SIGTERM')
    await first.hears('drained')
    expect(await first.ended).toBe(0)
    expect(postmasters(dir)).toEqual([])
  })

  it('when the number in an old postmaster.pid is now another program’s, then it starts and leaves that program alone', async () => {
    const dir = directory(uid)
    const first = another(dir, { uid })
    await first.hears('ready')
    const data = join(dir, 'postgres')
    const written = readFileSync(join(data, 'postmaster.pid'), 'utf8')
    const { uid: dataUid, gid } = statSync(data)
    first.process.kill('SIGTERM')
    await first.ended
    const stranger = spawn('sleep', ['300'], isRoot ? { uid: dataUid, gid } : {})
    writeFileSync(join(data, 'postmaster.pid'), written.replace(/^\d+/, String(stranger.pid)))
    await another(dir, { uid }).hears('ready')
    expect(stranger.exitCode ?? stranger.signalCode).toBeNull()
    stranger.kill()
  })

  it('when the package lies read-only without its symbolic links, then they are made beside the data', async () => {
    const { dir: bin } = await findPostgres({ major: null, only: undefined, linksDir: directory(), log: event => log.push(event) })
    const copy = directory()
    const native = join(copy, 'native')
    cpSync(dirname(bin), native, { recursive: true, filter: from => !lstatSync(from).isSymbolicLink() })
    chmodSync(copy, 0o755)
    // root may write even where the mode says no: for it the package is as npm unpacked it
    const closed = [native, join(native, 'lib')]
    for (const at of closed) chmodSync(at, 0o555)
    const dir = directory(uid)
    try {
      await another(dir, { uid, binaries: join(native, 'bin') }).hears('ready')
    } finally {
      for (const at of closed) chmodSync(at, 0o755)
    }
    expect(existsSync(join(dir, 'postgres.links'))).toBe(uid !== undefined || !isRoot)
  })
})
