import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openChromium } from '../harness/chromium.ts'
import { testRoom, type TestRoom } from '../harness/room.ts'
import { openScreen, shoot, type Screen } from './screen.ts'

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

const value = (page: Page, name: string) => page.locator(`[data-screen="intake"] [name="${name}"]`).inputValue()
const caretIn = (page: Page) => page.evaluate(() => (document.activeElement as HTMLInputElement).name)
const intake = (page: Page) => page.locator('[data-screen="intake"][data-ready="true"]')
const note = (page: Page) => page.locator('[data-role="note"]')

async function begin(page: Page) {
  await page.keyboard.press('F2')
  await intake(page).waitFor()
}

describe('given an officer at the desk with nothing but keys', () => {
  let room: TestRoom
  let browser: Browser
  let desk: Screen
  const logged = async () => (await (await room.as('officer2')).get('/api/incidents?limit=50')).json.items as { id: string; address?: string; narrative?: string; calls: unknown[] }[]

  beforeAll(async () => {
    room = await testRoom({ live: true })
    browser = await openChromium()
    desk = await openScreen(browser, room.url, '/desk', 'officer1', { width: 1366, height: 768 })
    await desk.page.locator('[data-screen="desk"] [data-link="live"]').waitFor()
  })
  afterAll(async () => {
    await browser.close()
    await room.close()
  })

  it('when a fire is told, then thirty keys and four seconds bring it to everybody', async () => {
    const { page } = desk
    const phone = await (await room.as('mayor')).board()
    let keys = 0
    const press = (key: string) => (keys++, page.keyboard.press(key))
    const started = performance.now()
    await press('F2')
    expect(await caretIn(page)).toBe('quick')
    for (const letter of 'hz xl 升平路12号 d0 s2 k1 2') {
      keys++
      await page.keyboard.insertText(letter)
    }
    await expect.poll(() => page.locator('[data-role="read-back"]').textContent()).toBe('小榄镇升平路12号发生火灾事故，亡0人、被困1人、伤2人，对吗？')
    expect(await page.locator('[data-role="targets"]').innerText()).toMatch(/带班领导[\s\S]*市长[\s\S]*分管副市长/)
    await shoot(page, 'desk-flash')
    await press('Control+Enter')
    const seen = await phone.until(() => phone.of('incident').find(i => i.address === '升平路12号'))
    expect(performance.now() - started).toBeLessThan(4_000)
    expect(keys).toBeLessThanOrEqual(30)
    expect(seen).toMatchObject({ typeCode: '12G00', township: '442000118', level: 2, casualties: { dead: 0, missing: null, trapped: 1, seriouslyInjured: null, injured: 2 } })
    phone.close()
    await page.locator(`[data-role="event-row"][data-key="${seen.id}"]`).waitFor()
  })

  it('when F2 is pressed on a quiet board, then the caret is there within a tenth of a second', async () => {
    const { page } = desk
    const took = await page.evaluate(
      () =>
        new Promise<number>(done => {
          const began = performance.now()
          document.addEventListener('focusin', e => (e.target as HTMLInputElement).name === 'quick' && done(performance.now() - began))
          dispatchEvent(new KeyboardEvent('keydown', { key: 'F2', bubbles: true }))
        }),
    )
    expect(took).toBeLessThan(100)
    await page.keyboard.press('Escape')
    expect(await page.locator('[data-role="draft"]').count()).toBe(0)
  })

  it('when the input method still makes a word, then Enter, arrows and Escape are its own', async () => {
    const { page } = desk
    await begin(page)
    await page.keyboard.insertText('hz xl')
    const taken = await page.evaluate(() =>
      [...document.querySelectorAll<HTMLElement>('[data-screen="intake"] input, [data-screen="intake"] textarea')].flatMap(field =>
        ['Enter', 'ArrowDown', 'Escape', 'Tab'].filter(key => {
          field.focus()
          const pressed = new KeyboardEvent('keydown', { key, keyCode: 229, isComposing: true, ctrlKey: key === 'Enter', bubbles: true, cancelable: true })
          return !field.dispatchEvent(pressed)
        }),
      ),
    )
    expect(taken).toEqual([])
    expect(await intake(page).count()).toBe(1)
  })

  it('when the page is loaded anew in the middle of a word, then the word, the field and the other drafts are there', async () => {
    const { page } = desk
    await page.locator('[name="address"]').focus()
    await page.keyboard.type('升平路')
    await page.keyboard.press('ArrowLeft')
    await page.keyboard.type('中')
    for (const line of ['nl sanj', 'td gz', '说不清的事']) {
      await begin(page)
      await page.keyboard.insertText(line)
      await expect.poll(() => value(page, 'quick')).toBe(line)
    }
    await page.keyboard.press('F4')
    await expect.poll(() => value(page, 'address')).toBe('升平中路')
    await page.locator('[name="address"]').focus()
    await page.reload()
    await intake(page).waitFor()
    expect(await page.locator('[data-role="draft"]').count()).toBe(4)
    await expect.poll(() => caretIn(page)).toBe('address')
    expect([await value(page, 'quick'), await value(page, 'address'), await value(page, 'townText')]).toEqual(['hz xl', '升平中路', '小榄镇'])
    await shoot(page, 'desk-drafts')
  })

  it('when a town is typed by letters two share, then the arrows choose and Tab goes on', async () => {
    const { page } = desk
    await page.locator('[name="townText"]').focus()
    await page.keyboard.type('sx')
    expect(await page.locator('[role="option"]:visible').allInnerTexts()).toEqual([expect.stringContaining('沙溪镇'), expect.stringContaining('三乡镇')])
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Tab')
    expect(await value(page, 'townText')).toBe('三乡镇')
    expect(await caretIn(page)).toBe('address')
  })

  it('when prose is pasted into the quick line, then it stands in 事由 word for word', async () => {
    const { page } = desk
    const prose = '古镇镇值班室电话报告：今天下午一空置厂房发生爆炸，\n\n  8人受伤，“其中3人”伤势较重……<b>已送医</b>\t😀 '
    await page.locator('[name="quick"]').focus()
    await page.evaluate(text => {
      const clipboardData = new DataTransfer()
      clipboardData.setData('text', text)
      document.activeElement!.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }))
    }, prose)
    expect(await value(page, 'narrative')).toBe(prose)
    expect(await value(page, 'quick')).toBe('hz xl')
  })

  it('when the server says no, then its sentence stands beside the field and nothing is lost; put right, it goes', async () => {
    const { page } = desk
    await page.locator('[name="occurred"]').focus()
    await page.keyboard.insertText('明0900')
    await page.keyboard.press('Control+Enter')
    await page.locator('.box[data-wrong] [name="occurred"]').waitFor()
    expect(await caretIn(page)).toBe('occurred')
    expect(await page.locator('[data-role="refused"]').count()).toBe(0)
    await page.keyboard.press('Control+a')
    await page.keyboard.insertText('-10')
    await page.keyboard.press('Control+Enter')
    await expect.poll(() => note(page).textContent()).toContain('已推送')
    const told = (await logged()).filter(i => i.address === '升平中路')
    expect(told).toHaveLength(1)
    expect(told[0]!.narrative).toContain('“其中3人”伤势较重……<b>已送医</b>\t😀 ')
  })

  it('when the cable is out, then the push is kept and said so, and goes once when the cable is back', async () => {
    const { page, context } = desk
    await begin(page)
    await page.keyboard.insertText('td gz 全镇停电')
    await context.setOffline(true)
    await page.keyboard.press('Control+Enter')
    await expect.poll(() => note(page).textContent()).toContain('离线已存')
    await page.locator('[data-role="outbox"]').waitFor()
    await context.setOffline(false)
    await page.locator('[data-role="outbox"]').waitFor({ state: 'detached' })
    await page.locator('[data-link="live"]').waitFor()
    await expect.poll(async () => (await logged()).filter(i => i.address === '全镇停电')).toHaveLength(1)
  })

  it('when somebody else calls about the same matter, then a hint says so and Alt+M joins it with every word', async () => {
    const { page } = desk
    await begin(page)
    await page.keyboard.insertText('td gz 电梯里还有老人 13700000000')
    await page.locator('[data-role="duplicates"]').waitFor()
    await page.keyboard.press('Alt+m')
    await expect.poll(() => note(page).textContent()).toContain('已并入')
    const [joined] = (await logged()).filter(i => i.address === '全镇停电')
    expect(joined!.calls).toMatchObject([{ narrative: '电梯里还有老人', source: { phone: '13700000000' } }])
  })

  it('when a leader gives an instruction while the officer types, then it is said in the foot and waits with the rest', async () => {
    const { page } = desk
    await begin(page)
    const [first] = await logged()
    await (await room.as('mayor')).do('instruction.issue', { text: '核清被困人数', kind: 'instruction', urgency: 'urgent', units: ['fire'], incident: first!.id })
    await expect.poll(() => note(page).textContent()).toContain('核清被困人数')
    expect(await page.locator('[data-role="untold"]').innerText()).toContain('1')
    await page.keyboard.press('Escape')
    await page.keyboard.press('1')
    await page.keyboard.press('r')
    await page.locator('[data-deed="instruction.relay"]').waitFor()
    await page.keyboard.press('Control+Enter')
    await page.locator('.todo [data-role="relay-row"][data-step="relayed"]').waitFor()
  })

  it('when the situation changes, then 续报 shows what was known, marks what is new and says only that', async () => {
    const { page } = desk
    const [fire] = (await logged()).filter(i => i.address === '升平路12号')
    await page.locator(`[data-role="event-row"][data-key="${fire!.id}"]`).focus()
    await page.keyboard.press('x')
    await page.locator('[data-deed="incident.followUp"]').waitFor()
    expect(await page.locator('[name="casualties.injured"]').inputValue()).toBe('2')
    await page.locator('[name="casualties.injured"]').focus()
    await page.keyboard.press('Control+a')
    await page.keyboard.type('5')
    expect(await page.locator('.box[data-changed]').count()).toBe(1)
    await page.keyboard.press('Control+Enter')
    await expect.poll(() => note(page).textContent()).toContain('续报1')
    const { json } = await (await room.as('officer2')).get(`/api/incident/${fire!.id}/history`)
    expect(json.items.at(-1)).toMatchObject({ type: 'incident.followedUp', data: { n: 1, facts: { casualties: { dead: 0, trapped: 1, injured: 5 } } } })
  })

  it('when the day is looked up, then every step is there and the chain is proved', async () => {
    const { page } = desk
    await page.keyboard.press('F8')
    await page.locator('[data-screen="log"]').waitFor()
    await page.keyboard.press('v')
    await page.locator('[data-role="verdict"][data-ok="true"]').waitFor()
    for (const what of ['接报', '来电', '续报1', '指示', '传达']) expect(await page.locator('.log-lines li b').allInnerTexts()).toContain(what)
    await page.keyboard.press('Escape')
  })

  it.each([
    { width: 1366, height: 768 },
    { width: 1920, height: 1080 },
  ])('when the screen is $width wide, then nothing runs over, nothing is small and axe finds nothing', async size => {
    const { page } = desk
    await page.setViewportSize(size)
    for (const [face, open, close] of [
      ['room', 'Home', 'Home'],
      ['sheet', 'x', 'Escape'],
      ['log', 'F8', 'F8'],
      ['help', '?', '?'],
      ['intake', 'F2', 'Escape'],
    ] as const) {
      await page.keyboard.press(open)
      await shoot(page, `desk-${face}-${size.width}`)
      const { overflow, small } = await page.evaluate(() => ({
        overflow: document.documentElement.scrollWidth > innerWidth,
        small: [...document.querySelectorAll('.desk *')].filter(
          e => [...e.childNodes].some(n => n.nodeType === 3 && n.textContent?.trim()) && Number.parseFloat(getComputedStyle(e).fontSize) < (e.matches('input, textarea, select') ? 20 : 16),
        ).length,
      }))
      expect({ face, overflow, small }).toEqual({ face, overflow: false, small: 0 })
      const client = await page.context().newCDPSession(page)
      await client.send('Runtime.evaluate', { expression: AXE })
      const found = await page.evaluate(async () => {
        const { violations } = await (globalThis as unknown as { axe: { run(): Promise<{ violations: { id: string; impact: string }[] }> } }).axe.run()
        return violations.map(v => `${v.impact} ${v.id}`)
      })
      expect({ face, found }).toEqual({ face, found: [] })
      await page.keyboard.press(close)
    }
    expect(desk.complaints).toEqual([])
  })
})
