/** What an operator may ask about Telegram, and what they read. */
import { z } from 'zod'
import type { TelegramSetting } from '../../bot/config.ts'
import { momentText } from '../../bot/wording/operations.ts'
import type { PlatformAdmin, Report } from '../platform/adapter.ts'
import { type Ask, type TelegramCode, TelegramError } from './api.ts'
import { ALLOWED_UPDATES } from './poll.ts'

export const WEBHOOK_PATH = '/webhooks/telegram'

export interface AdminParts {
  readonly ask: Ask
  readonly setting: TelegramSetting
  readonly clock: () => number
}

/** @returns the answers to an operator's questions; none of them throws. */
export function telegramAdmin(parts: AdminParts): PlatformAdmin {
  return {
    status: () => answered(async () => joined([await who(parts), await webhook(parts)])),
    setWebhook: (publicUrl) => answered(() => setWebhook(parts, publicUrl)),
    deleteWebhook: () => answered(() => deleteWebhook(parts)),
    test: () => answered(() => test(parts)),
  }
}

async function answered(report: () => Promise<Report>): Promise<Report> {
  try {
    return await report()
  } catch (error) {
    return { ok: false, sentences: [WHY[error instanceof TelegramError ? error.code : 'in_doubt']] }
  }
}

const UNREADABLE = 'Telegram trả lời không đúng như mong đợi. Bạn thử lại sau ít phút.'

const WHY: Readonly<Record<TelegramCode, string>> = {
  not_sent: 'Không kết nối được tới Telegram. Bạn kiểm tra mạng của máy này và TELEGRAM_API_ROOT.',
  in_doubt: 'Telegram không trả lời hoặc đang có lỗi. Bạn thử lại sau ít phút.',
  token_refused: 'Telegram không nhận token này. Bạn lấy lại token từ BotFather rồi đặt vào TELEGRAM_TOKEN.',
  too_many: 'Telegram yêu cầu chờ vì có quá nhiều lượt gọi. Bạn thử lại sau ít phút.',
  conflict: 'Có một máy khác đang dùng cùng token này. Bạn tắt máy kia, hoặc lấy token mới từ BotFather.',
  blocked: 'Telegram từ chối yêu cầu này.',
  no_chat: 'Telegram từ chối yêu cầu này.',
  moved: 'Telegram từ chối yêu cầu này.',
  entities_refused: 'Telegram từ chối yêu cầu này.',
  too_long: 'Telegram từ chối yêu cầu này.',
  file_too_large: 'Telegram từ chối yêu cầu này.',
  file_unavailable: 'Telegram từ chối yêu cầu này.',
  refused:
    'Telegram từ chối yêu cầu này. Nếu đang đặt webhook, bạn kiểm tra PUBLIC_URL: phải là https, có tên miền thật, cổng 443, 80, 88 hoặc 8443.',
}

function joined(reports: readonly Report[]): Report {
  return { ok: reports.every(({ ok }) => ok), sentences: reports.flatMap(({ sentences }) => sentences) }
}

const bot = z.object({ username: z.string() })

async function who({ ask }: AdminParts): Promise<Report> {
  const me = bot.safeParse(await ask((api) => api.getMe()))
  if (!me.success) return { ok: false, sentences: [UNREADABLE] }
  return { ok: true, sentences: [`Telegram nhận token, bot là @${me.data.username}.`] }
}

const info = z.object({
  url: z.string(),
  pending_update_count: z.int().catch(0),
  last_error_date: z.number().optional().catch(undefined),
  last_error_message: z.string().catch(''),
})
type Info = z.infer<typeof info>

async function webhook({ ask, setting, clock }: AdminParts): Promise<Report> {
  const told = info.safeParse(await ask((api) => api.getWebhookInfo()))
  if (!told.success) return { ok: false, sentences: [UNREADABLE] }
  const state = told.data.url === '' ? withoutWebhook(setting) : withWebhook(told.data, clock())
  return joined([state, ...(told.data.pending_update_count > 0 ? [waiting(told.data.pending_update_count)] : [])])
}

