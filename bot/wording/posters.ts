/** What stands on the poster that opens the chat, and what an officer reads beside it. */
import { CHOICE, HOTLINE } from './vi.ts'

/** A channel as people call it who look for it on their telephone. */
export const POSTER_CHANNEL: Readonly<Record<string, string>> = {
  web: 'Trang web',
  telegram: 'Telegram',
  'zalo-bot': 'Zalo (bot)',
  'zalo-oa': 'Zalo',
}

/** What must be done before a poster of the channel can be printed. */
export const POSTER_NEEDS: Readonly<Record<string, string>> = {
  web: 'Chưa biết địa chỉ, cần đặt PUBLIC_URL là địa chỉ mà người dân mở được.',
  telegram: 'Chưa biết địa chỉ, cần đặt đúng TELEGRAM_TOKEN và để máy hỏi được Telegram tên của bot.',
  'zalo-bot': 'Chưa biết địa chỉ: Zalo không cho máy hỏi. Bạn lấy mã QR trong phần quản lý bot của Zalo rồi in.',
  'zalo-oa': 'Chưa biết địa chỉ: Zalo không cho máy hỏi. Bạn lấy mã QR trong trang quản lý Official Account rồi in.',
}
export const POSTER_NEEDS_ELSE = 'Chưa biết địa chỉ của kênh này.'

export const POSTER = {
  page: 'Áp phích mã QR',
  title: 'Mua hàng gặp chuyện? Hỏi An Tâm',
  lead: 'Hỏi về quyền của người mua hàng, cách đòi đổi trả, hoàn tiền, và gửi phản ánh tới Hội. Miễn phí.',
  how: 'Cách dùng',
  steps: [
    'Mở máy ảnh của điện thoại, hướng vào mã ở trên.',
    'Bấm vào dòng chữ hiện ra để mở khung trò chuyện.',
    'Kể chuyện của bạn như nhắn tin cho người quen. Không cần biết luật.',
  ],
  qr: (channel: string) => `Mã QR mở ${channel}`,
  or: (channel: string) => `${channel}, hoặc gõ địa chỉ`,
  machine: `Người trả lời là máy tự động. Cần người thật, bạn nhắn “${CHOICE.officer}”; cán bộ trả lời trong giờ làm việc.`,
  care: 'Đừng gửi số căn cước, số thẻ, mật khẩu, mã OTP. Hội không bao giờ hỏi những thứ đó.',
  hours: (hours: string) => `Giờ làm việc của cán bộ: ${hours}`,
  contact: (what: string) => `Liên hệ Hội: ${what}`,
  urgent: `Không dùng được, hoặc cần nói chuyện ngay: gọi ${HOTLINE}.`,
  none: 'Chưa có kênh nào biết địa chỉ nên chưa in được áp phích. Bạn xem mục Áp phích để biết cần đặt gì.',
  unknown: 'Kênh này chưa bật, hoặc chưa biết địa chỉ nên chưa in được.',
} as const
