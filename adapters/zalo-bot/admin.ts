/** What an operator may ask of the Zalo Bot Platform, told in whole sentences. */
import type { PlatformAdmin, Report } from '../platform/adapter.ts'
import type { Me, Verification, ZaloBotClient } from './client.ts'
import { mishapOf, ZaloBotError } from './error.ts'

export const WEBHOOK_PATH = '/webhooks/zalo-bot'

/** @param secret of the webhook; undefined: messages are fetched. */
export function zaloBotAdmin(client: ZaloBotClient, secret: string | undefined): PlatformAdmin {
  return {
    status: () => told(() => status(client, secret)),
    setWebhook: (publicUrl) => told(() => setWebhook(client, secret, publicUrl)),
    deleteWebhook: () => told(() => deleteWebhook(client)),
    test: () => told(() => test(client, secret)),
  }
}

const fine = (...sentences: string[]): Report => ({ ok: true, sentences })
const wrong = (...sentences: string[]): Report => ({ ok: false, sentences })

/** What the platform refuses becomes a sentence as well. */
async function told(work: () => Promise<Report>): Promise<Report> {
  try {
    return await work()
  } catch (error) {
    return wrong(mishapSentence(error))
  }
}

async function status(client: ZaloBotClient, secret: string | undefined): Promise<Report> {
  const known = knownSentence(await client.getMe())
  const { url } = await client.getWebhookInfo()
  const found = url === '' ? withoutWebhook(secret) : withWebhook(secret, url)
  return { ok: found.ok, sentences: [known, ...found.sentences] }
}

function withWebhook(secret: string | undefined, url: string): Report {
  if (secret !== undefined) return fine(`Zalo chuyển tin nhắn đến ${url}.`)
  return wrong(
    `Zalo đang chuyển tin nhắn đến ${url}, nên An Tâm không tự lấy tin được.`,
    'Hãy gỡ webhook, hoặc đặt ZALO_BOT_WEBHOOK_SECRET và PUBLIC_URL để nhận tin qua webhook.',
  )
}

function withoutWebhook(secret: string | undefined): Report {
  if (secret === undefined)
    return fine('Chưa đăng ký webhook: An Tâm tự lấy tin nhắn về. Cách này chỉ hợp để chạy thử, vì tin gửi lúc An Tâm dừng có thể bị mất.')
  return wrong('Chưa đăng ký webhook, nên Zalo chưa chuyển tin nhắn đến. Hãy đăng ký webhook.')
}

async function setWebhook(client: ZaloBotClient, secret: string | undefined, publicUrl: string): Promise<Report> {
  if (secret === undefined) return wrong('Chưa có ZALO_BOT_WEBHOOK_SECRET, nên không đăng ký webhook: thiếu mã này thì ai cũng giả được tin nhắn.')
  const url = publicUrl.replace(/\/+$/, '') + WEBHOOK_PATH
  try {
    const { verification } = await client.setWebhook({ url, secret_token: secret })
    return registered(url, verification)
  } catch (error) {
    if (!(error instanceof ZaloBotError) || error.code !== 400) throw error
    return wrong(`Zalo không nhận địa chỉ ${url}.`, 'Địa chỉ phải bắt đầu bằng https, gọi được từ Internet và không phải localhost hay mạng nội bộ.')
  }
}

function registered(url: string, verification: Verification | undefined): Report {
  if (!verification) return fine(`Zalo đã lưu địa chỉ ${url}, nhưng không cho biết có gọi đến được hay không. Hãy chạy thử.`)
  if (verification.ok) return fine(`Zalo đã lưu địa chỉ ${url} và gọi đến được.`)
  return wrong(`Zalo đã lưu địa chỉ ${url}, nhưng gọi thử không được.`, ...outcomeSentences(verification))
}

async function deleteWebhook(client: ZaloBotClient): Promise<Report> {
  const { url } = await client.deleteWebhook()
  if (url !== '') return wrong(`Zalo vẫn còn giữ webhook ${url}. Hãy thử gỡ lại.`)
  return fine('Đã gỡ webhook. Zalo không chuyển tin nhắn đến nữa.')
}

async function test(client: ZaloBotClient, secret: string | undefined): Promise<Report> {
  const known = knownSentence(await client.getMe())
  const { url } = await client.getWebhookInfo()
  const reached = url === '' || secret === undefined ? undefined : await reach(client, url)
  const found = reached ?? (url === '' ? withoutWebhook(secret) : withWebhook(secret, url))
  return { ok: found.ok, sentences: [known, ...found.sentences] }
}

async function reach(client: ZaloBotClient, url: string): Promise<Report> {
  try {
    const verification = await client.testWebhook()
    return verification.ok ? fine(`Zalo gọi đến được ${url}.`) : wrong(`Zalo gọi thử ${url} không được.`, ...outcomeSentences(verification))
  } catch (error) {
    return wrong(...untestedSentences(error))
  }
}

