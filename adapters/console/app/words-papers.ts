/** Labels of the pages of posters and call-backs. */
import type { CallBackOutcome } from '../../../bot/handoff/call-back.ts'

export const PAPERS_NAV = { posters: 'Áp phích', callBacks: 'Gọi lại' } as const

export const POSTERS = {
  title: 'Áp phích và mã QR',
  lead: 'Người dân quét mã bằng máy ảnh điện thoại là mở được khung chat. In ra giấy A4, dán ở trụ sở, chợ, nhà văn hóa.',
  printAll: 'In tất cả',
  print: 'In áp phích',
  printOf: (name: string) => `In áp phích: ${name}`,
  qr: (name: string) => `Mã QR mở ${name}`,
  address: 'Địa chỉ',
} as const

export const OUTCOMES: Readonly<Record<CallBackOutcome, string>> = {
  reached: 'Đã nói chuyện',
  not_reached: 'Gọi không được',
  not_wanted: 'Người dân không cần nữa',
}

export const CALL_BACKS = {
  title: 'Gọi lại cho người dân',
  lead: 'Hội tự đặt mục tiêu gọi lại trong một ngày làm việc. Số điện thoại hiện ba số cuối; bấm “Xem số” khi gọi, lần xem được ghi vào nhật ký. Gọi xong thì số được xóa.',
  counts: (open: number, overdue: number) =>
    overdue === 0 ? `${open} người đang chờ gọi.` : `${open} người đang chờ gọi, ${overdue} người đã quá hạn.`,
  empty:
    'Chưa có ai nhờ gọi lại. Người dân nhắn “Nhờ gọi lại” trong khung chat thì tự hiện ở đây. Ai gọi tới hoặc ghé Hội mà muốn được gọi lại, bạn bấm “Ghi lời nhờ gọi lại”.',
  add: 'Ghi lời nhờ gọi lại',
  phone: 'Số điện thoại',
  phoneHint: '10 hoặc 11 số, bắt đầu bằng 0. Ví dụ: 0900 000 017',
  hours: 'Giờ muốn được gọi',
  hoursHint: 'Ví dụ: sau 17 giờ, hoặc sáng thứ hai',
  number: 'Số hồ sơ, nếu có',
  added: 'Đã ghi. Hạn gọi hiện trong danh sách.',
  columns: { phone: 'Điện thoại', hours: 'Giờ muốn gọi', of: 'Thuộc', due: 'Hạn', taken: 'Ai gọi', deeds: 'Việc' },
  anyTime: 'lúc nào cũng được',
  gone: 'đã xóa',
  nothing: 'Gọi riêng',
  chat: 'Cuộc trò chuyện',
  nobody: 'Chưa ai nhận',
  mine: 'Bạn',
  take: 'Nhận gọi',
  show: 'Xem số',
  done: 'Ghi kết quả',
  doneTitle: 'Kết quả cuộc gọi',
  doneLead: 'Ghi xong thì số điện thoại được xóa. Gọi không được mà còn muốn thử lại thì khoan ghi.',
  outcome: 'Kết quả',
  saved: 'Đã ghi kết quả.',
  of: (phone: string) => `số kết thúc bằng ${phone}`,
} as const
