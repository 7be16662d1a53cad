/** What officers read about the library: what of its law has changed, and why something is not taken. */
export const SHELF_SAYS = {
  gone: (pointer: string) => `Không còn thấy ${pointer} trong thư viện.`,
  past: (label: string, day: string) => `${label} đã hết hiệu lực từ ${day}.`,
  inDoubt: (label: string) => `Diễn giải của ${label} viết từ bản chữ khác với nguyên văn đang công bố.`,
  changed: (label: string) => `${label} đã nói khác so với lúc viết.`,
  overtaken: 'Bản gốc của hướng dẫn này đã đổi sau khi Hội sửa. Bạn so hai bản rồi giữ bản của Hội hoặc bỏ.',
  faulty: (faults: string) => `Chưa dùng được nên đang trả lời bằng bản gốc: ${faults}`,
  notReady: 'Thư viện đang mở, chưa xem được. Bạn đợi một lát rồi thử lại.',
  wrongState: 'Mục này đã sang bước khác. Bạn tải lại trang để xem.',
  ownWork: 'Người đã viết không tự duyệt được. Bạn nhờ một người khác duyệt nhé.',
  notTried: 'Bản này chưa được thử trên bộ câu hỏi. Bạn bấm “Thử” rồi gửi duyệt.',
  faults: (faults: readonly string[]) => faults.join('\n'),
  trying: 'Đang thử một bản khác. Bạn đợi thử xong rồi bấm lại.',
  trialFailed: 'Thử chưa xong vì có trục trặc phía máy chủ. Bạn thử lại; còn lỗi thì báo quản trị.',
  notChangedOver:
    'Đã ghi lại, nhưng dịch vụ chưa chuyển sang dùng được ngay và vẫn trả lời theo bản trước. Bạn báo quản trị; lần khởi động sau sẽ dùng bản mới.',
  badId: 'Mã chỉ gồm chữ thường không dấu, số và gạch nối, từ 3 đến 80 ký tự.',
  taken: 'Đã có hướng dẫn mang mã này. Bạn chọn mã khác hoặc sửa chính hướng dẫn đó.',
  unanswered: 'chưa trả lời được',
} as const
