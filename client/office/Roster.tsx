import type { Account } from '@duty/shared/account/account.ts'
import { localDay, type Moment } from '@duty/shared/kernel/time.ts'
import type { Thing } from '@duty/shared/kernel/kind.ts'
import { POSTS, postName } from '@duty/shared/reference/posts.ts'
import { useState } from 'react'
import { serverNow } from '../sync/clock.ts'
import { say } from '../sync/command.ts'
import type { Me } from '../sync/store.ts'
import { chosen, Form, typed } from './Form.tsx'
import { usePages } from './pages.ts'
import { usePeople } from './people.ts'
import { dayAfter, minuteStamp, momentOf } from './stamp.ts'
import { Table } from './Table.tsx'

/** One shift of the plan. */
interface Planned {
  startsAt: Moment
  endsAt: Moment
  posts: Record<string, string[]>
}

const PER_SHIFT = POSTS.items.filter(p => p.perShift)
const DAYS_SHOWN = 14
/** 24 hours, whatever the browser's own clock field would show. */
const CLOCK_TIME = { pattern: '([01][0-9]|2[0-3]):[0-5][0-9]', title: '时间写作 08:00', inputMode: 'numeric', maxLength: 5, size: 5, required: true } as const

/** 值班表: the plan as a table; setting a shift plans it, publishing makes it binding. */
export function Roster({ me }: { me: Me }) {
  const [from, setFrom] = useState(() => localDay(new Date(serverNow()).toISOString()))
  const [to, setTo] = useState(() => dayAfter(from, DAYS_SHOWN))
  const person = usePeople()
  const range = new URLSearchParams({ from: momentOf(from), to: momentOf(to) })
  const pages = usePages<Planned>(`/api/roster?${range}`)
  const maySet = me.roles.some(r => r === 'chief' || r === 'lead' || r === 'admin')
  return (
    <>
      <p className="search">
        <label>
          自 <input type="date" value={from} required onChange={e => e.target.value && setFrom(e.target.value)} />
        </label>
        <label>
          至 <input type="date" value={to} required onChange={e => e.target.value && setTo(e.target.value)} />
        </label>
      </p>
      <Table
        caption="值班表（编排）"
        {...pages}
        keyOf={s => s.startsAt}
        columns={[
          { head: '上班', cell: s => minuteStamp(s.startsAt) },
          { head: '下班', cell: s => minuteStamp(s.endsAt) },
          ...PER_SHIFT.map(p => ({ head: postName(p.slug), cell: (s: Planned) => (s.posts[p.slug] ?? []).map(person).join('、') })),
        ]}
      />
      {maySet && <SetShift changed={pages.again} />}
      {maySet && (
        <Form
          name="发布值班表"
          submit="发布"
          deed={async said => {
            await say('roster.publish', { from: momentOf(typed(said, 'from') ?? ''), to: momentOf(typed(said, 'to') ?? '') })
            return '已发布：这段时间的班次生效'
          }}
        >
          <label>
            自 <input type="date" name="from" defaultValue={from} required />
          </label>
          <label>
            至（不含） <input type="date" name="to" defaultValue={to} required />
          </label>
        </Form>
      )}
    </>
  )
}

function SetShift({ changed }: { changed(): void }) {
  const { items } = usePages<Thing<Account>>('/api/accounts?limit=200')
  const people = items.filter(a => !a.disabled)
  const set = async (said: FormData) => {
    const day = typed(said, 'day') ?? ''
    const startsAt = momentOf(day, typed(said, 'starts'))
    const sameDay = momentOf(day, typed(said, 'ends'))
    const endsAt = sameDay > startsAt ? sameDay : momentOf(dayAfter(day, 1), typed(said, 'ends'))
    const posts = Object.fromEntries(PER_SHIFT.map(p => [p.slug, chosen(said, p.slug)]))
    await say('roster.set', { shifts: [{ startsAt, endsAt, posts }] })
    changed()
    return `已编排 ${minuteStamp(startsAt)} 的班次，发布后生效`
  }
  return (
    <Form name="编排班次" submit="编排" deed={set}>
      <label>
        日期 <input type="date" name="day" required />
      </label>
      <label>
        上班 <input name="starts" defaultValue="08:00" {...CLOCK_TIME} />
      </label>
      <label>
        下班（早于上班即为次日） <input name="ends" defaultValue="20:00" {...CLOCK_TIME} />
      </label>
      {PER_SHIFT.map(p => (
        <label key={p.slug}>
          {p.name}（可多选）
          <select name={p.slug} multiple size={4}>
            {people.map(a => (
              <option key={a.username} value={a.username}>
                {a.name}（{a.username}）
              </option>
            ))}
          </select>
        </label>
      ))}
    </Form>
  )
}
