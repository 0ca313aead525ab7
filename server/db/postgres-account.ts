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
 * PostgreSQL refuses to run as root. As root we give it the user its data belongs to (nobody, for a new one); where that user cannot reach the
 * files, as under /root, a user namespace in which we are nobody; as anyone else it is simply ourselves.
 */
export async function postgresAccount(postgres: string, env: Record<string, string>, dirs: string[], dataDir: string): Promise<Account> {
  const ours = { uid: process.getuid?.() ?? 0, gid: process.getgid?.() ?? 0 }
  const prefix = dyingWithUs('INT')
  if (ours.uid !== 0) return { ...ours, spawn: {}, prefix }

  const owner = await stat(dataDir).catch(() => undefined)
  const other = owner && owner.uid !== 0 ? { uid: owner.uid, gid: owner.gid } : { uid: NOBODY, gid: NOBODY }
  const ladder: Account[] = [
    { ...other, spawn: other, prefix },
    { ...ours, spawn: {}, prefix: ['unshare', '-U', '--', ...prefix] },
  ]
  const reasons: string[] = []
  for (const account of ladder) {
    const [program, ...rest] = [...account.prefix, 'sh', '-c', '"$0" --version && for dir; do cd "$dir" || exit 1; done', postgres, ...dirs]
    try {
      await run(program!, rest, { ...account.spawn, env: { ...process.env, ...env }, cwd: '/' })
      return account
    } catch (error) {
      reasons.push((error as Error).message.trim())
    }
  }
  throw new Error(`PostgreSQL 不能以 root 身份运行，而普通用户又进不了 ${dirs.join('、')}：请换一个普通用户启动，或把程序和 DATA_DIR 放到人人可进的目录 ` +
    `(PostgreSQL will not run as root, and no other user can reach these directories: ${reasons.join(' · ')})`)
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
