/** Cases, replies kept ready, accounts and the paperwork of the office, in the console on the real service. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Browser, Desk } from './kit.ts'

let desk: Desk
let admin: Browser
let lan: Browser & { id: string }
let minh: Browser & { id: string }

beforeAll(async () => {
  desk = await new Desk().open({ ASSOCIATION_NAME: 'Hội thử' })
  await desk.parts.answerer.opened
  admin = await desk.settle(await desk.firstToken(), { name: 'Quản trị' })
  lan = await desk.officer(admin, 'lan', 'officer', 'Chị Lan')
  minh = await desk.officer(admin, 'minh', 'supervisor', 'Anh Minh')
})
afterAll(() => desk.close())

const STORY = 'Tôi mua nồi chiên của Shop Mai Vàng trên Facebook, chuyển khoản 1.200.000 đồng rồi shop chặn máy, không giao hàng.'

function filing(more: object = {}) {
  return {
    story: STORY,
    facts: { respondent: 'Shop Mai Vàng', platform: 'facebook', amount: 1_200_000, name: 'Trần Thử', phone: '0900000017', commune: 'phường Pleiku' },
    consents: [
      { purpose: 'handle', how: 'telephone' },
      { purpose: 'authority', how: 'telephone' },
    ],
    ...more,
  }
}

async function filed(more: object = {}): Promise<string> {
  const answer = await lan.post('/cases', filing(more))
  expect(answer.status).toBe(200)
  return answer.body.number
}

const event = (number: string, deed: object, by: Browser = lan) => by.post(`/cases/${number}/event`, deed)

describe('a case told on the telephone', () => {
  it('has the same record as one from the chat, a number, and who filed it', async () => {
    const number = await filed()
    const view = (await lan.get(`/cases/${number}`)).body
    expect(view).toMatchObject({
      number,
      filedBy: 'Chị Lan',
      amount: 1_200_000,
      respondent: 'Shop Mai Vàng',
      status: 'confirmed',
      conversation: null,
    })
    expect(view.fields.find(({ name }: { name: string }) => name === 'amount')).toMatchObject({ label: 'Số tiền', value: '1.200.000 đồng' })
    expect(view.suggestions.length).toBeGreaterThan(0)
    expect(view.suggestions[0].basis).not.toBe('')
    expect(view.deeds).toEqual(expect.arrayContaining(['receive', 'ask_info', 'choose', 'close']))
    expect(view.deeds).not.toContain('reopen')
  })

  it.each([
    ['without consent', { consents: [] }, 'Chưa có sự đồng ý'],
    ['with an amount that is none', { facts: { amount: 'nhiều lắm' } }, 'Giá trị không dùng được ở: amount'],
  ])('is not filed %s', async (_, more, why) => {
    const answer = await lan.post('/cases', filing(more))
    expect(answer.status).toBe(400)
    expect(answer.body.error.message).toContain(why)
  })

  it('reads a sum as it is said, and files once what is sent twice', async () => {
    const once = { ...filing(), id: '7d9f2f86-9a5e-4a0f-8c9e-0a3b5f6c7d80', facts: { ...filing().facts, amount: '5 triệu' } }
    const [first, second] = [(await lan.post('/cases', once)).body, (await lan.post('/cases', once)).body]
    expect(second.number).toBe(first.number)
    expect((await lan.get(`/cases/${first.number}`)).body.amount).toBe(5_000_000)
  })

  it('has a form that knows every fact, kind and consent', async () => {
    const form = (await lan.get('/case-form')).body
    expect(form.facts.find(({ name }: { name: string }) => name === 'platform').choices).toContainEqual({ value: 'shopee', label: 'Shopee' })
    expect(form.consents).toHaveLength(4)
    expect(form.issues.length).toBeGreaterThan(10)
  })
})

describe('a case', () => {
  it('goes its way: received, chosen, transferred to a body that stands today, answered, closed, opened again', async () => {
    const number = await filed()
    const { agencies } = (await lan.get('/agencies')).body
    expect(agencies.map(({ id }: { id: string }) => id)).not.toContain('so-tai-chinh')
    const [body] = (await lan.get(`/cases/${number}`)).body.suggestions
    expect((await event(number, { kind: 'transfer', agency: body.agency })).body.error.message).toContain('bấm tiếp nhận trước')
    for (const deed of [
      { kind: 'receive' },
      { kind: 'choose', agency: body.agency, why: 'Đúng việc của nơi này.' },
      { kind: 'transfer', agency: body.agency },
      { kind: 'answer', text: 'Nơi nhận đã mời hai bên làm việc.' },
      { kind: 'close', result: 'partly', text: 'Shop trả lại một nửa.' },
      { kind: 'reopen' },
    ])
      expect([deed.kind, (await event(number, deed)).status]).toEqual([deed.kind, 200])
    const view = (await lan.get(`/cases/${number}`)).body
    expect(view.timeline.map(({ what }: { what: string }) => what)).toEqual(
      expect.arrayContaining(['tiếp nhận', 'chọn nơi giải quyết', 'chuyển cơ quan', 'trả lời', 'kết thúc', 'mở lại']),
    )
    expect(view.chosenBecause).toMatchObject({ by: 'Chị Lan', why: 'Đúng việc của nơi này.' })
  })

  it('is never sent where the person did not agree, and never to a body that takes none', async () => {
    const number = await filed({ consents: [{ purpose: 'handle', how: 'counter' }] })
    await event(number, { kind: 'receive' })
    expect((await lan.get(`/cases/${number}`)).body.deeds).not.toContain('transfer')
    const answer = await event(number, { kind: 'transfer', agency: 'so-cong-thuong' })
    expect(answer).toMatchObject({ status: 409 })
    expect(answer.body.error.message).toContain('chưa đồng ý')
    expect((await event(number, { kind: 'choose', agency: 'so-tai-chinh', why: 'thử' })).status).toBe(400)
  })

  it('is kept from being erased by whoever answers for the office, with a reason', async () => {
    const number = await filed()
    expect((await lan.post(`/cases/${number}/hold`, { why: 'đang khởi kiện' })).status).toBe(403)
    expect((await minh.post(`/cases/${number}/hold`, { why: ' ' })).status).toBe(409)
    expect((await minh.post(`/cases/${number}/hold`, { why: 'Đang khởi kiện.' })).status).toBe(200)
    expect((await minh.get(`/cases/${number}`)).body.hold).toEqual({ why: 'Đang khởi kiện.', by: 'Anh Minh' })
    expect((await minh.post(`/cases/${number}/hold`, { why: null })).status).toBe(200)
  })

  it('shows whom else several people accuse, and never merges', async () => {
    const numbers: string[] = []
    for (const phone of ['0900000021', '0900000022', '0900000023'])
      numbers.push(await filed({ facts: { ...filing().facts, respondent: 'Shop Cụm Thử', phone } }))
    const { clusters } = (await lan.get('/clusters')).body
    const found = clusters.find(({ respondent }: { respondent: string }) => respondent === 'Shop Cụm Thử')
    expect(found).toMatchObject({ people: 3 })
    expect(new Set(found.cases)).toEqual(new Set(numbers))
    expect((await lan.get(`/cases/${numbers[0]}`)).body.cluster.people).toBe(3)
  })

  it('is read as a letter, whose reading is written down', async () => {
    const number = await filed()
    const answer = await lan.get(`/cases/${number}/letter.docx?what=don`)
    expect(answer.status).toBe(200)
    expect(String(answer.headers['content-disposition'])).toContain('attachment')
    expect(answer.raw.subarray(0, 2).toString()).toBe('PK')
    const rows = await desk.parts.store.read((tx) => tx.selectFrom('audit').select(['action', 'subject']).execute())
    expect(rows).toContainEqual({ action: 'case.read', subject: `case:${number}` })
  })

  it.each([
    ['a number that is none', 'GL26-AAA-AAA-AAA', 404],
    ['a number of nobody', 'x', 404],
  ])('is not found under %s', async (_, number, status) => {
    expect((await lan.get(`/cases/${number}`)).status).toBe(status)
  })
})

describe('the clocks of a case', () => {
  it('keep the promise of the first look on working days, and say when it is late', async () => {
    const other = await new Desk().open()
    const officer = await other.officer(await other.settle(await other.firstToken()), 'lan', 'officer', 'Chị Lan')
    const { number } = (await officer.post('/cases', filing())).body
    const clock = async () => (await officer.get(`/cases/${number}`)).body.clocks[0]
    expect(await clock()).toMatchObject({ state: 'running', due: '2026-12-02' })
    other.now = Date.parse('2026-12-04T03:00:00Z')
    await other.signIn(officer, 'lan')
    expect(await clock()).toMatchObject({ state: 'late', words: expect.stringContaining('trễ 2 ngày làm việc') })
    const { rows, overdue } = (await officer.get('/cases?open=1')).body
    expect([overdue, rows[0].overdue]).toEqual([1, true])
    await event(number, { kind: 'receive' }, officer)
    expect(await clock()).toMatchObject({ state: 'kept_late' })
    await other.close()
  })
})

describe('replies kept ready', () => {
  it('rest on law in force, are for supervisors to write, and stop being used when it changes', async () => {
    const given = {
      title: 'Đổi trả hàng mua trên mạng',
      text: 'Bạn được đổi, trả hàng không đúng nội dung đã công bố.',
      citations: ['19/2023/QH15#38.3'],
    }
    expect((await lan.post('/replies', given)).status).toBe(403)
    expect((await minh.post('/replies', { ...given, citations: ['52/2013/NĐ-CP#31.1'] })).status).toBe(400)
    const { id } = (await minh.post('/replies', given)).body
    let [reply] = (await lan.get('/replies')).body.replies
    expect(reply).toMatchObject({ title: given.title, by: 'Anh Minh', stale: null })
    // As if the clause had said something else when the reply was written.
    await desk.parts.store.write((tx) =>
      tx
        .updateTable('canned_reply')
        .set({ citations: JSON.stringify([{ pointer: '19/2023/QH15#38.3', digest: 'khác' }]) })
        .where('id', '=', id)
        .execute(),
    )
    ;[reply] = (await lan.get('/replies')).body.replies
    expect(reply.stale).toContain('đã được sửa')
    const change = () => minh.send({ method: 'PUT', url: `/replies/${id}`, payload: { ...given, seen: reply.at } })
    desk.now += 1_000
    expect((await change()).status).toBe(200)
    // Somebody else has written meanwhile: what they wrote is not written over unseen.
    desk.now += 1_000
    expect((await change()).status).toBe(409)
    ;[reply] = (await lan.get('/replies')).body.replies
    expect(reply.stale).toBeNull()
    expect((await minh.send({ method: 'DELETE', url: `/replies/${id}` })).status).toBe(200)
    expect((await minh.send({ method: 'DELETE', url: `/replies/${id}` })).status).toBe(404)
  })
})

describe('accounts', () => {
  it('change their own password knowing the old one, and other sessions end', async () => {
    const browser = await desk.officer(admin, 'doi-mat-khau', 'officer', 'Cán bộ Đổi')
    const other = desk.browser()
    other.secret = browser.secret
    await desk.signIn(other, 'doi-mat-khau')
    expect((await browser.post('/me/password', { old: 'không phải', password: 'mưa bóng mây chiều nay' })).status).toBe(400)
    expect((await browser.post('/me/password', { old: 'con mèo đi trên mái ngói', password: 'ngắn' })).status).toBe(400)
    expect((await browser.post('/me/password', { old: 'con mèo đi trên mái ngói', password: 'mưa bóng mây chiều nay' })).status).toBe(200)
    expect((await other.get('/me')).status).toBe(401)
    expect((await browser.get('/me')).status).toBe(200)
  })

  it('have names of their own: two of one login are refused', async () => {
    expect((await admin.post('/officers', { login: 'LAN ', name: 'Lan khác', role: 'officer' })).status).toBe(409)
    expect((await admin.post('/officers', { login: 'có dấu', name: 'Lan', role: 'officer' })).status).toBe(400)
  })
})

describe('the paperwork', () => {
  it('makes the yearly report, its Word file and workbook, and keeps it as it was', async () => {
    const number = await filed()
    expect((await lan.post('/reports', { year: 2026 })).status).toBe(403)
    const made = (await minh.post('/reports', { year: 2026 })).body
    for (const kind of ['docx', 'xlsx']) {
      const answer = await minh.get(`/reports/${made.id}/${kind}`)
      expect([kind, answer.status, answer.raw.subarray(0, 2).toString()]).toEqual([kind, 200, 'PK'])
    }
    expect(JSON.stringify((await minh.get(`/reports/${made.id}`)).body)).toContain(number)
  })

  it('hands out cases as CSV without names or telephones', async () => {
    await filed()
    const answer = await minh.get('/reports/cases.csv?from=2026-01-01&to=2027-12-31')
    expect(answer.status).toBe(200)
    expect(answer.raw.toString()).not.toMatch(/Trần Thử|0900000017/)
    expect((await lan.get('/reports/cases.csv?from=2026-01-01&to=2027-12-31')).status).toBe(403)
  })

  it('finds cases with and without marks', async () => {
    const number = await filed({ facts: { ...filing().facts, respondent: 'Shop Tìm Thấy' } })
    for (const words of ['Shop Tìm Thấy', 'shop tim thay']) {
      const { results } = (await lan.get(`/search?q=${encodeURIComponent(words)}`)).body
      expect(JSON.stringify(results)).toContain(number)
    }
  })

  it('shows the audit to administrators alone, and proves its chain', async () => {
    expect((await minh.get('/audit')).status).toBe(403)
    expect((await admin.get('/audit')).body.rows.length).toBeGreaterThan(10)
    expect((await admin.get('/audit/verify')).body).toMatchObject({ sound: true })
  })
})

describe('hostile bodies', () => {
  it.each([
    ['not JSON', 'không phải json'],
    ['an array', '[]'],
    ['a number', '7'],
    ['more fields', JSON.stringify({ ...filing(), admin: true })],
    ['a prototype', '{"__proto__":{"x":1}}'],
    ['too much', JSON.stringify({ story: 'á'.repeat(200_000) })],
  ])('%s is refused with a sentence and nothing is written', async (_, payload) => {
    const before = (await lan.get('/cases')).body.rows.length
    const answer = await lan.send({ method: 'POST', url: '/cases', payload, headers: { 'content-type': 'application/json' } })
    expect([400, 413]).toContain(answer.status)
    expect(answer.body.error.message.length).toBeGreaterThan(10)
    expect((await lan.get('/cases')).body.rows.length).toBe(before)
  })

  it('an id that is none opens nothing', async () => {
    for (const id of ['..%2f..%2fetc', randomUUID(), '%00', 'a'.repeat(3_000)]) {
      expect((await lan.get(`/chats/${id}`)).status).toBeGreaterThanOrEqual(400)
      expect((await lan.get(`/cases/${id}/files/${id}`)).status).toBeGreaterThanOrEqual(400)
    }
  })
})
