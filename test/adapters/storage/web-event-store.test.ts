import { describe, expect, it } from 'vitest'
import { openWebEvents } from '../../../adapters/storage/web-event-store.ts'
import { accept, only, rows } from './lanes.ts'
import { inStore, NOW } from './office.ts'

const place = inStore()
const events = () => openWebEvents(place.store)
const event = (key: string) => ({ key, type: 'message' as const, data: `"${key}"`, at: NOW })
const numbers = async (who: string, after: number, limit = 100) => (await events().after('web', who, after, limit))?.map((one) => one.number)

async function conversation(who: string): Promise<string> {
  return (await accept(place.store, who, '1')).conversation
}

describe('the stream of a visitor', () => {
  it('is numbered from 1 without gaps, each conversation for itself', async () => {
    const [one, two] = [await conversation('a'), await conversation('b')]
    for (const key of ['x', 'y', 'z']) await events().append(one, event(key))
    await events().append(two, event('x'))
    expect((await rows(place.store, 'web_event')).map((row) => [row.conversation_id === one, row.number, row.key])).toEqual([
      [true, 1, 'x'],
      [true, 2, 'y'],
      [true, 3, 'z'],
      [false, 1, 'x'],
    ])
  })

  it('holds each thing once, also when it is appended many times at once', async () => {
    const id = await conversation('a')
    const appended = await Promise.all(['x', 'x', 'y', 'x', 'y'].map((key) => events().append(id, event(key))))
    expect(appended).toEqual([true, true, true, true, true])
    expect(await numbers('a', 0)).toEqual([1, 2])
  })

  it('is read again from any number, in order, as much as asked for', async () => {
    const id = await conversation('a')
    for (let i = 0; i < 12; i++) await events().append(id, event(`k${i}`))
    expect(await numbers('a', 0)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12])
    expect(await numbers('a', 9)).toEqual([10, 11, 12])
    expect(await numbers('a', 3, 2)).toEqual([4, 5])
    expect(await numbers('a', 12)).toEqual([])
    expect(await numbers('a', 999_999_999_999_999)).toEqual([])
    expect((await events().after('web', 'a', 11, 9))?.[0]).toEqual({ number: 12, ...event('k11') })
  })

  it('of nobody is nothing', async () => {
    expect(await events().after('web', 'ai đó', 0, 9)).toBeUndefined()
    await conversation('a')
    expect(await events().after('zalo', 'a', 0, 9)).toBeUndefined()
  })

  it('of a conversation that is gone takes nothing', async () => {
    const id = await conversation('a')
    await place.store.write((tx) => tx.deleteFrom('conversation').execute())
    expect(await events().append(id, event('x'))).toBe(false)
    expect(await rows(place.store, 'web_event')).toEqual([])
  })

  it('whose row cannot be written uses up no number', async () => {
    const id = await conversation('a')
    await place.store.write((tx) =>
      tx
        .insertInto('web_event')
        .values({ conversation_id: id, number: 1, ...event('lạ') })
        .execute(),
    )
    await expect(events().append(id, event('x'))).rejects.toThrow(/UNIQUE/)
    expect((await only(place.store, 'conversation')).event_number).toBe(0)
  })
})
