// npm test, with nothing but Node: does all of its own set-up, then every test on real parts. The last line counts them.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build, install } from '../server/start.mjs'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const out = join(root, 'test', '.out')
const failures = []

const isOnPath = program => (process.env.PATH ?? '').split(':').some(folder => existsSync(join(folder, program)))

/** The system's parts that the tests stand on, and Debian's packages that bring them. */
const PARTS = [
  { what: 'Redis', packages: ['redis-server'], isThere: () => isOnPath('redis-server') },
  { what: 'Chromium', packages: ['chromium'], isThere: () => isOnPath('chromium') },
  { what: 'Chinese fonts', packages: ['fonts-noto-cjk'], isThere: () => existsSync('/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc') },
  { what: 'PostgreSQL 15', packages: ['postgresql-15'], isThere: () => existsSync('/usr/lib/postgresql/15/bin/postgres') },
]

function run(command, args, env = {}) {
  const { status } = spawnSync(command, args, { cwd: root, stdio: 'inherit', env: { ...process.env, ...env } })
  return status === 0
}

/** Brings the system packages that are missing, as root on Debian; otherwise says in one sentence what is. */
function setUpSystem() {
  const missing = PARTS.filter(p => !p.isThere())
  if (missing.length === 0) return
  const packages = missing.flatMap(p => p.packages)
  const mayInstall = process.getuid?.() === 0 && isOnPath('apt-get')
  const env = { DEBIAN_FRONTEND: 'noninteractive' }
  const installed = mayInstall && run('apt-get', ['update', '-qq'], env) && run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], env)
  if (installed && missing.every(p => p.isThere())) return
  process.stderr.write(`The tests need ${missing.map(p => p.what).join(', ')}: install ${packages.join(' ')} and run npm test again.\n`)
  process.exit(1)
}

let passed = 0
let failed = 0

/** One run of the test runner; its counts are read from its own report. */
function suite(name, folders, { env = {}, workers = 2 } = {}) {
  const report = join(out, `${name}.json`)
  process.stdout.write(`\n== ${name}\n`)
  const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs')
  const args = [vitest, 'run', '-c', 'test/vitest.config.ts', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`, `--maxWorkers=${workers}`, ...folders.map(f => `${f}/`)]
  const isGreen = run(process.execPath, args, env)
  const counts = existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')) : { numPassedTests: 0, numFailedTests: 0 }
  passed += counts.numPassedTests
  failed += counts.numFailedTests
  if (!isGreen) failures.push(name)
  if (!isGreen && counts.numFailedTests === 0) failed++
}

install()
setUpSystem()
build()
rmSync(out, { recursive: true, force: true })
mkdirSync(out, { recursive: true })

if (!run('npm', ['run', 'check', '--silent'])) {
  failures.push('check')
  failed++
}
suite('PostgreSQL of our own', ['shared', 'laws', 'flows'])
suite('PostgreSQL 15', ['laws', 'flows'], { env: { TEST_POSTGRES_BIN: '/usr/lib/postgresql/15/bin' } })
// A browser, a load and a clock share two cores badly: one file at a time.
suite('screens', ['screens'], { workers: 1 })
suite('faults', ['faults'], { workers: 1 })

if (failures.length) process.stdout.write(`\nnot green: ${failures.join(', ')}\n`)
process.stdout.write(`\n${passed} passed, ${failed} failed\n`)
process.exit(failed === 0 && passed > 0 ? 0 : 1)
