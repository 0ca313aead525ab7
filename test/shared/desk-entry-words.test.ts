import { describe, expect, it } from 'vitest'
import { flashText } from '@duty/client/desk/flash-text.ts'
import { entryWords } from '@duty/client/desk/entry-words.ts'

const names = { person: (u: string) => ({ lead: '何建平' })[u] ?? u, now: Date.parse('2026-11-23T22:45:00+08:00') }
const say = (type: string, data: Record<string, unknown>) => {
  const { what, text } = entryWords({ type, data }, names)
  return `${what} ${text}`
}
const casualties = { dead: 0, missing: null, trapped: 1, seriouslyInjured: null, injured: 2 }

describe('given an entry of the book', () => {
  it.each([
    ['incident.callAdded', { source: { channel: 'phone', person: '李某', phone: '13800000000' }, narrative: '烟更大了' }, '来电 电话 李某 13800000000：烟更大了'],
    ['incident.followedUp', { n: 2, facts: { casualties, township: null }, words: '明火已扑灭' }, '续报2 明火已扑灭　镇街 市外；伤亡 亡0 被困1 伤2'],
    ['incident.graded', { before: null, level: 2, reason: '伤亡增加' }, '定级 未定级 → 重大：伤亡增加'],
    ['instruction.relayed', { unit: 'fire', via: '电话', toldTo: '王队' }, '传达 市消防救援支队（电话），告知王队'],
    ['instruction.answered', { unit: 'fire', text: '已扑灭', done: true }, '办结反馈 市消防救援支队：已扑灭'],
    ['alert.acknowledged', { to: 'lead', onBehalfBy: 'officer1', how: '电话', words: '知道了' }, '代签收 何建平，电话，知道了'],
    ['deadline.met', { evidence: { who: '省总值班室', how: '电话', at: '' }, late: true }, '已报（超时） 省总值班室，电话'],
    ['shift.checkedIn', { person: 'officer1', name: '陈志远' }, '到岗 陈志远'],
    ['rollCall.started', {}, 'rollCall.started '],
  ])('when it is %s, then it reads as the room says it', (type, data, words) => expect(say(type, data)).toBe(words))
})

describe('given 值班快报 copied in one key', () => {
  it('when the incident is read out, then every line is one of its fields and the caller\'s words are untouched', () =>
    expect(
      flashText(
        {
          no: '20261123-007', level: 2, sensitive: false, title: '小榄镇火灾事故', typeCode: '12G00', township: '442000118', address: '升平路12号', casualties,
          source: { channel: 'phone', person: '李某', phone: '13800000000' }, narrative: '他说 “三楼冒烟”', receivedAt: '2026-11-23T14:31:00.000Z', occurredAt: '2026-11-23T14:30:00.000Z',
          followUps: [{ n: 1, at: '2026-11-23T14:40:00.000Z', by: 'officer1', facts: {}, words: '明火已扑灭' }],
        } as never,
        names.now,
      ).split('\n'),
    ).toEqual([
      '【值班快报】20261123-007　重大',
      '小榄镇火灾事故',
      '类型：火灾事故',
      '地点：小榄镇升平路12号',
      '接报：22时31分（电话，李某）',
      '事发：22时30分',
      '伤亡：亡0 被困1 伤2',
      '情况：他说 “三楼冒烟”',
      '续报1（22时40分）：明火已扑灭',
    ]))
})
