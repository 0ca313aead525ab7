import { z } from 'zod'
import { Slug, Username, Said, Words } from '../kernel/fields.ts'
import { derivedId } from '../kernel/id.ts'
import { ROLES, rulesOf, type Kind, type Person, type Role } from '../kernel/kind.ts'
import { Refusal, notYours, wrongField } from '../kernel/refusal.ts'
import type { Moment } from '../kernel/time.ts'

type Profile = { name: string; title?: string; roles: Role[]; units: string[]; posts: string[]; phone?: string }

export type AccountEvent =
  | ({ type: 'account.added'; username: string } & Profile)
  | ({ type: 'account.changed' } & Partial<Profile>)
  | { type: 'account.passwordSet'; by: 'self' | 'admin' }
  | { type: 'account.totpEnrolled' }
  | { type: 'account.disabled'; reason?: string }

export interface Account extends Person {
  phone?: string
  addedAt: Moment
  passwordSetAt?: Moment
  totp?: boolean
}

/** The id of the account a username names. */
export const accountId = (username: string) => derivedId('account', username)

/** A password: at least ten characters; the common attack is guessing, and length is what resists it. */
const Password = Words(200).min(10, '密码至少 10 位')

const profile = {
  name: Said(40),
  title: Words(60).optional(),
  roles: z.array(z.enum(ROLES, '没有这种角色').exclude(['wall'])).max(8),
  units: z.array(Slug).max(50),
  posts: z.array(Slug).max(20),
  phone: Words(40).optional(),
}

const rule = rulesOf<Account | undefined, AccountEvent>()

const known = (a: Account | undefined): Account => {
  if (!a) throw new Refusal('no-account', '没有这个账号', { status: 404 })
  return a
}

const add = rule({
  by: ['admin'],
  names: body => accountId(String(body.username)),
  secrets: ['password'],
  takes: z.strictObject({
    username: Username,
    ...profile,
    units: profile.units.default([]),
    posts: profile.posts.default([]),
    password: Password.optional(),
  }),
  decide: ({ password: _, ...body }, a, { room }) => {
    if (a) throw new Refusal('exists', '该用户名已被使用')
    checkNames(body, room)
    return [{ type: 'account.added', ...body }]
  },
})

function checkNames(body: { units?: string[]; posts?: string[] }, room: { unit(s: string): unknown; posts: Readonly<Record<string, unknown>> }) {
  for (const [n, u] of (body.units ?? []).entries()) if (!room.unit(u)) throw wrongField(`units.${n}`, '没有这个单位')
  for (const [n, p] of (body.posts ?? []).entries()) if (!(p in room.posts)) throw wrongField(`posts.${n}`, '没有这个岗位')
}

const byName = (body: { person?: unknown }, by: { person: string }) => accountId(typeof body.person === 'string' ? body.person : by.person)

const change = rule({
  by: ['admin'],
  names: byName,
  takes: z.strictObject({ person: Username.optional(), ...profile }).partial(),
  decide: ({ person: _, ...body }, a, { room, by }) => {
    const account = known(a)
    checkNames(body, room)
    if (account.username === by.person && body.roles && !body.roles.includes('admin')) throw new Refusal('own-admin', '不能取消自己的管理员角色')
    const said = Object.fromEntries(Object.entries(body).filter(([field, v]) => JSON.stringify(v) !== JSON.stringify(account[field as keyof Account])))
    return Object.keys(said).length ? [{ type: 'account.changed', ...said }] : []
  },
})

const setPassword = rule({
  by: ROLES,
  names: byName,
  secrets: ['password', 'current'],
  takes: z.strictObject({ person: Username.optional(), password: Password, current: Words(200).optional() }),
  decide: ({ person }, a, { by }) => {
    const self = person === undefined || person === by.person
    // said before looking: who may not do it does not learn who exists either
    if (!self && !by.roles.includes('admin')) throw notYours('只能修改自己的密码')
    known(a)
    return [{ type: 'account.passwordSet', by: self ? 'self' : 'admin' }]
  },
})

const enrolTotp = rule({
  by: ROLES,
  names: byName,
  secrets: ['secret', 'code'],
  takes: z.strictObject({ person: Username.optional(), secret: Words(200), code: Words(10) }),
  decide: ({ person }, a, { by }) => {
    if (person !== undefined && person !== by.person) throw notYours('动态口令只能由本人绑定')
    known(a)
    return [{ type: 'account.totpEnrolled' }]
  },
})

const disable = rule({
  by: ['admin'],
  names: byName,
  takes: z.strictObject({ person: Username.optional(), reason: Words(1_000).optional() }),
  decide: ({ reason }, a, { by }) => {
    const account = known(a)
    if (account.username === by.person) throw new Refusal('own-account', '不能停用自己的账号')
    return account.disabled ? [] : [{ type: 'account.disabled', reason }]
  },
})

/** 账号: a person of the room, a leader, or a unit's liaison; what they are and where they sit. */
export const account: Kind<Account, AccountEvent> = {
  name: 'account',
  commands: { add, change, setPassword, enrolTotp, disable },
  evolve: (a, e, { at }) => {
    if (e.type === 'account.added') {
      const { type: _, ...added } = e
      return { ...added, addedAt: at }
    }
    if (!a) throw new Error(`${e.type} before account.added`)
    switch (e.type) {
      case 'account.changed': {
        const { type: _, ...changed } = e
        return { ...a, ...changed }
      }
      case 'account.passwordSet':
        return { ...a, passwordSetAt: at }
      case 'account.totpEnrolled':
        return { ...a, totp: true }
      case 'account.disabled':
        return { ...a, disabled: true }
    }
  },
  open: a => !a.disabled,
  columns: a => ({ at: a.addedAt, keys: { username: a.username, disabled: a.disabled ?? false }, words: [a.name, a.title ?? ''], people: [a.username] }),
}
