/** Files still to be fetched: leased once, put off, finished, never lost; and the loop over this store. */
import { describe, expect, it } from 'vitest'
import { openStore } from '../../../adapters/storage/database.ts'
import { openDownloads } from '../../../adapters/storage/download-store.ts'
import { freeLeases } from '../../../adapters/storage/turn-store.ts'
import { Bell } from '../../../bot/delivery/bell.ts'
import { type Channel, FetchError } from '../../../bot/delivery/channel.ts'
import { type Download, type DownloadOptions, runDownloads } from '../../../bot/delivery/downloads.ts'
import type { Content, StoredContent } from '../../../bot/delivery/message.ts'
import { accept, decideAll, only, rows } from './lanes.ts'
import { count, inStore, NOW, tamper } from './office.ts'
import { plansOf, slowSteps } from './plans.ts'

const place = inStore()
const LEASE_MS = 120_000
const HOUR = 3_600_000
const REMOTE: Content = { kind: 'remote', caption: 'ảnh', masked: true }
const ATTACHED: StoredContent = { kind: 'attachment', attachment: 'f', mime: 'image/png', size: 1, caption: 'ảnh', masked: true }
const acceptFile = (who: string, id: string, at = NOW) =>
  accept(place.store, who, id, {
    channel: 'telegram',
    person: `telegram:${who}`,
    sentAt: at,
    receivedAt: at,
    content: REMOTE,
    download: `nguon-${id}`,
  })
const store = () => openDownloads(place.store)
const lease = (now = NOW, limit = 16) => store().leaseDownloads(now, LEASE_MS, limit)
const sources = (downloads: readonly Download[]) => downloads.map(({ source }) => source)
const first = ([download]: readonly Download[]): Download => download ?? expect.unreachable('nothing was handed out')

describe('a file', () => {
  it('is handed out with all that is needed to fetch it', async () => {
    await acceptFile('a', '1')
    expect(await lease()).toEqual([
      {
        ...{ inboxId: (await only(place.store, 'inbox')).id, channel: 'telegram', address: 'a', person: 'telegram:a', source: 'nguon-1' },
        ...{ attempts: 0, content: REMOTE },
      },
    ])
  })

  it('is handed out once, until its lease runs out', async () => {
    await acceptFile('a', '1')
    await lease()
    expect(await lease(NOW + LEASE_MS - 1)).toEqual([])
    expect(sources(await lease(NOW + LEASE_MS))).toEqual(['nguon-1'])
  })

  it('is handed out to one only, however many ask at once', async () => {
    for (const id of ['1', '2', '3']) await acceptFile('a', id)
    const all = await Promise.all(Array.from({ length: 6 }, () => lease(NOW, 1)))
    expect(all.flatMap(sources).sort()).toEqual(['nguon-1', 'nguon-2', 'nguon-3'])
  })

  it('is free again when the service starts', async () => {
    await acceptFile('a', '1')
    await lease()
    await freeLeases(place.store)
    expect(sources(await lease(NOW + 1))).toEqual(['nguon-1'])
  })

  it.each([5, 24 * 365])('is not held back by a lease taken before the clock was set back by %i hours', async (hours) => {
    await acceptFile('a', '1')
    await lease()
    expect(sources(await lease(NOW - hours * HOUR))).toEqual(['nguon-1'])
  })

  it('that was never tried is due whatever the clock says', async () => {
    await acceptFile('a', '1')
    expect(sources(await lease(NOW - 100 * HOUR))).toEqual(['nguon-1'])
  })

  it('that was put off is due after its pause, not before, with one try more', async () => {
    await acceptFile('a', '1')
    await store().putOff(first(await lease()), NOW + 1_000)
    expect(await lease(NOW + 999)).toEqual([])
    expect(first(await lease(NOW + 1_000))).toMatchObject({ source: 'nguon-1', attempts: 1 })
  })

  it('that was put off does not keep its person waiting for hours when the clock is set back', async () => {
    await acceptFile('a', '1')
    await store().putOff(first(await lease()), NOW + 10_000)
    await freeLeases(place.store)
    expect(sources(await lease(NOW - 5 * HOUR))).toEqual(['nguon-1'])
  })

  it('that is finished is gone, and its message holds what became of it', async () => {
    await acceptFile('a', '1')
    await store().finish(first(await lease()), ATTACHED)
    expect([await rows(place.store, 'download'), await lease(NOW + HOUR)]).toEqual([[], []])
    const { content, state } = await only(place.store, 'inbox')
    expect([JSON.parse(content), state]).toEqual([ATTACHED, 'waiting'])
    expect(await decideAll(place.store)).toEqual(['a:1'])
  })

  it('that is finished twice, by two who held it one after the other, is finished by the first', async () => {
    await acceptFile('a', '1')
    const slow = first(await lease())
    const quick = first(await lease(NOW + LEASE_MS))
    await store().finish(quick, ATTACHED)
    expect(await decideAll(place.store)).toEqual(['a:1'])
    await store().finish(slow, { kind: 'unfetched', reason: 'unreachable', caption: 'ảnh', masked: true })
    await store().putOff(slow, NOW)
    expect([JSON.parse((await only(place.store, 'inbox')).content), await rows(place.store, 'download')]).toEqual([ATTACHED, []])
    expect(await only(place.store, 'conversation')).toMatchObject({ pending: 0, pending_since: null })
    expect(await decideAll(place.store)).toEqual([])
  })

  it('without a place where it lies is asked for all the same, so that the lane goes on', async () => {
    await accept(place.store, 'a', '1', { channel: 'telegram', content: REMOTE })
    expect(sources(await lease())).toEqual([''])
  })
})

