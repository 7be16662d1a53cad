/** Officers told of work in their own chats, on the real parts of the service: connecting with a code, what goes out once, what never does, and what ends it. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { forgetEnded } from '../../adapters/storage/desk-retention.ts'
import { runRetention } from '../../adapters/storage/privacy-store.ts'
import { ALERT_CODE_MS } from '../../bot/alerts/code.ts'
import { GATHER_MS } from '../../bot/alerts/matters.ts'
import { endOfDay } from '../../bot/calendar/hours.ts'
import { tellOfficers } from '../../bot/main/alerting.ts'
import { lanes } from '../../bot/main/loops.ts'
import { accept } from '../../bot/main/parts.ts'
import { retentionRules } from '../../bot/privacy/retention.ts'
import { ALERT_CHAT, ALERT_SAYS } from '../../bot/wording/alerts.ts'
import { type Browser, Desk } from './kit.ts'

const MINUTE = 60_000
const DAY = 1_440 * MINUTE
let desk: Desk
let admin: Browser
let lan: Browser & { id: string }
let minh: Browser & { id: string }
let ending: AbortController
let running: Promise<unknown>
let number = 0

beforeAll(async () => {
  desk = await new Desk().open({
    ...{
      PUBLIC_URL: 'http://127.0.0.1',
      TELEGRAM_TOKEN: '123456:ABC-def',
      TELEGRAM_WEBHOOK_SECRET: 'secret-secret',
      TELEGRAM_API_ROOT: 'http://127.0.0.1:9',
    },
    ...{ ZALO_OA_APP_ID: '12345', ZALO_OA_APP_SECRET: 'abcd', ZALO_OA_SECRET_KEY: 'abcd', ZALO_OA_REFRESH_TOKEN: 'abcd' },
  })
  await desk.parts.answerer.opened
  ending = new AbortController()
  running = Promise.all(lanes(desk.parts, ending.signal))
  admin = await desk.settle(await desk.firstToken())
  lan = await desk.officer(admin, 'lan', 'officer', 'Chị Lan')
  minh = await desk.officer(admin, 'minh', 'supervisor', 'Anh Minh')
})
afterAll(async () => {
  ending.abort()
  desk.parts.arrived.ring()
  await running
  await desk.close()
})
/** What each test leaves behind is nobody's work in the next. */
afterEach(() =>
  desk.parts.store.write(async (tx) => {
    await tx.deleteFrom('alert_told').execute()
    await tx.deleteFrom('alert_wish').execute()
    await tx.deleteFrom('conversation').execute()
  }),
)
/** Sessions end while the clock is moved. */
beforeEach(async () => {
  for (const [browser, login] of [
    [admin, 'quantri'],
    [lan, 'lan'],
    [minh, 'minh'],
  ] as const)
    await desk.signIn(browser, login)
})

const idle = async () => {
  while (await desk.parts.store.read((tx) => tx.selectFrom('conversation').select('id').where('pending', '>', 0).executeTakeFirst()))
    await new Promise((resolve) => setImmediate(resolve))
}

/** Somebody writes on a channel. @returns the conversation, once it is decided. */
async function writes(who: string, text: string, channel = 'telegram'): Promise<string> {
  desk.now += 1_000
  const { conversation } = await accept(desk.parts, {
    ...{ channel, externalId: `${who}-${number++}`, address: who, person: `${channel}:${who}` },
    ...{ content: { kind: 'text', text, masked: false }, receivedAt: desk.now },
  })
  await idle()
  return conversation
}

/** All that was said to a chat, oldest first. */
async function saidTo(conversation: string): Promise<readonly string[]> {
  const rows = await desk.parts.store.read((tx) =>
    tx.selectFrom('outbox').select(['body', 'state']).where('conversation_id', '=', conversation).orderBy('position').execute(),
  )
  return rows.map(({ body }) => JSON.parse(body)).flatMap(({ kind, text }) => (kind === 'reply' ? [text as string] : []))
}
const alertsTo = async (conversation: string) => (await saidTo(conversation)).filter((text) => text.startsWith('Báo việc:'))

async function connect(officer: Browser, who: string, channel = 'telegram'): Promise<string> {
  const { code } = (await officer.post('/me/alerts/code')).body
  return writes(who, `báo việc ${code}`, channel)
}

