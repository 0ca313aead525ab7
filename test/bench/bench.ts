import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ownPostgres } from '@duty/server/db/own-postgres.ts'
import { openRoom } from '@duty/server/room.ts'
import type { Written } from '@duty/server/book/rules.ts'
import { signIn } from '../harness/client.ts'
import { door } from './door.ts'
import { fanOut } from './fan-out.ts'
import type { Row } from './figures.ts'
import { wall } from './wall.ts'

/** `npm run bench [fan-out] [door] [wall]`: ratios measured side by side in one run, on a durable PostgreSQL of our own. */
const asked = new Set(process.argv.slice(2))
const wants = (part: string) => asked.size === 0 || asked.has(part)

const dataDir = await mkdtemp(join(tmpdir(), 'duty-bench-'))
const quiet = () => {}
const postgres = await ownPostgres({ dataDir, log: quiet })
const room = await openRoom({
  store: { ...postgres.connection },
  redis: null,
  host: '127.0.0.1',
  port: 0,
  secretKey: 'a secret for the bench only',
  demo: true,
  trustProxy: 0,
  rateLimited: false,
  log: quiet,
  say: quiet,
  nowMs: Date.now,
  runs: true,
})

try {
  const desk = await signIn(room.url, 'officer1')
  const cookie = desk.headers.cookie!
  let sample: Written | undefined
  room.fanout.onLines(written => (sample ??= written.find(w => w.after.kind === 'incident')))
  const { id } = await desk.do('incident.log', {
    source: { channel: 'phone', unit: '小榄镇', person: '值班员', phone: '0760-22110000' },
    typeCode: '12G00',
    township: '442000118',
    address: '升平路12号',
    narrative: '出租屋起火，消防已到场，正在核实人数',
    level: 2,
  })
  const rows: Row[] = []
  if (wants('wall')) rows.push(...(await wall(room.url, desk, id)))
  if (wants('door')) rows.push(...(await door(room, cookie, { ...postgres.connection })))
  if (wants('fan-out')) for (const readers of [1_000, 5_000]) rows.push(await fanOut(room, cookie, sample!, readers))
  process.stdout.write('| what | ours | against | ratio | aim |\n|---|---|---|---|---|\n')
  for (const { what, ours, against, ratio, aim } of rows) process.stdout.write(`| ${what} | ${ours} | ${against} | ${ratio} | ${aim} |\n`)
} finally {
  await room.close()
  await postgres.stop()
  await rm(dataDir, { recursive: true, force: true })
}
