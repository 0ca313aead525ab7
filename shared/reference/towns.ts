import { initialsOf } from './pinyin.ts'
import type { Table } from './table.ts'

/** Another name or reading people use for a town. */
export interface TownAlias {
  name: string
  pinyin: string
  initials: string
  verified?: false
}

/** One of the 23 镇街: its statistics code, its names, and its cell on the wall's schematic 5×7 matrix (column from west, row from north). */
export interface Town {
  code: string
  name: string
  short: string
  kind: '街道' | '镇'
  /** Syllables apart, as the desk's search needs them. */
  pinyin: string
  initials: string
  aliases: TownAlias[]
  cell: { col: number; row: number }
}

/** Old places, zones and readings: nobody has confirmed them with the customer. */
const alias = (name: string, pinyin: string): TownAlias => ({ name, pinyin, initials: initialsOf(pinyin), verified: false })

const town = (kind: Town['kind'], code: string, short: string, pinyin: string, col: number, row: number, aliases: TownAlias[] = []): Town => ({
  code,
  name: short + kind,
  short,
  kind,
  pinyin,
  initials: initialsOf(pinyin),
  aliases,
  cell: { col, row },
})

const items: readonly [Town, ...Town[]] = [
  town('街道', '442000001', '石岐', 'shi qi', 2, 3),
  town('街道', '442000002', '东区', 'dong qu', 3, 3),
  town('街道', '442000003', '中山港', 'zhong shan gang', 4, 2, [
    alias('火炬', 'huo ju'),
    alias('火炬区', 'huo ju qu'),
    alias('火炬开发区', 'huo ju kai fa qu'),
    alias('张家边', 'zhang jia bian'),
  ]),
  town('街道', '442000004', '西区', 'xi qu', 2, 2),
  town('街道', '442000005', '南区', 'nan qu', 2, 4),
  town('街道', '442000006', '五桂山', 'wu gui shan', 3, 4),
  town('街道', '442000007', '民众', 'min zhong', 4, 1),
  town('街道', '442000008', '南朗', 'nan lang', 4, 3, [alias('翠亨', 'cui heng'), alias('翠亨新区', 'cui heng xin qu')]),
  town('镇', '442000101', '黄圃', 'huang pu', 2, 0),
  town('镇', '442000103', '东凤', 'dong feng', 1, 1),
  town('镇', '442000105', '古镇', 'gu zhen', 0, 2),
  town('镇', '442000106', '沙溪', 'sha xi', 1, 3),
  town('镇', '442000107', '坦洲', 'tan zhou', 3, 6),
  town('镇', '442000108', '港口', 'gang kou', 3, 2),
  town('镇', '442000109', '三角', 'san jiao', 3, 1),
  town('镇', '442000110', '横栏', 'heng lan', 1, 2),
  town('镇', '442000111', '南头', 'nan tou', 1, 0),
  town('镇', '442000112', '阜沙', 'fu sha', 2, 1),
  town('镇', '442000114', '三乡', 'san xiang', 3, 5),
  town('镇', '442000115', '板芙', 'ban fu', 2, 5),
  town('镇', '442000116', '大涌', 'da chong', 1, 4, [alias('大涌', 'da yong')]),
  town('镇', '442000117', '神湾', 'shen wan', 2, 6),
  town('镇', '442000118', '小榄', 'xiao lan', 0, 1, [alias('东升', 'dong sheng'), alias('东升镇', 'dong sheng zhen')]),
]

export const TOWNS: Table<Town> = {
  table: 'towns',
  version: 1,
  title: '镇街',
  source: '国家统计局统计用区划代码（公开整理件，2024-11-28）；矩阵位置为本系统示意排布，不是地图；别名未核',
  verified: true,
  items,
}

const [first, ...others] = items

/** The codes of the 23 towns, in the table's order. */
export const TOWN_CODES: readonly [string, ...string[]] = [first.code, ...others.map(t => t.code)]

const names = new Map(items.map(t => [t.code, t.name]))

/** What a town's code is called: 小榄镇; null is 市外, "unknown" is 不详. */
export const townName = (code: string | null): string => (code === null ? '市外' : code === 'unknown' ? '不详' : (names.get(code) ?? code))
