import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { EVENT_TYPE_WORDS } from '@duty/shared/reference/event-type-words.ts'
import { EVENT_TYPES, eventTypeName, isEventType } from '@duty/shared/reference/event-types.ts'
import { INSTRUCTION_LIMITS, RECEIPT_WITHIN, RELAY_WITHIN } from '@duty/shared/reference/instruction-limits.ts'
import { LADDERS, ladderFor } from '@duty/shared/reference/ladders.ts'
import { LEVEL_WORDS, levelName, levelWord } from '@duty/shared/reference/level-words.ts'
import { POSTS, postName } from '@duty/shared/reference/posts.ts'
import { SOURCE_CHANNELS, channelName } from '@duty/shared/reference/source-channels.ts'
import { TIME_LIMITS, limitsFor } from '@duty/shared/reference/time-limits.ts'
import { TOWNS, TOWN_CODES, townName } from '@duty/shared/reference/towns.ts'
import { GROUPS, UNITS, unitName } from '@duty/shared/reference/units.ts'
import type { Table } from '@duty/shared/reference/table.ts'

const TABLES: Table<object>[] = [
  TOWNS, EVENT_TYPES, EVENT_TYPE_WORDS, UNITS, GROUPS, POSTS, LEVEL_WORDS, TIME_LIMITS, LADDERS, INSTRUCTION_LIMITS, SOURCE_CHANNELS,
]

const distinct = (values: readonly unknown[]) => new Set(values).size === values.length
const doubtful = (items: readonly object[]) => items.filter(i => 'verified' in i && i.verified === false)

describe('given the tables of the trade', () => {
  it('when they are published, then each says its version and source, and no two share a name', () => {
    expect(distinct(TABLES.map(t => t.table))).toBe(true)
    for (const t of TABLES) {
      expect(t.version).toBe(1)
      expect(t.title).not.toBe('')
      expect(t.source).not.toBe('')
      expect(t.items.length).toBeGreaterThan(0)
    }
  })

  it('when an item is unconfirmed, then its table does not pass for confirmed', () => {
    for (const t of TABLES) if (doubtful(t.items).length) expect(t, t.table).toMatchObject({ verified: false })
  })

  it('when a table is written out and read back, as the server sends it, then nothing is lost', () => {
    for (const t of TABLES) expect(JSON.parse(JSON.stringify(t))).toEqual(t)
  })
})

describe('given the towns', () => {
  it('when counted, then 8 街道 and 15 镇 stand in 23 cells of a 5×7 matrix', () => {
    expect(TOWNS.items.filter(t => t.kind === '街道')).toHaveLength(8)
    expect(TOWNS.items.filter(t => t.kind === '镇')).toHaveLength(15)
    expect(distinct(TOWNS.items.map(t => `${t.cell.col},${t.cell.row}`))).toBe(true)
    expect(TOWNS.items.every(({ cell: { col, row } }) => col >= 0 && col < 5 && row >= 0 && row < 7)).toBe(true)
    expect(distinct(TOWN_CODES)).toBe(true)
    expect(TOWN_CODES.every(code => /^442000\d{3}$/.test(code))).toBe(true)
  })

  it('when named, then outside and unknown have words too', () => {
    expect(townName('442000118')).toBe('小榄镇')
    expect(townName('442000105')).toBe('古镇镇')
    expect(townName('442000003')).toBe('中山港街道')
    expect(townName(null)).toBe('市外')
    expect(townName('unknown')).toBe('不详')
  })

  it('when a town bears another name, then that name is marked unconfirmed', () => {
    expect(TOWNS.items.flatMap(t => t.aliases).every(a => a.verified === false)).toBe(true)
  })
})

