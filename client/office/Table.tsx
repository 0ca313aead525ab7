import type { ReactNode } from 'react'
import type { Problem } from '../sync/command.ts'

/** One column: its head, and what stands in it. */
export interface Column<T> {
  head: string
  cell(item: T): ReactNode
}

interface TableProps<T> {
  caption: string
  columns: Column<T>[]
  items: readonly T[]
  keyOf(item: T): string
  isReading?: boolean
  problem?: Problem | null
  more?: (() => void) | null
}

/** A plain table, and in words why it is empty. */
export function Table<T>({ caption, columns, items, keyOf, isReading, problem, more }: TableProps<T>) {
  return (
    <>
      <div className="table" tabIndex={0} role="region" aria-label={caption}>
        <table>
          <caption>{caption}</caption>
          <thead>
            <tr>
              {columns.map(c => (
                <th key={c.head} scope="col">
                  {c.head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {items.map(item => (
              <tr key={keyOf(item)}>
                {columns.map(c => (
                  <td key={c.head}>{c.cell(item)}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p role="status" className="quiet">
        {problem ? problem.detail : isReading ? '正在读取…' : items.length === 0 ? '没有记录' : `共显示 ${items.length} 条`}
      </p>
      {more && (
        <button type="button" onClick={more}>
          更多
        </button>
      )}
    </>
  )
}
