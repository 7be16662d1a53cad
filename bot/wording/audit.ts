/** What is said of the audit: what was wrong in what was asked for, and what a proof has shown. */
import type { ChainFault } from '../audit/chain.ts'

/** What is wrong with an entry. */
export const CHAIN_FAULTS: Readonly<Record<ChainFault, string>> = {
  changed: 'nội dung đã bị sửa',
  broken_link: 'không nối với mục trước nó; mục trước đã bị sửa hoặc thay',
  missing: 'mục này không còn',
  out_of_place: 'mục này bị chèn hoặc đổi chỗ',
  cut_off: 'chuỗi ngắn hơn lần kiểm trước, phần đuôi đã bị cắt',
  not_expected: 'mã khác với lần kiểm trước, chuỗi đã bị viết lại',
}

export const AUDIT_SAYS = {
  action: 'Không có việc nào như vậy trong nhật ký. Bạn chọn lại trong danh sách.',
  before: 'Số thứ tự trong nhật ký phải là số nguyên dương.',
  limit: (most: number) => `Mỗi lần xem được từ 1 đến ${most} mục.`,
  anchor: 'Dấu đối chiếu phải có dạng SỐ:MÃ, đúng như lần kiểm trước đã ghi.',
  nothing: 'Nhật ký chưa có mục nào.',
  sound: (count: number) =>
    `Nhật ký nguyên vẹn: ${count.toLocaleString('vi-VN')} mục. Bạn chép dấu đối chiếu ra nơi khác, để lần sau kiểm được cả việc cắt bớt phần đuôi.`,
  broken: (number: number, why: ChainFault) =>
    `Nhật ký KHÔNG còn nguyên vẹn, ở mục ${number.toLocaleString('vi-VN')}: ${CHAIN_FAULTS[why]}. Bạn giữ nguyên tệp dữ liệu và báo người phụ trách ngay.`,
} as const
