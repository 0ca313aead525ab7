/** The middle and the ninety-ninth of a hundred; the worst where there are fewer. */
export function quantiles(values: number[]): { p50: number; p99: number } {
  const sorted = values.toSorted((a, b) => a - b)
  const at = (q: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))] ?? NaN
  return { p50: at(0.5), p99: at(0.99) }
}

export const ms = (n: number) => `${n.toFixed(1)} ms`
export const times = (n: number) => `${n.toFixed(2)}×`

/** One line of the report: what, ours, against what, the ratio, and what was aimed for. */
export interface Row {
  what: string
  ours: string
  against: string
  ratio: string
  aim: string
}