/** A case nobody has looked at yet, by `dueAt` late. */
const caseOf = (number: string, dueAt: number) => ({
  ...{
    number,
    person: 'web:p',
    channel: 'web',
    told_in: 'c',
    status: 'confirmed' as const,
    record: '{}',
    confirmed_at: desk.now - DAY,
    updated_at: desk.now,
  },
  ...{ chosen: null, result: null, filed_by: null, satisfaction: null, hold: null, due_at: dueAt, closed_at: null },
})

const tell = () => tellOfficers(desk.parts, desk.now)

describe('connecting', () => {
  it('takes the code from the officer’s own chat, once, and the page says where they are told', async () => {
    expect((await lan.get('/me/alerts')).body).toMatchObject({ place: null, off: [], night: false, hours: '07:30–17:00' })
    const { code } = (await lan.post('/me/alerts/code')).body
    const chat = await writes('lan-tele', `Báo việc ${code.toLowerCase()}`)
    expect((await saidTo(chat)).at(-1)).toContain(ALERT_CHAT.connected[0])
    expect((await lan.get('/me/alerts')).body.place).toMatchObject({ channel: 'telegram', warnings: [] })
    const other = await writes('ke-la', `báo việc ${code}`)
    expect(await saidTo(other)).toEqual([ALERT_CHAT.refused])
    const audit = (await admin.get('/audit?action=alerts.connected')).body.rows
    expect(audit.at(-1)).toMatchObject({ actor: lan.id, subject: `officer:${lan.id}`, detail: {} })
  })

  it('keeps no code in clear, and takes none that is too old or that an account was closed on', async () => {
    const { code } = (await lan.post('/me/alerts/code')).body
    const rows = await desk.parts.store.read((tx) => tx.selectFrom('alert_code').selectAll().execute())
    expect(JSON.stringify(rows)).not.toContain(code)
    desk.now += ALERT_CODE_MS
    expect(await saidTo(await writes('tre', `báo việc ${code}`))).toEqual([ALERT_CHAT.refused])
  })

  it('looks at few wrong codes, and then at none for a while', async () => {
    const { code } = (await lan.post('/me/alerts/code')).body
    for (let i = 0; i < 5; i++) await writes('doan', `báo việc AAAA-000${i}`)
    const chat = await writes('doan', `báo việc ${code}`)
    expect((await saidTo(chat)).at(-1)).toBe(ALERT_CHAT.tooMany)
    expect((await lan.get('/me/alerts')).body.place).toBeNull()
  })

  it('is refused on a channel that reaches nobody who has it closed', async () => {
    const chat = await connect(lan, 'web-1', 'web')
    expect((await saidTo(chat)).at(-1)).toBe(ALERT_CHAT.notHere)
  })

  it('says honestly what a channel allows', async () => {
    const { places } = (await lan.get('/me/alerts')).body
    expect(places.map(({ channel, words }: { channel: string; words: string }) => [channel, words])).toEqual([
      ['telegram', ALERT_SAYS.free],
      ['zalo-oa', ALERT_SAYS.windowed(7)],
    ])
    await connect(lan, 'lan-oa', 'zalo-oa')
    expect((await lan.get('/me/alerts')).body.place.warnings[0]).toContain('Kênh này chỉ cho nhắn tới')
    await desk.parts.store.write((tx) =>
      tx
        .updateTable('conversation')
        .set({ heard_at: desk.now - 7 * DAY })
        .execute(),
    )
    expect((await lan.get('/me/alerts')).body.place.warnings).toEqual([ALERT_SAYS.windowEnded])
  })
})

