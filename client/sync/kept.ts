import type { Thing } from '@duty/shared/kernel/kind.ts'
import { openDB, type DBSchema, type IDBPDatabase } from 'idb'
import type { Me } from './store.ts'

/** Words a person has said that the server has not answered yet. */
export interface Unsent {
  key: string
  command: string
  body: Record<string, unknown>
  author: string
  /** The device's clock when it was said. */
  saidAt: number
  /** The server's no, kept until the author has seen it. */
  refusal?: { status: number; code: string; title: string; detail: string; errors?: { path: string; message: string }[] }
}

/** The last board, so that a reload without a network still shows something, marked as old. */
export interface KeptBoard {
  book: string
  seq: number
  heardAt: number | null
  things: Thing[]
}

interface Kept extends DBSchema {
  outbox: { key: string; value: Unsent; indexes: { order: number } }
  drafts: { key: string; value: unknown }
  board: { key: string; value: KeptBoard }
}

let db: Promise<IDBPDatabase<Kept>> | null = null

/** What this device keeps over a reload: unsent words, drafts, the last board. */
export const kept = () =>
  (db ??= openDB<Kept>('duty', 1, {
    upgrade(fresh) {
      fresh.createObjectStore('outbox', { keyPath: 'key' }).createIndex('order', 'saidAt')
      fresh.createObjectStore('drafts')
      fresh.createObjectStore('board')
    },
  }))

const ME = 'duty.me'

/** Remembers who is signed in, so that a reload without a network knows whose board it shows. */
export const keepMe = (me: Me) => localStorage.setItem(ME, JSON.stringify(me))

/** Who was signed in last on this device. */
export const keptMe = (): Me | null => JSON.parse(localStorage.getItem(ME) ?? 'null')

/** Forgets who was signed in and what they saw. */
export async function forgetKept(): Promise<void> {
  localStorage.removeItem(ME)
  await (await kept()).clear('board')
}
