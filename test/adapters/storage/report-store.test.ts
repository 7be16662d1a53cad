/** What reports are counted from, on disk: whose cases belong to which days, conversations that are gone and still counted, reports that stay as they were. */
import { describe, expect, it } from 'vitest'
import { countedDays, keepDays, keepReport, listReports, readReport, reportedCases } from '../../../adapters/storage/report-store.ts'
import { chatBasis } from '../../../bot/report/day.ts'
import { frozenReport, readFrozen } from '../../../bot/report/frozen.ts'
import { yearPeriod } from '../../../bot/report/yearly.ts'
import { dayInVietnam } from '../../../knowledge/validity.ts'
import { EMPTY, LINE } from '../../bot/report/basis.ts'
import { accept, decideAll, decidedOn, decideOne, does, HAI, LAN, LEASE_MS, only, send, turnsOf } from './lanes.ts'
import { DAY, inStore, NOW, tamper } from './office.ts'
import { fact, file, inVietnam, officer } from './report-cases.ts'

const place = inStore()
const YEAR = yearPeriod(2026)
const TODAY = dayInVietnam(new Date(NOW))
const MINUTE = 60_000

describe('the cases of a year', () => {
  const numbers = async (period = YEAR) => (await reportedCases(place.store, period)).map(({ number }) => number)

  it('begin and end at midnight in Vietnam', async () => {
    const moments = ['2025-12-31T23:59', '2026-01-01T00:00', '2026-12-31T23:59', '2027-01-01T00:00']
    for (const [i, moment] of moments.entries()) await file(place.store, `GL-${i}`, inVietnam(moment))
    for (const number of ['GL-0', 'GL-3'])
      await officer(
        place.store,
        number,
        { kind: 'close', result: 'not', text: 'x' },
        inVietnam(number === 'GL-0' ? '2025-12-31T23:59' : '2027-01-02T00:00'),
      )
    expect([await numbers(), await numbers(yearPeriod(2025)), await numbers(yearPeriod(2027))]).toEqual([
      ['GL-1', 'GL-2'],
      ['GL-0'],
      ['GL-1', 'GL-2', 'GL-3'],
    ])
  })

  it('take over what was open when it began, also what was closed within it', async () => {
    const [before, within] = [inVietnam('2025-11-01T09:00'), inVietnam('2026-02-01T09:00')]
    for (const number of ['GL-mo', 'GL-dong-truoc', 'GL-dong-trong']) await file(place.store, number, before)
    await officer(place.store, 'GL-dong-truoc', { kind: 'close', result: 'not', text: 'x' }, before + DAY)
    await officer(place.store, 'GL-dong-trong', { kind: 'close', result: 'resolved', text: 'x' }, within)
    expect(await numbers()).toEqual(['GL-dong-trong', 'GL-mo'])
  })

  it('are all read, a page at a time, also where many were received in one moment', async () => {
    for (let i = 0; i < 450; i++) await file(place.store, `GL-${String(i).padStart(3, '0')}`, NOW + Math.floor(i / 260))
    const read = await numbers()
    expect([read.length, new Set(read).size, read[0], read.at(-1)]).toEqual([450, 450, 'GL-000', 'GL-449'])
  }, 120_000)

  it('come with what happened to them, in order, and what an officer chose', async () => {
    await file(place.store, 'GL-1', NOW, { amount: fact(5) })
    await officer(place.store, 'GL-1', { kind: 'receive' }, NOW + 1)
    await officer(place.store, 'GL-1', { kind: 'transfer', agency: { id: 'cong-an-tinh', name: 'Công an tỉnh' } }, NOW + 2)
    const [one] = await reportedCases(place.store, YEAR)
    expect(one?.events.map(({ kind, at }) => [kind, at])).toEqual([
      ['receive', NOW + 1],
      ['transfer', NOW + 2],
    ])
    expect(one).toMatchObject({ chosen: 'Công an tỉnh', status: 'transferred', byOfficer: true, channel: 'office' })
    expect(one?.record?.facts.amount?.value).toBe(5)
  })

  it('whose record is another version’s are counted all the same', async () => {
    await file(place.store, 'GL-1', NOW)
    tamper(place.folder, `update complaint set record = '{"version":99}'`)
    expect(await reportedCases(place.store, YEAR)).toMatchObject([{ number: 'GL-1', record: undefined }])
  })
})

