import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openChromium } from '../harness/chromium.ts'
import { testRoom, type TestRoom } from '../harness/room.ts'
import reports from './reports.json' with { type: 'json' }
import { openScreen, openWall, shoot, type Screen } from './screen.ts'

const GRAVEST = '33人遇难'
/** The sheet of one deed, ready to be filled in. */
const SHEET = 'form.sheet[data-ready="true"]'

describe('Ten reports at the desk, on the wall and on the mayor’s phone, to the closed instruction', () => {
  let room: TestRoom
  let browser: Browser
  let desk: Screen, wall: Screen, phone: Screen
  const incidents: { id: string; no: string; narrative: string }[] = []
  let gravest: { id: string; no: string }

  beforeAll(async () => {
    room = await testRoom({ live: true })
    browser = await openChromium()
    desk = await openScreen(browser, room.url, '/desk', 'officer1', { width: 1366, height: 768 })
    const { json } = await (await room.as('admin')).call('POST', '/api/screens/codes')
    wall = await openWall(browser, room.url, json.code, { width: 1920, height: 1080 })
    phone = await openScreen(browser, room.url, '/phone', 'mayor', { width: 360, height: 780 })
    await desk.page.locator('[data-pane="todo"]').waitFor()
    await wall.page.locator('[data-screen="wall"]').waitFor()
    await phone.page.locator('[data-screen="mobile"]').waitFor()
  })
  afterAll(async () => {
    await browser.close()
    await room.close()
  })

  test.each(reports)('given $id told by phone, when it is typed with keys alone and pushed, then it is in the book as told', async ({ quick, text, level, township, dead }) => {
    const { page } = desk
    await page.keyboard.press('F2')
    await page.locator('[data-screen="intake"][data-ready="true"] [name="quick"]').waitFor()
    await page.keyboard.type(quick)
    await page.locator('[data-screen="intake"] [name="narrative"]').focus()
    await page.keyboard.insertText(text)
    await page.keyboard.press('Control+Enter')
    await page.locator('[data-screen="intake"]').waitFor({ state: 'detached' })
    const { json } = await (await room.as('officer1')).get('/api/incidents?limit=20')
    const logged = json.items.find((i: { narrative?: string }) => i.narrative === text)
    expect(logged).toMatchObject({ level, township, casualties: { dead: dead ?? null } })
    incidents.push(logged)
  })

  test('then all ten stand on the phone, and the wall counts all ten, the gravest shown first', async () => {
    gravest = incidents.find(i => i.narrative.includes(GRAVEST))!
    await phone.page.waitForFunction(n => document.querySelectorAll('[data-role="event-row"]').length >= n, reports.length)
    const counted = await wall.page.waitForFunction(n => {
      const rows = [...document.querySelectorAll<HTMLElement>('[data-role="event-row"]')]
      const hidden = Number(document.querySelector<HTMLElement>('[data-role="more"]')?.dataset.hidden ?? 0)
      return rows.length + hidden === n && rows.map(r => r.dataset.level).join('')
    }, reports.length)
    const levels = String(await counted.jsonValue())
    expect(levels).toBe([...levels].toSorted((a, b) => a.localeCompare(b)).join(''))
    expect(levels.startsWith('11')).toBe(true)
    for (const [name, screen] of Object.entries({ desk, wall, phone })) await shoot(screen.page, `ten-${name}`)
  })

  test('when the mayor opens the gravest and taps 签收 once, then desk and wall show it', async () => {
    const { page } = phone
    const board = await (await room.as('officer1')).board()
    await page.goto(`${room.url}/phone#/i/${gravest.id}`)
    await page.locator('[data-role="sign"]').click()
    await page.locator('[data-role="signed"]').waitFor()
    await board.until(() => board.of('alert').find(a => a.about?.id === gravest.id && a.people.mayor.status === 'acknowledged'))
    board.close()
    await shoot(page, 'phone-signed')
  })

  test('when the mayor sends an instruction to two units, then it waits at the desk to be relayed', async () => {
    const { page } = phone
    await page.goto(`${room.url}/phone#/i/${gravest.id}/order`)
    const chips = page.locator('fieldset').first().locator('.chips button[aria-pressed]')
    await chips.nth(0).click()
    await chips.nth(1).click()
    await page.getByRole('button', { name: '全力救治' }).click()
    await page.locator('[data-role="send"]').click()
    await desk.page.locator('[data-role="relay-row"][data-step="issued"]').nth(1).waitFor()
    await shoot(desk.page, 'desk-instruction')
  })

  test('when the desk relays to both with keys, then both units have it', async () => {
    const { page } = desk
    for (const left of [2, 1]) {
      const rows = page.locator('.todo [data-role="relay-row"][data-step="issued"]')
      await rows.first().locator('[data-row]').focus()
      await page.keyboard.press('r')
      await page.locator(SHEET).waitFor()
      await page.keyboard.press('Control+Enter')
      await page.locator(SHEET).waitFor({ state: 'detached' })
      await page.waitForFunction(n => document.querySelectorAll('.todo [data-role="relay-row"][data-step="issued"]').length === n, left - 1)
    }
  })

  test('when both units sign and answer at the desk by telephone, and it is closed, then nothing of it is left open', async () => {
    const { page } = desk
    const deed = async (step: string, key: string, fill: (n: number) => Promise<void>) => {
      for (const left of [2, 1]) {
        await page.locator(`.todo [data-role="relay-row"][data-step="${step}"] [data-row]`).first().focus()
        await page.keyboard.press(key)
        await page.locator(SHEET).waitFor()
        await fill(left)
        await page.keyboard.press('Control+Enter')
        await page.locator(SHEET).waitFor({ state: 'detached' })
        await page.waitForFunction(([s, n]) => document.querySelectorAll(`.todo [data-role="relay-row"][data-step="${s}"]`).length === n, [step, left - 1] as const)
      }
    }
    await deed('relayed', 'q', n => page.locator('[name="person"]').fill(`值班员${n}`))
    await deed('receipted', 'f', async () => {
      await page.locator('[name="text"]').fill('已到场处置，伤员全部送医')
      await page.locator('[name="done"]').focus()
      await page.keyboard.press('Space')
    })
    await page.locator('.todo [data-role="relay-row"] [data-row]').first().focus()
    await page.keyboard.press('b')
    await page.locator(SHEET).waitFor()
    await page.locator('[name="summary"]').fill('两单位均已落实')
    await page.keyboard.press('Control+Enter')
    await page.waitForFunction(() => document.querySelectorAll('.todo [data-role="relay-row"]').length === 0)
  })

  test('then the duty log shows every step, the book proves itself, no page complained, nothing left the origin', async () => {
    const officer = await room.as('officer1')
    const { json } = await officer.get('/api/duty-log')
    const types = new Set(json.items.map((e: { type: string }) => e.type))
    for (const type of ['incident.logged', 'alert.raised', 'alert.acknowledged', 'instruction.issued', 'instruction.relayed', 'instruction.receipted', 'instruction.answered', 'instruction.closed'])
      expect(types).toContain(type)
    expect(await room.proves()).toMatchObject({ verdict: { ok: true }, astray: [] })
    for (const s of [desk, wall, phone]) {
      expect(s.complaints).toEqual([])
      expect([...s.hosts]).toEqual([new URL(room.url).host])
    }
  })
})