function withoutWebhook({ webhookSecret }: TelegramSetting): Report {
  if (webhookSecret === undefined) return { ok: true, sentences: ['Chưa đặt webhook: máy này tự lấy tin nhắn về.'] }
  return {
    ok: false,
    sentences: ['Chưa đặt webhook dù đã có TELEGRAM_WEBHOOK_SECRET. Nếu máy này có địa chỉ công khai, bạn đặt webhook để nhận tin nhắn.'],
  }
}

/** An error counts as long as it may still be there: Telegram tells the last one for ever. */
const RECENT_MS = 10 * 60_000

function withWebhook({ url, last_error_date: seconds, last_error_message: words }: Info, now: number): Report {
  const sentences = [`Webhook đang đặt tới ${hostOf(url)}.`]
  if (seconds === undefined) return { ok: true, sentences }
  const recent = now - seconds * 1_000 < RECENT_MS
  return { ok: !recent, sentences: [...sentences, `Lần gửi tới lỗi gần nhất lúc ${momentText(seconds * 1_000)}: ${reasonOf(words)}.`] }
}

/** Only the host is told: a path may hold anything. */
function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : 'một địa chỉ không đọc được'
}

function waiting(count: number): Report {
  return { ok: true, sentences: [`Telegram còn giữ ${count} tin chưa giao.`] }
}

const REASONS: readonly (readonly [RegExp, string])[] = [
  [/timed? ?out|timeout/i, 'máy này trả lời quá chậm'],
  [/ssl|certificate|tls/i, 'chứng chỉ HTTPS không hợp lệ'],
  [/resolve|host name|hostname/i, 'không tìm thấy tên miền'],
  [/\b401\b/, 'mã bí mật không khớp, bạn đặt lại webhook'],
  [/\b404\b/, 'địa chỉ webhook không có trên máy này'],
  [/\b5\d\d\b/, 'máy này báo lỗi hoặc chưa chạy'],
  [/connect|refused|reset|network/i, 'không kết nối được tới máy này'],
]

function reasonOf(words: string): string {
  return REASONS.find(([pattern]) => pattern.test(words))?.[1] ?? 'Telegram không nói rõ vì sao'
}

async function setWebhook({ ask, setting }: AdminParts, publicUrl: string): Promise<Report> {
  const { webhookSecret } = setting
  if (webhookSecret === undefined)
    return { ok: false, sentences: ['Cần TELEGRAM_WEBHOOK_SECRET trước khi đặt webhook, để không ai giả được tin nhắn.'] }
  if (!publicUrl.startsWith('https://')) return { ok: false, sentences: ['Telegram chỉ nhận địa chỉ https. Bạn kiểm tra PUBLIC_URL.'] }
  const url = `${publicUrl.replace(/\/+$/, '')}${WEBHOOK_PATH}`
  await ask((api) =>
    api.setWebhook(url, { secret_token: webhookSecret, allowed_updates: ALLOWED_UPDATES, max_connections: 40, drop_pending_updates: false }),
  )
  return { ok: true, sentences: [`Đã đặt webhook tới ${hostOf(url)}. Tin đang chờ được giữ nguyên.`] }
}

async function deleteWebhook({ ask }: AdminParts): Promise<Report> {
  await ask((api) => api.deleteWebhook({ drop_pending_updates: false }))
  return { ok: true, sentences: ['Đã gỡ webhook. Tin đang chờ được giữ nguyên, máy này có thể tự lấy về.'] }
}

/** Telegram has no trial delivery: whether it reaches us stands in what it says of the last ones. */
async function test(parts: AdminParts): Promise<Report> {
  const report = joined([await who(parts), await webhook(parts)])
  if (!report.ok) return report
  return { ok: true, sentences: [...report.sentences, 'Mọi thứ sẵn sàng. Bạn mở bot trong Telegram và nhắn thử một câu.'] }
}
