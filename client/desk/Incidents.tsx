import type { Alert } from '@duty/shared/alert/alert.ts'
import type { Deadline } from '@duty/shared/deadline/deadline.ts'
import type { Incident } from '@duty/shared/incident/incident.ts'
import type { Instruction } from '@duty/shared/instruction/instruction.ts'
import type { Thing } from '@duty/shared/kernel/kind.ts'
import { townName } from '@duty/shared/reference/towns.ts'
import { memo, useDeferredValue, useEffect, useMemo, useState, type KeyboardEvent } from 'react'
import { useRoom } from '../sync/store.ts'
import { useFetched, useSteady } from './board.ts'
import { Growing } from './Growing.tsx'
import { IncidentRow } from './IncidentRow.tsx'
import { isComposing } from './keys.ts'
import { byGravity, NOTHING_WAITS, waitingByIncident } from './order.ts'
import { openIncident, toOpenRow, toPane, useWhere } from './where.ts'
import './incidents.css'

/** Rows painted at first; the rest as they are looked at. */
const FIRST = 60

const holds = (i: Incident, said: string) => [i.no, i.title, i.address, townName(i.township), i.narrative].some(words => words?.includes(said))

/** The open incidents, gravest first; `A` shows those closed instead, `/` looks among them. */
export const Incidents = memo(function Incidents() {
  const isClosed = useWhere(w => w.view === 'closed')
  const open = useOpenIncidents()
  const { items: closed, problem } = useClosedIncidents(isClosed)
  const selected = useWhere(w => w.incident)
  const [said, setSaid] = useState('')
  const isLevel = useRoom(room => room.joined)

  const all = isClosed ? closed : open.incidents
  const shown = said.trim() ? all.filter(i => holds(i, said.trim())) : all
  const at = shown.findIndex(i => i.id === selected)

  useEffect(() => {
    if (selected === null && open.incidents[0]) openIncident(open.incidents[0].id)
  }, [selected, open.incidents])

  /** The incident just pushed takes the keys when its row comes, unless the officer has gone on. */
  const listed = at >= 0 ? selected : null
  useEffect(() => {
    if (listed !== null && document.activeElement === document.body) toOpenRow()
  }, [listed])

  const find = (e: KeyboardEvent) => {
    if (isComposing(e) || !['Escape', 'Enter', 'ArrowDown'].includes(e.key)) return
    e.preventDefault()
    if (e.key === 'Escape') setSaid('')
    toPane('list')
  }

  return (
    <nav className="incidents" data-pane="list" aria-label={isClosed ? '已终报事件' : '未终报事件'}>
      <header>
        <h2>
          {isClosed ? '已终报' : '未终报'} <b>{isClosed || isLevel ? `${all.length} 起` : '—'}</b>
        </h2>
        <input type="search" name="find" aria-label="查找事件" placeholder="/ 查找" value={said} onChange={e => setSaid(e.target.value)} onKeyDown={find} autoComplete="off" />
      </header>
      {shown.length === 0 && <p className="empty">{problem?.detail ?? (said ? '没有符合的事件' : !isLevel ? '正在读取…' : isClosed ? '没有已终报的事件' : '现无未终报事件。来电请按 F2')}</p>}
      <ol>
        <Growing items={shown} first={FIRST} atLeast={at + 10}>
          {i => <IncidentRow key={i.id} incident={i} waiting={open.waiting.get(i.id) ?? NOTHING_WAITS} isOpen={i.id === selected} />}
        </Growing>
      </ol>
    </nav>
  )
})

/** The open incidents in their order, and what waits about each; a burst of lines is taken in behind the keys. */
function useOpenIncidents() {
  const incidents = useDeferredValue(useSteady<Incident>('incident'))
  const alerts = useDeferredValue(useSteady<Alert>('alert'))
  const instructions = useDeferredValue(useSteady<Instruction>('instruction'))
  const deadlines = useDeferredValue(useSteady<Deadline>('deadline'))
  const waiting = useMemo(() => waitingByIncident(alerts, instructions, deadlines), [alerts, instructions, deadlines])
  return useMemo(() => ({ incidents: byGravity(incidents, waiting), waiting }), [incidents, waiting])
}

const NONE: Thing<Incident>[] = []

function useClosedIncidents(isShown: boolean) {
  const { data, problem } = useFetched<{ items: Thing<Incident>[] }>(isShown ? '/api/incidents?status=closed&limit=50' : null)
  return { items: data?.items ?? NONE, problem }
}
