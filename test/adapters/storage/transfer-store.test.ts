/** One-time codes: used once, for a while, by whoever has them, and only while the conversation behind them is as it was read. */

import { join } from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { openOutbox } from '../../../adapters/storage/outbox-store.ts'
import { dueErasures, erasePerson, peopleOfMatter } from '../../../adapters/storage/privacy-store.ts'
import { lookUpTransfer } from '../../../adapters/storage/transfer-store.ts'
import { type Decided, decide, type Redeemed } from '../../../bot/conversation/decide.ts'
import { CODE_MS, codeFrom } from '../../../bot/conversation/requests.ts'
import type { Committed, Lease } from '../../../bot/delivery/turns.ts'
import { TRANSFER } from '../../../bot/wording/requests.ts'
import { ALL_ON } from '../../bot/situation.ts'
import { accept, does, LAN, LEASE_MS, reply, rows, turnsOf } from './lanes.ts'
import { FILE, filesHolding, inStore, NOW } from './office.ts'

const place = inStore()
const CODE = codeFrom(Uint8Array.from([3, 1, 4, 1, 5, 9, 2, 6, 5, 3]))
const NEXT = codeFrom(Uint8Array.from([2, 7, 1, 8, 2, 8, 1, 8, 2, 8]))
type Who = readonly [channel: string, who: string]
const A: Who = ['zalo-bot', 'a']
const B: Who = ['telegram', 'b']
const C: Who = ['zalo-oa', 'c']
let said = 0

/** The person writes; the message is leased and not decided yet. */
async function hear([channel, who]: Who, text: string, now = NOW): Promise<Lease> {
  await accept(place.store, who, `${++said}`, {
    channel,
    person: `${channel}:${who}`,
    receivedAt: now,
    content: { kind: 'text', text, masked: false },
  })
  return (await turnsOf(place.store).lease(now, LEASE_MS)) ?? expect.unreachable('nothing to decide')
}

/** Decides as the service does. */
async function decided({ conversation, message }: Lease, now = NOW, redeemed?: Redeemed, newCode = CODE): Promise<Decided> {
  const situation = { ...ALL_ON, newCode, ...(redeemed ? { redeemed } : {}) }
  return decide({ conversation, message, now, situation }, async () => ({
    kind: 'service',
    reason: 'test',
    sections: [],
    citations: [],
    choices: [],
  }))
}
const lookUp = (lease: Lease, now = NOW, code = CODE) => lookUpTransfer(place.store, code, lease.conversationId, now)
const commit = (lease: Lease, what: Decided, now = NOW): Promise<Committed> => turnsOf(place.store).commit(lease, what, { now, tookMs: 1 })

/** Says it and has it decided. @returns the conversation. */
async function say(who: Who, text: string, now = NOW, newCode = CODE): Promise<string> {
  const lease = await hear(who, text, now)
  const redeemed = text.startsWith('AT-') ? await lookUp(lease, now, text) : undefined
  expect(await commit(lease, await decided(lease, now, redeemed, newCode), now)).toBe('committed')
  return lease.conversationId
}
const conversation = async (id: string) => (await rows(place.store, 'conversation')).find((row) => row.id === id) ?? expect.unreachable()
const textsTo = async (id: string) =>
  (await rows(place.store, 'outbox'))
    .filter((row) => row.conversation_id === id)
    .map(({ body }) => JSON.parse(body))
    .flatMap((body) => (body.kind === 'reply' ? [body.text as string] : []))

