import { FORM, STEP, URGENCY, harmWords } from '@duty/shared/words.ts'
import type { Thing } from '@duty/shared/kernel/kind.ts'
import type { Incident } from '@duty/shared/incident/incident.ts'
import type { Instruction } from '@duty/shared/instruction/instruction.ts'
import { TOWNS, townName } from '@duty/shared/reference/towns.ts'
import { useMemo, type ReactNode } from 'react'
import { Level } from '../parts/Level.tsx'
import { A } from './A.tsx'
import { changedSince, lastLook } from './looks.ts'
import { ownLine, ownRelays, type Holder, type Row } from './rows.ts'
import { signersOf } from './signers.ts'
import { Since } from './Since.tsx'

interface RowProps {
  row: Row
  holder: Holder
  waits: boolean
}

/** One line of the list; touching it opens the card. */
export function RowLine({ row, holder, waits }: RowProps) {
  if (row.sort === 'incident') return <IncidentRow incident={row.incident} row={row} holder={holder} waits={waits} />
  if (row.sort === 'instruction') return <InstructionRow instruction={row.instruction} row={row} holder={holder} waits={waits} />
  const [alert] = row.alerts
  return (
    <Line to={`a/${alert.id}`} mark={<Urgent urgency={alert.urgency} />} waits={waits} title={alert.text}>
      <span>
        未签 <Since at={alert.raisedAt} />
      </span>
    </Line>
  )
}

function IncidentRow({ incident: i, row, holder, waits }: RowProps & { incident: Thing<Incident> }) {
  const isNew = useMemo(() => {
    const look = lastLook(holder.username, i.id)
    return look !== null && changedSince(look, i).size > 0
  }, [holder.username, i])
  const signed = !waits && row.alerts.some(a => ownLine(a, holder)?.status === 'acknowledged')
  const raised = waits ? row.alerts.map(a => a.raisedAt).toSorted()[0] : undefined
  const signers = signersOf(row.alerts)
  const mark = (
    <>
      <Level level={i.level} short />
      {TOWNS.items.find(t => t.code === i.township)?.short ?? townName(i.township)}
    </>
  )
  return (
    <Line to={`i/${i.id}`} mark={mark} waits={waits} level={i.level} title={i.title}>
      <span>
        {harmWords(i.casualties)}
        {i.followUps.length > 0 && `，续报${i.followUps.length}`}
        {i.sensitive && '，敏感'}
        {isNew && <b className="new">已更新</b>}
      </span>
      <span>
        {raised ? '未签 ' : '接报 '}
        <Since at={raised ?? i.receivedAt} />
        {signers.length > 0 && (
          <span className={signed ? 'row-signs signed-too' : 'row-signs'}>
            {signed ? '✓已签收' : '签收'} {signers.filter(s => s.status === 'acknowledged').length}/{signers.length}
          </span>
        )}
      </span>
    </Line>
  )
}

function InstructionRow({ instruction: i, row, holder, waits }: RowProps & { instruction: Thing<Instruction> }) {
  const own = ownRelays(i, holder)
  const lines = own.length ? own : Object.values(i.relays)
  const signed = lines.filter(r => r.step !== 'issued' && r.step !== 'relayed').length
  const raised = row.alerts[0]?.raisedAt ?? own[0]?.relayedAt ?? i.issuedAt
  return (
    <Line to={`n/${i.id}`} mark={<Urgent urgency={i.urgency} />} waits={waits} title={i.text}>
      <span>
        {i.from.name}
        {i.from.title} {FORM[i.form]}
      </span>
      <span>
        {waits ? '未签 ' : ''}
        <Since at={waits ? raised : i.issuedAt} />
        {own.length === 1 ? `，${STEP[own[0]!.step]}` : lines.length > 0 && `，签收 ${signed}/${lines.length}`}
      </span>
    </Line>
  )
}

/** 特急 · 紧急 · 一般, by word and frame. */
const Urgent = ({ urgency }: { urgency: keyof typeof URGENCY }) => (
  <span className="urgent" data-urgency={urgency}>
    {URGENCY[urgency]}
  </span>
)

interface LineProps {
  to: string
  mark: ReactNode
  waits: boolean
  level?: Incident['level']
  title: string
  children: ReactNode
}

const Line = ({ to, mark, waits, level, title, children }: LineProps) => (
  <li data-role="event-row" data-level={level ?? undefined} data-acked={!waits}>
    <A to={to} className="row">
      <span className="row-mark">{mark}</span>
      <span className="row-words">
        <strong>{title}</strong>
        {children}
      </span>
    </A>
  </li>
)
