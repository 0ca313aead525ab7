import type { Table } from './table.ts'

/** One step when nobody has acknowledged: whom else to ring, and whether those still silent are rung again. */
export interface Rung {
  /** Counted from when the alert was raised. */
  afterMinutes: number
  posts: string[]
  again: boolean
  /** What the room is told at this step. */
  say: string
}

/** How silence is answered at one level, rung by rung, and how often once the rungs are used up. */
export interface Ladder {
  level: 1 | 2 | 3 | 4
  urgency: 'flash' | 'urgent' | 'normal'
  rungs: Rung[]
  thenEveryMinutes: number
  verified: boolean
}

const grave = (level: 1 | 2): Ladder => ({
  level,
  urgency: 'flash',
  rungs: [
    { afterMinutes: 2, posts: [], again: true, say: '2分钟未签收，再次提醒' },
    { afterMinutes: 5, posts: ['officer', 'chief'], again: true, say: '5分钟未签收，请值班员电话联系' },
    { afterMinutes: 10, posts: ['secretary-general', 'lead'], again: true, say: '10分钟未签收，按带班顺序提醒下一位' },
  ],
  thenEveryMinutes: 10,
  verified: false,
})

export const LADDERS: Table<Ladder> = {
  table: 'ladders',
  version: 1,
  title: '未签收逐级提醒',
  source: '本系统默认，待用户单位确认',
  verified: false,
  items: [
    grave(1),
    grave(2),
    {
      level: 3,
      urgency: 'urgent',
      rungs: [
        { afterMinutes: 10, posts: [], again: true, say: '10分钟未签收，再次提醒' },
        { afterMinutes: 20, posts: ['officer', 'chief'], again: true, say: '20分钟未签收，请值班员电话联系' },
      ],
      thenEveryMinutes: 30,
      verified: false,
    },
    {
      level: 4,
      urgency: 'normal',
      rungs: [{ afterMinutes: 60, posts: [], again: true, say: '60分钟未签收，再次提醒' }],
      thenEveryMinutes: 240,
      verified: false,
    },
  ],
}

/** The ladder of a level. */
export function ladderFor(level: Ladder['level']): Ladder {
  const ladder = LADDERS.items.find(l => l.level === level)
  if (!ladder) throw new Error(`no ladder for level ${level}`)
  return ladder
}
