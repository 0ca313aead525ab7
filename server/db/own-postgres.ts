import { execFile, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, open, readdir, readFile, realpath, rename, rm, stat } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { promisify } from 'node:util'
import pg from 'pg'
import { takeOwnership } from './one-owner.ts'
import { closedDirectory, keepRunning, shortEnough, type Log } from './own-process.ts'
import { giveTo, postgresAccount, type Account } from './postgres-account.ts'
import { findPostgres, type Binaries } from './postgres-binaries.ts'
import { endLeftover } from './postgres-leftover.ts'

/** Our own PostgreSQL: how to connect to it, and how to end it. */
export interface OwnPostgres {
  connection: { host: string; port: number; user: string; database: string }
  stop(): Promise<void>
}

interface Options {
  dataDir: string
  log: Log
  /** for tests: trades safety against a power cut for speed */
  fast?: boolean
  /** for tests: the programs to use instead of looking for them */
  binaries?: string
}

const PORT = 5432 // only the name of the socket: nothing listens on the network
const SOCKET = `.s.PGSQL.${PORT}`
const USER = 'duty'

const run = promisify(execFile)

/** Starts the PostgreSQL that lives in DATA_DIR/postgres, making it on the first day, and keeps it running until it is stopped. */
export async function ownPostgres({ dataDir, log, fast = false, binaries: only }: Options): Promise<OwnPostgres> {
  await mkdir(dataDir, { recursive: true })
  const home = await realpath(resolve(dataDir))
  const ownership = takeOwnership(join(home, 'postgres.lock'))
  if ('heldBy' in ownership) {
    throw new Error(`数据目录 ${home} 正由另一个进程（进程号 ${ownership.heldBy}）使用，同一目录只能启动一个值班室 ` +
      `(DATA_DIR is in use by process ${ownership.heldBy})`)
  }
  try {
    const server = await start(home, fast, only, log)
    let stopped: Promise<void> | undefined
    return { ...server, stop: () => (stopped ??= server.stop().finally(ownership.letGo)) }
  } catch (error) {
    ownership.letGo()
    throw error
  }
}

async function start(home: string, fast: boolean, only: string | undefined, log: Log): Promise<OwnPostgres> {
  const data = join(home, 'postgres')
  const sockets = shortEnough(data, `${SOCKET}.lock`)
  const binaries = await findPostgres({ major: await writtenBy(data), only, linksDir: join(home, 'postgres.links'), log })
  const account = await postgresAccount(join(binaries.dir, 'postgres'), binaries.env, [home, dirname(sockets)], data)
  if (!existsSync(join(data, 'PG_VERSION'))) await create(data, binaries, account, fast)
  if ((await stat(data)).uid !== account.uid) {
    await endLeftover(data, log)
    await giveTo(data, account)
  }
  if (sockets !== data) await closedDirectory(sockets, account.uid, account.gid)

  const settings = {
    listen_addresses: '',
    unix_socket_directories: `"${sockets.replaceAll('"', '""')}"`,
    max_connections: 60,
    shared_buffers: '128MB',
    autovacuum: 'on',
    jit: 'off', // our queries are short: compiling one costs more than running it
    fsync: fast ? 'off' : 'on',
    synchronous_commit: 'on',
    full_page_writes: fast ? 'off' : 'on',
    lc_messages: 'C',
    log_checkpoints: 'off',
    log_line_prefix: '',
    // what stands in a row (names, numbers) must not reach the log
    log_error_verbosity: 'terse',
    log_min_error_statement: 'panic',
  }
  const [program, ...rest] = [...account.prefix, join(binaries.dir, 'postgres'), '-D', data, '-p', String(PORT)]
  const args = [...rest, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])]
  const kept = await keepRunning({
    name: 'postgres',
    log,
    endWith: ['SIGINT', 'SIGQUIT'],
    launch: async () => {
      await endLeftover(data, log)
      await rm(join(sockets, `${SOCKET}.lock`), { force: true })
      // a session of its own: Ctrl-C or a SIGTERM to our group must not reach it before we have drained
      return spawn(program, args, { ...account.spawn, cwd: '/', env: environment(binaries), detached: true, stdio: ['ignore', 'pipe', 'pipe'] })
    },
  })

  const connection = { host: sockets, port: PORT, user: USER, database: USER }
  const stop = async () => {
    await kept.stop()
    if (sockets !== data) await rm(sockets, { recursive: true, force: true })
  }
  await createDatabase(connection, log).catch(async (error: Error) => {
    await stop()
    throw error
  })
  log('postgres.started', { version: binaries.version, dir: data })
  return { connection, stop }
}

async function writtenBy(data: string): Promise<number | null> {
  if (existsSync(join(data, 'PG_VERSION'))) return Number.parseInt(await readFile(join(data, 'PG_VERSION'), 'utf8'), 10)
  if (existsSync(data) && (await readdir(data)).length > 0) throw new Error(`${data} 里有别的文件，不是 PostgreSQL 数据目录 (not empty, and no PostgreSQL data)`)
  return null
}

/** Made beside its place and moved there whole: one that was killed while being made leaves nothing that the next start could trip over. */
async function create(data: string, binaries: Binaries, account: Account, fast: boolean): Promise<void> {
  const home = dirname(data)
  for (const name of await readdir(home)) {
    if (name.startsWith('postgres.making-')) await rm(join(home, name), { recursive: true, force: true })
  }
  const making = await mkdtemp(join(home, 'postgres.making-'))
  if (account.uid !== process.getuid?.()) await giveTo(making, account)
  const [program, ...rest] = [...account.prefix, join(binaries.dir, 'initdb'), '-D', making, '-U', USER, '-E', 'UTF8', '--locale=C']
  // "trust" is safe: the only way in is a socket in a directory that no user but PostgreSQL's own (and root) may enter; no network is listened on
  const args = [...rest, '--data-checksums', '--auth-local=trust', '--auth-host=reject', ...(fast ? ['--no-sync'] : [])]
  try {
    await run(program, args, { ...account.spawn, cwd: '/', env: environment(binaries) })
  } catch (error) {
    await rm(making, { recursive: true, force: true })
    throw new Error(`PostgreSQL 数据目录创建失败 (initdb failed): ${(error as Error).message}`, { cause: error })
  }
  await rename(making, data)
  const parent = await open(home)
  await parent.sync()
  await parent.close()
}

/** Nothing of ours but what finds programs: our secrets stay with us. */
const environment = (binaries: Binaries) => ({ PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC', ...binaries.env })

async function createDatabase({ database, ...server }: OwnPostgres['connection'], log: Log): Promise<void> {
  const client = new pg.Client({ ...server, database: 'postgres' })
  client.on('error', error => log('postgres.connection-lost', { message: error.message }))
  await client.connect()
  try {
    const { rowCount } = await client.query('select from pg_database where datname = $1', [database])
    if (rowCount === 0) await client.query(`create database ${database}`)
  } finally {
    await client.end()
  }
}
