import { spawn, type ChildProcess } from 'node:child_process'
import { createRequire } from 'node:module'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { dyingWithUs } from '@duty/server/db/own-process.ts'

const main = fileURLToPath(new URL('../../server/main.ts', import.meta.url))
const tsx = createRequire(import.meta.url).resolve('tsx')
const STARTS_WITHIN_MS = 60_000
const LAST_WORDS = 40

interface Wanted {
  port: number
  dataDir: string
  databaseUrl?: string
  redisUrl?: string
}

/** How a process ended: with a code, or by a signal. */
export interface End {
  code: number | null
  signal: NodeJS.Signals | null
}

/** A real server process that can be killed and started again on the same place. */
export interface ServerProcess {
  url: string
  start(): Promise<void>
  kill(signal: NodeJS.Signals): void
  /** Resolves when the running process has ended. */
  ended(): Promise<End>
  isRunning(): boolean
  /** What it said last on stderr. */
  words(): string
}

/** Prepares a server process for one DATA_DIR (or DATABASE_URL) and port; it listens once `start` has resolved. */
export function serverProcess({ port, dataDir, databaseUrl = '', redisUrl = '' }: Wanted): ServerProcess {
  const env = {
    PATH: process.env.PATH,
    HOME: process.env.HOME,
    PORT: String(port),
    DATA_DIR: dataDir,
    DATABASE_URL: databaseUrl,
    REDIS_URL: redisUrl,
    SEED: 'demo',
    RATE_LIMIT: 'off',
  }
  const words: string[] = []
  let child: ChildProcess | null = null
  let end: Promise<End> = Promise.resolve({ code: null, signal: null })

  return {
    url: `http://127.0.0.1:${port}`,
    async start() {
      const [command, ...args] = [...dyingWithUs('KILL'), process.execPath, '--import', tsx, main]
      const own = (child = spawn(command, args, { env, stdio: ['ignore', 'pipe', 'pipe'] }))
      createInterface({ input: own.stderr }).on('line', line => {
        if (words.push(line) > LAST_WORDS) words.shift()
      })
      end = new Promise(resolve =>
        own.once('exit', (code, signal) => {
          if (child === own) child = null
          resolve({ code, signal })
        }),
      )
      await new Promise<void>((listening, failed) => {
        const late = setTimeout(() => failed(new Error(`the server did not listen within ${STARTS_WITHIN_MS} ms:\n${words.join('\n')}`)), STARTS_WITHIN_MS)
        createInterface({ input: own.stdout }).on('line', line => {
          if ((JSON.parse(line) as { event: string }).event !== 'listening') return
          clearTimeout(late)
          listening()
        })
        void end.then(({ code, signal }) => {
          clearTimeout(late)
          failed(new Error(`the server ended while starting (${signal ?? code}):\n${words.join('\n')}`))
        })
      })
    },
    kill: signal => void child?.kill(signal),
    ended: () => end,
    isRunning: () => child !== null,
    words: () => words.join('\n'),
  }
}
