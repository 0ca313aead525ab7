import type { AlertEvent } from '@duty/shared/alert/alert.ts'
import type { DeadlineEvent } from '@duty/shared/deadline/deadline.ts'
import type { Facts, IncidentEvent, Source } from '@duty/shared/incident/incident.ts'
import type { InstructionEvent } from '@duty/shared/instruction/instruction.ts'
import type { ShownEntry } from '@duty/shared/kernel/wire.ts'
import { eventTypeName } from '@duty/shared/reference/event-types.ts'
import { levelName } from '@duty/shared/reference/level-words.ts'
import { channelName } from '@duty/shared/reference/source-channels.ts'
import { townName } from '@duty/shared/reference/towns.ts'
import { unitName } from '@duty/shared/reference/units.ts'
import { FORM, STEP, harmWords } from '@duty/shared/words.ts'
import { sayTime } from './time-entry.ts'

/** An entry as the room reads it: what was done, and the words of it. */
export interface Told {
  what: string
  text: string
}

/** What the sentences need beside the entry: people's and units' names, and today. */
export interface Names {
  person(username: string): string
  now: number
}

type Known = IncidentEvent | InstructionEvent | AlertEvent | DeadlineEvent

const joined = (...words: (string | false | undefined | null)[]) => words.filter(Boolean).join('，')

const caller = ({ channel, unit, person, title, phone }: Source) => [channelName(channel), unit, [person, title].filter(Boolean).join(''), phone].filter(Boolean).join(' ')

const FACTS: { [F in keyof Facts]?: [string, (value: NonNullable<Facts[F]>, now: number) => string] } = {
  typeCode: ['类型', eventTypeName],
  township: ['镇街', townName],
  address: ['地点', String],
  title: ['标题', String],
  casualties: ['伤亡', harmWords],
  occurredAt: ['事发', sayTime],
  receivedAt: ['接报', sayTime],
  directLossWan: ['直接损失', n => `${n}万元`],
  evacuated: ['转移', n => `${n}人`],
  sensitive: ['敏感', yes => (yes ? '是' : '否')],
  narrative: ['事由', String],
  measures: ['措施', String],
}

/** What a 续报 or a correction changed, field by field. */
export const factsWords = (facts: Partial<Facts>, now: number): string =>
  (Object.entries(FACTS) as [keyof Facts, [string, (value: unknown, now: number) => string]][])
    .flatMap(([field, [name, words]]) => (facts[field] === undefined ? [] : [`${name} ${words(facts[field], now)}`]))
    .join('；')

function told(e: Known, { person, now }: Names): Told | undefined {
  switch (e.type) {
    case 'incident.logged':
      return { what: '接报', text: joined(`${e.no} ${e.title}`, levelName(e.level), harmWords(e.casualties), caller(e.source)) }
    case 'incident.callAdded':
      return { what: '来电', text: `${caller(e.source)}${e.narrative ? `：${e.narrative}` : ''}` }
    case 'incident.followedUp':
      return { what: `续报${e.n}`, text: [e.words, factsWords(e.facts, now)].filter(Boolean).join('　') }
    case 'incident.revised':
      return { what: '更正', text: joined(factsWords(e.facts, now), e.reason) }
    case 'incident.graded':
      return { what: '定级', text: `${levelName(e.before)} → ${levelName(e.level)}：${e.reason}` }
    case 'incident.shared':
      return { what: '通报', text: unitName(e.unit) }
    case 'incident.closed':
      return { what: '终报', text: e.summary }
    case 'incident.reopened':
      return { what: '恢复', text: e.reason }
    case 'incident.forgotten':
      return { what: '销毁', text: `报告人个人信息已销毁：${e.reason}` }

    case 'instruction.issued':
      return { what: FORM[e.form], text: `${e.from.name}${e.from.title ?? ''}：${e.text}${e.units.length ? ` → ${e.units.map(u => u.name).join('、')}` : ''}` }
    case 'instruction.relayed':
      return { what: '传达', text: joined(`${unitName(e.unit)}（${e.via}）`, e.toldTo && `告知${e.toldTo}`) }
    case 'instruction.receipted':
      return { what: '单位签收', text: joined(`${unitName(e.unit)} ${e.person}`, e.how, e.words) }
    case 'instruction.answered':
      return { what: e.done ? '办结反馈' : '反馈', text: `${unitName(e.unit)}：${e.text}` }
    case 'instruction.reminded':
      return { what: '催办', text: unitName(e.unit) }
    case 'instruction.lapsed':
      return { what: '逾时', text: e.units.map(u => `${unitName(u.unit)}${STEP[u.step]}`).join('、') }
    case 'instruction.withdrawn':
      return { what: '撤回指示', text: e.reason }
    case 'instruction.closed':
      return { what: '指示办结', text: e.summary ?? '' }

    case 'alert.raised':
      return { what: '提醒', text: `${e.people.map(p => p.name).join('、') || '（无人）'}：${e.text}` }
    case 'alert.delivered':
      return { what: '送达', text: nameOf(e.to, person) }
    case 'alert.seen':
      return { what: '已读', text: nameOf(e.to, person) }
    case 'alert.acknowledged':
      return { what: e.onBehalfBy ? '代签收' : '签收', text: joined(nameOf(e.to, person), e.how, e.words, e.note) }
    case 'alert.escalated':
      return { what: '升级提醒', text: joined(e.say, e.people.map(p => p.name).join('、')) }
    case 'alert.settled':
      return { what: '提醒了结', text: e.reason }

    case 'deadline.set':
      return { what: '时限起算', text: `${e.rule.name}，${sayTime(e.dueAt, now)}前${e.rule.verified ? '' : '（待确认）'}` }
    case 'deadline.warned':
      return { what: '时限将到', text: `还有${e.minutesLeft}分钟` }
    case 'deadline.breached':
      return { what: '时限已到', text: '尚无报告记录' }
    case 'deadline.pressed':
      return { what: '超时提醒', text: `已超时${e.minutesOver}分钟` }
    case 'deadline.met':
      return { what: e.late ? '已报（超时）' : '已报', text: joined(e.evidence.who, e.evidence.how, e.evidence.words) }
    case 'deadline.extended':
      return { what: '时限延长', text: `至${sayTime(e.until, now)}：${e.reason}` }
    case 'deadline.cancelled':
      return { what: '时限撤销', text: e.reason }
    default:
      return undefined
  }
}

const nameOf = (to: string, person: (username: string) => string) => (unitName(to) === to ? person(to) : unitName(to))

const OTHERS: Record<string, string> = {
  'shift.planned': '班次排定',
  'shift.announced': '班次预告',
  'shift.started': '班次开始',
  'shift.checkedIn': '到岗',
  'shift.ended': '班次结束',
  'roster.set': '排班',
  'roster.published': '值班表发布',
}

/** What happened, in words; a sort of entry this screen has no words for yet is shown by its own name. */
export function entryWords({ type, data }: Pick<ShownEntry, 'type' | 'data'>, names: Names): Told {
  const other = OTHERS[type]
  if (other !== undefined) return { what: other, text: typeof data.name === 'string' ? data.name : '' }
  return told({ type, ...data } as unknown as Known, names) ?? { what: type, text: '' }
}
