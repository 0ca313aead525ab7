import type { Instruction } from '@duty/shared/instruction/instruction.ts'
import type { Thing } from '@duty/shared/kernel/kind.ts'
import { FORM, STEP, URGENCY } from '@duty/shared/words.ts'
import { useState } from 'react'
import { Table, type Column } from './Table.tsx'
import { usePages } from './pages.ts'
import { minuteStamp } from './stamp.ts'
import { Story } from './Story.tsx'

const STATUS = { open: '办理中', closed: '已办结', withdrawn: '已撤回' } as const

const COLUMNS: Column<Thing<Instruction>>[] = [
  { head: '时间', cell: i => <a href={`#/instructions/${i.id}`}>{minuteStamp(i.issuedAt)}</a> },
  { head: '领导', cell: i => i.from.name },
  { head: '形式', cell: i => FORM[i.form] },
  { head: '缓急', cell: i => URGENCY[i.urgency] },
  { head: '内容', cell: i => i.text },
  { head: '单位与进展', cell: i => Object.values(i.relays).map(r => `${r.name} ${STEP[r.step]}`).join('、') },
  { head: '时限', cell: i => (i.dueAt ? minuteStamp(i.dueAt) : '') },
  { head: '状态', cell: i => STATUS[i.status] },
]

/** Every instruction and how far each unit has come. */
export function Instructions({ id }: { id: string | undefined }) {
  const [status, setStatus] = useState('')
  const pages = usePages<Thing<Instruction>>(`/api/instructions${status && `?status=${status}`}`)
  if (id)
    return (
      <>
        <p>
          <a href="#/instructions">返回指示批示</a>
        </p>
        <Story kind="instruction" id={id} />
      </>
    )
  return (
    <>
      <label className="search">
        状态
        <select value={status} onChange={e => setStatus(e.target.value)}>
          <option value="">全部</option>
          {Object.entries(STATUS).map(([value, word]) => (
            <option key={value} value={value}>
              {word}
            </option>
          ))}
        </select>
      </label>
      <Table
        caption="指示批示"
        {...pages}
        keyOf={i => i.id}
        columns={COLUMNS}
      />
    </>
  )
}
