/** The officers' desk on the real service: real accounts, real people on the web, on a Telegram and on a Zalo that behave as the platforms do, two officers, a telephone's width. */
import { AxeBuilder } from '@axe-core/playwright'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openStore } from '../../adapters/storage/database.ts'
import { addLink, createOfficer } from '../../adapters/storage/officer-store.ts'
import type { Service } from '../../bot/main/service.ts'
import type { Role } from '../../bot/officers/permissions.ts'
import { openReal } from '../bot/open.ts'
import { openTown, PEOPLE, type Town } from '../channels/open.ts'
import { settle } from './settle.ts'
import { CHROMIUM, newPage, openBrowser } from './web-chat-kit.ts'

const WAIT = { timeout: 30_000 }

describe.skipIf(CHROMIUM === undefined)('the desk with the real service', { timeout: 300_000 }, () => {
  const complaints: string[] = []
  let town: Town
  let service: Service
  let browser: Browser
  let admin: Page
  let lan: Page
  let person: Page

  const at = (path = '') => `${service.address}/console/${path}`
  const seen = (page: Page, words: string | RegExp) => page.getByText(words).first().waitFor(WAIT)
  const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).first()
  const visit = (width = 1280) => newPage(browser, [service.address], complaints, { viewport: { width, height: 900 } })

  async function officer(login: string, name: string, role: Role, width?: number): Promise<Page> {
    const store = await openStore(town.folder)
    const id = (await createOfficer(store, { login, name, role }, 'system', Date.now())) as string
    await addLink(store, id, `lien-ket-${login}`, 'system', Date.now())
    await store.close()
    const page = await visit(width)
    await settle(page, at(`set-up/lien-ket-${login}`), login, name)
    return page
  }

  /** Opens the conversation whose row says `words`, from the queue that is shown. */
  async function open(page: Page, words: string): Promise<void> {
    await page.goto(at())
    await page.getByRole('link').filter({ hasText: words }).first().click(WAIT)
    await page.getByLabel('Trả lời người dân').waitFor(WAIT)
  }

  async function write(page: Page, words: string): Promise<void> {
    await page.getByLabel('Trả lời người dân').fill(words)
    await page.keyboard.press('Control+Enter')
    await page.getByRole('log').getByText(words).first().waitFor(WAIT)
  }

  beforeAll(async () => {
    await openReal()
    town = await openTown('own')
    service = await town.start({ env: { TRIAL_QUESTIONS: '2', ASSOCIATION_HOURS: 'thứ Hai đến thứ Sáu, 7:30–16:30', ASSOCIATION_NAME: 'Hội thử' } })
    browser = await openBrowser()
  }, 180_000)
  afterAll(async () => {
    await browser?.close()
    await town?.close()
  })

  it('is set up by the first administrator with the link that the start prints, and a second use of the link is refused', async () => {
    admin = await visit()
    const link = at(`set-up/${service.firstLink?.split('/').at(-1)}`)
    await settle(admin, link, 'quantri', 'Quản trị Hội')
    await seen(admin, 'Chưa ai chờ')
    const again = await visit()
    await again.goto(link)
    await seen(again, 'Liên kết đã hết hạn hoặc đã dùng rồi')
    await again.context().close()
  })

  it('shows a person of the web chat who asks for an officer at once, and both talk; handed back, the assistant answers again', async () => {
    lan = await officer('lan', 'Chị Lan', 'supervisor')
    person = await newPage(browser, [service.address], complaints)
    await person.goto(service.address)
    await person.getByRole('textbox').fill('Em mua áo bị giao nhầm, cho em gặp cán bộ <b>ngay</b>')
    await person.keyboard.press('Enter')
    // Nobody reloads anything.
    await seen(lan, 'chờ người')
    await open(lan, 'Trang web')
    await seen(lan, '<b>ngay</b>')
    await write(lan, 'Chào em, em gửi giúp chị mã đơn nhé.')
    await person.getByRole('log').getByText('Chào em, em gửi giúp chị mã đơn nhé.').waitFor(WAIT)
    await person.getByRole('textbox').fill('Mã đơn là DH12, shop có phải đổi không?')
    await person.keyboard.press('Enter')
    await lan.getByRole('log').getByText('Mã đơn là DH12').waitFor(WAIT)
    await button(lan, 'Giao lại trợ lý').click()
    await lan.getByLabel('Kết quả').fill('Đã hướng dẫn em gửi yêu cầu đổi hàng.')
    await lan.getByRole('dialog').getByRole('button', { name: 'Giao lại trợ lý' }).click()
    await person.getByRole('log').getByText('đã giao cuộc trò chuyện lại cho tôi').waitFor(WAIT)
    await person.getByRole('textbox').fill('mua máy giặt bảo hành 3 lần vẫn hỏng thì sao')
    await person.keyboard.press('Enter')
    await person
      .getByRole('log')
      .getByText(/đã bảo hành từ 03 lần trở lên/)
      .first()
      .waitFor(WAIT)
  })

  it.each([
    ['telegram', 'Telegram'],
    ['zalo-bot', 'Zalo Bot'],
  ] as const)('takes over a conversation on %s, and the person reads the officer there', async (channel, shown) => {
    const fake = town[channel]
    await fake.say(PEOPLE[channel], 'cho tôi gặp cán bộ')
    await open(lan, shown)
    await write(lan, `Chị Lan của Hội đây, em cần gì trên ${shown}?`)
    await expect.poll(() => fake.shown(PEOPLE[channel]).some(({ text }) => text.includes('Chị Lan của Hội đây')), WAIT).toBe(true)
    await fake.say(PEOPLE[channel], 'shop không trả tiền lại')
    await lan.getByRole('log').getByText('shop không trả tiền lại').waitFor(WAIT)
    await button(lan, 'Khép lại').click()
    await lan.getByLabel('Kết quả').fill('Đã hướng dẫn.')
    await lan.getByRole('dialog').getByRole('button', { name: 'Khép lại' }).click()
    await expect.poll(() => fake.shown(PEOPLE[channel]).some(({ text }) => text.includes('đã khép lại')), WAIT).toBe(true)
  })

  it('lets two officers see each other, and only one of them write', async () => {
    const minh = await officer('minh', 'Anh Minh', 'officer')
    await town.telegram.say('50110002', 'cho tôi gặp cán bộ, gấp lắm')
    await open(lan, 'gấp lắm')
    await button(lan, 'Nhận cuộc này').click()
    await seen(lan, 'Bạn đã nhận')
    await minh.goto(lan.url())
    await seen(minh, 'Chị Lan đang trả lời cuộc này')
    expect(await minh.getByLabel('Trả lời người dân').count()).toBe(0)
    await seen(lan, 'Anh Minh cũng đang xem')
    await minh.context().close()
  })

  it('files a case told on the telephone, chooses the body and hands it on', async () => {
    await lan.goto(at('cases/new'))
    await lan
      .getByLabel('Người dân kể')
      .fill('Tôi mua nồi chiên của Shop Mai Vàng trên Facebook, chuyển khoản 1.200.000 đồng rồi shop chặn máy, không giao hàng.')
    await lan.getByLabel('Bên bị khiếu nại').fill('Shop Mai Vàng')
    await lan.getByLabel('Điện thoại người khiếu nại').fill('0900000017')
    await lan.getByLabel('Nói qua điện thoại').check()
    for (const words of [/lưu và xử lý hồ sơ/, /cho cơ quan nhà nước/]) await lan.getByLabel(words).check()
    await button(lan, 'Lập hồ sơ').click()
    await lan.getByRole('heading', { level: 1, name: /^Hồ sơ GL/ }).waitFor(WAIT)
    await button(lan, 'Tiếp nhận').click()
    await lan.getByRole('dialog').getByRole('button', { name: 'Tiếp nhận' }).click()
    await seen(lan, 'Đã tiếp nhận')
    await button(lan, 'Chuyển cơ quan').click()
    await lan.getByRole('dialog').getByLabel('Cơ quan').selectOption({ index: 1 })
    await lan.getByRole('dialog').getByRole('button', { name: 'Chuyển cơ quan' }).click()
    await seen(lan, 'Đã chuyển cơ quan')
    const [row] = town.read<{ status: string; chosen: string }>('select status, chosen from complaint')
    expect(row?.status).toBe('transferred')
  })

  it('finds what was said without marks', async () => {
    await lan.goto(at('search'))
    await lan.getByLabel('Tìm gì').fill('noi chien mai vang')
    await lan.keyboard.press('Enter')
    await seen(lan, /1 kết quả/)
  })

  it('makes the yearly report and hands out its files', async () => {
    await lan.goto(at('reports'))
    await button(lan, /Lập báo cáo/).click()
    const dialog = lan.getByRole('dialog')
    if ((await dialog.count()) > 0) await dialog.getByRole('button', { name: /Lập/ }).click()
    const [download] = await Promise.all([
      lan.waitForEvent('download', WAIT),
      lan
        .getByRole('link', { name: /\.docx|Word/ })
        .first()
        .click(WAIT),
    ])
    expect(download.suggestedFilename()).toMatch(/\.docx$/)
  })

  it.each([
    ...['gaps', 'guides', 'guides/dat-coc-bi-mat', 'words', 'edits', 'documents', 'call-backs', 'posters', 'privacy', 'clusters', 'replies'],
    ...['warnings', 'violators', 'training', 'account', 'cases', 'cases/new', 'reports', 'search', ''],
  ])('has nothing for axe to find on the page %s of the real service', async (path) => {
    await lan.goto(at(path))
    await lan.getByRole('heading', { level: 1 }).waitFor(WAIT)
    await expect.poll(() => lan.locator('.loading').count(), WAIT).toBe(0)
    const { violations } = await new AxeBuilder({ page: lan }).analyze()
    expect(violations.map(({ id }) => id)).toEqual([])
  })

  it('has a guide written, tried and approved by somebody else, and people are answered from it', async () => {
    const sentence = 'Quán cho thuê xe điện đẩy thu thừa tiền cọc thì phải trả lại phần thừa cho bạn.'
    const thu = await officer('thu', 'Chị Thu', 'supervisor')
    await lan.goto(at('guides'))
    await button(lan, 'Soạn hướng dẫn mới').click()
    await lan.getByLabel('Tên hướng dẫn').fill('Thuê xe điện đẩy bị thu thừa cọc')
    await button(lan, 'Bắt đầu soạn').click()
    await button(lan, 'Thêm câu vào “Trả lời”').click(WAIT)
    await lan.getByLabel('Trả lời, câu 1', { exact: true }).fill(sentence)
    await button(lan, 'Gắn căn cứ cho câu 1').click()
    await lan.getByRole('searchbox').or(lan.getByRole('dialog').getByRole('textbox')).first().fill('19/2023/QH15 điểm đ khoản 1 Điều 10')
    await lan.getByRole('dialog').getByRole('button', { name: 'Tìm' }).click()
    await lan.getByRole('dialog').getByRole('button', { name: /^Chèn/ }).first().click(WAIT)
    // By keyboard alone: what was added, moved up or left after another one went is where the next word goes.
    const adding = button(lan, 'Thêm câu vào “Các bước”')
    for (const words of ['Nhắn chủ quán.', 'Giữ biên lai.', 'Câu thừa.']) {
      await adding.focus()
      await lan.keyboard.press('Enter')
      await lan.keyboard.type(words)
    }
    await button(lan, 'Đưa câu 2 của “Các bước” lên trên').press('Enter')
    await lan.keyboard.press('End')
    await lan.keyboard.type(' Chụp lại.')
    await button(lan, 'Bỏ câu 3 của “Các bước”').press('Enter')
    await lan.keyboard.press('End')
    await lan.keyboard.type(' Hẹn ngày trả.')
    const steps = () =>
      lan.getByLabel(/^Các bước, câu/).evaluateAll((areas) => areas.map((area) => (area as unknown as { readonly value: string }).value))
    expect(await steps()).toEqual(['Giữ biên lai. Chụp lại.', 'Nhắn chủ quán. Hẹn ngày trả.'])
    const questions = ['thuê xe điện đẩy bị thu thừa cọc', 'xe điện đẩy thu dư tiền cọc', 'cọc xe điện đẩy họ giữ lại']
    await lan.getByLabel('Người dân hỏi thế nào').fill(questions.join('\n'))
    await lan.getByLabel('Câu để thử').fill('xe điện đẩy ở hồ thu dư cọc của tôi')
    await button(lan, 'Lưu').click()
    await seen(lan, 'Không có lỗi')
    expect((await new AxeBuilder({ page: lan }).analyze()).violations).toEqual([])
    await button(lan, 'Thử').click()
    await lan.getByText('1/1 câu trả lời bằng hướng dẫn này').waitFor({ timeout: 150_000 })
    await button(lan, 'Gửi duyệt').click()
    await seen(lan, 'một người khác phải duyệt')
    await thu.goto(at('edits'))
    await thu.getByRole('link', { name: 'Thuê xe điện đẩy bị thu thừa cọc' }).click(WAIT)
    await seen(thu, 'mọi điều dưới đây là mới')
    await button(thu, 'Duyệt và dùng ngay').click()
    await thu.getByRole('dialog').getByRole('button', { name: 'Duyệt và dùng ngay' }).click()
    await thu.getByText('Đang dùng', { exact: true }).first().waitFor({ timeout: 120_000 })
    await person.getByRole('textbox').fill('thuê xe điện đẩy bị thu thừa cọc')
    await person.keyboard.press('Enter')
    await person.getByRole('log').getByText(sentence).first().waitFor(WAIT)
    await thu.context().close()
  })

  it('works on a telephone: from the queue to an answer, nothing wider than the screen', async () => {
    const phone = await officer('hoa', 'Chị Hoa', 'officer', 390)
    await town.telegram.say('50110003', 'cho tôi gặp cán bộ nhé')
    await open(phone, 'gặp cán bộ nhé')
    await write(phone, 'Chị Hoa trả lời từ điện thoại.')
    await expect.poll(() => town.telegram.shown('50110003').some(({ text }) => text.includes('Chị Hoa trả lời')), WAIT).toBe(true)
    expect(await phone.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth')).toBe(0)
    const { violations } = await new AxeBuilder({ page: phone }).analyze()
    expect(violations.map(({ id }) => id)).toEqual([])
    await phone.context().close()
  })

  it('shows the audit of all this to the administrator, and nobody else', async () => {
    await admin.goto(at('audit'))
    await admin.getByRole('cell', { name: 'Chị Lan' }).first().waitFor(WAIT)
    await lan.goto(at('audit'))
    await seen(lan, /không có quyền|Không có trang này/)
  })

  it('complained of nothing: no fault in a page, no request to another host', () => expect(complaints).toEqual([]))
})
