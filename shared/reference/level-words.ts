import type { Table } from './table.ts'

/** How a level is said and drawn: never by colour alone, so a grey print still ranks them. */
export interface LevelWord {
  level: 1 | 2 | 3 | 4 | null
  name: string
  numeral: string
  shape: string
}

export const LEVEL_WORDS: Table<LevelWord> = {
  table: 'level-words',
  version: 1,
  title: '事件等级',
  source: '《中华人民共和国突发事件应对法》（2024年修订）第三条；图形为本系统默认',
  verified: true,
  items: [
    { level: 1, name: '特别重大', numeral: 'Ⅰ', shape: '■' },
    { level: 2, name: '重大', numeral: 'Ⅱ', shape: '▲' },
    { level: 3, name: '较大', numeral: 'Ⅲ', shape: '◆' },
    { level: 4, name: '一般', numeral: 'Ⅳ', shape: '●' },
    { level: null, name: '未定级', numeral: '—', shape: '○' },
  ],
}

const words = new Map(LEVEL_WORDS.items.map(w => [w.level, w]))

/** The word, numeral and shape of a level; null is 未定级. */
export function levelWord(level: LevelWord['level']): LevelWord {
  const word = words.get(level)
  if (!word) throw new Error(`no such level: ${level}`)
  return word
}

/** What a level is called: 2 is 重大. */
export const levelName = (level: LevelWord['level']): string => levelWord(level).name
