import type { ReactNode } from 'react'
import { hhmm } from '../parts/times.ts'
import { useOutbox } from '../sync/outbox.ts'
import { useReaches } from './online.ts'

interface SignBarProps {
  asks: boolean
  /** When the server has it. */
  signedAt?: string
  /** Signed here; whether the server has it is not known yet. */
  signedHere: boolean
  onSign(): void
  children?: ReactNode
}

/** The foot of a card: 签收 at one tap, then what else can be done. Once signed, nothing is left in that place to be tapped again. */
export function SignBar({ asks, signedAt, signedHere, onSign, children }: SignBarProps) {
  const reaches = useReaches()
  const { waiting } = useOutbox()
  return (
    <footer className="sign-bar">
      {asks ? (
        <button type="button" className="sign" data-role="sign" onClick={onSign}>
          签收
        </button>
      ) : (
        (signedHere || signedAt) && (
          <p className="signed" data-role="signed" role="status">
            <span aria-hidden="true">✓</span>
            {signedAt ? `已签收 ${hhmm(signedAt)}` : !reaches && waiting > 0 ? '已签收，联网后发送' : '已签收'}
          </p>
        )
      )}
      {children && <div className="deeds">{children}</div>}
    </footer>
  )
}
