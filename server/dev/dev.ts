import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../../', import.meta.url))

/** For working on it: the server starts anew at each change, the faces are built anew, the demo people are there. */
const parts = [
  ['tsx', 'watch', '--clear-screen=false', 'server/main.ts'],
  ['vite', 'build', 'client', '--watch', '--logLevel', 'warn'],
].map(([command = '', ...args]) => spawn('npx', [command, ...args], { cwd: root, stdio: 'inherit', env: { SEED: 'demo', ...process.env } }))

for (const part of parts)
  part.on('exit', code => {
    for (const other of parts) if (other !== part) other.kill('SIGTERM')
    process.exitCode = code ?? 1
  })
