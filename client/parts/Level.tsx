import { levelWord, type LevelWord } from '@duty/shared/reference/level-words.ts'

type Of = LevelWord['level']

const SHAPES: Record<`${Of}`, string> = {
  1: 'M2 2H22V22H2Z',
  2: 'M12 1L23.5 22H.5Z',
  3: 'M12 0L24 12L12 24L0 12Z',
  4: 'M12 1A11 11 0 1 0 12 23A11 11 0 1 0 12 1Z',
  null: 'M12 2A10 10 0 1 0 12 22A10 10 0 1 0 12 2ZM12 6A6 6 0 1 1 12 18A6 6 0 1 1 12 6Z',
}

/** The level's own shape, so that it is told apart without colour: ■ ▲ ◆ ● ○. */
export const LevelShape = ({ level }: { level: Of }) => (
  <svg className="level-shape" viewBox="0 0 24 24" aria-hidden="true">
    <path d={SHAPES[`${level}`]} fill="currentColor" />
  </svg>
)

/** 等级: shape, numeral, word and colour together; `short` leaves the word out where room is scarce. */
export function Level({ level, short = false }: { level: Of; short?: boolean }) {
  const { name, numeral } = levelWord(level)
  return (
    <span className="level" data-role="level" data-level={level ?? 'none'} aria-label={level === null ? name : `${numeral}级 ${name}`}>
      <LevelShape level={level} />
      {level !== null && <span className="level-numeral">{numeral}</span>}
      {(!short || level === null) && <span className="level-word">{short ? '未定' : name}</span>}
    </span>
  )
}
