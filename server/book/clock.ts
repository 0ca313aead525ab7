import { msOf, type Moment } from '@duty/shared/kernel/time.ts'
import type { Db } from '../db/db.ts'
import { StoreAway, type Command, type Done } from './execute.ts'

/** The clock as the asker of wakes. */
const CLOCK = { person: 'clock', name: '时钟', roles: [], units: [] } as const
const AT_ONCE = 200

interface ClockOptions {
  db: Db
  now(): Moment
  execute(command: Command): Promise<Done>
  log(event: string, detail?: object): void
}

/** Asks every thing whose moment has come, through the one door. Any node may: two asking is one asking. */
export function openClock({ db, now, execute, log }: ClockOptions) {
  let lastTick: number | null = null
  let ticking: Promise<number> | null = null

  async function tick(): Promise<number> {
    const due = await db.query<{ kind: string; id: string; version: number }>(
      `select kind, id, version from state where wake_at <= $1 and set_aside is null order by wake_at limit ${AT_ONCE}`,
      [now()],
      'clock-due',
    )
    await Promise.all(due.map(wake))
    lastTick = msOf(now())
    return due.length
  }

  async function wake({ kind, id, version }: { kind: string; id: string; version: number }): Promise<void> {
    try {
      await execute({ command: `${kind}.wake`, kind, id, body: {}, seen: version, key: `wake:${kind}:${id}:${version}`, by: CLOCK, wake: true })
    } catch (error) {
      if (error instanceof StoreAway) throw error
      await setAside(kind, id, version, error as Error)
    }
  }

  /** A thing whose wake fails is set aside and said aloud; the others go on. */
  async function setAside(kind: string, id: string, version: number, error: Error): Promise<void> {
    log('clock.set-aside', { kind, id, message: error.message })
    await db.query('update state set set_aside = $4 where kind = $1 and id = $2 and version = $3', [kind, id, version, error.message])
    await execute({
      command: 'alert.raise',
      kind: 'alert',
      id: crypto.randomUUID(),
      fresh: true,
      key: `set-aside:${kind}:${id}:${version}`,
      by: CLOCK,
      body: { to: ['officer', 'chief'], urgency: 'urgent', text: `系统未能按时处理一件事项（${kind} ${id}），已搁置，请人工核对并联系管理员` },
    })
  }

  return {
    /** One look at what is due; how many were. A tick under way is waited for instead. */
    tick: () => (ticking ??= tick().finally(() => (ticking = null))),
    /** When the last look ended, in milliseconds. */
    lastTick: () => lastTick,
  }
}
