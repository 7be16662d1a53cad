/** The inbox of platforms: files that come later, people who come back after an erasure, messages that are too many. */
import { describe, expect, it } from 'vitest'
import { openStore } from '../../../adapters/storage/database.ts'
import { openDownloads } from '../../../adapters/storage/download-store.ts'
import { erasePerson } from '../../../adapters/storage/privacy-store.ts'
import { freeLeases } from '../../../adapters/storage/turn-store.ts'
import type { Download } from '../../../bot/delivery/downloads.ts'
import type { Acceptance, Arrival, Content, StoredContent } from '../../../bot/delivery/message.ts'
import { accept as acceptWeb, decideAll, decideOne, LEASE_MS, only, rows, send, turnsOf } from './lanes.ts'
import { count, inStore, NOW } from './office.ts'

const place = inStore()
const MINUTE = 60_000
const REMOTE: Content = { kind: 'remote', caption: 'ảnh', masked: false }
const ATTACHED: StoredContent = { kind: 'attachment', attachment: 'f', mime: 'image/png', size: 1, caption: 'ảnh', masked: false }

/** A message of a person whom the platform names. */
function accept(who: string, id: string, more: Partial<Arrival> = {}): Promise<Acceptance> {
  const at = more.receivedAt ?? NOW
  return acceptWeb(place.store, who, id, { channel: 'telegram', person: `telegram:${who}`, sentAt: at, ...more })
}
const acceptFile = (who: string, id: string, more: Partial<Arrival> = {}) => accept(who, id, { content: REMOTE, download: `nguon-${id}`, ...more })
const downloads = () => openDownloads(place.store)
const leaseFiles = (now = NOW, limit = 16) => downloads().leaseDownloads(now, LEASE_MS, limit)
async function fileOf(id: string): Promise<Download> {
  await freeLeases(place.store)
  const all = await leaseFiles()
  return all.find(({ source }) => source === `nguon-${id}`) ?? expect.unreachable(`no file ${id}`)
}
const finish = async (id: string, content = ATTACHED) => downloads().finish(await fileOf(id), content)
const erase = (who: string, at: number) => erasePerson(place.store, { person: who, by: 'person', why: 'thử' }, at)
const conversation = () => only(place.store, 'conversation')

describe('a lane whose first message waits for its file', () => {
  it('stands still, and what comes after it waits behind it', async () => {
    await acceptFile('a', '1')
    expect(await conversation()).toMatchObject({ pending: 1, pending_since: null, position: 1 })
    await accept('a', '2', { receivedAt: NOW + 1 })
    expect(await conversation()).toMatchObject({ pending: 2, pending_since: null, position: 2 })
    expect(await decideAll(place.store, NOW + 10)).toEqual([])
    expect((await rows(place.store, 'inbox')).map(({ state, attempts }) => [state, attempts])).toEqual([
      ['fetching', 0],
      ['waiting', 0],
    ])
  })

  it('goes on in order once the file is here, with what became of it', async () => {
    await acceptFile('a', '1')
    await accept('a', '2', { receivedAt: NOW + 1 })
    await finish('1')
    expect(await conversation()).toMatchObject({ pending: 2, pending_since: NOW })
    const lease = await turnsOf(place.store).lease(NOW + 5, LEASE_MS)
    expect(lease?.message).toEqual({ id: 'a:1', content: ATTACHED, receivedAt: NOW })
    await turnsOf(place.store).release(lease ?? expect.unreachable(), NOW + 5)
    expect(await decideAll(place.store, NOW + MINUTE)).toEqual(['a:1', 'a:2'])
    expect(await conversation()).toMatchObject({ pending: 0, pending_since: null })
  })

  it('keeps no other lane waiting', async () => {
    await acceptFile('a', '1')
    await accept('b', '2', { receivedAt: NOW + 1 })
    expect(await decideAll(place.store, NOW + 10)).toEqual(['b:2'])
  })

  it('has a place in the queue by when the message came, not by when the file did', async () => {
    await acceptFile('a', '1', { receivedAt: NOW - 50 })
    await accept('b', '2')
    await finish('1')
    expect(await decideAll(place.store, NOW + 10)).toEqual(['a:1', 'b:2'])
  })
})

