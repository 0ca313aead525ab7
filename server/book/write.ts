import { bigrams } from '@duty/shared/kernel/bigrams.ts'
import { citizensIn, masked } from '@duty/shared/kernel/mask.ts'
import type { Query } from '../db/db.ts'
import type { Added, Head } from './decide.ts'
import type { Rules, Standing } from './rules.ts'

/** What a command was answered; kept beside the book so that asking twice is asking once. */
export interface CommandRow {
  caller: string
  id: string
  hash: string
  kind: string
  thing: string
  seq: number
  version: number
  at: string
}

const ENTRIES = `insert into entry (seq, at, by, command, kind, id, version, type, data, cause, personal, prev, hash)
  select * from jsonb_to_recordset($1::jsonb) as e (seq bigint, at timestamptz, by text, command text, kind text, id uuid, version int, type text, data jsonb, cause bigint, personal text, prev text, hash text)`

const PERSONAL = `insert into personal (seq, kind, id, salt, data)
  select * from jsonb_to_recordset($2::jsonb) as p (seq bigint, kind text, id uuid, salt text, data jsonb)`

const STATES = `insert into state (kind, id, version, seq, data, open, wake_at, at, keys, about, units, people, terms)
  select * from jsonb_to_recordset($3::jsonb) as s (kind text, id uuid, version int, seq bigint, data jsonb, open boolean, wake_at timestamptz, at timestamptz, keys jsonb, about uuid, units text[], people text[], terms text[])
  on conflict (kind, id) do update set version = excluded.version, seq = excluded.seq, data = excluded.data, open = excluded.open,
    wake_at = excluded.wake_at, set_aside = null, at = excluded.at, keys = excluded.keys, about = excluded.about, units = excluded.units,
    people = excluded.people, terms = excluded.terms`

const COMMANDS = `insert into command (caller, id, hash, kind, thing, seq, version, at)
  select * from jsonb_to_recordset($4::jsonb) as c (caller text, id text, hash text, kind text, thing uuid, seq bigint, version int, at timestamptz)`

const WRITE = `with e as (${ENTRIES}), p as (${PERSONAL}), s as (${STATES}), c as (${COMMANDS})
  update book set head = $5, hash = $6, last_no = $7, at = greatest(at, $8)`

/** A state as its row: beside the state what it is found by and when the clock must look. */
export function stateRow(rules: Rules, { kind: name, id, version, seq, state }: Standing) {
  const kind = rules.kinds[name]!
  const { at, keys = {}, words = [], about = null, units = [], people = [] } = kind.columns(state)
  const shown = kind.personal ? masked({ words }, { ...kind.personal, words: ['words'] }, citizensIn(state, kind.personal)) : { words }
  return {
    kind: name,
    id,
    version,
    seq,
    data: state,
    open: kind.open(state),
    wake_at: kind.wakeAt?.(state) ?? null,
    at,
    keys,
    about,
    units: units.toSorted(),
    people: people.toSorted(),
    terms: bigrams(shown.words),
  }
}

/** Writes what commands have added: entries, states, answers and the book's head, in one statement. */
export async function write(query: Query, rules: Rules, added: Added[], states: Standing[], commands: CommandRow[], head: Head, at: string): Promise<void> {
  for (const { kind, id } of added.flatMap(a => a.forgotten)) await query('delete from personal where kind = $1 and id = $2', [kind, id])
  await query(
    WRITE,
    [
      JSON.stringify(added.flatMap(a => a.rows)),
      JSON.stringify(added.flatMap(a => a.personal)),
      JSON.stringify(states.map(s => stateRow(rules, s))),
      JSON.stringify(commands),
      head.seq,
      head.hash,
      JSON.stringify(head.lastNo),
      at,
    ],
    'book-write',
  )
}
