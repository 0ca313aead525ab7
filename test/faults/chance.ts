/** Numbers drawn from a seed: a round that broke a promise can be drawn again. */
export interface Chance {
  seed: number
  /** A whole number from the first up to the second, both included. */
  between(least: number, most: number): number
  oneOf<T>(things: readonly T[]): T
}

/** Draws from a seed (mulberry32). */
export function chance(seed: number): Chance {
  let state = seed >>> 0
  const draw = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
  const between = (least: number, most: number) => least + Math.floor(draw() * (most - least + 1))
  return { seed, between, oneOf: things => things[between(0, things.length - 1)]! }
}
