import type { FormEvent } from 'react'

/** What was typed into the fields of a form, by their names. */
export function typedIn(e: FormEvent<HTMLFormElement>): (name: string) => string {
  const said = new FormData(e.currentTarget)
  return name => {
    const value = said.get(name)
    return typeof value === 'string' ? value : ''
  }
}