describe('a code', () => {
  it('is found behind its hash only: the table never holds it', async () => {
    await say(A, 'chuyển kênh')
    const [row] = await rows(place.store, 'transfer')
    expect(row).toMatchObject({ hash: expect.stringMatching(/^[0-9a-f]{64}$/), expires_at: NOW + CODE_MS, used_at: null })
    for (const code of [CODE, CODE.replaceAll('-', ''), CODE.slice(3), CODE.toLowerCase()]) expect(JSON.stringify(row)).not.toContain(code)
    // The reply that shows it is the only place, and nothing is left in the file once that is gone.
    await place.store.write((tx) => tx.deleteFrom('outbox').execute())
    await place.store.compact()
    expect(filesHolding(place.folder, CODE, CODE.replaceAll('-', ''))).toEqual([])
  })

  it('is unknown where it is wrong, and its own where it comes back to who asked for it', async () => {
    const here = await say(A, 'chuyển kênh')
    const elsewhere = await say(B, 'chào')
    const asked = (by: string, code = CODE) => lookUpTransfer(place.store, code, by, NOW)
    expect([await asked(elsewhere, NEXT), await asked(here), await asked(elsewhere, '')]).toEqual(['unknown', 'own', 'unknown'])
    expect(await asked(elsewhere)).toMatchObject({ id: here, version: 1, ownership: { owner: 'bot' } })
  })

  it('runs out after a quarter of an hour', async () => {
    await say(A, 'chuyển kênh')
    const elsewhere = await say(B, 'chào')
    expect(await lookUpTransfer(place.store, CODE, elsewhere, NOW + CODE_MS - 1)).not.toBe('unknown')
    expect(await lookUpTransfer(place.store, CODE, elsewhere, NOW + CODE_MS)).toBe('unknown')
    await say(B, CODE, NOW + CODE_MS)
    expect((await textsTo(elsewhere)).at(-1)).toBe(TRANSFER.refused)
  })

  it('takes the place of the one before', async () => {
    await say(A, 'chuyển kênh')
    await say(A, 'chuyển kênh', NOW + 1, NEXT)
    const elsewhere = await say(B, 'chào', NOW + 1)
    const known = async (code: string) => (await lookUpTransfer(place.store, code, elsewhere, NOW + 2)) !== 'unknown'
    expect([await known(CODE), await known(NEXT)]).toEqual([false, true])
  })

  it('is used once: the second person is told that it is used', async () => {
    await say(A, 'chuyển kênh')
    await say(B, CODE)
    const third = await say(C, CODE)
    expect(await textsTo(third)).toEqual([TRANSFER.refused])
    expect((await conversation(third)).matter).toBeNull()
  })

  it('is used once also by two at the same time: one of them decides again', async () => {
    await say(A, 'chuyển kênh')
    const one = await hear(B, CODE)
    const other = await hear(C, CODE)
    const both = await Promise.all([one, other].map(async (lease) => decided(lease, NOW, await lookUp(lease))))
    const results = await Promise.all([commit(one, both[0] as Decided), commit(other, both[1] as Decided)])
    expect(results.sort()).toEqual(['committed', 'superseded'])
    const again = await turnsOf(place.store).lease(NOW, LEASE_MS)
    const late = again ?? expect.unreachable()
    expect(await lookUp(late)).toBe('unknown')
    expect(await commit(late, await decided(late, NOW, 'unknown'))).toBe('committed')
    expect((await rows(place.store, 'conversation')).filter(({ matter }) => matter !== null)).toHaveLength(2)
  })

  it('is used once also by one who types it twice', async () => {
    await say(A, 'chuyển kênh')
    const elsewhere = await say(B, CODE)
    await say(B, CODE)
    expect((await textsTo(elsewhere)).at(-1)).toBe(TRANSFER.refused)
  })
})

describe('a conversation that changed meanwhile', () => {
  it('is read again before its code is used', async () => {
    const here = await say(A, 'chuyển kênh')
    const lease = await hear(B, CODE)
    const first = await decided(lease, NOW, await lookUp(lease))
    await does(place.store, here, LAN, { kind: 'take' })
    expect(await commit(lease, first)).toBe('superseded')
    expect([(await rows(place.store, 'transfer'))[0]?.used_at, (await conversation(here)).matter]).toEqual([null, null])
    const again = (await turnsOf(place.store).lease(NOW, LEASE_MS)) ?? expect.unreachable()
    expect(again.attempts).toBe(0)
    expect(await commit(again, await decided(again, NOW, await lookUp(again)))).toBe('committed')
    expect([(await conversation(again.conversationId)).owner, (await conversation(here)).owner]).toEqual(['staff', 'bot'])
  })

  it('or was erased gives nothing away', async () => {
    await say(A, 'chuyển kênh')
    const lease = await hear(B, CODE)
    const first = await decided(lease, NOW, await lookUp(lease))
    await erasePerson(place.store, { person: 'zalo-bot:a', by: 'person', why: 'thử' }, NOW)
    expect(await commit(lease, first)).toBe('superseded')
    const again = (await turnsOf(place.store).lease(NOW, LEASE_MS)) ?? expect.unreachable()
    expect(await lookUp(again)).toBe('unknown')
  })

  it('supersedes what the assistant was thinking there when it was left', async () => {
    await say(A, 'chuyển kênh')
    const thinking = await hear(A, 'còn một câu nữa')
    const answer = await decided(thinking)
    await say(B, CODE)
    expect(await commit(thinking, answer)).toBe('superseded')
  })
})

