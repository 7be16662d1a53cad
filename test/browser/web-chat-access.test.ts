import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { ANSWER, ask, CHROMIUM, focused, House, press, sideways, until } from './web-chat-kit.ts'

const LONG = 'khongdaucach'.repeat(30)

async function troubles(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze()
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${JSON.stringify(target)}`))
}

/** Controls that a finger could miss. */
const small = (page: Page) =>
  page.evaluate(`[...document.querySelector('an-tam-chat').shadowRoot.querySelectorAll('button, textarea, a')].flatMap((node) => {
    const { width, height } = node.getBoundingClientRect()
    // A number in a line of text and a link in one are widened by what is around them.
    const inText = node.matches('.mark, p a, li a, .skip')
    return width === 0 || inText || (Math.round(width) >= 44 && Math.round(height) >= 44) ? [] : [node.className + ' ' + width + '×' + height]
  })`)

describe.skipIf(CHROMIUM === undefined)('the chat for everybody', { timeout: 60_000 }, () => {
  const house = new House()

  it.each(['light', 'dark'] as const)('has nothing for axe to find on the page in %s', async (colorScheme) => {
    house.script.reply = () => ({ ...ANSWER, status: 'clarify' })
    const page = await house.visit({ colorScheme, reducedMotion: 'reduce' })
    await page.waitForSelector('.attach:not([hidden])')
    expect(await troubles(page)).toEqual([])
    await ask(page, 'hỏi')
    await page.waitForSelector('.reply')
    house.script.own({ owner: 'staff', officer: 'Chị Lan' })
    house.script.say({ author: 'staff', status: 'staff', officer: 'Chị Lan', text: 'Chào bạn.' })
    await page.waitForSelector('.reply-staff')
    house.script.refuse = (path) => (path.endsWith('messages') ? { status: 413, message: 'Dài quá.' } : undefined)
    await ask(page, 'dài')
    await page.waitForSelector('.own-refused')
    await press(page, 'Chưa ổn')
    await page.waitForSelector('.feedback-word textarea')
    house.script.typing({ author: 'staff', on: true })
    await page.waitForSelector('.waiting:not([hidden])')
    expect(await troubles(page)).toEqual([])
    await press(page, 'Mở trình đơn')
    expect(await troubles(page)).toEqual([])
    await press(page, 'Quyền riêng tư và ai vận hành')
    expect(await troubles(page)).toEqual([])
    await press(page, 'Đóng')
    await page.click('.chip >> nth=1')
    expect(await troubles(page)).toEqual([])
    await page.keyboard.press('Escape')
    await press(page, 'Gửi ảnh hoặc tệp PDF')
    expect(await troubles(page)).toEqual([])
  })

  it.each(['light', 'dark'] as const)('has nothing for axe to find in the widget in %s, closed and open', async (colorScheme) => {
    const html = `<!doctype html><html lang="vi"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Phường</title></head><body><main><h1>Phường</h1></main><script async src="${house.script.base}an-tam-chat.js"></script><an-tam-chat></an-tam-chat></body></html>`
    const page = await house.embed({ colorScheme, html, reducedMotion: 'reduce', viewport: { width: 1000, height: 800 } })
    await page.waitForSelector('.launcher')
    expect(await troubles(page)).toEqual([])
    await page.click('.launcher')
    await ask(page, 'hỏi')
    await page.waitForSelector('.reply')
    expect(await troubles(page)).toEqual([])
    await page.setViewportSize({ width: 390, height: 780 })
    await page.waitForSelector('.panel.full')
    expect(await troubles(page)).toEqual([])
  })

  it('says each finished answer once, shortened, and what is typed never', async () => {
    const page = await house.visit()
    expect(await page.getAttribute('[role=log]', 'aria-live')).toBe('off')
    await page.evaluate(`(() => {
      window.heard = []
      const region = document.querySelector('an-tam-chat').shadowRoot.querySelector('[aria-live=polite]')
      new MutationObserver((changes) => { for (const { addedNodes } of changes) for (const node of addedNodes) window.heard.push(node.textContent) })
        .observe(region, { childList: true, subtree: true, characterData: true })
    })()`)
    await ask(page, 'hỏi')
    await page.waitForSelector('.reply')
    house.script.own({ owner: 'waiting' })
    house.script.say({ author: 'staff', status: 'staff', officer: 'Chị Lan', text: `Chào bạn. ${'Rất dài. '.repeat(100)}` })
    await page.waitForSelector('.reply-staff')
    house.script.cut()
    await page.waitForSelector('.reply')
    const [answer, owner, staff, ...more] = (await page.evaluate('window.heard')) as string[]
    expect(answer).toBe('An Tâm trả lời: Làm ngay. Ngừng chuyển tiền. Gọi ngân hàng, gọi 113.')
    expect(owner).toBe('Bạn đang chờ cán bộ')
    expect(staff).toMatch(/^Chị Lan nhắn: Chào bạn\..*… Phần còn lại có trong cuộc trò chuyện\.$/)
    expect([staff?.length ?? 0, more]).toEqual([expect.toSatisfy((length: number) => length < 520), []])
  })

  it('can be used by keyboard alone', async () => {
    const page = await house.visit({ viewport: { width: 1000, height: 800 } })
    await page.waitForSelector('.attach:not([hidden])')
    await page.keyboard.press('Tab')
    expect(await focused(page)).toBe('Đến ô đặt câu hỏi')
    await page.keyboard.press('Enter')
    expect(await focused(page)).toBe('Câu hỏi của bạn')
    await page.keyboard.type('dòng một')
    await page.keyboard.press('Shift+Enter')
    await page.keyboard.type('dòng hai')
    await page.keyboard.press('Enter')
    await page.waitForSelector('.reply')
    expect(house.script.received[0]).toMatchObject({ text: 'dòng một\ndòng hai' })
    expect(await focused(page)).toBe('Câu hỏi của bạn')
    for (let i = 0; i < 30 && !(await focused(page)).startsWith('2Luật'); i++) await page.keyboard.press('Shift+Tab')
    const outline = 'getComputedStyle(document.querySelector("an-tam-chat").shadowRoot.activeElement).outlineStyle'
    expect(await page.evaluate(outline)).toBe('solid')
    await page.keyboard.press('Enter')
    await page.waitForSelector('.sheet')
    expect(await focused(page)).toBe('Đóng')
    await page.keyboard.press('Escape')
    expect(await focused(page)).toMatch(/^2Luật/)
  })

  it('opens the menu by keyboard and is back on it afterwards', async () => {
    const page = await house.visit()
    await page.focus('.menu-place button')
    await page.keyboard.press('Enter')
    await page.keyboard.press('ArrowDown')
    expect(await focused(page)).toBe('Gặp cán bộ')
    await page.keyboard.press('ArrowUp')
    expect(await focused(page)).toBe('Xóa cuộc trò chuyện')
    await page.keyboard.press('Enter')
    await page.keyboard.press('Escape')
    expect(await focused(page)).toBe('Mở trình đơn')
    await page.keyboard.press('Enter')
    await page.keyboard.press('Escape')
    expect([await page.isVisible('.menu'), await focused(page)]).toEqual([false, 'Mở trình đơn'])
    await page.keyboard.press('Enter')
    await page.mouse.click(20, 600)
    expect(await page.isVisible('.menu')).toBe(false)
  })

  it.each([320, 390])('fits a phone of %d pixels, also with a word without end, and every control is big enough', async (width) => {
    house.script.reply = () => ({
      ...ANSWER,
      sections: [{ heading: LONG, kind: 'steps', lines: [{ text: `${LONG}. Gọi 1800.6838 nhé`, citations: [0] }] }, ...ANSWER.sections],
      choices: [LONG, 'Gặp cán bộ'],
    })
    const page = await house.visit({ viewport: { width, height: 568 }, isMobile: true, hasTouch: true })
    await page.waitForSelector('.attach:not([hidden])')
    expect([await sideways(page), await small(page)]).toEqual([0, []])
    await ask(page, `${LONG}?`)
    await page.waitForSelector('.reply')
    house.script.own({ owner: 'staff', officer: LONG })
    house.script.say({ author: 'staff', status: 'staff', officer: LONG, text: LONG })
    await page.waitForSelector('.reply-staff')
    expect([await sideways(page), await small(page)]).toEqual([0, []])
    for (const open of ['.chip >> nth=0', '.attach']) {
      await page.click(open)
      await page.waitForSelector('.sheet')
      expect([await sideways(page), await small(page)]).toEqual([0, []])
      await page.keyboard.press('Escape')
    }
    await press(page, 'Mở trình đơn')
    expect([await sideways(page), await small(page)]).toEqual([0, []])
  })

  it('leaves room to read when it is zoomed to twice the size', async () => {
    // 200 % of a phone's or a small laptop's window: half of its pixels.
    const page = await house.visit({ viewport: { width: 320, height: 300 } })
    await ask(page, 'hỏi')
    await page.waitForSelector('.reply')
    expect(await sideways(page)).toBe(0)
    const fixed = await page.evaluate(
      `[...document.querySelector('an-tam-chat').shadowRoot.querySelectorAll('.head, .foot')].map((node) => getComputedStyle(node).position)`,
    )
    expect(fixed).toEqual(['static', 'static'])
  })

  it('moves nothing for who asked for less motion', async () => {
    const page = await house.visit({ reducedMotion: 'reduce' })
    await ask(page, 'hỏi')
    await page.click('.chip >> nth=0')
    const motion = 'getComputedStyle(document.querySelector("an-tam-chat").shadowRoot.querySelector(".sheet")).animationName'
    expect(await page.evaluate(motion)).toBe('none')
  })

  it('does not move who is reading further up, and shows where the new message is', async () => {
    const page = await house.visit({ viewport: { width: 390, height: 500 } })
    await ask(page, 'một')
    await page.waitForSelector('.reply')
    await page.evaluate('scrollTo(0, 0)')
    await until(page, 'scrollY === 0')
    house.script.say({ text: 'tin sau' })
    await page.waitForSelector('.fresh:not([hidden])')
    expect(await page.evaluate('scrollY')).toBe(0)
    await page.click('.fresh')
    await until(page, 'scrollY > 100')
    expect(await page.isVisible('.fresh')).toBe(false)
  })

  it('begins an answer at its question', async () => {
    const page = await house.visit({ viewport: { width: 390, height: 500 } })
    await ask(page, 'một')
    await page.waitForSelector('.reply')
    await until(
      page,
      `(() => {
      const top = document.querySelector('an-tam-chat').shadowRoot.querySelector('.own').getBoundingClientRect().top
      return top > 60 && top < 160
    })()`,
    )
  })
})
