import type { Alert } from '@duty/shared/alert/alert.ts'
import type { Deadline } from '@duty/shared/deadline/deadline.ts'
import type { Incident } from '@duty/shared/incident/incident.ts'
import type { Instruction } from '@duty/shared/instruction/instruction.ts'
import type { Thing } from '@duty/shared/kernel/kind.ts'
import type { ShownEntry } from '@duty/shared/kernel/wire.ts'
import { useEffect, useMemo } from 'react'
import { useThing } from '../sync/store.ts'
import { useFetched, useSteady } from './board.ts'
import { useWhere } from './where.ts'

type Listed<T> = { items: T[] }

/** The incident that lies open: as the board has it, or as last read once it has been closed. */
export function useIncident(id: string): { incident?: Thing<Incident>; problem?: string } {
  const open = useThing<Incident>('incident', id)
  const { data, problem } = useFetched<Thing<Incident>>(open ? null : `/api/incidents/${id}`)
  useEffect(() => {
    if (data) useWhere.setState({ closed: data })
  }, [data])
  return { incident: open ?? data, problem: problem?.detail }
}

/** What is on the board about a thing, with what has already left the board; the board's own is always the newer. */
function useWhole<S extends object>(kind: 'alert' | 'instruction' | 'deadline', id: string, aboutOf: (s: S) => string | undefined): Thing<S>[] {
  const all = useSteady<S>(kind)
  const open = useMemo(() => all.filter(s => aboutOf(s) === id), [all, aboutOf, id])
  const { data } = useFetched<Listed<Thing<S>>>(`/api/${kind}s?incident=${id}&limit=100`, open.map(o => o.id).join())
  return useMemo(() => {
    const whole = new Map((data?.items ?? []).map(t => [t.id, t]))
    for (const t of open) if (t.version >= (whole.get(t.id)?.version ?? 0)) whole.set(t.id, t)
    return [...whole.values()]
  }, [open, data])
}

const ofAlert = (a: Alert) => a.about?.id
const ofDuty = (d: { incident?: string }) => d.incident

/** The alerts about an incident, ended ones too: who was rung, who has signed and when. */
export const useAlertsAbout = (id: string) => useWhole<Alert>('alert', id, ofAlert)

/** The instructions about an incident, ended ones too. */
export const useInstructionsAbout = (id: string) => useWhole<Instruction>('instruction', id, ofDuty)

/** The clocks of an incident, answered ones too. */
export const useDeadlinesOf = (id: string) => useWhole<Deadline>('deadline', id, ofDuty)

const NO_ENTRIES: (ShownEntry & { seq: number })[] = []

/** The incident's own entries of the book, asked for again with each of its versions. */
export function useHistory(id: string, version: number): (ShownEntry & { seq: number })[] {
  const { data } = useFetched<Listed<ShownEntry & { seq: number }>>(`/api/incident/${id}/history`, String(version))
  return data?.items ?? NO_ENTRIES
}
