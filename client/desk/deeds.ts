import type { Alert } from '@duty/shared/alert/alert.ts'
import type { Deadline } from '@duty/shared/deadline/deadline.ts'
import type { Instruction } from '@duty/shared/instruction/instruction.ts'
import { thingsOf, useRoom } from '../sync/store.ts'
import type { Deed, On, Opened, Targets } from './deed.ts'
import { DUTY_DEEDS } from './duty-deeds.ts'
import { INCIDENT_DEEDS } from './incident-deeds.ts'
import { SHIFT_DEEDS } from './issue-deed.ts'
import { alertsDue, deadlinesDue, relaysDue } from './order.ts'
import { useShiftNow } from './shift-now.ts'
import { lookedUp, openIncident, rowInHand, tell, useWhere } from './where.ts'

/** Every deed that has a letter. */
export const DEEDS: Deed[] = [...INCIDENT_DEEDS, ...DUTY_DEEDS, ...SHIFT_DEEDS]

/** The deeds that can be done to a thing as it stands. */
export const deedsFor = <K extends On>(on: K, target: Targets[K]): Deed[] => DEEDS.filter(d => d.on === on && (d as unknown as Deed<K>).fits(target))

/** The things of one sort that wait, in the order the room should take them, each with the incident it is about. */
function waiting(on: On): { target: Targets[On]; key: string; incident?: string }[] {
  const { board } = useRoom.getState()
  switch (on) {
    case 'relay':
      return relaysDue(thingsOf<Instruction>(board, 'instruction')).map(r => ({ target: r, key: r.key, incident: r.instruction.incident }))
    case 'alert':
      return alertsDue(thingsOf<Alert>(board, 'alert')).map(a => ({ target: a, key: a.id, incident: a.about?.kind === 'incident' ? a.about.id : undefined }))
    case 'deadline':
      return deadlinesDue(thingsOf<Deadline>(board, 'deadline')).map(d => ({ target: d, key: d.id, incident: d.incident }))
    case 'incident': {
      const incident = lookedUp()
      return incident ? [{ target: incident, key: incident.id }] : []
    }
    case 'shift': {
      const { shift } = useShiftNow.getState()
      return shift ? [{ target: shift, key: shift.id }] : []
    }
  }
}

/** Takes up a deed: on the row in hand, else on what waits about the open incident, else on what waits longest. The sheet says which it is. */
export function takeUp(deed: Deed): boolean {
  const fitting = waiting(deed.on).filter(w => deed.fits(w.target))
  const row = rowInHand()?.dataset
  const inHand = row?.on === deed.on ? fitting.find(w => w.key === row.key) : undefined
  const { incident } = useWhere.getState()
  const chosen = inHand ?? fitting.find(w => w.incident === incident) ?? fitting[0]
  if (chosen) {
    if (chosen.incident !== undefined) openIncident(chosen.incident)
    open({ deed, target: chosen.target })
  } else tell(deed.on === 'incident' ? `请先选中一起事件，再按 ${deed.letter.toUpperCase()} ${deed.name}` : `没有可以${deed.name}的事项`, true)
  return true
}

/** Opens a deed's sheet. */
export const open = (deed: Opened) => useWhere.setState({ deed, note: null })

/** The deed a letter stands for. */
export const deedOf = (letter: string): Deed | undefined => DEEDS.find(d => d.letter === letter)
