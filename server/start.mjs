// npm start, with nothing but Node: installs what is missing, builds what is stale, then runs the server in this very process.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
if (major < 20 || (major === 20 && minor < 19)) end(`需要 Node.js 20.19 或更高版本，当前为 ${process.versions.node}`)

function end(sentence) {
  process.stderr.write(`${sentence}\n`)
  process.exit(1)
}

/** Runs a step with its words on stderr: stdout belongs to the one line that says the server listens. */
function step(what, command, args) {
  process.stderr.write(`${what} …\n`)
  const { status, error } = spawnSync(command, args, { cwd: root, stdio: ['ignore', 2, 2], shell: process.platform === 'win32' })
  if (error || status !== 0) end(`${what}未能完成：${command} ${args.join(' ')}${error ? `（${error.message}）` : ''}`)
}

/**
 * Installs the locked dependencies unless those of this very lock file are there. Not `npm ci`: it refuses a lock that lacks
 * builds for platforms which not every registry carries; `--no-save` keeps to the lock and leaves it as it is.
 */
export function install() {
  const wanted = createHash('sha256').update(readFileSync(join(root, 'package-lock.json'))).digest('hex')
  const stamp = join(root, 'node_modules', '.duty-installed')
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return
  step('正在安装依赖', 'npm', ['install', '--no-save', '--no-audit', '--no-fund', '--loglevel=error'])
  writeFileSync(stamp, wanted)
}

/** The newest change of any file below a folder, in milliseconds. */
function newest(folder) {
  return readdirSync(folder, { withFileTypes: true }).reduce((latest, entry) => {
    if (entry.name === 'dist' || entry.name === 'node_modules') return latest
    const path = join(folder, entry.name)
    return Math.max(latest, entry.isDirectory() ? newest(path) : statSync(path).mtimeMs)
  }, 0)
}

/** Builds the three faces unless what is built is newer than its sources. */
export function build() {
  const built = join(root, 'client', 'dist', 'index.html')
  const sources = Math.max(newest(join(root, 'client')), newest(join(root, 'shared')), statSync(join(root, 'package-lock.json')).mtimeMs)
  if (existsSync(built) && statSync(built).mtimeMs > sources) return
  step('正在构建界面', process.execPath, [join(root, 'node_modules', 'vite', 'bin', 'vite.js'), 'build', 'client', '--logLevel', 'warn'])
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  install()
  build()
  const { register } = await import('tsx/esm/api')
  register()
  await import('./main.ts')
}
