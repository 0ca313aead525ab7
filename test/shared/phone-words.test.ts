import { describe, expect, test } from 'vitest'
import { offeredFirst, likelyUnits } from '@duty/client/phone/likely-units.ts'
import { changedByLast, changedSince, lookOf } from '@duty/client/phone/looks.ts'
import { dueAt, limitFor, PHRASES, urgencyOf, withPhrase } from '@duty/client/phone/order.ts'
import { bodyOf, EMPTY_REPORT, wrongIn } from '@duty/client/phone/report.ts'
import { telOf } from '@duty/client/phone/room-phone.ts'
import { EVENT_TYPES } from '@duty/shared/reference/event-types.ts'
import { UNITS } from '@duty/shared/reference/units.ts'

describe('指令', () => {
  test('a phrase stands alone, replaces another, or follows what is written', () => {
    expect(withPhrase('', '全力救治')).toBe('全力救治')
    expect(withPhrase('请核实续报', '全力救治')).toBe('全力救治')
    expect(withPhrase('注意安全。', '全力救治')).toBe('注意安全；全力救治')
    expect(withPhrase('注意安全；全力救治', '全力救治')).toBe('注意安全；全力救治')
    expect(PHRASES).toContain('已阅')
  })

  test('a limit is counted from now; 今日 ends at the midnight of the room, wherever the phone is', () => {
    const now = Date.parse('2026-11-24T15:30:00.000Z')
    expect(dueAt('30', now)).toBe('2026-11-24T16:00:00.000Z')
    expect(dueAt('today', now)).toBe('2026-11-24T16:00:00.000Z')
    expect(dueAt('today', Date.parse('2026-11-24T16:00:00.000Z'))).toBe('2026-11-25T16:00:00.000Z')
    expect(dueAt('none', now)).toBeUndefined()
  })

  test('the graver the incident, the shorter the limit offered and the more urgent the order', () => {
    expect([1, 2, 3, 4, null].map(l => limitFor(l as 1))).toEqual(['30', '30', '60', '120', '60'])
    expect(limitFor(undefined)).toBe('none')
    expect([1, 2, 3, 4, null].map(l => urgencyOf(l as 1, 'none'))).toEqual(['flash', 'flash', 'urgent', 'normal', 'urgent'])
    expect(urgencyOf(4, '30')).toBe('urgent')
  })

  test('the units offered exist, for every type, with the township first', () => {
    const known = new Set(UNITS.items.map(u => u.slug))
    for (const { code } of EVENT_TYPES.items) expect(likelyUnits(code, '442000118').filter(u => !known.has(u))).toEqual([])
    expect(likelyUnits('12G01', '442000118').slice(0, 3)).toEqual(['442000118', 'fire', 'emergency'])
    expect(likelyUnits('12G01', 'unknown')[0]).toBe('fire')
  })

  test('those a leader sends to most fill the places left', () => {
    expect(offeredFirst(['fire', 'health'], { power: 1, water: 5, fire: 9 }, 4)).toEqual(['fire', 'health', 'water', 'power'])
  })
})

const incident = (change: object = {}) =>
  ({
    level: 2,
    title: '火灾',
    township: '442000118',
    address: '升平路',
    casualties: { dead: 3, missing: 1, trapped: null, seriouslyInjured: null, injured: null },
    followUps: [],
    ...change,
  }) as never

describe('what has changed on the card', () => {
  test('exactly the fields that differ, and the fingerprints hold no word of it', () => {
    const look = lookOf(incident())
    const now = incident({ measures: '已扑灭', casualties: { dead: 4, missing: 1, trapped: null, seriouslyInjured: null, injured: null } })
    expect([...changedSince(look, now)].toSorted()).toEqual(['dead', 'measures'])
    expect(changedSince(look, incident())).toEqual(new Set())
    expect(JSON.stringify(look)).not.toContain('升平路')
  })

  test('不详 becoming 0 is a change', () => {
    const casualties = { dead: 3, missing: 1, trapped: 0, seriouslyInjured: null, injured: null }
    expect([...changedSince(lookOf(incident()), incident({ casualties }))]).toEqual(['trapped'])
  })

  test('who looks for the first time sees what the last 续报 brought', () => {
    const before = { dead: 3, missing: 1, trapped: null, seriouslyInjured: null, injured: null }
    const followUps = [{ n: 1, facts: { casualties: before } }, { n: 2, facts: { casualties: { ...before, missing: 0 }, address: '升平路12号' } }]
    expect([...changedByLast(incident({ followUps }))].toSorted()).toEqual(['missing', 'place'])
    expect(changedByLast(incident())).toEqual(new Set())
  })
})

describe('报告事件', () => {
  const report = { ...EMPTY_REPORT, typeCode: '12G00', township: '442000118' }

  test('an empty figure is 不详 and never 0; full-width figures are figures', () => {
    const { casualties } = bodyOf({ ...report, dead: '２', injured: '0' })
    expect(casualties).toEqual({ dead: 2, missing: null, trapped: null, seriouslyInjured: null, injured: 0 })
  })

  test('the time the phone gives is the time of the room; what was not said is left out', () => {
    expect(bodyOf({ ...report, occurredAt: '2026-11-24T08:30' })).toEqual({ typeCode: '12G00', township: '442000118', occurredAt: '2026-11-24T08:30:00+08:00', casualties: bodyOf(report).casualties })
  })

  test('only the type is required; wrong figures are named', () => {
    expect(wrongIn(report)).toEqual({})
    expect(Object.keys(wrongIn({ ...EMPTY_REPORT, dead: 'x' }))).toEqual(['typeCode', 'dead'])
    expect(Object.keys(wrongIn({ ...report, seriouslyInjured: '3', injured: '2' }))).toEqual(['injured'])
  })
})

test('a masked number is not dialled', () => {
  expect(telOf('0760-8833 2211')).toBe('tel:076088332211')
  expect(telOf('138****0000')).toBeNull()
  expect(telOf('')).toBeNull()
})
