import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'

/** What one can ask of the store, inside a transaction or out of one. */
export interface Query {
  <T extends object>(sql: string, values?: readonly unknown[], name?: string): Promise<T[]>
}

export interface Db {
  query: Query
  /** All of it or nothing. A commit whose outcome is unknown throws CommitUnknown. */
  transaction<T>(deed: (query: Query) => Promise<T>): Promise<T>
  /** Whether the store answers now; it is not waited for. */
  isUp(): Promise<boolean>
  end(): Promise<void>
}

/** The connection was lost while committing: nobody knows yet whether it is written. */
export class CommitUnknown extends Error {
  override name = 'CommitUnknown'
}

const INT8 = 20
const TIMESTAMPTZ = 1184

/** How the driver itself reads a type; its own typing knows only the types it has a name for. */
const asUsual: (oid: number) => (text: string) => unknown = pg.types.getTypeParser

/** Counts as numbers (a book ends long before 2^53), moments as ISO 8601 in UTC. */
const types: pg.CustomTypesConfig = {
  getTypeParser(oid: number) {
    if (oid === INT8) return Number
    if (oid === TIMESTAMPTZ) return (v: string) => new Date(v.replace(' ', 'T').replace(/([+-]\d\d)$/, '$1:00')).toISOString()
    return asUsual(oid)
  },
}

/** How long one who only reads waits for a store that is being started again. */
const PATIENCE_MS = 5_000
const LOOK_AGAIN_MS = 100
const MOST_CONNECTIONS = 10
const STATEMENT_MS = 30_000

/** A pool of connections to the store. A statement that hangs is cut, and so is a transaction that a frozen node holds open; once `ending`, nobody waits for a store that is away. */
export function openDb(connection: pg.PoolConfig, log: (event: string, detail?: object) => void, ending?: AbortSignal): Db {
  const pool = new pg.Pool({
    ...connection,
    types,
    max: MOST_CONNECTIONS,
    statement_timeout: STATEMENT_MS,
    query_timeout: STATEMENT_MS + 2_000, // a store that no longer even says so: its machine, or the way to it, is gone
    keepAlive: true,
    idle_in_transaction_session_timeout: 10_000,
    connectionTimeoutMillis: 5_000,
    application_name: 'duty-room',
  })
  const lost = (error: Error) => log('db.connection-lost', { message: error.message })
  // a connection may die at any moment, in use or not; unheard, that would end the process
  pool.on('connect', client => client.on('error', lost))
  pool.on('error', () => log('db.idle-connection-gone'))

  const on =
    (client: pg.Pool | pg.PoolClient): Query =>
    async (sql, values = [], name) =>
      (await client.query({ text: sql, values: values as unknown[], name })).rows
  const ask = on(pool)

  return {
    /** A store that is being started again is waited for, where nothing can be done twice by asking twice. */
    async query(sql, values, name) {
      for (const until = performance.now() + PATIENCE_MS; ; ) {
        try {
          return await ask(sql, values, name)
        } catch (error) {
          const mayAskAgain = wasNotReached(error) || (isConnectionLoss(error) && /^\s*select\b/i.test(sql))
          if (!mayAskAgain || ending?.aborted || performance.now() > until) throw error
          await pause(LOOK_AGAIN_MS)
        }
      }
    },
    async transaction(deed) {
      const client = await pool.connect()
      let isSound = true
      // it may die while nothing is being asked of it
      const died = () => {
        isSound = false
      }
      client.on('error', died)
      let committing = false
      try {
        await client.query('begin')
        const out = await deed(on(client))
        committing = true
        const { command } = await client.query('commit')
        if (command !== 'COMMIT') throw new Error(`the store answered ${command} to commit`)
        return out
      } catch (error) {
        if (isConnectionLoss(error)) isSound = false
        if (committing && !isSound) throw new CommitUnknown('commit outcome unknown', { cause: error })
        if (isSound) await client.query('rollback').catch(died)
        throw error
      } finally {
        client.off('error', died)
        client.release(!isSound)
      }
    },
    async isUp() {
      return ask('select 1').then(
        () => true,
        () => false,
      )
    },
    end: () => pool.end(),
  }
}

/** Nothing was asked yet: there was nobody to ask, or no room for one more. */
const NOT_REACHED = new Set(['ECONNREFUSED', 'ENOENT', 'EHOSTUNREACH', 'ENETUNREACH', 'ENOTFOUND', 'EAI_AGAIN', '57P03', '53300'])
const NOT_REACHED_WORDS = /timeout exceeded when trying to connect|connection terminated due to connection timeout/i
/** The connection is gone; 25P03 and 25P04 are the store cutting a transaction that stood still or took too long. */
const LOST = /^(08...|57P0[125]|25P0[34]|ECONNRESET|ECONNABORTED|EPIPE|ETIMEDOUT|ENOTCONN|ERR_STREAM_.*)$/
const LOST_WORDS = /connection terminated|connection error and is not queryable|client was closed|query read timeout/i
/** The store could not, for the moment: no room, no memory, a deadlock, a lock or a statement that took too long. */
const COULD_NOT = /^(40...|53...|55P03|57014|58...)$/

const codeOf = (error: unknown) => (error instanceof Error && (error as { code?: string }).code) || ''
const says = (error: unknown, words: RegExp) => error instanceof Error && codeOf(error) === '' && words.test(error.message)

const wasNotReached = (error: unknown) => NOT_REACHED.has(codeOf(error)) || says(error, NOT_REACHED_WORDS)

/** Whether there is no connection, or it broke: what was asked on it may have been done. */
const isConnectionLoss = (error: unknown) => wasNotReached(error) || LOST.test(codeOf(error)) || says(error, LOST_WORDS)

/** Whether the store was away, went away or was not able to, as against refusing what it was asked: the same may be asked again. */
export const isStoreAway = (error: unknown): boolean => isConnectionLoss(error) || COULD_NOT.test(codeOf(error))
