import { masked, citizensIn } from '@duty/shared/kernel/mask.ts'
import type { Actor, Cause, Context, Directory, EventShape, Kind, Rule } from '@duty/shared/kernel/kind.ts'
import { Refusal, wrongField } from '@duty/shared/kernel/refusal.ts'
import type { Moment } from '@duty/shared/kernel/time.ts'
import { asJson, hashOf, newSalt, personalHash, type EntryRow } from './chain.ts'
import type { Command } from './execute.ts'
import type { Pages } from './pages.ts'
import { thingOf, type Rules, type Standing, type Written } from './rules.ts'

/** Where the book stands while a transaction adds to it. */
export interface Head {
  seq: number
  hash: string
  lastNo: Record<string, string>
}

/** What one command adds to the book. */
export interface Added {
  rows: EntryRow[]
  personal: { seq: number; kind: string; id: string; salt: string; data: unknown }[]
  forgotten: { kind: string; id: string }[]
  written: Written[]
}

/** Reactions of reactions end somewhere: a circle is a fault of ours, never of the asker. */
const DEEPEST = 8

/** The room itself, acting on what has happened; no rule of who may binds it. */
const ROOM_ITSELF: Actor = { person: 'room', name: '值班室系统', roles: [], units: [] }

interface Deed {
  kind: Kind
  rule: Rule<any, any>
  id: string
  body: any
  by: Actor
}

/** Finds the noun and the rule of a command name. */
export function ruleOf(rules: Rules, command: string): { kind: Kind; rule: Rule<any, any>; verb: string } {
  const [noun = '', verb = ''] = command.split('.')
  const kind = Object.hasOwn(rules.kinds, noun) ? rules.kinds[noun] : undefined
  const rule = kind && Object.hasOwn(kind.commands, verb) ? kind.commands[verb] : undefined
  if (!kind || !rule) throw new Refusal('no-such-command', `没有这项操作：${command}`, { status: 404 })
  return { kind, rule, verb }
}

