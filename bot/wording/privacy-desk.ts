/** What officers read of personal data: refusals, what was done, the association's goals, and what the law says of a breach. */
import { ANSWER_WORKING_DAYS } from '../privacy/requests.ts'
import type { RetentionClass } from '../privacy/retention.ts'

export const PRIVACY_SAYS = {
  who: 'Ghi số hồ sơ hoặc mã cuộc trò chuyện, một trong hai.',
  nobody: 'Không tìm thấy người này: số hồ sơ hoặc mã cuộc trò chuyện chưa đúng, hoặc dữ liệu đã xóa.',
  code: 'Cần ít nhất bốn chữ hoặc số mà người dân đọc trên trang trò chuyện.',
  why: 'Ghi lý do xóa; đừng ghi tên hay số điện thoại của người dân.',
  askedOn: 'Ngày nhận yêu cầu phải trong một năm gần đây và không sau hôm nay.',
  outcome: 'Không làm hoặc chỉ làm một phần thì ghi lý do, để trả lời được khi người dân hỏi lại.',
  answered: 'Yêu cầu này đã có người ghi kết quả.',
  notStanding: 'Lời đồng ý này đã rút rồi, hoặc hồ sơ không có lời đồng ý như vậy.',
  span: 'Chọn lúc bắt đầu không sau lúc kết thúc, và cả hai đều có trong lịch.',
  foundAt: 'Lúc phát hiện không thể sau lúc này.',
} as const

/** Said beside every due date of a request. */
export const REQUEST_GOAL = {
  words: `Trả lời trong ${ANSWER_WORKING_DAYS} ngày làm việc, không tính ngày nhận.`,
  note: 'Đây là mục tiêu của Hội; thời hạn trong nghị định hướng dẫn cần xác minh.',
  basis:
    'Luật Bảo vệ dữ liệu cá nhân (91/2025/QH15), khoản 5 Điều 4: nhận yêu cầu thì phải kịp thời thực hiện trong thời hạn theo quy định của pháp luật; Chính phủ quy định chi tiết.',
} as const

/** What a run does with what is past its time. */
export const RETENTION_DOES: Readonly<Record<RetentionClass['does'], string>> = {
  remove: 'xóa',
  blank: 'xóa nội dung, giữ lại số lượng',
  give_up: 'thôi gửi',
  report: 'chỉ báo, không xóa',
  keep: 'giữ mãi',
}

export const RETENTION_SAYS = {
  /** Who runs it every day. */
  service: 'tự động',
  ran: (removed: string, { givenUp, others }: { readonly givenUp: number; readonly others: number }) =>
    `Đã xóa ${removed}; ${others} mục khác đã hết hạn; đã thôi gửi ${givenUp} tin.`,
  rows: (count: number) => `${count} mục`,
} as const

export const ERASED_SAYS = (removed: string): string =>
  `Đã xóa ${removed}. Bản sao lưu cũ vẫn còn cho tới khi hết hạn; khôi phục bản nào, dịch vụ cũng xóa lại.`

/** Columns of the list of people whom a breach touches. */
export const BREACH_COLUMNS = ['Bí danh', 'Kênh', 'Số cuộc trò chuyện', 'Số hồ sơ', 'Có số điện thoại trong hồ sơ'] as const

/** What the article on breaches says, shortened; nothing that it does not say. */
export const BREACH_LAW: readonly string[] = [
  'Báo cơ quan chuyên trách bảo vệ dữ liệu cá nhân chậm nhất 72 giờ kể từ khi phát hiện, nếu vi phạm có thể gây tổn hại đến quốc phòng, an ninh quốc gia, trật tự, an toàn xã hội hoặc xâm phạm tính mạng, sức khỏe, danh dự, nhân phẩm, tài sản của người có dữ liệu (khoản 1 Điều 23 Luật 91/2025/QH15).',
  'Lập biên bản xác nhận việc xảy ra vi phạm và phối hợp với cơ quan chuyên trách xử lý (khoản 2 Điều 23).',
  'Ngăn chặn vi phạm, khắc phục hậu quả (khoản 4 Điều 23).',
  'Nội dung thông báo do Chính phủ quy định (khoản 5 Điều 23); văn bản đó chưa nạp ở đây, cần xác minh trước khi gửi.',
]
