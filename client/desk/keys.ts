import { useEffect, useRef } from 'react'

type Pressed = Pick<KeyboardEvent, 'isComposing' | 'keyCode'>

/** The key belongs to the input method, which is still making a word: nobody else may take it. */
export const isComposing = (e: Pressed | { nativeEvent: Pressed }): boolean => {
  const { isComposing, keyCode } = 'nativeEvent' in e ? e.nativeEvent : e
  return isComposing || keyCode === 229
}

/** Whether the caret stands in a field, where plain letters are words and not deeds. */
export const isTyping = (target: EventTarget | null) => target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))

/** What a key is called here: F2, Ctrl+Enter, Alt+1, x, ?, ArrowDown. Digits go by their place on the keyboard, since Alt may change their character. */
export function nameOf(e: KeyboardEvent): string {
  const key = e.altKey && /^(Digit|Key)/.test(e.code) ? e.code.replace(/^(Digit|Key)/, '') : e.key
  const plain = key.length === 1 ? key.toLowerCase() : key
  return (e.ctrlKey || e.metaKey ? 'Ctrl+' : '') + (e.altKey ? 'Alt+' : '') + plain
}

const isEverywhere = (name: string) => /^(F\d+|Ctrl\+|Alt\+)/.test(name)

/** Hears keys wherever the caret stands; plain letters only outside fields. A handler that answers true has taken the key. */
export function useKeys(hear: (name: string, e: KeyboardEvent) => boolean): void {
  const latest = useRef(hear)
  useEffect(() => {
    latest.current = hear
  })
  useEffect(() => {
    const down = (e: KeyboardEvent) => {
      if (e.defaultPrevented || isComposing(e)) return
      const name = nameOf(e)
      if (!isEverywhere(name) && name !== 'Escape' && isTyping(e.target)) return
      if (latest.current(name, e)) e.preventDefault()
    }
    addEventListener('keydown', down)
    return () => removeEventListener('keydown', down)
  }, [])
}
