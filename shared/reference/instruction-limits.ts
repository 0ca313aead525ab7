import type { Table } from './table.ts'

/** How soon an instruction of one urgency should be passed on, and, once passed on, receipted by the unit. */
export interface InstructionLimit {
  urgency: 'flash' | 'urgent' | 'normal'
  name: string
  relayMinutes: number
  receiptMinutes: number
  verified: boolean
}

const limits = {
  flash: { urgency: 'flash', name: '特急', relayMinutes: 2, receiptMinutes: 5, verified: false },
  urgent: { urgency: 'urgent', name: '加急', relayMinutes: 5, receiptMinutes: 15, verified: false },
  normal: { urgency: 'normal', name: '平急', relayMinutes: 15, receiptMinutes: 60, verified: false },
} as const satisfies Record<InstructionLimit['urgency'], InstructionLimit>

export const INSTRUCTION_LIMITS: Table<InstructionLimit> = {
  table: 'instruction-limits',
  version: 1,
  title: '指示传达与签收时限',
  source: '本系统默认，待用户单位确认',
  verified: false,
  items: Object.values(limits),
}

const minutes = (leg: 'relayMinutes' | 'receiptMinutes'): Readonly<Record<InstructionLimit['urgency'], number>> => ({
  flash: limits.flash[leg],
  urgent: limits.urgent[leg],
  normal: limits.normal[leg],
})

/** Minutes from a leader's word until the room has passed it on. */
export const RELAY_WITHIN = minutes('relayMinutes')

/** Minutes from passing it on until the unit has signed for it. */
export const RECEIPT_WITHIN = minutes('receiptMinutes')
