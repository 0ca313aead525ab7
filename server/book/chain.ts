import { createHash, randomBytes } from 'node:crypto'
import jcs from 'canonicalize'

/** An entry as it is stored and hashed. */
export interface EntryRow {
  seq: number
  at: string
  by: string
  command: string
  kind: string
  id: string
  version: number
  type: string
  data: Record<string, unknown>
  cause: number | null
  personal: string | null
  prev: string
  hash: string
}

/** RFC 8785; the package is CommonJS and its types say otherwise. */
const canonicalize = jcs as unknown as (value: unknown) => string

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')

/** A value as JSON keeps it: what is hashed is what will be read back. */
export const asJson = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T

/** The hash of an entry: SHA-256 over its canonical JSON (RFC 8785), the hash of the entry before it included. */
export const hashOf = ({ hash: _, ...row }: Omit<EntryRow, 'hash'> & { hash?: string }): string => sha256(canonicalize(row))

/** The salted hash that stands in the entry for a citizen's words; without the salt nobody can guess them from it. */
export const personalHash = (salt: string, data: unknown): string => sha256(salt + canonicalize(data))

export const newSalt = () => randomBytes(16).toString('hex')

/** The hash of a command's body, so that the same id with other words is noticed. */
export const bodyHash = (command: string, body: unknown): string => sha256(command + '\n' + canonicalize(body))

/** What the first entry follows. */
export const GENESIS = '0'.repeat(64)
