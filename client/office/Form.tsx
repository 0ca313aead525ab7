import { useState, type FormEvent, type ReactNode } from 'react'
import { Problem } from '../sync/command.ts'

interface FormProps {
  name: string
  submit: string
  /** Does it, and says in a sentence what was done. */
  deed(said: FormData): Promise<string>
  children?: ReactNode
}

/** A form that says what became of it: done, or why not and in which field. */
export function Form({ name, submit, deed, children }: FormProps) {
  const [busy, setBusy] = useState(false)
  const [done, setDone] = useState<string | null>(null)
  const [no, setNo] = useState<Problem | null>(null)

  async function send(e: FormEvent<HTMLFormElement>) {
    e.preventDefault()
    const form = e.currentTarget
    setBusy(true)
    setDone(null)
    setNo(null)
    try {
      setDone(await deed(new FormData(form)))
      form.reset()
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      setNo(error)
    } finally {
      setBusy(false)
    }
  }

  return (
    <form onSubmit={e => void send(e)} aria-label={name} aria-busy={busy}>
      <h2>{name}</h2>
      {children}
      <button type="submit" disabled={busy}>
        {submit}
      </button>
      <div role="status">{done}</div>
      {no && (
        <div role="alert" className="no">
          {no.detail}
          {no.errors && (
            <ul>
              {no.errors.map(e => (
                <li key={e.path}>
                  {e.path}：{e.message}
                </li>
              ))}
            </ul>
          )}
        </div>
      )}
    </form>
  )
}

/** The words typed into one field; nothing typed is nothing said. */
export function typed(said: FormData, field: string): string | undefined {
  const words = said.get(field)
  return typeof words === 'string' && words.trim() !== '' ? words.trim() : undefined
}

/** Everything ticked or chosen under one name. */
export const chosen = (said: FormData, field: string): string[] => said.getAll(field).filter(v => typeof v === 'string' && v !== '') as string[]
