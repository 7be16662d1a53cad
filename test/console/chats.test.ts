/** Conversations in the console on the real service: queue, take-over, words, notes, assignment, hand-back, and what goes wrong. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { lanes, relays } from '../../bot/main/loops.ts'
import { type Browser, Desk } from './kit.ts'

const MINUTE = 60_000
let desk: Desk
let lan: Browser & { id: string }
let minh: Browser & { id: string }
let ending: AbortController
let running: Promise<unknown>

beforeAll(async () => {
  desk = await new Desk().open({ ASSOCIATION_HOURS: 'thứ Hai đến thứ Sáu, 7:30–16:30' })
  await desk.parts.answerer.opened
  ending = new AbortController()
  running = Promise.all([...lanes(desk.parts, ending.signal), ...relays(desk.parts).map((relay) => relay.run(ending.signal))])
  const admin = await desk.settle(await desk.firstToken())
  lan = await desk.officer(admin, 'lan', 'officer', 'Chị Lan')
  minh = await desk.officer(admin, 'minh', 'supervisor', 'Anh Minh')
})
afterAll(async () => {
  ending.abort()
  for (const bell of [desk.parts.arrived, desk.parts.decided]) bell.ring()
  await running
  await desk.close()
})

/** Everything that came in is decided and sent. */
async function settled(): Promise<void> {
  for (;;) {
    const { left } = await desk.parts.store.read(async (tx) => ({
      left: [
        ...(await tx.selectFrom('conversation').select('id').where('pending', '>', 0).execute()),
        ...(await tx.selectFrom('outbox').select('id').where('state', '=', 'pending').execute()),
      ],
    }))
    if (left.length === 0) return
    await new Promise((resolve) => setImmediate(resolve))
  }
}

async function says(person: string, text: string): Promise<string> {
  desk.now += 1_000
  const chat = await desk.says(person, text)
  await settled()
  return chat
}

const write = (by: Browser, chat: string, text: string, more: object = {}) => by.post(`/chats/${chat}/write`, { id: randomUUID(), text, ...more })
const last = (view: { messages: { text: string; from: string }[] }) => view.messages.findLast(({ from }) => from !== 'system')

describe('the queue', () => {
  it('puts harm first, then whoever waits longest, and says who has each', async () => {
    const first = await says('hang-1', 'cho tôi gặp cán bộ')
    desk.now += 5 * MINUTE
    const second = await says('hang-2', 'cho em gặp cán bộ với')
    desk.now += 5 * MINUTE
    const harmed = await says('hang-3', 'em vừa chuyển khoản 20 triệu cho người lạ giả công an, họ đang gọi bắt chuyển thêm')
    await says('hang-3', 'cho em gặp cán bộ gấp')
    const { rows, waiting } = (await lan.get('/queue')).body
    expect(waiting).toBe(3)
    expect(rows.map(({ id }: { id: string }) => id)).toEqual([harmed, first, second])
    expect(rows[0]).toMatchObject({ danger: true, who: 'chờ người', owner: 'waiting' })
    expect(rows[1]).toMatchObject({ danger: false, reasonWords: 'người dân xin gặp cán bộ', lastFrom: 'person', lastWords: 'cho tôi gặp cán bộ' })
  })

  it('shows also those with the assistant when asked', async () => {
    const chat = await says('hang-4', 'mua hàng qua mạng có được đổi trả không')
    const ids = async (all: string) => (await lan.get(`/queue${all}`)).body.rows.map(({ id }: { id: string }) => id)
    expect(await ids('')).not.toContain(chat)
    expect(await ids('?all=1')).toContain(chat)
  })
})

