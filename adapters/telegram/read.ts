/** What an update of Telegram means to us. Pure; nothing that Telegram or anybody else could send makes it throw. */
import { z } from 'zod'
import type { Arrival, Content, Wordless } from '../../bot/delivery/message.ts'
import { accountAsked, remoteContent, textContent } from '../platform/content.ts'
import type { IgnoredReason, Inbound, Reading } from '../platform/inbound.ts'

export const TELEGRAM = 'telegram'

/** Who we are, for telling our own messages and calls to us in a group. */
export interface Self {
  readonly botId: string
  /** Without the @; undefined until Telegram has told it. */
  readonly username: string | undefined
  readonly maxFileBytes: number
}

/** Telegram's ids fit into a JSON number; a server in between may make texts of them. */
const id = z.union([z.int(), z.string().regex(/^-?\d{1,19}$/)]).transform(String)
const maybe = <T extends z.ZodType>(schema: T) => schema.optional().catch(undefined)

const user = z.object({ id, is_bot: z.boolean().catch(false) })
const chat = z.object({ id, type: z.string() })
const entity = z.object({ type: z.string(), offset: z.int(), length: z.int(), user: maybe(user) })
const entities = z.array(entity.nullable().catch(null)).catch([])
const size = z.object({ file_id: z.string().min(1), width: z.number().catch(0), height: z.number().catch(0), file_size: maybe(z.number()) })
const document = z.object({ file_id: z.string().min(1), mime_type: maybe(z.string().max(200)) })

const message = z.looseObject({
  chat,
  from: maybe(user),
  date: maybe(z.number()),
  edit_date: maybe(z.number()),
  text: maybe(z.string()),
  caption: maybe(z.string()),
  entities: entities,
  caption_entities: entities,
  photo: z.array(size.nullable().catch(null)).catch([]),
  document: maybe(document),
  reply_to_message: maybe(z.object({ from: maybe(user) })),
})
type Message = z.infer<typeof message>

const press = z.object({ from: user, data: z.string().max(256), message: maybe(z.object({ chat })) })
const membership = z.object({ chat, new_chat_member: z.object({ status: z.string() }) })
const events = z.looseObject({ update_id: maybe(z.union([z.int().min(0), z.string().regex(/^\d{1,19}$/)]).transform(String)) })

/** @returns what a parsed update means; `ignored` for whatever is not understood. */
export function readUpdate(body: unknown, reading: Reading, self: Self): Inbound {
  const update = events.safeParse(body)
  if (!update.success || Array.isArray(body)) return ignored('not_an_event')
  const kind = KINDS.find((name) => update.data[name] !== undefined)
  if (update.data.update_id === undefined) return ignored(kind ? 'malformed' : 'not_an_event')
  if (!kind) return ignored('unknown_event')
  return READ[kind](update.data[kind], { reading, self, key: `${self.botId}:${update.data.update_id}` })
}

/** What reading one part of an update needs besides the part; `key` is the update's own name. */
interface Around {
  readonly reading: Reading
  readonly self: Self
  readonly key: string
}

const KINDS = ['message', 'edited_message', 'callback_query', 'my_chat_member', 'message_reaction', 'message_reaction_count'] as const

const READ: Readonly<Record<(typeof KINDS)[number], (part: unknown, around: Around) => Inbound>> = {
  message: (part, around) => readMessage(part, around, contentOf),
  edited_message: (part, around) => readMessage(part, around, editedContentOf),
  callback_query: readPress,
  my_chat_member: readMembership,
  message_reaction: () => ignored('reaction'),
  message_reaction_count: () => ignored('reaction'),
}

function ignored(reason: IgnoredReason): Inbound {
  return { kind: 'ignored', reason }
}

type ToContent = (said: Message, self: Self) => Said | undefined
/** What was said, and where its file lies. */
interface Said {
  readonly content: Content
  readonly download?: string
}

