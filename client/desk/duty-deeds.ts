import { DELIVERY, FORM } from '@duty/shared/words.ts'
import { deed, filled, type Deed, type Targets } from './deed.ts'
import type { Wrong } from './report.ts'
import { readTime } from './time-entry.ts'

type Relay = Targets['relay']
type Alert = Targets['alert']

const WAYS = ['电话', '当面', '粤政易', '短信', '传真']

const line = ({ instruction, relay }: Relay) => `${relay.name} — ${instruction.from.name}${FORM[instruction.form]}：${instruction.text}`
const unitLine = ({ instruction, relay }: Relay) => ({ id: instruction.id, unit: relay.unit })
const step = (r: Relay) => r.relay.step

const unsigned = (a: Alert) => Object.values(a.people).filter(p => p.status !== 'acknowledged')

/** What can be done about an instruction, an alert or a clock, each by its letter. */
export const DUTY_DEEDS: Deed[] = [
  deed<'relay'>({
    letter: 'r',
    name: '传达',
    on: 'relay',
    command: 'instruction.relay',
    fits: r => step(r) === 'issued',
    about: line,
    fields: () => [
      { name: 'via', label: '方式', kind: 'line', required: true, suggest: WAYS },
      { name: 'toldTo', label: '告知何人', kind: 'line' },
    ],
    before: () => ({ via: '电话' }),
    asks: (v, r) => ({ body: { ...unitLine(r), ...filled(v, 'via', 'toldTo') } }),
    done: r => `已传达 ${r.relay.name}`,
  }),
  deed<'relay'>({
    letter: 'q',
    name: '签收代录',
    on: 'relay',
    command: 'instruction.receipt',
    fits: r => step(r) === 'relayed',
    about: line,
    fields: () => [
      { name: 'person', label: '签收人', kind: 'line', required: true },
      { name: 'how', label: '方式', kind: 'line', suggest: WAYS },
      { name: 'words', label: '原话', kind: 'line' },
    ],
    before: r => ({ how: '电话', person: r.relay.toldTo ?? '' }),
    asks: (v, r) => ({ body: { ...unitLine(r), ...filled(v, 'person', 'how', 'words') } }),
    done: r => `${r.relay.name} 签收已记`,
  }),
  deed<'relay'>({
    letter: 'f',
    name: '反馈',
    on: 'relay',
    command: 'instruction.feedback',
    fits: r => step(r) === 'receipted' || step(r) === 'answered',
    about: line,
    fields: () => [
      { name: 'text', label: '反馈内容', kind: 'text', required: true },
      { name: 'done', label: '该单位已办结', kind: 'check' },
    ],
    before: () => ({ done: 'false' }),
    asks: (v, r) => ({ body: { ...unitLine(r), ...filled(v, 'text'), done: v.done === 'true' } }),
    done: r => `${r.relay.name} 反馈已记`,
  }),
  deed<'relay'>({
    letter: 'c',
    name: '催办',
    on: 'relay',
    command: 'instruction.remind',
    fits: r => step(r) !== 'issued' && step(r) !== 'done',
    about: line,
    fields: () => [],
    before: () => ({}),
    asks: (_v, r) => ({ body: unitLine(r) }),
    done: r => `已催办 ${r.relay.name}`,
  }),
  deed<'relay'>({
    letter: 'b',
    name: '办结指示',
    on: 'relay',
    command: 'instruction.close',
    fits: () => true,
    about: r => `整条指示 — ${r.instruction.text}`,
    fields: () => [{ name: 'summary', label: '办结说明', kind: 'text' }],
    before: () => ({}),
    asks: (v, r) => ({ body: { id: r.instruction.id, ...filled(v, 'summary') } }),
    done: () => '指示已办结',
  }),
  deed<'relay'>({
    letter: 'w',
    name: '撤回指示',
    on: 'relay',
    command: 'instruction.withdraw',
    fits: () => true,
    about: r => `整条指示 — ${r.instruction.text}`,
    fields: () => [{ name: 'reason', label: '撤回原因', kind: 'line', required: true }],
    before: () => ({}),
    asks: (v, r) => ({ body: { id: r.instruction.id, ...filled(v, 'reason') } }),
    done: () => '指示已撤回',
  }),
  deed<'alert'>({
    letter: 's',
    name: '代签收',
    on: 'alert',
    command: 'alert.acknowledge',
    fits: a => a.status === 'open' && unsigned(a).length > 0,
    about: a => a.text,
    fields: a => [
      { name: 'onBehalfOf', label: '谁签收', kind: 'choice', choices: unsigned(a).map((p, n) => ({ value: p.to, name: `${n + 1} ${p.name}（${DELIVERY[p.status]}）` })) },
      { name: 'how', label: '方式', kind: 'line', suggest: WAYS },
      { name: 'words', label: '原话', kind: 'line' },
    ],
    before: (a, me) => ({ onBehalfOf: (unsigned(a).find(p => p.to === me) ?? unsigned(a)[0])?.to ?? '', how: unsigned(a).some(p => p.to === me) ? '' : '电话' }),
    asks: (v, a) => ({ body: { id: a.id, ...filled(v, 'onBehalfOf', 'how', 'words') } }),
    done: (a, v) => `${a.people[v.onBehalfOf ?? '']?.name ?? ''} 已签收`,
  }),
  deed<'alert'>({
    letter: 'u',
    name: '了结提醒',
    on: 'alert',
    command: 'alert.settle',
    fits: a => a.status === 'open',
    about: a => a.text,
    fields: () => [{ name: 'reason', label: '原因', kind: 'line', required: true }],
    before: () => ({}),
    asks: (v, a) => ({ body: { id: a.id, ...filled(v, 'reason') } }),
    done: () => '提醒已了结',
  }),
  deed<'deadline'>({
    letter: 'm',
    name: '记录已报',
    on: 'deadline',
    command: 'deadline.meet',
    fits: d => d.status !== 'met' && d.status !== 'cancelled',
    about: d => `${d.incidentNo} ${d.rule.name}${d.rule.verified ? '' : '（时限待确认）'}`,
    fields: () => [
      { name: 'evidence.who', label: '向谁报告', kind: 'line', required: true, suggest: ['省政府总值班室'] },
      { name: 'evidence.how', label: '方式', kind: 'line', required: true, suggest: WAYS },
      { name: 'evidence.words', label: '报告与答复原话', kind: 'text' },
      { name: 'evidence.at', label: '报告时间', kind: 'time', hint: '留空为现在' },
    ],
    before: d => ({ 'evidence.how': d.rule.channel === 'paper' ? '书面' : '电话' }),
    asks(v, d, { now }) {
      const at = v['evidence.at']?.trim() ? readTime(v['evidence.at'], now) : undefined
      const wrong: Wrong = at === null ? { 'evidence.at': '看不懂这个时间，例：2230、-15' } : {}
      return { body: { id: d.id, evidence: { ...filled(v, 'evidence.who', 'evidence.how', 'evidence.words'), ...(at ? { at } : {}) } }, wrong }
    },
    done: d => `${d.rule.name} 已记`,
  }),
  deed<'deadline'>({
    letter: 'v',
    name: '撤销时限',
    on: 'deadline',
    command: 'deadline.cancel',
    fits: d => d.status !== 'met' && d.status !== 'cancelled',
    about: d => `${d.incidentNo} ${d.rule.name}`,
    fields: () => [{ name: 'reason', label: '为何不再适用', kind: 'line', required: true }],
    before: () => ({}),
    asks: (v, d) => ({ body: { id: d.id, ...filled(v, 'reason') } }),
    done: d => `${d.rule.name} 已撤销`,
  }),
]
