import type { Instruction } from '@duty/shared/instruction/instruction.ts'
import type { Thing } from '@duty/shared/kernel/kind.ts'
import { useState } from 'react'
import { post } from '../sync/outbox.ts'

const ENDS = {
  close: { name: '办结', field: 'summary', words: '已落实，办结' },
  withdraw: { name: '撤回', field: 'reason', words: '情况变化，撤回' },
} as const

/** The leader ends their own instruction: 办结 or 撤回, with a word of why. */
export function EndInstruction({ i }: { i: Thing<Instruction> }) {
  const [end, setEnd] = useState<keyof typeof ENDS | null>(null)
  const [words, setWords] = useState('')
  const open = (which: keyof typeof ENDS) => {
    setEnd(which)
    setWords(ENDS[which].words)
  }
  if (!end)
    return (
      <p className="ends">
        {(Object.keys(ENDS) as (keyof typeof ENDS)[]).map(which => (
          <button key={which} type="button" className="deed" onClick={() => open(which)}>
            {ENDS[which].name}
          </button>
        ))}
      </p>
    )
  const { name, field } = ENDS[end]
  const send = () => {
    setEnd(null)
    void post(`instruction.${end}`, { id: i.id, [field]: words.trim() || ENDS[end].words })
  }
  return (
    <p className="ends">
      <label>
        {name}说明
        <input value={words} onChange={e => setWords(e.target.value)} maxLength={200} />
      </label>
      <button type="button" className="deed" onClick={() => setEnd(null)}>
        不{name}
      </button>
      <button type="button" className="deed strong" onClick={send}>
        确定{name}
      </button>
    </p>
  )
}
