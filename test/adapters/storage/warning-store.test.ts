/** Warnings and their subscribers in the real database: once to everybody whatever stops in between, never at night, never out of what answers need, never to who is erased. */
import { describe, expect, it } from 'vitest'
import { readAudit } from '../../../adapters/storage/audit-store.ts'
import { runDesk } from '../../../adapters/storage/desk-retention.ts'
import { openOutbox } from '../../../adapters/storage/outbox-store.ts'
import { erasePerson } from '../../../adapters/storage/privacy-store.ts'
import { countSubscribers, listeningOf, markTold, subscribe, unsubscribe } from '../../../adapters/storage/subscriber-store.ts'
import {
  addBatch,
  decideBatch,
  lookUpPublished,
  readViolators,
  readWaitingBatches,
  removeEntry,
  standingOf,
} from '../../../adapters/storage/violator-store.ts'
import { countSending, countUnderWay, sendWarning, takeBack } from '../../../adapters/storage/warning-sending-store.ts'
import { addWarning, changeWarning, readShown, readToldCases, readWarning } from '../../../adapters/storage/warning-store.ts'
import { RETENTION_CLASSES } from '../../../bot/privacy/retention.ts'
import { type Entry, entrySchema } from '../../../bot/violators/entry.ts'
import { keysAsked } from '../../../bot/violators/match.ts'
import { contentSchema, type ShownWarning } from '../../../bot/warning/content.ts'
import { warningMessage } from '../../../bot/warning/message.ts'
import { accept, decideAll, rows } from './lanes.ts'
import { DAY, inStore, NOW } from './office.ts'

const place = inStore()
const TODAY = '2026-11-26'
const WEEK = 7 * DAY
const desk = (now: number) => runDesk(place.store, { conversationDays: 90, caseDays: 1_825, attemptDays: 400 }, now, 'system')
const content = (title = 'Giả danh công an gọi điện') =>
  contentSchema.parse({
    title,
    opening: 'Có người gọi.',
    signs: ['Cấm kể với ai'],
    steps: ['Cúp máy'],
    report: [],
    law: [],
    scam: null,
    endsOn: null,
  })

async function published(title?: string, at = NOW): Promise<ShownWarning> {
  const id = await addWarning(place.store, content(title), [], 'lan', at)
  await changeWarning(place.store, id, { version: 1, event: 'ask', by: 'lan', reason: '' }, at)
  expect(await changeWarning(place.store, id, { version: 2, event: 'approve', by: 'minh', reason: '' }, at)).toBe('done')
  const found = (await readShown(place.store, TODAY)).find((one) => one.id === id)
  if (!found) throw new Error('not shown')
  return found
}

/** Somebody wrote long enough ago, was answered, and asked to be told. @returns the conversation. */
async function listener(who: string, heardAt = NOW - DAY): Promise<string> {
  const { conversation } = await accept(place.store, who, `${who}-1`, { receivedAt: heardAt })
  await decideAll(place.store, heardAt)
  await sent()
  await place.store.write((tx) => subscribe(tx, conversation, { version: 'v1', message: null, now: heardAt }))
  return conversation
}

/** Everything that waits goes out. */
async function sent(now = NOW): Promise<string[]> {
  const outbox = openOutbox(place.store)
  const bodies: string[] = []
  for (let parcels = await outbox.leaseParcels('web', now, 1_000, 50); parcels.length > 0; parcels = await outbox.leaseParcels('web', now, 1_000, 50))
    for (const parcel of parcels) {
      if (parcel.body.kind === 'reply') bodies.push(`${parcel.address}: ${parcel.body.text}`)
      await outbox.markSent(parcel, now)
    }
  return bodies
}

const order = (warning: ShownWarning, over: object = {}) => ({
  ...{ warning, channel: 'web', capabilities: { proactiveWindowMs: null }, room: 100, limit: 20, outgoing: warningMessage(warning, undefined) },
  ...over,
})

