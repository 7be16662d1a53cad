/** The routes of personal data, on a real database: registers, due days, what is handed out, erased and listed, and who is said to have done it. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openStore as openFiles } from '../../../adapters/attachments/store.ts'
import { type PrivacyParts, privacyRoutes } from '../../../adapters/console/privacy.ts'
import type {
  BreachView,
  ConsentsView,
  PeopleView,
  PersonView,
  RequestsView,
  RetentionView,
  Said,
} from '../../../adapters/console/privacy-contract.ts'
import type { ConsoleRoute, Download, SignedIn } from '../../../adapters/console/route.ts'
import { ConsoleTrouble } from '../../../adapters/console/trouble.ts'
import { changeCase } from '../../../adapters/storage/case-changes.ts'
import { personOfCase, runRetention } from '../../../adapters/storage/privacy-store.ts'
import { keepTombstones, readKeptTombstones, removeFiles } from '../../../adapters/storage/tombstone-file.ts'
import { holidayCalendar, shippedHolidays } from '../../../bot/calendar/holidays.ts'
import { newCaseNumber } from '../../../bot/case/number.ts'
import { mayDo } from '../../../bot/officers/permissions.ts'
import { BREACH_COLUMNS, PRIVACY_SAYS, REQUEST_GOAL, RETENTION_DOES } from '../../../bot/wording/privacy-desk.ts'
import { rows } from '../storage/lanes.ts'
import { count, DAY, inStore, NOW, plant, plantFile } from '../storage/office.ts'
import { file, inVietnam } from '../storage/report-cases.ts'

const place = inStore()
const MINH: SignedIn = { id: 'minh', name: 'Anh Minh', role: 'supervisor', session: 's' }
const RULES = { conversationDays: 90, caseDays: 1_825, attemptDays: 400 }
const HASH = 'ab'.repeat(32)
const ONE = newCaseNumber(new Uint8Array(16).fill(1), 2026)
const TWO = newCaseNumber(new Uint8Array(16).fill(2), 2026)

const parts = (): PrivacyParts => ({
  ...{ store: place.store, calendar: holidayCalendar(shippedHolidays()), rules: RULES, nameOf: (id) => (id === 'minh' ? 'Anh Minh' : id) },
  retain: (by, now) => runRetention(place.store, RULES, now, by),
  cleanUp: async (hashes) => {
    await removeFiles(place.store, openFiles(join(place.folder, 'attachments')), hashes)
    await keepTombstones(place.store, place.folder)
  },
})

const routeOf = (name: string): ConsoleRoute =>
  privacyRoutes(parts()).find(({ method, url }) => `${method} /privacy/${url.slice(9)}` === name) ?? expect.unreachable(name)

interface Given {
  readonly params?: Record<string, string>
  readonly query?: unknown
  readonly body?: unknown
  readonly now?: number
}

/** Asks as the console does: what the schemas refuse never reaches the handler. */
async function ask<T>(name: string, { params = {}, query = {}, body = {}, now = NOW }: Given = {}): Promise<T> {
  const route = routeOf(name)
  return (await route.handle({ officer: MINH, params, query: route.query?.parse(query), body: route.body?.parse(body), now })) as T
}

const refused = (sentence: string) => expect.objectContaining({ name: 'ConsoleTrouble', sentence })
const audited = async () => (await rows(place.store, 'audit')).map(({ action, actor, subject }) => [action, actor, subject])

describe('the routes', () => {
  it('are for whoever answers for the office; removing what is old is for administrators', () => {
    const open = privacyRoutes(parts()).filter(({ may }) => mayDo('officer', may) || !mayDo('administrator', may))
    expect(open).toEqual([])
    expect(mayDo('supervisor', routeOf('POST /privacy/retention').may)).toBe(false)
    expect(mayDo('supervisor', routeOf('GET /privacy/retention').may)).toBe(true)
  })
})

