/** Sending one part as one message of Telegram. */
import type { Parcel, Part } from '../../bot/delivery/message.ts'
import { DeliveryError } from '../../bot/delivery/relay.ts'
import { type Ask, TelegramError, usernameOf } from './api.ts'

/** Longest label that a phone shows in one row. */
const LABEL = 60
/** From here on Telegram means all of us, not one chat. */
const WHOLE_CHANNEL_FROM_MS = 30_000

/** @returns the name under which Telegram now knows us, where it said it. Throws {@link DeliveryError}. */
export async function sendPart(ask: Ask, parcel: Parcel, part: Part): Promise<string | undefined> {
  try {
    return await sendMarked(ask, parcel, part)
  } catch (error) {
    throw deliveryError(error)
  }
}

/** Our marks are always in order; should Telegram ever disagree, plain words are better than none. */
async function sendMarked(ask: Ask, parcel: Parcel, part: Part): Promise<string | undefined> {
  try {
    return await sendText(ask, parcel, part, html(part), 'HTML')
  } catch (error) {
    if (!(error instanceof TelegramError) || error.code !== 'entities_refused') throw error
    return sendText(ask, parcel, part, part.text.toWellFormed(), undefined)
  }
}

async function sendText(ask: Ask, { key, address }: Parcel, { choices }: Part, text: string, mode: 'HTML' | undefined): Promise<string | undefined> {
  const sent = await ask((api) =>
    api.sendMessage(address, text, {
      link_preview_options: { is_disabled: true },
      ...(mode ? { parse_mode: mode } : {}),
      ...(choices.length > 0 ? { reply_markup: keyboard(key, choices) } : {}),
    }),
  )
  // Sent is sent, whatever else the answer says.
  return usernameOf(sent?.from)
}

/** @returns the part as Telegram's HTML: headings bold, everything else as it stands. */
export function html({ text, headings }: Pick<Part, 'text' | 'headings'>): string {
  const bold = new Set(headings)
  return text
    .split('\n')
    .map((line) => (bold.has(line) && line.trim() !== '' ? `<b>${escaped(line)}</b>` : escaped(line)))
    .join('\n')
}

function escaped(text: string): string {
  return text.toWellFormed().replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}

/** One button a row: labels are sentences. Which button it is stands in the data; its words are looked up when it is pressed. */
function keyboard(key: string, choices: readonly string[]) {
  return { inline_keyboard: choices.map((choice, index) => [{ text: labelOf(choice), callback_data: `${key}:${index}` }]) }
}

const graphemes = new Intl.Segmenter('vi', { granularity: 'grapheme' })

/** @returns a choice as it stands on its button: whole characters, marks included, and “…” where it was cut. */
export function labelOf(choice: string): string {
  const characters = Array.from(graphemes.segment(choice.toWellFormed()), ({ segment }) => segment)
  return characters.length <= LABEL
    ? characters.join('')
    : `${characters
        .slice(0, LABEL - 1)
        .join('')
        .trimEnd()}…`
}

/** @returns what a failed send means for the parcel. */
function deliveryError(error: unknown): DeliveryError {
  if (!(error instanceof TelegramError)) return new DeliveryError('in_doubt', 'later', { inDoubt: true })
  const { code, retryAfterMs, movedTo } = error
  switch (code) {
    case 'in_doubt':
      return new DeliveryError(code, 'later', { inDoubt: true })
    case 'not_sent':
    case 'conflict':
      return new DeliveryError(code, 'later')
    case 'token_refused':
      return new DeliveryError(code, 'later', { wholeChannel: true })
    case 'blocked':
    case 'no_chat':
      return new DeliveryError(code, 'when_heard')
    case 'moved':
      return new DeliveryError(code, movedTo === undefined ? 'never' : { movedTo })
    case 'too_many':
      return new DeliveryError(code, retryAfterMs === undefined ? 'later' : { afterMs: retryAfterMs }, {
        wholeChannel: (retryAfterMs ?? 0) > WHOLE_CHANNEL_FROM_MS,
      })
    case 'entities_refused':
    case 'too_long':
    case 'file_too_large':
    case 'file_unavailable':
    case 'refused':
      return new DeliveryError(code, 'never')
  }
}
