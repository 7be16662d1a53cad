/** Call-backs on a real database: the clock on working days, one number at a time, who is faster, and what is left when somebody is erased. */
import { beforeEach, describe, expect, it } from 'vitest'
import { callBackRoutes } from '../../../adapters/console/call-backs.ts'
import type { CallBacksView, CallBackWhole } from '../../../adapters/console/papers-contract.ts'
import type { SignedIn } from '../../../adapters/console/route.ts'
import { ConsoleTrouble } from '../../../adapters/console/trouble.ts'
import { readHeld } from '../../../adapters/storage/held-store.ts'
import { erasePerson } from '../../../adapters/storage/privacy-store.ts'
import { holidayCalendar, shippedHolidays } from '../../../bot/calendar/holidays.ts'
import { newCaseNumber } from '../../../bot/case/number.ts'
import { CALL_BACK_SAYS } from '../../../bot/wording/call-back.ts'
import { rows } from '../storage/lanes.ts'
import { filesHolding, inStore, NOW, plant } from '../storage/office.ts'
import { file, inVietnam } from '../storage/report-cases.ts'

const place = inStore()
const LAN: SignedIn = { id: 'lan', name: 'Lan', role: 'officer', session: 's' }
const HAI: SignedIn = { ...LAN, id: 'hai', name: 'Hải' }
const PHONE = '0900000017'
const NUMBER = newCaseNumber(new Uint8Array(8).fill(3), 2026)

const opened: (readonly [officer: string, callBack: string])[] = []
beforeEach(() => void opened.splice(0))

const routes = () =>
  callBackRoutes({
    ...{ store: place.store, calendar: holidayCalendar(shippedHolidays()), nameOf: (id) => (id === 'hai' ? 'Hải' : 'Lan') },
    audited: async (officer, callBack) => void opened.push([officer.id, callBack]),
  })

interface Given {
  readonly id?: string
  readonly body?: object
  readonly by?: SignedIn
  readonly now?: number
}

/** Asks as the console does: what the schemas refuse never reaches the handler. */
async function ask<T>(name: string, { id = '', body, by = LAN, now = NOW }: Given = {}): Promise<T> {
  const route = routes().find(({ method, url }) => `${method} ${url}` === name) ?? expect.unreachable(name)
  return (await route.handle({ officer: by, params: { id }, query: {}, body: route.body?.parse(body), now })) as T
}

const add = async (body: object = {}, now = NOW) =>
  (await ask<{ id: string }>('POST /call-backs', { body: { phone: '0900 000 017', hours: 'sau 17 giờ', ...body }, now })).id
const list = (now = NOW, by = LAN) => ask<CallBacksView>('GET /call-backs', { now, by })
const take = (id: string, by: SignedIn) => ask('POST /call-backs/:id/take', { id, by })
const done = (id: string, by = LAN, now = NOW) => ask('POST /call-backs/:id/done', { id, by, now, body: { outcome: 'reached' } })
const sentence = (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    (thrown: unknown) => (thrown instanceof ConsoleTrouble ? `${thrown.status} ${thrown.sentence}` : String(thrown)),
  )

describe('the clock of a call-back', () => {
  it.each([
    ['on a working day', '2026-11-26T10:00', '2026-11-27'],
    ['on a Friday evening, over the weekend', '2026-11-27T21:00', '2026-11-30'],
    ['on a Saturday', '2026-11-28T09:00', '2026-11-30'],
    ['before the first of January', '2026-12-31T09:00', '2027-01-04'],
  ])('asked %s, runs until %s + 1 working day', async (_, asked, due) => {
    const now = inVietnam(asked)
    await add({}, now)
    const late = inVietnam(`${due}T23:59`) + 60_000
    expect((await list(now)).rows[0]?.clock).toMatchObject({ due, state: 'running' })
    expect((await list(late - 1)).overdue).toBe(0)
    expect((await list(late)).overdue).toBe(1)
    expect((await list(late)).rows[0]?.clock.state).toBe('late')
  })

  it('stands still once it is done, in time or late', async () => {
    const [first, second] = [await add(), await add()]
    await done(first)
    await done(second, LAN, NOW + 10 * 86_400_000)
    const states = (await list(NOW + 20 * 86_400_000)).rows.map(({ id, clock }) => [id, clock.state])
    expect(states).toEqual(
      expect.arrayContaining([
        [first, 'kept'],
        [second, 'kept_late'],
      ]),
    )
    expect((await list()).open).toBe(0)
  })

  it('puts first who is due first', async () => {
    const later = await add({}, NOW + 5 * 86_400_000)
    const sooner = await add()
    expect((await list()).rows.map(({ id }) => id)).toEqual([sooner, later])
  })
})