describe('consents', () => {
  const consents = (query: object = {}) => ask<ConsentsView>('GET /privacy/consents', { query })

  it('are listed with how they were given; what an officer was told is withdrawn at once, and once', async () => {
    await file(place.store, ONE, NOW)
    expect((await consents({ purpose: 'authority' })).rows).toEqual([
      { number: ONE, conversation: null, purpose: 'authority', version: '1', at: NOW, how: 'chat', message: 'm', endedAt: null, ended: null },
    ])
    await place.store.write(async (tx) => {
      const { record } = await tx.selectFrom('complaint').select('record').executeTakeFirstOrThrow()
      await tx
        .updateTable('complaint')
        .set({ record: record.replaceAll('"message":"m"', '"message":"office:paper"') })
        .execute()
    })
    expect((await consents({ purpose: 'handle' })).rows).toMatchObject([{ how: 'paper', message: null }])
    const body = { case: ONE.toLowerCase(), purpose: 'authority' }
    await ask('POST /privacy/consents/withdraw', { body, now: NOW + 5 })
    expect((await consents({ standing: 'no' })).rows).toMatchObject([{ purpose: 'authority', endedAt: NOW + 5, ended: 'withdrawn' }])
    await expect(ask('POST /privacy/consents/withdraw', { body })).rejects.toEqual(refused(PRIVACY_SAYS.notStanding))
    await expect(ask('POST /privacy/consents/withdraw', { body: { ...body, case: TWO } })).rejects.toThrow(ConsoleTrouble)
    expect((await audited()).slice(1)).toEqual([['case.changed', 'minh', `case:${ONE}`]])
    // Not asked in the chat: it is no request of its own.
    expect((await ask<RequestsView>('GET /privacy/requests')).answered).toEqual([])
  })

  it('of somebody who is told of warnings are taken back by the conversation, once, and nothing else is asked for there', async () => {
    await plant(place.store, { id: 'c1', person: 'web:p1' })
    await place.store.write((tx) => tx.updateTable('subscriber').set({ ended_at: null }).execute())
    const subscriptions = async () => (await consents({ purpose: 'subscription', standing: 'yes' })).rows
    expect(await subscriptions()).toMatchObject([{ number: null, conversation: 'c1', how: 'chat' }])
    await expect(ask('POST /privacy/consents/withdraw', { body: { conversation: 'c1', purpose: 'handle' } })).rejects.toThrow()
    await ask('POST /privacy/consents/withdraw', { body: { conversation: 'c1' } })
    expect(await subscriptions()).toEqual([])
    await expect(ask('POST /privacy/consents/withdraw', { body: { conversation: 'c1' } })).rejects.toEqual(refused(PRIVACY_SAYS.notStanding))
    expect((await audited()).at(-1)).toEqual(['consent.withdrawn', 'minh', 'conversation:c1'])
  })

  it('come page by page with the address of the next, and no other', async () => {
    for (let i = 0; i < 14; i++) await file(place.store, `GL-${i}`, NOW + i)
    const first = await consents()
    const second = await consents({ before: first.next })
    expect([first.rows.length, second.rows.length, second.next]).toEqual([52, 4, null])
    await expect(consents({ before: "1' or 1" })).rejects.toThrow(ConsoleTrouble)
  })
})

describe('requests', () => {
  const requests = (now = NOW) => ask<RequestsView>('GET /privacy/requests', { now })
  const given = { kind: 'deletion', way: 'paper', askedOn: '2026-11-26', case: ONE, note: 'đơn ở văn phòng' }
  const enter = (more: object = {}, now = NOW) => ask<{ id: string }>('POST /privacy/requests', { body: { ...given, ...more }, now })

  it('are due on working days, late after them, and say whose goal that is', async () => {
    await file(place.store, ONE, NOW)
    // A Thursday: Friday is the first day, Monday the second.
    const { id } = await enter()
    const { open, goal } = await requests()
    expect(open).toMatchObject([{ id, number: ONE, kind: 'deletion', way: 'paper', due: '2026-11-30', state: 'open', by: 'Anh Minh' }])
    expect(goal.note).toBe(REQUEST_GOAL.note)
    expect((await requests(inVietnam('2026-11-30T23:59'))).open[0]?.state).toBe('open')
    expect((await requests(inVietnam('2026-12-01T00:00'))).open[0]?.state).toBe('late')
    await ask('POST /privacy/requests/:id/answer', { params: { id }, body: { result: 'done' }, now: inVietnam('2026-12-01T09:00') })
    expect((await requests()).answered).toMatchObject([{ id, state: 'done_late', doneBy: 'Anh Minh', result: 'done' }])
  })

  it('that came in the chat have the same days', async () => {
    await plant(place.store, { id: 'c1', person: 'web:p1' })
    expect((await requests()).open).toMatchObject([{ way: 'chat', kind: 'deletion', due: '2026-11-30', by: null }])
  })

  it('of somebody who is not known are taken too; of somebody who is named wrongly are not', async () => {
    await enter({ case: '', conversation: '' })
    expect((await requests()).open).toMatchObject([{ person: null, number: null }])
    await expect(enter()).rejects.toEqual(refused(PRIVACY_SAYS.nobody))
    await expect(enter({ conversation: 'c1' })).rejects.toEqual(refused(PRIVACY_SAYS.who))
  })

  it.each(['2026-11-27', '2025-11-24'])('that came on %s are not', async (askedOn) => {
    await expect(enter({ case: '', askedOn })).rejects.toEqual(refused(PRIVACY_SAYS.askedOn))
  })

  it('are refused only with a reason, and answered once', async () => {
    const { id } = await enter({ case: '' })
    const answer = (body: object) => ask('POST /privacy/requests/:id/answer', { params: { id }, body })
    await expect(answer({ result: 'refused', outcome: ' \n' })).rejects.toEqual(refused(PRIVACY_SAYS.outcome))
    await answer({ result: 'refused', outcome: 'hồ sơ đang bị khóa' })
    await expect(answer({ result: 'done' })).rejects.toEqual(refused(PRIVACY_SAYS.answered))
  })
})

