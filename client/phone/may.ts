import type { Me } from '../sync/store.ts'

/** Whether these are somebody whose words are instructions: 市领导, and 带班领导. */
export const canOrder = ({ roles }: Me) => roles.includes('leader') || roles.includes('lead')

/** Whether they answer for a township or a department. */
export const isLiaison = ({ roles }: Me) => roles.includes('liaison')
