/** Telegram as a platform: what it can do, where its updates come in, and how it is spoken to. */
import { createHash, timingSafeEqual } from 'node:crypto'
import { z } from 'zod'
import type { TelegramSetting } from '../../bot/config.ts'
import type { Capabilities } from '../../bot/delivery/relay.ts'
import type { PlatformAdapter } from '../platform/adapter.ts'
import type { Taken } from '../platform/inbound.ts'
import type { Outside } from '../platform/outside.ts'
import type { Door } from '../platform/webhook.ts'
import { telegramAdmin, WEBHOOK_PATH } from './admin.ts'
import { type Ask, openApi, usernameOf } from './api.ts'
import { fetchTelegramFile } from './file.ts'
import { pollUpdates } from './poll.ts'
import { readUpdate, type Self, TELEGRAM } from './read.ts'
import { sendPart } from './send.ts'
import { realTimers, type Timers, typingSigns } from './typing.ts'

export interface TelegramParts {
  readonly setting: TelegramSetting
  readonly outside: Outside
  readonly clock: () => number
  readonly maxFileBytes: number
  /** For one call; 30 seconds when left out. */
  readonly timeoutMs?: number
  readonly timers?: Timers
  /** How polling waits after a fault. */
  readonly pause?: (ms: number, signal: AbortSignal) => Promise<void>
}

const CAPABILITIES: Capabilities = {
  idempotentSend: false,
  reachesAway: true,
  showsOwner: false,
  typing: true,
  maxTextLength: 4_096,
  buttons: 8,
  proactiveWindowMs: null,
}

const TIMEOUT_MS = 30_000
/** A long poll ends by itself this long before the call would be given up. */
const POLL_MARGIN_MS = 5_000

/** Opens nothing yet: the first call goes out with the first message, poll or question. */
export function openTelegram(parts: TelegramParts): PlatformAdapter {
  const { setting, outside, clock, maxFileBytes, timeoutMs = TIMEOUT_MS, timers = realTimers } = parts
  const ask = openApi(setting, outside, timeoutMs)
  const self = selfOf(setting, maxFileBytes)
  const taken = (update: unknown, became: Taken) => afterwards(ask, self, update, became)
  const show = (address: string) => void ask((api) => api.sendChatAction(address, 'typing')).catch(() => undefined)
  return {
    channel: {
      name: TELEGRAM,
      capabilities: CAPABILITIES,
      send: async (parcel, part) => self.learn(await sendPart(ask, parcel, part)),
      typing: typingSigns(show, timers),
      fetch: (download) => fetchTelegramFile({ ask, setting, outside, maxBytes: maxFileBytes, timeoutMs }, download),
    },
    door: doorOf(setting, self, taken),
    poll: pollUpdates({
      ...{ ask, taken, seconds: Math.max(0, Math.floor((timeoutMs - POLL_MARGIN_MS) / 1_000)) },
      read: (update, polling) => readUpdate(update, polling.reading(), self),
      ...(parts.pause ? { pause: parts.pause } : {}),
    }),
    admin: telegramAdmin({ ask, setting, clock }),
    // To invite people we must know what we are called, also before the first message.
    tend: () => learnName(ask, self),
    invitation: (code) => (self.username === undefined ? undefined : { where: 'Telegram', address: `https://t.me/${self.username}?start=${code}` }),
  }
}

interface Learning extends Self {
  /** Telegram names us in what it answers. */
  learn(username: string | undefined): void
}

function selfOf({ token }: TelegramSetting, maxFileBytes: number): Learning {
  let username: string | undefined
  return {
    botId: token.slice(0, token.indexOf(':')),
    maxFileBytes,
    get username() {
      return username
    },
    learn(name) {
      username = name ?? username
    },
  }
}

function doorOf({ webhookSecret }: TelegramSetting, self: Self, taken: (update: unknown, became: Taken) => void): Door | undefined {
  if (webhookSecret === undefined) return undefined
  return {
    channel: TELEGRAM,
    path: WEBHOOK_PATH,
    verify: (_raw, headers) => isSame(headers['x-telegram-bot-api-secret-token'], webhookSecret),
    read: (body, reading) => readUpdate(body, reading, self),
    taken,
  }
}

/** Takes the same time however much of it is right. */
function isSame(given: string | string[] | undefined, secret: string): boolean {
  return typeof given === 'string' && timingSafeEqual(digest(given), digest(secret))
}

const digest = (text: string) => createHash('sha256').update(text).digest()

const pressed = z.object({ callback_query: z.object({ id: z.string() }) })
const inGroup = z.object({ message: z.object({ chat: z.object({ type: z.enum(['group', 'supergroup']) }) }) })

/** What Telegram wants besides the 200, in the background: a pressed button turns until it is answered. In a group we must know what we are called. */
function afterwards(ask: Ask, self: Learning, update: unknown, became: Taken): void {
  const press = pressed.safeParse(update)
  if (press.success) void answerPress(ask, press.data.callback_query.id, became)
  if (self.username === undefined && inGroup.safeParse(update).success) void learnName(ask, self)
}

export const OLD_BUTTON = 'Nút này đã cũ, bạn gõ lại câu hỏi giúp tôi nhé.'

/** Too late an answer is refused, and then nothing turns any more either. */
async function answerPress(ask: Ask, id: string, became: Taken): Promise<void> {
  const text = became === 'old_button' ? { text: OLD_BUTTON } : {}
  await ask((api) => api.answerCallbackQuery(id, text)).catch(() => undefined)
}

async function learnName(ask: Ask, self: Learning): Promise<void> {
  const me: unknown = await ask((api) => api.getMe()).catch(() => undefined)
  self.learn(usernameOf(me))
}
