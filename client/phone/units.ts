import { UNITS } from '@duty/shared/reference/units.ts'
import { useFetched } from './fetched.ts'

/** A unit as the forms show it. */
export interface UnitChoice {
  slug: string
  name: string
  short: string
}

/** The units an instruction can go to: as the room keeps them, and where it cannot be asked, as they were built in. */
export function useUnits(): readonly UnitChoice[] {
  const { data } = useFetched<{ items: (UnitChoice & { disabled?: boolean })[] }>('/api/reference/units')
  return data ? data.items.filter(u => !u.disabled) : UNITS.items
}
