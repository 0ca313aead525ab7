import type { Level, Source } from '@duty/shared/incident/incident.ts'
import { HARMS, readQuickCode, type Harm } from './quick-code.ts'
import { localStamp, readTime } from './time-entry.ts'

/** A report being taken down, each field as it was typed; nothing is put right behind the officer's back. */
export interface Report {
  quick: string
  channel: Source['channel']
  unit: string
  person: string
  title: string
  phone: string
  alreadyTold: string
  typeText: string
  typeCode: string | null
  townText: string
  /** Undefined until chosen; null is 市外. */
  township: string | null | undefined
  address: string
  figures: Record<Harm, string>
  level: Level
  sensitive: boolean
  narrative: string
  measures: string
  occurred: string
  received: string
  /** Where the caret stood, so that a reload brings the officer back to the same word. */
  caret: { field: string; at: number } | null
}

export const EMPTY_REPORT: Report = {
  quick: '',
  channel: 'phone',
  unit: '',
  person: '',
  title: '',
  phone: '',
  alreadyTold: '',
  typeText: '',
  typeCode: null,
  townText: '',
  township: undefined,
  address: '',
  figures: { dead: '', missing: '', trapped: '', seriouslyInjured: '', injured: '' },
  level: null,
  sensitive: false,
  narrative: '',
  measures: '',
  occurred: '',
  received: '',
  caret: null,
}

/** The fields of a report that the quick line can fill. */
function filledBy(line: string): Partial<Report> {
  const { typeCode = null, township, level = null, person = '', phone = '', occurred = '', sensitive = false, figures, address, narrative } = readQuickCode(line)
  return { typeCode, township, level, person, phone, occurred, sensitive, address, narrative, figures: { ...EMPTY_REPORT.figures, ...figures } }
}

/** The quick line has changed: what it filled before follows it, what was typed by hand since stays. */
export function withQuickLine(report: Report, line: string): Report {
  const before = filledBy(report.quick)
  const after = filledBy(line)
  const untouched = (field: keyof Report) => report[field] === before[field]
  const followed = Object.fromEntries(Object.entries(after).filter(([field]) => field !== 'figures' && untouched(field as keyof Report)))
  const figures = Object.fromEntries(HARMS.map(({ field }) => [field, (report.figures[field] === before.figures![field] ? after : report).figures![field]])) as Report['figures']
  const next: Report = { ...report, ...followed, figures, quick: line }
  return {
    ...next,
    typeText: next.typeCode === report.typeCode ? report.typeText : '',
    townText: next.township === report.township ? report.townText : '',
  }
}

/** Whether nothing has been said yet, so that closing the draft loses no word. */
export const isBlank = (report: Report) => JSON.stringify({ ...report, caret: null }) === JSON.stringify(EMPTY_REPORT)

/** Which fields are wrong, each with its sentence, by the names the server uses too. */
export type Wrong = Record<string, string>

/** A figure as typed: blank is 不详, never 0; undefined where it is no number. */
export function readFigure(typed: string): number | null | undefined {
  const text = typed.normalize('NFKC').trim()
  if (text === '') return null
  return /^\d{1,8}$/.test(text) ? Number(text) : undefined
}

/** The figures as numbers, and which could not be read. */
export function readFigures(figures: Report['figures']): { casualties: Record<Harm, number | null>; wrong: Wrong } {
  const wrong: Wrong = {}
  const casualties = Object.fromEntries(
    HARMS.map(({ field }) => {
      const count = readFigure(figures[field])
      if (count === undefined) wrong[`casualties.${field}`] = '须为整数，不详请留空'
      return [field, count ?? null]
    }),
  ) as Record<Harm, number | null>
  const { injured, seriouslyInjured } = casualties
  if (injured !== null && seriouslyInjured !== null && injured < seriouslyInjured) wrong['casualties.injured'] = '受伤人数含重伤，不能少于重伤人数'
  return { casualties, wrong }
}

/** Words that were refused after the officer had gone on, as a report that can be put right and pushed again. */
export function reportOf(body: Record<string, any>): Report {
  const { source = {}, casualties = {}, typeCode = null, township, occurredAt, receivedAt, level = null, sensitive = false, address = '', narrative = '', measures = '' } = body
  const typed = (moment?: string) => (moment ? localStamp(moment) : '')
  const figures = Object.fromEntries(HARMS.map(({ field }) => [field, casualties[field]?.toString() ?? ''])) as Report['figures']
  return { ...EMPTY_REPORT, ...source, typeCode, township, address, narrative, measures, level, sensitive, figures, occurred: typed(occurredAt), received: typed(receivedAt) }
}

/** A second call about a matter that is already known: all its words, as one more telling. */
export function callOf(report: Report): { source: Record<string, unknown>; narrative?: string } {
  const { source } = bodyOf(report, 0, 0).body as { source: Record<string, unknown> }
  const harm = HARMS.flatMap(({ field, name }) => (report.figures[field].trim() ? [`${name}${report.figures[field].trim()}`] : [])).join(' ')
  const told = [['地点', report.address], ['伤亡', harm], ['措施', report.measures], ['事发', report.occurred]].flatMap(([name, words]) => (words ? [`${name}：${words}`] : []))
  const narrative = [report.narrative, ...told].filter(Boolean).join('\n')
  return { source, ...(narrative ? { narrative } : {}) }
}

const said = <T extends Record<string, string>>(fields: T) => Object.fromEntries(Object.entries(fields).filter(([, text]) => text !== '')) as Partial<T>

/** The body of `incident.log`: exactly the words typed; or what stands in its way. */
export function bodyOf(report: Report, begunAt: number, now: number): { body: Record<string, unknown>; wrong: Wrong } {
  const { casualties, wrong } = readFigures(report.figures)
  if (report.typeCode === null) wrong.typeCode = report.typeText ? '没有这个事件类型' : '请写明事件类型'
  if (report.township === undefined) wrong.township = report.townText ? '没有这个镇街' : '请写明镇街；不清楚请选「不详」'
  const time = (field: 'occurredAt' | 'receivedAt', typed: string) => {
    if (typed.trim() === '') return undefined
    const at = readTime(typed, now)
    if (at === null) wrong[field] = '看不懂这个时间，例：2230、-15、昨2230'
    return at ?? undefined
  }
  const { channel, unit, person, title, phone, alreadyTold, address, narrative, measures } = report
  const body = {
    source: { channel, ...said({ unit, person, title, phone, alreadyTold }) },
    typeCode: report.typeCode,
    township: report.township,
    ...said({ address, narrative, measures }),
    casualties,
    level: report.level,
    ...(report.sensitive ? { sensitive: true } : {}),
    receivedAt: time('receivedAt', report.received) ?? new Date(begunAt).toISOString(),
    ...(report.occurred.trim() ? { occurredAt: time('occurredAt', report.occurred) } : {}),
  }
  return { body, wrong }
}
