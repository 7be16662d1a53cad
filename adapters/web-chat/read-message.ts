/** Reads what a visitor sends: parsed whole or refused with the code of the first thing that is wrong. Numbers that must not be kept are masked here, before anything is stored. */
import { z } from 'zod'
import type { Seal } from '../../bot/delivery/message.ts'
import type { WebTroubleCode } from '../../bot/wording/web.ts'
import { maskAskedAccount, maskPersonal } from '../../knowledge/language/mask.ts'
import { Trouble } from '../http/trouble.ts'
import type { KeptFile } from '../storage/file-store.ts'
import type { WebContent } from './channel.ts'

const LONGEST_TEXT = 10_000
const LONGEST_CHOICE = 200
const LONGEST_WORD = 500

/** Lengths are counted in characters, not in UTF-16 units. */
const noLongerThan = (most: number) => (text: string) => text.length <= most || Array.from(text).length <= most
const text = z.string({ error: 'content_missing' }).refine((value) => value.trim() !== '', { error: 'content_missing' })

const sent = z
  .object(
    {
      id: z.string({ error: 'message_id_invalid' }).regex(/^[A-Za-z0-9_-]{8,64}$/, { error: 'message_id_invalid' }),
      text: text.refine(noLongerThan(LONGEST_TEXT), { error: 'text_too_long' }).optional(),
      choice: text.refine(noLongerThan(LONGEST_CHOICE), { error: 'text_too_long' }).optional(),
      attachment: z.uuid({ error: 'attachment_unknown' }).optional(),
      caption: z.string({ error: 'content_missing' }).refine(noLongerThan(LONGEST_TEXT), { error: 'text_too_long' }).optional(),
    },
    { error: 'not_an_object' },
  )
  .refine((value) => given(value) > 0, { error: 'content_missing' })
  .refine((value) => given(value) === 1, { error: 'content_ambiguous' })

function given(value: { text?: unknown; choice?: unknown; attachment?: unknown }): number {
  return [value.text, value.choice, value.attachment].filter((part) => part !== undefined).length
}

/** What was sent, with the file only named. */
export type ReadMessage = { readonly id: string } & (
  | { readonly content: WebContent; readonly accountAsked?: WebContent }
  | { readonly attachment: string; readonly caption: string }
)

/** @param seal for the one question that asks for a number; absent where it is never asked. @throws {Trouble} */
export function readMessage(body: unknown, seal?: Seal): ReadMessage {
  const { id, text: words, choice, attachment, caption } = parse(sent, body)
  if (attachment !== undefined) return { id, attachment, caption: caption ?? '' }
  if (choice !== undefined) return { id, content: { kind: 'choice', text: maskPersonal(choice).text } }
  const masked = masking(words ?? '')
  return { id, content: { kind: 'text', ...masked }, ...accountAsked(words ?? '', seal) }
}

/** Whoever writes more than this tells a story. */
const LONGEST_ANSWER = 300

/** What a text is instead, should the person have been asked for the account that they sent money to. */
function accountAsked(words: string, seal: Seal | undefined): { readonly accountAsked?: WebContent } {
  const found = seal && words.length <= LONGEST_ANSWER ? maskAskedAccount(words) : undefined
  return found && seal ? { accountAsked: { kind: 'text', text: found.text, masked: true, sealed: seal(found.account) } } : {}
}

/** @returns the content of a message that carries `file`. */
export function attachmentContent(file: KeptFile, caption: string): WebContent {
  const masked = masking(caption)
  return { kind: 'attachment', attachment: file.id, mime: file.mime, size: file.size, caption: masked.text, masked: masked.masked }
}

/** Masked also where the text only changes by what was hidden: telephone numbers are recognised too, and stay. */
function masking(words: string): { readonly text: string; readonly masked: boolean } {
  const { text: kept } = maskPersonal(words)
  return { text: kept, masked: kept !== words }
}

const feedback = z.object(
  {
    message: z.uuid({ error: 'feedback_invalid' }),
    value: z.enum(['up', 'down'], { error: 'feedback_invalid' }),
    word: z.string({ error: 'feedback_invalid' }).refine(noLongerThan(LONGEST_WORD), { error: 'feedback_invalid' }).optional(),
  },
  { error: 'not_an_object' },
)

/** @throws {Trouble} */
export function readFeedback(body: unknown): { readonly message: string; readonly value: 'up' | 'down'; readonly word: string | null } {
  const { message, value, word } = parse(feedback, body)
  return { message, value, word: word?.trim() ? maskPersonal(word.trim()).text : null }
}

/** The message of each issue is a code of the catalogue. */
function parse<T>(schema: z.ZodType<T>, body: unknown): T {
  const result = schema.safeParse(body)
  if (result.success) return result.data
  throw new Trouble((result.error.issues[0]?.message ?? 'bad_request') as WebTroubleCode)
}

/** @returns the number after which a stream goes on; 0 for a stream from the beginning. @throws {Trouble} for what is no such number */
export function readEventNumber(header: string | string[] | undefined): number {
  const said = (Array.isArray(header) ? header[0] : header) ?? ''
  if (said === '') return 0
  if (!/^\d{1,15}$/.test(said)) throw new Trouble('event_id_invalid')
  return Number(said)
}
