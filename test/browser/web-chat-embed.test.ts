import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { ask, CHROMIUM, focused, House, hostPage, plain, press, seen, sideways, until } from './web-chat-kit.ts'

const DESK = { viewport: { width: 1100, height: 800 } }
const PHONE = { viewport: { width: 320, height: 568 }, isMobile: true, hasTouch: true }

/** The panel slides in: where it comes to rest counts. */
const settledAt = (page: Page, box: object) => expect.poll(() => page.locator('.panel').boundingBox(), { timeout: 8_000 }).toEqual(box)

describe.skipIf(CHROMIUM === undefined)('the chat on the page of somebody else', { timeout: 30_000 }, () => {
  const house = new House()

  it('is a button that asks the server nothing before it is opened', async () => {
    const page = await house.embed(DESK)
    const asked: string[] = []
    page.on('request', (request) => asked.push(request.url()))
    await page.waitForSelector('.launcher')
    expect(await page.locator('.panel').count()).toBe(0)
    expect(asked.filter((url) => url.includes('/api/'))).toEqual([])
    await page.click('.launcher')
    await page.waitForSelector('.panel .attach:not([hidden])')
    expect(asked.filter((url) => url.includes('/api/')).every((url) => url.startsWith(`${house.script.base}api/chat/about`))).toBe(true)
  })

  it('answers there, with its own looks', async () => {
    const page = await house.embed(DESK)
    await page.click('.launcher')
    await ask(page, 'Sửa 4 lần vẫn lỗi?')
    await page.waitForSelector('.reply')
    const look = await page.evaluate(`(() => {
      const style = getComputedStyle(document.querySelector('an-tam-chat').shadowRoot.querySelector('.part p'))
      return [style.letterSpacing, style.textTransform, style.fontSize, style.color]
    })()`)
    expect(look).toEqual(['normal', 'none', '16px', 'rgb(28, 42, 40)'])
    expect(await page.evaluate('Object.keys(localStorage).every((key) => key.includes(location.protocol))')).toBe(true)
  })

  it('never stands in the way of the page around it', async () => {
    const page = await house.embed(DESK)
    await page.click('#link')
    await page.click('.launcher')
    await page.waitForSelector('.panel')
    await page.evaluate('location.hash = ""')
    await page.click('#link')
    expect(await page.evaluate('location.hash')).toBe('#x')
    expect(await page.isVisible('.panel')).toBe(true)
    await page.mouse.move(200, 400)
    await page.mouse.wheel(0, 300)
    await until(page, 'scrollY > 0')
    expect(await sideways(page)).toBe(0)
  })

  it('gives the focus to the box when it opens and back to the button when it closes', async () => {
    const page = await house.embed(DESK)
    await page.waitForSelector('.launcher')
    await page.focus('.launcher')
    await page.keyboard.press('Enter')
    expect(await focused(page)).toBe('Câu hỏi của bạn')
    await page.keyboard.press('Escape')
    expect(await page.isVisible('.panel')).toBe(false)
    expect(await focused(page)).toBe('Hỏi An Tâm')
    await page.keyboard.press('Enter')
    await press(page, 'Đóng khung trò chuyện')
    expect(await focused(page)).toBe('Hỏi An Tâm')
    expect(await page.getAttribute('.launcher', 'aria-expanded')).toBe('false')
    // The panel is opened anew when the window becomes small; the way back stays the same.
    await page.keyboard.press('Enter')
    await page.setViewportSize({ width: 390, height: 780 })
    await page.waitForSelector('.panel.full')
    await page.focus('.question')
    await page.keyboard.press('Escape')
    expect(await focused(page)).toBe('Hỏi An Tâm')
  })

  it('closes one thing at a time with Escape', async () => {
    const page = await house.embed(DESK)
    await page.click('.launcher')
    await ask(page, 'hỏi')
    await page.click('.chip >> nth=0')
    await page.keyboard.press('Escape')
    expect([await page.locator('.sheet').count(), await page.isVisible('.panel')]).toEqual([0, true])
    await press(page, 'Mở trình đơn')
    await page.keyboard.press('Escape')
    expect([await page.isVisible('.menu'), await page.isVisible('.panel')]).toEqual([false, true])
    await page.keyboard.press('Escape')
    expect(await page.isVisible('.panel')).toBe(false)
  })

  it('covers a phone as a dialog, with the page behind it out of reach', async () => {
    const page = await house.embed(PHONE)
    await page.tap('.launcher')
    await page.waitForSelector('.panel.full')
    await settledAt(page, { x: 0, y: 0, width: 320, height: 568 })
    expect(await page.getByRole('dialog', { name: 'Khung trò chuyện với An Tâm' }).count()).toBe(1)
    expect(await page.evaluate('document.querySelector("an-tam-chat").shadowRoot.querySelector("dialog").matches(":modal")')).toBe(true)
    for (let i = 0; i < 25; i++) {
      await page.keyboard.press('Tab')
      expect(await page.evaluate('document.activeElement.id')).not.toBe('link')
    }
    await page.keyboard.press('Escape')
    expect(await page.isVisible('.panel')).toBe(false)
  })

  it('opens and closes also on phones that know no dialog', async () => {
    const page = await house.embed({ ...PHONE, oldDialog: true })
    await page.tap('.launcher')
    await page.waitForSelector('.panel[open]')
    await settledAt(page, { x: 0, y: 0, width: 320, height: 568 })
    await page.keyboard.press('Escape')
    expect([await page.isVisible('.panel'), await focused(page)]).toEqual([false, 'Hỏi An Tâm'])
  })

  it('counts what came while it was closed', async () => {
    const page = await house.embed(DESK)
    await page.click('.launcher')
    await ask(page, 'gặp người')
    await page.waitForSelector('.reply')
    await press(page, 'Đóng khung trò chuyện')
    house.script.say({ author: 'staff', status: 'staff', officer: 'Chị Lan', text: 'Chào bạn.' })
    await page.waitForSelector('.launcher[data-unread="1"]')
    expect(await page.getAttribute('.launcher', 'aria-label')).toBe('Hỏi An Tâm, có 1 tin mới')
    await page.click('.launcher')
    expect(await page.getAttribute('.launcher', 'data-unread')).toBe('')
    await page.waitForSelector('.reply-staff')
  })

  it('says one sentence where the server does not let it in', async () => {
    const page = await house.embed({ ...DESK, listed: false })
    await page.click('.launcher')
    await page.waitForSelector('.blocked:not(:empty)')
    expect(await seen(page, '.blocked')).toBe('An Tâm chưa mở ở trang này. Bạn gọi tổng đài quốc gia 1800.6838 (miễn phí) để được giúp.')
    expect(await page.isVisible('.foot')).toBe(false)
    await press(page, 'Đóng khung trò chuyện')
    await page.click('#link')
    // The browser itself complains of the refusal.
    house.complaints = house.complaints.filter((words) => !words.includes('blocked by CORS policy'))
  })

  it('is harmless twice, and when its script is loaded again', async () => {
    const again = `<an-tam-chat></an-tam-chat><script src="${house.script.base}an-tam-chat.js"></script>`
    const page = await house.embed({ ...DESK, html: hostPage(house.script.base, again) })
    await page.waitForSelector('.launcher')
    expect(await page.locator('.launcher').count()).toBe(1)
    await page.click('.launcher')
    await ask(page, 'hỏi')
    await page.waitForSelector('.reply')
  })

  it('may be moved, taken out and put back', async () => {
    house.script.reply = () => plain('đáp')
    const page = await house.embed(DESK)
    await page.click('.launcher')
    await ask(page, 'hỏi')
    await page.waitForSelector('.reply')
    await page.evaluate('window.chat = document.querySelector("an-tam-chat"); window.chat.remove()')
    expect(await page.locator('.launcher').count()).toBe(0)
    await page.evaluate('document.body.prepend(window.chat)')
    await page.click('.launcher')
    await page.waitForSelector('.reply')
    expect(await page.locator('.launcher').count()).toBe(1)
  })

  it('goes to another server where the attribute names one', async () => {
    const html = hostPage(house.script.base).replace('<an-tam-chat>', `<an-tam-chat server="${house.script.base}nha-khac/">`)
    const page = await house.embed({ ...DESK, html })
    const asked = page.waitForRequest(`${house.script.base}nha-khac/api/chat/about`)
    await page.click('.launcher')
    await asked
    house.complaints = []
  })

  it('prints only the conversation, and leaves the page as it was', async () => {
    const page = await house.embed(DESK)
    await page.click('.launcher')
    await ask(page, 'hỏi')
    await page.waitForSelector('.reply')
    await page.evaluate('window.print = () => {}')
    await press(page, 'Mở trình đơn')
    await press(page, 'In hoặc lưu PDF')
    await page.emulateMedia({ media: 'print' })
    expect([await page.isVisible('h1 >> text=Trang của phường'), await page.isVisible('an-tam-paper .reply')]).toEqual([false, true])
    await page.evaluate('dispatchEvent(new Event("afterprint"))')
    expect([await page.isVisible('h1 >> text=Trang của phường'), await page.locator('an-tam-paper').count()]).toEqual([true, 0])
  })
})
