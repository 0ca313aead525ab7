import { randomBytes } from 'node:crypto'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { z } from 'zod'

const Env = z.object({
  PORT: z.coerce.number().int().min(0).max(65_535).default(8787),
  HOST: z.string().default('127.0.0.1'),
  DATA_DIR: z.string().default('./data'),
  DATABASE_URL: z.string().optional(),
  REDIS_URL: z.string().optional(),
  SECRET_KEY: z.string().min(16).optional(),
  SEED: z.enum(['none', 'demo']).default('none'),
  TRUST_PROXY: z.coerce.number().int().min(0).max(10).default(0),
  RATE_LIMIT: z.enum(['on', 'off']).default('on'),
  TZ_NAME: z.literal('Asia/Shanghai').default('Asia/Shanghai'),
  NODE_ENV: z.string().optional(),
})

/** How this process was asked to run. */
export interface Config {
  port: number
  host: string
  dataDir: string
  databaseUrl?: string
  redisUrl?: string
  secretKey: string
  seed: 'none' | 'demo'
  trustProxy: number
  rateLimit: boolean
}

const LOOPBACK = new Set(['127.0.0.1', '::1', 'localhost'])

/** Reads the environment once; nothing else does. A wrong setting is said in one sentence. */
export async function readConfig(env: NodeJS.ProcessEnv): Promise<Config> {
  const set = Object.fromEntries(Object.entries(env).filter(([, v]) => v !== ''))
  const parsed = Env.safeParse(set)
  if (!parsed.success) throw new Error(`环境变量有误：${parsed.error.issues.map(i => `${i.path.join('.')} ${i.message}`).join('；')}`)
  const e = parsed.data
  if (e.SEED === 'demo' && e.NODE_ENV === 'production') throw new Error('生产环境（NODE_ENV=production）不允许 SEED=demo：演示账号的密码是公开的')
  const dataDir = resolve(e.DATA_DIR)
  return {
    port: e.PORT,
    host: e.HOST,
    dataDir,
    databaseUrl: e.DATABASE_URL,
    redisUrl: e.REDIS_URL,
    secretKey: e.SECRET_KEY ?? (await keptSecret(dataDir)),
    seed: e.SEED,
    trustProxy: e.TRUST_PROXY,
    rateLimit: e.RATE_LIMIT === 'on' || !LOOPBACK.has(e.HOST),
  }
}

/** The secret made at the first start and kept beside the data. */
async function keptSecret(dataDir: string): Promise<string> {
  const file = join(dataDir, 'secret-key')
  await mkdir(dataDir, { recursive: true })
  await writeFile(file, randomBytes(32).toString('base64url'), { mode: 0o600, flag: 'wx' }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error
  })
  return (await readFile(file, 'utf8')).trim()
}
