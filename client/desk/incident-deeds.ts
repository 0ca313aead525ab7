import { v7 } from 'uuid'
import { levelName } from '@duty/shared/reference/level-words.ts'
import { SOURCE_CHANNELS } from '@duty/shared/reference/source-channels.ts'
import { deed, filled, type Deed, type Field, type Targets, type Values } from './deed.ts'
import { HARMS } from './quick-code.ts'
import { readFigures, type Report, type Wrong } from './report.ts'
import { issue, issued, URGENCIES } from './issue-deed.ts'
import { localStamp, readTime } from './time-entry.ts'

type Incident = Targets['incident']

const about = (i: Incident) => `${i.no} ${i.title}`
const isOpen = (i: Incident) => i.status === 'open'
const id = (i: Incident) => ({ id: i.id })

const LEVELS = [
  { value: '1', name: '1 Ⅰ 特别重大' },
  { value: '2', name: '2 Ⅱ 重大' },
  { value: '3', name: '3 Ⅲ 较大' },
  { value: '4', name: '4 Ⅳ 一般' },
  { value: '', name: '0 未定级' },
]

/** The ways a report comes in, picked by their number. */
export const CHANNELS = SOURCE_CHANNELS.items.map(({ channel, name }, n) => ({ value: channel as string, name: `${n + 1} ${name}` }))

const FIGURES: Field[] = HARMS.map(({ field, name }) => ({ name: `casualties.${field}`, label: name, kind: 'figure' }))

const FACTS: Field[] = [
  { name: 'address', label: '地点', kind: 'line', wide: true },
  ...FIGURES,
  { name: 'evacuated', label: '转移人数', kind: 'figure' },
  { name: 'directLossWan', label: '直接损失（万元）', kind: 'line' },
  { name: 'occurredAt', label: '事发时间', kind: 'time' },
  { name: 'measures', label: '措施', kind: 'text' },
]

const factsBefore = (i: Incident): Values => ({
  address: i.address ?? '',
  ...Object.fromEntries(HARMS.map(({ field }) => [`casualties.${field}`, i.casualties[field]?.toString() ?? ''])),
  evacuated: i.evacuated?.toString() ?? '',
  directLossWan: i.directLossWan?.toString() ?? '',
  occurredAt: i.occurredAt ? localStamp(i.occurredAt) : '',
  measures: i.measures ?? '',
})

/** Only what was changed is said, so that two officers on one case do not undo each other. */
function factsSaid(changed: Values, now: number): { body: Record<string, unknown>; wrong: Wrong } {
  const wrong: Wrong = {}
  const body: Record<string, unknown> = {}
  for (const name of ['address', 'measures', 'narrative', 'title'] as const) if (changed[name] !== undefined) body[name] = changed[name]

  const harms = HARMS.filter(h => changed[`casualties.${h.field}`] !== undefined)
  if (harms.length) {
    const figures = Object.fromEntries(HARMS.map(h => [h.field, changed[`casualties.${h.field}`] ?? ''])) as Report['figures']
    const read = readFigures(figures)
    for (const h of harms) if (read.wrong[`casualties.${h.field}`]) wrong[`casualties.${h.field}`] = read.wrong[`casualties.${h.field}`]!
    body.casualties = Object.fromEntries(harms.map(h => [h.field, read.casualties[h.field]]))
  }
  for (const name of ['evacuated', 'directLossWan'] as const) {
    const typed = changed[name]?.normalize('NFKC').trim()
    if (!typed) continue
    if (/^\d+(\.\d+)?$/.test(typed)) body[name] = Number(typed)
    else wrong[name] = '须为数字'
  }
  if (changed.occurredAt?.trim()) {
    const at = readTime(changed.occurredAt, now)
    if (at) body.occurredAt = at
    else wrong.occurredAt = '看不懂这个时间，例：2230、-15、昨2230'
  }
  if (changed.township) body.township = changed.township === 'outside' ? null : changed.township
  if (changed.typeCode) body.typeCode = changed.typeCode
  if (changed.sensitive !== undefined) body.sensitive = changed.sensitive === 'true'
  return { body, wrong }
}

