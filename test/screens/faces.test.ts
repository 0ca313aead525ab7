import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import axe from 'axe-core'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openChromium } from '../harness/chromium.ts'
import { testRoom, type TestRoom } from '../harness/room.ts'
import { openScreen, openWall, shoot, type Screen } from './screen.ts'

const DIST = fileURLToPath(new URL('../../client/dist/', import.meta.url))
const KB = 1_024

/** Each face with somebody on it, at the size it is judged at, and what its first load may weigh. */
const FACES = [
  { face: 'wall', at: '[data-screen="wall"]', kB: 120, size: { width: 1920, height: 1080 } },
  { face: 'desk', at: '[data-pane="todo"]', kB: 200, size: { width: 1366, height: 768 } },
  { face: 'phone', at: '[data-screen="mobile"]', kB: 100, size: { width: 360, height: 780 } },
] as const
const WHO = { wall: '', desk: 'officer1', phone: 'mayor' }

describe('given a room with one grave incident open', () => {
  let room: TestRoom
  let browser: Browser

  beforeAll(async () => {
    room = await testRoom({ live: true })
    browser = await openChromium()
    const body = { source: { channel: 'phone' }, typeCode: '12G00', township: '442000118', address: '升平路12号', level: 1, casualties: { dead: 30 } }
    await (await room.as('officer1')).do('incident.log', body)
  })
  afterAll(async () => {
    await browser.close()
    await room.close()
  })

  async function open(face: (typeof FACES)[number]['face'], size: { width: number; height: number }): Promise<Screen> {
    if (face !== 'wall') return openScreen(browser, room.url, `/${face}`, WHO[face], size)
    const { json } = await (await room.as('admin')).call('POST', '/api/screens/codes')
    return openWall(browser, room.url, json.code, size)
  }

  describe.each(FACES)('when /$face is looked at', ({ face, at, kB, size }) => {
    let screen: Screen
    beforeAll(async () => {
      screen = await open(face, size)
      await screen.page.locator(at).waitFor()
      await screen.page.locator('[data-level="1"]').first().waitFor()
    })
    afterAll(() => screen.context.close())

    test('then axe finds nothing serious', async () => {
      await shoot(screen.page, `face-${face}`)
      await screen.page.evaluate(axe.source)
      const found = await screen.page.evaluate(async () => {
        const { axe } = window as unknown as { axe: { run(): Promise<{ violations: { id: string; impact: string; nodes: { html: string }[] }[] }> } }
        const { violations } = await axe.run()
        return violations.filter(v => v.impact === 'serious' || v.impact === 'critical').map(v => `${v.id}: ${v.nodes[0]?.html}`)
      })
      expect(found).toEqual([])
    })

    test(`then its first load is at most ${kB} kB of JavaScript, gzipped, all from the origin`, async () => {
      const scripts = new Set<string>()
      screen.page.on('response', r => {
        if (new URL(r.url()).pathname.startsWith('/assets/') && r.url().endsWith('.js')) scripts.add(new URL(r.url()).pathname)
      })
      await screen.page.reload()
      await screen.page.locator('[data-level="1"]').first().waitFor()
      const bytes = [...scripts].reduce((sum, path) => sum + gzipSync(readFileSync(DIST + path.slice(1)), { level: 9 }).length, 0)
      expect(bytes).toBeGreaterThan(20 * KB)
      expect(bytes / KB).toBeLessThanOrEqual(kB)
      expect([...screen.hosts]).toEqual([new URL(room.url).host])
    })

    test('then nothing lies outside its edges', async () => {
      const over = await screen.page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
      expect(over).toBeLessThanOrEqual(0)
      expect(screen.complaints).toEqual([])
    })
  })
})
