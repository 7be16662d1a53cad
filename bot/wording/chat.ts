/** What a citizen reads about the conversation itself: files, repeats, limits of the chat. */
import { HOTLINE } from './vi.ts'

export const CHAT = {
  /** A file without a word. */
  attachment:
    'Tôi đã giữ tệp của bạn ở chỗ riêng, chưa ai mở. Tôi là máy nên không đọc được ảnh; bạn kể giúp bằng chữ: tệp cho thấy điều gì, chuyện xảy ra khi nào, với ai? Nếu ảnh có số căn cước, số thẻ hoặc mã OTP, bạn nên xóa cuộc trò chuyện rồi gửi lại ảnh đã che.',
  /** A file with words, after the answer to the words. */
  attachmentKept: 'Tệp bạn gửi kèm đã được giữ ở chỗ riêng, chưa ai mở.',
  failed: `Xin lỗi bạn, tôi vừa gặp trục trặc nên chưa trả lời được tin này. Bạn thử gửi lại sau ít phút, hoặc gọi ${HOTLINE}.`,
} as const
