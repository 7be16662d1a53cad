/** The part of Zalo's Official Account API, version 3, that is used here. Success is `error: 0` in the body; the HTTP status says 200 to failures too. */
import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { DeliveryError } from '../../bot/delivery/relay.ts'
import { CallError, type Called, call } from '../platform/call.ts'
import type { Outside } from '../platform/outside.ts'
import { errorNumber } from './error-number.ts'
import { isSetting, refusal, tokenFault, tooOften, withoutToken } from './failures.ts'
import { type OaTokens, TokenError } from './tokens.ts'

/** Longest text, in UTF-16 units. */
export const MOST_TEXT = 2_000
/** Most buttons under a text. */
export const MOST_BUTTONS = 5
const MOST_IMAGE_BYTES = 1024 * 1024
const MOST_FILE_BYTES = 5 * 1024 * 1024

/** Every method throws {@link DeliveryError}, and nothing else. */
export interface OaClient {
  /** @param buttons labels; pressing one says its label. Whether version 3 shows them is not verified. */
  sendText(to: string, text: string, buttons?: readonly string[]): Promise<void>
  sendImage(to: string, image: OaImage, text?: string): Promise<void>
  /** @param token of an uploaded file */
  sendFile(to: string, token: string): Promise<void>
  /** @returns the attachment id. */
  uploadImage(bytes: Buffer, kind: 'jpg' | 'png'): Promise<string>
  /** @returns the token of the file. */
  uploadFile(bytes: Buffer, kind: 'pdf' | 'doc' | 'docx'): Promise<string>
  personDetail(person: string): Promise<PersonDetail>
  /** Asks for nobody, to see whether the OA may ask at all. @returns Zalo's number of what is wrong with the setting or the token; 0: nothing. */
  probe(): Promise<number>
}

export type OaImage = { readonly url: string } | { readonly attachmentId: string }

export interface PersonDetail {
  readonly displayName: string
  readonly follows: boolean
}

export interface OaClientOptions {
  readonly apiRoot: string
  readonly outside: Outside
  readonly clock: () => number
  readonly tokens: OaTokens
  /** Told of each message that Zalo says nothing of being free: it costs money. */
  readonly charged?: () => void
  /** Of one call. Default: ten seconds. */
  readonly timeoutMs?: number
}

/** Two tries of a send and two of a refresh fit into the lease of an outbox row. */
const TIMEOUT_MS = 10_000
const MINUTE_MS = 60_000
/** What may or may not be the token's fault brings a new one no more often than this. */
const PERHAPS_EVERY_MS = 10 * MINUTE_MS

interface Request {
  readonly path: string
  readonly method?: 'GET' | 'POST'
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: unknown
}

interface Answer {
  readonly error: number
  readonly data?: unknown
}

export function openOaClient(options: OaClientOptions): OaClient {
  return new Client(options)
}

class Client implements OaClient {
  readonly #options: OaClientOptions
  #restUntil = 0
  #perhapsFrom = 0

  constructor(options: OaClientOptions) {
    this.#options = options
  }

  async sendText(to: string, text: string, buttons: readonly string[] = []): Promise<void> {
    if (text.length > MOST_TEXT || buttons.length > MOST_BUTTONS) throw new DeliveryError('too_long', 'never')
    await this.#send(to, buttons.length === 0 ? { text } : { text, attachment: { type: 'template', payload: { buttons: buttons.map(button) } } })
  }

  async sendImage(to: string, image: OaImage, text?: string): Promise<void> {
    const source = 'url' in image ? { url: image.url } : { attachment_id: image.attachmentId }
    const payload = { template_type: 'media', elements: [{ media_type: 'image', ...source }] }
    await this.#send(to, { ...(text === undefined ? {} : { text }), attachment: { type: 'template', payload } })
  }

  async sendFile(to: string, token: string): Promise<void> {
    await this.#send(to, { attachment: { type: 'file', payload: { token } } })
  }

  async uploadImage(bytes: Buffer, kind: 'jpg' | 'png'): Promise<string> {
    const data = await this.#upload('image', bytes, MOST_IMAGE_BYTES, kind, kind === 'png' ? 'image/png' : 'image/jpeg')
    return wanted(z.object({ attachment_id: z.string().min(1) }), data).attachment_id
  }

  async uploadFile(bytes: Buffer, kind: 'pdf' | 'doc' | 'docx'): Promise<string> {
    const data = await this.#upload('file', bytes, MOST_FILE_BYTES, kind, FILE_TYPES[kind])
    return wanted(z.object({ token: z.string().min(1) }), data).token
  }

