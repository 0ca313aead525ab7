import { mkdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Browser, BrowserContext, Page } from 'playwright-core'

const SHOTS = fileURLToPath(new URL('../.out/shots/', import.meta.url))

/** A device of its own: its own cookies, its own storage, its own size. */
export interface Screen {
  context: BrowserContext
  page: Page
  /** What the page complained of; there must be nothing. */
  complaints: string[]
  /** Hosts the page asked anything of. */
  hosts: Set<string>
}

interface Size {
  width: number
  height: number
}

/** Opens a device of a size and signs somebody in through the page, with keys. */
export async function openScreen(browser: Browser, url: string, path: string, username: string, size: Size): Promise<Screen> {
  const screen = await openPage(browser, url + path, size)
  await screen.page.locator('[name="username"]').fill(username)
  await screen.page.locator('[name="password"]').fill('duty-demo-1234')
  await screen.page.keyboard.press('Enter')
  return screen
}

/** Opens a wall and pairs it with a code, as one does once when it is hung up. */
export async function openWall(browser: Browser, url: string, code: string, size: Size): Promise<Screen> {
  const screen = await openPage(browser, `${url}/wall`, size)
  await screen.page.locator('[name="code"]').fill(code)
  await screen.page.locator('[name="name"]').fill('值班室大屏')
  await screen.page.keyboard.press('Enter')
  return screen
}

async function openPage(browser: Browser, address: string, size: Size): Promise<Screen> {
  const context = await browser.newContext({ viewport: size, locale: 'zh-CN', timezoneId: 'Asia/Shanghai' })
  const page = await context.newPage()
  page.setDefaultTimeout(15_000)
  const complaints: string[] = []
  const hosts = new Set<string>()
  page.on('pageerror', error => complaints.push(error.message))
  page.on('request', request => hosts.add(new URL(request.url()).host))
  await page.goto(address)
  return { context, page, complaints, hosts }
}

/** A picture for whoever wants to look; kept out of git. */
export async function shoot(page: Page, name: string): Promise<void> {
  mkdirSync(SHOTS, { recursive: true })
  await page.screenshot({ path: `${SHOTS}${name}.png` })
}
