/** Who is mostly sent for, by the sort of incident; the longest beginning of the type's code counts. The room's own reading, to be confirmed. */
const BY_TYPE: Record<string, string[]> = {
  '11': ['emergency', 'flood-control', 'fire', 'health'],
  '11A': ['flood-control', 'water', 'emergency', 'fire'],
  '11B': ['flood-control', 'meteorology', 'emergency', 'urban'],
  '11C': ['emergency', 'fire', 'health', 'housing'],
  '11D': ['natural-resources', 'emergency', 'fire', 'health'],
  '11E': ['maritime', 'flood-control', 'natural-resources', 'emergency'],
  '11F': ['agriculture', 'natural-resources', 'ecology', 'emergency'],
  '11G': ['fire', 'emergency', 'natural-resources', 'health'],
  '12': ['emergency', 'fire', 'health', 'police'],
  '12C': ['housing', 'emergency', 'fire', 'health'],
  '12D': ['emergency', 'fire', 'ecology', 'health'],
  '12G': ['fire', 'emergency', 'health', 'police'],
  '12H': ['police', 'transport', 'health', 'fire'],
  '12J': ['maritime', 'transport', 'health', 'emergency'],
  '12K': ['transport', 'police', 'health', 'emergency'],
  '12N': ['market', 'emergency', 'fire', 'health'],
  '12P': ['housing', 'urban', 'power', 'emergency'],
  '12Q': ['ecology', 'water', 'emergency', 'health'],
  '12S': ['police', 'health', 'emergency', 'fire'],
  '12U': ['power', 'industry', 'emergency', 'police'],
  '13': ['health', 'market', 'education', 'police'],
  '13B': ['market', 'health', 'education', 'police'],
  '13E': ['agriculture', 'health', 'market', 'police'],
  '14': ['police', 'petitions', 'emergency', 'health'],
  '14H': ['industry', 'police', 'emergency'],
}

const ANY = ['emergency', 'fire', 'police', 'health']

/** The units an instruction about such an incident mostly goes to: where it happened, then who is sent for. */
export function likelyUnits(typeCode: string | undefined, township: string | null | undefined): string[] {
  const code = typeCode ?? ''
  const named = BY_TYPE[code.slice(0, 3)] ?? BY_TYPE[code.slice(0, 2)] ?? ANY
  return township && township !== 'unknown' ? [township, ...named] : named
}

/** The likely ones, those this leader sends to most in front of the rest, at most so many. */
export function offeredFirst(likely: readonly string[], used: Readonly<Record<string, number>>, most: number): string[] {
  const frequent = Object.keys(used).toSorted((a, b) => used[b]! - used[a]!)
  return [...new Set([...likely, ...frequent])].slice(0, most)
}
