import { useEffect } from 'react'
import { LINK_WORDS } from '../parts/LinkLamp.tsx'
import { hhmmss } from '../parts/times.ts'
import { useNow } from '../sync/clock.ts'
import { useOutbox } from '../sync/outbox.ts'
import { useRoom } from '../sync/store.ts'
import { useNetwork, useReaches } from './online.ts'
import { doneShowing, takeBack, useSending, type Sending } from './sending.ts'
import { unmark } from './signing.ts'

/** What stands above every page as long as it is so: old data, words not sent yet, words refused, words that can still be taken back. */
export function Banners() {
  return (
    <div className="banners">
      <Stale />
      <Outbox />
      <TakeBack />
    </div>
  )
}

function Stale() {
  const link = useRoom(room => room.link)
  const heardAt = useRoom(room => room.heardAt)
  const offline = !useNetwork()
  if (link === 'live' && !offline) return null
  return (
    <p className="stale" data-link={offline ? 'lost' : link} role="status">
      <strong>{offline ? '本机已断网' : LINK_WORDS[link]}</strong> {heardAt === null ? '尚无数据' : `所示为 ${hhmmss(heardAt)} 的内容`}
    </p>
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

function Outbox() {
  const { waiting, refused, drop } = useOutbox()
  const reaches = useReaches()
  const close = (key: string) => {
    unmark(key)
    drop(key)
  }
  return (
    <>
      {waiting > 0 && !reaches && (
        <p className="waits" role="status">
          {waiting} 条待发送，联网后自动发出
        </p>
      )}
      {refused.map(({ key, command, body, problem }) => (
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
      ))}
    </>
  )
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
  const left = last ? Math.ceil((last.until - now) / 1_000) : 0
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