describe('a warning', () => {
  it('is changed by who saw its version, and keeps every step in its history and in the audit', async () => {
    const id = await addWarning(place.store, content(), [], 'lan', NOW)
    expect(await changeWarning(place.store, id, { version: 1, event: 'edit', by: 'hai', reason: '', content: content('Hai') }, NOW)).toBe('done')
    expect(await changeWarning(place.store, id, { version: 1, event: 'edit', by: 'lan', reason: '', content: content('Lan') }, NOW)).toBe('changed')
    await changeWarning(place.store, id, { version: 2, event: 'ask', by: 'lan', reason: '' }, NOW)
    expect(await changeWarning(place.store, id, { version: 3, event: 'approve', by: 'hai', reason: '' }, NOW)).toBe('own_words')
    expect(await readShown(place.store, TODAY)).toEqual([])
    await changeWarning(place.store, id, { version: 3, event: 'send_back', by: 'minh', reason: 'chưa rõ' }, NOW)
    const read = await readWarning(place.store, id)
    expect(read?.row).toMatchObject({ status: 'draft', content: { title: 'Hai' }, writers: ['lan', 'hai'] })
    expect(read?.steps.map(({ kind, by }) => `${kind} ${by}`)).toEqual(['send_back minh', 'ask lan', 'edit hai', 'edit lan'])
    const audit = (await readAudit(place.store, 0, 100)).filter(({ action }) => action === 'warning.changed')
    expect(audit.map(({ actor, subject }) => `${actor} ${subject}`)).toEqual(['lan', 'hai', 'lan', 'minh'].map((by) => `${by} warning:${id}`))
  })

  it('shows the approved words while a correction is written, then the corrected ones', async () => {
    const { id } = await published('Bản đầu')
    await changeWarning(place.store, id, { version: 3, event: 'edit', by: 'minh', reason: '', content: content('Bản sửa') }, NOW + 1)
    expect((await readShown(place.store, TODAY)).map((one) => one.content.title)).toEqual(['Bản đầu'])
    await changeWarning(place.store, id, { version: 4, event: 'ask', by: 'minh', reason: '' }, NOW + 2)
    await changeWarning(place.store, id, { version: 5, event: 'approve', by: 'lan', reason: '' }, NOW + 3)
    expect(await readShown(place.store, TODAY)).toMatchObject([{ content: { title: 'Bản sửa' }, firstAt: NOW, at: NOW + 3 }])
  })

  it('is shown until its last day', async () => {
    const id = await addWarning(place.store, { ...content(), endsOn: TODAY }, [], 'lan', NOW)
    await changeWarning(place.store, id, { version: 1, event: 'ask', by: 'lan', reason: '' }, NOW)
    await changeWarning(place.store, id, { version: 2, event: 'approve', by: 'minh', reason: '' }, NOW)
    expect([(await readShown(place.store, TODAY)).length, (await readShown(place.store, '2026-11-27')).length]).toEqual([1, 0])
  })

  it('drafted from cases that are gone rests on none', async () => {
    const id = await addWarning(place.store, content(), ['GL26-KHO-NGC-OOO'], 'lan', NOW)
    expect(await readToldCases(place.store, id)).toEqual([])
  })
})

