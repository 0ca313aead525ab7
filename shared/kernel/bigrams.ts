const WORD = /[\p{L}\p{N}]+/gu

/** The pairs of neighbouring characters of a text: what Chinese is searched by, since a word is often two characters. */
export function bigrams(texts: readonly string[]): string[] {
  const pairs = new Set<string>()
  for (const text of texts)
    for (const [word] of text.normalize('NFKC').toLowerCase().matchAll(WORD)) {
      const chars = [...word]
      if (chars.length === 1) pairs.add(chars[0]!)
      for (let n = 1; n < chars.length; n++) pairs.add(chars[n - 1]! + chars[n]!)
    }
  return [...pairs]
}
