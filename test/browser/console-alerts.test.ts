/** In a real browser: connecting a chat for alerts, what is told, words that wait for a supervisor. */
import { describe, expect, it } from 'vitest'
import { CHAT, Office } from './console-kit.ts'
import { CHROMIUM } from './web-chat-kit.ts'

describe.skipIf(CHROMIUM === undefined)('the officers’ page', () => {
  const office = new Office()
  const { desk } = office

  it('shows the line to be sent, keeps each tick at once, and disconnects', async () => {
    const page = await office.visit('account', { viewport: { width: 390, height: 780 } })
    await page.getByText('Đang báo qua Zalo OA').waitFor()
    await page.getByRole('button', { name: 'Nối chỗ khác' }).click()
    await page.getByText('báo việc ABCD-1234').waitFor()
    expect(await page.getByRole('link', { name: 'Mở Telegram' }).getAttribute('href')).toBe('https://t.me/an_tam')
    await page.getByRole('checkbox', { name: 'Ghi chú nhắc tới bạn' }).click()
    await page.getByText('Đã lưu.').first().waitFor()
    await page.getByRole('button', { name: 'Ngừng báo việc' }).click()
    await page.getByText('Đã ngừng báo việc.').first().waitFor()
    expect(desk.deeds('/me/alerts').map(({ method, path, body }) => [method, path, body])).toEqual([
      ['POST', '/me/alerts/code', {}],
      ['PUT', '/me/alerts', { off: ['digest', 'mention'], night: true }],
      ['DELETE', '/me/alerts', undefined],
    ])
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390)
  })

  it('lets a supervisor send, change or return what waits', async () => {
    const page = await office.visit(`chats/${CHAT}`)
    const words = page.getByRole('region', { name: 'Lời chờ duyệt' }).getByRole('article').first()
    await words.getByRole('button', { name: 'Duyệt và gửi' }).click()
    await page.getByText('Đã gửi cho người dân.').first().waitFor()
    await words.getByRole('button', { name: 'Sửa rồi gửi' }).click()
    await page.getByRole('dialog').getByLabel('Lời gửi cho người dân').fill('Lời đã sửa.')
    await page.getByRole('dialog').getByRole('button', { name: 'Duyệt và gửi' }).click()
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await words.getByRole('button', { name: 'Trả lại' }).click()
    await page.getByRole('dialog').getByLabel('Lý do').fill('Thiếu hạn.')
    await page.getByRole('dialog').getByRole('button', { name: 'Trả lại' }).click()
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    const [sent, changed, returned] = desk.deeds(`/chats/${CHAT}/proposed/w-1`)
    expect(sent?.path).toMatch(/\/send$/)
    expect(changed?.body).toMatchObject({ text: 'Lời đã sửa.', citations: ['19/2023/QH15#30.1'] })
    expect(returned).toMatchObject({ path: `/chats/${CHAT}/proposed/w-1/return`, body: { reason: 'Thiếu hạn.' } })
  })

  it('puts returned words back into the box of whoever wrote them, and loses nothing that stands there', async () => {
    const page = await office.visit(`chats/${CHAT}`)
    const box = page.getByRole('textbox', { name: 'Trả lời người dân' })
    await box.fill('Đang viết dở.')
    await page.getByRole('button', { name: 'Lấy lại để sửa' }).click()
    await expect.poll(() => page.getByRole('textbox', { name: 'Trả lời người dân' }).inputValue()).toContain('<script>')
    expect(await page.getByRole('textbox', { name: 'Trả lời người dân' }).inputValue()).toMatch(/^Đang viết dở\.\n\n/)
    expect(desk.deeds(`/chats/${CHAT}/proposed/w-2`).map(({ path }) => path)).toEqual([`/chats/${CHAT}/proposed/w-2/drop`])
  })
})
