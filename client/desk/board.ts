import type { Account } from '@duty/shared/account/account.ts'
import type { Thing } from '@duty/shared/kernel/kind.ts'
import { useEffect, useMemo, useState } from 'react'
import { useShallow } from 'zustand/react/shallow'
import { Problem, read } from '../sync/command.ts'
import { thingsOf, useRoom } from '../sync/store.ts'

/** The open things of one kind; the same list for as long as none of them has changed, whatever else happens on the board. */
export const useSteady = <S>(kind: string): Thing<S>[] => useRoom(useShallow(room => thingsOf<S>(room.board, kind)))

/** What a person is called: the name on their account, or the username where the account is not known. */
export function useNameOf(): (username: string) => string {
  const accounts = useSteady<Account>('account')
  return useMemo(() => {
    const names = new Map(accounts.map(a => [a.username, a.name]))
    names.set('room', '系统').set('clock', '系统')
    return (username: string) => names.get(username) ?? username
  }, [accounts])
}

interface Fetched<T> {
  data?: T
  problem?: Problem
}

/** What a read answered, asked again when the link comes back or `since` changes; until then the last answer to the same question stands. */
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
