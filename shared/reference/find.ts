import { EVENT_TYPE_WORDS } from './event-type-words.ts'
import { EVENT_TYPES, type EventType } from './event-types.ts'
import { initialsOf, sounds } from './pinyin.ts'
import { TOWNS, type Town } from './towns.ts'
import { UNITS, type Unit } from './units.ts'

/** One way of calling something; `pinyin` may be unknown, then only initials are heard. */
interface Calling {
  name: string
  initials: string
  pinyin?: string
}

const MISS = Infinity

/** How well what was typed fits one name: 0 the whole name, higher is looser, MISS not at all. */
function fit(query: string, { name, initials, pinyin }: Calling): number {
  if (query === name || query === initials) return 0
  if (name.startsWith(query) || initials.startsWith(query)) return 1
  if (pinyin !== undefined && sounds(query, pinyin.split(' '))) return 2
  return name.includes(query) ? 3 : MISS
}

/** What others call it counts less than its own name cut short. */
const BORROWED = 1.5

const best = (query: string, own: readonly Calling[], borrowed: readonly Calling[] = []) =>
  Math.min(...own.map(c => fit(query, c)), ...borrowed.map(c => fit(query, c) + BORROWED))

const byCode = (query: string, code: string) => (query === code ? 0 : code.startsWith(query) ? 1 : MISS)

/** What was typed, whatever the keyboard was set to: full-width letters, capitals, and the marks an IME leaves between syllables. */
const heard = (query: string) => query.normalize('NFKC').toLowerCase().replace(/[\s'’]/g, '')

/** The things that fit at all, the best first, equals in the table's order. */
function ranked<T>(query: string, items: readonly T[], rank: (query: string, item: T) => number): T[] {
  const said = heard(query)
  if (said === '') return []
  return items
    .map(item => ({ item, rank: rank(said, item) }))
    .filter(hit => hit.rank < MISS)
    .toSorted((a, b) => a.rank - b.rank)
    .map(hit => hit.item)
}

const KIND_PINYIN: Record<Town['kind'], string> = { 街道: 'jie dao', 镇: 'zhen' }

const inFull = ({ name, pinyin, kind }: Town): Calling => {
  const whole = `${pinyin} ${KIND_PINYIN[kind]}`
  return { name, pinyin: whole, initials: initialsOf(whole) }
}

const townRank = (query: string, t: Town) => Math.min(byCode(query, t.code), best(query, [{ ...t, name: t.short }, inFull(t)], t.aliases))

/** The towns that letters, characters or a code may mean, the best first: xl, xiaol, 小榄, ds (东升). */
export const findTown = (query: string): Town[] => ranked(query, TOWNS.items, townRank)

const wordsFor = (t: EventType) => EVENT_TYPE_WORDS.items.filter(w => w.code === t.code).map(w => ({ ...w, name: w.word }))

const spoken = EVENT_TYPES.items.map(type => ({ type, code: type.code.toLowerCase(), words: wordsFor(type) }))

/** The types that letters, characters or a code may mean, everyday words before the table's own: hz, 车祸, nl, 12g. */
export const findEventType = (query: string): EventType[] =>
  ranked(query, spoken, (said, { type, code, words }) => Math.min(byCode(said, code), best(said, words, [type]))).map(hit => hit.type)

const townOf = new Map(TOWNS.items.map(t => [t.code, t]))

const unitRank = (query: string, u: Unit) => {
  const town = townOf.get(u.slug)
  return Math.min(query === u.slug ? 0 : MISS, best(query, [{ ...u, name: u.short }, u]), town ? townRank(query, town) : MISS)
}

/** The units that letters, characters or a town's code may mean, the best first: yj, 消防, xl, 火炬. */
export const findUnit = (query: string): Unit[] => ranked(query, UNITS.items, unitRank)
