import type { Incident } from '@duty/shared/incident/incident.ts'
import type { Thing } from '@duty/shared/kernel/kind.ts'
import { useRef, useState, type RefObject } from 'react'
import { v7 } from 'uuid'
import { serverNow } from '../sync/clock.ts'
import { useOutbox } from '../sync/outbox.ts'
import { span } from '../parts/times.ts'
import { HARMS, type Harm } from './quick-code.ts'
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

/** What stands in the field a sentence is about; once it has changed the sentence no longer holds. */
function standing({ report }: Begun, name: string): unknown {
  const [, harm] = /^casualties\.(\w+)$/.exec(name) ?? []
  if (harm !== undefined) return report.figures[harm as Harm]
  return name === 'typeCode' ? report.typeText + report.typeCode : name === 'township' ? report.townText + String(report.township) : report[(INPUT_OF[name] ?? '') as keyof Begun['report']]
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
  const [no, setNo] = useState<{ wrong: Wrong; at: Begun }>({ wrong: {}, at: begun })
  const [isBusy, setBusy] = useState(false)
  const busy = useRef(false)

  function show(wrong: Wrong) {
    setNo({ wrong, at: latest() })
    const [first] = Object.keys(wrong)
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
    const { body, wrong } = bodyOf(report, begunAt, serverNow())
    if (Object.keys(wrong).length) return show(wrong)
    await say('incident.log', { id: begun.id, ...body }, begun.id, `已推送 ${labelOf(report)}，首报用时 ${span(serverNow() - begunAt)}。有误按 E 更正`)
  }

  const join = (incident: Thing<Incident>) => say('incident.addCall', { id: incident.id, ...callOf(latest().report) }, incident.id, `已并入 ${incident.no} ${incident.title}`)

  const wrong = Object.fromEntries(Object.entries(no.wrong).filter(([name]) => standing(begun, name) === standing(no.at, name)))
  return { wrong, isBusy, push, join }
}
