import { describe, expect, it } from 'vitest'
import { isErased, openInbox } from '../../../adapters/storage/inbox-store.ts'
import { erasePerson } from '../../../adapters/storage/privacy-store.ts'
import { newDialogue } from '../../../bot/conversation/dialogue.ts'
import { newOwnership } from '../../../bot/conversation/owner.ts'
import { accept, arrival, commitsIn, decideAll, only, rows } from './lanes.ts'
import { count, inStore, NOW, tamper } from './office.ts'

const place = inStore()
const echoing = (key: string) => ({ echo: { key, data: `{"text":"${key}"}` } })

describe('a message at the door', () => {
  it('opens the conversation of the person, and waits in its lane', async () => {
    const taken = await accept(place.store, 'a', '1')
    const conversation = await only(place.store, 'conversation')
    expect(taken).toEqual({ status: 'new', conversation: conversation.id })
    expect(conversation).toMatchObject({ channel: 'web', address: 'a', person: 'web:a', version: 0, position: 1, pending: 1, pending_since: NOW })
    expect(JSON.parse(conversation.dialogue)).toEqual(newDialogue())
    expect(JSON.parse(conversation.ownership)).toEqual(newOwnership(NOW))
    expect(await only(place.store, 'episode')).toMatchObject({
      conversation_id: conversation.id,
      number: 1,
      owner: 'bot',
      began_at: NOW,
      ended_at: null,
    })
    expect(await only(place.store, 'inbox')).toMatchObject({
      ...{ channel: 'web', external_id: 'a:1', conversation_id: conversation.id, position: 1, state: 'waiting', attempts: 0, received_at: NOW },
      content: '{"kind":"text","text":"1","masked":false}',
    })
  })

  it('gets the next place, and the lane has waited since its first undecided message', async () => {
    for (const [i, id] of ['1', '2', '3'].entries()) await accept(place.store, 'a', id, { receivedAt: NOW + i })
    expect(await only(place.store, 'conversation')).toMatchObject({ position: 3, pending: 3, pending_since: NOW, updated_at: NOW + 2 })
    expect((await rows(place.store, 'inbox')).map((row) => row.position)).toEqual([1, 2, 3])
    await decideAll(place.store, NOW + 10)
    await accept(place.store, 'a', '4', { receivedAt: NOW + 20 })
    expect(await only(place.store, 'conversation')).toMatchObject({ pending: 1, pending_since: NOW + 20 })
  })

  it('that is known changes nothing, also after it was decided', async () => {
    const first = await accept(place.store, 'a', '1')
    const before = await only(place.store, 'conversation')
    expect(await accept(place.store, 'a', '1', { receivedAt: NOW + 5 })).toEqual({ status: 'repeated', conversation: first.conversation })
    expect(await only(place.store, 'conversation')).toEqual(before)
    await decideAll(place.store)
    expect((await accept(place.store, 'a', '1')).status).toBe('repeated')
    expect(await count(place.store, 'inbox')).toBe(1)
    expect(await decideAll(place.store)).toEqual([])
  })

  it('that is known with other content is a conflict, and changes nothing', async () => {
    await accept(place.store, 'a', '1')
    const before = [await only(place.store, 'conversation'), await only(place.store, 'inbox')]
    const other = { content: { kind: 'text', text: 'khác', masked: false } } as const
    expect((await accept(place.store, 'a', '1', other)).status).toBe('conflict')
    expect((await accept(place.store, 'a', '1', { content: { kind: 'choice', text: '1' } })).status).toBe('conflict')
    expect([await only(place.store, 'conversation'), await only(place.store, 'inbox')]).toEqual(before)
  })

  it('of a person whose data was erased is not taken, and nothing is opened for them', async () => {
    await accept(place.store, 'a', '1')
    await erasePerson(place.store, { person: 'web:a', by: 'person', why: 'thử' }, NOW)
    expect(await accept(place.store, 'a', '2')).toEqual({ status: 'erased', conversation: '' })
    expect([await count(place.store, 'conversation'), await count(place.store, 'inbox')]).toEqual([0, 0])
    expect([await isErased(place.store, 'web:a'), await isErased(place.store, 'web:b')]).toEqual([true, false])
    expect((await accept(place.store, 'b', '1')).status).toBe('new')
  })

  it('is the same address on another channel, but another conversation', async () => {
    await accept(place.store, 'a', '1')
    await accept(place.store, 'a', '1', { channel: 'zalo' })
    expect(await count(place.store, 'conversation')).toBe(2)
  })
})

describe('what the person’s own stream shows', () => {
  it('is numbered without gaps, once a message, and nothing for channels that show nothing', async () => {
    await accept(place.store, 'a', '1', echoing('in:1'))
    await accept(place.store, 'a', '2')
    await accept(place.store, 'a', '3', echoing('in:3'))
    await accept(place.store, 'a', '3', echoing('in:3'))
    expect((await rows(place.store, 'web_event')).map(({ number, key, type, data }) => [number, key, type, data])).toEqual([
      [1, 'in:1', 'message', '{"text":"in:1"}'],
      [2, 'in:3', 'message', '{"text":"in:3"}'],
    ])
    expect((await only(place.store, 'conversation')).event_number).toBe(2)
  })
})

describe('many messages at once', () => {
  it('are committed together, each once, in the order in which they came', async () => {
    const before = commitsIn(place.folder)
    const ids = Array.from({ length: 64 }, (_, i) => String(i))
    const taken = await Promise.all(ids.map((id) => accept(place.store, 'a', id)))
    // The first is on its way when the others come.
    expect(commitsIn(place.folder) - before).toBeLessThanOrEqual(2)
    expect(taken.every(({ status }) => status === 'new')).toBe(true)
    expect((await rows(place.store, 'inbox')).map((row) => row.external_id)).toEqual(ids.map((id) => `a:${id}`))
    expect(await only(place.store, 'conversation')).toMatchObject({ pending: 64, position: 64 })
  })

  it('under one name are one message', async () => {
    const taken = await Promise.all(Array.from({ length: 64 }, () => accept(place.store, 'a', '1')))
    expect(taken.map(({ status }) => status).sort()).toEqual(['new', ...Array<string>(63).fill('repeated')])
    expect(await count(place.store, 'inbox')).toBe(1)
  })

  it('do not fail with the one among them that fails, which leaves nothing', async () => {
    tamper(
      place.folder,
      "create trigger bad before insert on inbox when new.external_id like '%:hỏng' begin select raise(abort, 'disk is full'); end",
    )
    const inbox = openInbox(place.store)
    const all = ['1', '2', 'hỏng', '3', '4'].map((id) => inbox.accept(arrival(id === 'hỏng' ? 'b' : 'a', id, echoing(`in:${id}`))))
    expect((await Promise.allSettled(all)).map((result) => result.status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled', 'fulfilled'])
    expect(await only(place.store, 'conversation')).toMatchObject({ address: 'a', pending: 4, position: 4, event_number: 4 })
    expect(await count(place.store, 'inbox')).toBe(4)
  })
})
