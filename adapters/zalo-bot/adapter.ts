/** The Zalo Bot Platform as one of the service's channels: sending, the door, the poll and what an operator may ask. */
import { createHash, timingSafeEqual } from 'node:crypto'
import type { ZaloBotSetting } from '../../bot/config.ts'
import { type Channel, DeliveryError, FetchError, type Fetched } from '../../bot/delivery/relay.ts'
import type { PlatformAdapter } from '../platform/adapter.ts'
import { fetchFile } from '../platform/fetch-file.ts'
import type { Inbound, Reading } from '../platform/inbound.ts'
import type { Outside } from '../platform/outside.ts'
import type { Door } from '../platform/webhook.ts'
import { WEBHOOK_PATH, zaloBotAdmin } from './admin.ts'
import { type Timeouts, type ZaloBotClient, zaloBotClient } from './client.ts'
import { mishapOf, ZaloBotError } from './error.ts'
import { type PollParts, zaloBotPoll } from './poll.ts'
import { type OwnBot, readZaloBot, ZALO_BOT } from './read.ts'

export interface ZaloBotParts {
  readonly setting: ZaloBotSetting
  readonly outside: Outside
  /** Most bytes of a photo. */
  readonly maxFileBytes: number
  /** Calls `work` after `ms`, unless what it returns is called before. */
  readonly after?: (ms: number, work: () => void) => () => void
  readonly pause?: PollParts['pause']
  readonly timeouts?: Partial<Timeouts>
}

/** @returns the adapter; nothing is asked of the platform before it is used. */
export function openZaloBot(parts: ZaloBotParts): PlatformAdapter {
  const { setting, outside, pause, timeouts } = parts
  const client = zaloBotClient({ apiRoot: setting.apiRoot, token: setting.token, outside, ...(timeouts ? { timeouts } : {}) })
  const { bot, learn } = ownBot(setting.token, client)
  const read = (body: unknown, reading: Reading) => readZaloBot(body, reading, bot)
  return {
    channel: channelOf(parts, client, learn),
    door: setting.webhookSecret === undefined ? undefined : doorOf(setting.webhookSecret, read),
    poll: zaloBotPoll({ client, read, learn, ...(pause ? { pause } : {}) }),
    admin: zaloBotAdmin(client, setting.webhookSecret),
  }
}

/**
 * Who we are. The number before the colon of the token is public and stays when the token is replaced. What the platform calls us is asked once, with the first send: before
 * we have sent anything, nothing of ours can come back.
 */
function ownBot(token: string, client: ZaloBotClient): { readonly bot: OwnBot; learn(): void } {
  const key = token.slice(0, token.indexOf(':'))
  const ids = new Set([key])
  let asked = false
  const learn = () => {
    if (asked) return
    asked = true
    client.getMe().then(
      (me) => ids.add(me.id),
      () => {
        asked = false
      },
    )
  }
  return { bot: { key, ids }, learn }
}

function channelOf(parts: ZaloBotParts, client: ZaloBotClient, learn: () => void): Channel {
  return {
    name: ZALO_BOT,
    capabilities: {
      idempotentSend: false,
      reachesAway: true,
      showsOwner: false,
      typing: true,
      maxTextLength: 2000,
      buttons: 0,
      proactiveWindowMs: null,
    },
    send: async (parcel, part) => {
      learn()
      // Without a parse_mode: what a person or a law wrote is never taken for markup.
      await client.sendMessage({ chat_id: parcel.address, text: part.text }).catch((error) => {
        throw deliveryError(error)
      })
    },
    typing: typingOf(client, parts.after ?? later),
    fetch: (download) => fetchPhoto(parts, download),
  }
}

const QUOTA_REST_MS = 60_000

/** @returns what a failed send means for the row, and for the channel. */
export function deliveryError(error: unknown): DeliveryError {
  if (!(error instanceof ZaloBotError)) return new DeliveryError('unexpected', 'later', { inDoubt: true })
  const { inDoubt } = error
  const mishap = mishapOf(error.code)
  switch (mishap) {
    case 'refused':
      return new DeliveryError(mishap, error.code === 400 ? 'never' : 'later', { inDoubt, cause: error })
    case 'token_refused':
      return new DeliveryError(mishap, 'later', { inDoubt, wholeChannel: true, cause: error })
    case 'not_found':
      return new DeliveryError(mishap, 'when_heard', { inDoubt, cause: error })
    case 'quota':
      return new DeliveryError(mishap, { afterMs: QUOTA_REST_MS }, { inDoubt, wholeChannel: true, cause: error })
    case 'platform_fault':
    case 'not_sent':
    case 'no_answer':
    case 'unreadable':
      return new DeliveryError(mishap, 'later', { inDoubt, cause: error })
  }
}

/** An answer that is there sooner needs no sign that it is coming; each call counts against the plan. */
const TYPING_AFTER_MS = 700

function typingOf(client: ZaloBotClient, after: NonNullable<ZaloBotParts['after']>): NonNullable<Channel['typing']> {
  const waiting = new Map<string, () => void>()
  const show = (address: string) => {
    waiting.delete(address)
    client.sendChatAction({ chat_id: address, action: 'typing' }).catch(() => undefined)
  }
  return (address, on) => {
    if (on && !waiting.has(address))
      waiting.set(
        address,
        after(TYPING_AFTER_MS, () => show(address)),
      )
    if (on) return
    waiting.get(address)?.()
    waiting.delete(address)
  }
}

function later(ms: number, work: () => void): () => void {
  const timer = setTimeout(work, ms).unref()
  return () => clearTimeout(timer)
}

const FILE_MS = 30_000

async function fetchPhoto({ setting, outside, maxFileBytes }: ZaloBotParts, download: string): Promise<Fetched> {
  const url = urlOf(download)
  if (url === undefined) throw new FetchError('unreachable', 'never')
  return fetchFile(outside, url, { hosts: setting.mediaHosts, maxBytes: maxFileBytes, timeoutMs: FILE_MS })
}

function urlOf(download: string): string | undefined {
  try {
    const read: unknown = JSON.parse(download)
    return typeof read === 'object' && read !== null && 'url' in read && typeof read.url === 'string' ? read.url : undefined
  } catch {
    return undefined
  }
}

/** The secret comes as it is: no signature, no time. Both sides are hashed first, so that not even their lengths show. */
function doorOf(secret: string, read: (body: unknown, reading: Reading) => Inbound): Door {
  const expected = sha256(secret)
  return {
    channel: ZALO_BOT,
    path: WEBHOOK_PATH,
    verify: (_raw, headers) => {
      const given = headers['x-bot-api-secret-token']
      return typeof given === 'string' && timingSafeEqual(sha256(given), expected)
    },
    read,
  }
}

function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