  async personDetail(person: string): Promise<PersonDetail> {
    const detail = wanted(personDetail, this.#settled(await this.#ask(detailOf(person))))
    return { displayName: detail.display_name, follows: detail.user_is_follower }
  }

  async probe(): Promise<number> {
    const { error } = await this.#ask(detailOf('0'), (error) => tokenFault(error) === 'certain')
    return isSetting(error) || tokenFault(error) === 'certain' ? error : 0
  }

  async #send(to: string, message: object): Promise<void> {
    // People are numbers at Zalo, groups are not; groups are written to at another address.
    const isPerson = /^\d+$/.test(to)
    const answer = await this.#ask(
      isPerson
        ? { path: '/v3.0/oa/message/cs', body: { recipient: { user_id: to }, message } }
        : { path: '/v3.0/oa/group/message', body: { recipient: { group_id: to }, message } },
    )
    const data = isPerson ? this.#settled(answer) : this.#settledInGroup(answer)
    if (isPerson && !withQuota.safeParse(data).success) this.#options.charged?.()
  }

  #settled({ error, data }: Answer): unknown {
    if (error !== 0) throw refusal(error, this.#options.clock())
    return data
  }

  /** What is said in a group is a courtesy: where it cannot be said it is not tried for ever. */
  #settledInGroup(answer: Answer): unknown {
    try {
      return this.#settled(answer)
    } catch (error) {
      if (!(error instanceof DeliveryError) || error.wholeChannel) throw error
      throw new DeliveryError('group_unreachable', 'never')
    }
  }

  async #upload(what: 'image' | 'file', bytes: Buffer, most: number, extension: string, type: string): Promise<unknown> {
    if (bytes.length > most) throw new DeliveryError('too_large', 'never')
    const boundary = `----${randomUUID()}`
    const head = `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="an-tam.${extension}"\r\ncontent-type: ${type}\r\n\r\n`
    const body = Buffer.concat([Buffer.from(head), bytes, Buffer.from(`\r\n--${boundary}--\r\n`)])
    const headers = { 'content-type': `multipart/form-data; boundary=${boundary}` }
    return this.#settled(await this.#ask({ path: `/v2.0/oa/upload/${what}`, headers, body }))
  }

  /** Asks, with another access token where the first is no longer good, once. */
  async #ask(request: Request, wantsRenewal = (error: number) => this.#wantsRenewal(error)): Promise<Answer> {
    this.#rest()
    const { tokens } = this.#options
    const token = await withToken(tokens.access())
    const answer = await this.#call(request, token)
    return wantsRenewal(answer.error) ? this.#call(request, await withToken(tokens.renew(token))) : answer
  }

  #rest(): void {
    const left = Math.min(MINUTE_MS, this.#restUntil - this.#options.clock())
    if (left > 0) throw tooOften(left)
  }

  #wantsRenewal(error: number): boolean {
    const fault = tokenFault(error)
    if (fault !== 'perhaps') return fault === 'certain'
    const now = this.#options.clock()
    if (now < this.#perhapsFrom) return false
    this.#perhapsFrom = now + PERHAPS_EVERY_MS
    return true
  }

  async #call({ path, headers, ...request }: Request, token: string): Promise<Answer> {
    const { outside, apiRoot, timeoutMs = TIMEOUT_MS } = this.#options
    try {
      const given = { ...request, url: apiRoot + path, headers: { ...headers, access_token: token }, timeoutMs }
      const called = await call(outside, given)
      this.#heed(called)
      return answerOf(called)
    } catch (error) {
      throw error instanceof CallError ? withoutAnswer(error) : error
    }
  }

  /** Nothing left of this minute's calls: the next waits for a new minute. */
  #heed({ headers }: Called): void {
    const left = headers['x-ratelimit-remain']
    if (typeof left === 'string' && /^\s*(?:0+|-\d+)\s*$/.test(left)) this.#restUntil = this.#options.clock() + MINUTE_MS
  }
}

const FILE_TYPES = {
  pdf: 'application/pdf',
  doc: 'application/msword',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
} as const

const withQuota = z.object({ quota: z.looseObject({}) })
const personDetail = z.object({ display_name: z.string(), user_is_follower: z.boolean().catch(false) })
const answered = z.object({ error: errorNumber, data: z.unknown().optional() })

function button(title: string) {
  return { title, type: 'oa.query.show', payload: title }
}

function detailOf(person: string): Request {
  return { method: 'GET', path: `/v3.0/oa/user/detail?data=${encodeURIComponent(JSON.stringify({ user_id: person }))}` }
}

/** The cause stays behind: it may repeat what was sent. */
async function withToken(token: Promise<string>): Promise<string> {
  try {
    return await token
  } catch (error) {
    throw error instanceof TokenError ? withoutToken(error) : error
  }
}

function withoutAnswer({ code }: CallError): DeliveryError {
  return code === 'not_sent' ? new DeliveryError('unreachable', 'later') : new DeliveryError('no_answer', 'later', { inDoubt: true })
}

/** Throws where Zalo did not say whether it did what was asked. */
function answerOf({ status, body }: Called): Answer {
  if (status === 429) throw tooOften(MINUTE_MS)
  if (status >= 500) throw new DeliveryError('platform_fault', 'later', { inDoubt: true })
  const answer = answered.safeParse(body)
  if (answer.success) return answer.data
  // Whoever stands before Zalo and says no in their own words has not let it through.
  if (status >= 300) throw new DeliveryError('refused', 'later')
  throw new DeliveryError('unreadable_answer', 'later', { inDoubt: true })
}

function wanted<T>(schema: z.ZodType<T>, data: unknown): T {
  const parsed = schema.safeParse(data)
  if (!parsed.success) throw new DeliveryError('unreadable_answer', 'later')
  return parsed.data
}
