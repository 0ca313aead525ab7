import { describe, expect, test } from 'vitest'
import { incident } from '@duty/shared/incident/kind.ts'
import { citizensIn, maskName, maskNumber, maskWords, masked } from '@duty/shared/kernel/mask.ts'

const personal = incident.personal!

describe('Given a citizen who calls', () => {
  test.each([
    ['李建国', '李*'],
    ['欧阳志远', '欧*'],
    [' 李建国 ', '李*'],
    ['李*', '李*'],
    ['𠮷田', '𠮷*'],
  ])('the name %s is shown as %s', (name, shown) => expect(maskName(name)).toBe(shown))

  test.each([
    ['13800000000', '138****0000'],
    ['138 0000 0000', '138****0000'],
    ['１３８００００００００', '138****0000'],
    ['138****0000', '138****0000'],
    ['13800000000****', '138****0000'],
    ['110', '11****'],
  ])('the number %s is shown as %s', (number, shown) => expect(maskNumber(number)).toBe(shown))

  const NUMBERS = ['13812340000', '138 1234 0000', '138-1234-0000', '138 - 1234 - 0000', '１３８１２３４００００', '138.1234.0000', '138—1234—0000', '1 3 8 1 2 3 4 0 0 0 0', '138　1234　0000', '138\u00a01234\u00a00000']
  test.each([
    ...NUMBERS.map(n => [`回拨${n}无人接`, '回拨138****0000无人接']),
    ['+8613812340000', '+86138****0000'],
    ['86-138-1234-0000', '86-138****0000'],
    ['008613812340000', '0086138****0000'],
    ['(0760)88881234', '(076****1234'],
    ['0760-88881234', '076****1234'],
    ['0760 8888 1234', '076****1234'],
    ['电话：88881234', '电话：888****1234'],
    ['身份证44010119900101123X', '身份证440****123X'],
    ['440101 19900101 1234', '440****1234'],
    ['４４０１０１１９９００１０１１２３４', '440****1234'],
    ['440101900101123', '440****1123'],
  ])('inside free text %s becomes %s', (text, shown) => expect(maskWords(text, [])).toBe(shown))

  test.each(['编号20260601-001', '过火面积1200平方米，损失138万元', '2026-06-01 08:30至09:45', '粤T12345', '死亡3人，受伤12人', '转移12,345人', '里程K1380+200'])('what is no such number stays: %s', text =>
    expect(maskWords(text, [])).toBe(text),
  )

  test.each([
    ['李建国', '李建国称', '李*称'],
    ['李建国', '李 建国、李　建　国', '李*、李*'],
    ['李建国（业主）', '李建国在场', '李*在场'],
    ['李建国、王小芳', '王小芳与李建国', '王*与李*'],
    ['李 建国', '李建国称', '李*称'],
    ['John Smith', 'JOHN SMITH called; john too', 'J* called; j* too'],
    ['a.*(b', 'axxb a.*(b', 'axxb a*'],
  ])('who is named %s is not found in %s', (person, text, shown) => {
    const names = citizensIn({ source: { channel: 'phone', person } }, personal)
    expect(maskWords(text, names)).toBe(shown)
  })

  test('of two names the longer is masked first', () => expect(maskWords('李建国与李建', ['李建', '李建国'])).toBe('李*与李*'))

  test('an official who speaks for a unit is named; a blank unit makes nobody an official', () => {
    const official = { source: { channel: 'phone', unit: '小榄镇应急办', person: '赵科长', phone: '13912345678' } }
    expect(masked(official, personal)).toEqual(official)
    expect(masked({ source: { channel: 'phone', unit: ' ', person: '李建国', phone: '13800000000' } }, personal)).toEqual({ source: { channel: 'phone', unit: ' ', person: '李*', phone: '138****0000' } })
  })

  test('masking twice is masking once', () => {
    const told = { source: { channel: 'phone', person: '李建国', phone: '13800000000' }, narrative: '李建国 138 0000 0000', title: '李建国家起火' }
    const once = masked(told, personal)
    expect(once).toEqual({ source: { channel: 'phone', person: '李*', phone: '138****0000' }, narrative: '李* 138****0000', title: '李*家起火' })
    expect(masked(once, personal)).toEqual(once)
  })
})
