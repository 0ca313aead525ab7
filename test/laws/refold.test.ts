import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { hashOf, type EntryRow } from '@duty/server/book/chain.ts'
import { compare, refold } from '@duty/server/book/refold.ts'
import { verify } from '@duty/server/book/verify.ts'
import type { Query } from '@duty/server/db/db.ts'
import { rules } from '@duty/server/rules.ts'
import { nightOf } from '../harness/night.ts'
import { testRoom, type TestRoom } from '../harness/room.ts'

const SEED = Math.floor(Math.random() * 1_000_000)

/** Thrown to take back what a test has forged. */
class TakenBack extends Error {}

describe(`Given the book of a whole night (seed ${SEED})`, () => {
  let room: TestRoom
  let head: number

  beforeAll(async () => {
    room = await testRoom()
    const night = await nightOf(room, SEED)
    for (let n = 0; n < 120; n++) await night.goesOn()
    await room.settle()
    head = room.node.fanout.head()
  })
  afterAll(() => room.close())

  /** Forges the book as its owner could, with the triggers off; looks; and takes it back. */
  async function forged<T>(forge: (query: Query) => Promise<unknown>, look: (query: Query) => Promise<T>): Promise<T> {
    let seen: T | undefined
    await room.node.db
      .transaction(async query => {
        await query('set local session_replication_role = replica')
        await forge(query)
        seen = await look(query)
        throw new TakenBack()
      })
      .catch((error: unknown) => {
        if (!(error instanceof TakenBack)) throw error
      })
    return seen!
  }

  const allStates = () => room.query('select *, data::text, keys::text from state order by kind, id')

  test('then it proves itself, and every stored state is what it says', async () => {
    expect(await room.proves()).toEqual({ verdict: { ok: true, entries: head, head }, astray: [] })
    expect(await room.forgotten()).toEqual([])
  })

  test('then anybody can prove it with forty lines of their own', async () => {
    const sorted = (v: unknown): unknown =>
      Array.isArray(v) ? v.map(sorted) : v && typeof v === 'object' ? Object.fromEntries(Object.entries(v).toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([k, w]) => [k, sorted(w)])) : v
    let prev = '0'.repeat(64)
    for (const row of await room.query<Record<string, unknown>>('select * from entry order by seq')) {
      const { hash, ...said } = row
      expect(said.prev).toBe(prev)
      expect(createHash('sha256').update(JSON.stringify(sorted(said))).digest('hex'), `entry ${String(said.seq)}`).toBe(hash)
      prev = hash as string
    }
  })

  test('when all states are made anew from it, then not a byte of them differs', async () => {
    const before = await allStates()
    expect(before.length).toBeGreaterThan(100)
    expect(await refold(room.node.db, rules)).toBe(before.length)
    expect(await allStates()).toEqual(before)
  })

  test('when somebody with the keys to the database updates, deletes or truncates an entry, then the database refuses', async () => {
    for (const sql of ["update entry set by = 'nobody' where seq = 5", 'delete from entry where seq = 5', 'delete from entry', 'truncate entry', 'truncate entry cascade'])
      await expect(room.query(sql), sql).rejects.toThrow(/the book is only ever added to|cannot truncate/)
    expect((await room.proves()).verdict.ok).toBe(true)
  })

  const one = (n: number) => Math.max(2, Math.min(head - 1, n))
  test.each([
    ['a letter of what was said', "update entry set data = jsonb_set(data, '{forged}', '\"x\"') where seq = $1"],
    ['who did it', "update entry set by = by || 'x' where seq = $1"],
    ['when', "update entry set at = at + interval '1 millisecond' where seq = $1"],
    ['what it is called', "update entry set type = type || 'x' where seq = $1"],
    ['which thing', 'update entry set id = gen_random_uuid() where seq = $1'],
    ['which command', "update entry set command = command || 'x' where seq = $1"],
    ['what caused it', 'update entry set cause = coalesce(cause, 0) + 1 where seq = $1'],
    ['the version', 'update entry set version = version + 100000 where seq = $1'],
    ['one digit of its hash', "update entry set hash = overlay(hash placing (case left(hash, 1) when '0' then '1' else '0' end) from 1 for 1) where seq = $1"],
    ['the hash of the one before', "update entry set prev = overlay(prev placing (case left(prev, 1) when '0' then '1' else '0' end) from 1 for 1) where seq = $1"],
  ])('when %s is changed in any entry, then that entry is named by its number', async (_what, sql) => {
    for (const seq of [1, one(Math.floor(head / 2)), head]) expect(await forged(q => q(sql, [seq]), verify)).toMatchObject({ ok: false, at: seq })
  })

  test('when an entry is forged and given a hash that fits it, then the one that follows betrays it', async () => {
    const forge = (seq: number) => async (q: Query) => {
      const [row] = await q<EntryRow>('select * from entry where seq = $1', [seq])
      await q("update entry set by = 'nobody', hash = $2 where seq = $1", [seq, hashOf({ ...row!, by: 'nobody' })])
    }
    expect(await forged(forge(one(9)), verify)).toMatchObject({ ok: false, at: 10 })
    expect(await forged(forge(head), verify)).toMatchObject({ ok: false })
  })

  test('when entries are taken out, at the end or in the middle, or put in, then the number is named', async () => {
    const middle = one(Math.floor(head / 2))
    expect(await forged(q => q('delete from entry where seq > $1', [head - 3]), verify)).toMatchObject({ ok: false, at: head - 2 })
    expect(await forged(q => q('delete from entry where seq = $1', [middle]), verify)).toMatchObject({ ok: false, at: middle })
    const copy = 'insert into entry select seq + 1, at, by, command, kind, gen_random_uuid(), 1, type, data, cause, personal, hash, hash from entry where seq = $1'
    expect(await forged(q => q(copy, [head]), verify)).toMatchObject({ ok: false, at: head + 1 })
    expect(await forged(q => q('update book set head = head - 1'), verify)).toMatchObject({ ok: false })
    const swap = 'update entry set seq = case seq when $1::bigint then -1 else $1::bigint end where seq in ($1::bigint, $1::bigint + 1)'
    expect(await forged(async q => [await q(swap, [middle]), await q('update entry set seq = $1 where seq = -1', [middle + 1])], verify)).toMatchObject({ ok: false, at: middle })
  })

  test('when the tail is cut off and the head turned back with it, then the states betray it', async () => {
    const cut = async (q: Query) => {
      await q('delete from personal where seq > $1', [head - 2])
      await q('delete from entry where seq > $1', [head - 2])
      await q('update book set head = $1, hash = (select hash from entry where seq = $1)', [head - 2])
    }
    expect((await forged(cut, q => compare(q, rules))).astray.length).toBeGreaterThan(0)
  })

  test('when a citizen’s words are changed, or their salt, or taken away unsaid, then it is found', async () => {
    const [row] = await room.query<{ seq: number; id: string }>('select seq, id from personal order by random() limit 1')
    const { seq, id } = row!
    expect(await forged(q => q("update personal set data = data || '{\"narrative\":\"nothing happened\"}' where seq = $1", [seq]), verify)).toMatchObject({ ok: false, at: seq })
    expect(await forged(q => q("update personal set salt = salt || '0' where seq = $1", [seq]), verify)).toMatchObject({ ok: false, at: seq })
    const { astray } = await forged(q => q('delete from personal where seq = $1', [seq]), q => compare(q, rules))
    expect(astray.map(a => a.id)).toEqual([id])
  })

  test('when a stored state is changed, lost or invented, then it is named', async () => {
    const [{ id }] = (await room.query<{ id: string }>("select id from state where kind = 'incident' order by id limit 1")) as [{ id: string }]
    const named = async (sql: string) => (await forged(q => q(sql, [id]), q => compare(q, rules))).astray.map(a => a.id)
    expect(await named("update state set data = data || '{\"level\":0}' where id = $1")).toEqual([id])
    expect(await named('update state set version = version + 1 where id = $1')).toEqual([id])
    expect(await named('delete from state where id = $1')).toEqual([id])
    const invented = await named("insert into state (kind, id, version, seq, data, open, at) select 'incident', gen_random_uuid(), 1, 1, data, open, at from state where id = $1")
    expect(invented).toHaveLength(1)
  })
})
