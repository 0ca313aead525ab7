import type { Role, Thing } from '@duty/shared/kernel/kind.ts'
import { keyOf, type Board } from '@duty/shared/kernel/wire.ts'
import { create } from 'zustand'

/** The person signed in on this device. */
export interface Me {
  username: string
  name: string
  title?: string
  roles: Role[]
  units: string[]
  posts: string[]
}

/** 实时 under 10 s since the server was last heard · 延迟 10–15 s · 数据中断 from 15 s on. */
export type Link = 'connecting' | 'live' | 'late' | 'lost'

/** All that the screens of this tab stand on. */
export interface RoomState {
  me: Me | null
  board: Board
  /** Whether the board has come from the server since this page was opened; one painted from the device's own copy has not. */
  joined: boolean
  link: Link
  /** The server's clock when it was last heard, in ms. */
  heardAt: number | null
  /** The server no longer knows this session or this screen. */
  refused: boolean
}

const EMPTY: Board = { seq: 0, things: new Map() }

/** The one store of a tab: who is signed in, the board, and how fresh it is. */
export const useRoom = create<RoomState>(() => ({ me: null, board: EMPTY, joined: false, link: 'connecting', heardAt: null, refused: false }))

/** Forgets whoever was signed in and all they could see; drafts and unsent words stay with their author. */
export const forgetRoom = () => useRoom.setState({ me: null, board: EMPTY, joined: false, link: 'connecting', heardAt: null, refused: true })

const NONE: Thing[] = []
let sorted: { of: Board['things']; lists: Map<string, Thing[]> } = { of: EMPTY.things, lists: new Map() }

const isSame = (a: Thing[], b: Thing[]) => a.length === b.length && a.every((thing, n) => thing === b[n])

/** The board's things of one kind; the same list for as long as none of that kind has changed, so that a pane is drawn only for its own lines. */
export function thingsOf<S>(board: Board, kind: string): Thing<S>[] {
  if (sorted.of !== board.things) {
    const lists = new Map<string, Thing[]>()
    for (const thing of board.things.values()) {
      const list = lists.get(thing.kind)
      if (list) list.push(thing)
      else lists.set(thing.kind, [thing])
    }
    for (const [name, list] of lists) {
      const before = sorted.lists.get(name)
      if (before && isSame(before, list)) lists.set(name, before)
    }
    sorted = { of: board.things, lists }
  }
  return (sorted.lists.get(kind) ?? NONE) as Thing<S>[]
}

/** Everything of one kind that stands on the board. */
export const useThings = <S>(kind: string): Thing<S>[] => useRoom(room => thingsOf<S>(room.board, kind))

/** One thing of the board, or undefined where it is not on it. */
export const useThing = <S>(kind: string, id: string): Thing<S> | undefined => useRoom(room => room.board.things.get(keyOf({ kind, id })) as Thing<S> | undefined)
