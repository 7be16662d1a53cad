/** What the operator reads about Zalo OA: what is the matter, and what to do about it. */
import type { TokenState } from './tokens.ts'

/** @returns the token as it is, and what a human has to do where one has to. */
export function tokenSentence(state: TokenState): string {
  switch (state.kind) {
    case 'ready':
      return `Mã truy cập Zalo OA có hạn đến ${moment(state.expiresAt)}; gần hết hạn, An Tâm tự đổi mã mới.`
    case 'unused':
      return 'Chưa lấy mã truy cập Zalo OA lần nào; An Tâm sẽ lấy khi cần gửi tin đầu tiên.'
    case 'needs_authorisation':
      return NEEDS_AUTHORISATION
    case 'not_kept':
      return NOT_KEPT
  }
}

const NEEDS_AUTHORISATION =
  'Zalo không còn nhận refresh token đang dùng, nên An Tâm không gửi được tin trên Zalo OA; các tin trả lời được giữ lại chờ gửi. Người quản trị OA mở developers.zalo.me, cấp quyền lại cho ứng dụng để lấy refresh token mới, đặt vào ZALO_OA_REFRESH_TOKEN rồi khởi động lại An Tâm.'
const NOT_KEPT =
  'Không đọc hoặc ghi được tệp giữ mã truy cập Zalo OA trong thư mục dữ liệu. Hãy kiểm tra ổ đĩa còn chỗ trống và An Tâm có quyền ghi vào thư mục đó.'

const SETTINGS: Readonly<Record<number, string>> = {
  [-224]: 'OA chưa ở gói dịch vụ cho phép gửi tin qua API. Hãy xác thực OA và mua gói phù hợp tại oa.zalo.me.',
  [-240]: 'Zalo đã tắt phiên bản API đang gọi. Hãy kiểm tra ZALO_OA_API_ROOT, hoặc cập nhật An Tâm.',
}

/** @param error Zalo's number @returns what the operator has to put right with Zalo. */
export function settingSentence(error: number): string {
  const known = SETTINGS[error]
  const what = known ?? 'Hãy kiểm tra OA đã xác thực, ứng dụng đang bật và đã được cấp quyền gửi tin, tại developers.zalo.me và oa.zalo.me.'
  return `Zalo từ chối vì cấu hình, mã lỗi ${error}. ${what}`
}

/** @param code of a delivery that failed @returns what it means for the operator. */
export function troubleSentence(code: string): string {
  const setting = /^setting_(\d+)$/.exec(code)?.[1]
  if (setting !== undefined) return settingSentence(-Number(setting))
  return TROUBLES[code] ?? `Zalo OA đang trục trặc (${code}); An Tâm sẽ tự thử lại.`
}

const TROUBLES: Readonly<Record<string, string | undefined>> = {
  needs_authorisation: NEEDS_AUTHORISATION,
  tokens_not_kept: NOT_KEPT,
  tokens_unreachable:
    'Chưa đổi được mã truy cập vì không kết nối được máy chủ cấp mã của Zalo; An Tâm sẽ tự thử lại. Hãy kiểm tra đường mạng của máy chủ.',
  token_refused:
    'Zalo không nhận mã truy cập dù vừa đổi mã mới. Hãy kiểm tra ZALO_OA_APP_ID và ZALO_OA_APP_SECRET có đúng là của ứng dụng đang nối với OA.',
  rate: 'Ứng dụng đã gọi Zalo quá nhiều lần trong một phút; An Tâm chờ rồi tự thử lại.',
  unreachable: 'Không kết nối được máy chủ Zalo. Hãy kiểm tra đường mạng của máy chủ.',
  no_answer: 'Máy chủ Zalo không trả lời; An Tâm sẽ tự thử lại.',
  platform_fault: 'Máy chủ Zalo đang trục trặc; An Tâm sẽ tự thử lại.',
  unreadable_answer: 'Máy chủ Zalo trả lời không đúng dạng; nếu kéo dài, hãy kiểm tra ZALO_OA_API_ROOT.',
}

export const ACCEPTED = 'Zalo nhận mã truy cập: An Tâm gửi được tin cho người đã nhắn OA trong 7 ngày gần nhất.'

/** What An Tâm needs to hear of; the rest may stay off. */
const EVENTS =
  'người dùng gửi tin nhắn (văn bản, ảnh, tệp, đường dẫn, âm thanh, video, hình dán (sticker), vị trí, danh thiếp), người dùng bấm nút nhắn tin, quan tâm và bỏ quan tâm OA, OA gửi tin nhắn (để biết cán bộ đã trả lời trong trang quản trị), người dùng gửi thông tin, người dùng rút lại sự đồng ý'

/** @param publicUrl as https://antam.example.vn @returns where the operator enters the address, step by step: Zalo has no call for it. */
export function setWebhookSentences(publicUrl: string): readonly string[] {
  const address = `${publicUrl.replace(/\/+$/, '')}/webhooks/zalo-oa`
  return [
    'Zalo không cho đặt webhook của OA qua API, nên cần người quản trị làm bằng tay:',
    `1. Mở developers.zalo.me, chọn ứng dụng, vào mục Webhook và nhập địa chỉ ${address}`,
    `2. Bật các sự kiện: ${EVENTS}.`,
    '3. Tắt mục “Lọc cú pháp”; nếu để bật, Zalo chỉ chuyển những tin bắt đầu bằng dấu #.',
    '4. Lấy “OA Secret Key” ở cùng trang, đặt vào ZALO_OA_SECRET_KEY; khóa này khác với khóa bí mật của ứng dụng.',
    ...addressProblems(address),
  ]
}

function addressProblems(address: string): readonly string[] {
  const url = URL.canParse(address) ? new URL(address) : undefined
  if (url?.protocol === 'https:' && url.port === '') return []
  return ['Lưu ý: Zalo chỉ nhận địa chỉ https, tên miền đã xác thực và không ghi số cổng; địa chỉ trên chưa đúng như vậy.']
}

export const DELETE_WEBHOOK: readonly string[] = [
  'Zalo không cho gỡ webhook của OA qua API: mở developers.zalo.me, chọn ứng dụng, vào mục Webhook rồi tắt các sự kiện hoặc xóa địa chỉ.',
]

/** In Vietnam: "14:05 ngày 27/11/2026". */
function moment(at: number): string {
  const [date = '', time = ''] = new Date(at + 7 * 60 * 60_000).toISOString().split('T')
  return `${time.slice(0, 5)} ngày ${date.split('-').reverse().join('/')}`
}
