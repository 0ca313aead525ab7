import { localDay } from '@duty/shared/kernel/time.ts'
import { useState } from 'react'
import { serverNow } from '../sync/clock.ts'
import { Entries } from './Story.tsx'

/** 值班日志: everything that happened on one day, in the order of the book. */
export function DutyLog() {
  const [date, setDate] = useState(() => localDay(new Date(serverNow()).toISOString()))
  return (
    <>
      <label className="search">
        日期 <input type="date" value={date} onChange={e => setDate(e.target.value)} required />
      </label>
      {date && <Entries caption={`${date} 值班日志`} path={`/api/duty-log?date=${date}`} />}
    </>
  )
}
