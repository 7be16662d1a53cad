/** What a citizen reads about their own data in the chat, and about going on with a matter on another channel. */

/** The words, tapped or typed, that erase everything and that do not. */
export const ERASE_CHOICE = 'Xóa hết dữ liệu của tôi'
export const KEEP_CHOICE = 'Không xóa'

export const OWN_DATA = {
  ask: (days: number) =>
    `Tôi giữ tin nhắn, ảnh và tệp của bạn ở đây để trả lời bạn tiếp; ${days} ngày sau tin cuối thì tự xóa. Nếu chọn “${ERASE_CHOICE}”, mọi thứ ở đây và ở kênh bạn đã nối sang bị xóa hẳn, không lấy lại được, kể cả lời cán bộ nhắn cho bạn.`,
  erasing:
    'Tôi đã nhận yêu cầu. Trong ít phút nữa mọi tin nhắn, ảnh và tệp của bạn ở phía Hội bị xóa hẳn. Tin trong máy của bạn vẫn còn, bạn tự xóa nếu muốn. Sau này bạn nhắn lại thì bắt đầu một cuộc trò chuyện mới.',
  kept: 'Vâng, tôi không xóa gì cả. Bạn cứ hỏi tiếp nhé.',
} as const

export const TRANSFER = {
  offered: (code: string, minutes: number, links: readonly string[]) =>
    [
      `Mã chuyển kênh của bạn: ${code}`,
      `Bạn mở An Tâm ở kênh kia rồi nhắn đúng mã này, chúng ta nói tiếp việc đang dở; cán bộ đang giúp bạn cũng theo sang. Mã dùng một lần, trong ${minutes} phút.`,
      ...links,
      'Đừng đưa mã cho người khác: ai có mã thì nói tiếp được việc của bạn.',
    ] as const,
  link: (where: string, address: string) => `Mở ${where}: ${address}`,
  continued: (question: string | undefined) =>
    `Tôi đã nối với cuộc trò chuyện trước của bạn, bạn nói tiếp ở đây được rồi.${question === undefined ? '' : ` Lần trước bạn hỏi: “${question}”`}`,
  refused: 'Mã này không đúng, đã dùng rồi hoặc đã quá giờ. Bạn quay lại kênh cũ, nhắn “chuyển kênh” để lấy mã mới nhé.',
  own: 'Mã này là của chính cuộc trò chuyện này. Bạn nhắn nó ở kênh kia để nói tiếp ở đó nhé.',
} as const
