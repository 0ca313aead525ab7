import type { Level } from '@duty/shared/incident/incident.ts'
import { postName } from '@duty/shared/reference/posts.ts'

/** A post that will ring, and who sits in it now. */
export interface Ringing {
  post: string
  name: string
  people: string[]
}

/** Who rings when an incident is pushed: 带班领导; for Ⅰ, Ⅱ and the sensitive also 市长 and 分管副市长. An ungraded one counts as Ⅲ. */
export function whoRings({ level, sensitive }: { level: Level; sensitive: boolean }, posts: Record<string, string[]>, nameOf: (username: string) => string): Ringing[] {
  const grave = sensitive || (level ?? 3) <= 2
  return (grave ? ['lead', 'mayor', 'vicemayor'] : ['lead']).map(post => ({ post, name: postName(post), people: (posts[post] ?? []).map(nameOf) }))
}