describe('a conversation', () => {
  it('is taken over with a name, answered, and handed back with an outcome; the assistant is silent in between', async () => {
    const chat = await says('mot', 'mua máy xay online giao không đúng mẫu, cho tôi gặp cán bộ')
    expect((await lan.post(`/chats/${chat}/take`)).status).toBe(200)
    await settled()
    let view = (await lan.get(`/chats/${chat}`)).body
    expect(view).toMatchObject({ owner: 'staff', who: 'Chị Lan' })
    expect(last(view)?.text).toContain('Cán bộ Chị Lan của Hội đã nhận cuộc trò chuyện này')
    expect((await write(lan, chat, 'Chào bạn, bạn gửi giúp tôi mã đơn nhé.')).status).toBe(200)
    await says('mot', 'mua hàng online có được trả lại không')
    view = (await lan.get(`/chats/${chat}`)).body
    expect(last(view)).toMatchObject({ from: 'person', text: 'mua hàng online có được trả lại không' })
    expect(view.returnsAt).toBeGreaterThan(desk.now)
    expect((await lan.post(`/chats/${chat}/hand-back`, { outcome: ' ' })).body.error.message).toContain('ghi giúp kết quả')
    expect((await lan.post(`/chats/${chat}/hand-back`, { outcome: 'Đã hướng dẫn gửi yêu cầu cho sàn.' })).status).toBe(200)
    await settled()
    view = (await lan.get(`/chats/${chat}`)).body
    expect(view).toMatchObject({ owner: 'bot', who: 'trợ lý' })
    const ended = view.brief.episodes.find(({ outcome }: { outcome: string | null }) => outcome !== null)
    expect(ended).toMatchObject({ officer: 'Chị Lan', outcome: 'Đã hướng dẫn gửi yêu cầu cho sàn.' })
    await says('mot', 'mua hàng online có được trả lại không')
    expect(last((await lan.get(`/chats/${chat}`)).body)).toMatchObject({ from: 'assistant' })
  })

  it('shows what the assistant said, with citations, and the person’s words as words', async () => {
    const chat = await says('hai', '<img src=x onerror=alert(1)> máy giặt bảo hành 3 lần vẫn hỏng thì sao')
    const view = (await lan.get(`/chats/${chat}`)).body
    expect(view.messages[0].text).toContain('<img src=x onerror=alert(1)>')
    expect(view.brief.answer.citations.length).toBeGreaterThan(0)
    expect(view.brief.questions.length).toBe(1)
  })

  it('writes words once, however often the page sends them', async () => {
    const chat = await says('ba', 'cho tôi gặp cán bộ')
    const word = { id: randomUUID(), text: 'Tôi xem rồi trả lời bạn ngay.' }
    await lan.post(`/chats/${chat}/write`, word)
    await lan.post(`/chats/${chat}/write`, word)
    await settled()
    const view = (await lan.get(`/chats/${chat}`)).body
    expect(view.messages.filter(({ text }: { text: string }) => text === word.text)).toHaveLength(1)
    expect(view.messages.find(({ text }: { text: string }) => text === word.text)).toMatchObject({ delivery: 'sent', name: 'Chị Lan' })
  })

  it('writes words once also when they come twice at the same time', async () => {
    const chat = await says('ba-hai', 'cho tôi gặp cán bộ')
    const word = { id: randomUUID(), text: 'Gửi hai lần cùng lúc.' }
    const both = await Promise.all([1, 2].map(() => lan.post(`/chats/${chat}/write`, word)))
    expect(both.map(({ status }) => status)).toEqual([200, 200])
    await settled()
    const view = (await lan.get(`/chats/${chat}`)).body
    expect(view.messages.filter(({ text }: { text: string }) => text === word.text)).toHaveLength(1)
  })

  it('sends citations with the words, and none that does not hold', async () => {
    const chat = await says('bon', 'cho tôi gặp cán bộ')
    const { found } = (await lan.get('/citations?q=đổi trả hàng mua trên mạng')).body
    expect(found.length).toBeGreaterThan(2)
    expect((await lan.get('/citations?q=Điều 38 luật 19/2023')).body.found[0].text).toContain('Điều 38')
    await write(lan, chat, 'Bạn được trả lại hàng.', { citations: [found[0].pointer] })
    await settled()
    const view = (await lan.get(`/chats/${chat}`)).body
    expect(last(view)).toMatchObject({ text: 'Bạn được trả lại hàng.', citations: [{ pointer: found[0].pointer }] })
    const sent = await desk.parts.store.read((tx) =>
      tx.selectFrom('outbox').select('body').where('conversation_id', '=', chat).where('author', '=', 'staff').execute(),
    )
    expect(sent[0]?.body).toContain(`Căn cứ:\\n– ${found[0].text}`)
    expect((await write(lan, chat, 'Theo luật cũ.', { citations: ['52/2013/NĐ-CP#31.1'] })).status).toBe(400)
    expect((await write(lan, chat, 'Theo luật nào đó.', { citations: ['1/2099/QH99#1'] })).status).toBe(400)
  })

  it('is drafted for by the assistant, to be edited', async () => {
    const chat = await says('nam', 'mua điện thoại bảo hành 3 lần chưa xong có được đổi máy mới không')
    const draft = (await lan.post(`/chats/${chat}/draft`)).body
    expect(draft.text.length).toBeGreaterThan(20)
    expect(draft.text).not.toContain('Căn cứ:')
    expect(draft.citations.length).toBeGreaterThan(0)
  })

  it('covers numbers in an officer’s words and notes that must not be kept', async () => {
    const chat = await says('sau', 'cho tôi gặp cán bộ')
    await write(lan, chat, 'Số căn cước của bạn là 052099001234 đúng không?')
    await lan.post(`/chats/${chat}/notes`, { id: randomUUID(), text: 'Người này đọc số thẻ 4111 1111 1111 1111', mentions: [] })
    const text = JSON.stringify((await lan.get(`/chats/${chat}`)).body)
    expect(text).not.toContain('052099001234')
    expect(text).not.toContain('4111 1111')
  })

  it.each([
    ['nothing', '   ', 'chưa viết gì'],
    ['too much', 'á'.repeat(4_001), 'quá 4.000 ký tự'],
  ])('refuses %s with a sentence', async (_, text, why) => {
    const chat = await says('bay', 'cho tôi gặp cán bộ')
    expect((await write(lan, chat, text)).body.error.message).toContain(why)
  })
})

