import type { CDPSession, Page } from 'playwright-core'
import { openChromium } from '../harness/chromium.ts'
import type { Client } from '../harness/client.ts'
import { ms, quantiles, times, type Row } from './figures.ts'

const INCIDENTS = 120
const LINES = 10_000

declare global {
  interface Window {
    painted: Record<string, number>
  }
}

/** Notes when each incident's row has been painted: two frames after it stands in the page. */
const watchRows = () => {
  window.painted = {}
  new MutationObserver(() => {
    for (const row of document.querySelectorAll<HTMLElement>('[data-role="event-row"]')) {
      const id = row.dataset.id ?? ''
      if (id in window.painted) continue
      window.painted[id] = 0
      requestAnimationFrame(() => requestAnimationFrame(() => (window.painted[id] = performance.timeOrigin + performance.now())))
    }
  }).observe(document, { subtree: true, childList: true, attributes: true })
}

const now = () => performance.timeOrigin + performance.now()

async function pixels(page: Page, desk: Client): Promise<number[]> {
  const delays: number[] = []
  for (let n = 0; n < INCIDENTS; n++) {
    const body = { source: { channel: 'phone' }, typeCode: '12G00', township: '442000118', level: 1 }
    const { id } = await desk.do('incident.log', body)
    const answered = now()
    await page.waitForFunction(incident => (window.painted[incident] ?? 0) > 0, id)
    delays.push((await page.evaluate(incident => window.painted[incident] ?? NaN, id)) - answered)
    await desk.do('incident.close', { id, summary: '量测' })
  }
  return delays
}

async function heap(cdp: CDPSession): Promise<number> {
  await cdp.send('HeapProfiler.collectGarbage')
  return (await cdp.send('Runtime.getHeapUsage')).usedSize
}

/** A wall in a real Chromium: answered → painted, and its heap before and after ten thousand lines. */
export async function wall(url: string, desk: Client, incident: string): Promise<Row[]> {
  const browser = await openChromium()
  try {
    const context = await browser.newContext({ viewport: { width: 1920, height: 1080 } })
    const [name = '', value = ''] = desk.headers.cookie!.split('=')
    await context.addCookies([{ name, value, url }])
    const page = await context.newPage()
    await page.addInitScript(watchRows)
    await page.goto(`${url}/wall`)
    await page.waitForSelector('[data-role="event-row"]')
    const { p50, p99 } = quantiles(await pixels(page, desk))

    const cdp = await context.newCDPSession(page)
    const before = await heap(cdp)
    for (let n = 0; n < LINES; n += 50)
      await Promise.all(Array.from({ length: 50 }, (_, k) => desk.do('incident.revise', { id: incident, evacuated: n + k + 1 })))
    const after = await heap(cdp)
    const mb = (bytes: number) => `${(bytes / 1e6).toFixed(1)} MB`
    return [
      { what: `(c) command answered → pixel on the wall, ${INCIDENTS} incidents`, ours: `p50 ${ms(p50)}, p99 ${ms(p99)}`, against: '', ratio: '', aim: 'p99 ≤ 150 ms' },
      { what: `(d) a wall's heap over ${LINES} lines`, ours: mb(after), against: `before: ${mb(before)}`, ratio: times(after / before), aim: 'flat (≤ 1.10×)' },
    ]
  } finally {
    await browser.close()
  }
}
