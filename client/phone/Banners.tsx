import { lazy, Suspense } from 'react'
import { LINK_WORDS } from '../parts/LinkLamp.tsx'
import { hhmmss } from '../parts/times.ts'
import { useOutbox } from '../sync/outbox.ts'
import { useRoom } from '../sync/store.ts'
import { useSending } from './last-sent.ts'
import { useNetwork, useReaches } from './online.ts'
import { patiently } from './patiently.ts'

const Outgoing = lazy(patiently(() => import('./Outgoing.tsx')))

/** What stands above every page as long as it is so: old data, words not sent yet, words refused, words that can still be taken back. */
export function Banners() {
  const { waiting, refused } = useOutbox()
  const isSending = useSending(s => s.last !== null)
  const reaches = useReaches()
  return (
    <div className="banners">
      <Stale />
      {waiting > 0 && !reaches && (
        <p className="waits" role="status">
          {waiting} 条待发送，联网后自动发出
        </p>
      )}
      {(refused.length > 0 || isSending) && (
        <Suspense>
          <Outgoing />
        </Suspense>
      )}
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
