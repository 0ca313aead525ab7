import type { MouseEvent, ReactNode } from 'react'
import { go, goBack } from './route.ts'

/** A link to another page of the phone. */
export function A({ to, className, children, current }: { to: string; className?: string; children: ReactNode; current?: boolean }) {
  const open = (e: MouseEvent) => {
    e.preventDefault()
    go(to)
  }
  return (
    <a href={`#/${to}`} className={className} onClick={open} aria-current={current ? 'page' : undefined}>
      {children}
    </a>
  )
}

/** ‹ back to where one came from. */
export const Back = ({ to = '' }: { to?: string }) => (
  <button type="button" className="back" aria-label="返回" onClick={() => goBack(to)}>
    <span aria-hidden="true" />
  </button>
)
