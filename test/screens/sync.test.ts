import { fileURLToPath } from 'node:url'
import type { AddressInfo } from 'node:net'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createViteServer } from 'vitest/node'
import { openChromium } from '../harness/chromium.ts'
import { testRoom, type TestRoom } from '../harness/room.ts'
import { cable, type Cable } from './cable.ts'

const CLIENT = fileURLToPath(new URL('../../client', import.meta.url))

/** The client's own modules, one by one, in a page that talks to the room through a cable. */
const COMMAND = '/sync/command.ts'
const OUTBOX = '/sync/outbox.ts'
const KEPT = '/sync/kept.ts'
const STORE = '/sync/store.ts'

const REPORT = { source: { channel: 'phone' }, typeCode: '12G00', township: '442000118' }

declare global {
  interface Window {
    /** Brings one of the client's modules, the very one the page itself uses. */
    bring(path: string): Promise<any>
  }
}

describe('What every screen stands on', () => {
  let room: TestRoom
  let wire: Cable
  let vite: Awaited<ReturnType<typeof createViteServer>>
  let browser: Browser
  let context: BrowserContext
  let url: string

  beforeAll(async () => {
    room = await testRoom()
    wire = await cable(() => room.url)
    const proxied = { target: wire.url, ws: true }
    vite = await createViteServer({
      root: CLIENT,
      configFile: `${CLIENT}/vite.config.ts`,
      logLevel: 'silent',
      server: { port: 0, host: '127.0.0.1', hmr: false, proxy: { '/api': proxied, '/socket.io': proxied, '/healthz': proxied } },
    })
    await vite.listen()
    url = `http://127.0.0.1:${(vite.httpServer!.address() as AddressInfo).port}`
    browser = await openChromium()
  })
  afterAll(async () => {
    await browser.close()
    await vite.close()
    wire.close()
    await room.close()
  })

  const device = async () => {
    context = await browser.newContext()
    await context.addInitScript('window.bring = path => import(path)')
  }
  const open = async (path = '/office'): Promise<Page> => {
    const page = await context.newPage()
    await page.goto(url + path)
    return page
  }
  const signIn = async (page: Page, username = 'officer1', password = 'duty-demo-1234') => {
    await page.locator('[name="username"]').fill(username)
    await page.locator('[name="password"]').fill(password)
    await page.keyboard.press('Enter')
  }
  const isLive = (page: Page) =>
    expect
      .poll(
        () =>
          page.evaluate(async store => {
            const { joined, link } = (await window.bring(store)).useRoom.getState()
            return joined && link
          }, STORE),
        { timeout: 10_000 },
      )
      .toBe('live')
  const post = (page: Page, body: object, key: string) =>
    page.evaluate(
      async ([outbox, body, key]) => {
        const { sent, problem } = await (await window.bring(outbox)).post('incident.log', body, key)
        return { sent: sent as boolean, status: problem?.status as number | undefined }
      },
      [OUTBOX, body, key] as const,
    )
  const waiting = (page: Page) => page.evaluate(async kept => (await (await window.bring(kept)).kept()).getAll('outbox'), KEPT)
  const unsent = (page: Page) => expect.poll(async () => (await waiting(page)).length, { timeout: 10_000 })
  const hasOnBoard = (page: Page, key: string) => page.evaluate(async ([store, key]) => (await window.bring(store!)).useRoom.getState().board.things.has(key), [STORE, key])
  const shown = (page: Page): Promise<number> => page.evaluate(async store => (await window.bring(store)).useRoom.getState().board.things.size, STORE)
  const copies = (page: Page): Promise<number> => page.evaluate(async kept => (await (await window.bring(kept)).kept()).count('board'), KEPT)
  const logged = async (): Promise<{ title?: string }[]> => (await (await room.as('officer2')).get('/api/incidents?limit=100')).json.items

  test('given nobody is signed in, then the sign-in; a wrong password is told in Chinese, and who signs in lands on their own face', async () => {
    await device()
    const page = await open('/')
    await signIn(page, 'mayor', 'not-the-password')
    await page.locator('.sign-in-no', { hasText: '不对' }).waitFor()
    expect(await page.locator('[name="totp"]').count()).toBe(0)
    await signIn(page, 'mayor')
    await page.waitForURL('**/phone')
    await context.close()
  })

  test('given an officer is signed in, when two tabs find the same unsent words, then they are sent once', async () => {
    await device()
    const first = await open()
    await signIn(first)
    await isLive(first)
    const second = await open()
    await isLive(second)
    wire.pull()
    const key = crypto.randomUUID()
    const said = post(first, { ...REPORT, title: '断网时接报' }, key)
    await unsent(first).toBe(1)
    wire.plug()
    await said
    await unsent(first).toBe(0)
    await isLive(second)
    expect((await logged()).filter(i => i.title === '断网时接报')).toHaveLength(1)
  })

  test('given words were refused, then they are kept with the reason until their author drops them', async () => {
    const [page] = context.pages()
    const answer = await post(page!, { ...REPORT, typeCode: 'no such type' }, crypto.randomUUID())
    expect(answer).toEqual({ sent: false, status: 422 })
    const [kept] = await waiting(page!)
    expect(kept).toMatchObject({ command: 'incident.log', author: 'officer1', refusal: { status: 422 } })
    await page!.evaluate(async ([kept, key]) => (await (await window.bring(kept)).kept()).delete('outbox', key), [KEPT, kept.key])
  })

  test('given words wait and the session ends, then the sign-in shows, nothing of the room is left, and they go once their author is back', async () => {
    const [page, other] = context.pages()
    await other!.close()
    wire.pull()
    const key = crypto.randomUUID()
    const said = post(page!, { ...REPORT, title: '退出前所写' }, key)
    await unsent(page!).toBe(1)
    const [cookie] = await context.cookies()
    expect((await room.stranger({ cookie: `${cookie!.name}=${cookie!.value}` }).call('DELETE', '/api/session')).status).toBe(204)
    wire.plug()
    await said
    await page!.locator('[data-screen="sign-in"]').waitFor()
    expect(await shown(page!)).toBe(0)
    expect(await copies(page!)).toBe(0)
    await signIn(page!)
    await unsent(page!).toBe(0)
    expect((await logged()).filter(i => i.title === '退出前所写')).toHaveLength(1)
  })

  test('given somebody else signs in on the device, then another’s unsent words stay where they are', async () => {
    const [page] = context.pages()
    await isLive(page!)
    const theirs = { key: crypto.randomUUID(), command: 'incident.log', body: REPORT, author: 'officer3', saidAt: 0 }
    await page!.evaluate(async ([kept, theirs]) => (await (await window.bring(kept as string)).kept()).put('outbox', theirs), [KEPT, theirs] as const)
    await post(page!, { ...REPORT, title: '本人所写' }, crypto.randomUUID())
    expect(await waiting(page!)).toMatchObject([{ author: 'officer3' }])
  })

  test('given the server ends and begins again, then the page is level by itself within five seconds', async () => {
    const [page] = context.pages()
    await room.restarts()
    const begun = Date.now()
    await isLive(page!)
    const { id } = await (await room.as('officer2')).do('incident.log', { ...REPORT, title: '重启之后' })
    await expect.poll(() => hasOnBoard(page!, `incident/${id}`), { timeout: 5_000 }).toBe(true)
    expect(Date.now() - begun).toBeLessThan(5_500)
  })

  test('given a reload without a network, then the last board still stands, marked as not live', async () => {
    const [page] = context.pages()
    await expect.poll(() => copies(page!), { timeout: 10_000 }).toBe(1)
    wire.pull()
    await page!.reload()
    await expect.poll(() => shown(page!), { timeout: 5_000 }).toBeGreaterThan(0)
    expect(await page!.evaluate(async store => (await window.bring(store)).useRoom.getState().joined, STORE)).toBe(false)
    wire.plug()
    await isLive(page!)
  })

  test('W27 given one pane of the wall meets what it cannot draw, then it says so and the rest goes on; and it comes back', async () => {
    const page = await open('/wall')
    await page.locator('[data-role="deadlines"]').waitFor()
    const spoil = (spoilt: boolean) =>
      page.evaluate(
        async ([store, spoilt]) => {
          const { useRoom } = await window.bring(store)
          const { board } = useRoom.getState()
          const things = new Map(board.things)
          things.delete('deadline/spoilt')
          if (spoilt) things.set('deadline/spoilt', { kind: 'deadline', id: 'spoilt', version: 1, status: 'running', dueAt: '2026-01-01T00:00:00.000Z' })
          useRoom.setState({ board: { ...board, things } })
        },
        [STORE, spoilt] as const,
      )
    await spoil(true)
    await page.locator('.guard', { hasText: '时限显示出错' }).waitFor()
    expect(await page.locator('[data-role="town"]').count()).toBe(23)
    expect(await page.locator('[data-role="clock"]').count()).toBe(1)
    await spoil(false)
    await page.locator('[data-role="deadlines"]').waitFor({ timeout: 15_000 })
    await page.close()
  })

  test('the same command with the same key is done once, whoever asks how often', async () => {
    const [page] = context.pages()
    const ids = await page!.evaluate(
      async ([command, body, key]) => {
        const { say } = await window.bring(command)
        return [(await say('incident.log', body, key)).id, (await say('incident.log', body, key)).id]
      },
      [COMMAND, { ...REPORT, title: '同一把钥匙' }, crypto.randomUUID()] as const,
    )
    expect(ids[0]).toBe(ids[1])
  })
})