function untestedSentences(error: unknown): string[] {
  const code = error instanceof ZaloBotError ? error.code : undefined
  if (code === 426)
    return ['Hôm nay đã gọi thử hết số lần Zalo cho phép, nên chưa biết Zalo có gọi đến được không. Mai hãy thử lại, hoặc nhắn thử cho bot.']
  if (code === 400 || code === 404) return ['Zalo không nhận lệnh gọi thử, nên chưa biết Zalo có gọi đến được không. Hãy nhắn thử cho bot.']
  return [mishapSentence(error)]
}

function knownSentence({ id, account_name }: Me): string {
  return `Zalo nhận ra bot${account_name ? ` ${account_name}` : ''} (mã ${id}).`
}

/** What went wrong on the way from the platform to us. Copies of its documentation differ in which codes there are. */
const OUTCOMES: ReadonlyMap<string, readonly string[]> = new Map([
  [
    'webhook.http.403',
    [
      'Có lớp bảo vệ đứng trước máy chủ đã chặn Zalo (403).',
      `Nếu dùng Cloudflare, hãy tắt Browser Integrity Check cho đường dẫn ${WEBHOOK_PATH} bằng một Configuration Rule. Quy tắc bỏ qua của WAF là chưa đủ.`,
    ],
  ],
  [
    'webhook.http.404',
    ['Máy chủ trả lời là không có địa chỉ này (404). Hãy xem lại PUBLIC_URL, và proxy đứng trước có chuyển đường dẫn này đến An Tâm không.'],
  ],
  ['webhook.http.5xx', ['Máy chủ báo lỗi. Hãy xem An Tâm có đang chạy không, và proxy đứng trước có chuyển đến đúng cổng không.']],
  ['webhook.http.other', ['Máy chủ trả lời, nhưng không phải 200. Hãy xem proxy đứng trước có chuyển hướng hay đòi đăng nhập không.']],
  ['webhook.err.tls', ['Chứng chỉ https không dùng được. Hãy xem chứng chỉ còn hạn không, đúng tên miền không và có đủ chứng chỉ trung gian không.']],
  ['webhook.err.dns', ['Zalo không tìm thấy tên miền. Hãy xem lại bản ghi DNS.']],
  ['webhook.err.timeout', ['Máy chủ không trả lời kịp. Hãy xem An Tâm có đang chạy không, và tường lửa có chặn không.']],
  ['webhook.err.conn', ['Zalo không nối được đến máy chủ. Hãy xem cổng 443 có mở ra Internet không.']],
  ['webhook.err.proxy', ['Lỗi ở proxy trên đường từ Zalo đến máy chủ. Hãy thử lại sau vài phút.']],
  ['webhook.err.blocked', ['Zalo không gọi đến địa chỉ này. Địa chỉ phải công khai, không phải mạng nội bộ.']],
  ['webhook.err.unreachable', ['Zalo không đến được máy chủ. Hãy xem máy chủ có mở ra Internet không.']],
  ['webhook.err.other', ['Zalo không cho biết vì sao. Hãy thử lại sau vài phút.']],
])

function outcomeSentences({ outcome = '', status_code }: Verification): string[] {
  const known = OUTCOMES.get(/^webhook\.http\.5\d\d$/.test(outcome) ? 'webhook.http.5xx' : outcome)
  const number = status_code === undefined || status_code === 403 || status_code === 404 ? [] : [`Máy chủ đã trả lời ${status_code}.`]
  return [...(known ?? ['Zalo nêu một lý do mà An Tâm chưa biết. Hãy xem An Tâm có gọi được từ Internet không.']), ...number]
}

function mishapSentence(error: unknown): string {
  if (!(error instanceof ZaloBotError)) return 'Có lỗi chưa rõ khi gọi Zalo.'
  const mishap = mishapOf(error.code)
  switch (mishap) {
    case 'token_refused':
      return 'Zalo không nhận token này. Hãy lấy lại token trong Zalo Bot Creator và đặt vào ZALO_BOT_TOKEN.'
    case 'quota':
      return 'Bot đã dùng hết hạn mức của gói Zalo. Hãy đợi kỳ sau hoặc nâng gói.'
    case 'platform_fault':
      return 'Zalo đang có lỗi. Hãy thử lại sau vài phút.'
    case 'not_sent':
      return 'Không nối được đến Zalo. Hãy xem mạng của máy chủ, và ZALO_BOT_API_ROOT nếu có đặt.'
    case 'no_answer':
      return 'Zalo không trả lời kịp. Hãy thử lại sau vài phút.'
    case 'unreadable':
      return 'Không hiểu được câu trả lời. Hãy xem ZALO_BOT_API_ROOT có đúng là địa chỉ của Zalo không.'
    case 'refused':
    case 'not_found':
      return `Zalo từ chối lệnh này (mã ${error.code}).`
  }
}
