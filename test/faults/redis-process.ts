import { spawn, type ChildProcess } from 'node:child_process'
import { createInterface } from 'node:readline'
import { dyingWithUs, onPath } from '@duty/server/db/own-process.ts'

/** A Redis of the test's own that can be killed, frozen and started again at the same address. */
export interface RedisProcess {
  url: string
  start(): Promise<void>
  kill(): Promise<void>
  freeze(): void
  thaw(): void
}

/** Prepares a redis-server on a port, keeping nothing on disk; it answers once `start` has resolved. */
export function redisProcess(port: number): RedisProcess {
  let child: ChildProcess | null = null
  return {
    url: `redis://127.0.0.1:${port}`,
    async start() {
      const program = onPath('redis-server')
      if (!program) throw new Error('redis-server is not installed')
      const [command, ...args] = [...dyingWithUs('KILL'), program, '--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no']
      const own = (child = spawn(command, args, { cwd: '/', stdio: ['ignore', 'pipe', 'inherit'] }))
      await new Promise<void>((ready, failed) => {
        createInterface({ input: own.stdout }).on('line', line => /ready to accept connections/i.test(line) && ready())
        own.once('exit', code => failed(new Error(`redis-server ended with ${code}`)))
      })
    },
    async kill() {
      const own = child
      if (!own) return
      child = null
      const gone = new Promise(resolve => own.once('exit', resolve))
      own.kill('SIGKILL')
      await gone
    },
    freeze: () => void child?.kill('SIGSTOP'),
    thaw: () => void child?.kill('SIGCONT'),
  }
}
