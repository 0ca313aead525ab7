import type { Incident } from '@duty/shared/incident/incident.ts'
import type { Thing } from '@duty/shared/kernel/kind.ts'
import type { Report } from './report.ts'

const SAME_WITHIN_MS = 2 * 60 * 60_000

/** The wider sort of a type: 12G04 and 12G00 are both 12G. */
const sort = (typeCode: string) => typeCode.slice(0, 3)

/** Open incidents that this call may be about: same town and sort within two hours, or the same caller's number. */
export function alikeTo(report: Pick<Report, 'typeCode' | 'township' | 'phone'>, incidents: Thing<Incident>[], now: number): Thing<Incident>[] {
  const { typeCode, township, phone } = report
  const sameCaller = (i: Incident) => phone !== '' && [i.source, ...i.calls.map(c => c.source)].some(s => s.phone === phone)
  const sameMatter = (i: Incident) =>
    typeCode !== null && typeof township === 'string' && i.township === township && sort(i.typeCode) === sort(typeCode) && now - Date.parse(i.receivedAt) < SAME_WITHIN_MS
  return incidents.filter(i => sameCaller(i) || sameMatter(i)).toSorted((a, b) => b.receivedAt.localeCompare(a.receivedAt)).slice(0, 3)
}
