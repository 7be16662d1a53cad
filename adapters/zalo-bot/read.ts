/**
 * What an event of the Zalo Bot Platform means. Pure; the same for what is received and for what is fetched. Bodies come flat or in an envelope, fields under more than
 * one name and numbers as strings: what the platform documents and what it was seen to send differ.
 */
import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { Arrival, Content, Wordless } from '../../bot/delivery/message.ts'
import { accountAsked, remoteContent, safeWords, textContent } from '../platform/content.ts'
import type { IgnoredReason, Inbound, Reading } from '../platform/inbound.ts'

export const ZALO_BOT = 'zalo-bot'

/** Who we are on the platform. */
export interface OwnBot {
  /** Stands before the names of messages: another bot's may be the same. */
  readonly key: string
  readonly ids: ReadonlySet<string>
}

type Kind = 'text' | 'image' | Wordless

/** The last ones are not documented, only reported; being told "please write it" is better than silence. */
const KINDS: ReadonlyMap<string, Kind> = new Map<string, Kind>([
  ['message.text.received', 'text'],
  ['message.image.received', 'image'],
  ['message.sticker.received', 'sticker'],
  ['message.voice.received', 'voice'],
  ['message.unsupported.received', 'hidden'],
  ['message.document.received', 'file'],
  ['message.file.received', 'file'],
  ['message.video.received', 'video'],
  ['message.link.received', 'link'],
  ['message.location.received', 'location'],
])

/** Longer than any name the platform gives. */
const LONGEST_ID = 128
const identity = z
  .union([z.string(), z.number()])
  .transform((given) => String(given).trim())
  .pipe(z.string().min(1).max(LONGEST_ID))
  .optional()
  .catch(undefined)
const words = z.union([z.string(), z.number()]).transform(String).optional().catch(undefined)
const yes = z
  .union([z.literal(true), z.literal(1), z.literal('true')])
  .transform(() => true)
  .catch(false)

const messageShape = z.object({
  from: z.object({ id: identity, is_bot: yes }).optional().catch(undefined),
  chat: z.object({ id: identity, chat_type: words }).optional().catch(undefined),
  message_id: identity,
  date: z
    .union([z.number(), z.string().trim().min(1).transform(Number)])
    .pipe(z.number().positive())
    .optional()
    .catch(undefined),
  text: words,
  caption: words,
})
const eventShape = z.object({ event_name: z.string(), message: z.unknown().optional() })

type Message = z.infer<typeof messageShape>
type Fields = Readonly<Record<string, unknown>>

/** @returns what the event means to us. Never throws, whatever `body` is. */
export function readZaloBot(body: unknown, reading: Reading, bot: OwnBot): Inbound {
  const event = eventShape.safeParse(unwrapped(body))
  if (!event.success) return ignored('not_an_event')
  const kind = KINDS.get(event.data.event_name)
  if (kind === undefined) return ignored('unknown_event')
  const message = messageShape.safeParse(event.data.message)
  if (!message.success || !isFields(event.data.message)) return ignored('malformed')
  if (isOurs(message.data, bot)) return ignored('own_echo')
  return readMessage({ kind, message: message.data, fields: event.data.message, reading, bot })
}

/** A message that somebody else sent us. `fields`: all of it, as it came. */
interface Heard {
  readonly kind: Kind
  readonly message: Message
  readonly fields: Fields
  readonly reading: Reading
  readonly bot: OwnBot
}

function readMessage(heard: Heard): Inbound {
  const place = placeOf(heard.message)
  if (!place) return ignored('malformed')
  const said = place.group ? calledIn(heard.kind) : contentOf(heard)
  if (typeof said === 'string') return ignored(said)
  const externalId = nameOf(heard, place, said)
  return externalId === undefined ? ignored('malformed') : { kind: 'arrival', arrival: arrivalOf(heard, place, said, externalId) }
}

interface Place {
  readonly chat: string
  /** The person; of a group, the group itself, since nothing is kept of who spoke. */
  readonly person: string
  readonly group: boolean
}

/** Where no type is given, somebody who is not the chat itself speaks in a group: what is not surely private is not kept. */
function placeOf({ from, chat }: Message): Place | undefined {
  const id = chat?.id ?? from?.id
  if (id === undefined) return undefined
  const type = chat?.chat_type?.toUpperCase()
  const group = type === 'GROUP' || (type !== 'PRIVATE' && from?.id !== undefined && from.id !== id)
  return { chat: id, person: group ? id : (from?.id ?? id), group }
}

/** The platform hands over only what mentions us or answers us; what comes there without words stays without an answer. */
function calledIn(kind: Kind): Said | IgnoredReason {
  return kind === 'text' || kind === 'image' ? { content: { kind: 'group' } } : 'group'
}

interface Said {
  readonly content: Content
  readonly download?: string
}

