/** What a unit has typed of an incident; an empty figure is 不详. */
export interface Report {
  typeCode: string
  township: string
  address: string
  /** As the phone's own field gives it, without a zone: the room's time. */
  occurredAt: string
  narrative: string
  dead: string
  missing: string
  trapped: string
  seriouslyInjured: string
  injured: string
  measures: string
  phone: string
  sensitive: boolean
}

export const EMPTY_REPORT: Report = {
  typeCode: '',
  township: 'unknown',
  address: '',
  occurredAt: '',
  narrative: '',
  dead: '',
  missing: '',
  trapped: '',
  seriouslyInjured: '',
  injured: '',
  measures: '',
  phone: '',
  sensitive: false,
}

const FIGURES = ['dead', 'missing', 'trapped', 'seriouslyInjured', 'injured'] as const

const figure = (typed: string): number | null | undefined => {
  const said = typed.normalize('NFKC').trim()
  if (said === '') return null
  return /^\d{1,6}$/.test(said) ? Number(said) : undefined
}

/** What must be put right before it can go, by field. */
export function wrongIn(r: Report): Record<string, string> {
  const wrong: Record<string, string> = {}
  if (!r.typeCode) wrong.typeCode = '请选择事件类型'
  for (const field of FIGURES) if (figure(r[field]) === undefined) wrong[field] = '须为整数，不详请留空'
  const [serious, injured] = [figure(r.seriouslyInjured), figure(r.injured)]
  if (serious != null && injured != null && injured < serious) wrong.injured = '受伤含重伤，不能少于重伤人数'
  return wrong
}

/** The report as the room takes it; what was not said is left out. */
export function bodyOf(r: Report): Record<string, unknown> {
  const casualties = Object.fromEntries(FIGURES.map(field => [field, figure(r[field]) ?? null]))
  const said = { address: r.address.trim(), narrative: r.narrative.trim(), measures: r.measures.trim() }
  return {
    typeCode: r.typeCode,
    township: r.township,
    ...Object.fromEntries(Object.entries(said).filter(([, words]) => words !== '')),
    ...(r.occurredAt && { occurredAt: `${r.occurredAt}:00+08:00` }),
    casualties,
    ...(r.sensitive && { sensitive: true }),
  }
}
