import { randomBytes } from 'node:crypto'
import { accountId } from '@duty/shared/account/account.ts'
import type { Actor } from '@duty/shared/kernel/kind.ts'
import { postId } from '@duty/shared/post/post.ts'
import { POSTS } from '@duty/shared/reference/posts.ts'
import { UNITS } from '@duty/shared/reference/units.ts'
import { ROSTER_ID } from '@duty/shared/shift/roster.ts'
import { unitId } from '@duty/shared/unit/unit.ts'
import type { Command, Done } from './book/execute.ts'
import type { Query } from './db/db.ts'
import { hashPassword } from './identity/passwords.ts'
import { keepPassword } from './http/asides.ts'

/** The room setting itself up. */
const ITSELF: Actor = { person: 'room', name: '值班室系统', roles: ['admin'], units: [] }

const DEMO_PASSWORD = 'duty-demo-1234'

interface DemoPerson {
  username: string
  name: string
  title?: string
  roles: Actor['roles']
  units?: string[]
  posts?: string[]
}

const DEMO: DemoPerson[] = [
  { username: 'officer1', name: '陈志远', title: '值班员', roles: ['officer'] },
  { username: 'officer2', name: '林晓敏', title: '值班员', roles: ['officer'] },
  { username: 'officer3', name: '黄伟杰', title: '值班员', roles: ['officer'] },
  { username: 'chief', name: '梁国栋', title: '值班长', roles: ['chief'] },
  { username: 'lead', name: '何建平', title: '副秘书长', roles: ['lead'] },
  { username: 'mayor', name: '周明', title: '市长', roles: ['leader'], posts: ['mayor'] },
  { username: 'vicemayor', name: '吴岚', title: '副市长', roles: ['leader'], posts: ['vicemayor'] },
  { username: 'dept-emergency', name: '应急局联络员', roles: ['liaison'], units: ['emergency'] },
  { username: 'dept-fire', name: '消防支队联络员', roles: ['liaison'], units: ['fire'] },
  { username: 'dept-health', name: '卫健局联络员', roles: ['liaison'], units: ['health'] },
  { username: 'town-xiaolan', name: '小榄镇联络员', roles: ['liaison'], units: ['442000118'] },
  { username: 'auditor', name: '审计员', roles: ['auditor'] },
]

const HOUR_MS = 3_600_000
const SHIFT_HOURS = 12
const DEMO_SHIFTS = 14

interface SeedOptions {
  execute(command: Command): Promise<Done>
  query: Query
  demo: boolean
  nowMs: number
  say(line: string): void
}

/** First start: the reference posts and units, `admin`; with `demo` the demo people and a shift on duty. Asking again changes nothing. */
export async function seed({ execute, query, demo, nowMs, say }: SeedOptions): Promise<void> {
  const ask = (command: string, id: string, key: string, body: Record<string, unknown>, aside?: Command['aside']) =>
    execute({ command, kind: command.split('.')[0]!, id, key: `seed:${key}`, by: ITSELF, body, aside })
  const exists = async (id: string) => (await query('select 1 from state where id = $1', [id])).length > 0

  for (const { slug, name, perShift, order } of POSTS.items)
    if (!(await exists(postId(slug)))) await ask('post.add', postId(slug), `post:${slug}`, { slug, name, perShift, order })
  for (const { slug, name, short, township, verified } of UNITS.items)
    if (!(await exists(unitId(slug)))) await ask('unit.add', unitId(slug), `unit:${slug}`, { slug, name, short, township, verified })

  async function person({ username, name, title, roles, units = [], posts = [] }: DemoPerson, password: string): Promise<void> {
    const hashed = await hashPassword(password)
    const aside: Command['aside'] = q => keepPassword(q, username, hashed, new Date(nowMs).toISOString())
    await ask('account.add', accountId(username), `account:${username}`, { username, name, title, roles, units, posts }, aside)
  }

  if (!(await exists(accountId('admin')))) {
    const password = demo ? DEMO_PASSWORD : randomBytes(12).toString('base64url')
    await person({ username: 'admin', name: '系统管理员', roles: ['admin'] }, password)
    if (!demo) say(`首次启动：管理员账号 admin，初始密码 ${password}（只显示这一次，请登录后立即修改）`)
  }
  if (!demo) return
  for (const p of DEMO) if (!(await exists(accountId(p.username)))) await person(p, DEMO_PASSWORD)
  await seedRoster()

  /** A shift on duty now and a fortnight's worth after it, unless the roster already covers tomorrow. */
  async function seedRoster(): Promise<void> {
    const tomorrow = new Date(nowMs + 24 * HOUR_MS).toISOString()
    const covered = await query("select 1 from state where kind = 'shift' and at > $1 limit 1", [tomorrow])
    if (covered.length) return
    const start = Math.floor(nowMs / HOUR_MS) * HOUR_MS
    const at = (n: number) => new Date(start + n * SHIFT_HOURS * HOUR_MS).toISOString()
    const shifts = Array.from({ length: DEMO_SHIFTS }, (_, n) => ({
      startsAt: at(n),
      endsAt: at(n + 1),
      posts: { officer: n % 2 === 0 ? ['officer1', 'officer2'] : ['officer3'], chief: ['chief'], lead: ['lead'] },
    }))
    await ask('roster.set', ROSTER_ID, `roster:set:${at(0)}`, { shifts })
    await ask('roster.publish', ROSTER_ID, `roster:publish:${at(0)}`, { from: at(0), to: at(DEMO_SHIFTS) })
  }
}
