import { createHash, randomBytes } from 'node:crypto'

/** A secret nobody can guess, for a cookie, a screen or a machine. */
export const newToken = () => randomBytes(32).toString('base64url')

/** What is stored of a token: who steals the table cannot use it. */
export const tokenHash = (token: string) => createHash('sha256').update(token).digest('hex')
