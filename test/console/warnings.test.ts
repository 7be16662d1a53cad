/** Warnings and the published list from end to end on the real service: drafted, approved, seen by everybody, told in conversations; asked about, answered from the list alone. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { lanes, relays } from '../../bot/main/loops.ts'
import { sendWarnings } from '../../bot/main/warnings.ts'
import { type Browser, Desk } from './kit.ts'

let desk: Desk
let lan: Browser & { id: string }
let minh: Browser & { id: string }
let hai: Browser & { id: string }
let ending: AbortController
let running: Promise<unknown>

beforeAll(async () => {
  desk = await new Desk().open({ ASSOCIATION_NAME: 'Hội thử', PUBLIC_URL: 'https://hoi.example' })
  await desk.parts.answerer.opened
  ending = new AbortController()
  running = Promise.all([...lanes(desk.parts, ending.signal), ...relays(desk.parts).map((relay) => relay.run(ending.signal))])
  const admin = await desk.settle(await desk.firstToken())
  lan = await desk.officer(admin, 'lan', 'officer', 'Chị Lan')
  minh = await desk.officer(admin, 'minh', 'supervisor', 'Anh Minh')
  hai = await desk.officer(admin, 'hai', 'supervisor', 'Chị Hải')
})
afterAll(async () => {
  ending.abort()
  for (const bell of [desk.parts.arrived, desk.parts.decided]) bell.ring()
  await running
  await desk.close()
})

/** The clock is set, and everybody signs in anew: sessions end in between. */
async function at(time: string): Promise<void> {
  desk.now = Date.parse(time)
  for (const [login, browser] of [
    ['lan', lan],
    ['minh', minh],
    ['hai', hai],
  ] as const)
    await desk.signIn(browser, login)
}

/** Everything that came in is decided and sent. */
async function settled(): Promise<void> {
  for (;;) {
    const left = await desk.parts.store.read(async (tx) => [
      ...(await tx.selectFrom('conversation').select('id').where('pending', '>', 0).execute()),
      ...(await tx.selectFrom('outbox').select('id').where('state', '=', 'pending').execute()),
    ])
    if (left.length === 0) return
    // Rung by every decision and delivery: who only looks again and again keeps the answering thread from its work.
    await desk.parts.stirred.wait(50)
  }
}

const chats = new Map<string, string>()

/** @returns what somebody reads in reply. */
async function says(person: string, text: string): Promise<string> {
  desk.now += 1_000
  chats.set(person, await desk.says(person, text))
  await settled()
  return heard(person).then((all) => all.at(-1) ?? '')
}

/** @returns all that somebody was sent. */
async function heard(person: string): Promise<readonly string[]> {
  const rows = await desk.parts.store.read((tx) =>
    tx
      .selectFrom('outbox')
      .select('body')
      .where('conversation_id', '=', chats.get(person) ?? '')
      .where('state', '=', 'sent')
      .where('author', '!=', 'owner')
      .orderBy('position')
      .execute(),
  )
  return rows.map(({ body }) => JSON.parse(body).text)
}

const page = (url: string) => desk.app.inject({ url, headers: { accept: 'text/html' } })

/** Three people complain of one seller; `purposes` of each. */
async function complain(respondent: string, consents: readonly (readonly string[])[]): Promise<string[]> {
  const numbers: string[] = []
  for (const [i, purposes] of consents.entries()) {
    const answer = await lan.post('/cases', {
      story: `Tôi mua nồi chiên của ${respondent} trên Facebook, chuyển khoản cọc rồi shop chặn máy, không giao hàng.`,
      facts: { respondent, platform: 'facebook', amount: 1_000_000 * (i + 1), name: `Trần Thử ${i}`, phone: `090000001${i}`, commune: `xã Thử ${i}` },
      consents: purposes.map((purpose) => ({ purpose, how: 'telephone' })),
    })
    expect(answer.status).toBe(200)
    numbers.push(answer.body.number)
  }
  return numbers
}

const view = async (id: string, by: Browser = lan) => (await by.get(`/warnings/${id}`)).body
const edited = async (id: string, over: object, by: Browser = lan) => {
  const { version, content } = await view(id)
  return by.send({ method: 'PUT', url: `/warnings/${id}`, payload: { version, content: { ...content, ...over } } })
}
const does = async (id: string, deed: string, by: Browser, more: object = {}) =>
  by.post(`/warnings/${id}/${deed}`, { version: (await view(id)).version, ...more })