/** What can be done to an incident, each by its letter. */
export const INCIDENT_DEEDS: Deed[] = [
  deed<'incident'>({
    letter: 'x',
    name: '续报',
    on: 'incident',
    command: 'incident.followUp',
    fits: isOpen,
    about: i => `${about(i)} — 续报${i.followUps.length + 1}`,
    fields: () => [{ name: 'narrative', label: '新情况', kind: 'text' }, ...FACTS],
    before: factsBefore,
    asks(_values, i, { now, changed }) {
      const { body, wrong } = factsSaid(changed, now)
      if (Object.keys({ ...body, ...wrong }).length === 0) wrong.narrative = '请写明新情况，或改动下面的数字'
      return { body: { ...id(i), ...body }, wrong }
    },
    done: i => `${i.no} 续报${i.followUps.length + 1}已记`,
  }),
  deed<'incident'>({
    letter: 'l',
    name: '来电',
    on: 'incident',
    command: 'incident.addCall',
    fits: () => true,
    about,
    fields: () => [
      { name: 'source.channel', label: '渠道', kind: 'choice', choices: CHANNELS },
      { name: 'source.unit', label: '单位', kind: 'line' },
      { name: 'source.person', label: '姓名', kind: 'line' },
      { name: 'source.title', label: '职务', kind: 'line' },
      { name: 'source.phone', label: '电话', kind: 'line' },
      { name: 'narrative', label: '说了什么', kind: 'text' },
    ],
    before: () => ({ 'source.channel': 'phone' }),
    asks: (v, i) => ({ body: { ...id(i), source: filled(v, 'source.channel', 'source.unit', 'source.person', 'source.title', 'source.phone'), ...filled(v, 'narrative') } }),
    done: i => `${i.no} 来电已记`,
  }),
  deed<'incident'>({
    letter: 'g',
    name: '定级',
    on: 'incident',
    command: 'incident.grade',
    fits: isOpen,
    about: i => `${about(i)} — 现为${levelName(i.level)}`,
    fields: () => [
      { name: 'level', label: '等级', kind: 'choice', choices: LEVELS, hint: '按 1–4 选择，0 未定级' },
      { name: 'reason', label: '理由', kind: 'line', required: true, suggest: ['伤亡增加', '社会影响扩大', '核实后调整'] },
    ],
    before: i => ({ level: i.level?.toString() ?? '' }),
    asks: (v, i) => ({ body: { ...id(i), level: v.level ? Number(v.level) : null, ...filled(v, 'reason') } }),
    done: (i, v) => `${i.no} 定为${levelName(v.level ? (Number(v.level) as 1) : null)}`,
  }),
  deed<'incident'>({
    ...issue,
    letter: 'p',
    name: '记录指示',
    on: 'incident',
    fits: isOpen,
    about,
    asks: (v, i, { now }) => issued(v, now, { incident: i.id }),
  }),
  deed<'incident'>({
    letter: 't',
    name: '提醒',
    on: 'incident',
    command: 'alert.raise',
    fits: isOpen,
    about,
    fields: () => [
      { name: 'to', label: '提醒谁', kind: 'people', required: true, hint: '岗位、人员或单位，回车添加' },
      { name: 'text', label: '内容', kind: 'text', required: true },
      { name: 'urgency', label: '缓急', kind: 'choice', choices: URGENCIES },
    ],
    before: i => ({ urgency: 'urgent', text: `${i.title}${i.address ? `，${i.address}` : ''}，编号${i.no}` }),
    asks: (v, i) => ({ body: { id: v7(), to: v.to?.split(' ').filter(Boolean) ?? [], about: { kind: 'incident', id: i.id }, ...filled(v, 'text', 'urgency') } }),
    done: () => '已发出提醒',
  }),
  deed<'incident'>({
    letter: 'e',
    name: '更正',
    on: 'incident',
    command: 'incident.revise',
    fits: () => true,
    about,
    fields: () => [
      { name: 'typeCode', label: '类型', kind: 'type' },
      { name: 'township', label: '镇街', kind: 'town' },
      { name: 'title', label: '标题', kind: 'line', wide: true },
      ...FACTS,
      { name: 'narrative', label: '事由', kind: 'text' },
      { name: 'sensitive', label: '敏感', kind: 'check' },
      { name: 'reason', label: '更正原因', kind: 'line', suggest: ['误记', '核实后更正'] },
    ],
    before: i => ({
      ...factsBefore(i),
      typeCode: i.typeCode,
      township: i.township ?? 'outside',
      title: i.title,
      narrative: i.narrative ?? '',
      sensitive: String(i.sensitive),
    }),
    asks(v, i, { now, changed }) {
      const { body, wrong } = factsSaid(changed, now)
      if (Object.keys({ ...body, ...wrong }).length === 0) wrong.title = '没有改动任何内容'
      return { body: { ...id(i), ...body, ...filled(v, 'reason') }, wrong }
    },
    done: i => `${i.no} 已更正`,
  }),
  deed<'incident'>({
    letter: 'z',
    name: '终报',
    on: 'incident',
    command: 'incident.close',
    fits: isOpen,
    about,
    fields: () => [{ name: 'summary', label: '终报内容', kind: 'text', required: true }],
    before: () => ({}),
    asks: (v, i) => ({ body: { ...id(i), ...filled(v, 'summary') } }),
    done: i => `${i.no} 已终报`,
  }),
  deed<'incident'>({
    letter: 'o',
    name: '恢复',
    on: 'incident',
    command: 'incident.reopen',
    fits: i => i.status === 'closed',
    about,
    fields: () => [{ name: 'reason', label: '恢复原因', kind: 'line', required: true, suggest: ['出现新情况'] }],
    before: () => ({}),
    asks: (v, i) => ({ body: { ...id(i), ...filled(v, 'reason') } }),
    done: i => `${i.no} 已恢复`,
  }),
]
