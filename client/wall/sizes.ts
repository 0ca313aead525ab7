/** The panel and its readers: how many CSS pixels, how large it is, how far away they sit. */
export interface Panel {
  width: number
  height: number
  diagonalInches: number
  distanceMetres: number
}

/** What fits on a panel: font sizes in CSS pixels by distance of reading, and how many lines of what. */
export interface Fit {
  /** Read from the door: clock, gravest level, 未签收, link. */
  t1: number
  /** Read from the desk: incidents and towns. */
  t2: number
  /** Read walking up: the rest. */
  t3: number
  /** One thousand-and-eightieth of the height, for gaps and lines. */
  u: number
  /** Whether the town matrix and the panes beside it fit at the size they must have. */
  matrix: boolean
  matrixWidth: number
  listWidth: number
  /** Lines for incidents; a row takes one, or two while there are fewer incidents than lines. */
  rows: number
  /** Whether one line's height holds two lines of text anyway. */
  tall: boolean
  paneLines: number
}

const MM_PER_INCH = 25.4
/** 24.6′: 汉字 need 1.54 times the 16′ of Latin letters. */
const HAN_ARC = 24.6 * 2.909e-4
/** How much of the em a 汉字 fills. */
const HAN_FACE = 0.92
/** The door is 8 m away where the desk is 5 m, and one walks up to 3 m. */
const DOOR = 8 / 5
const WALK_UP = 3 / 5
/** Nobody walks up and stops farther away than this, wherever the desks stand. */
const FARTHEST_WALK_UP_METRES = 3.6
/** Beyond this share of the width the header's one line would not hold its words. */
const WIDEST_T1 = 0.0515

const MOST_ROWS = 8
const TOWN_COLUMNS = 5
const TOWN_ROWS = 7

/** Sizes text by the arc it fills in the reader's eye, and says what then fits on the panel. */
export function fit({ width, height, diagonalInches, distanceMetres }: Panel): Fit {
  const pxPerMm = Math.hypot(width, height) / (diagonalInches * MM_PER_INCH)
  const han = (metres: number) => (metres * 1_000 * HAN_ARC * pxPerMm) / HAN_FACE
  const t2 = han(distanceMetres)
  const t1 = Math.max(t2, Math.min(t2 * DOOR, width * WIDEST_T1))
  const t3 = 1.015 * han(Math.min(distanceMetres * WALK_UP, FARTHEST_WALK_UP_METRES))
  const u = height / 1080

  const gap = 12 * u
  const header = t1 * 1.12 + t3 * 1.25 + 12 * u
  const body = height - header - 3 * gap
  const line = t3 * 1.24

  const narrowest = TOWN_COLUMNS * t2 * 2.03 + (TOWN_COLUMNS - 1) * 4 * u
  const lowest = TOWN_ROWS * (t2 * 1.04 + t3 * 1.06) + (TOWN_ROWS - 1) * 4 * u + 2 * line + gap
  const matrix = narrowest <= width * 0.42 && lowest <= body
  const matrixWidth = matrix ? Math.max(narrowest, width * 0.33) : 0
  const listWidth = width - 2 * gap - (matrix ? matrixWidth + gap : 0)

  const rowHeight = t2 * 1.1 + 3 * u
  const head = t3 * 1.2
  const forRows = body - head - gap - (matrix ? 5 * line + 8 * u : line)
  const rows = Math.max(1, Math.min(MOST_ROWS, Math.floor(forRows / rowHeight)))
  const tall = forRows / rows >= t2 * 2.22 + 4 * u
  const left = body - head - rows * rowHeight - gap
  const paneLines = matrix ? Math.max(4, Math.min(8, Math.floor((left - 8 * u) / line) - 1)) : 0
  return { t1, t2, t3, u, matrix, matrixWidth, listWidth, rows, tall, paneLines }
}

const isWide = (glyph: string) => /[^\p{ASCII}\p{Script=Latin}]/u.test(glyph)

/** How wide words are, in 汉字; letters and digits are a little over half. */
export const widthOf = (words: string): number => [...words].reduce((sum, glyph) => sum + (isWide(glyph) ? 1 : 0.58), 0)

/** The words cut to so many 汉字, never inside one; what is left out shows as …. */
export function cutTo(words: string, most: number): string {
  if (widthOf(words) <= most) return words
  let out = ''
  let used = 1
  for (const glyph of words) {
    used += isWide(glyph) ? 1 : 0.58
    if (used > most) break
    out += glyph
  }
  return `${out}…`
}

/** The last words that fit in so many 汉字, with … for what stood before. */
export const endOf = (words: string, most: number): string => [...cutTo([...words].toReversed().join(''), most)].toReversed().join('')
