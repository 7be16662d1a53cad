import type { BrowserContext, Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { ask, CHROMIUM, frame, House, plain, press, seen, until } from './web-chat-kit.ts'

const said = (page: Page) => page.locator('.said').allInnerTexts()
const replies = (page: Page) => page.locator('.reply').allInnerTexts()
const unsent = (page: Page) => page.evaluate('Object.keys(localStorage).filter((key) => key.includes("out:"))')
/** What was said aloud so far, each time once. */
const listen = (page: Page) =>
  page.evaluate(`(() => {
    window.heard = []
    const region = document.querySelector('an-tam-chat').shadowRoot.querySelector('[aria-live=polite]')
    new MutationObserver((changes) => { for (const { addedNodes } of changes) for (const node of addedNodes) window.heard.push(node.textContent) })
      .observe(region, { childList: true, subtree: true, characterData: true })
  })()`)
const heard = (page: Page) => page.evaluate('window.heard') as Promise<string[]>
/** A tab as it is when the phone puts it to sleep and wakes it: what the page is told, at once. */
const becomeVisible = (page: Page) => page.evaluate('document.dispatchEvent(new Event("visibilitychange"))')
const second = async (context: BrowserContext, base: string) => {
  const page = await context.newPage()
  await page.goto(base)
  return page
}

describe.skipIf(CHROMIUM === undefined)('the chat on a bad line', { timeout: 40_000 }, () => {
  const house = new House()
  const echo = () => {
    house.script.reply = (sent) => plain(`đáp: ${'text' in sent ? sent.text : ''}`)
  }

  it('sends once what was accepted although the answer was lost', async () => {
    echo()
    const page = await house.visit()
    await ask(page, 'một')
    await page.waitForSelector('.reply')
    house.script.swallow = () => true
    await ask(page, 'hai')
    await page.waitForSelector('.reply >> nth=1')
    // The stream already brought it: there is nothing left to send.
    expect(await unsent(page)).toEqual([])
    expect(house.script.received.map((sent) => ('text' in sent ? sent.text : ''))).toEqual(['một', 'hai'])
    expect([await said(page), await replies(page)]).toEqual([
      ['một', 'hai'],
      ['đáp: một', 'đáp: hai'],
    ])
  })

  it('keeps what is written offline and sends it by itself, in order, each once', async () => {
    echo()
    const page = await house.visit()
    await ask(page, 'một')
    await page.waitForSelector('.reply')
    await page.context().setOffline(true)
    for (const text of ['hai', 'ba', 'bốn']) await ask(page, text)
    await page.waitForSelector('.own-held >> nth=2')
    expect(await seen(page, '.own-held')).toBe('Bạn hai chưa gửi được – sẽ tự gửi lại Gửi lại')
    expect(await seen(page, '.foot .banner')).toContain('đang mất mạng')
    await page.context().setOffline(false)
    await page.waitForSelector('.reply >> nth=3')
    expect(await said(page)).toEqual(['một', 'hai', 'ba', 'bốn'])
    expect(house.script.received.map((sent) => ('text' in sent ? sent.text : ''))).toEqual(['một', 'hai', 'ba', 'bốn'])
    expect(await seen(page, '.foot .banner').catch(() => '')).toBe('')
    expect(await unsent(page)).toEqual([])
  })

  it('sends again at once when asked to', async () => {
    echo()
    house.script.refuse = (path) => (path.endsWith('messages') ? { status: 503, message: 'Máy đang bận, xin chờ.', retryAfter: 600 } : undefined)
    const page = await house.visit()
    await ask(page, 'một')
    await page.waitForSelector('.own-held')
    expect(await seen(page, '.own-held')).toContain('Máy đang bận, xin chờ.')
    house.script.refuse = () => undefined
    await press(page, 'Gửi lại')
    await page.waitForSelector('.reply')
    expect(house.script.received.length).toBe(1)
  })

  it('keeps an unsent message over a reload and sends it under the same id', async () => {
    echo()
    house.script.refuse = (path) => (path.endsWith('messages') ? { status: 503, message: 'Bận.' } : undefined)
    const page = await house.visit()
    await ask(page, 'quý giá')
    await page.waitForSelector('.own-held')
    const kept = (await page.evaluate('Object.entries(localStorage).find(([key]) => key.includes("out:"))[1]')) as string
    house.script.refuse = () => undefined
    await page.reload()
    await page.waitForSelector('.reply')
    expect(house.script.received).toEqual([(JSON.parse(kept) as { sent: unknown }).sent])
    expect(await said(page)).toEqual(['quý giá'])
  })

  it('shows why a message is refused, and puts its words back in the box on request', async () => {
    house.script.refuse = (path) => (path.endsWith('messages') ? { status: 413, message: 'Tin dài quá, bạn rút gọn nhé.' } : undefined)
    const page = await house.visit()
    await ask(page, 'một tin dài')
    await page.waitForSelector('.own-refused')
    expect(await seen(page, '.own-refused')).toContain('Tin dài quá, bạn rút gọn nhé.')
    await page.fill('.question', 'đang viết dở')
    await press(page, 'Sửa tin này')
    expect(await page.inputValue('.question')).toBe('một tin dài\nđang viết dở')
    expect(await page.locator('.own').count()).toBe(0)
    await ask(page, 'tin khác')
    await page.waitForSelector('.own-refused')
    await press(page, 'Bỏ tin này')
    expect(await page.locator('.own').count()).toBe(0)
  })

  it('brings the whole conversation back after a reload, without saying it aloud again', async () => {
    echo()
    const page = await house.visit()
    for (const [at, text] of ['một', 'hai', 'ba'].entries()) {
      await ask(page, text)
      await page.waitForSelector(`.reply >> nth=${at}`)
    }
    await page.addInitScript(`addEventListener('DOMContentLoaded', () => {
      const shadow = Element.prototype.attachShadow
      window.heard = []
      Element.prototype.attachShadow = function (options) {
        const root = shadow.call(this, options)
        new MutationObserver((changes) => {
          for (const { target, addedNodes } of changes) if (target.getAttribute?.('aria-live') === 'polite') for (const node of addedNodes) window.heard.push(node.textContent)
        }).observe(root, { childList: true, subtree: true })
        return root
      }
    })`)
    await page.reload()
    await page.waitForSelector('.reply >> nth=2')
    expect([await said(page), await replies(page)]).toEqual([
      ['một', 'hai', 'ba'],
      ['đáp: một', 'đáp: hai', 'đáp: ba'],
    ])
    expect(house.script.streamsOpened.at(-1)).toBeUndefined()
    house.script.say({ text: 'tin mới' })
    await page.waitForSelector('.reply >> nth=3')
    expect(await heard(page)).toEqual(['An Tâm trả lời: tin mới'])
  })

  it('takes events in any order and twice', async () => {
    house.script.reply = () => undefined
    const page = await house.visit()
    await ask(page, 'một')
    await page.waitForSelector('.own-kept')
    await listen(page)
    const visitor = house.script.visitor
    const reply = (text: string) => ({ name: 'message', data: { ...plain(text), author: 'assistant', id: text, at: Date.now() } }) as const
    visitor.kept.push(reply('A'), reply('B'), reply('C'))
    const [, a, b, c] = visitor.kept.map((kept, index) => frame(index + 1, kept))
    house.script.raw(`${c}${a}${c}${b}${a}`)
    await page.waitForSelector('.reply >> nth=2')
    expect(await replies(page)).toEqual(['A', 'B', 'C'])
    expect((await heard(page)).sort()).toEqual(['A', 'B', 'C'].map((text) => `An Tâm trả lời: ${text}`))
  })

  it('survives events that it does not understand', async () => {
    house.script.reply = () => undefined
    const page = await house.visit()
    await ask(page, 'một')
    await page.waitForSelector('.own-kept')
    house.script.raw('event: message\nid: x\ndata: {không phải JSON\n\nevent: lạ\nid: 900\ndata: {}\n\n')
    house.script.say({ text: 'vẫn chạy' })
    await page.waitForSelector('.reply >> text=vẫn chạy')
    expect(house.script.streamsOpened.length).toBe(1)
  })

  it('goes on from the last event when the line breaks', async () => {
    echo()
    const page = await house.visit()
    await ask(page, 'một')
    await page.waitForSelector('.reply')
    house.script.cut()
    house.script.say({ text: 'trong lúc đứt' })
    await page.waitForSelector('.reply >> text=trong lúc đứt')
    expect(house.script.streamsOpened.at(-1)).toBe(2)
    expect(await replies(page)).toEqual(['đáp: một', 'trong lúc đứt'])
  })

  it('notices a line that is silent for forty seconds', async () => {
    echo()
    const page = await house.page()
    await page.clock.install()
    await page.goto(house.script.base)
    await ask(page, 'một')
    await page.waitForSelector('.reply')
    const opened = house.script.streamsOpened.length
    // The line looks open but nothing comes through any more: the server has forgotten it.
    house.script.visitor.streams.clear()
    house.script.say({ text: 'trong lúc lặng' })
    await page.clock.runFor(39_000)
    expect(house.script.streamsOpened.length).toBe(opened)
    await page.clock.runFor(4_000)
    await page.waitForSelector('.reply >> text=trong lúc lặng')
    expect(house.script.streamsOpened.at(-1)).toBe(2)
  })

  it('looks after the line when somebody comes back to the tab', async () => {
    echo()
    const page = await house.page()
    await page.clock.install()
    await page.goto(house.script.base)
    await ask(page, 'một')
    await page.waitForSelector('.reply')
    const opened = house.script.streamsOpened.length
    await becomeVisible(page)
    house.script.visitor.streams.clear()
    house.script.say({ text: 'lúc ngủ' })
    await page.clock.runFor(20_000)
    expect(house.script.streamsOpened.length).toBe(opened)
    await becomeVisible(page)
    await page.clock.runFor(2_000)
    await page.waitForSelector('.reply >> text=lúc ngủ')
    expect(await replies(page)).toEqual(['đáp: một', 'lúc ngủ'])
  })

  it('asks for a new session once when the token no longer holds, and sends the message with it', async () => {
    echo()
    const page = await house.visit()
    await ask(page, 'một')
    await page.waitForSelector('.reply')
    const before = house.script.visitor
    for (const stream of before.streams) stream.destroy()
    house.script.visitors.clear()
    await ask(page, 'hai')
    await page.waitForSelector('.reply >> text=đáp: hai')
    expect(await said(page)).toEqual(['hai'])
    expect(await seen(page, '.banner')).toContain('đã hết hạn lưu')
    expect(house.script.received.length).toBe(2)
  })

  it('renews a token that is about to run out, and stays the same visitor', async () => {
    echo()
    const page = await house.visit()
    await ask(page, 'một')
    await page.waitForSelector('.reply')
    await page.evaluate(`(() => {
      const key = Object.keys(localStorage).find((key) => key.endsWith('session'))
      const kept = JSON.parse(localStorage.getItem(key))
      localStorage.setItem(key, JSON.stringify({ ...kept, since: Date.now() - 86400000, expiresAt: Date.now() + 3600000 }))
    })()`)
    await page.reload()
    await ask(page, 'hai')
    await page.waitForSelector('.reply >> nth=1')
    expect(house.script.visitors.size).toBe(2)
    expect(new Set(house.script.visitors.values()).size).toBe(1)
    expect(await said(page)).toEqual(['một', 'hai'])
  })

  it('says that the server cannot be reached, and that it goes on trying', async () => {
    const page = await house.page()
    await page.route('**/api/chat/**', (route) => route.abort())
    await page.goto(house.script.base)
    await ask(page, 'một')
    await page.waitForSelector('.foot .banner >> text=Chưa nối được tới An Tâm')
    await page.waitForSelector('.own-held')
    await page.unroute('**/api/chat/**')
    await page.waitForSelector('.reply', { timeout: 30_000 })
    await until(page, 'document.querySelector("an-tam-chat").shadowRoot.querySelector(".foot .banner").textContent === ""')
  })

  it('works without storage, and says what that means', async () => {
    echo()
    const page = await house.page()
    await page.addInitScript('Object.defineProperty(window, "localStorage", { get() { throw new DOMException("no", "SecurityError") } })')
    await page.goto(house.script.base)
    await page.waitForSelector('.banner >> text=tải lại trang là mất cuộc trò chuyện này')
    await ask(page, 'một')
    await page.waitForSelector('.reply')
  })

  it('shows the same conversation in two tabs over one stream', async () => {
    echo()
    const one = await house.visit()
    const two = await second(one.context(), house.script.base)
    await ask(one, 'một')
    await two.waitForSelector('.reply')
    await ask(two, 'hai')
    for (const page of [one, two]) {
      await page.waitForSelector('.reply >> nth=1')
      expect([await said(page), await replies(page)]).toEqual([
        ['một', 'hai'],
        ['đáp: một', 'đáp: hai'],
      ])
    }
    expect(house.script.visitors.size).toBe(1)
    expect(house.script.visitor.streams.size).toBe(1)
  })

  it('loses nothing when the tab with the stream is closed', async () => {
    echo()
    const one = await house.visit()
    await ask(one, 'một')
    await one.waitForSelector('.reply')
    const two = await second(one.context(), house.script.base)
    await two.waitForSelector('.reply')
    expect(house.script.visitor.streams.size).toBe(1)
    await one.close()
    house.script.say({ text: 'giữa hai thẻ' })
    await two.waitForSelector('.reply >> text=giữa hai thẻ')
    await ask(two, 'hai')
    await two.waitForSelector('.reply >> text=đáp: hai')
    expect([await said(two), await replies(two)]).toEqual([
      ['một', 'hai'],
      ['đáp: một', 'giữa hai thẻ', 'đáp: hai'],
    ])
    expect(house.script.visitor.streams.size).toBe(1)
  })

  it('takes the stream from a tab that sleeps', async () => {
    echo()
    const one = await house.visit()
    await ask(one, 'một')
    await one.waitForSelector('.reply')
    // A sleeping tab holds its lock and hears nothing.
    await one.evaluate('BroadcastChannel.prototype.postMessage = () => {}')
    house.script.visitor.streams.clear()
    const two = await second(one.context(), house.script.base)
    house.script.say({ text: 'khi ngủ' })
    await two.waitForSelector('.reply >> text=khi ngủ')
    expect(await replies(two)).toEqual(['đáp: một', 'khi ngủ'])
  })

  it('erases in every tab', async () => {
    echo()
    const one = await house.visit()
    await ask(one, 'một')
    const two = await second(one.context(), house.script.base)
    await two.waitForSelector('.reply')
    await press(one, 'Mở trình đơn')
    await press(one, 'Xóa cuộc trò chuyện')
    await press(one, 'Xóa hết')
    await two.waitForSelector('.own', { state: 'detached' })
    expect(await two.isVisible('.welcome')).toBe(true)
  })

  it('gives each tab its own stream where tabs cannot talk', async () => {
    echo()
    const one = await house.page()
    await one.context().addInitScript('Object.defineProperty(navigator, "locks", { value: undefined })')
    await one.goto(house.script.base)
    await ask(one, 'một')
    await one.waitForSelector('.reply')
    const two = await second(one.context(), house.script.base)
    await ask(two, 'hai')
    for (const page of [one, two]) {
      await page.waitForSelector('.reply >> nth=1')
      expect(await said(page)).toEqual(['một', 'hai'])
    }
    expect(house.script.visitor.streams.size).toBe(2)
  })
})
