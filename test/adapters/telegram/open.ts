/** Telegram's adapter before a fake Telegram, as the tests of this folder need it. */
import { randomUUID } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { PlatformAdapter } from '../../../adapters/platform/adapter.ts'
import type { Reading } from '../../../adapters/platform/inbound.ts'
import { type Outside, openOutside } from '../../../adapters/platform/outside.ts'
import { openTelegram, type TelegramParts } from '../../../adapters/telegram/adapter.ts'
import type { Parcel, Part } from '../../../bot/delivery/message.ts'
import { type FakeTelegram, type FakeTelegramOptions, startFakeTelegram } from '../../fakes/telegram.ts'

export const TOKEN = '7000000001:never-to-be-seen_In-an-error'
export const SECRET = 'Fixture_secret-01'
/** 2026-09-10, shortly after the fixtures were sent. */
export const NOW = 1_789_033_600_000

export interface Opened {
  readonly fake: FakeTelegram
  readonly adapter: PlatformAdapter
  readonly outside: Outside
  close(): Promise<void>
}

/** @param changes to what the adapter is given */
export async function openAgainstFake(changes: Partial<TelegramParts> = {}, options: FakeTelegramOptions = {}): Promise<Opened> {
  const fake = await startFakeTelegram({ token: TOKEN, secret: SECRET, clock: () => NOW, ...options })
  const outside = openOutside([fake.host])
  const setting = { token: TOKEN, webhookSecret: SECRET, apiRoot: fake.root }
  const adapter = openTelegram({ setting, outside, clock: () => NOW, maxFileBytes: 1_000_000, ...changes })
  const close = async () => {
    await fake.close()
    await outside.close()
  }
  return { fake, adapter, outside, close }
}

export const reading: Reading = { receivedAt: NOW, pseudonym: (id) => `p(${id})` }

export function parcelTo(address: string): Parcel {
  const body = { kind: 'owner', owner: 'bot' } as const
  return {
    ...{ key: randomUUID(), conversation: randomUUID(), channel: 'telegram', address, replyTo: null, body, createdAt: NOW },
    ...{ attempts: 0, delivered: 0, doubts: 0, heardAt: NOW },
  }
}

export function partOf(text: string, changes: Partial<Part> = {}): Part {
  return { text, headings: [], choices: [], number: 0, ...changes }
}

/** Everything that can be seen of an error, wherever it ends up. */
export function everythingIn(error: unknown): string {
  if (!(error instanceof Error)) return JSON.stringify(error) ?? ''
  const own = Object.getOwnPropertyNames(error).map((name) => `${name}: ${JSON.stringify(Reflect.get(error, name))}`)
  return [
    error.name,
    error.message,
    error.stack,
    JSON.stringify(error),
    ...own,
    ...(error.cause === undefined ? [] : [everythingIn(error.cause)]),
  ].join('\n')
}

const folder = fileURLToPath(new URL('../../../../shared/channel-fixtures/telegram/', import.meta.url))
export const fixturesThere = existsSync(folder)

export function fixture(name: string): unknown {
  return JSON.parse(readFileSync(`${folder}${name}.json`, 'utf8'))
}
