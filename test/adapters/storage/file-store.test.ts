import { describe, expect, it } from 'vitest'
import { judge, openFiles } from '../../../adapters/storage/file-store.ts'
import { erasePerson } from '../../../adapters/storage/privacy-store.ts'
import { accept, decideOne, does, LAN, only, rows } from './lanes.ts'
import { count, inStore, NOW } from './office.ts'

const place = inStore()
const files = () => openFiles(place.store)
const whose = (address: string) => ({ channel: 'web', address, person: `web:${address}` })
const PNG = { hash: 'ab', mime: 'image/png', size: 100 }
const QUOTA = 250

async function add(who: string, file = PNG): Promise<string> {
  const kept = await files().add(whose(who), file, QUOTA, NOW)
  if (typeof kept === 'string') throw new Error(kept)
  return kept.id
}

describe('a file', () => {
  it('that comes first opens the conversation, which waits for nothing', async () => {
    const id = await add('a')
    expect(id).toMatch(/^[0-9a-f-]{36}$/)
    const conversation = await only(place.store, 'conversation')
    expect(conversation).toMatchObject({ address: 'a', pending: 0, pending_since: null, position: 0 })
    expect(await only(place.store, 'attachment')).toEqual({
      ...{ id, conversation_id: conversation.id, hash: 'ab', kind: 'image/png', size: 100, state: 'quarantined', received_at: NOW },
    })
    expect((await accept(place.store, 'a', '1')).conversation).toBe(conversation.id)
  })

  it('is found in its own conversation only', async () => {
    const id = await add('a')
    await add('b')
    expect(await files().find(whose('a'), id)).toEqual({ id, mime: 'image/png', size: 100 })
    expect(await files().find(whose('b'), id)).toBeUndefined()
    expect(await files().find({ ...whose('a'), channel: 'zalo' }, id)).toBeUndefined()
    expect(await files().find(whose('a'), 'không có')).toBeUndefined()
  })

  it('counts against its own conversation', async () => {
    expect(await files().used(whose('a'))).toBe(0)
    await add('a')
    await add('a', { ...PNG, hash: 'cd', size: 50 })
    await add('b')
    expect(await files().used(whose('a'))).toBe(150)
  })

  it('beyond what a conversation may hold is refused, also when several come at once', async () => {
    const kept = await Promise.all(Array.from({ length: 5 }, () => files().add(whose('a'), PNG, QUOTA, NOW)))
    expect(kept.map((one) => (typeof one === 'string' ? one : 'kept'))).toEqual(['kept', 'kept', 'quota', 'quota', 'quota'])
    expect(await files().used(whose('a'))).toBe(200)
  })

  it('of a person whose data was erased is not recorded', async () => {
    await add('a')
    await erasePerson(place.store, { person: 'web:a', by: 'person', why: 'thử' }, NOW)
    expect(await files().add(whose('a'), PNG, QUOTA, NOW)).toBe('erased')
    expect([await count(place.store, 'conversation'), await count(place.store, 'attachment')]).toEqual([0, 0])
  })
})

describe('what a person thinks of an answer', () => {
  const good = { value: 'up', word: null } as const
  const bad = { value: 'down', word: 'sai rồi' } as const

  async function answered(who: string): Promise<string> {
    await accept(place.store, who, '1')
    await decideOne(place.store)
    return (await rows(place.store, 'outbox')).at(-1)?.id ?? ''
  }

  it('is kept, and the last word counts', async () => {
    const answer = await answered('a')
    expect(await judge(place.store, whose('a'), answer, good, NOW)).toBe(true)
    expect(await judge(place.store, whose('a'), answer, bad, NOW + 1)).toBe(true)
    expect(await only(place.store, 'feedback')).toMatchObject({ message_id: answer, value: 'down', word: 'sai rồi', at: NOW + 1 })
  })

  it('is not kept of what is no answer to them', async () => {
    const answer = await answered('a')
    await answered('b')
    const { id } = (await rows(place.store, 'conversation'))[0] as { id: string }
    await does(place.store, id, LAN, { kind: 'write', text: 'chào' })
    const words = (await rows(place.store, 'outbox')).filter((row) => row.author !== 'assistant').map((row) => row.id)
    expect(words).toHaveLength(2)
    expect(await judge(place.store, whose('b'), answer, good, NOW)).toBe(false)
    expect(await judge(place.store, whose('không ai'), answer, good, NOW)).toBe(false)
    for (const message of [...words, 'không có']) expect(await judge(place.store, whose('a'), message, good, NOW)).toBe(false)
    expect(await rows(place.store, 'feedback')).toEqual([])
  })
})
