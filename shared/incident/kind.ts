import type { Kind } from '../kernel/kind.ts'
import { commands, nextNo } from './commands.ts'
import { evolve, type Incident, type IncidentEvent } from './incident.ts'

/** 突发事件: what somebody reported to the room, everything told of it since, and where it stands. */
export const incident: Kind<Incident, IncidentEvent> = {
  name: 'incident',
  commands,
  evolve,
  nextNo,
  open: i => i.status === 'open',
  columns: i => ({
    at: i.receivedAt,
    keys: { status: i.status, level: i.level, township: i.township, type: i.typeCode, no: i.no, sensitive: i.sensitive },
    words: [i.title, i.address ?? '', i.narrative ?? '', i.measures ?? '', i.no, ...i.followUps.map(f => f.words ?? '')],
    units: [...(i.township ? [i.township] : []), ...i.sharedWith],
  }),
  personal: {
    name: ['person'],
    phone: ['phone'],
    words: ['title', 'unit', 'address', 'narrative', 'measures', 'words', 'reason', 'summary', 'alreadyTold'],
  },
  forgets: e => e.type === 'incident.forgotten',
}
