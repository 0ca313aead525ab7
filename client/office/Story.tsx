import type { ShownEntry } from '@duty/shared/kernel/wire.ts'
import { Table } from './Table.tsx'
import { eventText, eventWord } from './entry-words.ts'
import { usePages } from './pages.ts'
import { usePeople } from './people.ts'
import { stamp } from './stamp.ts'

/** An entry as the lists of the book bring it. */
export type Told = ShownEntry & { seq: number; version: number }

/** Entries of the book, one to a row. */
export function Entries({ caption, path }: { caption: string; path: string }) {
  const person = usePeople()
  const pages = usePages<Told>(path)
  return (
    <Table
      caption={caption}
      {...pages}
      keyOf={e => String(e.seq)}
      columns={[
        { head: '序号', cell: e => e.seq },
        { head: '时间', cell: e => stamp(e.at) },
        { head: '事项', cell: e => eventWord(e.type) },
        { head: '内容', cell: e => eventText(e.data, person) },
        { head: '经办', cell: e => person(e.by) },
      ]}
    />
  )
}

/** Everything the book tells of one thing. */
export const Story = ({ kind, id }: { kind: string; id: string }) => <Entries caption="全部记录" path={`/api/${kind}/${id}/history`} />
