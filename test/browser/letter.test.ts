/** The papers of a case in a real browser: read on a phone, printed on A4, used by everybody. */
import { AxeBuilder } from '@axe-core/playwright'
import type { FastifyInstance } from 'fastify'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildServer } from '../../adapters/http/server.ts'
import { letterDoor } from '../../adapters/letter/door.ts'
import { openLetterLinks } from '../../adapters/letter/links.ts'
import { BARE, FULL, letter, NUMBER, receipt, told } from '../adapters/letter/papers.ts'
import { CHROMIUM, newPage, openBrowser, sideways } from './web-chat-kit.ts'

const PHONE = { viewport: { width: 320, height: 640 }, isMobile: true, hasTouch: true }
const HOSTILE = `<script>window.ran = 1</script><img src=x onerror="window.ran = 1">${'khongdaucach'.repeat(60)}`
const LONG = `${'Tôi nhắn thì shop không trả lời. '.repeat(150)}\n${HOSTILE}`

const EASY = { admit: () => ({ ok: true as const }) }

describe.skipIf(CHROMIUM === undefined)('the papers of a case', { timeout: 60_000 }, () => {
  const links = openLetterLinks(new Uint8Array(32).fill(1))
  const complaints: string[] = []
  let server: FastifyInstance
  let browser: Browser
  let link = ''
  let record = FULL

  beforeAll(async () => {
    const papers = async () => ({ don: letter(record, { agency: 'cong-an-tinh' }), biennhan: receipt(record, '2026-12-07') })
    server = buildServer({
      ready: () => ({ ok: true }),
      metrics: async () => '',
      plugins: [letterDoor({ links, papers, limiter: EASY, clock: Date.now })],
    })
    link = `${await server.listen({ host: '127.0.0.1', port: 0 })}${links.make(NUMBER, Date.now())}`
    browser = await openBrowser()
  })
  afterAll(async () => {
    await browser?.close()
    await server?.close()
  })

  const visit = async (more = '', options = {}): Promise<Page> => {
    const page = await newPage(browser, [new URL(link).origin], complaints, options)
    await page.goto(`${link}${more}`)
    return page
  }
  const troubles = async (page: Page) => (await new AxeBuilder({ page }).analyze()).violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)

  it.each(['', '&format=page', '&format=page&what=biennhan'])('have nothing for axe to find, also at phone width: %s', async (more) => {
    for (const options of [{}, PHONE]) {
      const page = await visit(more, options)
      expect(await troubles(page)).toEqual([])
      expect(await sideways(page)).toBe(0)
      await page.context().close()
    }
  })

  it('are reached from the first page with a finger', async () => {
    const page = await visit('', PHONE)
    await page.getByRole('navigation', { name: 'Giấy biên nhận' }).getByRole('link', { name: 'Mở để đọc và in' }).tap()
    await page.getByRole('heading', { level: 1, name: 'GIẤY BIÊN NHẬN HỒ SƠ' }).waitFor()
    for (const one of await page.getByRole('link').all()) expect((await one.boundingBox())?.height).toBeGreaterThanOrEqual(44)
  })

  it('run nothing of what people wrote, and stay as wide as the screen', async () => {
    record = { ...FULL, story: LONG, facts: told({ name: HOSTILE, goods: HOSTILE }) }
    const page = await visit('&format=page', PHONE)
    expect(await page.evaluate('window.ran')).toBeUndefined()
    expect(await page.locator('img, script').count()).toBe(0)
    expect(await sideways(page)).toBe(0)
    expect(await page.locator('blockquote').innerText()).toContain('<script>window.ran = 1</script>')
  })

  it('print on A4, without what is only for the screen', async () => {
    const pages = async (of: typeof FULL, more: string) => {
      record = of
      const page = await visit(more)
      await page.emulateMedia({ media: 'print' })
      expect(await page.locator('.notes').isVisible()).toBe(false)
      const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1')
      // 210 × 297 mm in points.
      expect(
        pdf
          .match(/\/MediaBox \[0 0 (\d+)[.\d]* (\d+)[.\d]*\]/)
          ?.slice(1)
          .map(Number),
      ).toEqual([594, 841])
      return [...pdf.matchAll(/\/Type \/Page\b/g)].length
    }
    expect(await pages(FULL, '&format=page')).toBe(2)
    expect(await pages(BARE, '&format=page')).toBe(2)
    expect(await pages(FULL, '&format=page&what=biennhan')).toBe(1)
    expect(await pages({ ...FULL, story: LONG }, '&format=page')).toBeGreaterThan(2)
  })

  it('never leave a signature alone on its page', async () => {
    const page = await visit('&format=page')
    await page.emulateMedia({ media: 'print' })
    expect(await page.evaluate('getComputedStyle(document.querySelector(".signed")).breakInside')).toBe('avoid')
    expect(await page.locator('.signed > p').count()).toBe(2)
  })

  it('ask the server for nothing else, and the browser complains of nothing', () => {
    expect(complaints).toEqual([])
  })
})
