/** What an event of a Zalo Official Account means to us. Pure: nothing is asked, kept or thrown. */
import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { Arrival, Content, Wordless } from '../../bot/delivery/message.ts'
import { accountAsked, remoteContent, safeWords, textContent } from '../platform/content.ts'
import type { IgnoredReason, Inbound, Reading } from '../platform/inbound.ts'

export const ZALO_OA = 'zalo-oa'

/** Zalo's ids have up to 64 bits: as numbers they are only taken while they are exact. */
const id = z.union([z.string().trim().min(1).max(128), z.int().nonnegative().transform(String)])
const party = z.object({ id })
const anything = z.unknown().optional()

const named = z.object({ event_name: z.string().min(1) })
type Named = z.infer<typeof named>

const attachment = z.object({ payload: z.record(z.string(), anything).catch({}) })
const message = z.object({
  text: z.string().optional().catch(undefined),
  msg_id: id.nullish(),
  message_id: id.nullish(),
  attachments: z.array(anything).catch([]),
})
type Message = z.infer<typeof message>

const fromPerson = z.object({ event_name: z.string(), sender: party, message, timestamp: anything })
/** What was handed over stands beside the message, and the message may be missing. */
const submitted = fromPerson.extend({ message: message.catch({ attachments: [] }) })
const fromOa = z.object({
  ...{ event_name: z.string(), recipient: party, message: message.optional(), timestamp: anything },
  sender: z.object({ admin_id: z.union([id, z.literal(''), z.null()]).optional() }).nullish(),
})
const inGroup = z.object({ event_name: z.string(), oa_id: id.nullish(), recipient: party, message, timestamp: anything })
/** Who followed, opened the chat or withdrew stands in one of three places. */
const aboutPerson = z
  .object({ event_name: z.string(), user_id: id.nullish(), follower: party.nullish(), sender: party.nullish(), timestamp: anything })
  .transform((event, context) => {
    const person = event.user_id ?? event.follower?.id ?? event.sender?.id
    if (person === undefined) context.addIssue({ code: 'custom', message: 'nobody' })
    return { event_name: event.event_name, timestamp: event.timestamp, person: person ?? '' }
  })

/** @returns what `body`, any JSON whatsoever, means; times are clamped to the moment of arrival. Never throws. */
export function read(body: unknown, reading: Reading): Inbound {
  const event = named.safeParse(body)
  if (!event.success) return ignored('not_an_event')
  return (BY_NAME[event.data.event_name] ?? byFamily(event.data))(body, reading)
}

type Reader = (body: unknown, reading: Reading) => Inbound

const ignored = (reason: IgnoredReason): Inbound => ({ kind: 'ignored', reason })

const ignoring =
  (reason: IgnoredReason): Reader =>
  () =>
    ignored(reason)

/** Reads by a schema; what does not fit is malformed. */
function reader<T>(schema: z.ZodType<T>, readEvent: (event: T, reading: Reading) => Inbound): Reader {
  return (body, reading) => {
    const parsed = schema.safeParse(body)
    return parsed.success ? readEvent(parsed.data, reading) : ignored('malformed')
  }
}

/** Without a prototype, so that no event can be called "constructor". */
const BY_NAME: Readonly<Record<string, Reader | undefined>> = Object.assign(Object.create(null), {
  user_send_text: said((words) => textContent(words.text ?? '') ?? wordless('hidden')),
  user_send_image: said(imageContent),
  user_send_gif: said(imageContent),
  user_send_file: said(fileContent),
  user_send_link: said(linkContent),
  user_send_audio: said(() => wordless('voice')),
  user_send_video: said(() => wordless('video')),
  user_send_sticker: said(() => wordless('sticker')),
  user_send_location: said(() => wordless('location')),
  user_send_business_card: said(() => wordless('contact')),
  // The name, telephone number and address that the person agreed to hand over: nothing of it is kept, the assistant asks for what a complaint needs.
  user_submit_info: said(() => wordless('contact'), submitted),
  follow: reader(aboutPerson, joined),
  user_click_chatnow: reader(aboutPerson, joined),
  unfollow: ignoring('left'),
  user_seen_message: ignoring('seen'),
  user_received_message: ignoring('delivered'),
  user_reacted_message: ignoring('reaction'),
  user_withdraw: reader(aboutPerson, ({ person, timestamp }, reading) => ({
    ...{ kind: 'withdraw', person: personOf(person, reading), at: sentAt(timestamp, reading) },
  })),
} satisfies Record<string, Reader>)

function byFamily({ event_name: name }: Named): Reader {
  if (name.startsWith('user_send_group_')) return reader(inGroup, group)
  if (name.startsWith('oa_send_group_')) return ignoring('group')
  if (name.startsWith('oa_send_')) return reader(fromOa, sentByOa)
  if (name.startsWith('anonymous_send_')) return ignoring('anonymous')
  return ignoring('unknown_event')
}

/** @returns the reader of a message that one person sent, by what is in it. */
function said(content: (message: Message) => Content & Downloadable, schema: z.ZodType<z.infer<typeof fromPerson>> = fromPerson): Reader {
  return reader(schema, (event, reading) => {
    const { download, ...plain } = content(event.message)
    return {
      kind: 'arrival',
      arrival: {
        ...{ ...arrivalOf(event, event.sender.id, reading), content: plain as Content, ...(download === undefined ? {} : { download }) },
        ...(plain.kind === 'text' ? accountAsked(event.message.text, reading.seal) : {}),
      },
    }
  })
}

