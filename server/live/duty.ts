import { connectRedis, type RedisPlace } from './redis.ts'

/** What a wall says it has painted. */
export interface Painted {
  seq: number
  at: string
}

/** The live shift state: who sits in which post, who is at the desk, what the walls have painted. Presence and walls may be unknown; they are never guessed. */
export interface Duty {
  setPosts(posts: Readonly<Record<string, readonly string[]>>): Promise<void>
  posts(): Promise<Record<string, string[]> | 'unknown'>
  present(person: string): Promise<void>
  whoIsPresent(): Promise<Set<string> | 'unknown'>
  painted(screen: string, painted: Painted): Promise<void>
  screens(): Promise<Record<string, Painted> | 'unknown'>
  end(): Promise<void>
}

/** Somebody not heard of for so long is not at the desk. */
export const PRESENT_FOR_MS = 60_000

interface DutyOptions {
  place: RedisPlace
  book: string
  nowMs(): number
  /** Who sits where by the book, to rebuild what Redis has lost. */
  postsByBook(): Readonly<Record<string, readonly string[]>>
  log(event: string, detail?: object): void
}

/** In one process: the same state in memory, unknown until everybody had time to be heard. */
function inProcess({ nowMs }: DutyOptions): Duty {
  const heard = new Map<string, number>()
  const walls: Record<string, Painted> = {}
  const since = nowMs()
  let sitting: Record<string, string[]> | 'unknown' = 'unknown'
  return {
    setPosts: async posts => void (sitting = Object.fromEntries(Object.entries(posts).map(([p, who]) => [p, [...who]]))),
    posts: async () => sitting,
    present: async person => void heard.set(person, nowMs()),
    async whoIsPresent() {
      const present = new Set([...heard].flatMap(([person, at]) => (nowMs() - at < PRESENT_FOR_MS ? [person] : [])))
      return present.size === 0 && nowMs() - since < PRESENT_FOR_MS ? 'unknown' : present
    },
    painted: async (screen, painted) => void (walls[screen] = painted),
    screens: async () => walls,
    end: async () => {},
  }
}

/** Opens the live shift state, in Redis where there is one. */
export function openDuty(options: DutyOptions): Duty {
  const { place, book, nowMs, postsByBook, log } = options
  if (!place) return inProcess(options)
  const redis = connectRedis(place, { enableOfflineQueue: false, maxRetriesPerRequest: 0 }, () => {})
  const key = (name: string) => `duty:${book}:${name}`
  const setPosts: Duty['setPosts'] = posts => quietly(async () => void (await redis.set(key('posts'), JSON.stringify(posts)))).then(() => undefined)

  /** Redis away is a state, not a fault: the caller is told unknown. */
  async function quietly<T>(deed: () => Promise<T>): Promise<T | 'unknown'> {
    if (redis.status !== 'ready') return 'unknown'
    try {
      return await deed()
    } catch (error) {
      log('duty.unknown', { message: (error as Error).message })
      return 'unknown'
    }
  }

  redis.on('ready', () => {
    void quietly(async () => {
      await redis.set(key('posts'), JSON.stringify(postsByBook()))
      await redis.set(key('since'), nowMs(), 'NX')
    })
  })

  return {
    setPosts,
    posts: () => quietly(async () => JSON.parse((await redis.get(key('posts'))) ?? JSON.stringify(postsByBook())) as Record<string, string[]>),
    present: person => quietly(async () => void (await redis.zadd(key('present'), nowMs(), person))).then(() => undefined),
    whoIsPresent: () =>
      quietly(async () => {
        const present = new Set(await redis.zrange(key('present'), nowMs() - PRESENT_FOR_MS, '+inf', 'BYSCORE'))
        const since = Number(await redis.get(key('since')))
        return present.size === 0 && nowMs() - since < PRESENT_FOR_MS ? ('unknown' as const) : present
      }),
    painted: (screen, painted) => quietly(async () => void (await redis.hset(key('screens'), screen, JSON.stringify(painted)))).then(() => undefined),
    screens: () =>
      quietly(async () => Object.fromEntries(Object.entries(await redis.hgetall(key('screens'))).map(([id, text]) => [id, JSON.parse(text) as Painted]))),
    end: async () => redis.disconnect(),
  }
}
