import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { CASE, CHAT, EVIL, me, Office, SIGNED_OUT } from './console-kit.ts'
import { CHROMIUM, focused, press } from './web-chat-kit.ts'

const box = (page: Page) => page.getByLabel('Trả lời người dân')
const written = (office: Office) =>
  office.desk.deeds(`/chats/${CHAT}/write`).map(({ body }) => body as { readonly id: string; readonly text: string })
const hacked = (page: Page) => page.evaluate('window.hacked === undefined && document.querySelectorAll("main script, main b > b").length === 0')
const scrolled = (page: Page) => page.evaluate('document.querySelector(".thread").scrollTop')
const answerBox = `chats/${CHAT}`

describe.skipIf(CHROMIUM === undefined)('the console', { timeout: 60_000 }, () => {
  const office = new Office()

  describe('while an officer writes', () => {
    it('takes away neither words nor place when something happens, and shows that there is something new', async () => {
      const page = await office.visit(answerBox)
      await page.waitForSelector('.message')
      await box(page).fill('Tôi đang viết dở')
      await page.evaluate('document.querySelector(".thread").scrollTop = 150')
      await page.evaluate('new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))')
      office.desk.said('Còn đó không chị?')
      await page.waitForSelector('.fresh')
      expect([await box(page).inputValue(), await scrolled(page), await focused(page)]).toEqual(['Tôi đang viết dở', 150, 'Trả lời người dân'])
      expect(await page.locator('.toasts').innerText()).toContain('Người dân: Còn đó không chị?')
      await press(page, 'Có tin mới')
      await expect
        .poll(() => page.evaluate('(n => n.scrollHeight - n.scrollTop - n.clientHeight)(document.querySelector(".thread"))'))
        .toBeLessThan(2)
      expect(await page.locator('.message').last().innerText()).toContain('Còn đó không chị?')
    })

    it('keeps the words over a reload and in each conversation for itself', async () => {
      const page = await office.visit(answerBox)
      await box(page).fill('của cuộc một')
      await page.goto(`${office.desk.base}chats/c-2`)
      await page.waitForSelector('.message')
      expect(await box(page).inputValue()).toBe('')
      await page.goto(office.desk.base + answerBox)
      expect(await box(page).inputValue()).toBe('của cuộc một')
    })

    it('keeps them when the session ends, and brings the officer back to where they were', async () => {
      const page = await office.visit(answerBox)
      // That somebody writes is told first: the session must not end at that already, before anything was sent.
      const told = page.waitForResponse(
        (answer) => answer.url().endsWith('/looking') && answer.request().postData()?.includes('"typing":true') === true,
      )
      await box(page).fill('chưa gửi')
      await told
      office.desk.me = undefined
      await page.keyboard.press('Control+Enter')
      await page.waitForSelector('input[type=password]')
      expect(await page.locator('.lead').innerText()).toContain('những gì đang viết vẫn còn')
      office.desk.me = me()
      for (const [label, value] of [
        ['Tên đăng nhập', 'lan'],
        ['Mật khẩu', 'mật khẩu'],
        ['Mã 6 số', '123456'],
      ] as const)
        await page.getByLabel(label).fill(value)
      await page.keyboard.press('Enter')
      await page.waitForSelector('.outgoing')
      expect(await page.locator('.outgoing').innerText()).toContain('chưa gửi')
      await press(page, 'Gửi lại')
      await expect.poll(() => written(office).map(({ text }) => text)).toEqual(['chưa gửi'])
    })

    it('forgets them on signing out', async () => {
      const page = await office.visit(answerBox)
      await box(page).fill('không để lại')
      await page.goto(`${office.desk.base}account`)
      await press(page, 'Đăng xuất')
      await page.waitForSelector('input[type=password]')
      expect(await page.evaluate('JSON.stringify(sessionStorage)')).toBe('{}')
    })
  })

  describe('sending', () => {
    it('is done with Ctrl and Enter, shows the message and empties the box', async () => {
      const page = await office.visit(answerBox)
      await box(page).fill('Chào anh.')
      await page.keyboard.press('Control+Enter')
      await expect.poll(() => page.locator('.message').last().innerText()).toContain('Chào anh.')
      expect(await page.locator('.message').last().locator('.delivery').innerText()).toBe('đã gửi')
      expect(await box(page).inputValue()).toBe('')
    })

    it('once more after a broken answer sends the same message, not a second one', async () => {
      const page = await office.visit(answerBox)
      office.desk.swallow = (path) => path.endsWith('/write')
      await box(page).fill('Chào anh.')
      await press(page, 'Gửi')
      await page.waitForSelector('.outgoing .trouble')
      await box(page).fill('câu sau')
      await page.reload()
      await page.waitForSelector('.outgoing .trouble')
      office.desk.swallow = () => false
      await press(page, 'Gửi lại')
      await expect.poll(() => page.locator('.outgoing').count()).toBe(0)
      const ids = written(office).map(({ id }) => id)
      expect([ids.length, new Set(ids).size, await box(page).inputValue()]).toEqual([2, 1, 'câu sau'])
      expect(await page.locator('.message', { hasText: 'Chào anh.' }).count()).toBe(1)
    })

    it('that is refused says why and gives the words back', async () => {
      const page = await office.visit(answerBox)
      office.desk.refuse = (path) => (path.endsWith('/write') ? { status: 409, code: 'conflict', message: 'Minh vừa nhận cuộc này.' } : undefined)
      await box(page).fill('Chào anh.')
      await press(page, 'Gửi')
      await page.waitForSelector('.composer .trouble')
      expect([await page.locator('.composer .trouble').innerText(), await box(page).inputValue()]).toEqual(['Minh vừa nhận cuộc này.', 'Chào anh.'])
    })

    it('is not possible beyond what the channel takes, and says by how much', async () => {
      office.desk.chat = { maxTextLength: 20 }
      const page = await office.visit(answerBox)
      await box(page).fill('x'.repeat(23))
      expect(await page.locator('.left').innerText()).toBe('dài quá 3 ký tự')
      expect(await page.getByRole('button', { name: 'Gửi', exact: true }).isDisabled()).toBe(true)
      await box(page).press('Control+Enter')
      expect(written(office)).toEqual([])
    })

    it('takes along a citation, a ready reply and what the assistant wrote, each below what is there', async () => {
      const page = await office.visit(answerBox)
      await box(page).fill('Chào anh.')
      await press(page, 'Câu mẫu')
      await page.waitForSelector('.pick')
      expect(await page.locator('.pick', { hasText: 'Bảo hành' }).innerText()).toContain('Chưa dùng được: Điều 30 đã đổi.')
      expect(await page.getByRole('button', { name: 'Chèn: Bảo hành' }).count()).toBe(0)
      await press(page, 'Chèn: Đổi trả')
      await press(page, 'Căn cứ')
      await page.keyboard.type('sàn')
      await page.keyboard.press('Enter')
      await page.locator('.pick button').click()
      await page.getByRole('button', { name: /^Soạn giúp/ }).click()
      await expect.poll(() => box(page).inputValue()).toBe('Chào anh.\n\nBạn được đổi hàng.\n\nTrợ lý soạn.')
      await page.getByRole('button', { name: /^Bỏ căn cứ khoản 1 Điều 39/ }).click()
      await press(page, 'Gửi')
      await expect.poll(() => written(office)[0]).toMatchObject({ citations: ['19/2023/QH15#30.1', '19/2023/QH15#38.1'] })
    })
  })

  it('shows older messages without moving what is being read', async () => {
    const page = await office.visit(answerBox)
    await page.waitForSelector('.message')
    await page.evaluate('document.querySelector(".thread").scrollTop = 0')
    const top = (index: string) =>
      page.evaluate(`[...document.querySelectorAll('.message')].at(${index}).getBoundingClientRect().top`) as Promise<number>
    const before = await top('0')
    await press(page, 'Xem tin cũ hơn')
    await expect.poll(() => page.locator('.message').count()).toBe(40)
    expect(Math.abs((await top('-20')) - before)).toBeLessThan(3)
  })

  it('runs nothing that a citizen wrote, on any page', async () => {
    const page = await office.visit(answerBox)
    for (const path of ['', answerBox, 'cases', `cases/${CASE}`, 'clusters', 'search?q=noi', 'audit']) {
      await page.goto(office.desk.base + path)
      await page.waitForSelector('h1')
      await expect.poll(() => page.locator('main').innerText()).toContain('<script>')
      expect([path, await hacked(page)]).toEqual([path, true])
    }
    await page.goto(`${office.desk.base}search?q=${encodeURIComponent(EVIL)}`)
    await page.waitForSelector('mark')
    expect([await page.getByLabel('Tìm gì').inputValue(), await hacked(page)]).toEqual([EVIL, true])
  })

  it('asks once and wants a written outcome before a conversation is handed back', async () => {
    const page = await office.visit(answerBox)
    await press(page, 'Giao lại trợ lý')
    const confirm = page.locator('dialog').getByRole('button', { name: 'Giao lại trợ lý' })
    expect(await confirm.isDisabled()).toBe(true)
    await page.keyboard.type('Đã hướng dẫn.')
    await confirm.click()
    await expect
      .poll(() => office.desk.deeds(`/chats/${CHAT}/hand-back`))
      .toEqual([{ method: 'POST', path: `/chats/${CHAT}/hand-back`, body: { outcome: 'Đã hướng dẫn.' } }])
    expect(await page.locator('.toasts').innerText()).toContain('Đã giao lại cho trợ lý.')
  })

  it('says what the person agreed to before a case goes to an authority', async () => {
    const page = await office.visit(`cases/${CASE}`)
    await press(page, 'Chuyển cơ quan')
    const words = await page.locator('dialog .consent').innerText()
    expect(words.replace(/\s+/g, ' ')).toContain('Người dân không đồng ý hoặc đã rút: Hội chuyển hồ sơ cho cơ quan có thẩm quyền')
    await page.getByLabel('Cơ quan', { exact: true }).selectOption('sct')
    await page.locator('dialog button[type=submit]').click()
    await expect
      .poll(() => office.desk.deeds(`/cases/${CASE}`))
      .toMatchObject([{ path: `/cases/${CASE}/event`, body: { kind: 'transfer', agency: 'sct' } }])
  })

  it('shows a picture only when it is known to show no papers', async () => {
    const page = await office.visit(`cases/${CASE}`)
    await page.waitForSelector('.evidence')
    expect(await page.locator('.evidence').count()).toBe(1)
    await press(page, 'Có lộ, giữ kín')
    await expect.poll(() => office.desk.deeds(`/cases/${CASE}/files/f-1`)).toMatchObject([{ body: { clear: false } }])
  })

  it('says nothing of a short break of the line, says when it lasts, and fetches again when it is back', async () => {
    const page = await office.visit(answerBox)
    await page.waitForSelector('.message')
    office.desk.cut()
    office.desk.messages = office.desk.messages.slice(0, -1)
    await expect.poll(() => office.desk.opened).toBe(2)
    expect(await page.locator('.lost').count()).toBe(0)
    await page.context().setOffline(true)
    office.desk.cut()
    await page.waitForSelector('.lost')
    expect(await page.locator('.lost').innerText()).toContain('Mất kết nối')
    office.desk.said('Trong lúc mất mạng')
    await page.context().setOffline(false)
    await expect.poll(() => page.locator('.message').last().innerText(), { timeout: 15_000 }).toContain('Trong lúc mất mạng')
    expect(await page.locator('.lost').count()).toBe(0)
  })

  it('shows the door when the line is refused because the session has ended', async () => {
    const page = await office.visit(answerBox)
    await page.waitForSelector('.message')
    office.desk.me = undefined
    office.desk.cut()
    await page.waitForSelector('input[type=password]')
  })

  it.each(['officer', 'supervisor', 'administrator'] as const)('shows somebody who is %s only what they may do', async (role) => {
    office.desk.me = me(role)
    const page = await office.visit('reports')
    await page.waitForSelector('.figure')
    const nav = await page.locator('nav').innerText()
    const sees = async (name: string) => (await page.getByRole('button', { name }).or(page.getByRole('link', { name })).count()) > 0
    const reports = [await sees('Lập báo cáo năm'), await sees('Tải danh sách hồ sơ')]
    await page.goto(`${office.desk.base}cases/${CASE}`)
    await page.waitForSelector('.deeds')
    const ofCase = [await sees('Khóa hồ sơ'), await sees('Xem số đầy đủ')]
    await page.goto(`${office.desk.base}officers`)
    await page.waitForSelector('h1')
    const [more, all] = [role !== 'officer', role === 'administrator']
    expect([nav.includes('Nhật ký'), nav.includes('Cán bộ'), reports, ofCase]).toEqual([all, all, [more, more], [more, more]])
    expect(await page.locator('h1').innerText()).toBe(all ? 'Cán bộ' : 'Không có trang này')
  })

  it('opens an account from a link: password, app, spare codes shown once', async () => {
    office.desk.me = undefined
    const page = await office.visit('set-up/secret-token')
    await page.getByLabel('Mật khẩu', { exact: true }).fill('bốn con mèo đi chợ')
    await page.getByLabel('Gõ lại mật khẩu').fill('bốn con mèo')
    expect(await page.locator('.trouble').innerText()).toBe('Hai lần gõ chưa giống nhau.')
    await page.getByLabel('Gõ lại mật khẩu').fill('bốn con mèo đi chợ')
    await press(page, 'Tiếp tục')
    await page.waitForSelector('.qr')
    expect(await focused(page)).toBe('Bước 2 trên 3: Ứng dụng xác thực')
    expect(await page.evaluate('document.querySelector(".qr").naturalWidth > 0')).toBe(true)
    await page.getByLabel('Mã 6 số đang hiện trong ứng dụng').fill('123456')
    await press(page, 'Xác nhận')
    expect(await page.locator('.spare').innerText()).toContain('AAAAA-BBBBB')
    expect(office.desk.deeds('/set-up').map(({ body }) => body)).toEqual([
      { token: 'secret-token', name: 'Cán bộ Minh', password: 'bốn con mèo đi chợ' },
      { token: 'secret-token', code: '123456' },
    ])
    await press(page, 'Tôi đã cất, đến trang đăng nhập')
    await page.waitForSelector('input[autocomplete=one-time-code]')
    expect(await page.content()).not.toContain('AAAAA-BBBBB')
  })

  it('clears the code after a wrong sign-in, since it is good once', async () => {
    office.desk.me = undefined
    office.desk.refuse = (path) => (path === '/session' ? { ...SIGNED_OUT, code: 'wrong_sign_in', message: 'Chưa đúng.' } : undefined)
    const page = await office.visit('sign-in')
    for (const label of ['Tên đăng nhập', 'Mật khẩu', 'Mã 6 số']) await page.getByLabel(label).fill('123456')
    await press(page, 'Đăng nhập')
    await page.waitForSelector('.trouble')
    expect([await page.getByLabel('Mã 6 số').inputValue(), await page.getByLabel('Tên đăng nhập').inputValue()]).toEqual(['', '123456'])
  })
})
