import { describe, expect, it } from 'vitest'
import { readQuickCode } from '@duty/client/desk/quick-code.ts'

const FIRE = '12G00'
const TRAFFIC = '12H00'
const XIAOLAN = '442000118'
const NANLANG = '442000008'

describe('given an officer who types the quick line', () => {
  const whole = { typeCode: FIRE, township: XIAOLAN, address: '升平路12号', narrative: '', level: 2, figures: { dead: '0', injured: '2', trapped: '1' } }

  it('when the flash report is typed, then every word has its field', () =>
    expect(readQuickCode('hz xl 升平路12号 d0 s2 k1 2')).toMatchObject(whole))

  it('when the words come in another order, then it says the same', () => expect(readQuickCode('2 k1 xl 升平路12号 s2 hz d0')).toMatchObject(whole))

  it('when capitals, full width or wide spaces are typed, then it says the same', () =>
    expect(readQuickCode('ＨＺ　XL　升平路12号 D0 ｓ２ k1 ２')).toMatchObject(whole))

  it('when each chip is read, then it tells what was understood, in the order typed', () =>
    expect(readQuickCode('hz xl 升平路12号 d0 2').chips.map(c => `${c.field} ${c.reads}`)).toEqual(['类型 火灾事故', '镇街 小榄镇', '地点 升平路12号', '亡 0人', '等级 Ⅱ 重大']))

  it('when the place is outside the city or not known, then the line says so', () => {
    expect(readQuickCode('hz 市外 d1')).toMatchObject({ typeCode: FIRE, township: null, address: '' })
    expect(readQuickCode('hz 不详 d1')).toMatchObject({ typeCode: FIRE, township: 'unknown', address: '' })
  })

  it('when a figure is not said, then it is absent and not 0', () => expect(readQuickCode('hz xl s2').figures).toEqual({ injured: '2' }))

  it('when all five figures are said by letter or by word, then each is heard', () => {
    const all = { dead: '1', missing: '2', trapped: '3', seriouslyInjured: '4', injured: '5' }
    expect(readQuickCode('d1 l2 k3 z4 s5').figures).toEqual(all)
    expect(readQuickCode('亡1 失联2 被困3 重伤4 伤5').figures).toEqual(all)
  })

  it.each([
    ['ch ch', TRAFFIC, NANLANG],
    ['ch nl', TRAFFIC, NANLANG],
    ['xl hz', FIRE, XIAOLAN],
    ['小榄 火灾', FIRE, XIAOLAN],
    ['火灾 小榄镇', FIRE, XIAOLAN],
    ['12g 442000118', FIRE, XIAOLAN],
    ['jtsg ch', TRAFFIC, NANLANG],
  ])('when %s may be read two ways, then type and town are both found', (line, typeCode, township) => expect(readQuickCode(line)).toMatchObject({ typeCode, township }))

  it.each([
    ['hz xl 大信新都汇', '大信新都汇', ''],
    ['hz xl KTV 3楼 有人跳楼', 'KTV 3楼', '有人跳楼'],
    ['hz xl 厂房二楼冒烟 两人被困', '', '厂房二楼冒烟 两人被困'],
    ['hz xl 浓烟很大 火炬路8号', '火炬路8号', '浓烟很大'],
    ['hz xl 人民医院 门诊楼起火', '人民医院', '门诊楼起火'],
  ])('when %s holds words nobody knows, then they stay: where, and what', (line, address, narrative) => expect(readQuickCode(line)).toMatchObject({ address, narrative }))

  it('when a telephone and a time are said, then they are heard', () =>
    expect(readQuickCode('hz xl 13800000000 -15 敏感')).toMatchObject({ phone: '13800000000', occurred: '-15', sensitive: true }))

  it.each([
    ['hz xl 升平路12号 李某 13800000000', '李某', '升平路12号'],
    ['hz xl 陈小明 0760-88312345', '陈小明', ''],
    ['hz xl 王女士 升平路', '王女士', '升平路'],
    ['hz xl 高坠 13800000000', undefined, ''],
    ['hz xl 江滨路 13800000000', undefined, '江滨路'],
  ])('when %s names who calls, then the caller is heard', (line, person, address) => {
    const read = readQuickCode(line)
    expect([read.person, read.address]).toEqual([person, address])
  })

  it('when anything at all is typed, then no word of it is lost', () => {
    const line = 'hz xl xl 9 2 3 d1 d2 升平路 12345 -5 昨2230 <b> \u202e乱序 😀 a'
    expect(readQuickCode(line).chips.map(c => c.token)).toEqual(line.split(' '))
  })

  it('when nothing is typed, then nothing is said', () => expect(readQuickCode('  ')).toEqual({ figures: {}, address: '', narrative: '', chips: [] }))
})