describe('two officers', () => {
  it('cannot both have one conversation; who came second is told, and nothing is said in their name', async () => {
    const chat = await says('doi-1', 'cho tôi gặp cán bộ')
    const both = await Promise.all([lan.post(`/chats/${chat}/take`), minh.post(`/chats/${chat}/take`)])
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409])
    const loser = both[0]?.status === 409 ? lan : minh
    expect((await write(loser, chat, 'Tôi trả lời thay.')).body.error.message).toContain('Cán bộ khác đang giữ')
    expect((await loser.post(`/chats/${chat}/hand-back`, { outcome: 'xong' })).status).toBe(409)
  })

  it('hand back at once: one of them does', async () => {
    const chat = await says('doi-2', 'cho tôi gặp cán bộ')
    await lan.post(`/chats/${chat}/take`)
    const twice = await Promise.all([1, 2].map(() => lan.post(`/chats/${chat}/hand-back`, { outcome: 'Đã xong việc.' })))
    expect(twice.map(({ status }) => status).sort()).toEqual([200, 409])
  })

  it('see each other look and type', async () => {
    const chat = await says('doi-3', 'cho tôi gặp cán bộ')
    await lan.get(`/chats/${chat}`)
    await lan.post(`/chats/${chat}/looking`, { typing: true })
    expect((await minh.get(`/chats/${chat}`)).body.lookers).toContainEqual({ id: lan.id, name: 'Chị Lan', typing: true })
    expect((await minh.get('/queue')).body.rows.find(({ id }: { id: string }) => id === chat).lookers).toContain('Chị Lan')
    await lan.post(`/chats/${chat}/looking`, { typing: false, leaving: true })
    expect((await minh.get(`/chats/${chat}`)).body.lookers.map(({ id }: { id: string }) => id)).not.toContain(lan.id)
  })

  it('give a conversation to each other; whoever has it not needs to answer for the office', async () => {
    const chat = await says('doi-4', 'cho tôi gặp cán bộ')
    await minh.post(`/chats/${chat}/take`)
    expect((await lan.post(`/chats/${chat}/assign`, { officer: lan.id })).status).toBe(409)
    expect((await minh.post(`/chats/${chat}/assign`, { officer: lan.id })).status).toBe(200)
    await settled()
    let view = (await lan.get(`/chats/${chat}`)).body
    expect(view).toMatchObject({ owner: 'staff', who: 'Chị Lan' })
    expect(last(view)?.text).toContain('Cán bộ Chị Lan')
    expect(view.returnsAt).not.toBeNull()
    // The supervisor may take it away again.
    expect((await minh.post(`/chats/${chat}/assign`, { officer: minh.id })).status).toBe(200)
    view = (await lan.get(`/chats/${chat}`)).body
    expect(view.who).toBe('Anh Minh')
    expect((await minh.post(`/chats/${chat}/assign`, { officer: 'khong-co' })).status).toBe(400)
  })

  it('leave notes for each other that the person never sees, and that go with the conversation', async () => {
    const chat = await says('doi-5', 'cho tôi gặp cán bộ')
    await lan.post(`/chats/${chat}/notes`, { id: randomUUID(), text: 'Nhờ anh xem giúp.', mentions: [minh.id] })
    expect((await minh.get(`/chats/${chat}`)).body.notes).toMatchObject([{ by: 'Chị Lan', text: 'Nhờ anh xem giúp.', mentions: ['Anh Minh'] }])
    const sent = await desk.parts.store.read((tx) => tx.selectFrom('outbox').select('body').execute())
    expect(JSON.stringify(sent)).not.toContain('Nhờ anh xem giúp')
    const { erase } = await import('../../bot/main/parts.ts')
    await erase(desk.parts, 'web:doi-5', 'thử')
    const left = await desk.parts.store.read((tx) => tx.selectFrom('thread_note').selectAll().where('conversation_id', '=', chat).execute())
    expect(left).toEqual([])
    expect((await minh.get(`/chats/${chat}`)).status).toBe(404)
  })
})

