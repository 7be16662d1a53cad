/** What the tests of Zalo OA start from: a fake platform, a clock, tokens in memory, and the adapter on top. */
import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { inspect } from 'node:util'
import { afterEach } from 'vitest'
import { openOutside } from '../../../adapters/platform/outside.ts'
import { openZaloOa, type ZaloOaParts } from '../../../adapters/zalo-oa/adapter.ts'
import { openTokens, type StoredTokens, type TokenStore } from '../../../adapters/zalo-oa/tokens.ts'
import type { ZaloOaSetting } from '../../../bot/config.ts'
import type { Parcel, Part } from '../../../bot/delivery/message.ts'
import { DeliveryError } from '../../../bot/delivery/relay.ts'
import { type FakeZaloOa, startFakeZaloOa } from '../../fakes/zalo-oa.ts'

/** 12:00 on 26 November 2026 in Vietnam. */
export const NOON = Date.UTC(2026, 10, 26, 5)
export const ANN = '8899776655443322110'

const FIXTURES = resolve(import.meta.dirname, '../../../../shared/channel-fixtures')
export const thereAreFixtures = existsSync(resolve(FIXTURES, 'index.json'))
export const readFixture = (file: string): Buffer => readFileSync(resolve(FIXTURES, file))
export const hasFixture = (file: string): boolean => existsSync(resolve(FIXTURES, file))

const opened: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of opened.splice(0).reverse()) await close()
})

/** Closed at the end of the test. */
export function closing(close: () => Promise<unknown>): void {
  opened.push(async () => {
    await close()
  })
}

export interface MemoryStore extends TokenStore {
  /** What is on the disk, as it were. */
  disk: StoredTokens | undefined
  readonly saves: StoredTokens[]
  /** From now on saving fails. */
  full: boolean
}

export function memoryStore(disk?: StoredTokens): MemoryStore {
  const store: MemoryStore = {
    ...{ disk, saves: [], full: false },
    read: async () => store.disk,
    save: async (state) => {
      if (store.full) throw new Error('ENOSPC')
      store.saves.push(state)
      store.disk = state
    },
  }
  return store
}

export async function openFake() {
  const time = { now: NOON }
  const clock = () => time.now
  const fake = await startFakeZaloOa({ clock, pausesMs: [1, 1, 1, 1, 1] })
  closing(() => fake.close())
  const outside = openOutside([fake.host])
  closing(() => outside.close())
  return { time, clock, fake, outside, setting: settingOf(fake) }
}

export function settingOf({ env }: FakeZaloOa): ZaloOaSetting {
  return {
    ...{ appId: env['ZALO_OA_APP_ID'] ?? '', appSecret: env['ZALO_OA_APP_SECRET'] ?? '', secretKey: env['ZALO_OA_SECRET_KEY'] ?? '' },
    ...{ refreshToken: env['ZALO_OA_REFRESH_TOKEN'] ?? '', apiRoot: env['ZALO_OA_API_ROOT'] ?? '', oauthRoot: env['ZALO_OA_OAUTH_ROOT'] ?? '' },
    mediaHosts: [env['ZALO_MEDIA_HOSTS'] ?? ''],
  }
}

export async function openChain(given: { readonly store?: MemoryStore } = {}) {
  const world = await openFake()
  const store = given.store ?? memoryStore()
  const troubles: string[] = []
  const chain = () => openTokens({ ...world.setting, outside: world.outside, clock: world.clock, store, trouble: (code) => troubles.push(code) })
  return { ...world, store, troubles, chain, tokens: chain() }
}

/** Where nobody may go: the address is private and not listed. */
export const NOWHERE = 'http://192.168.1.1'

export async function openAdapter({ apiRoot, ...more }: Partial<ZaloOaParts> & { readonly apiRoot?: string } = {}) {
  const world = await openFake()
  const store = memoryStore()
  const told: string[] = []
  const events = { charged: () => void told.push('charged'), trouble: (code: string) => void told.push(code) }
  const { outside, clock } = world
  const setting = apiRoot === undefined ? world.setting : { ...world.setting, apiRoot }
  const adapter = openZaloOa({ setting, outside, clock, tokens: store, maxFileBytes: 1_000, events, ...more })
  const send = (text: string, to = ANN, choices: readonly string[] = []) => adapter.channel.send(parcelTo(to), partOf(text, choices))
  return { ...world, store, told, adapter, send }
}

function parcelTo(address: string): Parcel {
  const body = { kind: 'reply', author: 'assistant', status: 'service', text: '', sections: [], citations: [], choices: [] } as const
  return {
    ...{ key: 'k', conversation: 'c', channel: 'zalo-oa', address, replyTo: null, body, createdAt: NOON },
    ...{ attempts: 0, delivered: 0, doubts: 0, heardAt: NOON },
  }
}

function partOf(text: string, choices: readonly string[]): Part {
  return { text, headings: [], choices, number: 0 }
}

/** @returns what a send failed with. */
export async function failureOf(sending: Promise<unknown>): Promise<DeliveryError> {
  const error = await sending.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  if (error instanceof DeliveryError) return error
  throw new Error(`not a DeliveryError: ${inspect(error)}`)
}

/** @returns everything that an error could give away, its causes included. */
export function wholeOf(error: unknown): string {
  const { message = '', stack = '', cause } = error as { message?: string; stack?: string; cause?: unknown }
  return [message, stack, inspect(error, { depth: 10, showHidden: true }), cause === undefined ? '' : wholeOf(cause)].join('\n')
}
