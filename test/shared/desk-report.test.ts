import { describe, expect, it } from 'vitest'
import { commands } from '@duty/shared/incident/commands.ts'
import { alikeTo } from '@duty/client/desk/alike.ts'
import { readBack } from '@duty/client/desk/read-back.ts'
import { EMPTY_REPORT, bodyOf, callOf, isBlank, readFigure, reportOf, withQuickLine, type Report } from '@duty/client/desk/report.ts'
import { whoRings } from '@duty/client/desk/who-rings.ts'

const now = Date.parse('2026-11-23T22:45:00+08:00')
const begunAt = now - 30_000
const quick = (line: string, from = EMPTY_REPORT) => withQuickLine(from, line)
const flash = quick('hz xl 升平路12号 d0 s2 k1 2')

describe('given a report typed on the quick line', () => {
  it('when it is typed letter by letter, then it ends as if typed at once', () => {
    const line = 'hz xl 升平路12号 d0 s2 k1 2'
    const letters = Array.from(line, (_, n) => line.slice(0, n + 1))
    expect(letters.reduce((r, l) => withQuickLine(r, l), EMPTY_REPORT)).toEqual(flash)
  })

  it('when a field has been corrected by hand, then the quick line leaves it alone', () => {
    const corrected: Report = { ...flash, address: '升平中路12号', figures: { ...flash.figures, injured: '3' } }
    const next = quick('hz xl 升平路12号 d0 s2 k1 2 冒烟', corrected)
    expect(next).toMatchObject({ address: '升平中路12号', narrative: '冒烟' })
    expect(next.figures).toMatchObject({ injured: '3', trapped: '1' })
  })

  it('when a word is taken back, then so is what it said', () => expect(quick('xl', flash)).toMatchObject({ typeCode: null, township: '442000118', address: '', level: null }))

  it('when it is wiped, then the report is blank', () => expect(isBlank(quick('', flash))).toBe(true))
})

describe('given a report that is pushed', () => {
  it('when only type and town are said, then the door takes it', () => {
    const { body, wrong } = bodyOf(quick('hz xl'), begunAt, now)
    expect(wrong).toEqual({})
    expect(commands.log.takes.safeParse(body).success).toBe(true)
    expect(body).toMatchObject({ source: { channel: 'phone' }, level: null, casualties: { dead: null, injured: null }, receivedAt: new Date(begunAt).toISOString() })
  })

  it('when everything is said, then the door takes it, word for word', () => {
    const narrative = '  来电人称：“三楼冒烟”…\n\n<b>说不清</b> 😀 '
    const said: Report = { ...flash, unit: '小榄镇值班室', person: '李某', title: '主任', phone: '13800000000', alreadyTold: '已报119', narrative, measures: '消防已到场', occurred: '2230', received: '-2', sensitive: true }
    const { body, wrong } = bodyOf(said, begunAt, now)
    expect(wrong).toEqual({})
    expect(commands.log.takes.safeParse(body).success).toBe(true)
    expect(body).toMatchObject({ narrative, occurredAt: '2026-11-23T14:30:00.000Z', receivedAt: '2026-11-23T14:43:00.000Z', casualties: { dead: 0, missing: null, trapped: 1, seriouslyInjured: null, injured: 2 } })
  })

  it('when something is missing or cannot be read, then each is named beside its field', () => {
    const report: Report = { ...EMPTY_REPORT, typeText: 'qqq', figures: { ...EMPTY_REPORT.figures, dead: '三', seriouslyInjured: '3', injured: '2' }, occurred: '2599' }
    expect(Object.keys(bodyOf(report, begunAt, now).wrong).toSorted()).toEqual(['casualties.dead', 'casualties.injured', 'occurredAt', 'township', 'typeCode'])
  })

  it('when the place is outside the city or unknown, then that is said and not left out', () => {
    expect(bodyOf({ ...flash, township: null }, begunAt, now).body.township).toBeNull()
    expect(bodyOf({ ...flash, township: 'unknown' }, begunAt, now).body.township).toBe('unknown')
  })

  it('when a figure is blank it is 不详, and 0 is 0', () => expect(['', ' ', '0', '１２', 'x', '-1'].map(readFigure)).toEqual([null, null, 0, 12, undefined, undefined]))
})

describe('given words that came back or belong to another incident', () => {
  const said: Report = { ...flash, person: '李某', phone: '13800000000', narrative: '冒烟\n很大', measures: '已报119', occurred: '2230', sensitive: true }

  it('when a push was refused, then the report stands again and says the same', () => {
    const { body } = bodyOf(said, Date.parse('2026-11-23T22:44:00+08:00'), now)
    expect(bodyOf(reportOf(body), 0, now)).toEqual({ body, wrong: {} })
  })

  it('when a second call joins an incident, then every word goes with it', () => {
    const call = callOf(said)
    expect(commands.addCall.takes.safeParse(call).success).toBe(true)
    expect(call).toEqual({
      source: { channel: 'phone', person: '李某', phone: '13800000000' },
      narrative: '冒烟\n很大\n地点：升平路12号\n伤亡：亡0 被困1 伤2\n措施：已报119\n事发：2230',
    })
  })
})

describe('given the sentence read back to the caller', () => {
  it('when everything is said, then it says it all', () =>
    expect(readBack({ ...flash, person: '李某', phone: '13800000000', occurred: '2230' }, now)).toBe(
      '22时30分，小榄镇升平路12号发生火灾事故，亡0人、被困1人、伤2人，来电人李某，电话13800000000，对吗？',
    ))

  it('when little is said, then nothing is made up', () => {
    expect(readBack(quick('hz xl'), now)).toBe('小榄镇发生火灾事故，伤亡不详，对吗？')
    expect(readBack(EMPTY_REPORT, now)).toBe('镇街未定事件类型未定，伤亡不详，对吗？')
  })
})

describe('given who will ring', () => {
  const posts = { lead: ['lead'], mayor: ['mayor'] }
  const ring = (level: Report['level'], sensitive = false) => whoRings({ level, sensitive }, posts, u => u.toUpperCase()).map(r => `${r.name}:${r.people.join()}`)

  it('when it is ungraded, Ⅲ or Ⅳ, then 带班领导', () => expect([ring(null), ring(3), ring(4)]).toEqual([['带班领导:LEAD'], ['带班领导:LEAD'], ['带班领导:LEAD']]))
  it('when it is Ⅰ, Ⅱ or sensitive, then the mayors too, and an empty chair is shown empty', () => {
    for (const grave of [ring(1), ring(2), ring(4, true)]) expect(grave).toEqual(['带班领导:LEAD', '市长:MAYOR', '分管副市长:'])
  })
})

describe('given a second call about the same matter', () => {
  const incident = (over: object) => ({ kind: 'incident', id: 'a', version: 1, typeCode: '12G03', township: '442000118', receivedAt: new Date(now - 3_600_000).toISOString(), source: { channel: 'phone', phone: '13800000000' }, calls: [], ...over }) as never

  it('when town and sort are the same within two hours, then it is shown', () => {
    expect(alikeTo(flash, [incident({})], now)).toHaveLength(1)
    expect(alikeTo(flash, [incident({ township: '442000001' }), incident({ typeCode: '12H00' }), incident({ receivedAt: new Date(now - 3 * 3_600_000).toISOString() })], now)).toEqual([])
  })
  it('when the caller is the same, then it is shown whatever the matter', () => expect(alikeTo(quick('ch 13800000000'), [incident({})], now)).toHaveLength(1))
})
