import { memo, useEffect, useState } from 'react'
import { useOutbox } from '../sync/outbox.ts'
import { useRoom } from '../sync/store.ts'
import { DEEDS } from './deeds.ts'
import { reportOf } from './report.ts'
import { beginFrom } from './reports.ts'

const called = (command: string) => (command === 'incident.log' ? '接报' : (DEEDS.find(d => d.command === command)?.name ?? command))

/** The officer's own words in a body that was refused, so that they can be read and said again. */
const wordsOf = (body: unknown): string[] =>
  Object.entries((body ?? {}) as Record<string, unknown>).flatMap(([name, v]) =>
    name === 'id' || name === 'unit' ? [] : typeof v === 'string' ? [v] : v && typeof v === 'object' && !Array.isArray(v) ? wordsOf(v) : [],
  )

/** What goes off at once is no news; a banner that came and went with each deed would shake the screen. */
const NEWS_AFTER_MS = 1_200

function useStuck(isWaiting: boolean): boolean {
  const [isStuck, setStuck] = useState(false)
  useEffect(() => {
    if (!isWaiting) return
    const timer = window.setTimeout(() => setStuck(true), navigator.onLine ? NEWS_AFTER_MS : 0)
    return () => {
      window.clearTimeout(timer)
      setStuck(false)
    }
  }, [isWaiting])
  return isStuck
}

/** What waits for the network, and what the server would not take: kept and shown until the officer has seen to it. */
export const Notices = memo(function Notices() {
  const { waiting, refused, drop } = useOutbox()
  const link = useRoom(room => room.link)
  const isStuck = useStuck(waiting > 0)
  if (!isStuck && refused.length === 0 && link !== 'lost') return null
  return (
    <div className="notices">
      {link === 'lost' && (
        <p className="notice lost" role="alert">
          数据中断：以下为最后收到的内容。接报、录入照常，恢复后自动发送。
        </p>
      )}
      {isStuck && (
        <p className="notice waiting" role="status" data-role="outbox" data-waiting={waiting}>
          离线已存 {waiting} 条，网络恢复后自动发送一次
        </p>
      )}
      {refused.map(r => (
        <div key={r.key} className="notice refused" role="alert" data-role="refused">
          <p>
            <b>{called(r.command)}未被接受：</b>
            {r.problem.detail}
            <span className="verbatim">{wordsOf(r.body).join('　')}</span>
          </p>
          {r.command === 'incident.log' ? (
            <button type="button" onClick={() => void beginFrom(reportOf(r.body as Record<string, unknown>)).then(() => drop(r.key))}>
              打开修改
            </button>
          ) : (
            <button type="button" onClick={() => drop(r.key)}>
              已知，移除
            </button>
          )}
        </div>
      ))}
    </div>
  )
})