describe('the number', () => {
  it('stands in the list in part, is opened whole for one, and that is written down', async () => {
    const id = await add({ hours: 'sau 17 giờ, hoặc gọi 0911222333' })
    const view = await list()
    expect(view.rows[0]).toMatchObject({ phone: '…017', hours: 'sau 17 giờ, hoặc gọi [số điện thoại đã che]' })
    expect([JSON.stringify(view).includes(PHONE), opened]).toEqual([false, []])
    expect(await ask<CallBackWhole>('GET /call-backs/:id', { id, by: HAI })).toEqual({ phone: PHONE })
    expect(opened).toEqual([['hai', id]])
  })

  it('is forgotten once it is done', async () => {
    const id = await add()
    await done(id)
    expect((await list()).rows[0]).toMatchObject({ phone: '', hours: '', outcome: 'reached', takenBy: 'Lan' })
    expect(await sentence(ask('GET /call-backs/:id', { id }))).toBe(`409 ${CALL_BACK_SAYS.done}`)
    expect(opened).toEqual([])
    await place.store.compact()
    expect(filesHolding(place.folder, PHONE)).toEqual([])
  })

  it.each([['abc'], ['123'], ['0900000017000'], ['18006838'], ['']])('%j is none', async (phone) => {
    expect(await sentence(add({ phone }))).toContain('phone')
    expect(await rows(place.store, 'call_back')).toEqual([])
  })

  it.each([
    ['+84 900 000 017', PHONE],
    ['0269 3824 123', '02693824123'],
  ])('%j is dialled as %j', async (phone, dialled) => {
    expect(await ask('GET /call-backs/:id', { id: await add({ phone }) })).toEqual({ phone: dialled })
  })
})

describe('two officers', () => {
  it('take one: one of them has it, the other reads who', async () => {
    const id = await add()
    const both = await Promise.all([sentence(take(id, LAN)), sentence(take(id, HAI))])
    expect(both.filter((one) => one === 'done')).toHaveLength(1)
    const [winner, other] = both[0] === 'done' ? [LAN, HAI] : [HAI, LAN]
    expect(both).toContain(`409 ${CALL_BACK_SAYS.taken(winner.name)}`)
    expect(await sentence(take(id, winner))).toBe('done')
    expect((await list(NOW, other)).rows[0]).toMatchObject({ takenBy: winner.name, mine: false })
  })

  it('end one: it is ended once, and what is done is not taken', async () => {
    const id = await add()
    const both = await Promise.all([sentence(done(id, LAN)), sentence(done(id, HAI))])
    expect(both.toSorted()).toEqual([`409 ${CALL_BACK_SAYS.done}`, 'done'])
    expect(await sentence(take(id, HAI))).toBe(`409 ${CALL_BACK_SAYS.done}`)
  })

  it.each(['GET /call-backs/:id', 'POST /call-backs/:id/take'])('find nobody’s under %s', async (name) => {
    expect(await sentence(ask(name, { id: 'x' }))).toBe(`404 ${CALL_BACK_SAYS.unknown}`)
  })
})

describe('whose it is', () => {
  it('must be there: a conversation or a case of nobody is refused', async () => {
    expect(await sentence(add({ conversation: 'c9' }))).toBe(`400 ${CALL_BACK_SAYS.noConversation}`)
    expect(await sentence(add({ number: NUMBER }))).toContain('400')
    expect(await sentence(add({ number: 'x' }))).toContain('400')
  })

  it('goes with the conversation and the case when the person is erased, and is read out before; others stay', async () => {
    await plant(place.store, { id: 'c1', person: 'web:p1' })
    await file(place.store, NUMBER, NOW)
    const [{ person: filedFor } = expect.unreachable()] = await rows(place.store, 'complaint')
    const [ofChat, ofCase, free] = [await add({ conversation: 'c1' }), await add({ number: NUMBER, phone: '0900000018' }), await add()]
    expect((await readHeld(place.store, 'web:p1'))?.conversations[0]?.callBacks).toContainEqual(expect.objectContaining({ id: ofChat, phone: PHONE }))
    expect((await readHeld(place.store, filedFor))?.complaints[0]?.callBacks).toEqual([expect.objectContaining({ id: ofCase, phone: '0900000018' })])
    for (const person of ['web:p1', filedFor]) await erasePerson(place.store, { person, by: 'lan', why: 'người dân yêu cầu' }, NOW)
    expect((await rows(place.store, 'call_back')).map(({ id }) => id)).toEqual([free])
  })
})
