/** What the doors of the platforms look up: the words behind a button, and under which name a person is known at present. */
import { describe, expect, it } from 'vitest'
import { openStore } from '../../../adapters/storage/database.ts'
import { openOutbox } from '../../../adapters/storage/outbox-store.ts'
import { choiceSent, personSince } from '../../../adapters/storage/platform-store.ts'
import { erasePerson } from '../../../adapters/storage/privacy-store.ts'
import { accept, decideOne, only, reply, rows } from './lanes.ts'
import { inStore, NOW } from './office.ts'
import { plansOf, slowSteps } from './plans.ts'

const place = inStore()
const CHOICES = ['Tôi mua hàng', 'Tôi bán hàng']

/** A reply with choices to `who`. @returns its key. */
async function asked(who: string, choices: readonly string[] = CHOICES, channel = 'telegram'): Promise<string> {
  await accept(place.store, who, `${channel}-1`, { channel, person: `${channel}:${who}` })
  await decideOne(place.store, NOW, [{ kind: 'send', outgoing: { ...reply('Việc nào?'), choices } }])
  return (await rows(place.store, 'outbox')).at(-1)?.id ?? expect.unreachable()
}
const words = (data: string, address = 'a', channel = 'telegram') => choiceSent(place.store, channel, address, data)

describe('a button', () => {
  it('is the words of its choice, before and after the reply is marked as sent', async () => {
    const key = await asked('a')
    expect([await words(`${key}:0`), await words(`${key}:1`)]).toEqual(CHOICES)
    const [parcel] = await openOutbox(place.store).leaseParcels('telegram', NOW, 1_000, 1)
    await openOutbox(place.store).markSent(parcel ?? expect.unreachable(), NOW)
    expect(await words(`${key}:1`)).toBe(CHOICES[1])
  })

  it('is none for who was not sent it: another chat, another channel', async () => {
    const key = await asked('a')
    await asked('b')
    await asked('a', CHOICES, 'zalo-bot')
    expect([await words(`${key}:0`, 'b'), await words(`${key}:0`, 'a', 'zalo-bot'), await words(`${key}:0`, '')]).toEqual([
      undefined,
      undefined,
      undefined,
    ])
  })

  it('is none where there is no such choice', async () => {
    const key = await asked('a')
    for (const number of ['2', '99', '100', '-1', '1.0', ' 1', '1 ', '', '0x1', '٣']) expect(await words(`${key}:${number}`)).toBeUndefined()
  })

  it.each(['', ':', ':0', 'x:0', `${'-'.repeat(36)}:0`, `${'0'.repeat(36)}:0`, "' or 1=1 --:0", 'AT-01234-56789', '0\n:0', 'toString:0'])(
    'is none for %j',
    async (data) => {
      await asked('a')
      expect(await words(data)).toBeUndefined()
    },
  )

  it('is none for a key with something before or after it', async () => {
    const key = await asked('a')
    for (const data of [`${key}:0\n`, `\n${key}:0`, `x${key}:0`, `${key}:0:0`, `${key.toUpperCase()}:0`, `${key} :0`])
      expect(await words(data)).toBeUndefined()
  })

  it('of something that only shows an owner is none', async () => {
    await accept(place.store, 'a', '1', { channel: 'telegram' })
    await decideOne(place.store, NOW, [{ kind: 'send', outgoing: { kind: 'owner', owner: 'staff' } }])
    expect(await words(`${(await only(place.store, 'outbox')).id}:0`)).toBeUndefined()
  })

  it('of a person who was erased is none', async () => {
    const key = await asked('a')
    await erasePerson(place.store, { person: 'telegram:a', by: 'person', why: 'thử' }, NOW)
    expect(await words(`${key}:0`)).toBeUndefined()
  })

  it('goes with a chat that moved', async () => {
    const key = await asked('a')
    const [parcel] = await openOutbox(place.store).leaseParcels('telegram', NOW, 1_000, 1)
    await openOutbox(place.store).markFailed(parcel ?? expect.unreachable(), 'moved', { at: NOW, movedTo: 'a2' }, false)
    expect([await words(`${key}:0`, 'a2'), await words(`${key}:0`, 'a')]).toEqual([CHOICES[0], undefined])
  })
})

describe('a person', () => {
  const erase = (person: string, at: number) => erasePerson(place.store, { person, by: 'person', why: 'thử' }, at)
  const since = (at: number, person = 'telegram:a') => personSince(place.store, person, at)

  it('who was never erased is known by their own name', async () => {
    expect(await since(0)).toBe('telegram:a')
  })

  it('who was erased is known by the next name for what they do afterwards, and not at all for what they did before', async () => {
    await erase('telegram:a', NOW)
    expect([await since(NOW - 1), await since(NOW), await since(NOW + 1)]).toEqual([undefined, undefined, 'telegram:a~1'])
    await erase('telegram:a~1', NOW + 100)
    expect([await since(NOW + 50), await since(NOW + 101)]).toEqual([undefined, 'telegram:a~2'])
  })

  it('is not somebody else who was erased', async () => {
    for (const other of ['telegram:ab', 'telegram:', 'zalo-bot:a', 'telegram:a~x', 'telegram:a~']) await erase(other, NOW)
    expect(await since(NOW)).toBe('telegram:a')
  })

  it('withdraws once: the same event again changes nothing', async () => {
    await accept(place.store, 'a', '1', { channel: 'telegram', person: 'telegram:a', sentAt: NOW })
    const withdraw = async (at: number) => {
      const known = await since(at)
      if (known !== undefined) await erase(known, NOW + 10)
    }
    for (let i = 0; i < 3; i++) await withdraw(NOW + 5)
    expect((await rows(place.store, 'tombstone')).map(({ person }) => person)).toEqual(['telegram:a'])
  })
})

describe('both look-ups', () => {
  it('go by index', async () => {
    const key = await asked('a')
    const plans = await plansOf(place.folder, async () => {
      const store = await openStore(place.folder)
      await choiceSent(store, 'telegram', 'a', `${key}:0`)
      await personSince(store, 'telegram:a', NOW)
      await store.close()
    })
    expect(slowSteps(plans)).toEqual([])
  })
})
