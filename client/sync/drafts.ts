import { useCallback, useEffect, useRef, useState } from 'react'
import { kept } from './kept.ts'
import { useRoom } from './store.ts'

const SAVE_WITHIN_MS = 250

/** Text being written, kept on the device within a quarter of a second under its author's name; a reload or a sign-out loses none of it. */
export function useDraft<T>(slot: string, empty: T): [T, (change: (d: T) => T) => void, { ready: boolean; clear(): void }] {
  const author = useRoom(room => room.me?.username)
  const key = `${author ?? ''}:${slot}`
  const [first] = useState(empty)
  const [shown, setShown] = useState<{ key: string; draft: T } | null>(null)
  const live = useRef({ key, draft: first, timer: 0 })

  const save = useCallback(() => {
    const { key, draft, timer } = live.current
    if (!timer) return
    window.clearTimeout(timer)
    live.current.timer = 0
    void kept().then(db => db.put('drafts', draft, key))
  }, [])

  useEffect(() => {
    let gone = false
    live.current = { key, draft: first, timer: 0 }
    void kept()
      .then(db => db.get('drafts', key))
      .then(found => {
        if (gone) return
        if (live.current.timer === 0 && found !== undefined) live.current.draft = found as T
        setShown({ key, draft: live.current.draft })
      })
    const hide = () => document.visibilityState === 'hidden' && save()
    document.addEventListener('visibilitychange', hide)
    addEventListener('pagehide', save)
    return () => {
      gone = true
      save()
      document.removeEventListener('visibilitychange', hide)
      removeEventListener('pagehide', save)
    }
  }, [key, first, save])

  const change = useCallback(
    (next: (d: T) => T) => {
      live.current.draft = next(live.current.draft)
      live.current.timer ||= window.setTimeout(save, SAVE_WITHIN_MS)
      setShown({ key: live.current.key, draft: live.current.draft })
    },
    [save],
  )

  const clear = useCallback(() => {
    window.clearTimeout(live.current.timer)
    live.current.timer = 0
    live.current.draft = first
    setShown({ key: live.current.key, draft: first })
    void kept().then(db => db.delete('drafts', live.current.key))
  }, [first])

  const ready = shown?.key === key
  return [ready ? shown.draft : first, change, { ready, clear }]
}