/** @returns a published warning along a guide. */
async function published(scam: string | null, over: object = {}): Promise<string> {
  const { id } = (await lan.post('/warnings', { scam })).body
  if (Object.keys(over).length > 0) expect((await edited(id, over)).status).toBe(200)
  expect((await does(id, 'ask', lan)).status).toBe(200)
  expect((await does(id, 'approve', minh)).status).toBe(200)
  return id
}

describe('a warning from a cluster', () => {
  let id = ''

  it('is drafted along the guide of the trick, counts only who agreed, and holds nobody’s name', async () => {
    const all = ['handle', 'warning']
    const numbers = await complain('Shop Mai Vàng', [all, all, all, ['handle']])
    expect((await lan.get('/clusters')).body.clusters[0]).toMatchObject({ respondent: 'Shop Mai Vàng', people: 4 })
    const made = await lan.post('/warnings', { cluster: numbers[0] })
    expect(made.status).toBe(200)
    id = made.body.id
    const read = await view(id)
    expect(read).toMatchObject({
      status: 'draft',
      shown: false,
      cases: 4,
      agreed: 3,
      figures: { cases: 3, communes: 3, least: 1_000_000, most: 3_000_000 },
    })
    expect(read.content.scam).not.toBeNull()
    expect(read.citations.length).toBe(new Set(read.content.law.flatMap(({ cites }: { cites: string[] }) => cites)).size)
    for (const words of ['Mai Vàng', 'Trần Thử', '0900000010', 'nồi chiên']) expect(JSON.stringify(read.content)).not.toContain(words)
  })

  it('is refused where somebody’s name, number or page stands in it, and keeps what it had', async () => {
    const before = (await view(id)).content
    for (const [opening, said] of [
      ['Shop MAI VÀNG lừa bà con', '“Shop Mai Vàng”'],
      ['Chị Trần Thử 1 kể', 'là tên hoặc tài khoản'],
      ['Gọi 0905123456', 'số điện thoại'],
      ['Trang hoan-tien.top', '“hoan-tien.top”'],
    ]) {
      const { status, body } = await edited(id, { opening })
      expect([status, body.error.message]).toEqual([400, expect.stringContaining(said ?? '')])
    }
    expect((await edited(id, { law: [{ text: 'Luật nói vậy', cites: ['19/2023/QH15#999.1'] }] })).status).toBe(400)
    expect((await view(id)).content).toEqual(before)
  })

  it('is approved by a second person who has not written in it', async () => {
    expect((await does(id, 'ask', lan)).status).toBe(200)
    expect((await does(id, 'approve', lan)).body.error.code).toBe('not_allowed')
    expect((await edited(id, { opening: 'Nhiều người mất tiền cọc.' }, minh)).status).toBe(200)
    expect((await view(id)).status).toBe('draft')
    await does(id, 'ask', lan)
    const own = await does(id, 'approve', minh)
    expect([own.status, own.body.error.message]).toEqual([403, expect.stringContaining('không tự duyệt')])
    expect((await page('/canh-bao')).body).not.toContain('Nhiều người mất tiền cọc')
    expect((await does(id, 'send-back', hai)).status).toBe(400)
    expect((await does(id, 'send-back', hai, { reason: 'Thiếu dấu hiệu' })).status).toBe(200)
    await does(id, 'ask', lan)
    expect((await does(id, 'approve', hai)).status).toBe(200)
    expect(await view(id, minh)).toMatchObject({ status: 'published', shown: true, address: `https://hoi.example/canh-bao/${id}` })
  })

  it('goes by the version that was seen', async () => {
    const { version, content } = await view(id)
    const write = (by: Browser, opening: string) =>
      by.send({ method: 'PUT', url: `/warnings/${id}`, payload: { version, content: { ...content, opening } } })
    const both = await Promise.all([write(lan, 'Một'), write(minh, 'Hai')])
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409])
    await does(id, 'ask', lan)
    await does(id, 'approve', hai)
  })

  it('is read by everybody, without a script, and says who runs nothing of a person', async () => {
    const list = await page('/canh-bao')
    const { title } = (await view(id)).content
    expect(list.body).toContain(title)
    const one = await page(`/canh-bao/${id}`)
    expect(one.statusCode).toBe(200)
    expect(one.body).toContain('Hội nhận 3 phản ánh kiểu này, ở 3 xã, phường; số tiền mỗi vụ từ khoảng 1 triệu đồng đến 3 triệu đồng')
    for (const words of ['Mai Vàng', 'Trần Thử', '<script']) expect(one.body).not.toContain(words)
    for (const { headers } of [list, one]) {
      expect(headers['content-security-policy']).toMatch(/^default-src 'none'; style-src 'nonce-[^']+'; img-src 'self';/)
      expect(headers['set-cookie']).toBeUndefined()
    }
    const feed = await page('/canh-bao/atom.xml')
    expect([feed.headers['content-type'], feed.body.includes(`https://hoi.example/canh-bao/${id}`)]).toEqual([
      'application/atom+xml; charset=utf-8',
      true,
    ])
  })

  it('is gone everywhere once it is withdrawn, which needs a reason and somebody who may', async () => {
    expect((await does(id, 'withdraw', lan, { reason: 'x' })).status).toBe(403)
    expect((await does(id, 'withdraw', minh)).status).toBe(400)
    expect((await does(id, 'withdraw', minh, { reason: 'Số liệu chưa chắc' })).status).toBe(200)
    expect([(await page(`/canh-bao/${id}`)).statusCode, (await page('/canh-bao')).body.includes(id)]).toEqual([404, false])
    expect((await edited(id, { opening: 'Nữa' })).status).toBe(409)
    const { steps } = await view(id)
    expect(steps[0]).toMatchObject({ by: 'Anh Minh', kind: 'withdraw', reason: 'Số liệu chưa chắc' })
  })

  it('escapes whatever was written', async () => {
    const evil = await published('gia-danh-cong-an-can-bo', { opening: '<img src=x onerror=alert(1)> "&\'' })
    const { body } = await page(`/canh-bao/${evil}`)
    expect(body).toContain('&lt;img src=x onerror=alert(1)&gt; &quot;&amp;&#39;')
    await does(evil, 'withdraw', minh, { reason: 'thử' })
  })
})

