import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto'
import { hash, verify } from '@node-rs/argon2'
import { Secret, TOTP } from 'otpauth'

/** OWASP's argon2id setting for servers: 19 MiB, two passes (argon2id is the library's own default). */
const ARGON = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

/** The hash of a password, for keeping. */
export const hashPassword = (password: string) => hash(password, ARGON)

let nobody: Promise<string> | undefined

/** Whether the password is right. With no hash to compare it takes as long all the same, so that nobody learns who exists. */
export async function isPassword(kept: string | undefined, password: string): Promise<boolean> {
  const against = kept ?? (await (nobody ??= hashPassword('nobody has this password')))
  return (await verify(against, password)) && kept !== undefined
}

/** Whether a six-digit code is the one of now, or of the half minute before or after (RFC 6238). */
export function isTotp(secret: string, code: string, atMs: number): boolean {
  if (!/^\d{6}$/.test(code)) return false
  return new TOTP({ secret: Secret.fromBase32(secret), digits: 6, period: 30 }).validate({ token: code, window: 1, timestamp: atMs }) !== null
}

const keyOf = (secretKey: string) => createHash('sha256').update(`stored credentials\n${secretKey}`).digest()

/** Encrypts a stored credential (AES-256-GCM) under the room's secret. */
export function seal(secretKey: string, text: string): string {
  const iv = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', keyOf(secretKey), iv)
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
  return Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString('base64')
}

/** Opens what `seal` closed; throws where the secret is another or a byte has changed. */
export function unseal(secretKey: string, sealed: string): string {
  const bytes = Buffer.from(sealed, 'base64')
  const decipher = createDecipheriv('aes-256-gcm', keyOf(secretKey), bytes.subarray(0, 12))
  decipher.setAuthTag(bytes.subarray(12, 28))
  return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString('utf8')
}