describe('an officer who leaves', () => {
  it('leaves nobody waiting for them: what they had is in the queue again, and the person is told', async () => {
    const admin = desk.browser()
    admin.secret = minh.secret
    const browser = await desk.officer(await administrator(), 'nghi', 'officer', 'Chị Nghỉ')
    const chat = await says('nghi-1', 'cho tôi gặp cán bộ')
    await browser.post(`/chats/${chat}/take`)
    await (await administrator()).send({
      method: 'PUT',
      url: `/officers/${browser.id}`,
      payload: { name: 'Chị Nghỉ', role: 'officer', active: false },
    })
    await settled()
    const view = (await lan.get(`/chats/${chat}`)).body
    expect(view).toMatchObject({ owner: 'waiting', reason: 'officer_silent' })
    expect(last(view)?.text).toContain('đưa cuộc trò chuyện trở lại hàng chờ')
  })
})

let boss: Browser | undefined
async function administrator(): Promise<Browser> {
  if (boss) return boss
  const { createOfficer, addLink } = await import('../../adapters/storage/officer-store.ts')
  const id = (await createOfficer(
    desk.parts.store,
    { login: 'quan-tri-2', name: 'Quản trị Hai', role: 'administrator' },
    'system',
    desk.now,
  )) as string
  await addLink(desk.parts.store, id, 'mot-lien-ket-thu', 'system', desk.now)
  boss = await desk.settle('mot-lien-ket-thu', { name: 'Quản trị Hai' })
  return boss
}

