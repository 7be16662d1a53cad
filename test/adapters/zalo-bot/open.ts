/** What the tests of the Zalo Bot room share: a running fake, the room opened on it, events as they come, and a search for the token in an error. */
import { inspect } from 'node:util'
import { type Outside, openOutside } from '../../../adapters/platform/outside.ts'
import { openZaloBot, type ZaloBotParts } from '../../../adapters/zalo-bot/adapter.ts'
import { type ClientOptions, zaloBotClient } from '../../../adapters/zalo-bot/client.ts'
import type { ZaloBotSetting } from '../../../bot/config.ts'
import type { Parcel, Part } from '../../../bot/delivery/message.ts'
import { type FakeZaloBotOptions, startFakeZaloBot } from '../../fakes/zalo-bot.ts'

export const NOW = Date.UTC(2026, 10, 26, 7, 0, 0)
export const USER = 'a1b2c3d4e5f607182930'
export const TOKEN = '4601234567:mau-khoa_cho_thu-nghiem'
export const SECRET = 'bi-mat-webhook-zalo-bot'
export const reading = { receivedAt: NOW, pseudonym: (id: string) => `p-${id}` }

const closing: (() => Promise<void>)[] = []
/** For `afterEach`: closes what the tests opened, the last first. */
export async function closeAll(): Promise<void> {
  for (const close of closing.splice(0).reverse()) await close()
}
export function closeLater(close: () => Promise<void>): void {
  closing.push(close)
}

export function way(hosts: readonly string[]): Outside {
  const outside = openOutside(hosts)
  closeLater(() => outside.close())
  return outside
}

export async function startFake(options: FakeZaloBotOptions = {}) {
  const fake = await startFakeZaloBot({ retryPauseMs: 0, ...options })
  closeLater(() => fake.close())
  return fake
}

export function settingOf(apiRoot: string, more: Partial<ZaloBotSetting> = {}): ZaloBotSetting {
  return { token: TOKEN, webhookSecret: SECRET, apiRoot, mediaHosts: [new URL(apiRoot).host], mostUsers: 50, mostMessages: 3000, ...more }
}

export async function openOnFake(options: FakeZaloBotOptions = {}, more: Partial<ZaloBotParts> = {}, setting: Partial<ZaloBotSetting> = {}) {
  const fake = await startFake(options)
  const parts = { setting: settingOf(fake.root, setting), outside: way([fake.host]), maxFileBytes: 1_000_000, ...more }
  return { fake, adapter: openZaloBot(parts) }
}

export async function clientOnFake(options: FakeZaloBotOptions = {}, more: Partial<ClientOptions> = {}) {
  const fake = await startFake(options)
  return { fake, client: zaloBotClient({ apiRoot: fake.root, token: TOKEN, outside: way([fake.host]), ...more }) }
}

export function part(text: string): Part {
  return { text, headings: [], choices: [], number: 0 }
}

export function parcel(address = USER): Parcel {
  return {
    ...{
      key: 'k1',
      conversation: 'c1',
      channel: 'zalo-bot',
      address,
      replyTo: null,
      createdAt: NOW,
      attempts: 0,
      delivered: 0,
      doubts: 0,
      heardAt: NOW,
    },
    body: { kind: 'reply', author: 'assistant', status: 'service', text: 'x', sections: [], citations: [], choices: [] },
  }
}

/** @returns an event as it really comes: flat. */
export function event(name: string, more: object = {}) {
  const message = {
    from: { id: USER, display_name: 'Người dùng', is_bot: false },
    chat: { id: USER, chat_type: 'PRIVATE' },
    message_id: 'm1',
    date: NOW - 1_000,
  }
  return { event_name: `message.${name}.received`, message: { ...message, ...more } }
}

/** Everything that an error would show anywhere: its words, its trace, its fields and its causes. */
export function everythingOf(error: unknown): string {
  return inspect(error, { depth: null, showHidden: true, getters: true })
}

/** @returns what a promise was rejected with. Throws when it was not. */
export async function failureOf(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => {
      throw new Error('It was not rejected.')
    },
    (error) => error,
  )
}
