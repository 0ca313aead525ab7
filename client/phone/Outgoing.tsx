import { useEffect } from 'react'
import { useNow } from '../sync/clock.ts'
import { useOutbox } from '../sync/outbox.ts'
import { useSending, type Sending } from './last-sent.ts'
import { doneShowing, TAKE_BACK_SECONDS, takeBack } from './sending.ts'
import { unmark } from './signing.ts'

/** Words refused, kept until their author has read why; and words that can still be taken back. */
export default function Outgoing() {
  return (
    <>
      <Refused />
      <TakeBack />
    </>
  )
}

const DEEDS: Record<string, string> = {
  'alert.acknowledge': '签收',
  'instruction.receipt': '签收',
  'instruction.issue': '指示',
  'instruction.withdraw': '撤回',
  'instruction.feedback': '反馈',
  'incident.log': '事件报告',
}

function Refused() {
  const { refused, drop } = useOutbox()
  const close = (key: string) => {
    unmark(key)
    drop(key)
  }
  return refused.map(({ key, command, body, problem }) => (
    <div key={key} className="refused" role="alert">
      <p>
        <strong>{DEEDS[command] ?? '操作'}未办成：</strong>
        {problem.detail}
        <Words body={body} />
      </p>
      <button type="button" onClick={() => close(key)}>
        知道了
      </button>
    </div>
  ))
}

/** The words themselves, so that nothing anyone wrote is lost with the refusal. */
function Words({ body }: { body: unknown }) {
  const { text, narrative } = body as { text?: string; narrative?: string }
  const words = text ?? narrative
  return words ? <q>{words}</q> : null
}

const STATES: Record<Sending['state'], string> = { sending: '正在发出', sent: '已发出', waiting: '已排队，联网后发出', withdrawn: '已撤回' }

function TakeBack() {
  const last = useSending(s => s.last)
  const now = useNow()
  const left = last ? Math.min(TAKE_BACK_SECONDS, Math.ceil((last.until - now) / 1_000)) : 0
  const isOver = last !== null && left <= 0
  useEffect(() => {
    if (isOver) doneShowing(last.id)
  }, [isOver, last])
  if (!last || isOver) return null
  return (
    <div className="sending" role="status" data-role="sending">
      <p>
        <strong>{STATES[last.state]}</strong> {last.words}
      </p>
      {last.state !== 'withdrawn' && (
        <button type="button" onClick={() => void takeBack(last)}>
          撤回 {left}
        </button>
      )}
    </div>
  )
}
