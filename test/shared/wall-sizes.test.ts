import { describe, expect, test } from 'vitest'
import { brief } from '@duty/client/wall/brief.ts'
import { cutTo, endOf, fit, widthOf } from '@duty/client/wall/sizes.ts'

const FULL_HD = { width: 1920, height: 1080, diagonalInches: 55, distanceMetres: 5 }

describe('Letters as large as the arc they fill', () => {
  test.each([
    [55, 1920, 3, 37],
    [55, 1920, 5, 61],
    [55, 1920, 8, 98],
    [65, 1920, 5, 52],
    [75, 1920, 5, 45],
    [86, 1920, 5, 39],
    [98, 1920, 8, 55],
    [110, 1920, 5, 31],
    [165, 1920, 8, 33],
    [55, 3840, 5, 123],
  ])('%s inches, %s pixels across, read from %s m: 汉字 of %s px', (diagonalInches, width, distanceMetres, px) => {
    const { t2 } = fit({ width, height: (width * 9) / 16, diagonalInches, distanceMetres })
    expect(Math.abs(t2 - px)).toBeLessThanOrEqual(1)
  })

  test('from the door eight metres away, and walking up to three', () => {
    const { t1, t3 } = fit(FULL_HD)
    expect(t1).toBeGreaterThanOrEqual(98)
    expect(t3).toBeGreaterThanOrEqual(37)
  })

  test('eight rows, the towns and the panes on one panel; fewer rows and no towns where they cannot be read', () => {
    expect(fit(FULL_HD)).toMatchObject({ rows: 8, matrix: true, paneLines: 4, tall: false })
    expect(fit({ ...FULL_HD, distanceMetres: 8 })).toMatchObject({ matrix: false, rows: 6 })
    expect(fit({ ...FULL_HD, diagonalInches: 110 })).toMatchObject({ rows: 8, matrix: true, tall: true })
  })
})

describe('Words in the room they have', () => {
  test('a cut never goes through a character, and says that it is one', () => {
    expect(cutTo('升平路12号电子厂房火灾', 6)).toBe('升平路12…')
    expect(endOf('升平路12号电子厂房火灾', 5)).toBe('…厂房火灾')
    expect(cutTo('厂房火灾', 4)).toBe('厂房火灾')
    expect(widthOf(cutTo('亡12伤34失联5', 4))).toBeLessThanOrEqual(4)
  })

  test.each([
    [247_000, '04:07'],
    [3 * 3_600_000 + 7 * 60_000, '3时07'],
    [17 * 3_600_000 + 7 * 60_000, '17时'],
    [50 * 3_600_000, '2天'],
  ])('%s ms is %s', (ms, words) => expect(brief(ms)).toBe(words))
})
