import type { Client, Reader } from '../harness/client.ts'
import type { TestRoom } from '../harness/room.ts'

/** All that somebody has been told: answers, boards, lines, refusals; and whether a secret is in it. */
export interface Heard {
  all: { where: string; text: string }[]
  hears(where: string, what: unknown): void
}

export function heard(): Heard {
  const all: Heard['all'] = []
  return { all, hears: (where, what) => void all.push({ where, text: typeof what === 'string' ? what : (JSON.stringify(what) ?? '') }) }
}

/** Every read there is, for things of these ids. */
export function readsOf(ids: Record<string, string[]>): string[] {
  const plurals = ['incidents', 'instructions', 'alerts', 'deadlines', 'shifts', 'accounts']
  const things = Object.entries(ids).flatMap(([kind, of]) => of.flatMap(id => [`/api/${kind}s/${id}`, `/api/${kind}/${id}/history`]))
  return [
    ...plurals.flatMap(p => [`/api/${p}`, `/api/${p}?limit=1`]),
    ...['open', 'closed'].map(s => `/api/incidents?status=${s}`),
    '/api/incidents?q=%E5%87%BA%E7%A7%9F%E5%B1%8B',
    '/api/alerts?mine=true',
    '/api/deadlines?open=true',
    '/api/shifts/current',
    '/api/roster?from=2026-05-01T00:00:00Z&to=2026-07-01T00:00:00Z',
    '/api/duty-log',
    '/api/duty-log?date=2026-06-01',
    '/api/audit?limit=1000',
    '/api/audit/verify',
    '/api/lines?after=0&limit=1000',
    '/api/reference/units',
    '/api/reference/posts',
    '/api/me',
    ...things,
  ]
}

/** Reads everything over HTTP and the socket: as it stands, and from the very beginning. */
export async function readAll(client: Client, reader: Reader, beginning: { book: string; seq: number }, urls: string[], into: Heard, token?: string): Promise<Map<string, { status: number; json: any }>> {
  const answers = new Map<string, { status: number; json: any }>()
  for (const url of urls) {
    const { status, json } = await client.get(url)
    answers.set(url, { status, json })
    into.hears(`GET ${url}`, json)
  }
  for (const cursor of [null, beginning]) {
    const again = await client.board(cursor, token)
    into.hears(cursor ? 'the tail' : 'the snapshot', again.joined)
    again.close()
  }
  into.hears('the lines as they came', reader.lines)
  into.hears('the board', [...reader.board().things.values()])
  return answers
}

/** A text without what people put between the digits of a number, full width made half. */
const bare = (text: string) => text.normalize('NFKC').replace(/(?<=\d)[\s\-—–.·()]{1,3}(?=[\dX])/gi, '')

/** Where any of these secrets is told. */
export function leaks({ all }: Heard, secrets: readonly string[]): string[] {
  return all.flatMap(({ where, text }) => {
    const told = bare(text)
    return secrets.flatMap(s => {
      const at = told.indexOf(s)
      return at < 0 ? [] : [`${where}: …${told.slice(Math.max(0, at - 60), at + s.length + 20)}…`]
    })
  })
}

/** The ids of the room's things, by kind; of what there are many, the last eight. */
export async function idsByKind(room: TestRoom, kinds: readonly string[]): Promise<Record<string, string[]>> {
  const rows = await room.query<{ kind: string; id: string }>('select kind, id from state where kind = any($1) order by seq', [kinds])
  return Object.fromEntries(kinds.map(kind => [kind, rows.filter(r => r.kind === kind).slice(-8).map(r => r.id)]))
}