describe('a lane with files further back', () => {
  it('is decided up to the first file, and no further', async () => {
    await accept('a', '1')
    await acceptFile('a', '2', { receivedAt: NOW + 1 })
    await accept('a', '3', { receivedAt: NOW + 2 })
    expect(await conversation()).toMatchObject({ pending: 3, pending_since: NOW })
    expect(await decideAll(place.store, NOW + 10)).toEqual(['a:1'])
    expect(await conversation()).toMatchObject({ pending: 2, pending_since: null })
    await finish('2')
    expect(await conversation()).toMatchObject({ pending: 2, pending_since: NOW + 1 })
    expect(await decideAll(place.store, NOW + 20)).toEqual(['a:2', 'a:3'])
  })

  it.each([
    ['in the order in which they came', ['1', '3', '4']],
    ['in any other order', ['4', '3', '1']],
    ['with the middle one first', ['3', '1', '4']],
  ])('keeps the order when several files are fetched %s', async (_what, order) => {
    await acceptFile('a', '1')
    await accept('a', '2', { receivedAt: NOW + 1 })
    for (const id of ['3', '4']) await acceptFile('a', id, { receivedAt: NOW + Number(id) })
    await accept('a', '5', { receivedAt: NOW + 5 })
    const decided: string[] = []
    for (const id of order) {
      await finish(id)
      decided.push(...(await decideAll(place.store, NOW + MINUTE)))
      // What is decided so far is always the beginning of the lane.
      expect(decided).toEqual(['1', '2', '3', '4', '5'].slice(0, decided.length).map((one) => `a:${one}`))
    }
    expect(decided).toHaveLength(5)
    expect(await count(place.store, 'inbox')).toBe(5)
    expect(await rows(place.store, 'download')).toEqual([])
  })

  it('goes on when a file comes while the message before it is being decided', async () => {
    await accept('a', '1')
    await acceptFile('a', '2', { receivedAt: NOW + 1 })
    const held = await turnsOf(place.store).lease(NOW, LEASE_MS)
    const [file] = await leaseFiles()
    await downloads().finish(file ?? expect.unreachable(), ATTACHED)
    expect(await turnsOf(place.store).lease(NOW + 2, LEASE_MS)).toBeUndefined()
    await turnsOf(place.store).release(held ?? expect.unreachable(), NOW)
    expect(await decideAll(place.store, NOW + MINUTE)).toEqual(['a:1', 'a:2'])
  })

  it('stands still also for a message that comes while its file is fetched, and after the service was killed', async () => {
    await acceptFile('a', '1')
    await leaseFiles()
    await accept('a', '2', { receivedAt: NOW + 1 })
    await freeLeases(place.store)
    expect(await decideAll(place.store, NOW + 10)).toEqual([])
    expect((await leaseFiles(NOW + 1)).map(({ source }) => source)).toEqual(['nguon-1'])
  })

  it('that says it waits and does not is not leased for ever', async () => {
    await acceptFile('a', '1')
    await place.store.write((tx) => tx.updateTable('conversation').set({ pending_since: NOW }).execute())
    expect(await decideOne(place.store, NOW)).toBeUndefined()
    expect((await conversation()).pending_since).toBeNull()
  })
})

describe('a conversation that was erased', () => {
  it('while its file was fetched stays gone', async () => {
    await acceptFile('a', '1')
    const [file] = await leaseFiles()
    await erase('telegram:a', NOW + 1)
    await downloads().finish(file ?? expect.unreachable(), ATTACHED)
    await downloads().putOff(file ?? expect.unreachable(), NOW + 5)
    for (const table of ['conversation', 'inbox', 'download'] as const) expect(await rows(place.store, table)).toEqual([])
  })
})

describe('a person whom the platform names', () => {
  it('and who was erased begins anew under another pseudonym, each time', async () => {
    for (const [i, person] of ['telegram:a', 'telegram:a~1', 'telegram:a~2', 'telegram:a~3'].entries()) {
      const at = NOW + i * MINUTE
      expect((await accept('a', `m${i}`, { receivedAt: at })).status).toBe('new')
      expect(await conversation()).toMatchObject({ person, address: 'a', position: 1 })
      await erase(person, at + 1)
    }
    expect(await count(place.store, 'conversation')).toBe(0)
    expect((await rows(place.store, 'tombstone')).map(({ person }) => person)).toEqual(['telegram:a', 'telegram:a~1', 'telegram:a~2', 'telegram:a~3'])
  })

  it('comes back also for the eleventh time', async () => {
    for (let i = 0; i < 11; i++) {
      await accept('a', `m${i}`, { receivedAt: NOW + i * 10 })
      await erase((await conversation()).person, NOW + i * 10 + 1)
    }
    await accept('a', 'last', { receivedAt: NOW + MINUTE })
    expect((await conversation()).person).toBe('telegram:a~11')
  })

  it('is not mixed up with somebody whose pseudonym begins with theirs', async () => {
    for (const other of ['telegram:a~', 'telegram:a~x', 'telegram:ab', 'telegram:a:1']) {
      await accept(other, '1', { person: other })
      await erase(other, NOW + 1)
    }
    await accept('a', '1', { receivedAt: NOW + MINUTE })
    expect((await conversation()).person).toBe('telegram:a')
  })

  it('has nothing taken that was sent before the erasure and is delivered late', async () => {
    await accept('a', '1')
    await erase('telegram:a', NOW + 100)
    expect(await accept('a', '1', { receivedAt: NOW + MINUTE, sentAt: NOW })).toEqual({ status: 'erased', conversation: '' })
    expect((await accept('a', '0', { receivedAt: NOW + MINUTE, sentAt: NOW + 100 })).status).toBe('erased')
    expect(await count(place.store, 'conversation')).toBe(0)
  })

  it('has it refused also when a new conversation is open, and the new one is as it was', async () => {
    await accept('a', '1')
    await erase('telegram:a', NOW + 100)
    await accept('a', '2', { receivedAt: NOW + 200 })
    const before = await conversation()
    expect((await accept('a', '0', { receivedAt: NOW + MINUTE, sentAt: NOW + 50 })).status).toBe('erased')
    expect((await acceptFile('a', 'f', { receivedAt: NOW + MINUTE, sentAt: NOW + 50 })).status).toBe('erased')
    expect([await conversation(), await rows(place.store, 'download')]).toEqual([before, []])
    await erase('telegram:a~1', NOW + 2 * MINUTE)
    await accept('a', '3', { receivedAt: NOW + 3 * MINUTE })
    for (const sentAt of [NOW, NOW + 150, NOW + 2 * MINUTE])
      expect((await accept('a', `late ${sentAt}`, { receivedAt: NOW + 4 * MINUTE, sentAt })).status).toBe('erased')
    expect((await conversation()).person).toBe('telegram:a~2')
  })

  it('counts nothing that was not taken', async () => {
    await accept('a', '1')
    await erase('telegram:a', NOW + 100)
    await accept('a', '0', { receivedAt: NOW + MINUTE, sentAt: NOW })
    expect((await only(place.store, 'usage')).received).toBe(1)
  })
})

