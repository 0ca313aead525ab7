import { spawn, type ChildProcess } from 'node:child_process'
import { chmodSync, chownSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

interface Told {
  event: string
  n?: number
  message?: string
  path?: string | null
  connection?: { host: string; port: number; user: string; database: string }
}

/** Another process that owns a server, and all it has told so far. */
export interface Owner {
  process: ChildProcess
  told: Told[]
  hears(event: string): Promise<Told>
  ended: Promise<number | null>
}

export const isRoot = process.getuid?.() === 0

interface Means {
  uid?: number
  binaries?: string
  /** where it finds programs */
  path?: string
}

/** As whom an owner can run here: as root only by root, as a plain user always. */
export const people: { who: string; uid: number | undefined }[] = isRoot
  ? [{ who: 'root', uid: undefined }, { who: 'a plain user', uid: 65534 }]
  : [{ who: 'a plain user', uid: undefined }]

/** Waits until something is so, looking again and again; gives up after half a minute. */
export async function until<T>(what: string, look: () => T | Promise<T>): Promise<NonNullable<T>> {
  for (const deadline = performance.now() + 30_000; ;) {
    const seen = await look()
    if (seen) return seen
    if (performance.now() > deadline) throw new Error(`never came: ${what}`)
    await new Promise(resolve => setTimeout(resolve, 10))
  }
}

/** A new directory that belongs to this user and that all may enter. */
export function newDirectory(uid?: number): string {
  const dir = mkdtempSync(join(tmpdir(), 'duty-law-'))
  chmodSync(dir, 0o755)
  if (uid !== undefined) chownSync(dir, uid, uid)
  return dir
}

/** The processes of this machine whose command line has these words in it (a NUL stands between two arguments). */
export const running = (words: string) => readdirSync('/proc').filter(pid => {
  try {
    return /^\d+$/.test(pid) && readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(words)
  } catch {
    return false // it ended while we looked
  }
}).map(Number)

/** Begins another process that owns a server in this directory. */
export function owner(what: 'postgres' | 'redis', dataDir: string, { uid, binaries, path }: Means = {}): Owner {
  const script = fileURLToPath(new URL('owner.ts', import.meta.url))
  const tsx = createRequire(import.meta.url).resolve('tsx')
  const child = spawn(process.execPath, ['--import', tsx, script, what, dataDir, ...(binaries ? [binaries] : [])], {
    detached: true,
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, ...(path && { PATH: path }) },
    ...(uid !== undefined && { uid, gid: uid }),
  })
  const told: Told[] = []
  createInterface({ input: child.stdout }).on('line', line => told.push(JSON.parse(line) as Told))
  const ended = new Promise<number | null>(resolve => child.once('exit', resolve))
  const hears = (event: string) => until(`"${event}" from the owner`, () => {
    const heard = told.find(t => t.event === event)
    const silent = child.exitCode !== null && child.stdout.readableEnded
    if (!heard && silent) throw new Error(`the owner ended without "${event}": ${JSON.stringify(told)}`)
    return heard
  })
  return { process: child, told, ended, hears }
}

/** Ends what a test has begun, and takes its directories away. */
export async function cleared(owners: Owner[], dirs: string[]): Promise<void> {
  for (const { process: child, ended } of owners.splice(0)) {
    child.kill('SIGKILL')
    await ended
  }
  for (const dir of dirs.splice(0)) {
    for (const pid of running(dir)) process.kill(pid, 'SIGINT')
    await until(`the end of all in ${dir}`, () => running(dir).length === 0)
    rmSync(dir, { recursive: true, force: true })
  }
}
