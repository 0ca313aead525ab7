import type { Alert } from '@duty/shared/alert/alert.ts'
import type { Thing } from '@duty/shared/kernel/kind.ts'
import { useEffect, useState } from 'react'
import { Problem, read } from '../sync/command.ts'
import { useRoom, useThing, useThings } from '../sync/store.ts'

interface Fetched<T> {
  data?: T
  problem?: Problem
}

/** What a read answered, or why it could not; asked again when the link comes back, or when `since` is another. Null asks nothing. */
export function useFetched<T>(path: string | null, since = ''): Fetched<T> {
  const [answer, setAnswer] = useState<({ path: string } & Fetched<T>) | null>(null)
  const isLive = useRoom(room => room.link === 'live')
  const asked = path === null ? null : `${path} ${since} ${isLive}`
  useEffect(() => {
    if (asked === null) return
    let gone = false
    const [path = ''] = asked.split(' ')
    read<T>(path).then(
      data => gone || setAnswer({ path, data }),
      (problem: unknown) => {
        if (!(problem instanceof Problem)) throw problem
        if (!gone) setAnswer(before => (before?.path === path && before.data ? before : { path, problem }))
      },
    )
    return () => {
      gone = true
    }
  }, [asked])
  return answer && answer.path === path ? answer : {}
}

/** A thing from the board; once it has left the board, as the server last knew it. */
export function useOne<S>(kind: 'incident' | 'instruction' | 'alert', id: string): { thing?: Thing<S>; problem?: Problem } {
  const open = useThing<S>(kind, id)
  const joined = useRoom(room => room.joined)
  const [last, setLast] = useState<Thing<S>>()
  if (open && open !== last) setLast(open)
  const { data, problem } = useFetched<Thing<S>>(open || !joined ? null : `/api/${kind}s/${id}`)
  return { thing: open ?? data ?? (last?.id === id ? last : undefined), problem }
}

/** Every alert about one matter, the ended ones too: who was told, who has signed. */
export function useAlertsAbout(id: string): Thing<Alert>[] {
  const open = useThings<Alert>('alert').filter(a => a.about?.id === id)
  const joined = useRoom(room => room.joined)
  const { data } = useFetched<{ items: Thing<Alert>[] }>(joined ? `/api/alerts?incident=${id}&limit=50` : null, open.map(a => a.id).join())
  const [known, setKnown] = useState<Thing<Alert>[]>([])
  const newest = newestOf([...known, ...(data?.items ?? []), ...open])
  if (versionsOf(newest) !== versionsOf(known)) setKnown(newest)
  return newest
}

function newestOf(alerts: Thing<Alert>[]): Thing<Alert>[] {
  const byId = new Map<string, Thing<Alert>>()
  for (const a of alerts) if ((byId.get(a.id)?.version ?? -1) < a.version) byId.set(a.id, a)
  return [...byId.values()]
}

const versionsOf = (alerts: Thing<Alert>[]) => alerts.map(a => `${a.id} ${a.version}`).join()
