import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { CASE, CHAT, Office } from './console-kit.ts'
import { CHROMIUM, focused, press, sideways } from './web-chat-kit.ts'

const PAGES = {
  queue: '',
  chat: `chats/${CHAT}`,
  cases: 'cases',
  case: `cases/${CASE}`,
  'new case': 'cases/new',
  clusters: 'clusters',
  search: 'search?q=noi',
  reports: 'reports',
  report: 'reports/r-1',
  replies: 'replies',
  officers: 'officers',
  audit: 'audit',
  account: 'account',
  'no page': 'nothing/here',
  'set-up': 'set-up/token',
} as const

async function troubles(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze()
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${JSON.stringify(target)}`))
}

/** Controls that a finger could miss. */
const small = (page: Page) =>
  page.evaluate(`[...document.querySelectorAll('button, a, input:not([type=hidden]), select, textarea, summary')].flatMap((node) => {
    const { width, height } = node.getBoundingClientRect()
    // A tick is widened by its label.
    if (width === 0 || node.matches('.skip, .choice input') || (Math.round(width) >= 44 && Math.round(height) >= 44)) return []
    return [node.className + ' ' + node.textContent + ' ' + width + '×' + height]
  })`)

const inner = (page: Page) => page.evaluate('(node => node.scrollWidth - node.clientWidth)(document.querySelector("main"))')

/** Until the page shows what it was opened for. */
async function ready(page: Page): Promise<void> {
  await page.waitForSelector('h1')
  await expect.poll(() => page.locator('.loading').count()).toBe(0)
}

describe.skipIf(CHROMIUM === undefined)('the console for everybody', { timeout: 120_000 }, () => {
  const office = new Office()

  it.each(['light', 'dark'] as const)('has nothing for axe to find on any page in %s, and one main heading on each', async (colorScheme) => {
    const page = await office.visit('', { colorScheme, reducedMotion: 'reduce' })
    const found: Record<string, unknown> = {}
    for (const [name, path] of Object.entries(PAGES)) {
      await page.goto(office.desk.base + path)
      await ready(page)
      found[name] = [await troubles(page), await page.locator('h1').count()]
    }
    office.desk.me = undefined
    await page.goto(office.desk.base)
    await page.waitForSelector('input[type=password]')
    found['sign-in'] = [await troubles(page), await page.locator('h1').count()]
    expect(found).toEqual(Object.fromEntries([...Object.keys(PAGES), 'sign-in'].map((name) => [name, [[], 1]])))
  })

  it('has nothing for axe to find where there is nothing to show, and teaches what comes', async () => {
    office.desk.empty = true
    const page = await office.visit('', { reducedMotion: 'reduce' })
    const [found, words]: [string[], string[]] = [[], []]
    for (const path of ['', `chats/${CHAT}`, 'cases', 'clusters', 'search?q=noi', 'reports', 'replies', 'audit']) {
      await page.goto(office.desk.base + path)
      await ready(page)
      found.push(...(await troubles(page)))
      words.push((await page.locator('.empty, .counts').allInnerTexts()).join(' '))
    }
    expect(found).toEqual([])
    expect(words[0]).toContain('Chưa ai chờ. Khi có người cần gặp cán bộ')
    expect(words.filter((one) => one === '')).toEqual([])
  })

  it('has nothing for axe to find in any window, which starts at its first field and gives the focus back', async () => {
    const windows: readonly (readonly [path: string, opener: string, first: string])[] = [
      [`chats/${CHAT}`, 'Giao lại trợ lý', 'Kết quả'],
      [`chats/${CHAT}`, 'Khép lại', 'Kết quả'],
      [`chats/${CHAT}`, 'Câu mẫu', 'Lọc theo tên hoặc nội dung'],
      [`chats/${CHAT}`, 'Căn cứ', 'Từ khóa hoặc số điều'],
      [`cases/${CASE}`, 'Đóng hồ sơ', ''],
      [`cases/${CASE}`, 'Hỏi thêm', 'Cần người dân bổ sung gì'],
      [`cases/${CASE}`, 'Khóa hồ sơ', 'Lý do khóa'],
      [`cases/${CASE}`, 'Xem số đầy đủ', 'Vì sao cần xem'],
      ['reports', 'Lập báo cáo năm', 'Năm'],
      ['replies', 'Thêm câu mẫu', 'Tên gọi'],
      ['officers', 'Thêm cán bộ', 'Tên đăng nhập'],
    ]
    const page = await office.visit('', { reducedMotion: 'reduce' })
    for (const [path, opener, first] of windows) {
      await page.goto(office.desk.base + path)
      await ready(page)
      await press(page, opener)
      await page.waitForSelector('dialog[open]')
      await ready(page)
      expect([opener, await troubles(page)]).toEqual([opener, []])
      expect(await page.evaluate('document.activeElement.labels?.[0]?.textContent ?? ""')).toContain(first)
      await page.keyboard.press('Escape')
      await expect.poll(() => page.locator('dialog').count()).toBe(0)
      expect(await focused(page)).toBe(opener)
    }
  })

  it.each([320, 390])('fits a phone of %d pixels on every page, and every control is big enough', async (width) => {
    const page = await office.visit('', { viewport: { width, height: 680 }, isMobile: true, hasTouch: true, reducedMotion: 'reduce' })
    for (const [name, path] of Object.entries(PAGES)) {
      await page.goto(office.desk.base + path)
      await ready(page)
      expect([name, await sideways(page), await inner(page), await small(page)]).toEqual([name, 0, 0, []])
    }
    await page.goto(`${office.desk.base}chats/${CHAT}`)
    await press(page, 'Tóm tắt và ghi chú')
    await page.waitForSelector('.panel:visible')
    expect([await troubles(page), await sideways(page), await small(page)]).toEqual([[], 0, []])
  })

  it('says where one has come to, and can be gone through by keyboard alone', async () => {
    const page = await office.visit()
    await ready(page)
    await page.keyboard.press('Tab')
    expect(await focused(page)).toBe('Đến nội dung chính')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Tab')
    expect(await focused(page)).toBe('Hồ sơ')
    expect(await page.evaluate('getComputedStyle(document.activeElement).outlineStyle')).toBe('solid')
    await page.keyboard.press('Enter')
    await expect.poll(() => focused(page)).toBe('Hồ sơ')
    expect(await page.evaluate('document.activeElement.tagName')).toBe('H1')
    expect(await page.title()).toBe('Hồ sơ – An Tâm')
    await page.goBack()
    await expect.poll(() => page.title()).toBe('Hàng đợi – An Tâm')
    expect(await page.evaluate('document.activeElement.tagName')).toBe('H1')
  })

  it('moves nothing for who asked for less motion', async () => {
    const page = await office.visit(`chats/${CHAT}`, { reducedMotion: 'reduce' })
    await press(page, 'Khép lại')
    expect(await page.evaluate('getComputedStyle(document.querySelector("dialog")).animationName')).toBe('none')
  })
})
