import type { Addressee } from '@duty/shared/alert/alert.ts'
import { DELIVERY } from '@duty/shared/words.ts'
import { hhmm } from '../parts/times.ts'

/** 签收 n/m: who has signed and when, 代签收 marked; who has not, and how far it has come with them. */
export function Signers({ signers, whole = false }: { signers: Addressee[]; whole?: boolean }) {
  if (signers.length === 0) return null
  const count = signers.filter(s => s.status === 'acknowledged').length
  return (
    <div className={whole ? 'signers whole' : 'signers'}>
      <strong data-role="ackcount">
        签收 {count}/{signers.length}
      </strong>
      <ul>
        {signers.map(s => (
          <li key={s.to} data-status={s.status}>
            {s.name}
            {s.status === 'acknowledged' ? ` ${s.acknowledgedAt ? hhmm(s.acknowledgedAt) : ''}` : <small> {DELIVERY[s.status]}</small>}
            {s.onBehalfBy && <em>代签收</em>}
          </li>
        ))}
      </ul>
    </div>
  )
}
