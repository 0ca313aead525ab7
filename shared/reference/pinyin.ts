/** First letters of syllables written apart: "xiao lan" → "xl". */
export const initialsOf = (pinyin: string) =>
  pinyin
    .split(' ')
    .map(syllable => syllable[0])
    .join('')

/** Whether letters typed may mean these syllables, each cut short anywhere: xl, xiaol, xlan, xiaolan. */
export function sounds(letters: string, syllables: readonly string[]): boolean {
  if (letters === '') return true
  const [first, ...rest] = syllables
  if (first === undefined) return false
  for (let cut = Math.min(first.length, letters.length); cut > 0; cut--)
    if (first.startsWith(letters.slice(0, cut)) && sounds(letters.slice(cut), rest)) return true
  return false
}
