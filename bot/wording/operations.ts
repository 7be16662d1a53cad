/** What a citizen reads while something is switched off, and how a moment is written. */
import { HOTLINE } from './vi.ts'

/** @returns the sentence shown while the assistant pauses; `publicReason` is shown as it is and must have been written for citizens. */
export function pauseSentence(publicReason?: string): string {
  const reason = publicReason?.trim().replace(/\.$/, '')
  return `An Tâm đang tạm nghỉ${reason ? ` (${reason})` : ''} nên chưa trả lời được. Việc gấp, bạn gọi ${HOTLINE}.`
}

/** What is said of one function that is off, while the rest goes on. */
export const FUNCTION_PAUSED = {
  attachments: 'Hiện chưa nhận được ảnh và tệp. Bạn kể lại bằng chữ giúp tôi nhé, giữ kỹ tệp gốc để dùng sau.',
  handoff: `Hiện chưa nối được với cán bộ Hội trong khung chat này. Việc gấp, bạn gọi ${HOTLINE}.`,
} as const

const moment = new Intl.DateTimeFormat('en-GB', { timeZone: 'Asia/Ho_Chi_Minh', dateStyle: 'short', timeStyle: 'medium' })

/** @returns `at` (milliseconds UTC) as it is read in Vietnam: "26/11/2026 14:05:09". */
export function momentText(at: number): string {
  return moment.format(at).replace(',', '')
}

/** What an operator reads of the messaging platforms. */
export const CHANNELS_SAY = {
  none: 'Chưa bật kênh nào: đặt TELEGRAM_TOKEN, ZALO_BOT_TOKEN hoặc các biến ZALO_OA_… rồi chạy lại.',
  notOn: (name: string) => `Kênh ${name} chưa bật, hoặc tên kênh gõ nhầm (telegram, zalo-bot, zalo-oa).`,
  needsAddress: (name: string) =>
    `Chưa có PUBLIC_URL (địa chỉ https mà ${name} gọi tới được), nên chưa đặt webhook được. Không có địa chỉ đó thì dịch vụ tự hỏi tin.`,
  way: (publicUrl: string | undefined, canPoll: boolean) =>
    publicUrl === undefined
      ? canPoll
        ? 'Không có PUBLIC_URL: khi chạy, dịch vụ tự hỏi tin mới (chỉ nên dùng khi thử).'
        : 'Không có PUBLIC_URL: kênh này chỉ nhận tin qua webhook nên sẽ không nhận được gì.'
      : `Nhận tin qua webhook ở ${publicUrl}.`,
} as const

interface Used {
  readonly received: number
  readonly sent: number
  readonly people: number
}

/** @returns how much of the month's plan is used. */
export function usageSaid({ received, sent, people }: Used, plan: { readonly mostMessages: number; readonly mostUsers: number }): string {
  const of = (most: number) => (most === 0 ? '' : ` trên ${most}`)
  const used = `Tháng này ${received + sent} tin (${received} nhận, ${sent} gửi)${of(plan.mostMessages)}; ${people} người đang có cuộc trò chuyện${of(plan.mostUsers)}.`
  const full = plan.mostMessages > 0 && received + sent >= plan.mostMessages
  const crowded = plan.mostUsers > 0 && people >= plan.mostUsers
  return full || crowded ? `${used} Đã hết mức của gói: tin mới có thể không tới; đổi gói hoặc mời người dân qua kênh khác.` : used
}

const HELD_WHY: Readonly<Record<string, string>> = {
  window_closed: 'người dân đã lâu không nhắn nên nền tảng không cho gửi',
  blocked: 'người dân đã chặn tài khoản',
  in_doubt: 'gửi nhiều lần mà không biết có tới không',
}

/** @returns why a reply waits until its person writes again. */
export function heldWhy(trouble: string): string {
  return HELD_WHY[trouble] ?? trouble
}

/** @returns a sentence for each reason for which replies wait until their person writes again. */
export function heldSaid(held: readonly { readonly trouble: string; readonly count: number; readonly oldest: number }[]): string[] {
  return held.map(
    ({ trouble, count, oldest }) =>
      `${count} trả lời đang giữ lại (${heldWhy(trouble)}), lâu nhất từ ${momentText(oldest)}; sẽ gửi khi người dân nhắn lại. Việc quan trọng thì gọi điện nếu có số.`,
  )
}