describe('those who subscribed', () => {
  it('are told once, however often it is begun and whatever was approved again', async () => {
    const [a, b] = [await listener('an'), await listener('binh')]
    const warning = await published()
    expect(await sendWarning(place.store, order(warning, { limit: 1 }), NOW)).toEqual({ queued: 1, nextTime: 0 })
    // Killed here, and begun again.
    expect(await sendWarning(place.store, order(warning), NOW)).toEqual({ queued: 1, nextTime: 0 })
    expect(await sendWarning(place.store, order(warning), NOW)).toEqual({ queued: 0, nextTime: 0 })
    expect(await countUnderWay(place.store, 'web')).toBe(2)
    expect((await sent()).map((line) => line.split(':')[0]).sort()).toEqual(['an', 'binh'])
    expect(await countSending(place.store, warning.id)).toMatchObject({ sent: 2, under_way: 0 })
    expect(await sendWarning(place.store, order({ ...warning, at: NOW + 5 }), NOW + 5)).toEqual({ queued: 0, nextTime: 0 })
    expect([a, b].length).toBe(2)
  })

  it('are not told of what was shown before they asked, nor after they asked no more, and asking twice is asking once', async () => {
    const warning = await published('Cũ', NOW - 2 * DAY)
    const late = await listener('muon')
    expect(await sendWarning(place.store, order(warning), NOW)).toEqual({ queued: 0, nextTime: 0 })
    await place.store.write((tx) => subscribe(tx, late, { version: 'v2', message: null, now: NOW }))
    expect((await rows(place.store, 'subscriber'))[0]).toMatchObject({ since: NOW - DAY, version: 'v1' })
    await place.store.write((tx) => unsubscribe(tx, late, NOW))
    expect(await sendWarning(place.store, order(await published('Mới')), NOW)).toEqual({ queued: 0, nextTime: 0 })
    expect([await countSubscribers(place.store), await listeningOf(place.store, late)]).toEqual([0, { subscribed: false, missed: [] }])
  })

  it('are told the next time where the channel takes nothing now, once', async () => {
    const away = await listener('xa', NOW - 8 * DAY)
    const warning = await published()
    const window = { capabilities: { proactiveWindowMs: WEEK } }
    expect(await sendWarning(place.store, order(warning, window), NOW)).toEqual({ queued: 0, nextTime: 1 })
    expect((await listeningOf(place.store, away)).missed).toEqual([warning.id])
    await place.store.write((tx) => markTold(tx, away, [warning.id], NOW))
    expect((await listeningOf(place.store, away)).missed).toEqual([])
    expect(await countSending(place.store, warning.id)).toMatchObject({ told: 1, next_time: 0 })
    expect(await sendWarning(place.store, order(warning), NOW)).toEqual({ queued: 0, nextTime: 0 })
  })

  it('are sent no more than the plan has room for; the others are told the next time', async () => {
    for (const who of ['a', 'b', 'c']) await listener(who)
    expect(await sendWarning(place.store, order(await published(), { room: 2 }), NOW)).toEqual({ queued: 2, nextTime: 1 })
  })

  it('are left in peace while they talk to somebody', async () => {
    await listener('ban', NOW - 60_000)
    const warning = await published()
    expect(await sendWarning(place.store, order(warning), NOW)).toEqual({ queued: 0, nextTime: 0 })
    expect(await sendWarning(place.store, order(warning), NOW + DAY)).toEqual({ queued: 1, nextTime: 0 })
  })

  it('get nothing of what was withdrawn before it went out, and their answers do not wait behind it', async () => {
    const person = await listener('an')
    const warning = await published()
    await sendWarning(place.store, order(warning), NOW)
    expect(await changeWarning(place.store, warning.id, { version: 3, event: 'withdraw', by: 'minh', reason: 'sai' }, NOW)).toBe('done')
    await accept(place.store, 'an', 'hỏi tiếp', { receivedAt: NOW })
    await decideAll(place.store)
    expect(await sent()).toEqual(['an: về an:hỏi tiếp'])
    expect(await countSending(place.store, warning.id)).toMatchObject({ left_out: 1, under_way: 0 })
    expect(person).not.toBe('')
  })

  it('get at dawn what night took back', async () => {
    await listener('an')
    const warning = await published()
    await sendWarning(place.store, order(warning), NOW)
    expect([await takeBack(place.store, NOW), await countUnderWay(place.store, 'web')]).toEqual([1, 0])
    expect(await sendWarning(place.store, order(warning), NOW + DAY)).toEqual({ queued: 1, nextTime: 0 })
    expect(await sent(NOW + DAY)).toHaveLength(1)
  })

  it('that are in a channel’s hands are not taken back', async () => {
    await listener('an')
    const warning = await published()
    await sendWarning(place.store, order(warning), NOW)
    const [parcel] = await openOutbox(place.store).leaseParcels('web', NOW, 60_000, 5)
    if (!parcel) throw new Error('nothing leased')
    expect(await takeBack(place.store, NOW)).toBe(0)
    await changeWarning(place.store, warning.id, { version: 3, event: 'withdraw', by: 'minh', reason: 'sai' }, NOW)
    await openOutbox(place.store).markSent(parcel, NOW)
    expect(await countSending(place.store, warning.id)).toMatchObject({ sent: 1 })
  })

  it('are gone with the person, and what they ended is forgotten in time', async () => {
    await listener('an')
    const left = await listener('binh')
    await sendWarning(place.store, order(await published()), NOW)
    await erasePerson(place.store, { person: 'web:an', by: 'lan', why: 'yêu cầu' }, NOW)
    expect([(await rows(place.store, 'subscriber')).length, (await rows(place.store, 'warning_delivery')).length]).toEqual([1, 1])
    await place.store.write((tx) => unsubscribe(tx, left, NOW))
    await desk(NOW + (RETENTION_CLASSES.subscription.days - 1) * DAY)
    expect(await rows(place.store, 'subscriber')).toHaveLength(1)
    await desk(NOW + (RETENTION_CLASSES.subscription.days + 1) * DAY)
    expect(await rows(place.store, 'subscriber')).toHaveLength(0)
  })
})

