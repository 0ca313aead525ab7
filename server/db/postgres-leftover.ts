import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { promisify } from 'node:util'
import type { Log } from './own-process.ts'

/** After how long which signal: each is safe, since what was committed is on the disk. */
const ENDINGS = new Map<number, NodeJS.Signals>([[0, 'SIGINT'], [10_000, 'SIGQUIT'], [15_000, 'SIGKILL']])
const LOOK_MS = 20

const run = promisify(execFile)

/**
 * Ends a PostgreSQL that still lives in a directory that is now ours: its master was killed, so it is on its way out, or would be if the machine
 * could tell it. It is waited for and never adopted: it would not die with us, and may be about to refuse everyone.
 */
export async function endLeftover(data: string, log: Log): Promise<void> {
  const file = join(data, 'postmaster.pid')
  if (!existsSync(file)) return
  const pid = Number.parseInt(await readFile(file, 'utf8').catch(() => ''), 10) // it may have gone between the look and the reading
  if (!(pid > 0)) return
  for (let waitedMs = 0; await isServing(pid, data); waitedMs += LOOK_MS) {
    const ending = ENDINGS.get(waitedMs)
    if (ending) {
      log('postgres.leftover', { pid, ending })
      signal(pid, ending)
    }
    await delay(LOOK_MS)
  }
  // its number may by now be another program's, which PostgreSQL would take for a living server and refuse to start
  if (signal(pid, 0)) await rm(file, { force: true })
}

async function isServing(pid: number, data: string): Promise<boolean> {
  if (!signal(pid, 0)) return false
  const command = existsSync('/proc/self/cmdline')
    ? await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')
    : await run('ps', ['-o', 'command=', '-ww', '-p', String(pid)]).then(({ stdout }) => stdout, () => '')
  return command.includes(data)
}

function signal(pid: number, name: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(pid, name)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM' // alive, and another's
  }
}
