import { useRoom, type Link } from '../sync/store.ts'
import { hhmmss } from './times.ts'

/** What the state of the link is called. */
export const LINK_WORDS: Record<Link, string> = { connecting: '连接中', live: '实时', late: '延迟', lost: '数据中断' }

/** Whether what stands on the screen is fresh, and when the server was last heard. */
export function LinkLamp() {
  const link = useRoom(room => room.link)
  const heardAt = useRoom(room => room.heardAt)
  return (
    <span className="lamp" data-role="link" data-link={link} role="status">
      <span className="lamp-light" aria-hidden="true" />
      <span className="lamp-word">{LINK_WORDS[link]}</span>
      <span className="lamp-updated" data-role="updated" data-updated-at={heardAt === null ? '' : new Date(heardAt).toISOString()}>
        最后更新 {heardAt === null ? '—' : hhmmss(heardAt)}
      </span>
    </span>
  )
}