function readMessage(part: unknown, around: Around, toContent: ToContent): Inbound {
  const parsed = message.safeParse(part)
  if (!parsed.success) return ignored('malformed')
  const { from } = parsed.data
  if (from?.is_bot || from?.id === around.self.botId) return ignored('own_echo')
  if (parsed.data.chat.type !== 'private') return readGroup(parsed.data, around)
  const said = toContent(parsed.data, around.self)
  if (!said) return ignored('unknown_event')
  return {
    kind: 'arrival',
    arrival: { ...frame(parsed.data, from?.id ?? parsed.data.chat.id, around), ...said, ...accountAsked(parsed.data.text, around.reading.seal) },
  }
}

function frame(said: Message, person: string, { reading, key }: Around): Omit<Arrival, 'content'> {
  return {
    ...{ channel: TELEGRAM, externalId: key, address: said.chat.id, person: pseudonymOf(person, reading) },
    ...{ receivedAt: reading.receivedAt, sentAt: sentAt(said.edit_date ?? said.date, reading.receivedAt) },
  }
}

function pseudonymOf(person: string, reading: Reading): string {
  return `${TELEGRAM}:${reading.pseudonym(person)}`
}

/** Telegram counts whole seconds: the last moment of the second, so that what was sent after something in the same second is not taken for earlier. */
function sentAt(seconds: number | undefined, receivedAt: number): number {
  const at = (seconds ?? 0) * 1_000 + 999
  return at > 999 ? Math.min(at, receivedAt) : receivedAt
}

/** In a group only a call is heard, and nothing of what was said is kept. */
function readGroup(said: Message, around: Around): Inbound {
  if (!isCalled(said, around.self)) return ignored('group')
  return { kind: 'arrival', arrival: { ...frame(said, said.chat.id, around), content: { kind: 'group' } } }
}

function isCalled(said: Message, self: Self): boolean {
  if (said.reply_to_message?.from?.id === self.botId) return true
  return (
    said.entities.some((entity) => entity !== null && calls(entity, said.text ?? '', self)) ||
    said.caption_entities.some((entity) => entity !== null && calls(entity, said.caption ?? '', self))
  )
}

function calls({ type, offset, length, user }: z.infer<typeof entity>, words: string, self: Self): boolean {
  const marked = words.slice(offset, offset + length)
  switch (type) {
    case 'text_mention':
      return user?.id === self.botId
    case 'mention':
      return isUs(marked.slice(1), self)
    case 'bot_command':
      return !marked.includes('@') || isUs(marked.slice(marked.indexOf('@') + 1), self)
    default:
      return false
  }
}

/** As long as our name is not known, any bot's name counts: a bot is sent hardly anything but what concerns it. */
function isUs(name: string, { username }: Self): boolean {
  return username === undefined ? /bot$/i.test(name) : name.toLowerCase() === username.toLowerCase()
}

function contentOf(said: Message, self: Self): Said | undefined {
  if (said.text !== undefined) return wordsOf(said.text)
  return fileOf(said, self) ?? captionOf(said) ?? wordlessOf(said)
}

/** A place that moves, or a photo that was exchanged, is edited many times over: only new words are heard. */
function editedContentOf(said: Message): Said | undefined {
  return said.text === undefined ? captionOf(said) : wordsOf(said.text)
}

const COMMAND = /^\/([a-z0-9_]{1,64})(?:@\w+)?(?:\s+(.*))?$/is

/** Commands are what Telegram's own buttons type for a person; what matters is what they say in words. */
function wordsOf(text: string): Said | undefined {
  const [, command, rest = ''] = COMMAND.exec(text) ?? []
  if (command === undefined) return saying(text)
  const opening = /^(start|help)$/i.test(command)
  const words = opening ? rest : `${command.replaceAll('_', ' ')} ${rest}`
  return saying(words.trim()) ?? { content: { kind: 'joined' } }
}

function saying(words: string): Said | undefined {
  const content = textContent(words)
  return content && { content }
}

