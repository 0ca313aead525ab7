import type { Personal } from './kind.ts'

const D = '[0-9０-９]'
/** What people put between the digits of a number. */
const GAP = '[\\s\\-\\u2010-\\u2015－·.．)）]{0,3}'
const LOCAL = `${D}{3,4}[\\s\\-－]?${D}{4}`
const NUMBERS = new RegExp(
  [
    `(?<!${D})${D}{6}${GAP}(?:[1１][89８９]|[2２][0０])${D}{2}${GAP}${D}{4}${GAP}${D}{3}${GAP}[0-9０-９XxＸｘ](?!${D})`, // identity card
    `(?<!${D})[1-9１-９]${D}{14}(?!${D})`, // identity card of the first generation
    `(?:(?<!${D})|(?<=(?<!${D})(?:00)?86${GAP}))[1１]${GAP}[3-9３-９](?:${GAP}${D}){9}(?!${D})`, // mobile
    `(?<!${D})[0０]${D}{2,3}${GAP}${LOCAL}(?!${D})`, // landline with area code
    `(?<=(?:电话|致电|来电|手机|座机|号码)[是为:： ]{0,3})${LOCAL}(?!${D})`, // landline named as one
  ].join('|'),
  'gu',
)

const MASKED_NUMBER = /^\d{0,3}\*{4}[\dX]{0,4}$/

/** 李某某 → 李*. */
export const maskName = (name: string) => ([...name.trim()][0] ?? '') + '*'

/** 13800000000 → 138****0000. */
export function maskNumber(number: string): string {
  if (MASKED_NUMBER.test(number)) return number
  const digits = number.normalize('NFKC').toUpperCase().replace(/[^0-9X]/g, '')
  return digits.length < 8 ? digits.slice(0, 2) + '****' : digits.slice(0, 3) + '****' + digits.slice(-4)
}

/** Finds these names in a text, the longest first, and also where somebody has set spaces between the characters. */
function findingOf(names: readonly string[]): RegExp | null {
  const spaced = (name: string) => [...name].map(c => c.replace(/[\\^$.*+?()[\]{}|/]/, '\\$&')).join('[\\s·]{0,2}')
  return names.length ? new RegExp(names.toSorted((a, b) => b.length - a.length).map(spaced).join('|'), 'giu') : null
}

const hide = (text: string, names: RegExp | null) => {
  const masked = text.replace(NUMBERS, maskNumber)
  return names ? masked.replace(names, maskName) : masked
}

/** Free text with the named citizens' names and every number that can call or identify someone masked. */
export const maskWords = (text: string, names: readonly string[]) => hide(text, findingOf(names))

type Tree = { [field: string]: unknown }

/** A source with a unit is an official speaking for it, not a citizen. */
const isCitizen = (o: Tree) => typeof o.unit !== 'string' || o.unit.trim() === ''

/** The names in a field of names: as typed, without spaces, and each part where two were typed or a word beside one. */
const namesIn = (typed: string): string[] =>
  [typed.trim(), typed.replace(/\s+/g, ''), ...typed.split(/[\s、，,;；/()（）]+/)].filter(name => [...name].length > 1 && !/^.?\*$/u.test(name))

/** The citizens' names that stand in a state or an event. */
export function citizensIn(value: unknown, personal: Personal, found = new Set<string>()): string[] {
  if (Array.isArray(value)) for (const v of value) citizensIn(v, personal, found)
  else if (value && typeof value === 'object') {
    const o = value as Tree
    for (const [field, v] of Object.entries(o))
      if (personal.name.includes(field) && typeof v === 'string') {
        if (isCitizen(o)) for (const name of namesIn(v)) found.add(name)
      } else citizensIn(v, personal, found)
  }
  return [...found]
}

/** The same tree with citizens' names and numbers masked, in their own fields and inside free text. */
export function masked<T>(value: T, personal: Personal, names: readonly string[] = citizensIn(value, personal)): T {
  const finding = findingOf(names)
  const walk = (v: unknown, field: string, owner: Tree): unknown => {
    if (typeof v === 'string') {
      if (personal.name.includes(field)) return isCitizen(owner) ? maskName(v) : v
      if (personal.phone.includes(field)) return isCitizen(owner) ? maskNumber(v) : v
      return personal.words.includes(field) ? hide(v, finding) : v
    }
    if (Array.isArray(v)) return v.map(item => walk(item, field, owner))
    if (v && typeof v === 'object') return Object.fromEntries(Object.entries(v).map(([f, inner]) => [f, walk(inner, f, v as Tree)]))
    return v
  }
  return walk(value, '', {}) as T
}
