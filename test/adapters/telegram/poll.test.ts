/** Polling: nothing is lost and nothing skipped, whatever happens in between. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Polling } from '../../../adapters/platform/adapter.ts'
import type { Inbound } from '../../../adapters/platform/inbound.ts'
import { OLD_BUTTON, openTelegram } from '../../../adapters/telegram/adapter.ts'
import { TelegramError } from '../../../adapters/telegram/api.ts'
import { everythingIn, NOW, type Opened, openAgainstFake, parcelTo, partOf, reading, SECRET, TOKEN } from './open.ts'

let opened: Opened
let stop: AbortController
/** Names of what was taken, in order, repeats included. */
let taken: string[]
let troubles: string[]
let pauses: number[]
let onTrouble: (code: string) => void

beforeEach(async () => {
  pauses = []
  opened = await openAgainstFake({ pause })
  stop = new AbortController()
  ;[taken, troubles] = [[], []]
  onTrouble = () => undefined
})

afterEach(async () => {
  stop.abort()
  await opened.close()
})

const pause = async (ms: number) => void pauses.push(ms)

function nameOf(inbound: Inbound): string {
  switch (inbound.kind) {
    case 'arrival':
      return 'text' in inbound.arrival.content ? inbound.arrival.content.text : inbound.arrival.content.kind
    case 'press':
      return inbound.press.data
    case 'withdraw':
      return 'withdraw'
    case 'ignored':
      return inbound.reason
  }
}

function polling(take: (name: string) => void = () => undefined): Polling {
  return {
    take: async (inbound) => {
      const name = nameOf(inbound)
      take(name)
      taken.push(name)
      return inbound.kind === 'press' ? 'old_button' : 'new'
    },
    reading: () => reading,
    trouble: (code) => {
      troubles.push(code)
      onTrouble(code)
    },
  }
}

/** Begins to poll. @returns the end of it. */
function start(take?: (name: string) => void, adapter = opened.adapter): Promise<void> {
  if (!adapter.poll) throw new Error('expected a poll')
  return adapter.poll(polling(take), stop.signal)
}

test('each update is taken in order, and forgotten by Telegram once it is', async () => {
  const running = start()
  const said = await Promise.all(['một', 'hai', 'ba'].map((words) => opened.fake.say('501', words)))
  expect(taken).toEqual(['một', 'hai', 'ba'])
  expect(said.every(({ acknowledged }) => acknowledged)).toBe(true)
  stop.abort()
  await running
  expect(opened.fake.bodies('getUpdates')[0]).toEqual({
    limit: 10,
    timeout: 25,
    allowed_updates: ['message', 'edited_message', 'callback_query', 'my_chat_member'],
  })
})

test('more than one answer holds is fetched in several', async () => {
  const words = Array.from({ length: 25 }, (_, index) => `câu ${index}`)
  const said = words.map((one) => opened.fake.say('501', one))
  const running = start()
  await Promise.all(said)
  expect(taken).toEqual(words)
  stop.abort()
  await running
})

test('an abort ends the wait for updates at once', async () => {
  // It would end by itself, but not before this test is given up.
  const patient = await openAgainstFake({ timeoutMs: 600_000 })
  const running = start(undefined, patient.adapter)
  await patient.fake.whenCalled('getUpdates', 1)
  stop.abort()
  await running
  expect(troubles).toEqual([])
  await patient.close()
})

test('what could not be taken is tried again until it is, and nothing overtakes it', async () => {
  const said = ['một', 'hai', 'ba'].map((words) => opened.fake.say('501', words))
  let refusals = 3
  const running = start((name) => {
    if (name === 'hai' && refusals-- > 0) throw new Error('the disk is full')
  })
  await Promise.all(said)
  expect(taken).toEqual(['một', 'hai', 'ba'])
  expect(troubles).toEqual(['not_kept', 'not_kept', 'not_kept'])
  expect(pauses).toEqual([1_000, 2_000, 4_000])
  stop.abort()
  await running
})

test('what was not taken before a restart is fetched again after it; what was taken may be', async () => {
  const said = ['một', 'hai', 'ba'].map((words) => opened.fake.say('501', words))
  await start((name) => {
    if (name !== 'hai') return
    stop.abort()
    throw new Error('the process ends')
  })
  expect(taken).toEqual(['một'])
  stop = new AbortController()
  const running = start()
  await Promise.all(said)
  expect(taken).toEqual(['một', 'một', 'hai', 'ba'])
  stop.abort()
  await running
})