function captionOf({ caption }: Message): Said | undefined {
  return caption === undefined ? undefined : saying(caption)
}

/** Moving pictures come as a document too, for programs that know no better. */
function fileOf(said: Message, { maxFileBytes }: Self): Said | undefined {
  const photo = bestSize(said.photo, maxFileBytes)
  if (photo) return remote(photo.file_id, 'image/jpeg', said.caption)
  if (!said.document || said['animation'] !== undefined) return undefined
  return remote(said.document.file_id, said.document.mime_type ?? '', said.caption)
}

function remote(fileId: string, mime: string, caption: string | undefined): Said {
  const download: Download = { file_id: fileId, mime }
  return { content: remoteContent(caption), download: JSON.stringify(download) }
}

/** Where a file lies, in the words that the adapter understands. */
export interface Download {
  readonly file_id: string
  readonly mime: string
}

const download = z.object({ file_id: z.string(), mime: z.string() })

/** @returns what {@link readUpdate} wrote; undefined for anything else. */
export function readDownload(text: string): Download | undefined {
  try {
    return download.safeParse(JSON.parse(text)).data
  } catch {
    return undefined
  }
}

type Size = z.infer<typeof size>

/** The largest that may be kept; where none may, the largest, so that the person hears that it is too large. */
function bestSize(sizes: readonly (Size | null)[], maxBytes: number): Size | undefined {
  const largestFirst = sizes.filter((one) => one !== null).sort((a, b) => b.width * b.height - a.width * a.height)
  return largestFirst.find(({ file_size = 0 }) => file_size <= maxBytes) ?? largestFirst[0]
}

/** Only what a person sends stands here: notices of the chat itself, as a pinned message, are none of it. */
const WORDLESS_KEYS: readonly (readonly [string, Wordless])[] = [
  ['sticker', 'sticker'],
  ['voice', 'voice'],
  ['audio', 'voice'],
  ['animation', 'video'],
  ['video', 'video'],
  ['video_note', 'video'],
  ['live_photo', 'video'],
  ['venue', 'location'],
  ['location', 'location'],
  ['contact', 'contact'],
  ['document', 'file'],
  ...['poll', 'dice', 'game', 'story', 'paid_media', 'checklist', 'rich_message', 'invoice', 'photo'].map((key) => [key, 'hidden'] as const),
]

function wordlessOf(said: Message): Said | undefined {
  const found = WORDLESS_KEYS.find(([key]) => isThere(said[key]))
  return found && { content: { kind: 'wordless', what: found[1] } }
}

/** The photo is a list, which is empty where there is none. */
function isThere(value: unknown): boolean {
  return value !== undefined && !(Array.isArray(value) && value.length === 0)
}

function readPress(part: unknown, { reading, self, key }: Around): Inbound {
  const parsed = press.safeParse(part)
  if (!parsed.success) return ignored('malformed')
  const { from, data, message: under } = parsed.data
  if (from.is_bot || from.id === self.botId) return ignored('own_echo')
  if (!under) return ignored('old_button')
  if (under.chat.type !== 'private') return ignored('group')
  // Telegram does not say when it was pressed, only when the message came that the button is under.
  const { receivedAt } = reading
  const person = pseudonymOf(from.id, reading)
  return { kind: 'press', press: { channel: TELEGRAM, externalId: key, address: under.chat.id, person, receivedAt, sentAt: receivedAt, data } }
}

/** Coming back is followed by the person's own "/start", so it needs no answer. */
function readMembership(part: unknown): Inbound {
  const parsed = membership.safeParse(part)
  if (!parsed.success) return ignored('malformed')
  if (parsed.data.chat.type !== 'private') return ignored('group')
  return ignored(GONE.has(parsed.data.new_chat_member.status) ? 'left' : 'unknown_event')
}

const GONE: ReadonlySet<string> = new Set(['kicked', 'left'])
