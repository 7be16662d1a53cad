/** What a person reads when asked to wait: whose limit was met, how long, and where to call for what is urgent. */
import { HOTLINE } from './vi.ts'

/** Whose limit was met: the person's own, that of the network address they share, or that of the whole service. */
export type LimitCode = 'visitor' | 'address' | 'global'

const WHY: Readonly<Record<LimitCode, string>> = {
  visitor: 'Bạn gửi hơi nhanh nên An Tâm chưa kịp trả lời.',
  address: 'Đường mạng bạn đang dùng (có thể nhiều người dùng chung) vừa gửi đến nhiều tin quá nên An Tâm phải xin tạm dừng.',
  global: 'Lúc này có rất nhiều người nhắn cùng lúc nên An Tâm chưa nhận thêm được.',
}

/**
 * @param code whose limit was met
 * @param retryAfterSeconds whole seconds until it is worth trying again
 * @returns one to three sentences that end with the hotline
 */
export function waitPlease(code: LimitCode, retryAfterSeconds: number): string {
  return `${WHY[code]} Xin chờ khoảng ${waitInWords(retryAfterSeconds)} rồi gửi lại; việc gấp xin gọi ${HOTLINE}.`
}

/** Rounded up: whoever waits as long as told must not be refused again. An hour is the longest wait there is. */
function waitInWords(seconds: number): string {
  return seconds <= 90 ? `${seconds} giây` : `${Math.ceil(seconds / 60)} phút`
}
