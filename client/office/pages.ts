import { useEffect, useState } from 'react'
import { Problem, read } from '../sync/command.ts'

interface Page<T> {
  items: T[]
  nextCursor: string | null
}

interface Pages<T> {
  items: T[]
  problem: Problem | null
  isReading: boolean
  /** Reads the next page, where there is one. */
  more: (() => void) | null
  /** Reads the list anew. */
  again(): void
}

interface Read<T> {
  asked: string
  items: T[]
  cursor: string | null
  problem: Problem | null
}

const asProblem = (error: unknown): Problem => {
  if (error instanceof Problem) return error
  throw error
}

/** A list of the server's, page after page. */
export function usePages<T>(path: string): Pages<T> {
  const [turn, setTurn] = useState(0)
  const asked = `${turn} ${path}`
  const [state, setState] = useState<Read<T>>({ asked: '', items: [], cursor: null, problem: null })

  useEffect(() => {
    let gone = false
    read<Page<T>>(asked.slice(asked.indexOf(' ') + 1)).then(
      page => gone || setState({ asked, items: page.items, cursor: page.nextCursor, problem: null }),
      (error: unknown) => gone || setState({ asked, items: [], cursor: null, problem: asProblem(error) }),
    )
    return () => {
      gone = true
    }
  }, [asked])

  const isReading = state.asked !== asked
  const more = () =>
    void read<Page<T>>(`${path}${path.includes('?') ? '&' : '?'}cursor=${state.cursor}`).then(
      page => setState(s => (s.asked === asked ? { ...s, items: [...s.items, ...page.items], cursor: page.nextCursor } : s)),
      (error: unknown) => setState(s => ({ ...s, problem: asProblem(error) })),
    )
  return {
    items: state.items,
    problem: isReading ? null : state.problem,
    isReading,
    more: !isReading && state.cursor ? more : null,
    again: () => setTurn(n => n + 1),
  }
}

interface Answer<T> {
  data: T | null
  problem: Problem | null
}

/** One answer of the server's. */
export function useRead<T>(path: string): Answer<T> {
  const [answer, setAnswer] = useState<({ path: string } & Answer<T>) | null>(null)
  useEffect(() => {
    let gone = false
    read<T>(path).then(
      data => gone || setAnswer({ path, data, problem: null }),
      (error: unknown) => gone || setAnswer({ path, data: null, problem: asProblem(error) }),
    )
    return () => {
      gone = true
    }
  }, [path])
  return answer?.path === path ? answer : { data: null, problem: null }
}