describe('of several files', () => {
  it('no more are handed out than asked for, the oldest first', async () => {
    for (const id of ['1', '2', '3', '4', '5']) await acceptFile(`p${id}`, id, NOW + Number(id))
    expect(sources(await lease(NOW + 10, 2))).toEqual(['nguon-1', 'nguon-2'])
    expect(sources(await lease(NOW + 10, 4))).toEqual(['nguon-3', 'nguon-4', 'nguon-5'])
  })

  it('one that is put off keeps no other waiting, in the same lane neither', async () => {
    for (const id of ['1', '2']) await acceptFile('a', id)
    await store().putOff(first(await lease(NOW, 1)), NOW + HOUR)
    expect(sources(await lease())).toEqual(['nguon-2'])
  })
})

describe('where a file lies', () => {
  it('is forgotten once it is fetched: the address may hold a token', async () => {
    await acceptFile('a', 'bi-mat-xyz')
    await store().finish(first(await lease()), ATTACHED)
    const everything = JSON.stringify([
      await rows(place.store, 'inbox'),
      await rows(place.store, 'conversation'),
      await rows(place.store, 'download'),
    ])
    expect(everything).not.toContain('nguon-bi-mat-xyz')
  })
})

describe('ten thousand files', () => {
  it('are handed out and finished by index', async () => {
    await acceptFile('a', '1')
    tamper(
      place.folder,
      `with recursive n(i) as (select 3 union all select i + 1 from n where i < 10000)
       insert into inbox (id, channel, external_id, conversation_id, position, content, state, attempts, received_at)
       select 'i' || i, channel, 'e' || i, conversation_id, i, content, state, 0, received_at from n, (select * from inbox limit 1)`,
      `with recursive n(i) as (select 3 union all select i + 1 from n where i < 10000)
       insert into download (inbox_id, conversation_id, position, source, attempts, next_attempt_at, lease_until)
       select 'i' || i, conversation_id, i, source, 0, ${NOW} + i, null from n, (select * from download limit 1)`,
    )
    const plans = await plansOf(place.folder, async () => {
      const open = await openStore(place.folder)
      const [download] = await openDownloads(open).leaseDownloads(NOW, LEASE_MS, 4)
      await openDownloads(open).finish(download ?? expect.unreachable(), ATTACHED)
      await openDownloads(open).putOff(download ?? expect.unreachable(), NOW)
      await open.close()
    })
    expect(slowSteps(plans)).toEqual([])
    expect(plans.flatMap(({ steps }) => steps)).toContainEqual(expect.stringMatching(/^SEARCH d USING INDEX download_due/))
  })
})

describe('the loop over this store', () => {
  function options(fetch: NonNullable<Channel['fetch']>, keep: DownloadOptions['keep'], clock: () => number, told: string[]): DownloadOptions {
    const capabilities = {
      idempotentSend: false,
      reachesAway: true,
      showsOwner: false,
      typing: false,
      maxTextLength: 2_000,
      buttons: 0,
      proactiveWindowMs: null,
    }
    return {
      ...{ store: store(), channels: new Map([['telegram', { name: 'telegram', capabilities, send: async () => undefined, fetch }]]) },
      ...{ keep, paused: () => false, work: new Bell(), fetched: new Bell(), clock },
      events: { fetched: (_name, result) => void told.push(result), fault: (error) => void told.push((error as Error).message) },
    }
  }

  it('loses nothing, keeps the order, and gives up what cannot be had', async () => {
    for (const id of ['1', '2', '3', '4', '5', '6']) await acceptFile('a', id, NOW + Number(id))
    let now = NOW
    const told: string[] = []
    const ending = new AbortController()
    const given = options(
      async (source) => {
        if (source === 'nguon-2') throw new FetchError('unreachable', 'later')
        if (source === 'nguon-3') throw new FetchError('too_large', 'never')
        return { bytes: Buffer.from(source), declared: 'image/png' }
      },
      async ({ source }) => {
        if (source === 'nguon-4' && !told.includes('disk is full')) throw new Error('disk is full')
        return { id: source, mime: 'image/png', size: 1 }
      },
      () => now,
      told,
    )
    const loop = runDownloads(given, ending.signal)
    const left = async () => (await rows(place.store, 'download')).length
    for (let i = 0; i < 500 && (await left()) > 0; i++) {
      now += 1_000
      given.work.ring()
      await new Promise((resolve) => setImmediate(resolve))
    }
    ending.abort()
    given.work.ring()
    await loop
    expect(await left()).toBe(0)
    expect(
      (await rows(place.store, 'inbox')).map(({ content }) => JSON.parse(content)).map(({ attachment, reason }) => attachment ?? reason),
    ).toEqual([...['nguon-1', 'unreachable', 'too_large', 'nguon-4', 'nguon-5', 'nguon-6']])
    expect(told.filter((what) => what === 'disk is full')).toHaveLength(1)
    expect(await decideAll(place.store, now)).toEqual(['1', '2', '3', '4', '5', '6'].map((id) => `a:${id}`))
    expect(await count(place.store, 'inbox')).toBe(6)
  })
})
