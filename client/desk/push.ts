import type { Incident } from '@duty/shared/incident/incident.ts'
import type { Thing } from '@duty/shared/kernel/kind.ts'
import { useRef, useState, type RefObject } from 'react'
import { v7 } from 'uuid'
import { serverNow } from '../sync/clock.ts'
import { useOutbox } from '../sync/outbox.ts'
import { span } from '../parts/times.ts'
import { HARMS } from './quick-code.ts'
import { bodyOf, callOf, type Wrong } from './report.ts'
import { finish, labelOf, type Begun } from './reports.ts'
import { sayOnce, wrongOf } from './saying.ts'
import { openIncident, tell } from './where.ts'

/** Which field of the form a server's field is typed into. */
const INPUT_OF: Record<string, string> = {
  typeCode: 'typeText',
  township: 'townText',
  occurredAt: 'occurred',
  receivedAt: 'received',
  address: 'address',
  narrative: 'narrative',
  measures: 'measures',
  'source.unit': 'unit',
  'source.person': 'person',
  'source.title': 'title',
  'source.phone': 'phone',
  'source.alreadyTold': 'alreadyTold',
  ...Object.fromEntries(HARMS.map(h => [`casualties.${h.field}`, h.field])),
}

interface PushOptions {
  begun: Begun
  change(next: (b: Begun) => Begun): void
  clear(): void
  form: RefObject<HTMLFormElement | null>
}

/** Pushing the 首报: what is wrong stands beside its field, what the network cannot carry waits on the device, and the draft goes only when it is safe elsewhere. */
export function usePush({ begun, change, clear, form }: PushOptions) {
  const { drop } = useOutbox()
  const [wrong, setWrong] = useState<Wrong>({})
  const [isBusy, setBusy] = useState(false)
  const busy = useRef(false)

  function show(no: Wrong) {
    setWrong(no)
    const [first] = Object.keys(no)
    const input = first && form.current?.elements.namedItem(INPUT_OF[first] ?? first)
    if (input instanceof HTMLElement) input.focus()
  }

  async function say(command: string, body: Record<string, unknown>, incident: string, done: string) {
    if (busy.current) return
    busy.current = true
    setBusy(true)
    try {
      const outcome = await sayOnce(command, body, begun.key)
      if (outcome === 'sent' || outcome === 'waiting') {
        clear()
        finish(begun.id)
        openIncident(incident)
        return tell(outcome === 'sent' ? done : '离线已存，网络恢复后自动推送一次')
      }
      drop(begun.key)
      change(b => ({ ...b, key: v7() }))
      show(wrongOf(outcome, Object.keys(INPUT_OF)))
    } finally {
      busy.current = false
      setBusy(false)
    }
  }

  /** As it is typed at this very moment: the key that pushes may itself have picked the last field. */
  function latest(): Begun {
    let last = begun
    change(b => (last = b))
    return last
  }

  async function push() {
    const { report, begunAt } = latest()
    const { body, wrong: no } = bodyOf(report, begunAt, serverNow())
    if (Object.keys(no).length) return show(no)
    await say('incident.log', { id: begun.id, ...body }, begun.id, `已推送 ${labelOf(report)}，首报用时 ${span(serverNow() - begunAt)}`)
  }

  const join = (incident: Thing<Incident>) => say('incident.addCall', { id: incident.id, ...callOf(latest().report) }, incident.id, `已并入 ${incident.no} ${incident.title}`)

  return { wrong, isBusy, push, join }
}
