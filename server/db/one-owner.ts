import { spawnSync } from 'node:child_process'
import { closeSync, constants, ftruncateSync, openSync, readFileSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'

/** What we hold while a directory is ours; letting go frees it for the next. */
export interface Ownership {
  letGo(): void
}

const O_EXLOCK = 0x20 // macOS: open and lock in one; Node does not name it

/**
 * Takes a directory for this process by locking a file in it, or says which process has it. The lock is the kernel's (flock) and hangs on our
 * open file: it ends with our process however that dies, is there from the first moment of a start, and cannot be mistaken for that of a
 * process which has inherited an old number.
 */
export function takeOwnership(file: string): Ownership | { heldBy: string } {
  const locksOnOpen = process.platform === 'darwin'
  let fd: number
  try {
    fd = openSync(file, constants.O_RDWR | constants.O_CREAT | (locksOnOpen ? O_EXLOCK | constants.O_NONBLOCK : 0), 0o600)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'EAGAIN') return { heldBy: holder(file) }
    if (code === 'EACCES') throw new Error(`当前用户无权使用 ${dirname(file)}（它属于另一个用户）(this user may not write there)`, { cause: error })
    throw error
  }
  if (!locksOnOpen) {
    // flock(1) locks the open file it was handed, which stays ours after it has gone; our other children never get it (close on exec)
    const { status, error } = spawnSync('flock', ['-n', '3'], { stdio: ['ignore', 'ignore', 'ignore', fd] })
    if (status !== 0) closeSync(fd)
    if (status === 1) return { heldBy: holder(file) }
    if (status !== 0) throw new Error(`无法锁定 ${file}：需要 flock 程序（util-linux）(cannot lock it: ${error?.message ?? `flock ended with ${status}`})`)
  }
  ftruncateSync(fd)
  writeSync(fd, `${process.pid}\n`, 0)
  return { letGo: () => closeSync(fd) }
}

const holder = (file: string) => readFileSync(file, 'utf8').trim() || '?'
