import type { Casualties, Level } from '@duty/shared/incident/incident.ts'
import { eventTypeName } from '@duty/shared/reference/event-types.ts'
import { findEventType, findTown } from '@duty/shared/reference/find.ts'
import { EVENT_TYPE_WORDS } from '@duty/shared/reference/event-type-words.ts'
import { levelWord } from '@duty/shared/reference/level-words.ts'
import { townName, type Town } from '@duty/shared/reference/towns.ts'

export type Harm = keyof Casualties

/** The five figures in the order they are asked for, with the letter that stands for each on the quick line. */
export const HARMS: { field: Harm; name: string; letter: string }[] = [
  { field: 'dead', name: '亡', letter: 'd' },
  { field: 'missing', name: '失联', letter: 'l' },
  { field: 'trapped', name: '被困', letter: 'k' },
  { field: 'seriouslyInjured', name: '重伤', letter: 'z' },
  { field: 'injured', name: '伤', letter: 's' },
]

/** How one word on the quick line was understood. */
export interface Chip {
  token: string
  field: string
  reads: string
}

/** All that the quick line says; what it does not say is absent, and what it does not understand stays as it was typed. */
export interface QuickCode {
  typeCode?: string
  /** null is 市外, `unknown` is 不详. */
  township?: string | null
  level?: Level
  person?: string
  phone?: string
  occurred?: string
  sensitive?: true
  figures: Partial<Record<Harm, string>>
  address: string
  narrative: string
  chips: Chip[]
}

const FIGURE = /^(?:([dlkzsm])|(亡|死亡|失联|被困|困|重伤|受伤|伤))(\d{1,6})$/i
const PHONE = /^(?:1[3-9]\d{9}|0\d{2,3}-?\d{7,8}|[2-8]\d{7})$/
const TIME = /^(?:-\d{1,4}|[前昨今]?\d{1,2}[:：点时]\d{2}分?|[前昨今]\d{3,4}|\d{4})$/
/** Ends like the name of a place, whatever it begins with: 火炬路, 人民医院. */
const PLACE_NAME = /(?:号|路|街|大道|巷|村|社区|高速|公路|国道|大厦|医院|学校|小区|工业区|工业园|市场|广场|大桥|水库|码头|车站)$/
/** Tells what is going on rather than where. */
const HAPPENING = /[火烟爆塌漏撞淹浸困伤亡死毒坠翻堵断溃决闹打砍人]|发生|倒|正在|已经|事故|失联/

/** Where it is no town of ours, or nobody knows yet. */
const NO_TOWN = new Map<string, string | null>([
  ['市外', null],
  ['不详', 'unknown'],
])

const SURNAMES =
  '李王张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤欧区简冼甘麦'
const NAME = new RegExp(`^[${SURNAMES}]\\p{Script=Han}{1,2}$`, 'u')
const NAME_CALLED = new RegExp(`^[${SURNAMES}]\\p{Script=Han}{0,2}(?:某|先生|女士|小姐|师傅|主任|书记|所长|队长)$`, 'u')

const HARM_WORDS: Record<string, Harm> = { 亡: 'dead', 死亡: 'dead', 失联: 'missing', 被困: 'trapped', 困: 'trapped', 重伤: 'seriouslyInjured', 受伤: 'injured', 伤: 'injured', m: 'missing' }
const harmOf = new Map<string, Harm>([...HARMS.map(h => [h.letter, h.field] as const), ...Object.entries(HARM_WORDS)])
const harmName = new Map(HARMS.map(h => [h.field, h.name]))

const EXACT = 2
const LOOSE = 1
const NONE = 0

const isTownCalled = (said: string, t: Town) =>
  [t, { ...t, name: t.short }, ...t.aliases].some(c => c.name === said || c.initials === said || c.pinyin.replaceAll(' ', '') === said) || t.code === said

function townFit(said: string): { code?: string; fit: number } {
  const [first] = findTown(said)
  if (!first) return { fit: NONE }
  const exact = isTownCalled(said, first)
  return /[a-z\d]/.test(said) || exact ? { code: first.code, fit: exact ? EXACT : LOOSE } : { fit: NONE }
}

function typeFit(said: string): { code?: string; fit: number } {
  const [first] = findEventType(said)
  if (!first) return { fit: NONE }
  const called = EVENT_TYPE_WORDS.items.some(w => w.code === first.code && (w.word === said || w.initials === said))
  const exact = called || first.name === said || first.code.toLowerCase() === said
  return /[a-z\d]/.test(said) || exact ? { code: first.code, fit: exact ? EXACT : LOOSE } : { fit: NONE }
}

