/** Messages counted a month and channel: in Vietnam's months, each once, and of nobody by name. */
import { describe, expect, it } from 'vitest'
import { erasePerson } from '../../../adapters/storage/privacy-store.ts'
import { countReceived, countSent, monthOf, readUsage } from '../../../adapters/storage/usage-store.ts'
import { accept, only, rows } from './lanes.ts'
import { inStore, NOW } from './office.ts'

const place = inStore()
const MIDNIGHT = Date.UTC(2026, 10, 30, 17)
const usage = (channel = 'telegram', now = NOW) => readUsage(place.store, channel, now)
const hear = (who: string, id: string, receivedAt = NOW, channel = 'telegram') => accept(place.store, who, id, { channel, receivedAt })

describe('a month', () => {
  it.each([
    [MIDNIGHT - 1, '2026-11'],
    [MIDNIGHT, '2026-12'],
    [Date.UTC(2026, 11, 31, 16, 59, 59), '2026-12'],
    [Date.UTC(2026, 11, 31, 17), '2027-01'],
    [Date.UTC(2028, 1, 29, 16, 59, 59), '2028-02'],
    [Date.UTC(2028, 1, 29, 17), '2028-03'],
  ])('at %i is %s, as it is in Vietnam', (now, month) => {
    expect(monthOf(now)).toBe(month)
  })
})

describe('what is counted', () => {
  it('is nothing where nothing was', async () => {
    expect(await usage()).toEqual({ channel: 'telegram', received: 0, sent: 0, people: 0 })
  })

  it('goes each way, channel by channel', async () => {
    await place.store.write(async (tx) => {
      for (let i = 0; i < 3; i++) await countReceived(tx, 'telegram', NOW)
      await countSent(tx, 'telegram', NOW)
      await countSent(tx, 'zalo-bot', NOW)
    })
    expect([await usage(), await usage('zalo-bot')]).toMatchObject([
      { received: 3, sent: 1 },
      { received: 0, sent: 1 },
    ])
  })

  it('is of the present month only', async () => {
    await place.store.write((tx) => countReceived(tx, 'telegram', MIDNIGHT - 1))
    await place.store.write((tx) => countReceived(tx, 'telegram', MIDNIGHT))
    expect([await usage('telegram', MIDNIGHT - 1), await usage('telegram', MIDNIGHT)]).toMatchObject([{ received: 1 }, { received: 1 }])
    expect(await usage('telegram', Date.UTC(2027, 5))).toMatchObject({ received: 0 })
  })

  it('is each message once, however often it is delivered', async () => {
    for (let i = 0; i < 3; i++) await hear('a', '1')
    await hear('a', '2')
    expect(await usage()).toMatchObject({ received: 2, people: 1 })
  })

  it('is every one of many that come at once', async () => {
    await Promise.all(Array.from({ length: 50 }, (_, i) => hear(`p${i % 7}`, String(i))))
    expect(await usage()).toMatchObject({ received: 50, people: 7 })
  })

  it('is nothing of what was rolled back', async () => {
    const failing = place.store.write(async (tx) => {
      await countSent(tx, 'telegram', NOW)
      throw new Error('disk is full')
    })
    await expect(failing).rejects.toThrow('disk is full')
    expect(await usage()).toMatchObject({ sent: 0 })
  })
})

describe('a person who is erased', () => {
  it('takes no count with them, and is a person no more', async () => {
    await hear('a', '1')
    await erasePerson(place.store, { person: 'web:a', by: 'person', why: 'thử' }, NOW)
    expect(await usage()).toEqual({ channel: 'telegram', received: 1, sent: 0, people: 0 })
  })

  it('is named nowhere in the counts', async () => {
    await hear('ten-rieng-abc', '1')
    expect(Object.keys(await only(place.store, 'usage')).sort()).toEqual(['channel', 'month', 'received', 'sent'])
    expect(JSON.stringify(await rows(place.store, 'usage'))).not.toContain('ten-rieng-abc')
  })
})
