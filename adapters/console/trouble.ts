/** Every refusal of the console: a code for the page, a status, and a sentence that the officer reads as it is. */

const TROUBLES = {
  signed_out: [401, 'Phiên làm việc đã hết. Bạn đăng nhập lại nhé; những gì đã lưu vẫn còn.'],
  wrong_sign_in: [401, 'Tên đăng nhập, mật khẩu hoặc mã 6 số chưa đúng. Bạn thử lại; quên thì nhờ quản trị cấp liên kết mới.'],
  too_many: [429, 'Thử quá nhiều lần. Bạn đợi ít phút rồi thử lại.'],
  forged: [403, 'Yêu cầu không đến từ trang làm việc này nên không được nhận. Bạn tải lại trang rồi thử lại.'],
  not_allowed: [403, 'Tài khoản của bạn không có quyền làm việc này. Cần thì nhờ người phụ trách.'],
  bad_request: [400, 'Nội dung gửi lên chưa đúng. Bạn xem lại các ô rồi thử lại.'],
  too_large: [413, 'Nội dung hoặc tệp gửi lên quá lớn nên chưa nhận gì. Tệp văn bản nặng nhất là 60 MB.'],
  not_found: [404, 'Không tìm thấy mục này. Có thể nó đã bị xóa hoặc đường dẫn sai.'],
  conflict: [409, 'Có người vừa thay đổi mục này. Bạn tải lại rồi thử lại.'],
  link_ended: [404, 'Liên kết đã hết hạn hoặc đã dùng rồi. Nhờ quản trị cấp liên kết mới.'],
} as const satisfies Record<string, readonly [number, string]>

export type ConsoleTroubleCode = keyof typeof TROUBLES

/** Thrown to refuse with a sentence; `sentence` says it more closely than the catalogue. */
export class ConsoleTrouble extends Error {
  override readonly name = 'ConsoleTrouble'
  readonly code: ConsoleTroubleCode
  readonly status: number
  readonly sentence: string
  readonly retryAfterSeconds: number | undefined
  constructor(code: ConsoleTroubleCode, sentence?: string, retryAfterSeconds?: number) {
    super(code)
    this.code = code
    this.status = TROUBLES[code][0]
    this.sentence = sentence ?? TROUBLES[code][1]
    this.retryAfterSeconds = retryAfterSeconds
  }
}