describe('how long things are kept', () => {
  it('is shown with what would go; nothing goes until an administrator says so, and the log says who', async () => {
    await plant(place.store, { id: 'old', person: 'web:p1', at: NOW - 91 * DAY, hash: HASH })
    const path = plantFile(place.folder, HASH, 'x')
    const view = () => ask<RetentionView>('GET /privacy/retention')
    expect((await view()).classes.find(({ id }) => id === 'conversation')).toMatchObject({ due: 1, days: 90, does: 'xóa', oldest: NOW - 91 * DAY })
    expect(await count(place.store, 'conversation')).toBe(1)
    const { sentence } = await ask<Said>('POST /privacy/retention')
    expect(sentence).toContain('1 cuộc trò chuyện, 2 tin nhắn, 1 tệp')
    expect([await count(place.store, 'conversation'), existsSync(path)]).toEqual([0, false])
    expect((await view()).log).toMatchObject([{ by: 'Anh Minh', name: 'cuộc trò chuyện không có hồ sơ', removed: expect.stringContaining('2 tin') }])
  })

  it('has the desk’s own classes too: what would be blanked is counted, and said in rows once it was', async () => {
    await plant(place.store, { id: 'waiting', person: 'web:p1', at: NOW - 91 * DAY, row: { owner: 'waiting' } })
    const callBacks = async () => (await ask<RetentionView>('GET /privacy/retention')).classes.find(({ id }) => id === 'call_back')
    expect(await callBacks()).toMatchObject({ due: 1, days: 30, does: RETENTION_DOES.blank })
    expect((await ask<Said>('POST /privacy/retention')).sentence).toContain('1 mục khác đã hết hạn')
    expect(await callBacks()).toMatchObject({ due: 0 })
    expect((await ask<RetentionView>('GET /privacy/retention')).log).toMatchObject([{ name: 'số điện thoại hẹn gọi lại', removed: '1 mục' }])
  })
})

