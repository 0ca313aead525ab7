/** A published table of the trade: which version, from where, and whether its source was seen; an item with `verified: false` is shown as 待确认. */
export interface Table<T> {
  table: string
  version: number
  title: string
  source: string
  /** False while any item still awaits the customer's word. */
  verified: boolean
  items: readonly T[]
}
