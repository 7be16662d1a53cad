/** The Zalo Bot Platform's API: its methods and parameters by its own names, and one honest error for what was refused or not answered. */
import { z } from 'zod'
import { CallError, type Called, call } from '../platform/call.ts'
import type { Outside } from '../platform/outside.ts'
import { ZaloBotError } from './error.ts'

export interface ClientOptions {
  readonly apiRoot: string
  /** Kept in here: it is part of every address, and gets into no error. */
  readonly token: string
  readonly outside: Outside
  readonly timeouts?: Partial<Timeouts>
}

/** How long an answer may take, in milliseconds. */
export interface Timeouts {
  readonly usual: number
  /** Above the {@link POLL_SECONDS} for which the platform itself waits. */
  readonly getUpdates: number
  /** The platform fetches the picture before it answers. */
  readonly sendPhoto: number
}

export const POLL_SECONDS = 30
const TIMEOUTS: Timeouts = { usual: 30_000, getUpdates: 35_000, sendPhoto: 150_000 }

const flag = z.boolean().optional().catch(undefined)
const words = z.string().optional().catch(undefined)
const number = z.coerce.number().optional().catch(undefined)
const id = z.union([z.string(), z.number()]).transform(String)

const me = z.object({ id, account_name: words, account_type: words, can_join_groups: flag })
const webhookInfo = z.object({ url: z.string().catch(''), updated_at: number })
const verification = z.object({ ok: z.boolean(), url: words, outcome: words, status_code: number, hint: words })
const webhookSet = webhookInfo.extend({ verification: verification.optional().catch(undefined) })
/** A message that was taken may come without a name: it was taken all the same. */
const sent = z.object({ message_id: id.optional().catch(undefined), date: number }).catch({ message_id: undefined, date: undefined })

export type Me = z.infer<typeof me>
export type WebhookInfo = z.infer<typeof webhookInfo>
export type WebhookSet = z.infer<typeof webhookSet>
export type Verification = z.infer<typeof verification>
export type Sent = z.infer<typeof sent>

/** `st` as "b", "c_db342e"; `start` and `len` in UTF-16 units. Ignored by the platform beside a `parse_mode`. */
export interface TextStyle {
  readonly start: number
  readonly len: number
  readonly st: readonly string[]
}

export interface TextMessage {
  readonly chat_id: string
  /** 1 to 2000 characters. */
  readonly text: string
  readonly parse_mode?: 'markdown' | 'html'
  readonly text_styles?: readonly TextStyle[]
}

/** Each method throws {@link ZaloBotError} and nothing else. */
export interface ZaloBotClient {
  getMe(): Promise<Me>
  /** @returns the result as it came: one event; undefined when there was none within {@link POLL_SECONDS}. */
  getUpdates(signal?: AbortSignal): Promise<unknown>
  /** The address is saved even where `verification.ok` is false. */
  setWebhook(given: { readonly url: string; readonly secret_token: string }): Promise<WebhookSet>
  getWebhookInfo(): Promise<WebhookInfo>
  deleteWebhook(): Promise<WebhookInfo>
  testWebhook(): Promise<Verification>
  sendMessage(given: TextMessage): Promise<Sent>
  sendPhoto(given: { readonly chat_id: string; readonly photo: string; readonly caption?: string }): Promise<Sent>
  sendSticker(given: { readonly chat_id: string; readonly sticker: string }): Promise<Sent>
  /** Only to a person: in a group it may be answered "ok" and never be heard. */
  sendVoice(given: { readonly chat_id: string; readonly voice_url: string }): Promise<Sent>
  sendChatAction(given: { readonly chat_id: string; readonly action: 'typing' }): Promise<void>
}

/** @returns the client of one bot. */
export function zaloBotClient(options: ClientOptions): ZaloBotClient {
  const timeouts = { ...TIMEOUTS, ...options.timeouts }
  const ask = (method: string, body: object = {}, timeoutMs = timeouts.usual) => askFor(options, method, body, timeoutMs)
  return {
    getMe: async () => fitting('getMe', me, await ask('getMe')),
    getUpdates: (signal) => nextUpdate(options, timeouts.getUpdates, signal),
    setWebhook: async (given) => fitting('setWebhook', webhookSet, await ask('setWebhook', given)),
    getWebhookInfo: async () => fitting('getWebhookInfo', webhookInfo, await ask('getWebhookInfo')),
    deleteWebhook: async () => fitting('deleteWebhook', webhookInfo, await ask('deleteWebhook')),
    testWebhook: async () => fitting('testWebhook', verification, await ask('testWebhook')),
    sendMessage: async (given) => sent.parse(await ask('sendMessage', given)),
    sendPhoto: async (given) => sent.parse(await ask('sendPhoto', given, timeouts.sendPhoto)),
    sendSticker: async (given) => sent.parse(await ask('sendSticker', given)),
    sendVoice: async (given) => sent.parse(await ask('sendVoice', given)),
    sendChatAction: async (given) => void (await ask('sendChatAction', given)),
  }
}

/** An idle poll ends with 408, which is no error. */
async function nextUpdate(options: ClientOptions, timeoutMs: number, signal: AbortSignal | undefined): Promise<unknown> {
  try {
    return await askFor(options, 'getUpdates', { timeout: String(POLL_SECONDS) }, timeoutMs, signal)
  } catch (error) {
    if (error instanceof ZaloBotError && error.code === 408) return undefined
    throw error
  }
}

async function askFor(options: ClientOptions, method: string, body: object, timeoutMs: number, signal?: AbortSignal): Promise<unknown> {
  const { apiRoot, token, outside } = options
  const url = `${apiRoot}/bot${token}/${method}`
  const called = await call(outside, { url, body, timeoutMs, ...(signal ? { signal } : {}) }).catch((error) => {
    throw unanswered(method, error)
  })
  return resultOf(method, called)
}

function unanswered(method: string, error: unknown): ZaloBotError {
  if (!(error instanceof CallError)) return new ZaloBotError(method, 'no_answer', true)
  return new ZaloBotError(method, error.code === 'not_sent' ? 'not_sent' : 'no_answer', error.code === 'in_doubt', { cause: error })
}

const answer = z.object({ ok: z.boolean(), result: z.unknown().optional(), error_code: number, errorCode: number })

/** `ok` decides and nothing else: the platform answers errors with the status 200 too. */
function resultOf(method: string, { status, body }: Called): unknown {
  const read = answer.safeParse(body)
  if (!read.success) throw wordless(method, status)
  const { ok, result, error_code, errorCode } = read.data
  if (ok) return result
  const code = [error_code, errorCode, status].find((given) => given !== undefined && given >= 300)
  throw code === undefined ? new ZaloBotError(method, 'unreadable', true) : new ZaloBotError(method, code, isDoubtful(code))
}

/** An answer that is not the platform's own: a gateway, a page of an error. A plain 404 says that the address is wrong, not that a chat is gone. */
function wordless(method: string, status: number): ZaloBotError {
  if (status < 300) return new ZaloBotError(method, 'unreadable', true)
  if (status === 404) return new ZaloBotError(method, 'unreadable', false)
  return new ZaloBotError(method, status, isDoubtful(status))
}

/** 403 is the platform's own fault, 408 its time-out: both may come after the work was done. */
function isDoubtful(code: number): boolean {
  return code === 403 || code === 408 || code >= 500
}

function fitting<T>(method: string, schema: z.ZodType<T>, result: unknown): T {
  const read = schema.safeParse(result)
  if (read.success) return read.data
  throw new ZaloBotError(method, 'unreadable', true)
}