describe('in a conversation', () => {
  let id = ''
  beforeAll(() => at('2026-11-28T09:00:00+07:00'))

  it('somebody is told which there are, and that there are none', async () => {
    expect(await says('hoi-1', 'Có cảnh báo nào mới không?')).toContain('Hội chưa đăng cảnh báo nào')
    id = await published('gia-danh-cong-an-can-bo')
    const { title } = (await view(id)).content
    const listed = await says('hoi-1', 'co canh bao nao moi khong')
    for (const words of [title, `https://hoi.example/canh-bao/${id}`]) expect(listed).toContain(words)
    expect(await says('hoi-1', 'có cảnh báo nào về công an không')).toContain(title)
    expect(await says('hoi-1', 'có cảnh báo nào về mua vé máy bay không')).toContain('chưa đăng cảnh báo nào về')
  })

  it('first aid of the same trick ends with the warning', async () => {
    const aid = await says('hoi-2', 'Có anh công an gọi nói tôi rửa tiền, bắt chuyển hết sổ tiết kiệm vô tài khoản giữ hộ, tôi đang run lắm')
    expect(aid).toMatch(/làm ngay mấy việc này[\s\S]*Hội đang đăng một cảnh báo về kiểu việc này/)
    expect(await says('hoi-3', 'mua nồi chiên online giao sai màu thì đổi trả thế nào')).not.toContain('cảnh báo về kiểu việc này')
  })

  it('who subscribes is told what that means, gets the next one once, by day, and none after they stop', async () => {
    expect(await says('nghe', 'nhan canh bao')).toMatch(/Đã ghi: bạn nhận cảnh báo[\s\S]*trong khoảng 7 đến 21 giờ[\s\S]*90 ngày/)
    expect(await says('nghe', 'Nhận cảnh báo')).toContain('đang nhận cảnh báo của Hội rồi')
    await says('thoi', 'nhận cảnh báo')
    expect(await says('thoi', 'ngừng nhận cảnh báo')).toContain('không nhắn cảnh báo cho bạn nữa')
    await at('2026-11-28T10:30:00+07:00')
    const next = await published('trung-thuong-gia')
    await at('2026-11-28T22:00:00+07:00')
    expect(await sendWarnings(desk.parts)).toBe(false)
    await at('2026-11-29T07:00:00+07:00')
    expect(await sendWarnings(desk.parts)).toBe(true)
    expect(await sendWarnings(desk.parts)).toBe(false)
    desk.parts.decided.ring()
    await settled()
    const { title } = (await view(next)).content
    expect((await heard('nghe')).filter((text) => text.includes(title))).toHaveLength(1)
    expect((await heard('nghe')).at(-1)).toMatch(/^Cảnh báo của Hội:[\s\S]*Nên làm:[\s\S]*Ngừng nhận cảnh báo/)
    expect((await heard('thoi')).some((text) => text.includes(title))).toBe(false)
    expect((await view(next)).sending).toMatchObject({ sent: 1 })
    const { warnings, subscribers } = (await lan.get('/warnings')).body
    expect([subscribers, warnings.length]).toEqual([1, 4])
  })

  it('what could not be sent is told in a line the next time, once', async () => {
    await desk.parts.store.write(async (tx) => {
      await tx
        .insertInto('warning_delivery')
        .values({ warning_id: id, conversation_id: chats.get('nghe') ?? '', state: 'next_time', outbox_id: null, at: desk.now })
        .execute()
    })
    await at('2026-11-30T09:00:00+07:00')
    expect(await says('nghe', 'mua hàng online bị giao sai thì đổi trả thế nào')).toContain('Trong lúc bạn vắng, Hội có cảnh báo mới')
    expect(await says('nghe', 'mua hàng online bị giao sai thì đổi trả thế nào')).not.toContain('Trong lúc bạn vắng')
    expect((await view(id)).sending).toMatchObject({ told: 1 })
  })

  it('may be stopped while an officer has the conversation', async () => {
    await says('dang-noi', 'nhận cảnh báo')
    await lan.post(`/chats/${chats.get('dang-noi')}/take`)
    expect(await says('dang-noi', 'ngừng nhận cảnh báo')).toContain('không nhắn cảnh báo cho bạn nữa')
  })
})

