import { existsSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { AskCitation, AskReply, AskRequest } from '../../adapters/http/ask-port.ts'
import { buildServer } from '../../adapters/http/server.ts'

const CHROMIUM = [process.env['CHROMIUM'] ?? '', '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync)
if (CHROMIUM === undefined) console.warn('Bỏ qua kiểm thử trang: không thấy Chromium (đặt biến CHROMIUM hoặc apt-get install chromium).')

const LAW = 'Luật Bảo vệ quyền lợi người tiêu dùng'
const CURRENT: AskCitation = {
  label: `điểm đ khoản 2 Điều 30 ${LAW} (19/2023/QH15)`,
  document: '19/2023/QH15',
  documentName: LAW,
  article: '30',
  clause: '2',
  point: 'đ',
  title: 'Nghĩa vụ của bên bán khi hàng còn bảo hành',
  inForceFrom: '2024-07-01',
  inForceTo: null,
  restatement: 'Đổi món hàng mới tương tự, hoặc thu lại món đó và trả lại tiền khi đã bảo hành từ 03 lần trở lên mà lỗi vẫn còn.',
  verbatim: false,
}
const EXPIRED: AskCitation = {
  label: `${LAW} 2010 (59/2010/QH12)`,
  document: '59/2010/QH12',
  documentName: `${LAW} 2010`,
  title: 'Luật cũ',
  inForceFrom: null,
  inForceTo: '2024-07-01',
  restatement: '',
  verbatim: false,
}
const ANSWER: AskReply = {
  status: 'answered',
  text: 'không hiện ra vì đã có các phần',
  sections: [
    { heading: 'Bạn được đổi máy', kind: 'answer', lines: [{ text: 'Sửa từ 03 lần trở lên vẫn lỗi thì được đổi máy mới.', citations: [0, 1] }] },
    { heading: 'Điều kiện và thời hạn', kind: 'conditions', lines: [{ text: 'Máy còn bảo hành.', citations: [0] }] },
    {
      heading: 'Việc nên làm tiếp',
      kind: 'steps',
      lines: ['1. Gom giấy tiếp nhận.', '2. Gọi tổng đài quốc gia 1800.6838.'].map((text) => ({ text, citations: [] })),
    },
    { heading: 'Bằng chứng nên giữ', kind: 'evidence', lines: [{ text: 'Hóa đơn', citations: [] }] },
    { heading: 'Làm ngay', kind: 'urgent', lines: ['Ngừng chuyển tiền.', 'Gọi ngân hàng, gọi 113.'].map((text) => ({ text, citations: [] })) },
    { heading: '', kind: 'note', lines: [{ text: 'Tôi là máy trả lời tự động.', citations: [] }] },
  ],
  citations: [CURRENT, EXPIRED],
  choices: ['Gặp cán bộ', 'Tôi bán hàng'],
}
const plain = (text: string): AskReply => ({ status: 'service', text, sections: [], citations: [], choices: [] })

/** What the assistant of the running test answers; each test may set its own. */
let reply: (request: AskRequest) => Promise<AskReply>
let asked: AskRequest[] = []
let browser: Browser
let base: string
let complaints: string[] = []
const server = buildServer({
  ask: (request) => {
    asked.push(request)
    return reply(request)
  },
  config: { ready: () => true, questionsPerMinute: 10_000 },
})

async function visit(options: BrowserContextOptions = {}): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 390, height: 780 }, locale: 'vi-VN', ...options })
  const page = await context.newPage()
  page.setDefaultTimeout(8_000)
  page.on('pageerror', (error) => complaints.push(String(error)))
  page.on('console', (message) => {
    if (message.type() === 'error' && !/Failed to load resource/.test(message.text())) complaints.push(message.text())
  })
  page.on('request', (request) => {
    if (!request.url().startsWith(base)) complaints.push(`asked another host: ${request.url()}`)
  })
  await page.goto(base)
  return page
}

async function askBy(page: Page, text: string): Promise<void> {
  await page.fill('#question', text)
  await page.press('#question', 'Enter')
}

