import { describe, expect, it } from 'vitest'
import { readTime, sayTime } from '@duty/client/desk/time-entry.ts'

const at = (local: string) => new Date(`${local}+08:00`).toISOString()
const evening = Date.parse('2026-11-23T22:45:00+08:00')
const afterMidnight = Date.parse('2026-11-24T00:10:00+08:00')

describe('given an officer who types when it happened', () => {
  it.each([
    ['2230', '2026-11-23T22:30'],
    ['930', '2026-11-23T09:30'],
    ['22:30', '2026-11-23T22:30'],
    ['２２：３０', '2026-11-23T22:30'],
    ['22点30分许', '2026-11-23T22:30'],
    ['10点半', '2026-11-23T10:30'],
    ['8时', '2026-11-23T08:00'],
    ['-15', '2026-11-23T22:30'],
    ['昨2230', '2026-11-22T22:30'],
    ['昨晚2230', '2026-11-22T22:30'],
    ['前天0800', '2026-11-21T08:00'],
    ['9-23 22:30', '2026-09-23T22:30'],
    ['9.23 2230', '2026-09-23T22:30'],
    ['12月1日8时', '2025-12-01T08:00'],
    ['2022年1月10日13时40分', '2022-01-10T13:40'],
  ])('when %s is typed in the evening, then %s is meant', (typed, local) => expect(readTime(typed, evening)).toBe(at(local)))

  it('when it is typed after midnight, then the evening before is meant', () => expect(readTime('2230', afterMidnight)).toBe(at('2026-11-23T22:30')))

  it('when it lies ahead, then the next such moment is meant', () => {
    expect(readTime('1000', evening, true)).toBe(at('2026-11-24T10:00'))
    expect(readTime('2330', evening, true)).toBe(at('2026-11-23T23:30'))
    expect(readTime('+30', evening, true)).toBe(at('2026-11-23T23:15'))
    expect(readTime('明1000', evening, true)).toBe(at('2026-11-24T10:00'))
  })

  it.each(['', 'abc', '2599', '1260', '昨', '2-30 10:00', '13-1 10:00', '+30', '12345'])('when %s is typed, then it is not guessed at', typed =>
    expect(readTime(typed, evening)).toBeNull(),
  )
})

describe('given a moment that is said aloud', () => {
  it.each([
    ['2026-11-23T22:30', '22时30分'],
    ['2026-11-22T08:05', '昨天8时5分'],
    ['2026-11-24T10:00', '明天10时0分'],
    ['2026-09-23T22:30', '9月23日22时30分'],
    ['2022-01-10T13:40', '2022年1月10日13时40分'],
  ])('when it is %s, then it is %s', (local, words) => expect(sayTime(at(local), evening)).toBe(words))
})