describe('given the event types', () => {
  it('when counted, then all 371 are there, each under a type there is, and 17 are still in doubt', () => {
    expect(EVENT_TYPES.items).toHaveLength(371)
    expect(distinct(EVENT_TYPES.items.map(t => t.code))).toBe(true)
    expect(EVENT_TYPES.items.filter(t => t.parent !== null && !isEventType(t.parent))).toEqual([])
    expect(EVENT_TYPES.items.filter(t => t.parent === null).map(t => t.code)).toEqual(['10000'])
    expect(doubtful(EVENT_TYPES.items)).toHaveLength(17)
    expect(EVENT_TYPES.items.find(t => t.code === '12S00')).toMatchObject({ name: '踩踏事件', verified: false, parent: '12000', category: 'accident' })
  })

  it('when a code is asked for, then codes of warnings and of hazards are not incidents', () => {
    expect(['12G00', '12H00', '11B01'].map(eventTypeName)).toEqual(['火灾事故', '道路交通事故', '台风事件'])
    expect(['11B44', '20000', '12g00', ''].some(isEventType)).toBe(false)
    expect(eventTypeName('99Z99')).toBe('99Z99')
  })

  it('when a name is spelt, then it has a letter for each character', () => {
    const letters = (name: string) => Array.from(name).filter(c => /\p{Script=Han}/u.test(c)).length
    expect(EVENT_TYPES.items.filter(t => t.initials.length !== letters(t.name) || !/^[a-z]+$/.test(t.initials))).toEqual([])
    expect(EVENT_TYPES.items.find(t => t.code === '13A09')?.initials).toBe('wgyxmcrbcxlxsj') // 重新 is chóng
    expect(EVENT_TYPES.items.find(t => t.code === '13C02')?.initials).toBe('zjszdsj') // 重金属 is zhòng
  })

  it('when the desk loads them, then they weigh less than 8 kB', () => {
    const carried = EVENT_TYPES.items.map(t => `${t.code} ${t.name} ${t.initials}`).join('\n')
    expect(gzipSync(carried).length).toBeLessThan(8_000)
  })
})

describe('given the units', () => {
  it('when counted, then 23 towns, 2 committees and the departments each have one slug', () => {
    expect(UNITS.items.filter(u => u.kind === 'township').map(u => u.slug)).toEqual(TOWN_CODES)
    expect(UNITS.items.filter(u => u.kind === 'committee').map(u => [u.slug, u.township])).toEqual([
      ['torch', '442000003'],
      ['cuiheng', '442000008'],
    ])
    expect(distinct([...UNITS.items, ...GROUPS.items].map(u => u.slug))).toBe(true)
    expect(['emergency', 'fire', 'health', '442000118', '442000001'].map(unitName)).toEqual([
      '市应急管理局',
      '市消防救援支队',
      '市卫生健康局',
      '小榄镇人民政府',
      '石岐街道办事处',
    ])
  })

  it('when a department was named by no source, then it stays unconfirmed', () => {
    const verified = (slug: string) => UNITS.items.find(u => u.slug === slug)?.verified
    expect(['emergency', 'meteorology', 'ecology'].map(verified)).toEqual([true, true, true])
    expect(['fire', 'health', 'police', 'hotline-12345'].map(verified)).toEqual([false, false, false, false])
  })

  it('when a circular goes to all, then the committees stand first and nobody is missing or named twice', () => {
    const all = GROUPS.items.find(g => g.slug === 'all')
    expect(all?.name).toBe('火炬开发区管委会，翠亨新区管委会，各镇政府、街道办事处，市各有关单位')
    expect(all?.units.slice(0, 2)).toEqual(['torch', 'cuiheng'])
    expect(all?.units.toSorted()).toEqual(UNITS.items.map(u => u.slug).toSorted())
  })
})

describe('given what the duty room owes the province', () => {
  const owed = (level: 1 | 2 | 3 | 4 | null, typeCode: string, sensitive = false) => limitsFor({ level, sensitive, typeCode }).map(l => l.id)
  const CUSTOMARY = ['gd-city-prov-phone', 'gd-city-prov-written']

  it.each([1, 2, 3] as const)('when a fire is of level %s, then it is owed by telephone and on paper', level =>
    expect(owed(level, '12G00')).toEqual(CUSTOMARY))
  it('when a fire is ungraded, then it counts as 较大', () => expect(owed(null, '12G00')).toEqual(CUSTOMARY))
  it('when a fire is 一般, then nothing is owed', () => expect(owed(4, '12G00')).toEqual([]))
  it('when a 一般 incident is sensitive, then it is owed all the same', () => expect(owed(4, '14A00', true)).toEqual(CUSTOMARY))
  it('when it is public health of any level, then the two hours of 应急条例第二十条 run', () => {
    expect(owed(4, '13B03')).toEqual(['ph-20d'])
    expect(owed(null, '13A00')).toEqual(['ph-20d', ...CUSTOMARY])
  })

  it('when the customary limits are shown, then they are unconfirmed and the statute is not', () => {
    const limits = limitsFor({ level: 2, sensitive: false, typeCode: '13C00' })
    expect(limits.map(l => [l.id, l.channel, l.minutes, l.anchor, l.verified])).toEqual([
      ['ph-20d', null, 120, 'receivedAt', true],
      ['gd-city-prov-phone', 'phone', 30, 'receivedAt', false],
      ['gd-city-prov-written', 'paper', 60, 'receivedAt', false],
    ])
  })

  it("when other cities' rules stand in the table, then none of them ever applies", () => {
    const precedents = TIME_LIMITS.items.filter(l => l.jurisdiction.includes('参考') || l.jurisdiction.includes('已被取代')).map(l => l.id)
    expect(precedents).toHaveLength(12)
    const everything = [1, 2, 3, 4, null].flatMap(level => EVENT_TYPES.items.flatMap(t => owed(level as 1 | null, t.code, true)))
    expect(new Set(everything)).toEqual(new Set(['ph-20d', ...CUSTOMARY]))
  })

  it('when a limit speaks of types, then each beginning meets a type there is', () => {
    expect(distinct(TIME_LIMITS.items.map(l => l.id))).toBe(true)
    const prefixes = TIME_LIMITS.items.flatMap(l => l.types ?? [])
    expect(prefixes.filter(p => !EVENT_TYPES.items.some(t => t.code.startsWith(p)))).toEqual([])
  })
})

