/** The whole service with all three platforms around it: what each of them was promised, seen from outside. */
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { openStore } from '../../adapters/storage/database.ts'
import { turnOff, turnOn } from '../../adapters/storage/switch-store.ts'
import { CHANNEL_SAY } from '../../bot/wording/channels.ts'
import { HEADING } from '../../bot/wording/vi.ts'
import { openReal } from '../bot/open.ts'
import { PLATFORM_NAMES } from '../crash/platforms.ts'
import { openTown, PEOPLE, type Town } from './open.ts'

// Each opens a whole service, and some wait for what a platform or a stop takes.
vi.setConfig({ testTimeout: 240_000 })

// The index is built once, whoever comes first.
beforeAll(() => openReal())
let town: Town
beforeEach(async () => {
  town = await openTown()
})
afterEach(() => town.close())

const QUESTION = 'Mua áo trên mạng giao không giống ảnh, shop không cho trả thì làm sao?'
const squeezed = (text: string) => text.replaceAll(/\s+/g, '')
const WAIT = { timeout: 45_000, interval: 50 }

interface OutboxRow {
  readonly channel: string
  readonly state: string
  readonly body: string
  readonly lease_until: number | null
}
const outbox = () => town.read<OutboxRow>('select channel, state, body, lease_until from outbox')
const sentOn = (channel: string) => outbox().filter((row) => row.channel === channel && row.state === 'sent')

/** The one reply of a channel is shown whole, its basis included. */
async function expectAnswered(name: (typeof PLATFORM_NAMES)[number]): Promise<void> {
  await vi.waitFor(() => expect(sentOn(name)).toHaveLength(1), WAIT)
  const { text } = JSON.parse(sentOn(name)[0]?.body ?? '') as { text: string }
  expect(text).toContain(`${HEADING.basis}:`)
  expect(
    squeezed(
      town
        .shown(name)
        .map((one) => one.text)
        .join(''),
    ),
  ).toContain(squeezed(text))
}

describe('with a public address', () => {
  it('answers a question on each platform whole, with its basis, and once, however often it is delivered', async () => {
    await town.start()
    for (const name of PLATFORM_NAMES)
      expect(await town[name].say(PEOPLE[name], QUESTION, { repeat: 2 })).toMatchObject({ acknowledged: true, deliveries: 3 })
    for (const name of PLATFORM_NAMES) await expectAnswered(name)
    expect(town.read('select id from inbox')).toHaveLength(PLATFORM_NAMES.length)
  })
})

describe('without a public address', () => {
  it('fetches what is said to Telegram and to the Zalo bot', async () => {
    await town.start({ reachable: false })
    void town.telegram.say(PEOPLE.telegram, QUESTION)
    void town['zalo-bot'].say(PEOPLE['zalo-bot'], QUESTION)
    await expectAnswered('telegram')
    await expectAnswered('zalo-bot')
  })
})

describe('a disk that takes nothing', () => {
  it('is said honestly, and what is delivered again is taken once', async () => {
    let full = true
    const refuse = async () => {
      throw Object.assign(new Error('disk is full'), { code: 'SQLITE_FULL' })
    }
    await town.start({ exchange: (parts) => ({ ...parts, inbox: { accept: (arrival) => (full ? refuse() : parts.inbox.accept(arrival)) } }) })
    const update = {
      update_id: 1,
      message: { message_id: 1, date: 0, chat: { id: 50110001, type: 'private' }, from: { id: 50110001 }, text: 'Xin chào' },
    }
    expect(await town.telegram.post(JSON.stringify(update))).toBe(503)
    const said = PLATFORM_NAMES.map((name) => town[name].say(PEOPLE[name], QUESTION))
    await vi.waitFor(() => expect(town.logged.filter((event) => event.event === 'request' && event.status === 503).length).toBeGreaterThan(4), WAIT)
    expect(town.read('select id from inbox')).toEqual([])
    full = false
    for (const one of await Promise.all(said)) expect(one.acknowledged).toBe(true)
    for (const name of PLATFORM_NAMES) await expectAnswered(name)
    expect(town.read('select id from inbox')).toHaveLength(PLATFORM_NAMES.length)
  })
})

describe('a platform that hangs', () => {
  it('does not hold up a stop, and gets what it may have missed, marked', async () => {
    const env = { STOP_SECONDS: '6' }
    const service = await town.start({ env })
    town.telegram.know(PEOPLE.telegram)
    town.telegram.trouble({ kind: 'hang' })
    await town.telegram.say(PEOPLE.telegram, QUESTION)
    await town.telegram.whenCalled('sendMessage', 1)
    // The program ends itself, and badly, when a stop takes longer.
    const late = new Promise((done) => setTimeout(() => done('late'), 6_000))
    expect(await Promise.race([service.stop().then(() => 'in time'), late])).toBe('in time')
    expect(outbox().filter((row) => row.channel === 'telegram')).toEqual([expect.objectContaining({ state: 'pending', lease_until: null })])
    await town.start({ env })
    await expectAnswered('telegram')
    expect(town.shown('telegram')[0]?.text.startsWith(CHANNEL_SAY.again)).toBe(true)
  })
})

describe('a channel that is switched off', () => {
  it('keeps its replies and sends them afterwards, and the others go on', async () => {
    const store = await openStore(town.folder)
    try {
      const target = { scope: 'channel', name: 'zalo-oa' } as const
      await turnOff(store, target, { by: 'người trực', reason: 'thử công tắc' }, Date.now())
      await town.start()
      for (const name of PLATFORM_NAMES) await town[name].say(PEOPLE[name], QUESTION)
      await expectAnswered('telegram')
      await expectAnswered('zalo-bot')
      await vi.waitFor(() => expect(outbox().filter((row) => row.channel === 'zalo-oa')).toHaveLength(1), WAIT)
      expect(town.shown('zalo-oa')).toEqual([])
      await turnOn(store, target, { by: 'người trực' }, Date.now())
      await expectAnswered('zalo-oa')
    } finally {
      await store.close()
    }
  })
})

describe('a plan that runs out', () => {
  it('is told before and when it does', async () => {
    let shift = 0
    const clock = () => Date.now() + shift
    await town.start({ clock, env: { ZALO_BOT_MOST_MESSAGES: '1000', ZALO_BOT_MOST_USERS: '1' } })
    await town['zalo-bot'].say(PEOPLE['zalo-bot'], QUESTION)
    await expectAnswered('zalo-bot')
    // It looks once a minute.
    shift = 61_000
    expect(await town.whenLogged((event) => event.event === 'plan')).toEqual({ event: 'plan', channel: 'zalo-bot', code: 'users_used_up' })
    expect(town.logged.filter((event) => event.event === 'plan')).toHaveLength(1)
  })
})
