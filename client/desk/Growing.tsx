import { useCallback, useEffect, useRef, useState, type ReactNode } from 'react'

/** A long list is painted as far as it is looked at: its head, and more each time its end comes into sight. */
export function Growing<T>({ items, first, atLeast = 0, children }: { items: readonly T[]; first: number; atLeast?: number; children(item: T, n: number): ReactNode }) {
  const [count, setCount] = useState(first)
  const shown = Math.max(count, atLeast)
  const grow = useRef(() => {})
  useEffect(() => {
    grow.current = () => setCount(Math.min(items.length, shown + first))
  })
  const end = useCallback((el: HTMLElement | null) => {
    if (!el) return
    const seen = new IntersectionObserver(([e]) => e?.isIntersecting && grow.current(), { rootMargin: '400px' })
    seen.observe(el)
    return () => seen.disconnect()
  }, [])
  const rest = items.length - shown
  return (
    <>
      {items.slice(0, shown).map(children)}
      {rest > 0 && (
        <li key={shown} ref={end} className="rest">
          另有 {rest} 条
        </li>
      )}
    </>
  )
}
