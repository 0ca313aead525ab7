import { parseArgs } from 'node:util'
import { playRounds, type Row } from './rounds.ts'
import { FAULTS } from './strikes.ts'

// npm run faults -- --rounds 30 [--only postgres] [--seed 7]: breaks real parts under fifty writers and proves that nothing answered was lost.

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '3' }, seed: { type: 'string' }, only: { type: 'string' } } })
const rounds = Number(values.rounds)
const seed = values.seed === undefined ? Date.now() % 1_000_000 : Number(values.seed)
const chosen = FAULTS.filter(f => values.only === undefined || f.name === values.only)
const say = (line: string) => void process.stdout.write(`${line}\n`)

function table(rows: readonly Row[]): string {
  const lines = rows.map(r => [r.fault.says, r.rounds, r.answered, r.askedAgain, r.lost, r.doubled, r.slowestRecoveryMs, r.slowestLineMs ?? '–', r.broken.length ? 'no' : 'yes'])
  const heads = ['fault', 'rounds', 'answered', 'asked again', 'lost', 'doubled', 'slowest recovery ms', 'slowest line ms', 'kept']
  return [heads, heads.map(() => '---'), ...lines].map(cells => `| ${cells.join(' | ')} |`).join('\n')
}

if (!Number.isInteger(rounds) || rounds < 1 || !Number.isInteger(seed) || chosen.length === 0) {
  say(`usage: npm run faults -- [--rounds 3] [--seed 1] [--only ${FAULTS.map(f => f.name).join('|')}]`)
  process.exit(2)
}

say(`seed ${seed}`)
const rows: Row[] = []
for (const fault of chosen) rows.push(await playRounds(fault, rounds, seed, say))
say('')
say(table(rows))
const broken = rows.flatMap(r => r.broken)
for (const line of broken.slice(0, 50)) say(line)
process.exit(broken.length ? 1 : 0)
