import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Thing } from '@duty/shared/kernel/kind.ts'
import { advance, type Board, type Line } from '@duty/shared/kernel/wire.ts'
import { joinBoard, pairScreen, type Reader } from '../harness/client.ts'
import { TWO_HATS, nightOf, type Night } from '../harness/night.ts'
import { testRoom, type TestRoom } from '../harness/room.ts'

/** Fixed nights, and one that nobody has seen before: its seed stands in the name of its test. */
const SEEDS = [7, 118, Math.floor(Math.random() * 1_000_000)]
const DEEDS = 100
const PEOPLE = ['officer1', 'mayor', 'dept-fire', 'town-xiaolan', 'auditor', 'admin', TWO_HATS]

/** A screen, or somebody reading over HTTP: what it has on its board, and up to where. */
interface Screen {
  who: string
  reader: Reader | null
  book: string
  left: Board
}

const shown = (board: Board) => Object.fromEntries([...board.things].toSorted(([a], [b]) => (a < b ? -1 : 1)))

/** The first number a line speaks for. */
const begins = (line: Line) => line.since ?? line.seq

describe.each(SEEDS)('Given the night of seed %i, with screens that drop and return while writes go on', seed => {
  let room: TestRoom
  let night: Night
  let token: string
  const screens = new Map<string, Screen>()
  const overHttp = new Map<string, Screen>()
  const heard = { tails: 0, snapshots: 0, pages: 0 }

  /** Joins as one of the audience: by cookie, or as the paired wall. */
  async function join(who: string, cursor: { book: string; seq: number } | null): Promise<Reader> {
    if (who === 'wall') return joinBoard(room.url, {}, cursor, token)
    const held = await (await night.person(who)).board(cursor).catch(() => null)
    return held ?? (await night.person(who, true)).board(cursor)
  }

  async function returns(screen: Screen, fresh: boolean): Promise<void> {
    const cursor = fresh ? null : { book: screen.book, seq: screen.left.seq }
    const reader = await join(screen.who, cursor)
    expect(reader.earlyBeforeAck, `${screen.who}: no line comes before the answer`).toBe(0)
    if (reader.joined.mode === 'tail') reader.resume(screen.left)
    heard[reader.joined.mode === 'tail' ? 'tails' : 'snapshots']++
    Object.assign(screen, { reader, book: reader.book })
  }

  function drops(screen: Screen): void {
    screen.left = screen.reader!.board()
    screen.reader!.close()
    checkNumbers(screen)
    screen.reader = null
  }

  /** Every number once: the first live line is head + 1, and each begins where the one before ended. */
  function checkNumbers({ who, reader }: Screen): void {
    const { joined, lines } = reader!
    if ('error' in joined) throw new Error('refused')
    const live = joined.mode === 'tail' ? lines.slice(joined.lines.length) : lines
    let seq = joined.head
    for (const line of live) {
      expect(begins(line), `${who}: dense numbers`).toBe(seq + 1)
      seq = line.seq
    }
  }

  /** Reads on over HTTP from where one was; a board of another name is begun anew. */
  async function readsOn(screen: Screen, most: number): Promise<void> {
    for (;;) {
      const client = screen.who === 'wall' ? room.stranger({ authorization: `Bearer ${token}` }) : await night.person(screen.who)
      const { status, json } = await client.get(`/api/lines?after=${screen.left.seq}&limit=${most}`)
      if (status === 401) await night.person(screen.who, true)
      else if (json.book !== screen.book) await beginsAnew(screen)
      else {
        heard.pages++
        for (const line of json.lines as Line[]) screen.left = advance(screen.left, line)
        if (screen.left.seq === json.head) return
        expect(json.lines.length, `${screen.who}: a page leads on`).toBeGreaterThan(0)
      }
    }
  }

  async function beginsAnew(screen: Screen): Promise<void> {
    const reader = await join(screen.who, null)
    Object.assign(screen, { book: reader.book, left: reader.board() })
    reader.close()
  }

  beforeAll(async () => {
    room = await testRoom()
    night = await nightOf(room, seed)
    token = await pairScreen(await night.person('admin'), room.stranger())
    for (const who of [...PEOPLE, 'wall'])
      for (const group of [screens, overHttp]) {
        const screen: Screen = { who, reader: null, book: '', left: { seq: 0, things: new Map() } }
        group.set(who, screen)
        if (group === screens) await returns(screen, true)
        else await beginsAnew(screen)
      }
  })
  afterAll(async () => {
    for (const { reader } of screens.values()) reader?.close()
    await room.close()
  })

  test('when the night is over, then every board that was left and taken up again equals a fresh one', async () => {
    for (let n = 0; n < DEEDS; n++) {
      const writing = night.goesOn()
      const screen = screens.get(night.one([...PEOPLE, 'wall']))!
      if (!screen.reader?.socket.connected && screen.reader) drops(screen)
      if (screen.reader && night.chance(0.4)) drops(screen)
      else if (!screen.reader) await returns(screen, night.chance(0.25))
      if (night.chance(0.15)) await readsOn(overHttp.get(night.one([...PEOPLE, 'wall']))!, 1 + night.upTo(40))
      await writing
    }
    await room.settle()
    const head = room.node.fanout.head()
    for (const screen of screens.values()) {
      if (screen.reader && !screen.reader.socket.connected) drops(screen)
      if (!screen.reader) await returns(screen, false)
      await screen.reader!.until(() => screen.reader!.seq() >= head)
      checkNumbers(screen)
      await readsOn(overHttp.get(screen.who)!, 25)
      const fresh = await join(screen.who, null)
      expect(fresh.seq()).toBe(head)
      expect(shown(screen.reader!.board()), `seed ${seed}: ${screen.who} by lines`).toEqual(shown(fresh.board()))
      expect(shown(overHttp.get(screen.who)!.left), `seed ${seed}: ${screen.who} over HTTP`).toEqual(shown(fresh.board()))
      fresh.close()
    }
    expect(Math.min(heard.tails, heard.snapshots, heard.pages)).toBeGreaterThan(5)
  })

  test('and nobody stood before an empty board: each kind was seen by those who may', () => {
    const kinds = (who: string) => [...new Set([...screens.get(who)!.reader!.board().things.values()].map((t: Thing) => t.kind))].toSorted()
    expect(kinds('officer1')).toEqual(expect.arrayContaining(['account', 'alert', 'deadline', 'incident', 'instruction', 'post', 'shift', 'unit']))
    expect(kinds('wall')).toEqual(expect.arrayContaining(['alert', 'deadline', 'incident', 'instruction', 'post', 'shift']))
    expect(kinds('mayor')).toEqual(['alert', 'incident', 'instruction', 'post', 'shift'])
    expect(kinds('admin')).toEqual(['account', 'post', 'unit'])
  })
})