/** What the eye sees of the first such element, on one line. */
const seen = async (page: Page, selector: string) => {
  const words = (await page.evaluate(`document.querySelector(${JSON.stringify(selector)}).innerText`)) as string
  return words.replace(/\s+/g, ' ').trim()
}
const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click()
const focusedText = (page: Page) =>
  page.evaluate('document.activeElement.getAttribute("aria-label") ?? document.activeElement.textContent') as Promise<string>
const isFocused = (page: Page, selector: string) => page.evaluate(`document.activeElement === document.querySelector(${JSON.stringify(selector)})`)
const sideways = (page: Page) => page.evaluate('document.scrollingElement.scrollWidth - window.innerWidth') as Promise<number>

/** Contrast of an element's text against the nearest painted background behind it, as WCAG counts it. */
const contrast = (page: Page, selector: string) =>
  page.evaluate(`(() => {
    const node = document.querySelector(${JSON.stringify(selector)})
    const rgb = (css) => css.match(/[\\d.]+/g).map(Number)
    const light = (css) => {
      const [r, g, b] = rgb(css).map((v) => v / 255).map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4))
      return 0.2126 * r + 0.7152 * g + 0.0722 * b
    }
    let behind = node
    while (rgb(getComputedStyle(behind).backgroundColor)[3] === 0) behind = behind.parentElement
    const pair = [light(getComputedStyle(node).color), light(getComputedStyle(behind).backgroundColor)].sort((a, b) => b - a)
    return (pair[0] + 0.05) / (pair[1] + 0.05)
  })()`) as Promise<number>

