import { lazy } from 'react'
import type { Me } from '../sync/store.ts'
import { AlertCard } from './AlertCard.tsx'
import { FeedbackForm } from './FeedbackForm.tsx'
import { History } from './History.tsx'
import { IncidentMore } from './IncidentMore.tsx'
import { InstructionCard } from './InstructionCard.tsx'
import { Mine } from './Mine.tsx'
import { Missing } from './Missing.tsx'
import { OrderForm } from './OrderForm.tsx'
import { patiently } from './patiently.ts'
import { RemarkForm } from './RemarkForm.tsx'
import type { Holder } from './rows.ts'

const ReportForm = lazy(patiently(() => import('./ReportForm.tsx')))

interface FurtherProps {
  route: string[]
  me: Me
  holder: Holder
  /** How many matters wait for a 签收. */
  waiting: number
}

/** The pages behind the list and the card. */
export default function Further({ route: [page, id = '', sub, unit = ''], me, holder, waiting }: FurtherProps) {
  switch (sub ? `${page}/${sub}` : page) {
    case 'i/order':
      return <OrderForm key={id} incident={id} username={me.username} />
    case 'i/remark':
      return <RemarkForm key={id} incident={id} />
    case 'i/more':
      return <IncidentMore key={id} id={id} />
    case 'n':
      return <InstructionCard key={id} id={id} me={me} holder={holder} />
    case 'n/feedback':
      return <FeedbackForm key={id + unit} id={id} unit={unit} />
    case 'a':
      return <AlertCard key={id} id={id} holder={holder} />
    case 'order':
      return <OrderForm username={me.username} />
    case 'report':
      return <ReportForm me={me} />
    case 'history':
      return <History holder={holder} waiting={waiting} />
    case 'mine':
      return <Mine me={me} waiting={waiting} />
    default:
      return <Missing problem={undefined} />
  }
}
