/** Quizzes in a real browser: the open page without script at phone width, by hand and by keyboard, and the console's page on the real routes. */
import { AxeBuilder } from '@axe-core/playwright'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { QUIZ_PAGE } from '../../bot/wording/quiz.ts'
import { placeFor } from '../adapters/quiz-page/kit.ts'
import { AGENT, Desk } from '../console/kit.ts'
import { CHROMIUM, newPage, openBrowser, sideways } from './web-chat-kit.ts'

const PHONE = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true }
const SCREENS = process.env['ANTAM_SCREENS']

describe.skipIf(CHROMIUM === undefined)('quizzes', { timeout: 120_000 }, () => {
  const complaints: string[] = []
  let desk: Desk
  let browser: Browser
  let base = ''
  let cookies: { name: string; value: string }[] = []

  beforeAll(async () => {
    desk = await new Desk().open()
    await desk.parts.answerer.opened
    const admin = await desk.settle(await desk.firstToken(), { name: 'Chị Lan' })
    await desk.officer(admin, 'minh', 'officer', 'Anh Minh')
    base = await desk.app.listen({ host: '127.0.0.1', port: 0 })
    cookies = [...admin.cookies].map(([name, value]) => ({ name, value }))
    browser = await openBrowser()
  }, 120_000)
  afterAll(async () => {
    await browser?.close()
    await desk?.close()
  })

  const visit = async (path: string, options: BrowserContextOptions = {}): Promise<Page> => {
    // The clock stands still otherwise, and so would what one address may ask for.
    desk.now += 60_000
    const page = await newPage(browser, [base], complaints, options)
    await page.goto(`${base}${path}`)
    return page
  }
  const inside = async (path: string, options: BrowserContextOptions = {}): Promise<Page> => {
    const page = await newPage(browser, [base], complaints, { ...options, userAgent: AGENT })
    await page
      .context()
      .addCookies(cookies.map((one) => ({ ...one, domain: '127.0.0.1', path: '/', secure: true, httpOnly: true, sameSite: 'Strict' as const })))
    await page.goto(`${base}/console${path}`)
    return page
  }
  const troubles = async (page: Page) => (await new AxeBuilder({ page }).analyze()).violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)
  const fits = async (page: Page, name: string) => {
    if (SCREENS) await page.screenshot({ path: `${SCREENS}/${name}.png`, fullPage: true })
    expect([name, await troubles(page), await sideways(page)]).toEqual([name, [], 0])
  }
  /** Where the right answer, or another one, stands on the page. */
  const place = async (page: Page, right: boolean) =>
    placeFor(await page.locator('legend').innerText(), await page.locator('.choice span').allInnerTexts(), right)

  it.each([
    ['a phone', PHONE],
    ['a desk', { viewport: { width: 1280, height: 900 } }],
  ])('are taken on %s without script, with nothing for axe to find on the way', async (name, options) => {
    const page = await visit('/trac-nghiem', { ...options, javaScriptEnabled: false })
    const look = async (what: string) => {
      if (SCREENS) await page.screenshot({ path: `${SCREENS}/page-${name}-${what}.png`, fullPage: true })
      expect(await page.locator('main').evaluate((node) => node.scrollWidth - node.clientWidth)).toBe(0)
    }
    await look('list')
    await page.getByRole('link', { name: 'Nhãn hàng và quảng cáo' }).click()
    await page.getByRole('combobox').selectOption('Phường Pleiku')
    await look('start')
    await page.getByRole('button', { name: QUIZ_PAGE.start }).click()
    for (let i = 0; i < 7; i++) {
      await page
        .locator('.choice')
        .nth(await place(page, i > 1))
        .click()
      if (i === 0) await look('question')
      await page.getByRole('button', { name: QUIZ_PAGE.answer }).click()
      await page
        .getByText(i > 1 ? QUIZ_PAGE.right : QUIZ_PAGE.wrong)
        .first()
        .waitFor()
      if (i === 0) await look('verdict')
      await page.getByRole('link', { name: i < 6 ? QUIZ_PAGE.next : QUIZ_PAGE.toResult }).click()
    }
    await page.getByText(QUIZ_PAGE.score(5, 7)).waitFor()
    await look('result')
    await page.context().close()
  })

  it('have nothing for axe to find at 390 pixels, page by page', async () => {
    const page = await visit('/trac-nghiem', PHONE)
    await fits(page, 'phone-list')
    await page.getByRole('link', { name: 'Nhãn hàng và quảng cáo' }).tap()
    await page.getByRole('combobox').waitFor()
    await fits(page, 'phone-start')
    await page.getByRole('button', { name: QUIZ_PAGE.start }).tap()
    await page.locator('legend').waitFor()
    await fits(page, 'phone-question')
    for (let i = 0; i < 7; i++) {
      await page
        .locator('.choice')
        .nth(await place(page, false))
        .tap()
      await page.getByRole('button', { name: QUIZ_PAGE.answer }).tap()
      await page.getByText(QUIZ_PAGE.wrong).first().waitFor()
      await page.locator('summary').first().tap()
      if (i === 0) await fits(page, 'phone-verdict')
      await page.getByRole('link', { name: i < 6 ? QUIZ_PAGE.next : QUIZ_PAGE.toResult }).tap()
      if (i < 6) await page.getByRole('button', { name: QUIZ_PAGE.answer }).waitFor()
    }
    await page.getByText(QUIZ_PAGE.score(0, 7)).waitFor()
    await fits(page, 'phone-result')
    // What is worth reading again is asked in the chat, with the question written already.
    await page.locator('a[href^="/?hoi="]').first().tap()
    const box = page.getByRole('textbox')
    await box.waitFor()
    expect(await box.inputValue()).toMatch(/nhãn/)
    expect(new URL(page.url()).search).toBe('')
    await page.goto(`${base}/trac-nghiem/khong-co`)
    await fits(page, 'phone-lost')
    await page.context().close()
  })

  it('are answered with the keyboard alone', async () => {
    const page = await visit('/trac-nghiem/nguoi-mua-ne-bay')
    await page.getByRole('button', { name: QUIZ_PAGE.start }).focus()
    await page.keyboard.press('Enter')
    await page.locator('legend').waitFor()
    const right = await place(page, true)
    await page.getByRole('radio').first().focus()
    await page.keyboard.press('Space')
    for (let i = 0; i < right; i++) await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await page.getByText(QUIZ_PAGE.right).first().waitFor()
    await page.context().close()
  })

  it('stand in the console with who has passed what, on a desk and on a phone', async () => {
    for (const [name, options] of [
      ['desk', { viewport: { width: 1280, height: 900 } }],
      ['phone', PHONE],
    ] as const) {
      const page = await inside('/training', options)
      await page.getByText('Bài của bạn').waitFor()
      await page.getByRole('heading', { name: 'Số liệu trang công khai' }).waitFor()
      await page.getByText('Lượt đạt trên trang công khai').first().waitFor()
      await page.getByText('Mọi câu hỏi đều khớp').waitFor()
      await fits(page, `console-${name}`)
      await page.context().close()
    }
  })

  it('are taken in the console, and the list says afterwards that it was passed', async () => {
    const page = await inside('/training')
    const title = 'Giữ dữ liệu cá nhân của người dân'
    await page.getByRole('link', { name: `Làm bài: ${title}` }).click()
    for (let i = 0; i < 7; i++) {
      await page.locator('legend').waitFor()
      const ask = await page.locator('legend').innerText()
      const answers = await page.locator('.choice span').allInnerTexts()
      if (i === 0) await page.getByRole('button', { name: 'Trả lời' }).click()
      if (i === 0) await page.getByText('Chọn một câu trả lời').waitFor()
      await page
        .getByRole('radio')
        .nth(placeFor(ask, answers, i > 0))
        .check()
      if (i === 0) await fits(page, 'console-question')
      await page.getByRole('button', { name: 'Trả lời' }).click()
      await page.getByRole('heading', { name: i > 0 ? 'Đúng rồi' : 'Chưa đúng' }).waitFor()
      if (i === 0) await fits(page, 'console-verdict')
      await page.getByRole('button', { name: i < 6 ? 'Câu tiếp theo' : 'Xem kết quả' }).click()
    }
    await page.getByRole('heading', { name: 'Bạn đúng 6 trên 7 câu. Đạt' }).waitFor()
    await fits(page, 'console-result')
    await page.getByRole('link', { name: 'Về danh sách' }).first().click()
    await page.getByRole('link', { name: `Làm lại: ${title}` }).waitFor()
    expect(await page.getByText('Đã đạt').count()).toBeGreaterThan(0)
    await page.context().close()
    expect(complaints).toEqual([])
  })
})
