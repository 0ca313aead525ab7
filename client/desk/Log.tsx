import type { ShownEntry } from '@duty/shared/kernel/wire.ts'
import { localDay } from '@duty/shared/kernel/time.ts'
import { useEffect, useMemo, useRef, useState } from 'react'
import { hhmmss } from '../parts/times.ts'
import { serverNow, useNow } from '../sync/clock.ts'
import { Problem, read } from '../sync/command.ts'
import { useFetched, useNameOf } from './board.ts'
import { entryWords } from './entry-words.ts'
import { useKeys } from './keys.ts'
import './pages.css'

type Entry = ShownEntry & { seq: number }
type Verdict = { ok: true; entries: number; head: number } | { ok: false; at: number; why?: string }

const DAY_MS = 86_400_000
const AGAIN_MS = 15_000

const dayOf = (ms: number) => localDay(new Date(ms).toISOString())

/** 值班日志 of a day, the newest first; ← → turn the days, V proves the whole book by its hash chain. */
export function Log() {
  const [back, setBack] = useState(0)
  const tick = useNow(AGAIN_MS)
  const date = dayOf(serverNow() - back * DAY_MS)
  const { data, problem } = useFetched<{ items: Entry[] }>(`/api/duty-log?date=${date}`, back === 0 ? String(tick) : '')
  const person = useNameOf()
  const lines = useMemo(() => {
    const now = serverNow()
    return (data?.items ?? []).toReversed().map(e => ({ ...e, told: entryWords(e, { person, now }) }))
  }, [data, person])
  const [verdict, prove] = useVerdict()
  const page = useRef<HTMLDivElement>(null)

  useEffect(() => page.current?.focus(), [])
  useKeys(name => {
    if (name === 'ArrowLeft') setBack(b => b + 1)
    else if (name === 'ArrowRight') setBack(b => Math.max(0, b - 1))
    else if (name === 'v') void prove()
    else return false
    return true
  })

  return (
    <section className="log" data-screen="log" aria-label="值班日志">
      <header>
        <h2>值班日志 {date}</h2>
        <span>{data ? `${lines.length} 条` : (problem?.detail ?? '正在读取…')}</span>
        <button type="button" onClick={() => setBack(b => b + 1)}>
          <kbd>←</kbd> 前一天
        </button>
        <button type="button" onClick={() => setBack(b => Math.max(0, b - 1))} disabled={back === 0}>
          <kbd>→</kbd> 后一天
        </button>
        <button type="button" onClick={() => void prove()}>
          <kbd>V</kbd> 校验日志
        </button>
        <p className="verdict" role="status" data-role="verdict" data-ok={verdict?.ok}>
          {verdict?.words}
        </p>
      </header>
      <div className="log-lines" role="region" aria-label="日志条目" tabIndex={0} ref={page}>
        <ol>
          {lines.map(e => (
            <li key={e.seq}>
              <span className="seq">{e.seq}</span>
              <time dateTime={e.at}>{hhmmss(e.at)}</time>
              <b>{e.told.what}</b>
              <span className="verbatim">{e.told.text}</span>
              <span className="by">{e.by === null ? '' : person(e.by)}</span>
            </li>
          ))}
        </ol>
      </div>
    </section>
  )
}

/** What the proof of the book came to, in a sentence. */
function useVerdict(): [{ ok?: boolean; words: string } | null, () => Promise<void>] {
  const [verdict, setVerdict] = useState<{ ok?: boolean; words: string } | null>(null)
  async function prove() {
    setVerdict({ words: '正在逐条校验…' })
    try {
      const v = await read<Verdict>('/api/audit/verify')
      setVerdict(
        v.ok
          ? { ok: true, words: `校验通过：${v.entries} 条，哈希链完整，截至第 ${v.head} 条（${hhmmss(serverNow())}）` }
          : { ok: false, words: `校验不通过：第 ${v.at} 条与原记录不符，请立即报告值班长` },
      )
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      setVerdict({ ok: false, words: `未能校验：${error.detail}` })
    }
  }
  return [verdict, prove]
}