describe('an officer’s own chat', () => {
  it('is in no queue, no search and no figure; the assistant answers there, and no officer is called', async () => {
    const chat = await connect(lan, 'lan-tele')
    await writes('lan-tele', 'cho tôi gặp cán bộ')
    expect((await saidTo(chat)).at(-1)).toBe(ALERT_CHAT.noQueue)
    await writes('lan-tele', 'zzqqxx kjhkjh hgjhgj')
    const { rows, waiting } = (await lan.get('/queue?all=1')).body
    expect([rows, waiting]).toEqual([[], 0])
    expect((await lan.get(`/chats/${chat}`)).status).toBe(404)
    const { results } = (await lan.get(`/search?q=${encodeURIComponent('gặp cán bộ')}`)).body
    expect(results ?? []).toEqual([])
    expect((await lan.get('/gaps')).body.weeks.flatMap(({ gaps }: { gaps: unknown[] }) => gaps)).toEqual([])
  })

  it('is like any other again after “ngừng báo việc”, and after the page’s own button', async () => {
    const chat = await connect(lan, 'lan-tele')
    await writes('lan-tele', 'ngừng báo việc')
    expect((await saidTo(chat)).at(-1)).toBe(ALERT_CHAT.ended)
    expect((await lan.get('/queue?all=1')).body.rows).toHaveLength(1)
    await connect(lan, 'lan-tele')
    expect((await lan.send({ method: 'DELETE', url: '/me/alerts' })).status).toBe(200)
    expect((await lan.send({ method: 'DELETE', url: '/me/alerts' })).body.error.message).toBe(ALERT_SAYS.notConnected)
  })

  it('goes with an account that is closed', async () => {
    const hoa = await desk.officer(admin, 'hoa', 'officer', 'Chị Hoa')
    await connect(hoa, 'hoa-tele')
    await admin.send({ method: 'PUT', url: `/officers/${hoa.id}`, payload: { name: 'Chị Hoa', role: 'officer', active: false } })
    expect(await desk.parts.store.read((tx) => tx.selectFrom('alert_address').selectAll().execute())).toEqual([])
  })

  it('outlives retention while it is one, though what was said in it ends', async () => {
    const chat = await connect(lan, 'lan-tele')
    const { store, config } = desk.parts
    const later = desk.now + 200 * DAY
    await runRetention(store, retentionRules(config), later, 'service')
    await store.write((tx) => tx.updateTable('outbox').set({ state: 'sent' }).execute())
    await forgetEnded(store, later)
    expect((await lan.get('/me/alerts')).body.place).not.toBeNull()
    expect(await saidTo(chat)).toEqual([])
  })
})