describe('a thread of many messages', () => {
  it('is read a page at a time', async () => {
    const chat = await says('dai', 'cho tôi gặp cán bộ')
    await lan.post(`/chats/${chat}/take`)
    for (let i = 0; i < 130; i++) await desk.says('dai', `tin số ${i}`).then(() => desk.now++)
    await settled()
    const page = (await lan.get(`/chats/${chat}`)).body
    expect(page).toMatchObject({ more: true })
    expect(page.messages.at(-1).text).toBe('tin số 129')
    const older = (await lan.get(`/chats/${chat}?before=${page.messages[0].position}`)).body
    expect(older.messages.at(-1).position).toBeLessThan(page.messages[0].position)
    expect((await lan.get(`/chats/${chat}?before=khong`)).status).toBe(400)
  })

  it('of ten thousand messages is opened by its end, and read back page by page without one missing', async () => {
    const chat = await says('rat-dai', 'cho tôi gặp cán bộ')
    const first = ((await lan.get(`/chats/${chat}`)).body.messages.at(-1)?.position ?? 0) + 1
    const rows = Array.from({ length: 10_000 }, (_, i) => ({
      ...{ id: `dai-${i}`, channel: 'web', external_id: `dai-${i}`, conversation_id: chat, position: first + i, attempts: 0 },
      ...{ content: JSON.stringify({ kind: 'text', text: `dòng số ${i}`, masked: false }), state: 'decided' as const, received_at: desk.now + i },
    }))
    for (let i = 0; i < rows.length; i += 500)
      await desk.parts.store.write((tx) =>
        tx
          .insertInto('inbox')
          .values(rows.slice(i, i + 500))
          .execute(),
      )
    const seen: string[] = []
    let before = ''
    for (;;) {
      const { messages, more } = (await lan.get(`/chats/${chat}${before}`)).body
      expect(messages.length).toBeLessThanOrEqual(200)
      seen.unshift(...messages.map(({ text }: { text: string }) => text))
      if (!more) break
      before = `?before=${messages[0].position}`
    }
    expect(seen.filter((text) => text.startsWith('dòng số '))).toEqual(rows.map((_, i) => `dòng số ${i}`))
  })

  it('goes on when the clock is set back: the session holds, and nobody waits for less than nothing', async () => {
    const chat = await says('dong-ho', 'cho tôi gặp cán bộ')
    desk.now -= 3 * 3_600_000
    const { rows } = (await lan.get('/queue')).body
    const row = rows.find(({ id }: { id: string }) => id === chat)
    expect(row.waitingSince).toBeGreaterThan(0)
    expect((await lan.post(`/chats/${chat}/take`)).status).toBe(200)
    desk.now += 3 * 3_600_000
    expect((await lan.get('/me')).status).toBe(200)
  })
})

describe('questions without an answer', () => {
  it('are listed by week with their conversations', async () => {
    const chat = await says('trong', 'hướng dẫn nấu phở bò')
    const { weeks } = (await lan.get('/gaps')).body
    const gap = weeks
      .flatMap(({ gaps }: { gaps: object[] }) => gaps)
      .find(({ asked }: { asked: { chat: string }[] }) => asked.some((one) => one.chat === chat))
    expect(gap?.text).toBe('hướng dẫn nấu phở bò')
  })
})

describe('what is written down', () => {
  it('names who read and did what, and nothing that anybody said', async () => {
    const rows = await desk.parts.store.read((tx) => tx.selectFrom('audit').selectAll().execute())
    const actions = new Set(rows.map(({ action }) => action))
    for (const action of [
      'chat.read',
      'owner.took',
      'owner.wrote',
      'owner.handed_back',
      'owner.assigned',
      'note.written',
      'session.began',
      'officer.made',
    ])
      expect(actions).toContain(action)
    expect(JSON.stringify(rows)).not.toMatch(/gặp cán bộ|Nhờ anh|mã đơn/)
    expect(JSON.stringify(desk.log)).not.toMatch(/gặp cán bộ|Nhờ anh|mã đơn|con mèo/)
  })
})
