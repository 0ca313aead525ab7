import type { Incident } from '@duty/shared/incident/incident.ts'
import { eventTypeName } from '@duty/shared/reference/event-types.ts'
import { levelName } from '@duty/shared/reference/level-words.ts'
import { channelName } from '@duty/shared/reference/source-channels.ts'
import { townName } from '@duty/shared/reference/towns.ts'
import { harmWords } from '@duty/shared/words.ts'
import { sayTime } from './time-entry.ts'

/** 值班快报 as plain text, to be pasted into another system or read over the phone; every line is a field of the incident. */
export function flashText(i: Incident, now: number): string {
  const { source } = i
  const who = [source.unit, [source.person, source.title].filter(Boolean).join('')].filter(Boolean).join(' ')
  const told = i.followUps.map(f => `续报${f.n}（${sayTime(f.at, now)}）：${f.words || harmWords({ ...i.casualties, ...f.facts.casualties })}`)
  return [
    `【值班快报】${i.no}　${levelName(i.level)}${i.sensitive ? '　敏感' : ''}`,
    i.title,
    `类型：${eventTypeName(i.typeCode)}`,
    `地点：${townName(i.township)}${i.address ?? ''}`,
    `接报：${sayTime(i.receivedAt, now)}（${[channelName(source.channel), who].filter(Boolean).join('，')}）`,
    i.occurredAt && `事发：${sayTime(i.occurredAt, now)}`,
    `伤亡：${harmWords(i.casualties)}`,
    i.narrative && `情况：${i.narrative}`,
    i.measures && `措施：${i.measures}`,
    ...told,
    i.summary && `终报：${i.summary}`,
  ]
    .filter(Boolean)
    .join('\n')
}