test('an update that nobody understands does not hold up the others', async () => {
  const running = start()
  await Promise.all([opened.fake.happen('501', 'message', { text: 7 }), opened.fake.say('501', 'hai')])
  expect(taken).toEqual(['malformed', 'hai'])
  stop.abort()
  await running
})

test.each([[{}], [null], ['x'], [[{}]], [[null, 7]]])('an answer like %j is waited out, not asked for without end', async (result) => {
  opened.fake.answerPoll(result)
  opened.fake.answerPoll(result)
  const running = start()
  await opened.fake.say('501', 'một')
  expect(troubles).toEqual(['no_answer', 'no_answer'])
  expect(pauses).toEqual([1_000, 2_000])
  expect(taken.at(-1)).toBe('một')
  stop.abort()
  await running
})

test('one update without a number does not bring back the others', async () => {
  opened.fake.answerPoll([{ update_id: 7, message: {} }, {}])
  const running = start()
  await opened.fake.whenCalled('getUpdates', 2)
  expect(taken).toEqual(['malformed', 'not_an_event'])
  expect(opened.fake.bodies('getUpdates')[1]).toMatchObject({ offset: 8 })
  stop.abort()
  await running
})

test('after a quiet week Telegram may count from anywhere', async () => {
  // It does not wait for updates here: the answer that forgets the first one comes at once.
  const { fake, adapter, close } = await openAgainstFake({ timeoutMs: 5_000 })
  const running = start(undefined, adapter)
  await fake.say('501', 'một')
  fake.countFrom(5)
  await fake.say('501', 'hai')
  expect(taken).toEqual(['một', 'hai'])
  stop.abort()
  await running
  await close()
})

test('a pressed button is answered here as well', async () => {
  opened.fake.know('501')
  await opened.adapter.channel.send(parcelTo('501'), partOf('Bạn cần gì?', { choices: ['Hỏi'] }))
  const [shown] = opened.fake.shown('501')
  if (!shown) throw new Error('expected a message')
  const running = start()
  await opened.fake.press('501', shown, 0)
  await opened.fake.whenPressesAnswered(1)
  expect(opened.fake.pressAnswers()).toEqual([OLD_BUTTON])
  stop.abort()
  await running
})

test('somebody else who receives is told by name, and polling goes on once they are gone', async () => {
  opened.fake.deliverTo('http://127.0.0.1:9')
  onTrouble = () => troubles.length === 3 && opened.fake.deliverTo(undefined)
  const running = start()
  await opened.fake.whenCalled('getUpdates', 4)
  expect(troubles).toEqual(['another_poller_or_webhook', 'another_poller_or_webhook', 'another_poller_or_webhook'])
  expect(pauses).toEqual([1_000, 2_000, 4_000])
  await opened.fake.say('501', 'một')
  expect(taken).toEqual(['một'])
  stop.abort()
  await running
})

test('a second poller is noticed', async () => {
  const running = start()
  await opened.fake.whenCalled('getUpdates', 1)
  const told = new Promise<string>((done) => {
    onTrouble = done
  })
  const other = new AbortController()
  const second = openTelegram({
    setting: { token: TOKEN, webhookSecret: SECRET, apiRoot: opened.fake.root },
    outside: opened.outside,
    clock: () => NOW,
    maxFileBytes: 1,
    pause,
  })
  const ending = second.poll?.({ ...polling(), trouble: () => undefined }, other.signal)
  const code = await told
  other.abort()
  stop.abort()
  await Promise.all([running, ending])
  expect(code).toBe('another_poller_or_webhook')
})

test('a Telegram that is away is waited for, longer each time, and a minute at most', async () => {
  await opened.fake.close()
  onTrouble = () => troubles.length === 9 && stop.abort()
  await start()
  expect(new Set(troubles)).toEqual(new Set(['not_sent']))
  expect(pauses).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000, 60_000])
})

test('an abort ends a pause at once', async () => {
  const real = await openAgainstFake()
  await real.fake.close()
  onTrouble = () => stop.abort()
  await start(undefined, real.adapter)
  expect(troubles).toEqual(['not_sent'])
  await real.close()
})

test('a token that Telegram does not know ends it, and stands in no error', async () => {
  const wrong = `${TOKEN}x`
  const adapter = openTelegram({
    setting: { token: wrong, webhookSecret: undefined, apiRoot: opened.fake.root },
    outside: opened.outside,
    clock: () => NOW,
    maxFileBytes: 1,
    pause,
  })
  const error = await start(undefined, adapter).catch((error: unknown) => error)
  expect(error).toBeInstanceOf(TelegramError)
  expect(error).toMatchObject({ code: 'token_refused' })
  expect(everythingIn(error)).not.toContain(wrong.split(':')[1])
})
