/** Zalo Official Account as a platform: its door, its channel, and what an operator may ask of it. It cannot be polled. */
import { z } from 'zod'
import type { ZaloOaSetting } from '../../bot/config.ts'
import { type Channel, DeliveryError, FetchError, type Fetched } from '../../bot/delivery/relay.ts'
import type { PlatformAdapter, PlatformAdmin, Report } from '../platform/adapter.ts'
import { fetchFile } from '../platform/fetch-file.ts'
import type { Outside } from '../platform/outside.ts'
import type { Door } from '../platform/webhook.ts'
import { MOST_BUTTONS, MOST_TEXT, type OaClient, openOaClient } from './client.ts'
import { read, ZALO_OA } from './read.ts'
import { ACCEPTED, DELETE_WEBHOOK, settingSentence, setWebhookSentences, tokenSentence, troubleSentence } from './sentences.ts'
import { verify } from './signature.ts'
import { type OaTokens, openTokens, type TokenStore } from './tokens.ts'

export interface ZaloOaParts {
  readonly setting: ZaloOaSetting
  readonly outside: Outside
  readonly clock: () => number
  readonly tokens: TokenStore
  /** Of one fetched file. */
  readonly maxFileBytes: number
  /** Most choices shown as buttons, up to 5. Default 0: whether version 3 of the API shows them is not verified. */
  readonly buttons?: number
  readonly events?: ZaloOaEvents
}

export interface ZaloOaEvents {
  /** A message went out that Zalo does not say is free. */
  charged(): void
  /** A code of what went wrong with the access to Zalo; never words of Zalo. */
  trouble(code: string): void
}

/** A person may be written to for so long after their last message. */
const WINDOW_MS = 7 * 24 * 60 * 60_000
const FETCH_MS = 20_000

/** @returns the platform; asks Zalo for nothing yet. */
export function openZaloOa(parts: ZaloOaParts): PlatformAdapter {
  const { setting, outside, clock, events } = parts
  const tokens = openTokens({ ...setting, outside, clock, store: parts.tokens, ...(events ? { trouble: events.trouble.bind(events) } : {}) })
  const charged = events ? { charged: events.charged.bind(events) } : {}
  const client = openOaClient({ apiRoot: setting.apiRoot, outside, clock, tokens, ...charged })
  return {
    ...{ channel: channelOf(parts, client), door: doorOf(setting), poll: undefined, admin: adminOf(tokens, client) },
    // A refresh token that nobody uses dies after three months: an OA that is silent for so long would be locked out.
    tend: async () => void (await tokens.access()),
  }
}

function channelOf({ setting, outside, maxFileBytes, buttons = 0 }: ZaloOaParts, client: OaClient): Channel {
  const most = Math.min(MOST_BUTTONS, Math.max(0, buttons))
  return {
    name: ZALO_OA,
    capabilities: {
      ...{ idempotentSend: false, reachesAway: true, showsOwner: false, typing: false },
      ...{ maxTextLength: MOST_TEXT, buttons: most, proactiveWindowMs: WINDOW_MS },
    },
    send: ({ address }, { text, choices }) => client.sendText(address, text, choices.slice(0, most)),
    fetch: (download) => fetchPicture(outside, download, setting.mediaHosts, maxFileBytes),
  }
}

const downloadable = z.object({ url: z.string().min(1) })

async function fetchPicture(outside: Outside, download: string, hosts: readonly string[], maxBytes: number): Promise<Fetched> {
  const given = downloadable.safeParse(jsonOf(download))
  if (!given.success) throw new FetchError('unreachable', 'never')
  return fetchFile(outside, given.data.url, { hosts, maxBytes, timeoutMs: FETCH_MS })
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function doorOf({ appId, secretKey }: ZaloOaSetting): Door {
  return {
    channel: ZALO_OA,
    path: '/webhooks/zalo-oa',
    verify: (raw, headers) => verify(raw, headers['x-zevent-signature'], appId, secretKey),
    read,
  }
}

function adminOf(tokens: OaTokens, client: OaClient): PlatformAdmin {
  return {
    status: () => status(tokens, client),
    setWebhook: async (publicUrl) => ({ ok: false, sentences: setWebhookSentences(publicUrl) }),
    deleteWebhook: async () => ({ ok: false, sentences: DELETE_WEBHOOK }),
    test: () => test(tokens, client),
  }
}

/** A chain that has not begun is not begun by looking at it. */
async function status(tokens: OaTokens, client: OaClient): Promise<Report> {
  const state = await tokens.state()
  return state.kind === 'ready' ? test(tokens, client) : { ok: state.kind === 'unused', sentences: [tokenSentence(state)] }
}

/** Fetches a token where none is good, and asks Zalo whether it takes it. */
async function test(tokens: OaTokens, client: OaClient): Promise<Report> {
  const { ok, sentence } = await probed(client)
  const token = tokenSentence(await tokens.state())
  return { ok, sentences: token === sentence ? [token] : [token, sentence] }
}

async function probed(client: OaClient): Promise<{ readonly ok: boolean; readonly sentence: string }> {
  try {
    const error = await client.probe()
    if (error === 0) return { ok: true, sentence: ACCEPTED }
    return { ok: false, sentence: error === -216 || error === -220 ? troubleSentence('token_refused') : settingSentence(error) }
  } catch (error) {
    return { ok: false, sentence: troubleSentence(error instanceof DeliveryError ? error.code : 'unexpected') }
  }
}
