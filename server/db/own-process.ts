import { spawnSync, type ChildProcess } from 'node:child_process'
import { createHash } from 'node:crypto'
import { accessSync, constants } from 'node:fs'
import { chmod, chown, lstat, mkdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as delay } from 'node:timers/promises'

/** Where what happens to our own servers is told: an event's name and what belongs to it. */
export type Log = (event: string, detail?: object) => void

/** A server program of our own that is kept alive until it is told to stop. */
export interface Kept {
  stop(): Promise<void>
}

interface Program {
  name: string
  /** clears the way and spawns it, with stdout and stderr as pipes; asked again for every life */
  launch(): Promise<ChildProcess>
  /** first the signal that lets it finish, then the one for when it does not */
  endWith: [NodeJS.Signals, NodeJS.Signals]
  log: Log
}

const LAST_WORDS = 12
const FIRST_TRIES = 6
const LIVED_WELL_MS = 5_000
const LONGEST_PAUSE_MS = 2_000
const PATIENCE_MS = 6_000 // the whole room must have stopped within ten seconds

/** The path of a program on this machine, if it is there. */
export function onPath(program: string): string | undefined {
  const places = [...(process.env.PATH ?? '').split(delimiter), '/usr/local/bin', '/usr/bin', '/usr/sbin', '/usr/local/sbin']
  return places.filter(Boolean).map(place => join(place, program)).find(path => {
    try {
      accessSync(path, constants.X_OK)
      return true
    } catch {
      return false
    }
  })
}

/** The words before a command that make the kernel signal it when our process dies, even by kill -9; none where a machine has no such thing. */
export function dyingWithUs(signal: 'INT' | 'TERM' | 'KILL'): string[] {
  const prefix = ['setpriv', '--pdeathsig', signal, '--']
  return process.platform === 'linux' && spawnSync('setpriv', [...prefix.slice(1), 'true']).status === 0 ? prefix : []
}

/** The directory for a socket: the wanted one, or a short one among the temporary files where the kernel would find the path too long. */
export function shortEnough(wanted: string, socket: string): string {
  const fits = (dir: string) => Buffer.byteLength(join(dir, socket)) <= 103 // macOS allows 103 bytes, Linux 107
  if (fits(wanted)) return wanted
  const name = `duty-${createHash('sha256').update(wanted).digest('hex').slice(0, 16)}`
  return [tmpdir(), '/tmp'].map((tmp) => join(tmp, name)).find(fits) ?? join('/tmp', name)
}

/** Makes sure a directory exists that nobody but this user may enter. */
export async function closedDirectory(dir: string, uid = process.getuid?.() ?? 0, gid = process.getgid?.() ?? 0): Promise<void> {
  await mkdir(dir, { mode: 0o700 }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error
  })
  const found = await lstat(dir)
  // in a shared temporary directory a stranger may have been here first, and would hold the door
  if (!found.isDirectory() || ![uid, process.getuid?.()].includes(found.uid)) {
    throw new Error(`目录 ${dir} 不归本系统所有，请删除后重试 (${dir} belongs to someone else)`)
  }
  if (found.uid !== uid) await chown(dir, uid, gid)
  if ((found.mode & 0o777) !== 0o700) await chmod(dir, 0o700)
}

/** Starts a server program, and again whenever it ends unasked; answers once it is ready for the first time, or throws with its last words. */
export async function keepRunning({ name, launch, endWith, log }: Program): Promise<Kept> {
  const stopping = new AbortController()
  let child: ChildProcess | undefined
  let failures = 0

  async function live(ready: () => void): Promise<string> {
    const own = (child = await launch())
    const words: string[] = []
    for (const stream of [own.stdout, own.stderr]) {
      if (stream) createInterface({ input: stream }).on('line', line => {
        if (/ready to accept connections/i.test(line)) ready()
        if (/\b(WARNING|FATAL|PANIC):/.test(line)) log(`${name}.warned`, { line })
        if (words.push(line) > LAST_WORDS) words.shift()
      })
    }
    const closed = new Promise<void>(resolve => own.once('close', () => resolve()))
    const how = new Promise<string>(resolve => {
      own.once('error', error => resolve(error.message))
      own.once('exit', (code, signal) => resolve(signal ?? `exit ${code}`))
    })
    if (stopping.signal.aborted) own.kill(endWith[0])
    const end = await how
    // its orphans still hold the pipe, and a new postgres refuses to stand beside them
    await Promise.race([closed, delay(500)])
    return [end, ...words].join('\n')
  }

  async function keep(firstReady: () => void): Promise<void> {
    let everReady = false
    while (!stopping.signal.aborted) {
      let since = Infinity
      const end = await live(() => {
        since = performance.now()
        if (everReady) log(`${name}.back`)
        everReady = true
        firstReady()
      }).catch((error: Error) => {
        if (!everReady) throw error
        return error.message
      })
      if (stopping.signal.aborted) return
      failures = performance.now() - since > LIVED_WELL_MS ? 1 : failures + 1
      if (!everReady && failures === FIRST_TRIES) throw new Error(`${name} 启动失败 (${name} does not start): ${end}`)
      const pauseMs = failures === 1 ? 0 : Math.min(100 * 2 ** (failures - 2), LONGEST_PAUSE_MS)
      log(`${name}.died`, { end, againInMs: pauseMs })
      await delay(pauseMs, undefined, { signal: stopping.signal }).catch(() => log(`${name}.stopping`))
    }
  }

  let kept = Promise.resolve()
  await new Promise<void>((resolve, reject) => {
    kept = keep(resolve).catch(reject)
  })
  return {
    async stop() {
      stopping.abort()
      child?.kill(endWith[0])
      const hard = setTimeout(() => child?.kill(endWith[1]), PATIENCE_MS)
      await kept
      clearTimeout(hard)
    },
  }
}
