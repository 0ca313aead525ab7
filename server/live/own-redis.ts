import { spawn } from 'node:child_process'
import { mkdir, realpath, rm } from 'node:fs/promises'
import { connect } from 'node:net'
import { join, resolve } from 'node:path'
import { takeOwnership } from '../db/one-owner.ts'
import { closedDirectory, dyingWithUs, keepRunning, onPath, shortEnough, type Log } from '../db/own-process.ts'

/** Our own Redis: the socket it listens on, and how to end it. */
export interface OwnRedis {
  path: string
  stop(): Promise<void>
}

const SOCKET = 'redis.sock'
const LEFTOVER_PATIENCE_MS = 2_000

/**
 * Starts the machine's redis-server for this room alone, in memory only, and keeps it running; null where there is none, or where another process
 * of this DATA_DIR has it.
 */
export async function ownRedis({ dataDir, log }: { dataDir: string; log: Log }): Promise<OwnRedis | null> {
  const program = onPath('redis-server')
  if (!program) return null
  await mkdir(dataDir, { recursive: true })
  const home = await realpath(resolve(dataDir))
  const ownership = takeOwnership(join(home, 'redis.lock'))
  if ('heldBy' in ownership) {
    log('redis.elsewhere', { heldBy: ownership.heldBy })
    return null
  }
  try {
    const dir = shortEnough(join(home, 'redis'), SOCKET)
    await closedDirectory(dir)
    const path = join(dir, SOCKET)
    const settings = ['--port', '0', '--unixsocket', path, '--unixsocketperm', '700', '--save', '', '--appendonly', 'no', '--dir', dir]
    const [command, ...args] = [...dyingWithUs('TERM'), program, ...settings]
    const kept = await keepRunning({
      name: 'redis',
      log,
      endWith: ['SIGTERM', 'SIGKILL'],
      launch: async () => {
        await endLeftover(path)
        return spawn(command!, args, { cwd: '/', env: { PATH: process.env.PATH, LC_ALL: 'C' }, detached: true, stdio: ['ignore', 'pipe', 'pipe'] })
      },
    })
    const end = async () => {
      await kept.stop()
      await rm(dir, { recursive: true, force: true })
    }
    let stopped: Promise<void> | undefined
    log('redis.started', { path })
    return { path, stop: () => (stopped ??= end().finally(ownership.letGo)) }
  } catch (error) {
    ownership.letGo()
    throw error
  }
}

/** We own the directory: a Redis that still answers there has lost its master where the machine could not tell it, and is asked to go. */
async function endLeftover(path: string): Promise<void> {
  await new Promise<void>(gone => {
    const socket = connect(path, () => socket.write('SHUTDOWN NOSAVE\r\n'))
    socket.setTimeout(LEFTOVER_PATIENCE_MS, () => socket.destroy())
    socket.on('error', () => socket.destroy()) // nobody there: that is what we want
    socket.on('close', () => gone())
  })
  await rm(path, { force: true })
}
