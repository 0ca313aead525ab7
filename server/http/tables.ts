import { EVENT_TYPES } from '@duty/shared/reference/event-types.ts'
import { INSTRUCTION_LIMITS } from '@duty/shared/reference/instruction-limits.ts'
import { LADDERS } from '@duty/shared/reference/ladders.ts'
import { LEVEL_WORDS } from '@duty/shared/reference/level-words.ts'
import { SOURCE_CHANNELS } from '@duty/shared/reference/source-channels.ts'
import type { Table } from '@duty/shared/reference/table.ts'
import { TIME_LIMITS } from '@duty/shared/reference/time-limits.ts'
import { TOWNS } from '@duty/shared/reference/towns.ts'
import { GROUPS } from '@duty/shared/reference/units.ts'

/** The reference tables as published; units and posts come from the book, since an admin may change them. */
export const TABLES: Record<string, Table<unknown>> = Object.fromEntries(
  [TOWNS, EVENT_TYPES, GROUPS, LEVEL_WORDS, SOURCE_CHANNELS, TIME_LIMITS, LADDERS, INSTRUCTION_LIMITS].map(t => [t.table, t]),
)
