import { gzipSync } from 'node:zlib'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { durationMs } from '@duty/shared/kernel/time.ts'
import { openChromium } from '../harness/chromium.ts'
import { testRoom, type TestRoom } from '../harness/room.ts'
import { BEGINNING } from '../harness/services.ts'
import { cable, type Cable } from './cable.ts'
import { measure, wordsOn } from './pixels.ts'
import { openWall, shoot, type Screen } from './screen.ts'

const FULL_HD = { width: 1920, height: 1080 }
const HAN = /\p{Script=Han}/u

/** A clock that runs as the world's does, and can be moved forward. */
function movableClock() {
  let ahead = BEGINNING - Date.now()
  const nowMs = () => Math.floor(Date.now() + ahead)
  return {
    nowMs,
    nowIso: () => new Date(nowMs()).toISOString(),
    set: (ms: number) => void (ahead = ms - Date.now()),
    after: (words: string) => nowMs() + durationMs(words),
  }
}

const pairing = async (room: TestRoom): Promise<string> => (await (await room.as('admin')).call('POST', '/api/screens/codes', {})).json.code

const log = async (room: TestRoom, said: Record<string, unknown>): Promise<string> =>
  (await (await room.as('officer1')).do('incident.log', { source: { channel: 'phone' }, typeCode: '12G00', township: '442000118', ...said })).id

/** Everybody whom an incident rings signs. */
async function signAll(room: TestRoom, incident: string): Promise<void> {
  const officer = await room.as('officer1')
  const { json } = await officer.get(`/api/alerts?incident=${incident}`)
  for (const alert of json.items) {
    for (const [username, line] of Object.entries<{ status: string }>(alert.people))
      if (line.status !== 'acknowledged') await (await room.as(username)).do('alert.acknowledge', { id: alert.id })
  }
}

const live = (page: Page) => page.locator('[data-role="link"][data-link="live"]').waitFor()
const row = (page: Page, id: string) => page.locator(`[data-role="event-row"][data-id="${id}"]`)
const fontOf = (page: Page, selector: string) => page.locator(selector).first().evaluate(e => parseFloat(getComputedStyle(e).fontSize))
const nothingScrolls = (page: Page) =>
  page.evaluate(() => [document.documentElement, document.body].every(e => e.scrollHeight <= e.clientHeight + 1 || e.clientHeight === 0) && innerHeight === document.documentElement.clientHeight)