function contentOf({ kind, message, fields }: Heard): Said | IgnoredReason {
  switch (kind) {
    case 'text':
      return saidOf(message.text)
    case 'image':
      return pictureOf(fields, message.caption)
    default:
      return { content: { kind: 'wordless', what: kind } }
  }
}

/** What the app sends by itself when the chat is opened. */
const OPENED = /^\s*\/start\s*$/i

function saidOf(text: string | undefined): Said | IgnoredReason {
  if (text !== undefined && OPENED.test(text)) return { content: { kind: 'joined' } }
  const content = text === undefined ? undefined : textContent(text)
  return content ? { content } : 'malformed'
}

/** A picture without an address is told to the person, like one that cannot be fetched. */
function pictureOf(fields: Fields, caption: string | undefined): Said {
  const url = pictureUrl(fields)
  if (url !== undefined) return { content: remoteContent(caption), download: JSON.stringify({ url }) }
  const { text, masked } = safeWords(caption ?? '')
  return { content: { kind: 'unfetched', reason: 'unreachable', caption: text, masked } }
}

/** `photo_url` is what really comes, `photo` what is documented; the others were reported. */
const PICTURE_FIELDS = [
  'photo_url',
  'photo',
  'photoUrl',
  'image_url',
  'imageUrl',
  'media_url',
  'mediaUrl',
  'image',
  'url',
  'link',
  'links',
  'attachments',
  'payload',
]
const LONGEST_URL = 4096

function pictureUrl(fields: Fields): string | undefined {
  for (const name of PICTURE_FIELDS) {
    const url = urlIn(Object.hasOwn(fields, name) ? fields[name] : undefined)
    if (url !== undefined) return url
  }
  return undefined
}

/** An address, or the first one in a list or in an object of an attachment; no deeper than an attachment goes. */
function urlIn(value: unknown, depth = 0): string | undefined {
  if (typeof value === 'string') return isUrl(value) ? value : undefined
  if (depth >= 3) return undefined
  if (Array.isArray(value)) return urlIn(value[0], depth + 1)
  if (!isFields(value)) return undefined
  for (const name of ['url', 'photo_url', 'href', 'payload']) {
    const url = urlIn(Object.hasOwn(value, name) ? value[name] : undefined, depth + 1)
    if (url !== undefined) return url
  }
  return undefined
}

function isUrl(text: string): boolean {
  return text.length <= LONGEST_URL && /^https?:\/\//i.test(text) && URL.canParse(text)
}

function arrivalOf({ message, reading }: Heard, place: Place, said: Said, externalId: string): Arrival {
  return {
    ...{ channel: ZALO_BOT, externalId, address: place.chat, person: `${ZALO_BOT}:${reading.pseudonym(place.person)}` },
    ...{ content: said.content, receivedAt: reading.receivedAt, sentAt: sentAtOf(message.date, reading.receivedAt) },
    ...(said.download === undefined ? {} : { download: said.download }),
    ...(said.content.kind === 'text' ? accountAsked(message.text, reading.seal) : {}),
  }
}

/** The platform is younger; a lower number is no moment in milliseconds. */
const EARLIEST = Date.UTC(2020, 0, 1)

function sentAtOf(date: number | undefined, receivedAt: number): number {
  return date !== undefined && date >= EARLIEST && date <= receivedAt ? date : receivedAt
}

/** Stands before names that we made: the platform's own never begin so. */
const MADE = '~'
const PLAIN_NAME = /^[\w.:-]+$/

/**
 * @returns the name under which the message is known, the same at every delivery: the platform's own, else one made of where, when and what. Undefined when it has neither
 * a name nor a time: then nothing tells it from the next. Only masked words get into a digest: a number that must not be kept could be guessed from it.
 */
function nameOf({ kind, message, bot }: Heard, place: Place, said: Said): string | undefined {
  const chat = `${bot.key}:${digest(place.chat).slice(0, 12)}`
  if (message.message_id !== undefined) {
    return `${chat}:${PLAIN_NAME.test(message.message_id) ? message.message_id : MADE + digest(['id', message.message_id])}`
  }
  if (message.date === undefined) return undefined
  return `${chat}:${MADE}${digest(['made', message.from?.id ?? null, message.date, kind, said])}`
}

function digest(of: unknown): string {
  return createHash('sha256').update(JSON.stringify(of)).digest('base64url').slice(0, 32)
}

function isOurs({ from }: Message, bot: OwnBot): boolean {
  return from !== undefined && (from.is_bot || (from.id !== undefined && bot.ids.has(from.id)))
}

/** What is fetched comes in an envelope; what is received is documented with one and was seen without. */
function unwrapped(body: unknown): unknown {
  return isFields(body) && body['ok'] === true && isFields(body['result']) ? body['result'] : body
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function ignored(reason: IgnoredReason): Inbound {
  return { kind: 'ignored', reason }
}