/** `who` writes and is answered; `kind` of the decision is "service". */
async function talks(who: string, id: string, now: number): Promise<string> {
  await accept(place.store, who, id, { receivedAt: now })
  await decideAll(place.store, now)
  return place.store.read(async (tx) => (await tx.selectFrom('conversation').select('id').where('address', '=', who).executeTakeFirstOrThrow()).id)
}

/** `who` asks for an officer. */
async function asks(who: string, now: number): Promise<string> {
  await accept(place.store, who, `gặp ${who}`, { receivedAt: now })
  const began = { kind: 'episode_began' as const, number: 2, owner: 'waiting' as const, reason: 'asked' as const, at: now }
  await decideOne(place.store, now, [send('đang chờ'), began])
  const id = await place.store.read(
    async (tx) => (await tx.selectFrom('conversation').select('id').where('address', '=', who).executeTakeFirstOrThrow()).id,
  )
  const ownership = { owner: 'waiting', reason: 'asked', episode: 2, since: now, automaticUsed: false, lastActivity: now, noticed: false }
  await place.store.write((tx) =>
    tx
      .updateTable('conversation')
      .set({ owner: 'waiting', ownership: JSON.stringify(ownership) })
      .where('id', '=', id)
      .execute(),
  )
  return id
}

describe('the days of conversations', () => {
  const days = async (now = NOW, period = YEAR) => countedDays(place.store, period, now)
  const waits = async (now = NOW) => (await days(now)).days.flatMap(({ chats }) => chats.map(({ waitedMinutes }) => waitedMinutes))

  it('are counted by channel and kind, on the day that it is in Vietnam', async () => {
    const turn = inVietnam('2026-11-25T00:00')
    for (const [i, at] of [turn - 1, turn, turn + 5].entries()) await talks('a', `tin ${i}`, at)
    tamper(place.folder, `update decision set kind = 'abstained' where decided_at = ${turn + 5}`)
    const { days: counted, from } = await days()
    expect(from).toBe('2026-11-24')
    expect(chatBasis(counted).answers).toEqual([
      { day: '2026-11-24', channel: 'web', kind: 'service', count: 1 },
      { day: '2026-11-25', channel: 'web', kind: 'abstained', count: 1 },
      { day: '2026-11-25', channel: 'web', kind: 'service', count: 1 },
    ])
  })

  it('say how long people waited for an officer’s first words, not for the officer to look', async () => {
    const id = await asks('a', NOW)
    expect(await does(place.store, id, LAN, { kind: 'take' }, NOW + 2 * MINUTE)).toBe('changed')
    expect(await waits()).toEqual([null])
    await does(place.store, id, LAN, { kind: 'write', text: 'chào bạn' }, NOW + 7 * MINUTE)
    await does(place.store, id, LAN, { kind: 'write', text: 'còn đó không' }, NOW + 9 * MINUTE)
    expect(await waits()).toEqual([7])
  })

  it('count words that come after the wait has ended for no wait', async () => {
    const id = await asks('a', NOW)
    await does(place.store, id, LAN, { kind: 'take' }, NOW + MINUTE)
    await does(place.store, id, LAN, { kind: 'hand_back', outcome: 'xong' }, NOW + 2 * MINUTE)
    await does(place.store, id, HAI, { kind: 'write', text: 'chào' }, NOW + 60 * MINUTE)
    expect(await waits()).toEqual([null])
  })

  it('know words that an officer typed in the platform’s own console', async () => {
    await asks('a', NOW)
    await accept(place.store, 'a', 'gõ', { content: { kind: 'officer', text: 'chào', officer: LAN } })
    const lease = (await turnsOf(place.store).lease(NOW, LEASE_MS)) ?? expect.unreachable('nothing to decide')
    const decided = { ...decidedOn(lease, []), decision: { kind: 'ignored' as const, reason: 'officer_wrote' } }
    await turnsOf(place.store).commit(lease, decided, { now: NOW + 4 * MINUTE, tookMs: 1 })
    expect(await waits()).toEqual([4])
  })

  it('take a wait that an officer’s silence began as the one before, going on', async () => {
    const id = await asks('a', NOW)
    await does(place.store, id, LAN, { kind: 'take' }, NOW + MINUTE)
    tamper(
      place.folder,
      `insert into episode (conversation_id, number, owner, reason, began_at) values ('${id}', 4, 'waiting', 'officer_silent', ${NOW + 16 * MINUTE})`,
      `update conversation set owner = 'waiting', ownership = '{"owner":"waiting","reason":"officer_silent","episode":4,"since":${NOW + 16 * MINUTE},"automaticUsed":true,"lastActivity":${NOW},"noticed":false}'`,
    )
    await does(place.store, id, HAI, { kind: 'write', text: 'chào' }, NOW + 20 * MINUTE)
    expect(await waits()).toEqual([20])
  })

  it('are kept before the conversations go, and counted once', async () => {
    await talks('a', 'một', NOW)
    await asks('b', NOW + MINUTE)
    const before = await days()
    const later = NOW + 100 * DAY
    expect([await keepDays(place.store, NOW + 2 * DAY), await keepDays(place.store, later), await keepDays(place.store, later)]).toEqual([0, 98, 0])
    await place.store.write((tx) => tx.deleteFrom('conversation').execute())
    const after = await days(later)
    expect([after.from, after.days[0]]).toEqual([before.from, before.days[0]])
    expect(after.days.map(({ day }) => day).filter((day, i, all) => all.indexOf(day) !== i)).toEqual([])
  })

  it('of which nothing is known are none', async () => {
    expect(await days()).toEqual({ days: [], from: null })
    expect(await keepDays(place.store, NOW)).toBe(0)
  })

  it('end today: what is still to come is not counted', async () => {
    await talks('a', 'một', NOW)
    expect((await days()).days.map(({ day }) => day)).toEqual([TODAY])
  })

  it('hold nobody’s words and no pseudonym when they are kept', async () => {
    await talks('nguoi-la', 'lời riêng tư', NOW)
    await keepDays(place.store, NOW + 4 * DAY)
    const rows = await place.store.read((tx) => tx.selectFrom('report_day').selectAll().execute())
    expect(JSON.stringify(rows)).not.toMatch(/nguoi-la|riêng tư/)
  })
})

describe('a report that was made', () => {
  const report = frozenReport({ ...EMPTY, cases: [LINE] }, { year: 2026, office: 'Hội' })
  const make = (now = NOW) => keepReport(place.store, { year: 2026, report, by: { id: 'lan', name: 'Lan' } }, now)

  it('is read back as it was, and stands in the audit', async () => {
    const id = await make()
    const row = (await readReport(place.store, id)) ?? expect.unreachable('gone')
    expect(readFrozen(row.content, row.sha256)).toEqual(report)
    expect(await only(place.store, 'audit')).toMatchObject({ actor: 'lan', action: 'report.made', subject: `report:${id}`, detail: '{"cases":1}' })
  })

  it('is listed, the latest first, without what it says', async () => {
    const ids = [await make(NOW), await make(NOW + 1)]
    const listed = await listReports(place.store)
    expect(listed.map(({ id }) => id)).toEqual(ids.reverse())
    expect(listed[0]).toEqual({ id: ids[0], year: 2026, made_at: NOW + 1, made_by: 'Lan', sha256: listed[1]?.sha256 })
  })

  it('that nobody made is none', async () => {
    expect(await readReport(place.store, 'khong-co')).toBeUndefined()
  })
})
