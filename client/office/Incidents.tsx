import type { Incident } from '@duty/shared/incident/incident.ts'
import type { Thing } from '@duty/shared/kernel/kind.ts'
import { eventTypeName } from '@duty/shared/reference/event-types.ts'
import { LEVEL_WORDS, levelName } from '@duty/shared/reference/level-words.ts'
import { TOWNS, townName } from '@duty/shared/reference/towns.ts'
import { harmWords } from '@duty/shared/words.ts'
import { useState } from 'react'
import { Level } from '../parts/Level.tsx'
import { typed } from './Form.tsx'
import { Table, type Column } from './Table.tsx'
import { usePages, useRead } from './pages.ts'
import { minuteStamp, stamp } from './stamp.ts'
import { Story } from './Story.tsx'

const FILTERS = ['q', 'status', 'level', 'township'] as const

const COLUMNS: Column<Thing<Incident>>[] = [
  { head: '编号', cell: i => <a href={`#/incidents/${i.id}`}>{i.no}</a> },
  { head: '等级', cell: i => <Level level={i.level} /> },
  { head: '事由', cell: i => i.title },
  { head: '镇街', cell: i => townName(i.township) },
  { head: '类型', cell: i => eventTypeName(i.typeCode) },
  { head: '伤亡', cell: i => harmWords(i.casualties) },
  { head: '接报', cell: i => minuteStamp(i.receivedAt) },
  { head: '续报', cell: i => i.followUps.length || '' },
  { head: '状态', cell: i => (i.status === 'open' ? '在办' : '已终报') },
]

/** Every incident, searched by words, level, state and town. */
export function Incidents({ id }: { id: string | undefined }) {
  const [asked, setAsked] = useState('')
  const pages = usePages<Thing<Incident>>(`/api/incidents${asked && `?${asked}`}`)
  if (id) return <One id={id} />
  const search = (said: FormData) => setAsked(new URLSearchParams(FILTERS.flatMap(f => [[f, typed(said, f) ?? '']]).filter(([, words]) => words)).toString())
  return (
    <>
      <form
        className="search"
        role="search"
        onSubmit={e => {
          e.preventDefault()
          search(new FormData(e.currentTarget))
        }}
      >
        <label>
          文字 <input name="q" maxLength={100} />
        </label>
        <label>
          状态
          <select name="status">
            <option value="">全部</option>
            <option value="open">在办</option>
            <option value="closed">已终报</option>
          </select>
        </label>
        <label>
          等级
          <select name="level">
            <option value="">全部</option>
            {LEVEL_WORDS.items.map(w => (
              <option key={w.name} value={String(w.level)}>
                {w.numeral} {w.name}
              </option>
            ))}
          </select>
        </label>
        <label>
          镇街
          <select name="township">
            <option value="">全部</option>
            {TOWNS.items.map(t => (
              <option key={t.code} value={t.code}>
                {t.name}
              </option>
            ))}
            <option value="null">市外</option>
            <option value="unknown">不详</option>
          </select>
        </label>
        <button type="submit">查询</button>
      </form>
      <Table
        caption="事件"
        {...pages}
        keyOf={i => i.id}
        columns={COLUMNS}
      />
    </>
  )
}

function One({ id }: { id: string }) {
  const { data: i, problem } = useRead<Thing<Incident>>(`/api/incidents/${id}`)
  if (!i) return <p className="quiet">{problem ? problem.detail : '正在读取…'}</p>
  const facts: [string, string | undefined][] = [
    ['等级', levelName(i.level)],
    ['类型', eventTypeName(i.typeCode)],
    ['地点', `${townName(i.township)} ${i.address ?? ''}`],
    ['事发', i.occurredAt ? stamp(i.occurredAt) : '不详'],
    ['接报', stamp(i.receivedAt)],
    ['更新', stamp(i.updatedAt)],
    ['伤亡', harmWords(i.casualties)],
    ['经过', i.narrative],
    ['措施', i.measures],
    ['终报', i.summary],
  ]
  return (
    <>
      <p>
        <a href="#/incidents">返回事件</a>
      </p>
      <h2>
        {i.no} {i.title}
      </h2>
      <dl>
        {facts.map(
          ([name, words]) =>
            words && (
              <div key={name}>
                <dt>{name}</dt>
                <dd>{words}</dd>
              </div>
            ),
        )}
      </dl>
      <Story kind="incident" id={id} />
    </>
  )
}
