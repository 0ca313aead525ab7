import type { Alert } from '@duty/shared/alert/alert.ts'
import type { Instruction } from '@duty/shared/instruction/instruction.ts'
import type { Thing } from '@duty/shared/kernel/kind.ts'
import { DELIVERY, FORM, STEP } from '@duty/shared/words.ts'
import { useState } from 'react'
import { dayTime } from '../parts/times.ts'
import { serverNow } from '../sync/clock.ts'
import { Problem, read } from '../sync/command.ts'
import { A } from './A.tsx'
import { useFetched } from './fetched.ts'
import { ownLine, ownRelays, type Holder } from './rows.ts'
import { Tabs } from './Tabs.tsx'

interface Page<S> {
  items: Thing<S>[]
  nextCursor: string | null
}

/** What this person has signed and said, the newest first. */
export function History({ holder, waiting }: { holder: Holder; waiting: number }) {
  return (
    <>
      <header className="top">
        <h1>历史</h1>
      </header>
      <main className="list">
        <h2>提醒</h2>
        <Pages<Alert> path="/api/alerts?mine=true" none="还没有">
          {a => <AlertLine key={a.id} alert={a} holder={holder} />}
        </Pages>
        <h2>指示批示</h2>
        <Pages<Instruction> path="/api/instructions?limit=50" none="还没有">
          {i => <InstructionLine key={i.id} i={i} holder={holder} />}
        </Pages>
      </main>
      <Tabs at="history" waiting={waiting} />
    </>
  )
}

function Pages<S>({ path, none, children }: { path: string; none: string; children(item: Thing<S>): React.ReactNode }) {
  const first = useFetched<Page<S>>(path)
  const [more, setMore] = useState<Page<S>[]>([])
  const [problem, setProblem] = useState<Problem>()
  const pages = first.data ? [first.data, ...more] : []
  const cursor = pages.at(-1)?.nextCursor
  const shown = pages.flatMap(p => p.items).map(children)

  async function next() {
    try {
      const page = await read<Page<S>>(`${path}&cursor=${cursor}`)
      setMore(before => [...before, page])
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      setProblem(error)
    }
  }

  const no = problem ?? first.problem
  if (no) return <p className="quiet">{no.detail}</p>
  if (!first.data) return <p className="quiet">正在读取…</p>
  return (
    <>
      <ul>{shown}</ul>
      {shown.every(line => line === null) && <p className="quiet">{none}</p>}
      {cursor && (
        <button type="button" className="wide-button quiet-button" onClick={() => void next()}>
          更早的
        </button>
      )}
    </>
  )
}

function AlertLine({ alert, holder }: { alert: Thing<Alert>; holder: Holder }) {
  const line = ownLine(alert, holder)
  if (!line || (line.status !== 'acknowledged' && alert.status === 'open')) return null
  const now = serverNow()
  const to = alert.about?.kind === 'incident' ? `i/${alert.about.id}` : alert.about?.kind === 'instruction' ? `n/${alert.about.id}` : `a/${alert.id}`
  return (
    <li>
      <A to={to} className="row">
        <span className="row-words">
          <strong>{alert.text}</strong>
          <span>
            {dayTime(alert.raisedAt, now)}·{DELIVERY[line.status]}
            {line.acknowledgedAt && ` ${dayTime(line.acknowledgedAt, now)}`}
            {line.onBehalfBy && '（代签收）'}
          </span>
        </span>
      </A>
    </li>
  )
}

const ENDED = { open: '办理中', closed: '已办结', withdrawn: '已撤回' } as const

function InstructionLine({ i, holder }: { i: Thing<Instruction>; holder: Holder }) {
  const own = ownRelays(i, holder)
  if (i.from.person !== holder.username && own.length === 0) return null
  const lines = own.length ? own : Object.values(i.relays)
  return (
    <li>
      <A to={`n/${i.id}`} className="row">
        <span className="row-words">
          <strong>{i.text}</strong>
          <span>
            {dayTime(i.issuedAt, serverNow())}·{FORM[i.form]}·{ENDED[i.status]}
          </span>
          {lines.length > 0 && <span>{lines.map(r => `${r.name} ${STEP[r.step]}`).join('、')}</span>}
        </span>
      </A>
    </li>
  )
}
