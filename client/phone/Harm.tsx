import type { Casualties } from '@duty/shared/incident/incident.ts'
import type { Field } from './looks.ts'

const FIGURES = [
  ['dead', '亡'],
  ['missing', '失联'],
  ['trapped', '被困'],
  ['seriouslyInjured', '重伤'],
  ['injured', '伤'],
] as const

/** 亡 失联 被困 重伤 伤 in big figures; what nobody has said is —, never 0. */
export const Harm = ({ casualties, changed }: { casualties: Casualties; changed: ReadonlySet<Field> }) => (
  <dl className="harm">
    {FIGURES.map(([field, word]) => (
      <div key={field} data-role={field} data-changed={changed.has(field) || undefined} data-harmed={(casualties[field] ?? 0) > 0 || undefined}>
        <dt>{word}</dt>
        <dd>{casualties[field] ?? <span aria-label="不详">—</span>}</dd>
      </div>
    ))}
  </dl>
)