/** Letters, a code or a whole name may be a type or a town: the pairing that fits best, and of equals the type said before the town. */
function pair(words: { n: number; said: string }[]): { type?: { n: number; code: string }; town?: { n: number; code: string } } {
  const fits = words.map(w => ({ n: w.n, type: typeFit(w.said), town: townFit(w.said) }))
  let best: ReturnType<typeof pair> = {}
  let most = 0
  for (const asType of [...fits, null])
    for (const asTown of [...fits, null]) {
      if (asType && asType === asTown) continue
      const score = (asType?.type.fit ?? 0) + (asTown?.town.fit ?? 0)
      const type = asType?.type.code === undefined ? undefined : { n: asType.n, code: asType.type.code }
      const town = asTown?.town.code === undefined ? undefined : { n: asTown.n, code: asTown.town.code }
      if (score > most) [best, most] = [{ type, town }, score]
    }
  return best
}

/** A two-letter word, a code, or Chinese: anything shorter is still being typed. */
const mayName = (token: string) => /^[a-z]{2,}$/i.test(token) || /^(?:\d{2}[a-z]\d{0,2}|4420\d{5})$/i.test(token) || /^\p{Script=Han}+$/u.test(token)

/** Of the words nobody understood, those that say where: all until it is told what is going on, and any named like a place after that. */
function placesAmong(rest: { n: number; token: string }[]): Set<number> {
  const tells = (token: string) => HAPPENING.test(token) && !PLACE_NAME.test(token)
  const told = rest.findIndex(r => tells(r.token))
  return new Set(rest.filter((r, at) => !tells(r.token) && (told === -1 || at < told || PLACE_NAME.test(r.token))).map(r => r.n))
}

/** Who calls: named as people are named, or a name said right before the number. */
const isCaller = (token: string, next = '') => NAME_CALLED.test(token) || (NAME.test(token) && PHONE.test(next) && !HAPPENING.test(token) && !PLACE_NAME.test(token))

/** Reads the quick line: `hz xl 升平路12号 d0 s2 k1 2` is 火灾 · 小榄 · the place · 亡0 伤2 被困1 · Ⅱ级, its words in any order. */
export function readQuickCode(line: string): QuickCode {
  const tokens = line.split(/[\s　]+/).filter(Boolean)
  const read: QuickCode = { figures: {}, address: '', narrative: '', chips: [] }
  const chips: (Chip | undefined)[] = tokens.map(() => undefined)
  const left: { n: number; token: string; said: string }[] = []

  for (const [n, token] of tokens.entries()) {
    const said = token.normalize('NFKC').toLowerCase()
    const [, letter, word, count] = FIGURE.exec(said) ?? []
    const harm = harmOf.get(letter ?? word ?? '')
    if (harm && count !== undefined && read.figures[harm] === undefined) {
      read.figures[harm] = String(Number(count))
      chips[n] = { token, field: harmName.get(harm)!, reads: `${Number(count)}人` }
    } else if (/^[1-4]$/.test(said) && read.level === undefined) {
      read.level = Number(said) as Level
      const { numeral, name } = levelWord(read.level)
      chips[n] = { token, field: '等级', reads: `${numeral} ${name}` }
    } else if (PHONE.test(said) && read.phone === undefined) {
      read.phone = said
      chips[n] = { token, field: '电话', reads: said }
    } else if (TIME.test(said) && read.occurred === undefined) {
      read.occurred = token
      chips[n] = { token, field: '事发', reads: token }
    } else if (NO_TOWN.has(said) && read.township === undefined) {
      read.township = NO_TOWN.get(said)
      chips[n] = { token, field: '镇街', reads: said }
    } else if (said === '敏感' && !read.sensitive) {
      read.sensitive = true
      chips[n] = { token, field: '敏感', reads: '是' }
    } else left.push({ n, token, said })
  }

  const { type, town } = pair(left.filter(l => mayName(l.said)))
  if (type) {
    read.typeCode = type.code
    chips[type.n] = { token: tokens[type.n]!, field: '类型', reads: eventTypeName(type.code) }
  }
  if (town && read.township === undefined) {
    read.township = town.code
    chips[town.n] = { token: tokens[town.n]!, field: '镇街', reads: townName(town.code) }
  }

  const caller = left.find(l => !chips[l.n] && isCaller(l.token, tokens[l.n + 1]))
  if (caller) {
    read.person = caller.token
    chips[caller.n] = { token: caller.token, field: '姓名', reads: caller.token }
  }

  const rest = left.filter(l => !chips[l.n])
  const places = placesAmong(rest)
  for (const { n, token } of rest) chips[n] = { token, field: places.has(n) ? '地点' : '事由', reads: token }
  read.address = rest.filter(r => places.has(r.n)).map(r => r.token).join(' ')
  read.narrative = rest.filter(r => !places.has(r.n)).map(r => r.token).join(' ')
  read.chips = chips.filter(c => c !== undefined)
  return read
}
