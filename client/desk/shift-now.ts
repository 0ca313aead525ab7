import type { Account } from '@duty/shared/account/account.ts'
import type { Thing } from '@duty/shared/kernel/kind.ts'
import type { Shift } from '@duty/shared/shift/shift.ts'
import { useEffect } from 'react'
import { create } from 'zustand'
import { useFetched, useSteady } from './board.ts'

interface ShiftNow {
  shift: Thing<Shift> | null
  posts: Record<string, string[]>
}

/** Who sits in which post now; what was known last stays known while the line is cut. */
export const useShiftNow = create<ShiftNow>(() => ({ shift: null, posts: {} }))

/** Asks again who sits where, each time a shift or an account has changed. */
export function useKeptShiftNow(): void {
  const shifts = useSteady<Shift>('shift')
  const accounts = useSteady<Account>('account')
  const versions = [...shifts, ...accounts].map(t => `${t.id}${t.version}`).join()
  const { data } = useFetched<ShiftNow>('/api/shifts/current', versions)
  useEffect(() => {
    if (data) useShiftNow.setState({ shift: data.shift, posts: data.posts })
  }, [data])
}
