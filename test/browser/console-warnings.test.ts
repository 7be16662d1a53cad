/** Warnings and the published list in a real browser on the real service: written by one, approved by another, read by everybody on a telephone. */
import { AxeBuilder } from '@axe-core/playwright'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openStore } from '../../adapters/storage/database.ts'
import { addLink, createOfficer } from '../../adapters/storage/officer-store.ts'
import type { Service } from '../../bot/main/service.ts'
import { openReal } from '../bot/open.ts'
import { openTown, type Town } from '../channels/open.ts'
import { settle } from './settle.ts'
import { CHROMIUM, newPage, openBrowser, sideways } from './web-chat-kit.ts'

const WAIT = { timeout: 30_000 }
const CSV =
  'Tên;Trang;Hành vi;Cơ quan công bố;Số quyết định;Ngày công bố;Nguồn\n' +
  'Shop Hoa Mai;hoamai.top;Bán hàng giả mạo nhãn hiệu;Cục thử nghiệm;12/QĐ-TN;06/03/2026;https://co-quan.example/12\n'

describe.skipIf(CHROMIUM === undefined)('warnings with the real service', { timeout: 180_000 }, () => {
  const complaints: string[] = []
  let town: Town
  let service: Service
  let browser: Browser
  let lan: Page
  let minh: Page

  const at = (path = '') => `${service.address}/console/${path}`
  const seen = (page: Page, words: string | RegExp) => page.getByText(words).first().waitFor(WAIT)
  const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).first()
  const sound = async (page: Page) =>
    expect((await new AxeBuilder({ page }).analyze()).violations.map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual([])

  async function officer(login: string, name: string, width: number): Promise<Page> {
    const store = await openStore(town.folder)
    const id = (await createOfficer(store, { login, name, role: 'supervisor' }, 'system', Date.now())) as string
    await addLink(store, id, `lien-ket-${login}`, 'system', Date.now())
    await store.close()
    const page = await newPage(browser, [service.address], complaints, { viewport: { width, height: 900 } })
    await settle(page, at(`set-up/lien-ket-${login}`), login, name)
    return page
  }

  beforeAll(async () => {
    await openReal()
    town = await openTown()
    service = await town.start({ env: { ASSOCIATION_NAME: 'Hội thử' } })
    await service.opened
    browser = await openBrowser()
    lan = await officer('lan', 'Chị Lan', 1280)
    minh = await officer('minh', 'Anh Minh', 390)
  }, 180_000)
  afterAll(async () => {
    await browser?.close()
    await town?.close()
  })

  it('a warning is drafted along a trick, saved, and asked to be approved; what names a page is refused and stays in the field', async () => {
    await lan.goto(at('warnings'))
    await seen(lan, 'Chưa có cảnh báo nào')
    await sound(lan)
    await button(lan, 'Soạn cảnh báo').click()
    await lan.getByLabel('Thủ đoạn').selectOption({ label: 'Người tự xưng công an, viện kiểm sát, điện lực, thuế gọi đe dọa đòi tiền' })
    await button(lan, 'Bắt đầu soạn').click()
    await lan.getByLabel('Lời mở đầu').waitFor(WAIT)
    await sound(lan)
    await lan.getByLabel('Lời mở đầu').fill('Xem ở trang hoan-tien.top')
    await seen(lan, 'Còn chữ chưa lưu')
    await button(lan, 'Lưu bản nháp').click()
    await seen(lan, 'Cảnh báo không được dẫn tới trang')
    expect(await lan.getByLabel('Lời mở đầu').inputValue()).toBe('Xem ở trang hoan-tien.top')
    await lan.getByLabel('Lời mở đầu').fill('Nhiều người già nhận cuộc gọi tự xưng công an.')
    await button(lan, 'Lưu bản nháp').click()
    await seen(lan, 'Đã lưu.')
    await button(lan, 'Xin duyệt').click()
    await seen(lan, 'Bạn đã viết hoặc sửa cảnh báo này')
    expect(await button(lan, 'Duyệt và đăng').count()).toBe(0)
  })

  it('a second person approves it on a telephone, and everybody reads it', async () => {
    await minh.goto(at('warnings'))
    await minh.getByRole('link', { name: /^Cảnh giác:/ }).click()
    // Who decides about it reads it first.
    await seen(minh, 'Nhiều người già nhận cuộc gọi tự xưng công an.')
    expect(await minh.getByLabel('Lời mở đầu').count()).toBe(0)
    expect(await sideways(minh)).toBe(0)
    await sound(minh)
    await button(minh, 'Duyệt và đăng').click()
    await minh.getByRole('dialog').getByRole('button', { name: 'Duyệt và đăng' }).click()
    await seen(minh, 'Đang đăng')
    const person = await newPage(browser, [service.address], complaints, { viewport: { width: 390, height: 844 }, javaScriptEnabled: false })
    await person.goto(`${service.address}/canh-bao`)
    expect(await sideways(person).catch(() => 0)).toBe(0)
    await person.getByRole('link', { name: /^Cảnh giác:/ }).click()
    await seen(person, 'Nhiều người già nhận cuộc gọi tự xưng công an.')
    await seen(person, 'Dấu hiệu nhận biết')
    await seen(person, '19/2023/QH15')
    await person.context().close()
    const reader = await newPage(browser, [service.address], complaints, { viewport: { width: 390, height: 844 } })
    await reader.goto(`${service.address}/canh-bao`)
    await sound(reader)
    await reader.getByRole('link', { name: /^Cảnh giác:/ }).click()
    expect(await sideways(reader)).toBe(0)
    await sound(reader)
    await reader.context().close()
  })

  it('a file of published names is looked through, brought in by one, and approved by the other', async () => {
    await lan.goto(at('violators'))
    await seen(lan, 'Danh sách đang trống')
    await sound(lan)
    await button(lan, 'Nhập tệp').click()
    const file = (text: string) => ({ name: 'cong-bo.csv', mimeType: 'text/csv', buffer: Buffer.from(text) })
    await lan.getByLabel('Tệp CSV hoặc Excel (.xlsx)').setInputFiles(file(`${CSV}Ai đó;;;;;;\n`))
    await seen(lan, '1 mục mới, 0 mục đã có, 1 dòng sai.')
    await sound(lan)
    await lan.getByLabel('Tệp CSV hoặc Excel (.xlsx)').setInputFiles(file(CSV))
    await button(lan, 'Nhập 1 mục, chờ duyệt').click()
    await seen(lan, 'Bạn là người nhập nên cần người khác duyệt.')
    await minh.goto(at('violators'))
    await button(minh, 'Duyệt: Tệp cong-bo.csv').click()
    await seen(minh, '1 mục đang dùng.')
    expect(await sideways(minh)).toBe(0)
    await sound(minh)
  })

  it('nobody’s browser complained', () => expect(complaints).toEqual([]))
})
