import { useId, useState, type FocusEvent, type KeyboardEvent } from 'react'
import { Box, type BoxProps } from './Box.tsx'
import { isComposing } from './keys.ts'

/** Something that can be picked: what it stands for, what it is called, and what tells it from its neighbours. */
export interface Option {
  value: string
  name: string
  note?: string
}

const SHOWN = 12

interface ComboboxProps extends BoxProps {
  /** What is being typed and not picked yet; kept by the form, so that a reload loses none of it. */
  text: string
  /** What was picked last. */
  picked?: string
  find(query: string): Option[]
  onText(text: string): void
  onPick(option: Option): void
  /** The field was empty and the key was Backspace: takes back the last of several. */
  onBackspace?(): void
}

/** A field in which a few letters pick one of many: ↑↓ move, Enter or Tab picks. The input method's own keys are left to it. */
export function Combobox({ text, picked, find, onText, onPick, onBackspace, ...box }: ComboboxProps) {
  const [isOpen, setOpen] = useState(false)
  const [at, setAt] = useState(0)
  const list = useId()
  const options = isOpen ? find(text).slice(0, SHOWN) : []
  const active = options[Math.min(at, options.length - 1)]
  const isListed = isOpen && (options.length > 0 || text.trim() !== '')

  function pick(option: Option) {
    setOpen(false)
    setAt(0)
    onPick(option)
  }

  function keyDown(e: KeyboardEvent<HTMLInputElement>) {
    if (isComposing(e)) return
    if (e.ctrlKey && e.key === 'Enter' && active && text.trim() !== '') return pick(active)
    if (e.ctrlKey || e.altKey || e.metaKey) return
    const take = () => (e.preventDefault(), e.stopPropagation())
    switch (e.key) {
      case 'ArrowDown':
      case 'ArrowUp':
        take()
        if (!isOpen) {
          setOpen(true)
          return setAt(0)
        }
        return setAt(n => (n + (e.key === 'ArrowDown' ? 1 : -1) + options.length) % Math.max(1, options.length))
      case 'Enter':
        if (!active) return
        take()
        return pick(active)
      case 'Tab':
        if (active && text.trim() !== '') pick(active)
        else setOpen(false)
        return
      case 'Escape':
        if (!isListed) return
        take()
        return setOpen(false)
      case 'Backspace':
        if (text === '' && onBackspace) onBackspace()
    }
  }

  function change(value: string) {
    setOpen(true)
    setAt(0)
    onText(value)
  }

  const leave = (e: FocusEvent<HTMLInputElement>) => {
    if (!e.currentTarget.parentElement?.contains(e.relatedTarget)) setOpen(false)
  }

  return (
    <Box {...box}>
      {ids => (
        <div className="combobox">
          <input
            {...ids}
            name={box.name}
            role="combobox"
            aria-expanded={isListed}
            aria-controls={list}
            aria-autocomplete="list"
            aria-activedescendant={active && isListed ? `${list}${active.value}` : undefined}
            value={text === '' ? (picked ?? '') : text}
            onChange={e => change(e.target.value)}
            onKeyDown={keyDown}
            onFocus={e => e.currentTarget.select()}
            onBlur={leave}
            autoComplete="off"
            spellCheck={false}
            lang="en"
          />
          <div id={list} role="listbox" aria-label={box.label} className="combobox-list" hidden={!isListed || options.length === 0}>
            {options.map((o, n) => (
              <div
                key={o.value}
                id={list + o.value}
                role="option"
                aria-selected={o === active}
                className="combobox-option"
                onMouseDown={e => (e.preventDefault(), pick(options[n]!))}
              >
                {o.name}
                {o.note && <span className="combobox-note">{o.note}</span>}
              </div>
            ))}
          </div>
          {isListed && options.length === 0 && <div className="combobox-list combobox-none">没有找到「{text}」</div>}
        </div>
      )}
    </Box>
  )
}
