/** What a person reads when a photo or a PDF cannot be taken: what is wrong with it and what to send instead. */
import { CHOICE } from './vi.ts'

/** Why an attachment is not taken. */
export type AttachmentRefusal =
  | 'empty'
  | 'too_large'
  | 'kind_unknown'
  | 'not_what_it_says'
  | 'damaged'
  | 'too_many_pixels'
  | 'quota'
  /** Something in it could run or carry another file: a program, a script, an archive, a web page, a PDF with code or with files inside. */
  | 'executable'

/** The limits that the sentences name: bytes, and pixels of one image. */
export interface NamedLimits {
  readonly maxBytes: number
  readonly maxPixels: number
  readonly quotaBytes: number
}

const SCREENSHOT = 'chụp màn hình rồi gửi ảnh đó nhé'

const WHY: Readonly<Record<AttachmentRefusal, (limits: NamedLimits) => string>> = {
  empty: () => `Tệp này rỗng, không có gì bên trong. Bạn chọn lại tệp, hoặc ${SCREENSHOT}.`,
  too_large: ({ maxBytes }) => `Tệp lớn hơn ${megabytes(maxBytes)} MB nên tôi chưa nhận được. Bạn mở phần quan trọng, ${SCREENSHOT}.`,
  kind_unknown: () =>
    `Tôi chỉ nhận ảnh (JPEG, PNG, WebP) và tệp PDF. Với ảnh HEIC của iPhone, video hay loại tệp khác, bạn mở ra, dừng ở chỗ cần xem, ${SCREENSHOT}.`,
  not_what_it_says: () => `Tên tệp nói một loại mà bên trong lại là loại khác nên tôi không dám nhận. Nếu là ảnh bạn xem được, bạn ${SCREENSHOT}.`,
  damaged: () =>
    `Tôi không mở được tệp này: có thể tệp bị hỏng, tải về chưa đủ, hoặc PDF có đặt mật khẩu. Bạn tải lại rồi gửi, hoặc mở ra, ${SCREENSHOT}.`,
  too_many_pixels: ({ maxPixels }) =>
    `Ảnh lớn hơn ${Math.floor(maxPixels / 1_000_000)} triệu điểm ảnh nên tôi chưa nhận được. Bạn mở ảnh ra, ${SCREENSHOT}.`,
  quota: ({ quotaBytes }) =>
    `Cuộc trò chuyện này đã chạm mức ${megabytes(quotaBytes)} MB ảnh và tệp, tôi không nhận thêm được. Những gì bạn gửi trước vẫn còn; cần gửi nữa, bạn nhắn “${CHOICE.officer}” nhé.`,
  executable: () =>
    `Tệp này có phần chạy được hoặc chứa tệp khác bên trong nên tôi không nhận. Nếu người khác gửi nó cho bạn thì đừng mở. Nếu là tài liệu Word, Excel hay tệp nén của bạn, bạn lưu lại thành PDF, hoặc ${SCREENSHOT}.`,
}

/** @returns the sentences for the person; they name the limit where one was met */
export function attachmentRefusal(code: AttachmentRefusal, limits: NamedLimits): string {
  return WHY[code](limits)
}

/** Rounded down, so that what is named is always taken. */
const megabytes = (bytes: number): string => String(Math.floor(bytes / (1024 * 1024)))
