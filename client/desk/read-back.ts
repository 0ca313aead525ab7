import { eventTypeName } from '@duty/shared/reference/event-types.ts'
import { townName } from '@duty/shared/reference/towns.ts'
import { HARMS } from './quick-code.ts'
import { readFigure, type Report } from './report.ts'
import { readTime, sayTime } from './time-entry.ts'

const place = ({ township, address }: Report) =>
  (township === undefined ? '镇街未定' : township === 'unknown' ? '镇街不详' : townName(township)) + (address || '')

/** 亡0人、伤2人: what was said and nothing else; said nothing, 伤亡不详. A figure that is no number is read as it stands. */
function harm({ figures }: Report): string {
  const words = HARMS.flatMap(({ field, name }) => {
    const typed = figures[field].trim()
    return typed === '' ? [] : [`${name}${readFigure(typed) ?? typed}人`]
  })
  return words.join('、') || '伤亡不详'
}

function caller({ unit, person, title, phone }: Report): string {
  const who = [unit, person + title].filter(Boolean).join(' ')
  return [who && `来电人${who}`, phone && `电话${phone}`].filter(Boolean).join('，')
}

/** The sentence read back to the caller before hanging up; made from the fields, so that what is heard is what is written. */
export function readBack(report: Report, now: number): string {
  const occurred = report.occurred.trim() === '' ? null : readTime(report.occurred, now)
  const what = report.typeCode === null ? '事件类型未定' : `发生${eventTypeName(report.typeCode)}`
  const parts = [occurred ? sayTime(occurred, now) : '', place(report) + what, harm(report), caller(report)].filter(Boolean)
  return `${parts.join('，')}，对吗？`
}