describe('the published list', () => {
  const CSV =
    'Tên;Tên khác;Trang;Mã số thuế;Hành vi;Cơ quan công bố;Số quyết định;Ngày quyết định;Ngày công bố;Nguồn\r\n' +
    'Shop Hoa Mai;Hoa Mai Store;hoamai.top;0312345678;Bán hàng giả mạo nhãn hiệu;Cục thử nghiệm;12/QĐ-TN;05/03/2026;06/03/2026;https://co-quan.example/12\r\n'
  const upload = (url: string, text: string, by: Browser = minh) =>
    by.send({ method: 'POST', url: `/violators/${url}`, payload: Buffer.from(text), headers: { 'content-type': 'application/octet-stream' } })

  it('says of every wrong row what is wrong, and takes nothing of such a file', async () => {
    const bad = `${CSV}Ai đó;;;12;;Cục thử nghiệm;;;32/13/2026;trang của Cục\r\n`
    const checked = await upload('check', bad)
    expect(checked.body).toMatchObject({ known: 0, bad: [{ line: 3, why: expect.stringContaining('Trống ở “Hành vi”') }] })
    expect((await upload('import?name=a.csv', bad)).status).toBe(400)
    expect((await upload('check', '')).status).toBe(400)
    expect((await lan.get('/violators')).body).toMatchObject({ count: 0, waiting: [], listed: [] })
  })

  it('is brought in by one and approved by another, and twice is once', async () => {
    expect((await upload('import?name=a.csv', CSV, lan)).status).toBe(403)
    const { id } = (await upload('import?name=a.csv', CSV)).body
    expect((await upload('import?name=a.csv', CSV)).body).toEqual({ added: 0, known: 1 })
    expect(await says('hoi-shop-0', 'shop Hoa Mai có bị cảnh báo chưa')).toContain('chưa thấy “Hoa Mai”')
    expect((await minh.post(`/violators/batches/${id}/approve`)).status).toBe(403)
    expect((await hai.post(`/violators/batches/${id}/approve`)).status).toBe(200)
    expect((await lan.get('/violators')).body).toMatchObject({
      count: 1,
      waiting: [],
      listed: [{ entry: { name: 'Shop Hoa Mai' }, enteredBy: 'Anh Minh', file: 'a.csv' }],
    })
    expect((await lan.get('/violators?q=hoamai.top')).body.listed).toHaveLength(1)
    expect((await lan.get('/violators?q=ai%20do')).body.listed).toHaveLength(0)
  })

  it.each([
    'Shop Hoa Mai có uy tín không',
    'cho em hoi shop hoa mai store co bi canh bao chua a',
    'trang https://www.hoamai.top/sale có lừa đảo không',
    'MST 0312345678 có uy tín không',
  ])('"%s" is answered with what was published, by whom, when and where, and no opinion', async (text) => {
    const said = await says(`hoi-shop-${text.length}`, text)
    for (const words of [
      'Shop Hoa Mai',
      'Bán hàng giả mạo nhãn hiệu',
      'Cục thử nghiệm công bố ngày 06/03/2026',
      'số 12/QĐ-TN ngày 05/03/2026',
      'https://co-quan.example/12',
      'chỉ nhắc lại',
    ])
      expect(said).toContain(words)
  })

  it('never answers from complaints: who was complained of by many is not found', async () => {
    const said = await says('hoi-khac', 'Shop Mai Vàng có bị ai phản ánh chưa')
    expect(said).toContain('chưa thấy “Mai Vàng”')
    expect(said).toContain('Chưa thấy không có nghĩa là an toàn')
    expect(said).not.toMatch(/phản ánh với Hội|\d+ người/)
  })

  it('shows a near name as near only', async () => {
    const said = await says('hoi-gan', 'trang hoamai.shop có lừa đảo không')
    expect(said).toMatch(/Chưa chắc là cùng một bên[\s\S]*hoamai\.top/)
  })

  it('asks for the name where none is said, takes it from what was told before, and from the next message', async () => {
    expect(await says('hoi-ten', 'shop này có bị cảnh báo chưa?')).toContain('Bạn cho tôi biết tên đầy đủ')
    expect(await says('hoi-ten', 'Hoa Mai Store')).toContain('Bán hàng giả mạo nhãn hiệu')
    await says('hoi-truoc', 'mình định mua váy ở shop Hoa Mai Store trên facebook, mua hàng online có được đổi trả không')
    expect(await says('hoi-truoc', 'shop nay co uy tin khong')).toContain('Bán hàng giả mạo nhãn hiệu')
  })

  it('leaves complaints, tricks and questions of law what they are', async () => {
    for (const text of ['shop Hoa Mai lừa tôi 2 triệu', 'shop bán hàng giả có bị phạt không', 'công ty gọi điện báo trúng thưởng có lừa đảo không'])
      expect(await says(`khac-${text.length}`, text)).not.toMatch(/danh sách đã công bố|cơ quan nhà nước đã công bố/)
  })

  it('is corrected by two and taken off with a reason, and kept as history', async () => {
    const { listed } = (await lan.get('/violators')).body
    const { id, entry } = listed[0]
    expect((await minh.post(`/violators/${id}/correct`, { entry, reason: 'x' })).body.error.message).toContain('Chưa có gì khác')
    expect((await minh.post(`/violators/${id}/correct`, { entry: { ...entry, what: 'Quảng cáo sai' } })).status).toBe(400)
    const correction = await minh.post(`/violators/${id}/correct`, { entry: { ...entry, what: 'Quảng cáo sai' }, reason: 'Nhập nhầm hành vi' })
    expect((await hai.post(`/violators/${id}/correct`, { entry: { ...entry, what: 'Khác' }, reason: 'x' })).status).toBe(409)
    expect(await says('hoi-sua-1', 'shop Hoa Mai Store có uy tín không')).toContain('Bán hàng giả')
    await hai.post(`/violators/batches/${correction.body.id}/approve`)
    expect(await says('hoi-sua-2', 'shop Hoa Mai Store có uy tín không')).toContain('Quảng cáo sai')
    const now = (await lan.get('/violators')).body.listed[0].id
    expect((await minh.post(`/violators/${now}/remove`)).status).toBe(400)
    expect((await minh.post(`/violators/${now}/remove`, { reason: 'Cơ quan đã bãi bỏ' })).status).toBe(200)
    expect(await says('hoi-sua-3', 'shop Hoa Mai Store có uy tín không')).toContain('chưa thấy')
    expect((await lan.get('/violators')).body.past.map(({ status }: { status: string }) => status).sort()).toEqual(['removed', 'replaced'])
  })

  it('is written down in the audit without anybody’s name', async () => {
    const rows = await desk.parts.store.read((tx) =>
      tx.selectFrom('audit').select(['action', 'subject', 'detail']).where('action', 'in', ['violator.changed', 'warning.changed']).execute(),
    )
    expect(rows.length).toBeGreaterThan(10)
    expect(JSON.stringify(rows)).not.toMatch(/Hoa Mai|Mai Vàng/)
  })
})
