import { initialsOf } from './pinyin.ts'
import type { Table } from './table.ts'
import { TOWNS } from './towns.ts'

/** An office that can be told something and answer for it: a town's government, a zone's committee, a department or a standing desk. */
export interface Unit {
  slug: string
  name: string
  short: string
  kind: 'township' | 'committee' | 'department'
  township?: string
  /** Syllables of the short name, figures left out. */
  pinyin: string
  initials: string
  verified: boolean
}

/** Units meant together by one name, as the head of a circular names them. */
export interface Group {
  slug: string
  name: string
  units: string[]
}

const townships = TOWNS.items.map((t): Unit => ({
  slug: t.code,
  name: t.name + (t.kind === '镇' ? '人民政府' : '办事处'),
  short: t.short,
  kind: 'township',
  township: t.code,
  pinyin: t.pinyin,
  initials: t.initials,
  verified: true,
}))

/** Their names stand in the salutations of 2022–2025; which town each lies in does not, so `township` is the room's own reading. */
const committees: Unit[] = [
  {
    slug: 'torch',
    name: '火炬开发区管委会',
    short: '火炬开发区',
    kind: 'committee',
    township: '442000003',
    pinyin: 'huo ju kai fa qu',
    initials: 'hjkfq',
    verified: true,
  },
  {
    slug: 'cuiheng',
    name: '翠亨新区管委会',
    short: '翠亨新区',
    kind: 'committee',
    township: '442000008',
    pinyin: 'cui heng xin qu',
    initials: 'chxq',
    verified: true,
  },
]

const department = (verified: boolean) => (slug: string, name: string, short: string, pinyin: string): Unit => ({
  slug,
  name,
  short,
  kind: 'department',
  pinyin,
  initials: initialsOf(pinyin),
  verified,
})

const named = department(true)
const assumed = department(false)

const departments: Unit[] = [
  named('emergency', '市应急管理局', '应急局', 'ying ji ju'),
  assumed('fire', '市消防救援支队', '消防支队', 'xiao fang zhi dui'),
  assumed('police', '市公安局', '公安局', 'gong an ju'),
  assumed('health', '市卫生健康局', '卫健局', 'wei jian ju'),
  named('meteorology', '市气象局', '气象局', 'qi xiang ju'),
  named('flood-control', '市防汛防旱防风指挥部', '三防指挥部', 'san fang zhi hui bu'),
  named('water', '市水务局', '水务局', 'shui wu ju'),
  named('natural-resources', '市自然资源局', '自然资源局', 'zi ran zi yuan ju'),
  named('housing', '市住房和城乡建设局', '住建局', 'zhu jian ju'),
  named('transport', '市交通运输局', '交通局', 'jiao tong ju'),
  named('agriculture', '市农业农村局', '农业农村局', 'nong ye nong cun ju'),
  named('ecology', '市生态环境局', '生态环境局', 'sheng tai huan jing ju'),
  assumed('urban', '市城市管理和综合执法局', '城管局', 'cheng guan ju'),
  assumed('market', '市市场监督管理局', '市场监管局', 'shi chang jian guan ju'),
  assumed('industry', '市工业和信息化局', '工信局', 'gong xin ju'),
  assumed('education', '市教育和体育局', '教体局', 'jiao ti ju'),
  assumed('civil-affairs', '市民政局', '民政局', 'min zheng ju'),
  assumed('petitions', '市信访局', '信访局', 'xin fang ju'),
  assumed('power', '中山供电局', '供电局', 'gong dian ju'),
  assumed('maritime', '中山海事局', '海事局', 'hai shi ju'),
  assumed('hotline-12345', '12345政务服务便民热线', '12345热线', 're xian'),
  assumed('command-110', '市公安局110指挥中心', '110指挥中心', 'zhi hui zhong xin'),
  assumed('command-119', '市消防救援支队119指挥中心', '119指挥中心', 'zhi hui zhong xin'),
  assumed('command-120', '市120急救指挥中心', '120指挥中心', 'zhi hui zhong xin'),
]

export const UNITS: Table<Unit> = {
  table: 'units',
  version: 1,
  title: '联动单位',
  source: '镇街与管委会：中府办〔2024〕17号、中府办函〔2025〕64号主送抬头；部门：公开预案与会议报道点名，其余为常规名称待确认',
  verified: false,
  items: [...townships, ...committees, ...departments],
}

const slugs = (units: readonly Unit[]) => units.map(u => u.slug)

export const GROUPS: Table<Group> = {
  table: 'groups',
  version: 1,
  title: '收件人组',
  source: '2022—2025年各文主送抬头',
  verified: true,
  items: [
    { slug: 'all', name: '火炬开发区管委会，翠亨新区管委会，各镇政府、街道办事处，市各有关单位', units: slugs([...committees, ...townships, ...departments]) },
    { slug: 'all-committees', name: '火炬开发区管委会，翠亨新区管委会', units: slugs(committees) },
    { slug: 'all-towns', name: '各镇政府、街道办事处', units: slugs(townships) },
    { slug: 'all-departments', name: '市各有关单位', units: slugs(departments) },
  ],
}

const names = new Map(UNITS.items.map(u => [u.slug, u.name]))

/** What a unit is called: fire is 市消防救援支队. */
export const unitName = (slug: string): string => names.get(slug) ?? slug
