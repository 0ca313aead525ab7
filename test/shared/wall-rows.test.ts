import { describe, expect, test } from 'vitest'
import { harmShort, rowsOf, visible, type ShownAlert, type ShownIncident } from '@duty/client/wall/board.ts'
import { due } from '@duty/client/wall/rings.ts'

const AT = '2026-11-24T00:00:00.000Z'
const NOW = Date.parse(AT)
const NOTHING = { dead: null, missing: null, trapped: null, seriouslyInjured: null, injured: null }

const incident = (id: string, level: 1 | 2 | 3 | 4 | null, more: object = {}) =>
  ({ kind: 'incident', id, version: 1, status: 'open', typeCode: '12G00', township: '442000118', sensitive: false, level, title: '小榄镇升平路火灾', receivedAt: AT, casualties: NOTHING, ...more }) as ShownIncident
const ringing = (about: string, raisedAt = AT) =>
  ({
    kind: 'alert',
    id: `a-${about}`,
    version: 1,
    urgency: 'flash',
    status: 'open',
    raisedAt,
    about: { kind: 'incident', id: about },
    posts: [
      { post: 'lead', rung: 0, status: 'acknowledged', rangAt: raisedAt },
      { post: 'mayor', rung: 0, status: 'seen', rangAt: raisedAt },
    ],
  }) as ShownAlert

const ids = (rows: { id: string }[]) => rows.map(r => r.id).join(' ')

describe('Which incident stands where', () => {
  test('the gravest first; among equals what nobody has signed, then the newest', () => {
    const rows = rowsOf(
      [incident('old3', 3), incident('new3', 3, { receivedAt: '2026-11-24T01:00:00.000Z' }), incident('owed3', 3), incident('one', 1), incident('four', 4)],
      [ringing('owed3')],
    )
    expect(ids(rows)).toBe('one owed3 new3 old3 four')
  })

  test('a grave one nobody has signed stands above a graver one that all have', () => {
    expect(ids(rowsOf([incident('one', 1), incident('two', 2)], [ringing('two')]))).toBe('two one')
  })

  test('the gravest that nobody has signed is always among those shown', () => {
    const rows = rowsOf([...'abcdefghi'].map(id => incident(id, 3)).concat(incident('z', 4)), [ringing('z')])
    expect(ids(visible(rows, 8)).endsWith('z')).toBe(true)
  })

  test('signed of rung, without the town that its column names already', () => {
    expect(rowsOf([incident('i', 2)], [ringing('i')])[0]).toMatchObject({ signed: 1, rung: 2, town: '小榄', title: '升平路火灾', unackedSince: NOW })
  })

  test('a sensitive one by type and town only, whoever is signed in', () => {
    const [row] = rowsOf([incident('s', 1, { sensitive: true, casualties: { ...NOTHING, dead: 3 } })], [])
    expect(row).toMatchObject({ level: null, harm: '—', at: null })
    expect(row!.title).not.toContain('升平路')
  })

  test('a citizen’s name never stands in a title', () => {
    const [row] = rowsOf([incident('i', 3, { title: '李建国家中起火', source: { channel: 'phone', person: '李建国' } })], [])
    expect(row!.title).toBe('李*家中起火')
  })
})

describe('What is said of people harmed', () => {
  test.each([
    [{ ...NOTHING, dead: 1, trapped: 2, injured: 3 }, '亡1困2伤3'],
    [{ ...NOTHING, dead: 0, injured: 0 }, '无'],
    [NOTHING, '不详'],
    [undefined, '—'],
  ])('%j is %s', (casualties, words) => expect(harmShort(casualties)).toBe(words))
})

describe('What is heard', () => {
  const rung = () => ({ last: {}, known: new Set<string>(), lostSince: null as number | null })
  const grave = rowsOf([incident('i', 1)], [ringing('i')])

  test('Ⅰ every five seconds for two minutes, then once a minute, until it is signed', () => {
    const so = { ...rung(), last: { level1: NOW } }
    expect(due(grave, rung(), false, NOW)).toBe('level1')
    expect(due(grave, so, false, NOW + 4_000)).toBeNull()
    expect(due(grave, so, false, NOW + 5_000)).toBe('level1')
    const later = { ...rung(), last: { level1: NOW + 125_000 } }
    expect(due(grave, later, false, NOW + 131_000)).toBeNull()
    expect(due(grave, later, false, NOW + 185_000)).toBe('level1')
    expect(due(rowsOf([incident('i', 1)], []), so, false, NOW + 5_000)).toBeNull()
  })

  test('Ⅱ every fifteen seconds; Ⅲ once when it comes; Ⅳ never', () => {
    const two = rowsOf([incident('i', 2)], [ringing('i')])
    expect(due(two, { ...rung(), last: { level2: NOW } }, false, NOW + 14_000)).toBeNull()
    expect(due(two, { ...rung(), last: { level2: NOW } }, false, NOW + 15_000)).toBe('level2')
    const three = rowsOf([incident('i', 3)], [ringing('i')])
    expect(due(three, rung(), false, NOW + 1_000)).toBe('level3')
    expect(due(three, { ...rung(), known: new Set(['i']) }, false, NOW + 2_000)).toBeNull()
    expect(due(rowsOf([incident('i', 4)], [ringing('i')]), rung(), false, NOW)).toBeNull()
  })

  test('a link lost for a minute sounds otherwise, every half minute, and nothing else does', () => {
    expect(due(grave, { ...rung(), lostSince: NOW }, true, NOW + 30_000)).toBeNull()
    expect(due(grave, { ...rung(), lostSince: NOW }, true, NOW + 60_000)).toBe('linkLost')
    expect(due(grave, { ...rung(), lostSince: NOW, last: { linkLost: NOW + 60_000 } }, true, NOW + 89_000)).toBeNull()
    expect(due(grave, { ...rung(), lostSince: NOW, last: { linkLost: NOW + 60_000 } }, true, NOW + 90_000)).toBe('linkLost')
  })
})
