import type { Table } from './table.ts'

/** A chair, not a person: who sits in it is the roster's to say, by shift or standing. */
export interface Post {
  slug: string
  name: string
  /** Filled anew each shift; otherwise the same person until someone changes it. */
  perShift: boolean
  /** Order on lists, the desk first. */
  order: number
}

export const POSTS: Table<Post> = {
  table: 'posts',
  version: 1,
  title: '岗位',
  source: '本系统默认；班次岗位依《广东省政府系统值班工作规范》粤府办〔2012〕55号的值班、带班之分',
  verified: false,
  items: [
    { slug: 'officer', name: '值班员', perShift: true, order: 1 },
    { slug: 'chief', name: '值班长', perShift: true, order: 2 },
    { slug: 'lead', name: '带班领导', perShift: true, order: 3 },
    { slug: 'deputy-secretary', name: '副秘书长', perShift: false, order: 4 },
    { slug: 'secretary-general', name: '秘书长', perShift: false, order: 5 },
    { slug: 'vicemayor', name: '分管副市长', perShift: false, order: 6 },
    { slug: 'mayor', name: '市长', perShift: false, order: 7 },
  ],
}

const names = new Map(POSTS.items.map(p => [p.slug, p.name]))

/** What a post is called: lead is 带班领导. */
export const postName = (slug: string): string => names.get(slug) ?? slug