describe('a matter that is gone on with', () => {
  it('is one of both, keeps its places in order, and tells the other channel', async () => {
    const here = await say(A, 'chuyển kênh')
    const there = await say(B, CODE)
    const [left, joined] = [await conversation(here), await conversation(there)]
    expect([left.matter, joined.matter]).toEqual([here, here])
    expect([left.version, left.position, left.pending]).toEqual([2, 3, 0])
    const positions = (await rows(place.store, 'outbox')).filter((row) => row.conversation_id === here).map(({ position }) => position)
    expect(positions).toEqual([2, 3])
    expect((await textsTo(here)).at(-1)).toMatch(/kênh khác/)
    await say(A, 'tôi còn ở đây', NOW + 5)
    expect((await conversation(here)).position).toBe(5)
  })

  it('has the officer who serves it serve it there, under a timer, and here no longer', async () => {
    const here = await say(A, 'chuyển kênh')
    await does(place.store, here, LAN, { kind: 'take' })
    await does(place.store, here, LAN, { kind: 'write', text: 'Tôi xem đây.' })
    const there = await say(B, CODE)
    const [left, joined] = [await conversation(here), await conversation(there)]
    expect([left.owner, left.timer_at, joined.owner]).toEqual(['bot', null, 'staff'])
    expect(joined.timer_at).not.toBeNull()
    const episodes = (await rows(place.store, 'episode')).map((row) => [row.conversation_id === here, row.number, row.owner, row.ended_at !== null])
    expect(episodes).toEqual([
      [true, 1, 'bot', true],
      [true, 2, 'staff', true],
      [false, 1, 'bot', true],
      [true, 3, 'bot', false],
      [false, 2, 'staff', false],
    ])
  })

  it('grows over three channels to one', async () => {
    const a = await say(A, 'chuyển kênh')
    const b = await say(B, CODE)
    await say(B, 'chuyển kênh', NOW + 1, NEXT)
    const c = await say(C, NEXT, NOW + 2)
    expect(await Promise.all([a, b, c].map(async (id) => (await conversation(id)).matter))).toEqual([a, a, a])
    expect((await peopleOfMatter(place.store, 'telegram:b')).toSorted()).toEqual(['telegram:b', 'zalo-bot:a', 'zalo-oa:c'])
  })

  it('brings along whatever was one with the one that came', async () => {
    const a = await say(A, 'chuyển kênh')
    const b = await say(B, CODE)
    const c = await say(C, 'chuyển kênh', NOW + 1, NEXT)
    await say(A, NEXT, NOW + 2)
    const matters = await Promise.all([a, b, c].map(async (id) => (await conversation(id)).matter))
    expect(new Set(matters)).toEqual(new Set([c]))
  })

  it('and back again is still one', async () => {
    const a = await say(A, 'chuyển kênh')
    const b = await say(B, CODE)
    await say(B, 'chuyển kênh', NOW + 1, NEXT)
    await say(A, NEXT, NOW + 2)
    expect([(await conversation(a)).matter, (await conversation(b)).matter]).toEqual([a, a])
  })

  it('has said there what was waiting here already for the person to write again', async () => {
    const here = await say(A, 'chuyển kênh')
    const outbox = openOutbox(place.store)
    const [offer] = await outbox.leaseParcels('zalo-bot', NOW, LEASE_MS, 1)
    await outbox.markSent(offer ?? expect.unreachable(), NOW)
    await does(place.store, here, LAN, { kind: 'write', text: 'Hội đã xem hồ sơ của bạn.' }, NOW + 1)
    for (
      let parcels = await outbox.leaseParcels('zalo-bot', NOW + 2, LEASE_MS, 1);
      parcels.length > 0;
      parcels = await outbox.leaseParcels('zalo-bot', NOW + 2, LEASE_MS, 1)
    )
      for (const parcel of parcels)
        if (parcel.body.kind === 'owner') await outbox.markSent(parcel, NOW + 2)
        else await outbox.markFailed(parcel, 'blocked', 'when_heard', false)
    const there = await say(B, CODE, NOW + 10)
    for (let i = 0; i < 10; i++)
      for (const parcel of await outbox.leaseParcels('zalo-bot', NOW + 20, LEASE_MS, 1))
        await outbox.markFailed(parcel, 'blocked', 'when_heard', false)
    expect((await textsTo(there)).some((text) => text.includes('Hội đã xem hồ sơ của bạn.'))).toBe(true)
  })

  it('is nobody’s business who only knows the conversation', async () => {
    const here = await say(A, 'chuyển kênh')
    const elsewhere = await say(B, here)
    expect((await conversation(elsewhere)).matter).toBeNull()
  })
})

