import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import type { Sent } from '../../adapters/web-chat/contract.ts'
import { ANSWER, ask, CHROMIUM, CURRENT, focused, House, LAW, plain, press, seen } from './web-chat-kit.ts'

const words = (sent: readonly Sent[]) =>
  sent.map((one) => ('text' in one ? one.text : 'choice' in one ? `choice ${one.choice}` : `file ${one.caption}`))
const openMenu = async (page: Page, entry: string) => {
  await press(page, 'Mở trình đơn')
  await press(page, entry)
}
const PNG = { name: 'anh.png', mimeType: 'image/png', buffer: Buffer.from('\x89PNG\r\n\x1a\n anh', 'latin1') }

describe.skipIf(CHROMIUM === undefined)('the chat page', { timeout: 30_000 }, () => {
  const house = new House()

  it('says who runs it, that it is a machine, what it cannot do, and the hotline', async () => {
    const page = await house.visit()
    const body = await seen(page, '.root')
    for (const piece of ['An Tâm', 'Hội Bảo vệ Người tiêu dùng Gia Lai', 'máy trả lời tự động', 'không phải tư vấn pháp lý', 'không thay luật sư'])
      expect(body).toContain(piece)
    expect(body).toContain('tổng đài quốc gia 1800.6838 (miễn phí)')
    expect(await page.title()).toBe('An Tâm — Hội Bảo vệ Người tiêu dùng Gia Lai')
    expect(await page.isVisible('.plain')).toBe(false)
  })

  it('says the hotline also without JavaScript and in a browser without modules', async () => {
    const still = await house.visit({ javaScriptEnabled: false })
    const body = await seen(still, 'body')
    for (const piece of ['đang tắt JavaScript', 'máy trả lời tự động', 'tổng đài quốc gia 1800.6838 (miễn phí)']) expect(body).toContain(piece)
    const old = await house.page()
    // Such a browser stumbles over the chat and runs what is marked for it.
    await old.route('**/an-tam-chat.js', (route) => route.fulfill({ body: '' }))
    await old.route(house.script.base, async (route) => {
      const html = await (await route.fetch()).text()
      await route.fulfill({ body: html.replace('<script nomodule', '<script'), contentType: 'text/html; charset=utf-8' })
    })
    await old.goto(house.script.base)
    expect(await seen(old, '#opening')).toMatch(/Trình duyệt này cũ quá.*1800\.6838/)
  })

  it('makes a session only when there is something to say', async () => {
    const page = await house.visit()
    await page.waitForSelector('.attach:not([hidden])')
    expect([house.script.visitors.size, house.script.streamsOpened]).toEqual([0, []])
    await ask(page, 'xin chào')
    await page.waitForSelector('.reply')
    expect(house.script.visitors.size).toBe(1)
  })

  it('shows a reply by its sections, the urgent one first, steps numbered, numbers to dial', async () => {
    const page = await house.visit()
    await ask(page, 'Sửa 4 lần vẫn lỗi?')
    await page.waitForSelector('.reply')
    expect(words(house.script.received)).toEqual(['Sửa 4 lần vẫn lỗi?'])
    expect(await page.inputValue('.question')).toBe('')
    const headings = ['Làm ngay', 'Bạn được đổi máy', 'Điều kiện và thời hạn', 'Việc nên làm tiếp', 'Bằng chứng nên giữ', 'Căn cứ']
    expect(await page.locator('.reply h4').allTextContents()).toEqual(headings)
    expect(await page.locator('.reply .part').last().textContent()).toBe('Tôi là máy trả lời tự động.')
    expect(await page.locator('.part-steps ol > li').allTextContents()).toEqual(['Gom giấy tiếp nhận.', 'Gọi tổng đài quốc gia 1800.6838.'])
    const links = page.locator('.part-urgent a, .part-steps a')
    expect(await links.evaluateAll((nodes) => nodes.map((node) => node.getAttribute('href')))).toEqual(['tel:113', 'tel:18006838'])
  })

  it('shows the plain text of a reply without sections, line by line', async () => {
    house.script.reply = () => plain('Chào bạn.\nTôi là An Tâm.')
    const page = await house.visit()
    await ask(page, 'chào')
    await page.waitForSelector('.reply')
    expect(await page.locator('.reply p').allTextContents()).toEqual(['Chào bạn.', 'Tôi là An Tâm.'])
  })

  it('names the kind of a reply that is no answer', async () => {
    house.script.reply = () => ({ ...plain('Chưa thấy.'), status: 'abstained' })
    const page = await house.visit()
    await ask(page, 'hỏi')
    await page.waitForSelector('.badge')
    expect(await seen(page, '.badge')).toBe('Chưa đủ căn cứ để trả lời')
  })

  it('opens a citation with validity and the label of our own words; Escape brings the reader back', async () => {
    const page = await house.visit()
    await ask(page, 'hỏi')
    await page.click('.chip >> nth=0')
    const panel = await seen(page, '.sheet')
    for (const piece of [CURRENT.title, `${LAW} (19/2023/QH15)`, 'Diễn giải của Hội, không phải nguyên văn', CURRENT.restatement])
      expect(panel).toContain(piece)
    expect(panel.toLowerCase()).toContain('còn hiệu lực từ 01/07/2024')
    expect(panel).toContain('chưa đối chiếu bản gốc')
    expect(panel.toLowerCase()).toContain(CURRENT.label.toLowerCase())
    await page.keyboard.press('Escape')
    await page.waitForSelector('.sheet', { state: 'detached' })
    expect(await focused(page)).toContain(CURRENT.label)
    await page.click('.mark >> nth=1')
    const old = await seen(page, '.sheet')
    expect(old.toLowerCase()).toContain('hết hiệu lực từ 01/07/2024')
    expect(old).toContain('mới chỉ biết tên và số hiệu')
    expect(old).not.toContain('Diễn giải của Hội')
    await press(page, 'Đóng')
    await page.waitForSelector('.sheet', { state: 'detached' })
  })

  it('sends the words of a quick reply exactly, and only the last reply has any', async () => {
    const page = await house.visit()
    await ask(page, 'Bán quần áo cần gì?')
    await page.click('.choice >> text=Tôi bán hàng')
    await page.waitForSelector('.reply >> nth=1')
    expect(house.script.received[1]).toMatchObject({ choice: 'Tôi bán hàng' })
    expect(await page.locator('.choices').count()).toBe(1)
    expect(await page.locator('.from-assistant').last().locator('.choice').count()).toBe(ANSWER.choices.length)
    house.script.reply = () => undefined
    await ask(page, 'một câu nữa')
    await page.waitForSelector('.own-kept >> nth=2')
    expect(await page.locator('.choices').count()).toBe(0)
  })

  it('offers examples to tap, others for who sells; a side alone is no question yet', async () => {
    house.script.reply = () => plain('Dạ, bạn bán hàng.')
    const page = await house.visit()
    const forBuyers = await page.locator('.example').allTextContents()
    await press(page, 'Tôi bán hàng')
    await page.waitForSelector('.side[aria-pressed=true]')
    await page.waitForSelector('.reply')
    const forSellers = await page.locator('.example').allTextContents()
    expect([forBuyers.length, forSellers.length, forSellers.some((text) => forBuyers.includes(text))]).toEqual([4, 4, false])
    await page.click('.example >> nth=1')
    await page.waitForSelector('.reply >> nth=1')
    expect(words(house.script.received)).toEqual(['choice Tôi bán hàng', forSellers[1]])
    expect(await page.isVisible('.welcome')).toBe(false)
  })

  it('shows what was masked as it was kept', async () => {
    const page = await house.visit()
    await ask(page, 'căn cước 012345678901')
    await page.waitForSelector('.own-kept')
    expect(await seen(page, '.own')).toBe('Bạn căn cước •••• Số riêng tư trong tin này đã được che trước khi lưu.')
  })

  it('asks to shorten what is too long instead of cutting or sending it', async () => {
    const page = await house.visit()
    await page.waitForSelector('.attach:not([hidden])')
    await ask(page, 'ạ'.repeat(4_001))
    expect(await seen(page, '.hint')).toContain('4.001 ký tự')
    expect((await page.inputValue('.question')).length).toBe(4_001)
    expect(house.script.received).toEqual([])
  })

  it('leaves Enter to an input method that is composing a word', async () => {
    const page = await house.visit()
    await page.fill('.question', 'tiê')
    await page.locator('.question').dispatchEvent('keydown', { key: 'Enter', isComposing: true })
    await page.press('.question', 'x')
    expect(await page.locator('.own').count()).toBe(0)
    await page.press('.question', 'Enter')
    await page.waitForSelector('.own-kept')
    expect(words(house.script.received)).toEqual(['tiêx'])
  })

  it('shows who is writing, who answers, and an officer by name', async () => {
    house.script.reply = () => plain('Tôi đã báo cán bộ.')
    const page = await house.visit()
    await ask(page, 'gặp người')
    await page.waitForSelector('.reply')
    house.script.typing({ author: 'staff', on: true })
    await page.waitForSelector('.waiting:not([hidden]) >> text=Cán bộ đang viết')
    house.script.own({ owner: 'waiting' })
    await page.waitForSelector('.house >> text=Đang chờ cán bộ')
    house.script.own({ owner: 'staff', officer: 'Chị Lan' })
    house.script.say({ author: 'staff', status: 'staff', officer: 'Chị Lan', text: 'Chào bạn.\nTôi là Lan.' })
    await page.waitForSelector('.reply-staff')
    expect(await page.locator('.divider').allTextContents()).toEqual(['Bạn đang chờ cán bộ', 'Chị Lan đang trả lời bạn'])
    expect(await seen(page, '.officer')).toMatch(/^Chị Lan · cán bộ Hội · \d\d:\d\d$/)
    expect(await page.isVisible('.waiting')).toBe(false)
    expect(await seen(page, '.house')).toBe('Đang gặp Chị Lan')
    expect(await page.locator('.thumb').count()).toBe(0)
    house.script.own({ owner: 'bot' })
    await page.waitForSelector('.house >> text=Hội Bảo vệ Người tiêu dùng Gia Lai')
  })

  it('says now and then that somebody is writing, not at every key', async () => {
    const page = await house.visit()
    await ask(page, 'một')
    await page.waitForSelector('.reply')
    house.script.posts = []
    await page.locator('.question').pressSequentially('một câu dài để gõ')
    await ask(page, 'hai')
    await page.waitForSelector('.reply >> nth=1')
    expect(house.script.posts.filter((post) => post === 'typing').length).toBe(1)
  })

  it('takes a judgement and a word about an answer, and remembers it', async () => {
    const page = await house.visit()
    await ask(page, 'hỏi')
    await press(page, 'Có ích')
    await page.waitForSelector('.feedback-said >> text=Cảm ơn bạn.')
    await press(page, 'Chưa ổn')
    await page.fill('.feedback-word textarea', 'Chưa nói tới phí ship')
    await press(page, 'Gửi góp ý')
    await page.waitForSelector('.feedback-said >> text=Đã nhận góp ý')
    const message = house.script.visitor.kept
      .map(({ data }) => data as { author: string; id: string })
      .find(({ author }) => author === 'assistant')?.id
    expect(house.script.rated).toEqual([
      { message, value: 'up' },
      { message, value: 'down' },
      { message, value: 'down', word: 'Chưa nói tới phí ship' },
    ])
    await page.reload()
    await page.waitForSelector('.thumb[aria-pressed=true] >> text=Chưa ổn')
  })

  it('says so when a judgement did not get through', async () => {
    const page = await house.visit()
    await ask(page, 'hỏi')
    house.script.refuse = (path) => (path.endsWith('feedback') ? { status: 503, message: 'Đang bận.' } : undefined)
    await press(page, 'Có ích')
    await page.waitForSelector('.feedback-said >> text=Chưa gửi được góp ý')
    expect(await page.locator('.thumb[aria-pressed=true]').count()).toBe(0)
  })

  it('reminds what to cover before a file is chosen, checks it, and sends it with a note', async () => {
    house.script.reply = () => plain('Đã nhận ảnh.')
    const page = await house.visit()
    await press(page, 'Gửi ảnh hoặc tệp PDF')
    expect(await seen(page, '.sheet')).toMatch(/che số căn cước, số thẻ.*Nhận ảnh JPEG, ảnh PNG, tệp PDF, mỗi tệp không quá 200 kB/)
    await page.setInputFiles('input[type=file]', { name: 'a.png', mimeType: 'image/png', buffer: Buffer.from('MZ chương trình') })
    await page.waitForSelector('.sheet .wrong >> text=không đọc được ở đây')
    await page.setInputFiles('input[type=file]', { ...PNG, buffer: Buffer.concat([PNG.buffer, Buffer.alloc(300_000)]) })
    await page.waitForSelector('.sheet .wrong >> text=Tệp nặng 300 kB, nhiều nhất là 200 kB')
    expect(house.script.uploads).toEqual([])
    await page.setInputFiles('input[type=file]', PNG)
    await page.fill('.sheet textarea', 'vận đơn')
    await press(page, 'Gửi tệp này')
    await page.waitForSelector('.reply')
    expect(house.script.uploads).toEqual([{ kind: 'image/png', size: PNG.buffer.length }])
    expect(words(house.script.received)).toEqual(['file vận đơn'])
    expect(await seen(page, '.own')).toContain('Ảnh PNG, 1 kB')
  })

  it('keeps the file when its upload is refused, with the sentence of the server', async () => {
    house.script.refuse = (path) => (path.endsWith('attachments') ? { status: 413, message: 'Tệp nặng quá. Gọi 1800.6838.' } : undefined)
    const page = await house.visit()
    await press(page, 'Gửi ảnh hoặc tệp PDF')
    await page.setInputFiles('input[type=file]', PNG)
    await press(page, 'Gửi tệp này')
    await page.waitForSelector('.sheet .wrong >> text=Tệp nặng quá.')
    house.script.refuse = () => undefined
    await press(page, 'Gửi tệp này')
    await page.waitForSelector('.own-kept')
  })

  it('erases after a second question, here and at the server, and begins anew', async () => {
    const page = await house.visit()
    await ask(page, 'bí mật')
    await page.waitForSelector('.reply')
    await openMenu(page, 'Xóa cuộc trò chuyện')
    await press(page, 'Giữ lại')
    expect(await page.locator('.reply').count()).toBe(1)
    await openMenu(page, 'Xóa cuộc trò chuyện')
    await press(page, 'Xóa hết')
    await page.waitForSelector('.own', { state: 'detached' })
    expect(house.script.visitors.size).toBe(0)
    expect(await page.evaluate('Object.keys(localStorage)')).toEqual([])
    expect(await page.isVisible('.welcome')).toBe(true)
    await ask(page, 'chuyện mới')
    await page.waitForSelector('.reply')
    expect(await page.locator('.said').allInnerTexts()).toEqual(['chuyện mới'])
  })

  it('says so when erasing did not work, and erases nothing', async () => {
    const page = await house.visit()
    await ask(page, 'bí mật')
    await page.waitForSelector('.reply')
    house.script.refuse = (path) => (path.endsWith('session') ? { status: 503, message: 'Đang bận.' } : undefined)
    await openMenu(page, 'Xóa cuộc trò chuyện')
    await press(page, 'Xóa hết')
    await page.waitForSelector('.sheet .wrong >> text=Chưa xóa được')
    await press(page, 'Giữ lại')
    expect(await page.locator('.own').count()).toBe(1)
  })

  describe('erases what is still on its way', () => {
    const held = async (page: Page, what: string) => {
      let release = () => {}
      const gate = new Promise<void>((resolve) => (release = resolve))
      // A request that the page gave up meanwhile can no longer be passed on.
      await page.route(what, (route) => gate.then(() => route.continue()).catch(() => {}))
      return async () => {
        release()
        await page.waitForTimeout(1_500)
      }
    }
    const erase = async (page: Page) => {
      await openMenu(page, 'Xóa cuộc trò chuyện')
      await press(page, 'Xóa hết')
      await page.waitForSelector('.own', { state: 'detached' })
    }
    const nothingLeft = async (page: Page, received: readonly string[]) => {
      expect(words(house.script.received)).toEqual(received)
      expect(house.script.visitors.size).toBe(0)
      expect(await page.evaluate('Object.keys(localStorage)')).toEqual([])
    }

    it('a message that comes to the server after the erasing', async () => {
      const page = await house.visit()
      await ask(page, 'một')
      await page.waitForSelector('.reply')
      const release = await held(page, '**/api/chat/messages')
      await ask(page, 'bí mật')
      await erase(page)
      await release()
      await nothingLeft(page, ['một'])
      await ask(page, 'chuyện mới')
      await page.waitForSelector('.reply')
      expect(words(house.script.received)).toEqual(['một', 'chuyện mới'])
    })

    it('a message whose session is only being opened', async () => {
      const page = await house.visit()
      const release = await held(page, '**/api/chat/session')
      await ask(page, 'bí mật')
      await erase(page)
      await release()
      expect(words(house.script.received)).toEqual([])
      expect(await page.evaluate('Object.keys(localStorage)')).toEqual([])
    })

    it('a message that another tab is sending', async () => {
      const page = await house.visit()
      await ask(page, 'một')
      await page.waitForSelector('.reply')
      const other = await page.context().newPage()
      await other.goto(house.script.base)
      await other.waitForSelector('.reply')
      const release = await held(other, '**/api/chat/messages')
      await ask(other, 'bí mật')
      // The answer to the message may come before the word of the other tab.
      await page.evaluate('BroadcastChannel.prototype.postMessage = () => {}')
      await erase(page)
      await release()
      await nothingLeft(page, ['một'])
    })

    it('but sends it after all when erasing did not work', async () => {
      const page = await house.visit()
      await ask(page, 'một')
      await page.waitForSelector('.reply')
      house.script.refuse = (path) => (path.endsWith('session') ? { status: 503, message: 'Đang bận.' } : undefined)
      const release = await held(page, '**/api/chat/messages')
      await ask(page, 'hai')
      await openMenu(page, 'Xóa cuộc trò chuyện')
      await press(page, 'Xóa hết')
      await page.waitForSelector('.sheet .wrong >> text=Chưa xóa được')
      await release()
      await page.waitForSelector('.reply >> nth=1')
      expect(words(house.script.received)).toEqual(['một', 'hai'])
    })
  })

  it('copies the conversation, or selects it for the hand', async () => {
    const page = await house.visit({ permissions: ['clipboard-read', 'clipboard-write'] })
    await ask(page, 'Sửa 4 lần vẫn lỗi?')
    await page.waitForSelector('.reply')
    house.script.say({ author: 'staff', status: 'staff', officer: 'Chị Lan', text: 'Chào bạn.' })
    await page.waitForSelector('.reply-staff')
    await openMenu(page, 'Chép cuộc trò chuyện')
    await page.waitForSelector('.sheet >> text=Đã chép')
    const text = (await page.evaluate('navigator.clipboard.readText()')) as string
    for (const piece of ['Bạn (', 'Sửa 4 lần vẫn lỗi?', 'An Tâm (máy trả lời tự động', 'Căn cứ: điểm đ khoản 2 Điều 30.', 'Chị Lan ('])
      expect(text).toContain(piece)
    await press(page, 'Đóng')
    await page.evaluate('navigator.clipboard.writeText = () => Promise.reject(new Error("no"))')
    await openMenu(page, 'Chép cuộc trò chuyện')
    await page.waitForSelector('textarea.transcript')
    expect(await page.locator('textarea.transcript').evaluate((box) => (box as unknown as { selectionEnd: number }).selectionEnd)).toBeGreaterThan(
      100,
    )
  })

  it('prints the conversation and nothing else', async () => {
    const page = await house.visit()
    await ask(page, 'Sửa 4 lần vẫn lỗi?')
    await page.waitForSelector('.reply')
    await page.emulateMedia({ media: 'print' })
    for (const control of ['.foot', '.choices', '.feedback', '.tools', '.welcome'])
      expect([control, await page.isVisible(control)]).toEqual([control, false])
    for (const content of ['.reply', '.part-sources', '.said', '.notice']) expect([content, await page.isVisible(content)]).toEqual([content, true])
    await page.emulateMedia({ media: 'screen' })
    await page.evaluate('window.print = () => { window.printing = document.querySelectorAll("an-tam-paper").length }')
    await openMenu(page, 'In hoặc lưu PDF')
    expect([await page.evaluate('window.printing'), await focused(page)]).toEqual([1, 'Mở trình đơn'])
    await page.emulateMedia({ media: 'print' })
    expect(await page.isVisible('an-tam-chat')).toBe(false)
    const paper = await seen(page, 'an-tam-paper .paper')
    for (const piece of ['Cuộc trò chuyện với An Tâm', 'Sửa 4 lần vẫn lỗi?', 'Bạn được đổi máy', 'Căn cứ']) expect(paper).toContain(piece)
    await page.evaluate('dispatchEvent(new Event("afterprint"))')
    expect(await page.locator('an-tam-paper').count()).toBe(0)
    expect(await page.isVisible('an-tam-chat')).toBe(true)
  })

  it('tells who runs it and what is kept, and makes nothing up', async () => {
    const page = await house.visit()
    await ask(page, 'hỏi')
    await page.waitForSelector('.reply')
    await openMenu(page, 'Quyền riêng tư và ai vận hành')
    const notice = await seen(page, '.sheet')
    for (const piece of [
      'Hội Bảo vệ Người tiêu dùng Gia Lai',
      'E-mail chưa cung cấp',
      'Giờ làm việc chưa cung cấp',
      'trong 180 ngày',
      'không phải luật sư',
    ])
      expect(notice).toContain(piece)
    expect(notice).toContain(`Mã của bạn khi gọi điện cho Hội: ${house.script.visitor.name}`)
    expect(notice).toMatch(/Đừng bao giờ gửi Số căn cước/)
  })

  it('asks for an officer from the menu', async () => {
    const page = await house.visit()
    await openMenu(page, 'Gặp cán bộ')
    await page.waitForSelector('.reply')
    expect(words(house.script.received)).toEqual(['choice Gặp cán bộ'])
  })

  it('says that the channel is off, where the server says so', async () => {
    house.script.about = { ...house.script.about, pause: 'An Tâm nghỉ tới sáng mai.' }
    const page = await house.visit()
    await page.waitForSelector('.banner >> text=An Tâm nghỉ tới sáng mai.')
  })

  it('shows markup in any field as the text that it is', async () => {
    const evil = '<img src=x onerror=alert(1)><b>đậm</b>'
    const sections = (['answer', 'urgent', 'steps', 'way_out', 'note'] as const).map((kind) => ({
      heading: evil,
      kind,
      lines: [{ text: evil, citations: [0] }],
    }))
    const citation = {
      ...CURRENT,
      label: evil,
      title: evil,
      restatement: evil,
      document: evil,
      documentName: evil,
      inForceFrom: evil,
      inForceTo: evil,
      caveat: evil,
    }
    house.script.about = { ...house.script.about, association: { name: evil, phone: evil, email: evil, address: evil, hours: evil }, pause: evil }
    house.script.reply = () => ({ ...plain(evil), sections, citations: [citation], choices: [evil] })
    const page = await house.visit()
    await ask(page, evil)
    await page.click('.chip')
    for (const place of ['.said', '.reply h4', '.part p', '.part li', '.chip-label', '.choice', '.banner', '.sheet h2', '.sheet .restatement'])
      expect([place, (await page.locator(place).first().textContent())?.includes(evil)]).toEqual([place, true])
    await page.keyboard.press('Escape')
    house.script.own({ owner: 'staff', officer: evil })
    house.script.say({ author: 'staff', status: 'staff', officer: evil, text: evil, id: evil, replyTo: evil })
    await page.waitForSelector('.reply-staff')
    await openMenu(page, 'Quyền riêng tư và ai vận hành')
    await page.waitForSelector('.facts')
    expect(await page.locator('an-tam-chat').locator('img, b:text-is("đậm")').count()).toBe(0)
  })
})
