import { useId, type ReactNode } from 'react'
import './fields.css'

export interface BoxProps {
  name: string
  label: string
  wrong?: string
  hint?: ReactNode
  /** Differs from what was known before. */
  changed?: boolean
  wide?: boolean
}

/** A field with its name before it and what is wrong with it right beneath; `children` gets the ids that tie them together. */
export function Box({ label, wrong, hint, changed, wide, children }: BoxProps & { children(ids: { id: string; 'aria-describedby'?: string; 'aria-invalid'?: true }): ReactNode }) {
  const id = useId()
  const told = wrong !== undefined || Boolean(hint)
  return (
    <div className="box" data-wide={wide || undefined} data-changed={changed || undefined} data-wrong={wrong === undefined ? undefined : true}>
      <label htmlFor={id}>{label}</label>
      <div className="box-field">
        {children({ id, ...(told ? { 'aria-describedby': `${id}t` } : {}), ...(wrong === undefined ? {} : { 'aria-invalid': true as const }) })}
        {told && (
          <p id={`${id}t`} className={wrong === undefined ? 'box-hint' : 'box-wrong'}>
            {wrong ?? hint}
          </p>
        )}
      </div>
    </div>
  )
}
