import { describe, expect, test } from 'vitest'
import { playRounds } from './rounds.ts'
import { FAULTS } from './strikes.ts'

const ROUNDS = 3
const seed = Date.now() % 1_000_000

describe(`Fifty writers, and what they were answered stands in the book (seed ${seed})`, { timeout: 180_000 }, () => {
  test.each(FAULTS.map(fault => [fault.says, fault] as const))('%s', async (_says, fault) => {
    const row = await playRounds(fault, ROUNDS, seed, () => {})
    expect(row.broken).toEqual([])
    expect(row).toMatchObject({ rounds: ROUNDS, lost: 0, doubled: 0 })
  })
})
