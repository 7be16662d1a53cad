/** What the API's client lets out: a code, and nothing that was said, sent or secret. */
import type { Api } from 'grammy'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type Ask, openApi, TelegramError } from '../../../adapters/telegram/api.ts'
import { everythingIn, type Opened, openAgainstFake, SECRET, TOKEN } from './open.ts'

const WORDS = 'lời của một người'
let opened: Opened
let ask: Ask

beforeEach(async () => {
  opened = await openAgainstFake()
  opened.fake.know('501')
  ask = openApi({ token: TOKEN, webhookSecret: SECRET, apiRoot: opened.fake.root }, opened.outside, 5_000)
})
afterEach(() => opened.close())

async function failure(asking: Promise<unknown>): Promise<TelegramError> {
  const error = await asking.then(
    () => undefined,
    (error: unknown) => error,
  )
  if (!(error instanceof TelegramError)) throw new Error('expected a TelegramError')
  for (const hidden of [TOKEN, TOKEN.split(':')[1], WORDS, SECRET, opened.fake.root]) expect(everythingIn(error)).not.toContain(hidden)
  return error
}

const send = (api: Api) => api.sendMessage('501', WORDS)

test.each<[string, () => unknown, string]>([
  ['a refusal', () => opened.fake.answer(400, { ok: false, error_code: 400, description: `Bad Request: ${WORDS} ${TOKEN}` }), 'refused'],
  ['a fault', () => opened.fake.trouble({ kind: 'status', status: 500 }), 'in_doubt'],
  ['a broken connection', () => opened.fake.trouble({ kind: 'reset' }), 'in_doubt'],
  ['no JSON', () => opened.fake.trouble({ kind: 'not_json' }), 'in_doubt'],
  ['odd parameters', () => opened.fake.answer(429, { ok: false, error_code: 429, description: null, parameters: null }), 'too_many'],
  ['an odd description', () => opened.fake.answer(400, { ok: false, error_code: 400, description: { a: 1 }, parameters: 'x' }), 'refused'],
])('%s is a code', async (_what, prepare, code) => {
  prepare()
  expect((await failure(ask(send))).code).toBe(code)
})

test('a fault of ours in between is told as doubt, and by nothing else', async () => {
  const faulty = ask(() => Promise.reject(new Error(`${opened.fake.root}/bot${TOKEN}/sendMessage ${WORDS}`)))
  expect((await failure(faulty)).code).toBe('in_doubt')
})

test('an abort reaches a call that waits', async () => {
  const stop = new AbortController()
  const signal = stop.signal as unknown as NonNullable<Parameters<Api['getUpdates']>[1]>
  const waiting = ask((api) => api.getUpdates({ timeout: 50 }, signal))
  await opened.fake.whenCalled('getUpdates', 1)
  stop.abort()
  await failure(waiting)
  // An aborted signal asks nothing any more.
  await failure(ask((api) => api.getUpdates({ timeout: 50 }, signal)))
  expect(opened.fake.calls().get('getUpdates')).toBe(1)
})

test('a call that hangs is given up', async () => {
  const hasty = openApi({ token: TOKEN, webhookSecret: SECRET, apiRoot: opened.fake.root }, opened.outside, 50)
  opened.fake.trouble({ kind: 'hang' })
  expect((await failure(hasty(send))).code).toBe('in_doubt')
})
