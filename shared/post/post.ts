import { z } from 'zod'
import { Said, Slug } from '../kernel/fields.ts'
import { derivedId } from '../kernel/id.ts'
import { rulesOf, type Kind } from '../kernel/kind.ts'
import { Refusal } from '../kernel/refusal.ts'
import type { Moment } from '../kernel/time.ts'

/** A chair, not a person: filled by the shift, or standing. */
export interface Post {
  slug: string
  name: string
  perShift: boolean
  order: number
  addedAt: Moment
}

export type PostEvent = ({ type: 'post.added' } & Omit<Post, 'addedAt'>) | { type: 'post.changed'; name?: string; order?: number }

/** The id of the post a slug names. */
export const postId = (slug: string) => derivedId('post', slug)

const rule = rulesOf<Post | undefined, PostEvent>()

const add = rule({
  by: ['admin'],
  names: body => postId(String(body.slug)),
  takes: z.strictObject({ slug: Slug, name: Said(40), perShift: z.boolean(), order: z.int().min(0).max(1_000) }),
  decide: (body, p) => {
    if (p) throw new Refusal('exists', '该岗位代号已被使用')
    return [{ type: 'post.added', ...body }]
  },
})

const change = rule({
  by: ['admin'],
  names: body => postId(String(body.slug)),
  takes: z.strictObject({ slug: Slug, name: Said(40).optional(), order: z.int().min(0).max(1_000).optional() }),
  decide: ({ slug: _, ...body }, p) => {
    if (!p) throw new Refusal('no-post', '没有这个岗位', { status: 404 })
    const said = Object.fromEntries(Object.entries(body).filter(([field, v]) => v !== p[field as keyof Post]))
    return Object.keys(said).length ? [{ type: 'post.changed', ...said }] : []
  },
})

/** 岗位. */
export const post: Kind<Post, PostEvent> = {
  name: 'post',
  commands: { add, change },
  evolve: (p, e, { at }) => {
    const { type, ...said } = e
    if (type === 'post.added') return { ...(said as Omit<Post, 'addedAt'>), addedAt: at }
    if (!p) throw new Error(`${type} before post.added`)
    return { ...p, ...said }
  },
  open: () => true,
  columns: p => ({ at: p.addedAt, keys: { slug: p.slug } }),
}
