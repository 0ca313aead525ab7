import { execFile } from 'node:child_process'
import { lchown, readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { dyingWithUs } from './own-process.ts'

/** As whom a program runs: whose files it sees as its own, how it is spawned, and the words in front of its command. */
export interface Account {
  uid: number
  gid: number
  spawn: { uid?: number; gid?: number }
  prefix: string[]
}

const NOBODY = 65534

const run = promisify(execFile)

/**
 * PostgreSQL refuses to run as root, and to make its data for a user without a name. As root we give it the user its data belongs to (nobody, for
 * a new one), as anyone else it is ourselves; where that cannot be, as under /root or for the bare numbers that containers run as, it gets a user
 * namespace in which we are nobody.
 */
export async function postgresAccount(postgres: string, env: Record<string, string>, dirs: string[], data: string): Promise<Account> {
  const ours = { uid: process.getuid?.() ?? 0, gid: process.getgid?.() ?? 0 }
  const owner = await stat(data).catch(() => undefined)
  const other = owner && owner.uid !== 0 ? { uid: owner.uid, gid: owner.gid } : { uid: NOBODY, gid: NOBODY }
  const prefix = dyingWithUs('INT')
  const ladder: Account[] = [
    ours.uid === 0 ? { ...other, spawn: other, prefix } : { ...ours, spawn: {}, prefix },
    { ...ours, spawn: {}, prefix: ['unshare', '-U', '--', ...prefix] },
  ]
  const look = `"$0" --version${owner ? '' : ' && id -un'} && for dir; do cd "$dir" || exit 1; done`
  const reasons: string[] = []
  for (const account of ladder) {
    const [program, ...rest] = [...account.prefix, 'sh', '-c', look, postgres, ...dirs]
    try {
      await run(program!, rest, { ...account.spawn, env: { ...process.env, ...env }, cwd: '/' })
      return account
    } catch (error) {
      reasons.push((error as Error).message.trim())
    }
  }
  const why = ours.uid === 0 ? `不能以 root 身份运行，而普通用户又进不了 ${dirs.join('、')}` : `不能以当前用户（uid ${ours.uid}）运行`
  throw new Error(`PostgreSQL ${why}：请换一个普通用户启动，或把程序和 DATA_DIR 放到人人可进的目录，或用 DATABASE_URL 指定数据库 ` +
    `(PostgreSQL cannot run as this user: ${reasons.join(' · ')})`)
}

/** Gives a directory and all in it to a user; the directory itself last, so that one cut short is done again. */
export async function giveTo(path: string, { uid, gid }: { uid: number; gid: number }): Promise<void> {
  for (const entry of await readdir(path, { withFileTypes: true })) {
    const inside = join(path, entry.name)
    if (entry.isDirectory()) await giveTo(inside, { uid, gid })
    else await lchown(inside, uid, gid)
  }
  await lchown(path, uid, gid)
}
