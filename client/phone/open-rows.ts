import type { Alert } from '@duty/shared/alert/alert.ts'
import type { Incident } from '@duty/shared/incident/incident.ts'
import type { Instruction } from '@duty/shared/instruction/instruction.ts'
import { useEffect, useMemo } from 'react'
import { useThings } from '../sync/store.ts'
import { useRing } from './ring.ts'
import { rowsOf, type Holder } from './rows.ts'
import { useSigned } from './signing.ts'

/** The list as it stands on this phone's board; whatever page is open, what newly waits rings and shows in the title. */
export function useOpenRows(holder: Holder) {
  const incidents = useThings<Incident>('incident')
  const instructions = useThings<Instruction>('instruction')
  const alerts = useThings<Alert>('alert')
  const signed = useSigned(holder.username)
  const rows = useMemo(() => rowsOf({ incidents, instructions, alerts }, holder, signed), [incidents, instructions, alerts, holder, signed])
  useRing(rows.waiting)
  const count = rows.waiting.length
  useEffect(() => {
    document.title = count ? `（${count}）待签收 · 总值班室` : '总值班室'
  }, [count])
  return rows
}
