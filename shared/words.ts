import type { Deadline } from './deadline/deadline.ts'
import type { Casualties, Incident } from './incident/incident.ts'
import type { Instruction, Step } from './instruction/instruction.ts'
import { levelName } from './reference/level-words.ts'

const HARM: [keyof Casualties, string][] = [
  ['dead', '亡'],
  ['missing', '失联'],
  ['trapped', '被困'],
  ['seriouslyInjured', '重伤'],
  ['injured', '伤'],
]

/** 亡3 失联1 重伤2: only what was said; nothing said is 伤亡不详. */
export const harmWords = (c: Casualties): string =>
  HARM.flatMap(([field, word]) => (c[field] === null ? [] : [`${word}${c[field]}`])).join(' ') || '伤亡不详'

/** The text of the alert that an incident raises. */
export const alertOfIncident = (i: Incident) =>
  i.sensitive ? `【敏感】${i.title}，编号${i.no}` : `【${levelName(i.level)}】${[i.title, i.address, harmWords(i.casualties)].filter(Boolean).join('，')}，编号${i.no}`

/** The text when an incident has become grave. */
export const alertOfUpgrade = (i: Incident) => `情况升级：${alertOfIncident(i)}`

/** An alert is short; a character of two halves is never cut in the middle. */
const cut = (text: string) => [...text].slice(0, 1_000).join('')

/** The text when an instruction waits to be told, or has been told, to a unit. */
export const alertOfRelay = (i: Instruction) => cut(`${i.from.name}${i.from.title ?? ''}${FORM[i.form]}：${i.text}`)

/** 指示 · 批示 · 交办. */
export const FORM = { instruction: '指示', remark: '批示', assignment: '交办' } as const

/** 特急 · 紧急 · 一般. */
export const URGENCY = { flash: '特急', urgent: '紧急', normal: '一般' } as const

/** The steps a unit goes. */
export const STEP: Record<Step, string> = { issued: '待传达', relayed: '已传达', receipted: '已签收', answered: '已反馈', done: '已办结' }

/** The text when a unit's line has fallen behind. */
export const alertOfLapse = (i: Instruction, unit: string, step: Step) =>
  cut(`${i.relays[unit]?.name ?? unit}${{ issued: '尚未传达', relayed: '逾时未签收', receipted: '到期未反馈', answered: '到期未办结', done: '' }[step]}：${i.text}`)

/** The text when a clock has run out. */
export const alertOfDeadline = (d: Deadline, minutesOver: number | null) =>
  `${d.incidentNo} ${d.rule.name}${minutesOver === null ? '时限已到' : `已超时${minutesOver}分钟`}，尚无报告记录${d.rule.verified ? '' : '（时限待确认）'}`

/** How far an alert has come with somebody. */
export const DELIVERY = { queued: '待送达', sent: '已发出', delivered: '已送达', seen: '已读', acknowledged: '已签收', failed: '未送达', expired: '已过期' } as const