describe('one person', () => {
  it('is found by the code on the page, counted, and handed out whole on every channel of a matter, after the audit', async () => {
    await plant(place.store, { id: 'c1', person: 'web:p1', said: 'của tôi', row: { address: 'k7qd34', matter: 'viec' } })
    await plant(place.store, { id: 'c2', person: 'telegram:p1', said: 'cũng của tôi', row: { matter: 'viec' } })
    await plant(place.store, { id: 'c3', person: 'web:p3', said: 'của người khác' })
    const { found } = await ask<PeopleView>('GET /privacy/people', { query: { code: ' K7QD ' } })
    expect(found.map(({ id }) => id)).toEqual(['c1'])
    await expect(ask('GET /privacy/people', { query: { code: 'k%' } })).rejects.toEqual(refused(PRIVACY_SAYS.code))
    const who = { query: { conversation: 'c1' } }
    expect(await ask<PersonView>('GET /privacy/person', who)).toMatchObject({ pseudonyms: ['web:p1', 'telegram:p1'], heldCases: 0 })
    const { bytes } = await ask<Download>('GET /privacy/person/export', who)
    const text = Buffer.from(bytes).toString()
    expect(JSON.parse(text).map(({ person }: { person: string }) => person)).toEqual(['web:p1', 'telegram:p1'])
    expect(text).toContain('cũng của tôi')
    expect(text).not.toContain('của người khác')
    expect(await audited()).toEqual([
      ['person.exported', 'minh', 'person:web:p1'],
      ['person.exported', 'minh', 'person:telegram:p1'],
    ])
  })

  it('is erased only with a reason, on every channel, but for a case that is held; tombstones and files are seen to', async () => {
    await plant(place.store, { id: 'c1', person: 'web:p1', hash: HASH, row: { matter: 'viec' } })
    await plant(place.store, { id: 'c2', person: 'telegram:p1', row: { matter: 'viec' } })
    const path = plantFile(place.folder, HASH, 'x')
    await expect(ask('POST /privacy/person/erase', { body: { conversation: 'c1', why: ' ' } })).rejects.toEqual(refused(PRIVACY_SAYS.why))
    expect(await count(place.store, 'conversation')).toBe(2)
    const { sentence } = await ask<Said>('POST /privacy/person/erase', { body: { conversation: 'c1', why: 'người dân gửi đơn' } })
    expect(sentence).toContain('2 cuộc trò chuyện')
    expect([await count(place.store, 'conversation'), existsSync(path)]).toEqual([0, false])
    expect(readKeptTombstones(place.folder).map(({ person }) => person)).toEqual(['web:p1', 'telegram:p1'])
    await expect(ask('GET /privacy/person', { query: { conversation: 'c1' } })).rejects.toEqual(refused(PRIVACY_SAYS.nobody))

    await file(place.store, ONE, NOW)
    await changeCase(place.store, ONE, { event: { kind: 'hold', why: 'kiện' }, by: 'lan', notice: undefined, words: '', note: '' }, NOW)
    const held = await ask<Said>('POST /privacy/person/erase', { body: { case: ONE, why: 'người dân gửi đơn' } })
    expect(held.sentence).toContain('giữ lại 1 hồ sơ')
    expect(await personOfCase(place.store, ONE)).toBeDefined()
  })
})

describe('a breach', () => {
  const span = { from: '2026-11-26T09:00', to: '2026-11-26T11:00' }

  it('counts whom it touches and says until when the authority must be told', async () => {
    await plant(place.store, { id: 'c1', person: 'web:p1', at: NOW })
    await plant(place.store, { id: 'c2', person: 'web:p2', at: NOW - DAY })
    await file(place.store, ONE, NOW)
    const view = await ask<BreachView>('GET /privacy/breach', { query: { ...span, foundAt: '2026-11-26T09:30' } })
    expect(view).toMatchObject({ people: 2, conversations: 1, cases: 1, withPhone: 1, noticeUntil: inVietnam('2026-11-29T09:30') })
    expect(view.channels).toEqual([
      { channel: 'office', people: 1, cases: 1 },
      { channel: 'web', people: 1, cases: 0 },
    ])
    expect(view.law.join(' ')).toContain('72 giờ kể từ khi phát hiện')
    expect((await ask<BreachView>('GET /privacy/breach', { query: { ...span, scope: 'held', channel: 'web' } })).people).toBe(2)
    expect(await audited()).toEqual([['case.filed', 'lan', `case:${ONE}`]])
  })

  it('lists them by pseudonym and case, never by name or number, after the audit', async () => {
    await plant(place.store, { id: 'c1', person: 'web:p1', at: NOW })
    await file(place.store, ONE, NOW)
    const person = await personOfCase(place.store, ONE)
    const { bytes } = await ask<Download>('GET /privacy/breach/people.csv', { query: span })
    const text = Buffer.from(bytes).toString()
    expect(text.split('\r\n')).toEqual([
      `\uFEFF${BREACH_COLUMNS.join(',')}`,
      'web:p1,Ô trò chuyện trên trang web,1,,không',
      `${person},"Điện thoại, tại Hội",0,${ONE},có`,
      '',
    ])
    expect((await audited()).at(-1)).toEqual(['data.breach_listed', 'minh', `breach:all:${inVietnam(span.from)}..${inVietnam('2026-11-26T11:01')}`])
  })

  it.each([
    [{ ...span, from: '2026-11-27T00:00' }, PRIVACY_SAYS.span],
    [{ ...span, foundAt: '2026-11-27T00:00' }, PRIVACY_SAYS.foundAt],
  ])('of %j is refused', async (query, sentence) => {
    await expect(ask('GET /privacy/breach', { query })).rejects.toEqual(refused(sentence))
  })

  it.each([
    { ...span, from: '2026-02-30T00:00' },
    { ...span, to: 'mai' },
    { ...span, channel: 'a b' },
  ])('of %j is not read', async (query) => {
    await expect(ask('GET /privacy/breach', { query })).rejects.toThrow()
  })
})