describe('The wall', () => {
  let room: TestRoom
  let browser: Browser
  let wire: Cable
  let wall: Screen
  let page: Page
  let weighed = 0

  beforeAll(async () => {
    room = await testRoom({ clock: movableClock() })
    wire = await cable(() => room.url)
    browser = await openChromium()
    wall = await openWall(browser, wire.url, await pairing(room), FULL_HD)
    page = wall.page
    await live(page)
    const scripts = new Map<string, number>()
    page.on('response', async answer => {
      if (answer.url().endsWith('.js')) scripts.set(answer.url(), gzipSync(await answer.body()).length)
    })
    await page.goto(`${wire.url}/wall?theme=night`)
    await live(page)
    await page.waitForLoadState('networkidle')
    weighed = [...scripts.values()].reduce((a, b) => a + b, 0)
    await page.waitForFunction(() => document.querySelector('[data-role="clock"]')?.textContent?.startsWith('08:'))
  })
  afterAll(async () => {
    await browser.close()
    wire.close()
    await room.close()
  })

  test('W9 W12 W33 given a quiet night, then it is dark and colourless, with 23 towns', async () => {
    const { saturated, meanLuminance, bright } = await measure(page)
    expect(saturated).toBeLessThanOrEqual(0.02)
    expect(meanLuminance).toBeLessThanOrEqual(0.06)
    expect(bright).toBeLessThanOrEqual(0.02)
    expect(await page.locator('[data-role="town"]').count()).toBe(23)
    expect(await page.locator('[data-role="unack"]').textContent()).toContain('0')
    await shoot(page, 'wall-quiet')
  })

  test('W24 given the panel’s own clock is put wrong, then the time shown is the server’s', async () => {
    await page.evaluate(() => {
      const real = Date.now
      Date.now = () => real() + 300_000
    })
    const now = room.clock.nowMs()
    await page.waitForFunction(() => document.querySelector('[data-role="clock"]')?.textContent?.match(/^\d\d:\d\d:\d\d$/))
    const shown = await page.locator('[data-role="clock"]').getAttribute('datetime')
    expect(Math.abs(Date.parse(shown!) - now)).toBeLessThan(1_500)
    expect(await page.locator('.wall-clock').textContent()).toContain('星期一')
  })

  test('W30 W31 W32 then nothing can be selected, no word leaves the origin, and the first load is light', async () => {
    const style = await page.locator('[data-screen="wall"]').evaluate(e => [getComputedStyle(e).cursor, getComputedStyle(e).userSelect])
    expect(style).toEqual(['none', 'none'])
    expect([...wall.hosts]).toEqual([new URL(wire.url).host])
    expect(weighed).toBeGreaterThan(50_000)
    expect(weighed).toBeLessThanOrEqual(120_000)
  })

  let grave: string

  test('W1 W2 W3 W4 W8 W10 W20 when a Ⅰ is logged, then it takes the top within a second, in letters that can be read', async () => {
    const begun = Date.now()
    grave = await log(room, { level: 1, title: '小榄镇升平路12号电子厂房火灾', source: { channel: 'phone', person: '李建国', phone: '13800001111' }, casualties: { dead: 1, missing: null, trapped: 2, seriouslyInjured: 1, injured: 3 } })
    await row(page, grave).waitFor()
    expect(Date.now() - begun).toBeLessThan(1_000)
    const words = await wordsOn(page)
    const least = (tier: number, wanted: number, han: boolean) => {
      for (const w of words.filter(w => w.tier === tier && HAN.test(w.text) === han)) expect(w.px, w.text).toBeGreaterThanOrEqual(wanted)
    }
    least(2, 61, true)
    least(2, 51, false)
    for (const role of ['clock', 'top-level', 'unack', 'link']) expect(await fontOf(page, `[data-role="${role}"]`)).toBeGreaterThanOrEqual(98)
    for (const w of words) {
      expect(w.px, w.text).toBeGreaterThanOrEqual(HAN.test(w.text) ? 37 : 31)
      expect(w.contrast, `${w.text} (T${w.tier})`).toBeGreaterThanOrEqual(w.tier === 3 ? 4.5 : 7)
    }
    const { red, saturated } = await measure(page)
    expect(red).toBeGreaterThan(0.005)
    expect(saturated).toBeLessThan(0.08)
    expect(await nothingScrolls(page)).toBe(true)
    await shoot(page, 'wall-one')
  })

  test('W11 W35 then its level is told by shape and numeral too, and no citizen stands on the wall', async () => {
    const chip = row(page, grave).locator('[data-role="level"]')
    expect(await chip.textContent()).toContain('Ⅰ')
    expect(await chip.locator('svg').count()).toBe(1)
    const all = await page.locator('body').innerText()
    expect(all).not.toMatch(/李建国|13800001111/)
  })

  test('W21 then Ⅰ sounds at least every five seconds, until it is signed', async () => {
    const heard = () => page.evaluate(() => ({ ...document.documentElement.dataset }))
    await page.waitForFunction(() => document.documentElement.dataset.alarm === 'level1')
    const first = await heard()
    expect(first.alarmHeard).toBe('true')
    expect(await page.locator('[data-role="sound-off"]').count()).toBe(0)
    await page.waitForFunction(before => document.documentElement.dataset.alarmAt !== before, first.alarmAt)
    const second = await heard()
    expect(Date.parse(second.alarmAt!) - Date.parse(first.alarmAt!)).toBeLessThanOrEqual(5_000)
  })

  test('W15 W22 when a minute and then three pass, the row’s frame says so; it moves gently, and stops when signed', async () => {
    await room.passes('61 seconds')
    await page.waitForFunction(id => document.querySelector<HTMLElement>(`[data-id="${id}"]`)?.dataset.age === '60', grave)
    expect(await row(page, grave).locator('.wall-time').textContent()).toMatch(/^T\+\d\d:\d\d$/)
    await room.passes('2 minutes')
    await page.waitForFunction(id => document.querySelector<HTMLElement>(`[data-id="${id}"]`)?.dataset.age === '180', grave)
    const moving = () => page.evaluate(() => document.getAnimations().map(a => Number(a.effect?.getComputedTiming().duration)))
    expect((await moving()).every(ms => ms >= 1_000)).toBe(true)
    expect(await moving()).toHaveLength(1)
    await signAll(room, grave)
    await page.waitForFunction(id => document.querySelector<HTMLElement>(`[data-id="${id}"]`)?.dataset.acked === 'true', grave, { timeout: 1_000 })
    expect(await moving()).toHaveLength(0)
    const last = await page.evaluate(() => document.documentElement.dataset.alarmAt)
    await room.passes('30 seconds')
    await page.waitForFunction(() => Number(document.querySelector('[data-role="clock"]')?.textContent?.slice(6)) >= 0)
    expect(await page.evaluate(() => document.documentElement.dataset.alarmAt)).toBe(last)
  })

  test('W14 given nothing is owed, then nothing moves but the clock', async () => {
    expect(await page.evaluate(() => document.getAnimations().length)).toBe(0)
  })

  const twelve: string[] = []

  test('W6 W7 given thirteen incidents, then eight rows, the rest counted, and what nobody signed among those shown', async () => {
    const towns = ['442000003', '442000006', '442000105', '442000107', '442000001', '442000114', '442000118', '442000108']
    for (const [n, township] of towns.entries()) twelve.push(await log(room, { level: n < 4 ? 2 : 3, township, title: '化工厂危险化学品泄漏并起火现场浓烟需要疏散周边居民' }))
    for (const id of twelve) await signAll(room, id)
    twelve.push(await log(room, { level: 4, township: '442000110', typeCode: '11A02', title: '横栏镇低洼处内涝' }))
    for (const township of ['442000111', null, 'unknown']) twelve.push(await log(room, { level: 4, township, typeCode: '11A02' }))
    for (const id of twelve.slice(10)) await signAll(room, id)
    await page.waitForFunction(() => document.querySelector<HTMLElement>('[data-role="more"]')?.dataset.hidden === '5')
    const rows = page.locator('[data-role="event-row"]')
    expect(await rows.count()).toBe(8)
    expect(await rows.first().getAttribute('data-id')).toBe(grave)
    expect(await page.locator('[data-role="event-row"][data-acked="false"]').count()).toBeGreaterThanOrEqual(1)
    for (const title of await page.locator('.wall-title').allTextContents()) expect([...title].length).toBeLessThanOrEqual(14)
    expect(await nothingScrolls(page)).toBe(true)
    const inside = await page.evaluate(() =>
      [...document.querySelectorAll('.wall-row > *, .wall-pane li > *, .wall-header span')].every(e => e.getBoundingClientRect().right <= innerWidth && e.getBoundingClientRect().bottom <= innerHeight),
    )
    expect(inside).toBe(true)
    await shoot(page, 'wall-thirteen')
  })

  test('W5 given another panel or another distance, then the letters follow', async () => {
    const other = await wall.context.newPage()
    await other.goto(`${wire.url}/wall?diagonal=110`)
    await other.locator('[data-role="event-row"]').first().waitFor()
    expect(Math.abs((await fontOf(other, '.wall-title')) - 31)).toBeLessThanOrEqual(1)
    await other.goto(`${wire.url}/wall?distance=8`)
    await other.locator('[data-role="event-row"]').first().waitFor()
    expect(Math.abs((await fontOf(other, '[data-role="event-row"] .wall-title')) - 98)).toBeLessThanOrEqual(2)
    expect(await nothingScrolls(other)).toBe(true)
    await other.setViewportSize({ width: 3840, height: 2160 })
    await other.goto(`${wire.url}/wall?theme=day`)
    await other.locator('[data-role="event-row"]').first().waitFor()
    expect(await fontOf(other, '.wall-title')).toBeGreaterThanOrEqual(122)
    await shoot(other, 'wall-4k-day')
    await other.close()
  })

  test('W25 when two minutes pass, the picture moves by a few pixels and nothing is laid out anew', async () => {
    const place = () => page.locator('[data-screen="wall"]').evaluate(e => new DOMMatrix(getComputedStyle(e).transform))
    const before = await place()
    await room.passes('2 minutes')
    await page.waitForFunction(([x, y]) => {
      const { e, f } = new DOMMatrix(getComputedStyle(document.querySelector('[data-screen="wall"]')!).transform)
      return e !== x || f !== y
    }, [before.e, before.f])
    const { e, f } = await place()
    expect(Math.max(Math.abs(e), Math.abs(f))).toBeLessThanOrEqual(4)
  })

  test('W13 when the hour turns, then day and night follow without a reload', async () => {
    const other = await wall.context.newPage()
    await other.goto(`${wire.url}/wall`)
    await live(other)
    await other.waitForFunction(() => document.documentElement.dataset.theme === 'day' && document.querySelector('[data-role="clock"]')?.textContent?.startsWith('08:'))
    room.clock.set(BEGINNING + durationMs('11 hours') + 60_000)
    await other.waitForFunction(() => document.documentElement.dataset.theme === 'night')
    await other.close()
  })

  test('W16 W18 when the cable is pulled, then 延迟, then 数据中断 by the fifteenth second, and no zero is claimed', async () => {
    const places = () => page.evaluate(() => [...document.querySelectorAll('[data-role="event-row"], [data-role="town"]')].map(e => e.getBoundingClientRect().top))
    const before = await places()
    const pulled = Date.now()
    wire.pull()
    await page.locator('[data-role="link"][data-link="late"]').waitFor()
    expect(Date.now() - pulled).toBeLessThanOrEqual(12_000)
    await page.locator('[data-role="banner"]').waitFor()
    expect(Date.now() - pulled).toBeLessThanOrEqual(15_200)
    expect(await page.locator('[data-role="banner"]').innerText()).toContain('数据中断')
    const frozen = await page.locator('[data-role="updated"]').getAttribute('data-updated-at')
    expect(Date.parse(frozen!)).toBeLessThanOrEqual(room.clock.nowMs() - 9_000)
    expect(await page.locator('.wall-body').evaluate(e => getComputedStyle(e).filter)).toBe('saturate(0.4)')
    expect((await wordsOn(page)).filter(w => w.text === '0')).toEqual([])
    expect(await places()).toEqual(before)
    await shoot(page, 'wall-lost')
  })

  test('W17 given something happened meanwhile, when the cable is back, then the wall is level by itself within five seconds', async () => {
    const missed = await log(room, { level: 1, township: '442000101', title: '断线期间的事件' })
    const plugged = Date.now()
    wire.plug()
    await live(page)
    await row(page, missed).waitFor()
    expect(Date.now() - plugged).toBeLessThanOrEqual(5_000)
    expect(wall.complaints).toEqual([])
  })

  test('W27 when the server goes and comes again, then the wall is level by itself', async () => {
    await room.restarts()
    const after = await log(room, { level: 1, township: '442000112', title: '重启之后的事件' })
    await row(page, after).waitFor({ timeout: 5_000 })
    expect(wall.complaints).toEqual([])
  })

  test('when its token is revoked, then it asks to be paired again', async () => {
    const admin = await room.as('admin')
    const { json } = await admin.get('/api/screens')
    for (const { id } of json.items) expect((await admin.call('DELETE', `/api/screens/${id}`)).status).toBe(204)
    await page.locator('[data-screen="pairing"]').waitFor()
    expect(await page.locator('body').innerText()).toContain('授权已失效')
  })
})