// ── the published list ──────────────────────────────────────────────────────────────────────────

const entry = (over: Partial<Entry> = {}): Entry =>
  entrySchema.parse({
    ...{ name: 'Shop Hoa Mai', otherNames: ['Hoa Mai Store'], links: ['hoamai.top', 'facebook.com/hoamai'], tax: '0312345678', what: 'Bán hàng giả' },
    ...{ authority: 'Cục thử nghiệm', decision: '12/QĐ-TN', publishedOn: '2026-03-06', source: 'https://co-quan.example/1' },
    ...over,
  })

async function listed(...entries: readonly Entry[]): Promise<void> {
  const id = await addBatch(place.store, { kind: 'file', file: 'a.csv', entries, by: 'lan' }, NOW)
  expect(await decideBatch(place.store, id ?? '', 'approved', 'minh', '', NOW)).toBe('done')
}
const asked = (words: string, today = TODAY) => lookUpPublished(place.store, keysAsked(words), today)
const names = async (words: string, today?: string) => {
  const { exact, near } = await asked(words, today)
  return { exact: exact.map(({ name }) => name), near: near.map(({ name }) => name) }
}

describe('the published list', () => {
  it('answers with nothing until a second person has approved', async () => {
    const id = (await addBatch(place.store, { kind: 'hand', file: '', entries: [entry()], by: 'lan' }, NOW)) ?? ''
    expect(await names('Shop Hoa Mai')).toEqual({ exact: [], near: [] })
    expect(await decideBatch(place.store, id, 'approved', 'lan', '', NOW)).toBe('own')
    expect(await names('Shop Hoa Mai')).toEqual({ exact: [], near: [] })
    expect(await decideBatch(place.store, id, 'approved', 'minh', '', NOW)).toBe('done')
    expect(await decideBatch(place.store, id, 'refused', 'hai', 'x', NOW)).toBe('decided')
    expect(await names('shop hoa mai')).toEqual({ exact: ['Shop Hoa Mai'], near: [] })
  })

  it('is not changed by the same file again, nor by a row that waits or differs', async () => {
    await listed(entry())
    expect(await addBatch(place.store, { kind: 'file', file: 'a.csv', entries: [entry()], by: 'hai' }, NOW)).toBeUndefined()
    expect(await standingOf(place.store, [entry(), entry({ what: 'khác' }), entry({ name: 'Ai đó' })])).toEqual(['listed', 'differs', 'new'])
    expect((await rows(place.store, 'violator')).length).toBe(1)
    await addBatch(place.store, { kind: 'file', file: 'b.csv', entries: [entry({ name: 'Ai đó' })], by: 'hai' }, NOW)
    expect(await addBatch(place.store, { kind: 'file', file: 'b.csv', entries: [entry({ name: 'Ai đó' })], by: 'hai' }, NOW)).toBeUndefined()
    expect((await readWaitingBatches(place.store)).map(({ count }) => count)).toEqual([1])
  })

  it('is found by any name, site, page and tax number, and only near by a near one', async () => {
    await listed(entry(), entry({ name: 'Công ty TNHH Thương mại Bình Minh', otherNames: [], links: ['muahangre.vn'], tax: '', decision: '13' }))
    for (const words of ['Hoa Mai Store', 'shop hoa mai store', 'https://www.hoamai.top/x', 'facebook.com/hoamai', 'MST 0312345678'])
      expect(await names(words), words).toEqual({ exact: ['Shop Hoa Mai'], near: [] })
    expect(await names('công ty Bình Minh')).toEqual({ exact: [], near: ['Công ty TNHH Thương mại Bình Minh'] })
    expect(await names('muahangre.com')).toEqual({ exact: [], near: ['Công ty TNHH Thương mại Bình Minh'] })
    expect(await names('shop Lan Anh')).toEqual({ exact: [], near: [] })
  })

  it('forgets what has ended, and shows what is removed nowhere but in the history', async () => {
    await listed(entry({ endsOn: TODAY }))
    expect((await names('Hoa Mai Store')).exact).toHaveLength(1)
    expect((await names('Hoa Mai Store', '2026-11-27')).exact).toHaveLength(0)
    const [row] = await readViolators(place.store, ['listed'], undefined)
    expect(await removeEntry(place.store, row?.id ?? '', 'minh', 'đã bãi bỏ', NOW)).toBe(true)
    expect(await removeEntry(place.store, row?.id ?? '', 'minh', 'lần nữa', NOW)).toBe(false)
    expect((await names('Hoa Mai Store')).exact).toHaveLength(0)
    expect(await readViolators(place.store, ['removed'], undefined)).toMatchObject([{ reason: 'đã bãi bỏ', changedBy: 'minh' }])
  })

  it('keeps the old entry until its correction is approved', async () => {
    await listed(entry())
    const [old] = await readViolators(place.store, ['listed'], undefined)
    const right = entry({ what: 'Quảng cáo sai' })
    const batch = { kind: 'correction' as const, file: '', entries: [right], replaces: old?.id ?? '', reason: 'nhập nhầm', by: 'lan' }
    const id = (await addBatch(place.store, batch, NOW)) ?? ''
    expect((await asked('Hoa Mai Store')).exact.map(({ what }) => what)).toEqual(['Bán hàng giả'])
    await decideBatch(place.store, id, 'approved', 'minh', '', NOW)
    expect((await asked('Hoa Mai Store')).exact.map(({ what }) => what)).toEqual(['Quảng cáo sai'])
    expect(await readViolators(place.store, ['replaced'], undefined)).toMatchObject([{ id: old?.id }])
  })

  it('takes thousands of rows at once', async () => {
    const many = Array.from({ length: 3_000 }, (_, i) => entry({ name: `Cơ sở số ${i}`, otherNames: [], links: [], tax: '', decision: `${i}/QĐ` }))
    await listed(...many)
    expect((await names('Cơ sở số 2999')).exact).toEqual(['Cơ sở số 2999'])
  })

  it('ends: refused names soon, removed ones in years', async () => {
    const id = (await addBatch(place.store, { kind: 'hand', file: '', entries: [entry()], by: 'lan' }, NOW)) ?? ''
    await decideBatch(place.store, id, 'refused', 'minh', 'không có nguồn', NOW)
    await desk(NOW + (RETENTION_CLASSES.violator_refused.days + 1) * DAY)
    expect([(await rows(place.store, 'violator')).length, (await rows(place.store, 'violator_batch')).length]).toEqual([0, 0])
    await listed(entry())
    const [row] = await readViolators(place.store, ['listed'], undefined)
    await removeEntry(place.store, row?.id ?? '', 'minh', 'x', NOW)
    await desk(NOW + (RETENTION_CLASSES.violator_removed.days - 1) * DAY)
    expect(await rows(place.store, 'violator')).toHaveLength(1)
    await desk(NOW + (RETENTION_CLASSES.violator_removed.days + 1) * DAY)
    expect(await rows(place.store, 'violator_key')).toHaveLength(0)
  })
})