describe('a visitor of the web', () => {
  it('who was erased does not come back under the same name, whenever they write', async () => {
    await acceptWeb(place.store, 'a', '1')
    await erase('web:a', NOW + 1)
    for (const receivedAt of [NOW, NOW + MINUTE]) expect((await acceptWeb(place.store, 'a', `x${receivedAt}`, { receivedAt })).status).toBe('erased')
    expect(await count(place.store, 'conversation')).toBe(0)
  })
})

describe('a message that is one too many', () => {
  it('is kept and says so, in a file too', async () => {
    await accept('a', '1', { tooMany: true })
    await acceptFile('a', '2', { tooMany: true })
    await accept('a', '3')
    expect((await rows(place.store, 'inbox')).map(({ content }) => JSON.parse(content).tooMany)).toEqual([true, true, undefined])
    const lease = await turnsOf(place.store).lease(NOW, LEASE_MS)
    expect(lease?.message.content).toEqual({ kind: 'text', text: '1', masked: false, tooMany: true })
    expect((await leaseFiles()).map(({ content }) => content)).toEqual([{ ...REMOTE, tooMany: true }])
  })

  it.each([
    ['the second time', undefined, true],
    ['the first time', true, undefined],
  ] as const)('only %s is the same message still', async (_what, first, second) => {
    await accept('a', '1', first ? { tooMany: true } : {})
    expect((await accept('a', '1', second ? { tooMany: true } : {})).status).toBe('repeated')
    expect(await count(place.store, 'inbox')).toBe(1)
  })
})

describe('a file', () => {
  it('that is delivered again is the same message, before and after it was fetched', async () => {
    await acceptFile('a', '1')
    expect((await acceptFile('a', '1')).status).toBe('repeated')
    await finish('1')
    expect((await acceptFile('a', '1')).status).toBe('repeated')
    expect([await count(place.store, 'inbox'), await rows(place.store, 'download')]).toEqual([1, []])
  })
})

describe('when the person was heard last', () => {
  it('is when they wrote, and not when an officer did', async () => {
    await accept('a', '1', { content: { kind: 'officer', officer: { id: 'oa', name: '' }, text: 'Chào bạn' } })
    expect((await conversation()).heard_at).toBeNull()
    await accept('a', '2', { receivedAt: NOW + 5 })
    expect((await conversation()).heard_at).toBe(NOW + 5)
    await accept('a', '3', { receivedAt: NOW + 9, content: { kind: 'officer', officer: { id: 'oa', name: '' }, text: 'Vâng' } })
    expect(await conversation()).toMatchObject({ heard_at: NOW + 5, pending: 3, updated_at: NOW + 9 })
  })

  it('survives a restart', async () => {
    await acceptFile('a', '1', { receivedAt: NOW + 5 })
    await place.store.close()
    Object.assign(place, { store: await openStore(place.folder) })
    expect(await conversation()).toMatchObject({ heard_at: NOW + 5, pending: 1, pending_since: null })
    expect((await leaseFiles(NOW + 5)).map(({ source }) => source)).toEqual(['nguon-1'])
    await finish('1')
    expect(await decideOne(place.store, NOW + MINUTE, [send('x')])).toBe('a:1')
  })
})
