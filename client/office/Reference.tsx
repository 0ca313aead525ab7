import { useState } from 'react'
import { useRead } from './pages.ts'
import { Table, type Column } from './Table.tsx'

const TABLES: Record<string, string> = {
  towns: '镇街',
  units: '联动单位',
  posts: '岗位',
  groups: '收件人组',
  'event-types': '突发事件类型',
  'level-words': '事件等级',
  'time-limits': '信息报告时限',
  'instruction-limits': '指示传达与签收时限',
  ladders: '未签收逐级提醒',
  'source-channels': '来报渠道',
}

const HEADS: Record<string, string> = {
  code: '代码',
  slug: '代号',
  name: '名称',
  short: '简称',
  kind: '种类',
  pinyin: '拼音',
  initials: '首字母',
  aliases: '别名',
  cell: '矩阵位置',
  parent: '上级',
  category: '大类',
  township: '镇街',
  units: '单位',
  level: '等级',
  numeral: '数字',
  shape: '图形',
  id: '编号',
  leg: '环节',
  from: '由',
  to: '报',
  channel: '渠道',
  minutes: '分钟',
  text: '原文',
  anchor: '起算',
  levels: '等级',
  types: '类型',
  sensitiveToo: '含敏感',
  stage: '阶段',
  source: '依据',
  jurisdiction: '适用',
  note: '说明',
  urgency: '缓急',
  relayMinutes: '传达（分钟）',
  receiptMinutes: '签收（分钟）',
  rungs: '逐级',
  thenEveryMinutes: '其后每（分钟）',
  perShift: '随班次',
  order: '次序',
}

type Item = Record<string, unknown>

const CONFIRMED: Column<Item> = { head: '状态', cell: i => (i.verified === false ? <strong>待确认</strong> : i.verified === true ? '已核' : '') }

/** The few values that are codes of the tables' own. */
const VALUES: Record<string, string> = {
  natural_disaster: '自然灾害',
  accident: '事故灾难',
  public_health: '公共卫生事件',
  social_security: '社会安全事件',
  other: '其他',
  root: '总类',
  township: '镇街',
  committee: '管委会',
  department: '部门',
  receivedAt: '接报',
  occurredAt: '事发',
  flash: '特急',
  urgent: '紧急',
  normal: '一般',
}

interface Published {
  version: number
  title?: string
  source?: string
  verified?: boolean
  items: Item[]
}

/** 参考表: each table with its version, where it comes from, and what still awaits the customer's word. */
export function Reference() {
  const [table, setTable] = useState('towns')
  const { data, problem } = useRead<Published>(`/api/reference/${table}`)
  const items = data?.items ?? []
  const fields = [...new Set(items.flatMap(i => Object.keys(i)))].filter(f => f !== 'verified')
  const doubtful = items.filter(i => i.verified === false).length
  return (
    <>
      <label className="search">
        表
        <select value={table} onChange={e => setTable(e.target.value)}>
          {Object.entries(TABLES).map(([name, word]) => (
            <option key={name} value={name}>
              {word}
            </option>
          ))}
        </select>
      </label>
      {data && (
        <p>
          {data.title ?? TABLES[table]}，第 {data.version} 版。来源：{data.source ?? '由管理员维护'}。{doubtful > 0 && <strong>{doubtful} 条待确认</strong>}
          {doubtful === 0 && data.verified === false && <strong>整表待确认</strong>}
        </p>
      )}
      <Table
        caption={TABLES[table] ?? table}
        items={items}
        problem={problem}
        isReading={!data}
        keyOf={i => JSON.stringify(i)}
        columns={[
          ...fields.map(f => ({ head: HEADS[f] ?? f, cell: (i: Item) => shown(i[f]) })),
          CONFIRMED,
        ]}
      />
    </>
  )
}

/** A value of a table as a person reads it. */
function shown(value: unknown): string {
  if (typeof value === 'string') return VALUES[value] ?? value
  if (typeof value === 'number') return String(value)
  if (typeof value === 'boolean') return value ? '是' : '否'
  if (Array.isArray(value)) return value.map(shown).join('；')
  return value ? Object.values(value).map(shown).filter(Boolean).join(' ') : ''
}
