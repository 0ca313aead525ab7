import type { Personal } from './kind.ts'

const D = '[0-9０-９]'
const GAP = '[ \\-－—·.]{0,2}'
const NUMBERS = new RegExp(
  [
    `(?<!${D})${D}{6}(?:18|19|20|１８|１９|２０)${D}{8}(?:${D}|[XxＸｘ])(?!${D})`, // identity card
    `(?<!${D})[1１][3-9３-９]${D}(?:${GAP}${D}){8}(?!${D})`, // mobile
    `(?<!${D})[0０]${D}{2,3}${GAP}${D}{7,8}(?!${D})`, // landline with area code
    `(?<=(?:电话|致电|来电|手机|座机|号码)[是为:： ]{0,3})${D}{7,8}(?!${D})`, // landline named as one
  ].join('|'),
  'gu',
)

/** 李某某 → 李*. */
export const maskName = (name: string) => ([...name.trim()][0] ?? '') + '*'

/** 13800000000 → 138****0000. */
export function maskNumber(number: string): string {
  if (number.includes('****')) return number
  const digits = [...number].filter(c => /[0-9０-９Xx]/.test(c))
  return digits.length < 8 ? digits.slice(0, 2).join('') + '****' : digits.slice(0, 3).join('') + '****' + digits.slice(-4).join('')
}

/** Free text with the named citizens' names and every number that can call or identify someone masked. */
export function maskWords(text: string, names: readonly string[]): string {
  const masked = text.replace(NUMBERS, maskNumber)
  return names.reduce((t, name) => t.replaceAll(name, maskName(name)), masked)
}

type Tree = { [field: string]: unknown }

/** A source with a unit is an official speaking for it, not a citizen. */
const isCitizen = (o: Tree) => !o.unit

/** The citizens' names that stand in a state or an event. */
export function citizensIn(value: unknown, personal: Personal, found = new Set<string>()): string[] {
  if (Array.isArray(value)) for (const v of value) citizensIn(v, personal, found)
  else if (value && typeof value === 'object') {
    const o = value as Tree
    for (const [field, v] of Object.entries(o))
      if (personal.name.includes(field) && typeof v === 'string') {
        if (isCitizen(o) && [...v.trim()].length > 1 && !v.includes('*')) found.add(v.trim())
      } else citizensIn(v, personal, found)
  }
  return [...found]
}

/** The same tree with citizens' names and numbers masked, in their own fields and inside free text. */
export function masked<T>(value: T, personal: Personal, names: readonly string[] = citizensIn(value, personal)): T {
  const walk = (v: unknown, field: string, owner: Tree): unknown => {
    if (typeof v === 'string') {
      if (personal.name.includes(field)) return isCitizen(owner) ? maskName(v) : v
      if (personal.phone.includes(field)) return isCitizen(owner) ? maskNumber(v) : v
      return personal.words.includes(field) ? maskWords(v, names) : v
    }
    if (Array.isArray(v)) return v.map(item => walk(item, field, owner))
    if (v && typeof v === 'object') return Object.fromEntries(Object.entries(v).map(([f, inner]) => [f, walk(inner, f, v as Tree)]))
    return v
  }
  return walk(value, '', {}) as T
}
