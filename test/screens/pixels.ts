import type { Page } from 'playwright-core'

/** What can be measured on a picture of a screen, as shares of its area. */
export interface Measured {
  /** HSV saturation and value above one half. */
  saturated: number
  /** Of those, within 20° of red. */
  red: number
  meanLuminance: number
  /** Relative luminance above 0.6. */
  bright: number
}

/** Takes a picture and measures it, in the same browser. */
export async function measure(page: Page): Promise<Measured> {
  const png = (await page.screenshot()).toString('base64')
  const bench = await page.context().newPage()
  try {
    return await bench.evaluate(async base64 => {
      const bytes = Uint8Array.from(atob(base64), c => c.charCodeAt(0))
      const picture = await createImageBitmap(new Blob([bytes], { type: 'image/png' }))
      const drawn = new OffscreenCanvas(picture.width, picture.height).getContext('2d')!
      drawn.drawImage(picture, 0, 0)
      const { data } = drawn.getImageData(0, 0, picture.width, picture.height)
      const linear = (c: number) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
      const sum = { saturated: 0, red: 0, meanLuminance: 0, bright: 0 }
      for (let n = 0; n < data.length; n += 4) {
        const [r, g, b] = [data[n]! / 255, data[n + 1]! / 255, data[n + 2]! / 255]
        const [most, least] = [Math.max(r, g, b), Math.min(r, g, b)]
        const luminance = 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b)
        sum.meanLuminance += luminance
        if (luminance > 0.6) sum.bright++
        if (most <= 0.5 || (most - least) / most <= 0.5) continue
        sum.saturated++
        if (most === r && Math.abs(g - b) / (most - least) <= 1 / 3) sum.red++
      }
      const pixels = data.length / 4
      return { saturated: sum.saturated / pixels, red: sum.red / pixels, meanLuminance: sum.meanLuminance / pixels, bright: sum.bright / pixels }
    }, png)
  } finally {
    await bench.close()
  }
}

/** One run of text on the screen: how large, how far its colour stands from what is behind it. */
export interface Words {
  text: string
  tier: number
  px: number
  contrast: number
}

/** Every run of text that is shown, as it is painted. */
export const wordsOn = (page: Page): Promise<Words[]> =>
  page.evaluate(() => {
    const paint = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true })!
    const rgba = (colour: string) => {
      paint.clearRect(0, 0, 1, 1)
      paint.fillStyle = colour
      paint.fillRect(0, 0, 1, 1)
      return [...paint.getImageData(0, 0, 1, 1).data]
    }
    const behind = (e: Element | null): number[] => {
      const own = e && rgba(getComputedStyle(e).backgroundColor)
      return !e ? [255, 255, 255, 255] : own && own[3]! > 250 ? own : behind(e.parentElement)
    }
    const light = (c: number[]) =>
      [0.2126, 0.7152, 0.0722].reduce((sum, weight, n) => {
        const v = c[n]! / 255
        return sum + weight * (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
      }, 0)
    const found: { text: string; tier: number; px: number; contrast: number }[] = []
    const walk = document.createTreeWalker(document.querySelector('[data-screen="wall"]')!, NodeFilter.SHOW_TEXT)
    for (let node = walk.nextNode(); node; node = walk.nextNode()) {
      const text = node.textContent!.trim()
      const e = node.parentElement!
      if (!text || !e.checkVisibility()) continue
      const style = getComputedStyle(e)
      const [a, b] = [light(rgba(style.color)), light(behind(e))]
      const tier = Number(e.closest<HTMLElement>('[data-tier]')?.dataset.tier)
      found.push({ text, tier, px: parseFloat(style.fontSize), contrast: (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05) })
    }
    return found
  })