/** Decides one command and all that it causes, on the pages alone; throws the refusal, having changed nothing that is kept. */
export async function decide(rules: Rules, pages: Pages, head: Head, command: Command, at: Moment, room: Directory, lot: number): Promise<Added> {
  const added: Added = { rows: [], personal: [], forgotten: [], written: [] }
  const { by, body, id } = command
  if (command.wake) {
    const kind = rules.kinds[command.kind]!
    const standing = pages.get(command.kind, id)
    if (!standing || standing.version !== command.seen) return added // another node was faster, or it has moved on by itself
    const due = kind.wakeAt?.(standing.state)
    if (!due) throw new Error(`${command.kind} ${id} is not waiting for the clock`)
    if (Date.parse(due) > Date.parse(at)) return added
    const events = kind.wake!(standing.state, contextOf(kind, by, at, room, lot, id, head))
    await write(kind, id, events, by, null, 0)
    const after = kind.wakeAt!(pages.get(command.kind, id)!.state)
    if (events.length === 0 || (after && Date.parse(after) <= Date.parse(due))) throw new Error(`the wake of ${command.kind} ${id} moved nothing`)
    return added
  }
  const { kind, rule } = ruleOf(rules, command.command)
  for (const ref of rule.refers?.(body) ?? []) {
    const found = pages.get(ref.kind, ref.id)
    if (!found || !rules.inSight(by, thingOf(found))) throw wrongField(ref.path, '没有找到所指的事项')
  }
  await perform({ kind, rule, id, body, by }, command.seen, null, 0)
  return added

  async function perform({ kind, rule, id, body, by }: Deed, seen: number | undefined, cause: number | null, depth: number): Promise<void> {
    const standing = pages.get(kind.name, id)
    if (rule.creates && standing) {
      if (by === ROOM_ITSELF) return
      throw new Refusal('exists', '该编号已存在，请勿重复新建')
    }
    const optional = rule.creates || rule.names || kind.only || by === ROOM_ITSELF
    if (!standing && !optional) throw new Refusal('not-found', '没有找到，或不在您的查看范围内', { status: 404 })
    if (standing && by !== ROOM_ITSELF && !rule.names && !kind.only && !rules.inSight(by, thingOf(standing)))
      throw new Refusal('not-found', '没有找到，或不在您的查看范围内', { status: 404 })
    if (seen !== undefined && standing && seen !== standing.version && rules.inSight(by, thingOf(standing))) throw new StaleView(standing)
    const events: EventShape[] = rule.decide(body, standing?.state, contextOf(kind, by, at, room, lot, id, head))
    await write(kind, id, events, by, cause, depth)
  }

  async function write(kind: Kind, id: string, events: EventShape[], by: Actor, cause: number | null, depth: number): Promise<void> {
    for (const event of events) {
      const before = pages.get(kind.name, id)
      const { type, ...rest } = event
      const forgets = kind.forgets?.(event) ?? false
      const said = asJson(rest) as Record<string, unknown>
      const full = forgets ? masked(said, kind.personal!, citizensIn([before?.state, said], kind.personal!)) : said
      const state = asJson(kind.evolve(before?.state, { type, ...full }, { id, at, by: by.person }))
      const version = (before?.version ?? 0) + 1
      const seq = head.seq + 1
      const after: Standing = { kind: kind.name, id, version, seq, state }
      const shown = kind.personal ? masked(full, kind.personal, citizensIn([state, full], kind.personal)) : full
      const isPersonal = JSON.stringify(shown) !== JSON.stringify(full)
      const salt = isPersonal ? newSalt() : null
      const row: Omit<EntryRow, 'hash'> = {
        seq,
        at,
        by: by.person,
        command: command.key,
        kind: kind.name,
        id,
        version,
        type,
        data: shown,
        cause,
        personal: salt ? personalHash(salt, full) : null,
        prev: head.hash,
      }
      const hash = hashOf(row)
      added.rows.push({ ...row, hash })
      if (salt) added.personal.push({ seq, kind: kind.name, id, salt, data: full })
      if (forgets) {
        added.forgotten.push({ kind: kind.name, id })
        after.state = await foldShown(kind, id, { type, ...full }, by)
      }
      head.seq = seq
      head.hash = hash
      if (kind.nextNo && typeof state.no === 'string') head.lastNo = { ...head.lastNo, [kind.name]: version === 1 ? state.no : (head.lastNo[kind.name] ?? state.no) }
      pages.put(after)
      added.written.push({
        entry: { seq, at, by: by.person, kind: kind.name, id, version, type, data: full, cause },
        before: before && thingOf(before),
        after: thingOf(after),
      })
      await react(event, after, seq, depth)
    }
  }

  /** The thing as its entries alone tell it, citizens' words left out. */
  async function foldShown(kind: Kind, id: string, event: EventShape, by: Actor): Promise<unknown> {
    const told = await pages.shownHistory(kind.name, id)
    const state = told.reduce<unknown>((s, e) => kind.evolve(s, { type: e.type, ...e.data }, { id, at: e.at, by: e.by }), undefined)
    return asJson(kind.evolve(state, event, { id, at, by: by.person }))
  }

  async function react(event: EventShape, after: Standing, seq: number, depth: number): Promise<void> {
    const due = rules.reactions.filter(r => r.on === event.type)
    if (due.length === 0) return
    if (depth >= DEEPEST) throw new Error(`reactions nest deeper than ${DEEPEST} at ${event.type}`)
    const causes: Cause[] = []
    for (const reaction of due) {
      const kind = rules.kinds[reaction.among ?? '']
      const isMeant = (state: any) => kind!.open(state) && kind!.columns(state).about === after.id
      const among = kind ? await pages.about(kind.name, after.id, isMeant) : []
      const context = contextOf(rules.kinds[after.kind]!, ROOM_ITSELF, at, room, lot, after.id, head)
      causes.push(...reaction.then({ event, id: after.id, version: after.version, state: after.state, among, context }))
    }
    const deeds = causes.map(c => ({ ...ruleOf(rules, c.command), id: c.id, body: c.body, by: ROOM_ITSELF }))
    await pages.load(deeds.map(d => ({ kind: d.kind.name, id: d.id })))
    for (const deed of deeds) await perform(deed, undefined, seq, depth + 1)
  }
}

/** The asker saw an older version of the thing than there is. */
export class StaleView extends Error {
  readonly standing: Standing
  constructor(standing: Standing) {
    super('所见内容已有更新，请核对后再操作')
    this.standing = standing
  }
}

function contextOf(kind: Kind, by: Actor, at: Moment, room: Directory, lot: number, id: string, head: Head): Context {
  return { by, at, room, lot, id, no: kind.nextNo?.(head.lastNo[kind.name] ?? null, at) ?? '' }
}