describe('given nobody acknowledges', () => {
  it.each([1, 2, 3, 4] as const)('when the ladder of level %s is climbed, then its rungs rise, ring posts there are, and never end', level => {
    const { rungs, thenEveryMinutes } = ladderFor(level)
    const minutes = rungs.map(r => r.afterMinutes)
    expect(minutes).toEqual([...new Set(minutes)].toSorted((a, b) => a - b))
    expect(minutes[0]).toBeGreaterThan(0)
    expect(thenEveryMinutes).toBeGreaterThan(0)
    const posts = new Set(POSTS.items.map(p => p.slug))
    for (const rung of rungs) {
      expect(rung.posts.every(p => posts.has(p))).toBe(true)
      expect(rung.again || rung.posts.length > 0).toBe(true)
      expect(rung.say).not.toBe('')
    }
  })

  it('when the level is graver, then silence is answered no later', () => {
    const starts = LADDERS.items.map(l => l.rungs[0]?.afterMinutes)
    expect(starts).toEqual([2, 2, 10, 60])
    expect(LADDERS.items.map(l => l.thenEveryMinutes)).toEqual([10, 10, 30, 240])
    expect(ladderFor(1).rungs.map(r => [r.afterMinutes, r.posts])).toEqual([
      [2, []],
      [5, ['officer', 'chief']],
      [10, ['secretary-general', 'lead']],
    ])
    expect(doubtful(LADDERS.items)).toHaveLength(4)
  })

  it('when an instruction waits, then the more urgent waits less', () => {
    expect(RELAY_WITHIN).toEqual({ flash: 2, urgent: 5, normal: 15 })
    expect(RECEIPT_WITHIN).toEqual({ flash: 5, urgent: 15, normal: 60 })
    expect(doubtful(INSTRUCTION_LIMITS.items)).toHaveLength(3)
  })
})

describe('given the words of the room', () => {
  it('when a level is shown, then word, numeral and shape each tell it from the others', () => {
    expect(([1, 2, 3, 4, null] as const).map(levelName)).toEqual(['特别重大', '重大', '较大', '一般', '未定级'])
    expect(([1, 2, 3, 4] as const).map(l => levelWord(l).numeral + levelWord(l).shape)).toEqual(['Ⅰ■', 'Ⅱ▲', 'Ⅲ◆', 'Ⅳ●'])
    expect(distinct(LEVEL_WORDS.items.map(w => w.shape))).toBe(true)
  })

  it('when posts are listed, then those of the shift come first, in order', () => {
    expect(POSTS.items.map(p => p.order)).toEqual(POSTS.items.map((_, n) => n + 1))
    expect(POSTS.items.filter(p => p.perShift).map(p => p.name)).toEqual(['值班员', '值班长', '带班领导'])
    expect(['lead', 'vicemayor', 'mayor', 'secretary-general', 'deputy-secretary'].map(postName)).toEqual(['带班领导', '分管副市长', '市长', '秘书长', '副秘书长'])
  })

  it('when a source is named, then each channel has its word', () => {
    expect(SOURCE_CHANNELS.items.map(c => channelName(c.channel))).toEqual(['电话', '传真', '网络', '短信/消息', '12345热线', '系统对接', '当面'])
  })
})
