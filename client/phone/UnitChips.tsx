import { useState } from 'react'
import type { UnitChoice } from './units.ts'

interface UnitChipsProps {
  offered: string[]
  units: readonly UnitChoice[]
  chosen: string[]
  onChoose(chosen: string[]): void
  wrong: boolean
}

/** 办理单位: the likely ones to tap, all others behind 更多. */
export function UnitChips({ offered, units, chosen, onChoose, wrong }: UnitChipsProps) {
  const [all, setAll] = useState(false)
  const shown = all ? units.map(u => u.slug) : [...new Set([...offered, ...chosen])].filter(slug => units.some(u => u.slug === slug))
  const toggle = (slug: string) => onChoose(chosen.includes(slug) ? chosen.filter(u => u !== slug) : [...chosen, slug])
  return (
    <fieldset>
      <legend>办理单位{chosen.length > 0 && `（已选 ${chosen.length}）`}</legend>
      <div className="chips">
        {shown.map(slug => (
          <button key={slug} type="button" aria-pressed={chosen.includes(slug)} onClick={() => toggle(slug)}>
            {units.find(u => u.slug === slug)?.short ?? slug}
          </button>
        ))}
        <button type="button" className="quiet-button" aria-expanded={all} onClick={() => setAll(!all)}>
          {all ? '收起' : '更多单位…'}
        </button>
      </div>
      {wrong && (
        <p className="wrong" role="alert">
          请选择办理单位
        </p>
      )}
    </fieldset>
  )
}