describe('erasing', () => {
  it('is asked for in the chat, and due once the last word is out', async () => {
    const here = await say(A, '/xoa')
    await say(A, 'Xóa hết dữ liệu của tôi')
    expect(await rows(place.store, 'erasure')).toEqual([{ conversation_id: here, asked_at: NOW }])
    expect(await dueErasures(place.store, NOW)).toEqual([])
    const outbox = openOutbox(place.store)
    for (
      let parcels = await outbox.leaseParcels('zalo-bot', NOW, LEASE_MS, 1);
      parcels.length > 0;
      parcels = await outbox.leaseParcels('zalo-bot', NOW, LEASE_MS, 1)
    )
      for (const parcel of parcels) await outbox.markSent(parcel, NOW)
    expect(await dueErasures(place.store, NOW)).toEqual([{ person: 'zalo-bot:a', address: 'a' }])
  })

  it('is due after a while also when the last word cannot be said', async () => {
    await say(A, '/xoa')
    await say(A, 'Xóa hết dữ liệu của tôi')
    expect(await dueErasures(place.store, NOW + 10 * 60_000)).toEqual([])
    expect(await dueErasures(place.store, NOW + 10 * 60_000 + 1)).toHaveLength(1)
  })

  it('of all who are one matter leaves nothing of any of them', async () => {
    await say(A, 'chuyển kênh')
    await say(B, CODE)
    await say(B, 'chuyển kênh', NOW + 1, NEXT)
    await say(C, 'ten rieng la bi mat')
    await accept(place.store, 'b', 'tep', { channel: 'telegram', content: { kind: 'remote', caption: '', masked: false }, download: 'nguon-bi-mat' })
    await say(A, '/xoa', NOW + 2)
    await say(A, '1', NOW + 2)
    for (const person of await peopleOfMatter(place.store, 'zalo-bot:a'))
      await erasePerson(place.store, { person, by: 'person', why: 'thử' }, NOW + 3)
    expect((await rows(place.store, 'conversation')).map(({ person }) => person)).toEqual(['zalo-oa:c'])
    for (const table of ['transfer', 'erasure', 'download'] as const) expect(await rows(place.store, table)).toEqual([])
    await place.store.compact()
    expect(filesHolding(place.folder, 'nguon-bi-mat', CODE, NEXT)).toEqual([])
    expect((await rows(place.store, 'tombstone')).map(({ person }) => person).sort()).toEqual(['telegram:b', 'zalo-bot:a'])
  })

  it('of somebody alone is nobody else’s', async () => {
    await say(A, 'chào')
    await say(B, 'chào')
    expect(await peopleOfMatter(place.store, 'zalo-bot:a')).toEqual(['zalo-bot:a'])
    expect(await peopleOfMatter(place.store, 'nobody')).toEqual(['nobody'])
  })
})

describe('every reply about it', () => {
  it('goes out under the key of its own row, once', async () => {
    await say(A, 'chuyển kênh')
    await say(B, CODE)
    const file = new Database(join(place.folder, FILE), { readonly: true })
    const doubled = file.prepare('select conversation_id, position, count(*) as n from outbox group by 1, 2 having n > 1').all()
    file.close()
    expect([doubled, reply('x').kind]).toEqual([[], 'reply'])
  })
})
