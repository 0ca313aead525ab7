import { describe, expect, it } from 'vitest'
import { EVENT_TYPE_WORDS } from '@duty/shared/reference/event-type-words.ts'
import { eventTypeName, isEventType } from '@duty/shared/reference/event-types.ts'
import { findEventType, findTown, findUnit } from '@duty/shared/reference/find.ts'
import { TOWNS } from '@duty/shared/reference/towns.ts'

const towns = (query: string) => findTown(query).map(t => t.short)
const types = (query: string) => findEventType(query).map(t => t.code)
const units = (query: string) => findUnit(query).map(u => u.slug)

const LETTERS = Array.from('abcdefghijklmnopqrstuvwxyz')
const upToThreeLetters = LETTERS.flatMap(a => [a, ...LETTERS.flatMap(b => [a + b, ...LETTERS.map(c => a + b + c)])])

describe('given an officer at the desk who picks a town', () => {
  it('when at most three letters are typed, then each of the 23 can be the only one left', () => {
    const alone = new Set(upToThreeLetters.map(towns).flatMap(found => (found.length === 1 ? found : [])))
    expect([...alone].toSorted()).toEqual(TOWNS.items.map(t => t.short).toSorted())
  })

  it.each(TOWNS.items.map(t => [t.short, t.initials]))('when %s is typed by its initials %s, then it is first or shares them', (short, initials) => {
    const sharing = TOWNS.items.filter(t => t.initials === initials).map(t => t.short)
    expect(towns(initials).slice(0, sharing.length)).toEqual(sharing)
    expect(sharing).toContain(short)
  })

  it('when sx is typed, then both 沙溪 and 三乡 are offered, and one more letter decides', () => {
    expect(towns('sx')).toEqual(['沙溪', '三乡'])
    expect(towns('sha')).toEqual(['沙溪'])
    expect(towns('sax')).toEqual(['三乡'])
  })

  it.each([
    ['hj', '中山港'],
    ['zjb', '中山港'],
    ['ch', '南朗'],
    ['ds', '小榄'],
    ['dc', '大涌'],
    ['dy', '大涌'],
    ['gz', '古镇'],
    ['xlz', '小榄'],
    ['xiaol', '小榄'],
    ['xlan', '小榄'],
    ['小榄', '小榄'],
    ['小榄镇', '小榄'],
    ['榄', '小榄'],
    ['火炬开发区', '中山港'],
    ['翠亨', '南朗'],
    ['东升', '小榄'],
    ['古镇镇', '古镇'],
    ['442000118', '小榄'],
  ])('when %s is typed, then %s is the one', (query, short) => expect(towns(query)).toEqual([short]))

  it("when the keyboard adds capitals, full width or an IME's marks, then the letters are still heard", () => {
    expect(towns('XL')).toEqual(['小榄'])
    expect(towns('ｘｌ')).toEqual(['小榄'])
    expect(towns("xiao'lan ")).toEqual(['小榄'])
  })

  it('when one letter fits both own names and a borrowed one, then own names come first', () =>
    expect(towns('d')).toEqual(['东区', '东凤', '大涌', '小榄']))

  it('when nothing or nonsense is typed, then nothing is offered', () => {
    expect(towns('  ')).toEqual([])
    expect(towns('qqq')).toEqual([])
  })
})

describe('given an officer who picks what happened', () => {
  it('when everyday words are listed, then each names a type there is, once, syllable by syllable', () => {
    const words = EVENT_TYPE_WORDS.items
    expect(words.filter(w => !isEventType(w.code))).toEqual([])
    expect(new Set(words.map(w => w.word)).size).toBe(words.length)
    expect(words.filter(w => w.pinyin.split(' ').length !== Array.from(w.word).length)).toEqual([])
  })

  it.each(EVENT_TYPE_WORDS.items.map(w => [w.word, w.code]))('when %s is said, then %s comes first', (word, code) => expect(types(word)[0]).toBe(code))

  it.each([
    ['hz', '12G00'],
    ['jt', '12H00'],
    ['cg', '12H00'],
    ['ch', '12H00'],
    ['nl', '11A02'],
    ['sj', '11A02'],
    ['tf', '11B01'],
    ['by', '11B03'],
    ['zd', '13C00'],
    ['tt', '12P13'],
    ['bz', '12F00'],
    ['td', '12U00'],
    ['ns', '12Y00'],
    ['qtx', '14A00'],
    ['jj', '14A00'],
    ['huoz', '12G00'],
    ['huozai', '12G00'],
    ['jtsg', '12H00'],
    ['12g', '12G00'],
    ['12H05', '12H05'],
  ])('when %s is typed, then %s comes first', (query, code) => expect(types(query)[0]).toBe(code))

  it('when a word runs through several types, then the plain one stands before the particular ones', () => {
    expect(types('火灾').slice(0, 2)).toEqual(['12G00', '11G00'])
    expect(types('火灾').every(code => eventTypeName(code).includes('火'))).toBe(true)
  })
})

describe('given an officer who picks a unit', () => {
  it.each([
    ['yj', 'emergency'],
    ['消防', 'fire'],
    ['wj', 'health'],
    ['三防', 'flood-control'],
    ['110', 'command-110'],
    ['fire', 'fire'],
    ['xl', '442000118'],
    ['ds', '442000118'],
    ['小榄镇人民政府', '442000118'],
  ])('when %s is typed, then %s comes first', (query, slug) => expect(units(query)[0]).toBe(slug))

  it('when a zone is meant, then its committee comes first and its town next', () => {
    expect(units('hj')).toEqual(['torch', '442000003'])
    expect(units('火炬')).toEqual(['torch', '442000003'])
    expect(units('ch').slice(0, 2)).toEqual(['cuiheng', '442000008'])
  })
})
