import pg from 'pg'

/** What one can ask of the store, inside a transaction or out of one. */
export interface Query {
  <T extends object>(sql: string, values?: readonly unknown[], name?: string): Promise<T[]>
}

export interface Db {
  query: Query
  /** All of it or nothing. A commit whose outcome is unknown throws CommitUnknown. */
  transaction<T>(deed: (query: Query) => Promise<T>): Promise<T>
  end(): Promise<void>
}

/** The connection was lost while committing: nobody knows yet whether it is written. */
export class CommitUnknown extends Error {
  override name = 'CommitUnknown'
}

const INT8 = 20
const TIMESTAMPTZ = 1184

/** Counts as numbers (a book ends long before 2^53), moments as ISO 8601 in UTC. */
const types: pg.CustomTypesConfig = {
  getTypeParser(oid: number) {
    if (oid === INT8) return Number
    if (oid === TIMESTAMPTZ) return (v: string) => new Date(v.replace(' ', 'T').replace(/([+-]\d\d)$/, '$1:00')).toISOString()
    return pg.types.getTypeParser(oid as Parameters<typeof pg.types.getTypeParser>[0])
  },
}

/** A pool of connections to the store. A statement that hangs is cut, and so is a transaction that a frozen node holds open. */
export function openDb(connection: pg.PoolConfig, log: (event: string, detail?: object) => void, most = 10): Db {
  const pool = new pg.Pool({
    ...connection,
    types,
    max: most,
    statement_timeout: 30_000,
    idle_in_transaction_session_timeout: 10_000,
    connectionTimeoutMillis: 5_000,
    application_name: 'duty-room',
  })
  pool.on('error', error => log('db.connection-lost', { message: error.message }))

  const on =
    (client: pg.Pool | pg.PoolClient): Query =>
    async (sql, values = [], name) =>
      (await client.query({ text: sql, values: values as unknown[], name })).rows

  return {
    query: on(pool),
    async transaction(deed) {
      const client = await pool.connect()
      let committing = false
      try {
        await client.query('begin')
        const out = await deed(on(client))
        committing = true
        await client.query('commit')
        client.release()
        return out
      } catch (error) {
        const connectionIsSound = !isConnectionLoss(error)
        if (connectionIsSound) await client.query('rollback').catch(() => client.release(true))
        client.release(!connectionIsSound)
        throw committing && !connectionIsSound ? new CommitUnknown('commit outcome unknown', { cause: error }) : error
      }
    },
    end: () => pool.end(),
  }
}

const SQLSTATE_LOST = /^(08|57P0[123])/
const NETWORK_LOST = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ENOENT', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENOTFOUND', 'EAI_AGAIN'])

/** Whether the store was away or went away, as against refusing what it was asked. */
export function isConnectionLoss(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const code = (error as { code?: string }).code ?? ''
  if (SQLSTATE_LOST.test(code) || NETWORK_LOST.has(code)) return true
  return code === '' && /connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error|not queryable/i.test(error.message)
}
