import type { Query } from '../db/db.ts'

/** Which of these sessions and tokens are no longer good: signed out, expired or revoked, perhaps on another node. */
export async function endedAmong(query: Query, grants: readonly string[]): Promise<string[]> {
  if (grants.length === 0) return []
  const rows = await query<{ ended: string }>(
    `select held as ended from unnest($1::text[]) as held
     where not exists (select from session where token_hash = held) and not exists (select from bearer where token_hash = held and revoked_at is null)`,
    [grants],
    'ended-among',
  )
  return rows.map(r => r.ended)
}