describe('what is told', () => {
  it('is that somebody waits, after some minutes, once, with where to go and nothing of theirs', async () => {
    const chat = await connect(lan, 'lan-tele')
    await writes('dan-1', 'cho tôi gặp cán bộ, tôi là Trần Thị Bí Mật 0905123456', 'web')
    desk.now += 4 * MINUTE
    expect(await tell()).toBe(0)
    desk.now += 2 * MINUTE
    expect(await tell()).toBe(1)
    expect(await tell()).toBe(0)
    const [text, ...others] = await alertsTo(chat)
    expect(others).toEqual([])
    expect(text).toMatch(/^Báo việc:\n• Có 1 người đang chờ cán bộ, từ \d\d:\d\d ngày 27\/11\.\nMở bàn làm việc: http:\/\/127\.0\.0\.1\/console\/$/)
    expect(text).not.toMatch(/Bí Mật|0905/)
  })

  it('is gathered into one message, and nothing that was taken up in the meantime', async () => {
    const chat = await connect(lan, 'lan-tele')
    const first = await writes('dan-1', 'cho tôi gặp cán bộ', 'web')
    desk.now += 6 * MINUTE
    await tell()
    const second = await writes('dan-2', 'cho tôi gặp cán bộ', 'web')
    await writes('dan-3', 'cho tôi gặp cán bộ', 'web')
    desk.now += 1 * MINUTE
    await minh.post(`/chats/${first}/assign`, { officer: lan.id })
    await minh.post(`/chats/${second}/notes`, { id: '3f2b8a52-6a42-4c0c-9d7a-3f6a7f6b0c11', text: 'xem giúp', mentions: [lan.id] })
    expect(await tell()).toBe(0)
    await minh.post(`/chats/${second}/take`)
    desk.now += GATHER_MS + 3 * MINUTE
    expect(await tell()).toBe(1)
    const text = (await alertsTo(chat)).at(-1)
    expect(text).toContain('Có 1 cuộc trò chuyện vừa được giao cho bạn')
    expect(text).toContain('Có 1 ghi chú nhắc tới bạn')
    expect(text).toContain('Có 1 người đang chờ cán bộ')
  })

  it('is nothing that the open page shows already; after it is left, who still waits', async () => {
    const chat = await connect(lan, 'lan-tele')
    const leave = desk.parts.live.join({ officer: lan.id, session: 's', tell: () => undefined, end: () => undefined })
    await writes('dan-1', 'cho tôi gặp cán bộ', 'web')
    desk.now += 2 * MINUTE
    await lan.get('/queue')
    desk.now += 4 * MINUTE
    await lan.get('/queue')
    expect(await tell()).toBe(0)
    leave()
    expect(await tell()).toBe(1)
    expect(await alertsTo(chat)).toHaveLength(1)
  })

  it('is told by one of two who tell at once', async () => {
    const chat = await connect(lan, 'lan-tele')
    await writes('dan-1', 'cho tôi gặp cán bộ', 'web')
    desk.now += 6 * MINUTE
    const sent = await Promise.all([tell(), tell(), tell()])
    expect(sent.reduce((sum, one) => sum + one, 0)).toBe(1)
    expect(await alertsTo(chat)).toHaveLength(1)
  })

  it('does not wait for the officer to write: what could not be delivered is given up, and the page says so', async () => {
    const chat = await connect(lan, 'lan-tele')
    await writes('dan-1', 'cho tôi gặp cán bộ', 'web')
    desk.now += 6 * MINUTE
    await tell()
    const { store } = desk.parts
    await store.write((tx) => tx.updateTable('outbox').set({ state: 'held', trouble: 'blocked' }).where('conversation_id', '=', chat).execute())
    await writes('dan-2', 'cho tôi gặp cán bộ', 'web')
    desk.now += 10 * MINUTE
    expect(await tell()).toBe(0)
    const states = await store.read((tx) => tx.selectFrom('outbox').innerJoin('alert_told', 'outbox_id', 'outbox.id').select('state').execute())
    expect(states).toEqual([{ state: 'undeliverable' }])
    expect((await lan.get('/me/alerts')).body.place.warnings).toEqual([ALERT_SAYS.blocked])
    await writes('lan-tele', 'chào')
    expect((await lan.get('/me/alerts')).body.place.warnings).toEqual([])
  })

  it('does not go out where the channel’s window has closed', async () => {
    await connect(lan, 'lan-oa', 'zalo-oa')
    await writes('dan-1', 'cho tôi gặp cán bộ', 'web')
    await desk.parts.store.write((tx) =>
      tx
        .updateTable('conversation')
        .set({ heard_at: desk.now - 8 * DAY })
        .where('channel', '=', 'zalo-oa')
        .execute(),
    )
    desk.now += 6 * MINUTE
    expect(await tell()).toBe(0)
  })

  it('is danger at once; outside the hours only for who chose it', async () => {
    const chat = await connect(lan, 'lan-tele')
    await writes('dan-1', 'em vừa chuyển khoản 20 triệu cho người lạ giả công an, họ đang gọi bắt chuyển thêm', 'web')
    await writes('dan-1', 'cho em gặp cán bộ gấp', 'web')
    expect(await tell()).toBe(1)
    await desk.parts.store.write((tx) => tx.deleteFrom('alert_told').execute())
    desk.now = Date.parse('2026-11-27T15:00:00Z')
    expect(await tell()).toBe(0)
    await desk.signIn(lan, 'lan')
    await lan.send({ method: 'PUT', url: '/me/alerts', payload: { off: ['waiting'], night: true } })
    expect(await tell()).toBe(1)
    expect((await alertsTo(chat)).at(-1)).toMatch(/^Báo việc:\n• GẤP: có người có thể đang bị hại, chờ từ .*\nMở/)
  })

  it('is in the morning how many cases are due and late, and a call that is due', async () => {
    const chat = await connect(lan, 'lan-tele')
    const { store } = desk.parts
    expect((await lan.post('/call-backs', { phone: '0900000017', hours: '' })).status).toBe(200)
    for (const [number, due] of [
      ['GL26-SANG-1', '2026-11-30'],
      ['GL26-SANG-2', '2026-12-01'],
      ['GL26-SANG-3', '2026-12-03'],
    ] as const)
      await store.write((tx) =>
        tx
          .insertInto('complaint')
          .values(caseOf(number, endOfDay(due)))
          .execute(),
      )
    desk.now = Date.parse('2026-12-01T00:29:00Z')
    expect(await tell()).toBe(0)
    desk.now = Date.parse('2026-12-01T00:30:00Z')
    expect(await tell()).toBe(1)
    const text = (await alertsTo(chat))[0]
    expect(text).toContain('Có 1 người hẹn được gọi lại')
    expect(text).toContain('• Đầu ngày: 1 hồ sơ có hạn hôm nay, 1 hồ sơ đã quá hạn.')
    desk.now += 60 * MINUTE
    expect(await tell()).toBe(0)
  })
})
