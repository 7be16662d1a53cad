/** What the office reads of a case that is handed over by e-mail, and what the operator reads of handing over. */

import type { Purpose } from '../complaint/consent.ts'
import type { FactName } from '../complaint/facts.ts'
import { momentText } from './operations.ts'

export const HANDOVER_SAYS = {
  sender: 'An Tâm',
  /** The number alone: subjects lie open in every mailbox. */
  subject: (number: string) => `Hồ sơ ${number}`,
  confirmed: (number: string, at: number) => `Hồ sơ ${number}, người dân xác nhận lúc ${momentText(at)}.`,
  matter: (title: string, channel: string) => `Việc: ${title} (nhận qua ${channel})`,
  story: 'Người dân kể (số giấy tờ, số thẻ đã được che):',
  noFiles: 'Không có ảnh, tệp kèm theo.',
  files: (count: number) => `Ảnh, tệp kèm theo (${count}):`,
  file: (caption: string) => (caption === '' ? '(không có chú thích)' : caption),
  open: (url: string, until: number) => `${url} (mở được đến ${momentText(until)})`,
  withheld: 'chưa mở được: người dân chưa nói ảnh có giấy tờ hay không, cần cán bộ xem trước',
  noAddress: 'xem tại máy chủ của Hội (chưa đặt địa chỉ công khai nên không có đường dẫn)',
  missing: (what: readonly string[]) => `Còn thiếu: ${what.join(', ') || 'không'}.`,
  route: 'Nơi giải quyết được gợi ý, cán bộ quyết định:',
  suggestion: (agency: string, basis: string) => `${agency} (căn cứ: ${basis})`,
  agreed: 'Người dân đã đồng ý:',
  attached: 'Bản ghi đầy đủ của hồ sơ nằm trong tệp đính kèm.',
} as const

/** As the office reads them: of the person, not to them. */
export const OFFICE_LABEL: Readonly<Record<FactName, string>> = {
  respondent: 'Bên bị khiếu nại',
  platform: 'Mua ở',
  link: 'Đường dẫn, tài khoản bán',
  respondentPhone: 'Điện thoại bên bán',
  goods: 'Hàng hóa, dịch vụ',
  order: 'Mã đơn',
  boughtOn: 'Ngày mua',
  deliveredOn: 'Ngày nhận hàng',
  amount: 'Số tiền',
  payment: 'Cách trả tiền',
  promised: 'Bên bán đã hứa',
  contacted: 'Đã liên hệ bên bán',
  wish: 'Người dân muốn',
  name: 'Họ tên người khiếu nại',
  phone: 'Điện thoại người khiếu nại',
  commune: 'Nơi ở',
  email: 'Thư điện tử người khiếu nại',
}

export const PURPOSE_LABEL: Readonly<Record<Purpose, string>> = {
  handle: 'Hội lưu và xử lý hồ sơ',
  authority: 'Hội chuyển hồ sơ cho cơ quan có thẩm quyền',
  respondent: 'Hội liên hệ bên bán và cho biết tên người khiếu nại',
  warning: 'Hội dùng câu chuyện, bỏ tên, để cảnh báo người khác',
}

/** What an operator reads of the ways to the intake. */
export const INTAKE_WAY = { webhook: 'webhook', mail: 'thư điện tử' } as const