/** What a content still needs on its way out of here. */
interface Downloadable {
  readonly download?: string
}

const wordless = (what: Wordless): Content => ({ kind: 'wordless', what })

interface Addressed {
  readonly event_name: string
  readonly timestamp?: unknown
  readonly message?: Message | undefined
}

/** Everything of an arrival but its content. `from`: the person, or the group. */
function arrivalOf(event: Addressed, from: string, reading: Reading): Omit<Arrival, 'content'> {
  return {
    ...{ channel: ZALO_OA, externalId: externalIdOf(event, from, reading), address: from, person: personOf(from, reading) },
    ...{ receivedAt: reading.receivedAt, sentAt: sentAt(event.timestamp, reading) },
  }
}

function personOf(person: string, reading: Reading): string {
  return `${ZALO_OA}:${reading.pseudonym(person)}`
}

/**
 * Zalo's name of the message. Events without one are named by all that they say; through the pseudonym, so that nobody without the key of this installation can
 * try out what it was.
 */
function externalIdOf({ event_name, timestamp, message: said }: Addressed, from: string, reading: Reading): string {
  const name = said?.msg_id ?? said?.message_id
  if (name !== undefined && name !== null) return `m:${name}`
  const when = typeof timestamp === 'number' ? String(timestamp) : timestamp
  return `e:${reading.pseudonym(digest([event_name, from, when, said?.text, said?.attachments]))}`
}

function digest(parts: readonly unknown[]): string {
  return createHash('sha256')
    .update(written(parts) ?? written(parts.slice(0, 2)) ?? '')
    .digest('hex')
}

/** Nesting deeper than any real event cannot be written. */
function written(value: unknown): string | undefined {
  try {
    return JSON.stringify(value)
  } catch {
    return undefined
  }
}

/** By Zalo's clock, in milliseconds; where it gives no usable time or one that has not come yet, the moment of arrival. */
function sentAt(timestamp: unknown, { receivedAt }: Reading): number {
  const written = typeof timestamp === 'string' && /^\d{1,16}$/.test(timestamp) ? Number(timestamp) : timestamp
  return typeof written === 'number' && Number.isSafeInteger(written) && written > 0 ? Math.min(written, receivedAt) : receivedAt
}

function joined(event: z.infer<typeof aboutPerson>, reading: Reading): Inbound {
  return { kind: 'arrival', arrival: { ...arrivalOf(event, event.person, reading), content: { kind: 'joined' } } }
}

/** The assistant is called in a group by its id, "[@4321098765432109876] …". */
function group(event: z.infer<typeof inGroup>, reading: Reading): Inbound {
  if (!event.oa_id || !event.message.text?.includes(`[@${event.oa_id}]`)) return ignored('group')
  return { kind: 'arrival', arrival: { ...arrivalOf(event, event.recipient.id, reading), content: { kind: 'group' } } }
}

/** With an admin's id a human wrote in Zalo's own console; without one it is the echo of what we sent. */
function sentByOa(event: z.infer<typeof fromOa>, reading: Reading): Inbound {
  const admin = event.sender?.admin_id
  if (!admin) return ignored('own_echo')
  const officer = { id: personOf(admin, reading), name: 'cán bộ của Hội' }
  const content: Content = { kind: 'officer', officer, text: officerWords(event) }
  return { kind: 'arrival', arrival: { ...arrivalOf(event, event.recipient.id, reading), content } }
}

const SHOWN: Readonly<Record<string, string | undefined>> = {
  oa_send_text: '',
  oa_send_image: '[ảnh]',
  oa_send_gif: '[ảnh động]',
  oa_send_file: '[tệp]',
  oa_send_sticker: '[hình dán]',
  oa_send_link: '[đường dẫn]',
}
const SOMETHING = '[tin nhắn không có chữ]'

function officerWords({ event_name, message: said }: z.infer<typeof fromOa>): string {
  const what = SHOWN[event_name] ?? ''
  return `${what} ${safeWords(said?.text ?? '').text}`.trim() || SOMETHING
}

/** Any part of a payload that is words. */
function payloadWords({ attachments }: Message, field: string): string {
  const first = attachment.safeParse(attachments[0])
  const value = first.success ? first.data.payload[field] : undefined
  return typeof value === 'string' ? value : ''
}

function imageContent(said: Message): Content & Downloadable {
  const url = payloadWords(said, 'url')
  const content = remoteContent(said.text)
  if (url !== '') return { ...content, download: JSON.stringify({ url }) }
  return { kind: 'unfetched', reason: 'unreachable', caption: safeWords(said.text ?? '').text, masked: safeWords(said.text ?? '').masked }
}

const READABLE = /(?:^|[./])(?:pdf|jpe?g|png|webp)$/i

/** PDF and pictures are looked at, by the type or the name that Zalo tells; what they really are is found out after the download. */
function fileContent(said: Message): Content & Downloadable {
  const readable = [payloadWords(said, 'type'), payloadWords(said, 'name')].some((name) => READABLE.test(name.trim()))
  return readable ? imageContent(said) : wordless('file')
}

function linkContent({ text = '' }: Message): Content {
  const words = text.split(/\s+/).some((word) => /[\p{L}\p{N}]/u.test(word) && !isLink(word))
  return (words ? textContent(text) : undefined) ?? wordless('link')
}

function isLink(word: string): boolean {
  return /^[<(["']*(?:https?:\/\/|www\.)\S/i.test(word) || /^[\w-]+(?:\.[\w-]+)+(?:[/?#:]\S*)?$/.test(word)
}
