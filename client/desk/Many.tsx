import { useState } from 'react'
import type { BoxProps } from './Box.tsx'
import { Combobox, type Option } from './Combobox.tsx'

interface ManyProps extends BoxProps {
  /** The values picked, apart by spaces. */
  value: string
  onValue(value: string): void
  nameOf(value: string): string
  find(query: string): Option[]
}

/** Several of many: each pick stands before the field; Backspace in the empty field takes the last one back. */
export function Many({ value, onValue, nameOf, find, ...box }: ManyProps) {
  const [text, setText] = useState('')
  const picked = value.split(' ').filter(Boolean)
  const add = (o: Option) => {
    setText('')
    if (!picked.includes(o.value)) onValue([...picked, o.value].join(' '))
  }
  return (
    <div className="many">
      <Combobox {...box} text={text} find={find} onText={setText} onPick={add} onBackspace={() => onValue(picked.slice(0, -1).join(' '))} />
      {picked.length > 0 && (
        <ul className="many-picked" aria-label={`已选${box.label}`}>
          {picked.map(p => (
            <li key={p}>{nameOf(p)}</li>
          ))}
        </ul>
      )}
    </div>
  )
}