describe.skipIf(CHROMIUM === undefined)('the page in a browser', { timeout: 30_000 }, () => {
  beforeAll(async () => {
    await server.listen({ port: 0, host: '127.0.0.1' })
    base = `http://127.0.0.1:${(server.server.address() as AddressInfo).port}/`
    browser = await chromium.launch({ executablePath: CHROMIUM ?? '', args: ['--no-sandbox'] })
  }, 60_000)
  afterAll(async () => {
    await browser?.close()
    await server.close()
  })
  beforeEach(() => {
    reply = async () => ANSWER
    asked = []
    complaints = []
  })
  afterEach(async () => {
    await Promise.all(browser.contexts().map((context) => context.close()))
    expect(complaints).toEqual([])
  })

  it('says who runs it, that it is a machine, and the hotline; without JavaScript too', async () => {
    for (const javaScriptEnabled of [true, false]) {
      const page = await visit({ javaScriptEnabled })
      const words = await seen(page, 'body')
      for (const piece of [
        'An Tâm',
        'Hội Bảo vệ Người tiêu dùng Gia Lai',
        'máy trả lời tự động',
        'không phải tư vấn pháp lý',
        'tổng đài quốc gia 1800.6838 (miễn phí)',
      ]) {
        expect(words).toContain(piece)
      }
      expect(words.includes('đang tắt JavaScript')).toBe(!javaScriptEnabled)
      expect(await page.title()).toBe('An Tâm — Hội Bảo vệ Người tiêu dùng Gia Lai')
    }
  })

  it('shows a reply by its sections, the urgent one first, steps numbered, numbers to dial', async () => {
    const page = await visit()
    await askBy(page, 'Sửa 4 lần vẫn lỗi?')
    await page.waitForSelector('.reply')
    expect(asked).toEqual([{ text: 'Sửa 4 lần vẫn lỗi?' }])
    expect(await page.inputValue('#question')).toBe('')
    expect(await page.locator('.reply h3').allTextContents()).toEqual([
      'Làm ngay',
      'Bạn được đổi máy',
      'Điều kiện và thời hạn',
      'Việc nên làm tiếp',
      'Bằng chứng nên giữ',
      'Căn cứ',
    ])
    expect(await page.locator('.part-steps ol > li').allTextContents()).toEqual(['Gom giấy tiếp nhận.', 'Gọi tổng đài quốc gia 1800.6838.'])
    expect(await page.evaluate('[...document.querySelectorAll(".part-urgent a, .part-steps a")].map((a) => a.href)')).toEqual([
      'tel:113',
      'tel:18006838',
    ])
    expect(await seen(page, '.reply')).not.toContain('không hiện ra')
    expect(await page.locator('[role=log][aria-live=polite] .reply').count()).toBe(1)
  })

  it('shows the plain text of a reply without sections, line by line', async () => {
    reply = async () => plain('Chào bạn.\nTôi là An Tâm.')
    const page = await visit()
    await askBy(page, 'chào')
    await page.waitForSelector('.reply')
    expect(await page.locator('.reply p').allTextContents()).toEqual(['Chào bạn.', 'Tôi là An Tâm.'])
  })

  it('opens a citation with validity and the label of our own words; Escape brings the reader back', async () => {
    const page = await visit()
    await askBy(page, 'hỏi')
    await page.click('.chip >> nth=0')
    const panel = page.locator('dialog[open]')
    const words = await seen(page, 'dialog')
    expect(words.toLowerCase()).toContain(`${CURRENT.label} ${CURRENT.title}`.toLowerCase())
    for (const piece of [`${LAW} (19/2023/QH15)`, 'còn hiệu lực từ 01/07/2024', 'Diễn giải của Hội, không phải nguyên văn', CURRENT.restatement]) {
      expect(words).toContain(piece)
    }
    await page.keyboard.press('Escape')
    await panel.waitFor({ state: 'hidden' })
    expect(await isFocused(page, '.chip')).toBe(true)
    await page.click('.mark >> nth=1')
    expect(await seen(page, 'dialog')).toContain('hết hiệu lực từ 01/07/2024')
    expect(await seen(page, 'dialog')).not.toContain('Diễn giải của Hội')
    await page.click('#panel-close')
    await panel.waitFor({ state: 'hidden' })
  })

  it('sends the words of a quick reply, with the questions before it, and moves the switch it names', async () => {
    const page = await visit()
    await askBy(page, 'Bán quần áo cần gì?')
    await page.click('.choice >> text=Tôi bán hàng')
    await page.waitForSelector('.turn >> nth=1 >> .reply')
    expect(asked[1]).toEqual({ text: 'Tôi bán hàng', previous: ['Bán quần áo cần gì?'], audience: 'seller' })
    expect(await page.isChecked('input[value=seller]')).toBe(true)
    expect(await page.locator('.choice').count()).toBe(ANSWER.choices.length)
  })

  it('sends the last three questions along, none after "Hỏi mới"', async () => {
    const page = await visit()
    const sent: string[] = []
    page.on('request', (request) => void (request.method() === 'POST' && sent.push(request.postData() ?? '')))
    for (const [at, text] of ['một', 'hai', 'ba', 'bốn', 'năm'].entries()) {
      await askBy(page, text)
      await page.waitForSelector(`.turn >> nth=${at} >> .reply`)
    }
    expect(sent[4]).toBe(JSON.stringify({ text: 'năm', previous: ['hai', 'ba', 'bốn'] }))
    await page.click('#fresh')
    await askBy(page, 'sáu')
    await page.waitForSelector('.turn >> nth=5 >> .reply')
    expect(asked[5]).toEqual({ text: 'sáu' })
  })

  it('offers four examples to tap, others for who sells', async () => {
    const page = await visit()
    const forBuyers = await page.locator('.example').allTextContents()
    await page.click('text=Tôi bán hàng')
    const forSellers = await page.locator('.example').allTextContents()
    expect([forBuyers.length, forSellers.length, forSellers.some((text) => forBuyers.includes(text))]).toEqual([4, 4, false])
    await page.click('.example >> nth=1')
    await page.waitForSelector('.reply')
    expect(asked).toEqual([{ text: forSellers[1], audience: 'seller' }])
  })

  it('fits a phone of 320 pixels, also with a word without end', async () => {
    const long = 'khongdaucach'.repeat(30)
    const lines = [{ text: `${long}. Gọi 1800.6838 nhé`, citations: [0] }]
    reply = async () => ({ ...ANSWER, sections: [{ heading: long, kind: 'steps', lines }, ...ANSWER.sections], choices: [long, 'Gặp cán bộ'] })
    const page = await visit({ viewport: { width: 320, height: 568 }, isMobile: true, hasTouch: true })
    expect(await sideways(page)).toBe(0)
    await askBy(page, `${long}?`)
    await page.waitForSelector('.reply')
    expect(await sideways(page)).toBe(0)
    const gap = await page.evaluate(
      'document.querySelector("#fresh").getBoundingClientRect().left - document.querySelectorAll(".sides label")[1].getBoundingClientRect().right',
    )
    expect(gap).toBeGreaterThan(0)
    await page.click('.chip >> nth=0')
    await page.waitForSelector('dialog[open]')
    expect(await sideways(page)).toBe(0)
    expect(await page.evaluate('document.querySelector("dialog").scrollWidth - document.querySelector("dialog").clientWidth')).toBe(0)
  })

  it('can be used by keyboard alone', async () => {
    const page = await visit()
    await page.keyboard.press('Tab')
    expect(await focusedText(page)).toBe('Đến ô đặt câu hỏi')
    await page.keyboard.press('Enter')
    expect(await isFocused(page, '#question')).toBe(true)
    await page.keyboard.type('dòng một')
    await page.keyboard.press('Shift+Enter')
    await page.keyboard.type('dòng hai')
    await page.keyboard.press('Enter')
    await page.waitForSelector('.reply')
    expect(asked[0]?.text).toBe('dòng một\ndòng hai')
    expect(await isFocused(page, '#question')).toBe(true)
    for (let i = 0; i < 30 && !(await isFocused(page, '.chip')); i++) await page.keyboard.press('Shift+Tab')
    expect(await page.evaluate('getComputedStyle(document.querySelector(".chip")).outlineStyle')).toBe('solid')
    await page.keyboard.press('Enter')
    await page.waitForSelector('dialog[open]')
    expect(await focusedText(page)).toBe('Đóng')
    await page.keyboard.press('Escape')
    await page.waitForSelector('dialog', { state: 'hidden' })
    expect(await isFocused(page, '.chip')).toBe(true)
  })

  it('leaves Enter to an input method that is composing a word', async () => {
    const page = await visit()
    await page.fill('#question', 'tiê')
    await page.locator('#question').dispatchEvent('keydown', { key: 'Enter', isComposing: true })
    await page.keyboard.press('x')
    expect(asked).toEqual([])
    expect(await page.locator('.turn').count()).toBe(0)
  })

  it.each(['light', 'dark'] as const)('is readable in %s', async (colorScheme) => {
    reply = async () => ({ ...ANSWER, status: 'clarify' })
    const page = await visit({ colorScheme })
    await askBy(page, 'hỏi')
    await page.waitForSelector('.reply')
    await page.waitForTimeout(400)
    const paper = (await page.evaluate('getComputedStyle(document.body).backgroundColor')) as string
    const brightness = (paper.match(/\d+/g) ?? [])
      .slice(0, 3)
      .map(Number)
      .reduce((sum, part) => sum + part, 0)
    expect(brightness > 380).toBe(colorScheme === 'light')
    const parts = [
      '.notice',
      '.notice a',
      '.house',
      '.call',
      '.said',
      '.badge',
      '.part p',
      '.part h3',
      '.part-urgent h3',
      '.part-urgent li',
      '.part-note p',
    ]
    for (const part of [...parts, '.mark', '.chip-label', '.alive', '.gone', '.choice', '.sides span', '.send', '.hint']) {
      expect([part, (await contrast(page, part)) >= 4.5]).toEqual([part, true])
    }
  })

  it('waits visibly and takes one question at a time', async () => {
    let finish = (_: AskReply): void => {}
    reply = () => new Promise((resolve) => (finish = resolve))
    const page = await visit()
    await askBy(page, 'một')
    await page.waitForSelector('.waiting[role=status]')
    expect(await page.getAttribute('#log', 'aria-busy')).toBe('true')
    await askBy(page, 'hai')
    expect(await page.inputValue('#question')).toBe('hai')
    await page.click('.example >> nth=0')
    expect(await page.locator('.turn').count()).toBe(1)
    finish(plain('xong'))
    await page.waitForSelector('.reply')
    expect(await page.locator('.waiting').count()).toBe(0)
    expect(await page.getAttribute('#log', 'aria-busy')).toBe('false')
    expect(asked.length).toBe(1)
  })

  it('after a trouble keeps the question, sends it again or gives it back to edit', async () => {
    reply = () => Promise.reject(new Error('secret'))
    const page = await visit()
    await askBy(page, 'câu quý giá')
    await page.waitForSelector('.trouble[role=alert]')
    expect(await seen(page, '.trouble')).toMatch(/trục trặc.*tổng đài quốc gia 1800\.6838/s)
    expect(await seen(page, '.said')).toBe('câu quý giá')
    await press(page, 'Gửi lại')
    await page.waitForSelector('.waiting', { state: 'detached' })
    await press(page, 'Sửa câu hỏi')
    expect(await page.inputValue('#question')).toBe('câu quý giá')
    expect(await page.locator('.turn').count()).toBe(0)
    reply = async () => ANSWER
    await page.press('#question', 'Enter')
    await page.waitForSelector('.reply')
    expect(asked.map((request) => request.text)).toEqual(['câu quý giá', 'câu quý giá', 'câu quý giá'])
    expect(asked[2]?.previous).toBeUndefined()
  })

  it('without a network says so kindly and sends the same words when it is back', async () => {
    const page = await visit()
    await page.context().setOffline(true)
    expect(await seen(page, '#network')).toContain('đang mất mạng')
    await askBy(page, 'câu quý giá')
    await page.waitForSelector('.trouble')
    expect(await seen(page, '.trouble')).toContain('Câu hỏi vẫn còn đây')
    await page.context().setOffline(false)
    await press(page, 'Gửi lại')
    await page.waitForSelector('.reply')
    expect(await seen(page, '#network')).toBe('')
    expect(asked.map((request) => request.text)).toEqual(['câu quý giá'])
  })

  it('shows markup as the text that it is', async () => {
    const evil = '<img src=x onerror=alert(1)><b>đậm</b>'
    const lines = [{ text: evil, citations: [0] }]
    const citations = [{ ...CURRENT, label: evil, title: evil, restatement: evil }]
    reply = async () => ({ ...ANSWER, sections: [{ heading: evil, kind: 'answer', lines }], citations, choices: [evil] })
    const page = await visit()
    await askBy(page, evil)
    await page.click('.chip')
    expect(await page.locator('#log img, #log b, dialog img, dialog b').count()).toBe(0)
    for (const place of ['.said', '.reply h3', '.part p', '.chip-label', '.choice', '#panel-label', '#panel-restatement']) {
      expect(await page.locator(place).first().textContent()).toContain(evil)
    }
  })

  it('asks to shorten what is too long instead of cutting or sending it', async () => {
    const page = await visit()
    await askBy(page, 'ạ'.repeat(10_001))
    expect(await seen(page, '#hint')).toContain('10.001 ký tự')
    expect((await page.inputValue('#question')).length).toBe(10_001)
    expect(asked).toEqual([])
  })

  it('moves nothing for who asked for less motion, and prints the answer without the controls', async () => {
    const page = await visit({ reducedMotion: 'reduce' })
    await askBy(page, 'hỏi')
    await page.waitForSelector('.reply')
    const motion = 'getComputedStyle(document.querySelector(".out")).animationName + getComputedStyle(document.documentElement).scrollBehavior'
    expect(await page.evaluate(motion)).toBe('noneauto')
    await page.emulateMedia({ media: 'print' })
    for (const control of ['.composer', '.choices', '.welcome']) expect(await page.isVisible(control)).toBe(false)
    for (const content of ['.reply', '.part-sources', '.said', '.notice']) expect(await page.isVisible(content)).toBe(true)
  })
})
