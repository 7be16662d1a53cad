/** Call-backs that people ask for in the chat, on a real database: one a matter, changed and withdrawn, gone with the person. */
import { describe, expect, it } from 'vitest'
import { askCallBack, callBackMark, openCallBack, readCallBacks, takeCallBack, withdrawCallBack } from '../../../adapters/storage/call-back-store.ts'
import { endOf } from '../../../adapters/storage/case-store.ts'
import { readHeld } from '../../../adapters/storage/held-store.ts'
import { erasePerson } from '../../../adapters/storage/privacy-store.ts'
import type { CallBackAsked } from '../../../bot/conversation/effects.ts'
import { DAY, filesHolding, inStore, NOW, plant } from './office.ts'

const place = inStore()
const asked = (over: Partial<CallBackAsked> = {}): CallBackAsked => ({
  ...{ kind: 'call_back_asked', phone: '0905123456', hours: 'sau 17h', dueOn: '2026-11-27', consent: { version: 'v1', message: 'm1' } },
  ...over,
})

/** A conversation without a call-back of its own. */
async function chat(id: string, matter: string | null = null): Promise<void> {
  await plant(place.store, { id, person: `web:${id}`, row: { matter } })
  await place.store.write((tx) => tx.deleteFrom('call_back').where('conversation_id', '=', id).execute())
}
const ask = (conversationId: string, over: Partial<CallBackAsked> = {}, now = NOW) =>
  place.store.write((tx) => askCallBack(tx, { conversationId, now }, asked(over)))
const open = async () => (await readCallBacks(place.store, 10)).open

describe('a call-back asked for in the chat', () => {
  it('stands in the list with its clock and what was agreed to', async () => {
    await chat('c1')
    await ask('c1')
    expect(await open()).toMatchObject([{ conversation_id: 'c1', phone: '0905123456', hours: 'sau 17h', asked_at: NOW, due_at: endOf('2026-11-27') }])
    expect(JSON.parse((await open())[0]?.consent ?? '')).toEqual({ version: 'v1', message: 'm1', at: NOW })
  })

  it('asked for again, here or where the same matter goes on, is the same one: its clock and its officer stay', async () => {
    await chat('c1', 'm')
    await chat('c2', 'm')
    await chat('c3', 'other')
    await ask('c1')
    const [{ id } = { id: '' }] = await open()
    await takeCallBack(place.store, id, 'lan', NOW + 1)
    await ask('c2', { phone: '0912345678', dueOn: '2026-12-01' }, NOW + DAY)
    expect(await open()).toMatchObject([{ id, phone: '0912345678', due_at: endOf('2026-11-27'), taken_by: 'lan', conversation_id: 'c1' }])
    expect(await openCallBack(place.store, 'c2')).toMatchObject({ id })
    expect(await openCallBack(place.store, 'c3')).toBeUndefined()
  })

  it('is another one once the first is done', async () => {
    await chat('c1')
    await ask('c1')
    await place.store.write((tx) => withdrawCallBack(tx, { conversationId: 'c1', now: NOW + 1 }))
    await ask('c1', { phone: '0912345678' }, NOW + 2)
    expect(await open()).toMatchObject([{ phone: '0912345678', asked_at: NOW + 2 }])
  })

  it('withdrawn keeps no number, and says so in the list; again changes nothing', async () => {
    await chat('c1')
    await ask('c1')
    for (const now of [NOW + 1, NOW + 2]) await place.store.write((tx) => withdrawCallBack(tx, { conversationId: 'c1', now }))
    expect((await readCallBacks(place.store, 10)).done).toMatchObject([{ outcome: 'not_wanted', phone: '', hours: '', done_at: NOW + 1 }])
    await place.store.compact()
    expect(filesHolding(place.folder, '0905123456')).toEqual([])
  })

  it('marks the list with every change', async () => {
    await chat('c1')
    const marks = [await callBackMark(place.store)]
    await ask('c1', {}, NOW + 1)
    marks.push(await callBackMark(place.store))
    await ask('c1', { hours: '' }, NOW + 2)
    marks.push(await callBackMark(place.store))
    await takeCallBack(place.store, (await open())[0]?.id ?? '', 'lan', NOW + 3)
    marks.push(await callBackMark(place.store))
    await place.store.write((tx) => withdrawCallBack(tx, { conversationId: 'c1', now: NOW + 4 }))
    marks.push(await callBackMark(place.store))
    expect(new Set(marks).size).toBe(5)
  })

  it('is handed out with everything else, and goes with the person', async () => {
    await chat('c1')
    await ask('c1')
    const held = await readHeld(place.store, 'web:c1')
    expect(held?.conversations[0]?.callBacks).toMatchObject([{ phone: '0905123456', consent: expect.stringContaining('v1') }])
    await erasePerson(place.store, { person: 'web:c1', by: 'person', why: 'xin xóa' }, NOW + 5)
    expect(await open()).toEqual([])
  })
})
