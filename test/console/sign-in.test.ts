/** Signing in to the console and staying signed in: what a thief, a guesser and a colleague who left can and cannot do. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Browser } from './kit.ts'
import { Desk, PASSWORD, tokenIn } from './kit.ts'

const MINUTE = 60_000
const SESSION = '__Host-antam-session'

let desk: Desk
let admin: Browser

beforeAll(async () => {
  desk = await new Desk().open()
  admin = await desk.settle(await desk.firstToken(), { name: 'Quản trị Hội' })
})
afterAll(() => desk.close())

describe('the first start', () => {
  it('gives a link only while nobody can sign in', async () => {
    const { firstLink } = await import('../../bot/main/console.ts')
    expect(await firstLink(desk.parts, 'http://127.0.0.1')).toBeUndefined()
    expect((await admin.get('/me')).body).toMatchObject({ login: 'quantri', role: 'administrator', name: 'Quản trị Hội' })
  })

  it('makes of each further start without an administrator one new link, and the old one ends', async () => {
    const other = await new Desk().open()
    const [first, second] = [await other.firstToken(), await other.firstToken()]
    expect((await other.browser().get(`/set-up/${first}`)).status).toBe(404)
    expect((await other.browser().get(`/set-up/${second}`)).status).toBe(200)
    await other.close()
  })
})

describe('setting an account up', () => {
  const invite = async (login: string) => tokenIn((await admin.post('/officers', { login, name: 'Cán bộ Mới', role: 'officer' })).body.link)

  it.each([
    ['ngắn quá', 'ít nhất 12 ký tự'],
    ['123456789012', 'dễ đoán'],
    ['aaaaaaaaaaaaaaaa', 'dễ đoán'],
    ['MatKhau@AnTam1', 'dễ đoán'],
    ['toi la mai.tran dây', 'tên'],
    [`x${'y1'.repeat(150)}`, 'dài quá'],
  ])('refuses the password “%s” and says why', async (password, why) => {
    const token = await invite(`mai.tran${desk.now++}`)
    const { login } = (await desk.browser().get(`/set-up/${token}`)).body
    const answer = await desk.browser().post('/set-up', { token, name: 'Trần Mai', password: password.replace('mai.tran', login) })
    expect(answer.status).toBe(400)
    expect(answer.body.error.message).toContain(why)
  })

  it('lets everybody read the name that was chosen there, at once', async () => {
    const link = (await admin.post('/officers', { login: 'hoa', name: 'Cán bộ Mới', role: 'supervisor' })).body.link
    const hoa = await desk.settle(tokenIn(link), { name: 'Chị Hoa' })
    for (const by of [admin, hoa]) expect((await by.post('/replies', { title: 'Chào', text: 'Chào bạn.', citations: [] })).status).toBe(200)
    const written = (await admin.get('/replies')).body.replies.map(({ by }: { by: string }) => by)
    expect(new Set(written)).toEqual(new Set(['Quản trị Hội', 'Chị Hoa']))
  })

  it('is done only with a code of the app; a wrong one changes nothing', async () => {
    const browser = desk.browser()
    const token = await invite('lan')
    browser.secret = (await browser.post('/set-up', { token, name: 'Lan', password: PASSWORD })).body.secret
    const wrong = browser.code(desk.now) === '000000' ? '000001' : '000000'
    expect((await browser.post('/set-up/confirm', { token, code: wrong })).status).toBe(400)
    expect((await desk.signIn(browser, 'lan')).status).toBe(401)
    const { spareCodes } = (await browser.post('/set-up/confirm', { token, code: browser.code(desk.now) })).body
    expect(new Set(spareCodes).size).toBe(8)
    expect((await desk.signIn(browser, 'lan')).status).toBe(200)
    expect((await browser.get(`/set-up/${token}`)).status).toBe(404)
  })

  it('ends with the day', async () => {
    const token = await invite('tre')
    desk.now += 24 * 60 * MINUTE + 1
    const answer = await desk.browser().get(`/set-up/${token}`)
    expect(answer).toMatchObject({ status: 404, body: { error: { code: 'link_ended' } } })
    await desk.signIn(admin, 'quantri')
  })
})

describe('signing in', () => {
  it('takes no code twice, and a spare code once, however it is typed', async () => {
    const browser = await desk.officer(admin, 'minh', 'officer', 'Minh')
    const code = browser.code(desk.now)
    const again = () => browser.post('/session', { login: 'minh', password: PASSWORD, code })
    expect((await again()).status).toBe(401)
    const { link } = (await admin.post(`/officers/${browser.id}/link`)).body
    const other = desk.browser()
    other.secret = (await other.post('/set-up', { token: tokenIn(link), name: 'Minh', password: PASSWORD })).body.secret
    const { spareCodes } = (await other.post('/set-up/confirm', { token: tokenIn(link), code: other.code(desk.now) })).body
    const spare = () => other.post('/session', { login: 'minh', password: PASSWORD, code: spareCodes[0].toLowerCase().replace('-', ' ') })
    expect((await spare()).status).toBe(200)
    expect((await spare()).status).toBe(401)
  })

  it('says the same of a wrong name, a wrong password and a wrong code', async () => {
    const said = []
    for (const [login, password, code] of [
      ['khong-co-ai', PASSWORD, '123456'],
      ['quantri', 'mật khẩu nào đó sai', admin.code(desk.now)],
      ['quantri', PASSWORD, 'abcdef'],
    ]) {
      const browser = desk.browser()
      browser.address = `203.0.113.${said.length}`
      said.push((await browser.post('/session', { login, password, code })).body.error)
    }
    expect(new Set(said.map((error) => JSON.stringify(error))).size).toBe(1)
    expect(said[0]).toMatchObject({ code: 'wrong_sign_in' })
  })

  it('counts what comes all at once one by one, and writes one row of many refusals', async () => {
    const guesser = desk.browser()
    guesser.address = '192.0.2.77'
    const tries = Array.from({ length: 60 }, () => guesser.post('/session', { login: 'lan', password: 'đoán mò cùng lúc', code: '000000' }))
    const statuses = (await Promise.all(tries)).map(({ status }) => status)
    expect(statuses.filter((status) => status === 401).length).toBeLessThanOrEqual(5)
    expect(statuses.filter((status) => status === 429).length).toBeGreaterThanOrEqual(55)
    const rows = await desk.parts.store.read((tx) => tx.selectFrom('audit').select('subject').where('action', '=', 'session.refused').execute())
    expect(rows).toHaveLength(1)
    desk.now += 60 * MINUTE + 1
    await desk.signIn(admin, 'quantri')
  })

  it('makes a guesser wait, and never the officer in a browser that has signed in before', async () => {
    const guesser = desk.browser()
    for (let i = 0; i < 40; i++) {
      guesser.address = `203.0.113.${i % 200}`
      await guesser.post('/session', { login: 'quantri', password: `đoán mò lần ${i}`, code: '000000' })
    }
    guesser.address = '203.0.113.250'
    expect((await guesser.post('/session', { login: 'quantri', password: 'đoán nữa', code: '000000' })).status).toBe(429)
    await admin.send({ method: 'DELETE', url: '/session' })
    expect((await desk.signIn(admin, 'quantri')).status).toBe(200)
  })
})

describe('a session', () => {
  const settled = () => desk.officer(admin, `o${desk.now}`, 'officer', 'Cán bộ Phiên')

  it('is a cookie that no script reads, no other site sends and only this host gets', async () => {
    const browser = await settled()
    desk.now += MINUTE
    const answer = await browser.post('/session', { login: (await browser.get('/me')).body.login, password: PASSWORD, code: browser.code(desk.now) })
    const cookie = String((answer.headers['set-cookie'] as string[]).find((one) => one.startsWith(SESSION)))
    for (const word of ['HttpOnly', 'Secure', 'SameSite=Strict', 'Path=/']) expect(cookie).toContain(word)
    expect(cookie).not.toContain('Domain')
  })

  it('ends after half an hour without anything done, and after twelve hours whatever is done', async () => {
    const idle = await settled()
    desk.now += 29 * MINUTE
    expect((await idle.get('/me')).status).toBe(200)
    desk.now += 31 * MINUTE
    expect((await idle.get('/me')).status).toBe(401)
    const busy = await desk.officer(await again(), 'busy', 'officer', 'Cán bộ Bận')
    for (let minutes = 0; minutes < 12 * 60; minutes += 20) {
      expect((await busy.get('/me')).status).toBe(200)
      desk.now += 20 * MINUTE
    }
    expect((await busy.get('/me')).status).toBe(401)
  })
  const again = async () => {
    await desk.signIn(admin, 'quantri')
    return admin
  }

  it('exchanges its token, and whoever comes with a copy of an old one ends it for both', async () => {
    const browser = await desk.officer(await again(), 'ban-sao', 'officer', 'Cán bộ Sao')
    const before = browser.cookies.get(SESSION) ?? ''
    desk.now += 16 * MINUTE
    await browser.get('/me')
    expect(browser.cookies.get(SESSION)).not.toBe(before)
    await browser.get('/me')
    const thief = desk.browser()
    thief.cookies.set(SESSION, before)
    // What was under way when the token was exchanged still arrives.
    expect((await thief.get('/me')).status).toBe(200)
    desk.now += 2 * MINUTE
    thief.cookies.set(SESSION, before)
    expect((await thief.get('/me')).status).toBe(401)
    expect((await browser.get('/me')).status).toBe(401)
  })

  it('outlives the answer that carried its new token: who never got it comes again with the old one', async () => {
    const browser = await desk.officer(await again(), 'mat-tra-loi', 'officer', 'Cán bộ Mất')
    const before = browser.cookies.get(SESSION) ?? ''
    desk.now += 16 * MINUTE
    await browser.get('/me')
    browser.cookies.set(SESSION, before)
    desk.now += 2 * MINUTE
    expect((await browser.get('/me')).status).toBe(200)
    expect(browser.cookies.get(SESSION)).not.toBe(before)
    expect((await browser.get('/me')).status).toBe(200)
  })

  it('is not kept alive by what an open page fetches by itself', async () => {
    const browser = await desk.officer(await again(), 'bo-di', 'officer', 'Cán bộ Đi')
    for (let minutes = 0; minutes < 30; minutes += 5) {
      expect((await browser.get('/queue', { 'x-antam-background': '1' })).status).toBe(200)
      desk.now += 5 * MINUTE
    }
    desk.now += 2 * MINUTE
    expect((await browser.get('/queue', { 'x-antam-background': '1' })).status).toBe(401)
  })

  it('goes on alone under another token once the password is changed: neither a copy of the old one nor another browser gets in', async () => {
    for (const [login, minutes] of [
      ['doi-mk', 0],
      // At the very moment at which the token is exchanged anyway.
      ['doi-mk-2', 16],
    ] as const) {
      const browser = await desk.officer(await again(), login, 'officer', 'Cán bộ Khóa')
      const other = Object.assign(desk.browser(), { secret: browser.secret })
      await desk.signIn(other, login)
      const before = browser.cookies.get(SESSION) ?? ''
      desk.now += minutes * MINUTE
      expect((await browser.post('/me/password', { old: 'không phải', password: 'mèo trèo lên cây cau' })).status).toBe(400)
      const asked = browser.cookies.get(SESSION) ?? ''
      expect((await browser.post('/me/password', { old: PASSWORD, password: 'mèo trèo lên cây cau' })).status).toBe(200)
      expect([before, asked]).not.toContain(browser.cookies.get(SESSION))
      for (const token of [before, asked]) {
        const thief = desk.browser()
        thief.cookies.set(SESSION, token)
        expect((await thief.get('/me')).status).toBe(401)
      }
      expect((await other.get('/me')).status).toBe(401)
      expect((await browser.get('/me')).status).toBe(200)
      expect((await browser.post('/me/alerts/code')).status).not.toBe(401)
    }
  })

  it('ends when its cookie turns up in another browser', async () => {
    const browser = await desk.officer(await again(), 'nham-may', 'officer', 'Cán bộ Máy')
    const thief = desk.browser()
    thief.agent = 'curl/8.0'
    thief.cookies.set(SESSION, browser.cookies.get(SESSION) ?? '')
    expect((await thief.get('/me')).status).toBe(401)
    expect((await browser.get('/me')).status).toBe(401)
  })

  it('ends at once when the account is closed, and the last administrator cannot be', async () => {
    const browser = await desk.officer(await again(), 'nghi-viec', 'officer', 'Cán bộ Nghỉ')
    const { id } = (await browser.get('/me')).body
    const closed = { name: 'Cán bộ Nghỉ', role: 'officer', active: false }
    expect((await admin.send({ method: 'PUT', url: `/officers/${id}`, payload: closed })).status).toBe(200)
    expect((await browser.get('/me')).status).toBe(401)
    expect((await desk.signIn(browser, 'nghi-viec')).status).toBe(401)
    const me = (await admin.get('/me')).body
    const answer = await admin.send({ method: 'PUT', url: `/officers/${me.id}`, payload: { name: me.name, role: 'officer', active: true } })
    expect(answer).toMatchObject({ status: 409 })
  })

  it.each([
    ['no word', { 'x-antam-csrf': '' }],
    ['a wrong word', { 'x-antam-csrf': 'A'.repeat(43) }],
    ['another origin', { origin: 'https://evil.example' }],
    ['an origin that is none', { origin: 'null' }],
    ['another site', { 'sec-fetch-site': 'cross-site' }],
    ['a sister host', { 'sec-fetch-site': 'same-site' }],
  ])('takes no change with %s', async (_, headers) => {
    const browser = await again()
    expect((await browser.post('/officers', { login: 'gia-mao', name: 'Giả', role: 'officer' }, headers)).body.error.code).toBe('forged')
  })
})
