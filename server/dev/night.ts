import { randomUUID } from 'node:crypto'
import { join, resolve } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { Redis } from 'ioredis'
import { planOfTheNight, type Deed } from './night-plan.ts'

const DEMO_PASSWORD = 'duty-demo-1234'

/** `npm run night [http://127.0.0.1:8787] [--speed 60]`: a typhoon evening replayed at speed against a running server with the demo people. */
const url = process.argv.find(a => a.startsWith('http')) ?? `http://127.0.0.1:${process.env.PORT ?? 8787}`
const speed = Number(process.argv[process.argv.indexOf('--speed') + 1]) || 60
const say = (line: string) => void process.stdout.write(`${line}\n`)

const cookies = new Map<string, string>()

async function signIn(username: string): Promise<string> {
  const known = cookies.get(username)
  if (known) return known
  const res = await fetch(`${url}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: url },
    body: JSON.stringify({ username, password: DEMO_PASSWORD }),
  })
  if (!res.ok) throw new Error(`${username} 不能登录（${res.status}）：请以 SEED=demo 启动服务`)
  const cookie = res.headers.getSetCookie()[0]!.split(';')[0]!
  cookies.set(username, cookie)
  return cookie
}

async function ask(by: string, method: string, path: string, body?: object): Promise<any> {
  const cookie = await signIn(by)
  const headers: Record<string, string> = { cookie, origin: url, 'content-type': 'application/json', 'idempotency-key': randomUUID() }
  const res = await fetch(url + path, { method, headers, body: body && JSON.stringify(body) })
  const json = (await res.json()) as { detail?: string }
  if (!res.ok) throw new Error(`${by} ${path}: ${res.status} ${json.detail}`)
  return json
}

const go = (by: string, command: string, body: object) => ask(by, 'POST', `/api/do/${command}`, body)

/** Ends Redis as a crash would; the server starts its own again, an operator theirs. */
async function endRedis(): Promise<void> {
  const path = join(resolve(process.env.DATA_DIR ?? './data'), 'redis', 'redis.sock')
  const settings = { retryStrategy: () => null, maxRetriesPerRequest: 0, lazyConnect: true }
  const redis = process.env.REDIS_URL ? new Redis(process.env.REDIS_URL, settings) : new Redis({ path, ...settings })
  redis.on('error', () => redis.disconnect())
  try {
    await redis.connect()
  } catch (error) {
    return say(`  （没有可断开的 Redis：${(error as Error).message}）`)
  }
  await redis.call('SHUTDOWN', 'NOSAVE').catch(() => 'gone, as asked')
  redis.disconnect()
}

const incidents: string[] = []
const instructions: string[] = []

async function carryOut(deed: Deed): Promise<void> {
  switch (deed.does) {
    case 'redisOutage':
      return endRedis()
    case 'log':
      incidents[deed.n] = (await go(deed.by, 'incident.log', deed.body)).id
      return
    case 'acknowledge': {
      const { items } = await ask(deed.by, 'GET', `/api/alerts?status=open&incident=${incidents[deed.n]}`)
      for (const { id } of items) await go(deed.by, 'alert.acknowledge', { id })
      return
    }
    case 'followUp':
      return go(deed.by, 'incident.followUp', { id: incidents[deed.n], ...deed.body })
    case 'close':
      return go(deed.by, 'incident.close', { id: incidents[deed.n], summary: '险情解除，现场恢复正常' })
    case 'instruct':
      instructions[deed.k] = (await go(deed.by, 'instruction.issue', { ...deed.body, incident: incidents[deed.n] })).id
      return
    case 'relay':
      return go(deed.by, 'instruction.relay', { id: instructions[deed.k], unit: deed.unit, via: '电话', toldTo: '值班员' })
    case 'receipt':
      return go(deed.by, 'instruction.receipt', { id: instructions[deed.k], unit: deed.unit, person: '值班员' })
    case 'feedback':
      return go(deed.by, 'instruction.feedback', { id: instructions[deed.k], unit: deed.unit, text: '力量已到场，险情受控', done: true })
    case 'finish':
      return go(deed.by, 'instruction.close', { id: instructions[deed.k], summary: '已落实' })
  }
}

const clockAt = (minutes: number) => `${String(18 + Math.floor(minutes / 60)).padStart(2, '0')}:${String(Math.floor(minutes % 60)).padStart(2, '0')}`

const began = performance.now()
for (const deed of planOfTheNight()) {
  await pause(Math.max(0, (deed.at * 60_000) / speed - (performance.now() - began)))
  say(`${clockAt(deed.at)} ${deed.does}${'unit' in deed ? ` ${deed.unit}` : ''}`)
  await carryOut(deed)
}
const { ok, entries } = await ask('auditor', 'GET', '/api/audit/verify')
say(`天亮了：${incidents.length} 起事件，${instructions.length} 条指示，日志 ${entries} 条，校验${ok ? '通过' : '未通过'}`)
process.exitCode = ok ? 0 : 1
