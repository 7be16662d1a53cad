/** What stands on the dossier of a case for the body that it goes to. */
import type { FactName } from '../complaint/facts.ts'
import { OFFICE_LABEL } from './handover.ts'

export const AUTHORITY = {
  name: 'HỒ SƠ VỤ VIỆC CỦA NGƯỜI TIÊU DÙNG',
  masked:
    'Bản đã che thông tin riêng: tên người phản ánh viết tắt, điện thoại chỉ còn ba số cuối, thư điện tử và địa chỉ dưới cấp xã được che. Cơ quan cần bản đầy đủ thì đề nghị Hội.',
  full: 'Bản đầy đủ, có tên và số điện thoại của người phản ánh; người phản ánh đã đồng ý để Hội chuyển cho cơ quan nhà nước có thẩm quyền. Chỉ dùng để giải quyết vụ việc này.',
  hidden: '(đã che)',
  case: 'Vụ việc',
  number: 'Số hồ sơ',
  receivedOn: 'Người dân xác nhận lúc',
  channel: 'Tiếp nhận qua',
  matter: 'Việc',
  printedOn: 'Ngày lập bản này',
  person: 'Người phản ánh',
  content: 'Nội dung sự việc',
  account: 'Tài khoản đã nhận tiền',
  accountShown: (shown: string) => `số kết thúc bằng ${shown}; Hội giữ số đầy đủ, chỉ mở cho ngân hàng và công an`,
  missing: 'Còn thiếu',
  story: 'Lời kể của người dân',
  noStory: 'Người dân không kể thêm.',
  added: 'Bổ sung sau khi xác nhận',
  addedAt: (moment: string) => `Bổ sung lúc ${moment}:`,
  evidence: 'Chứng cứ Hội đang giữ',
  noEvidence: 'Chưa có ảnh, tệp nào.',
  file: (caption: string, kind: string) => `${caption === '' ? 'Không có ghi chú' : caption} (${kind})`,
  picture: 'ảnh',
  document: 'tệp',
  released: 'đã xác nhận không lộ giấy tờ, thẻ: gửi kèm được',
  unseen: 'chưa ai xác nhận có lộ giấy tờ, thẻ hay không: chưa gửi kèm',
  withheld: 'có lộ giấy tờ hoặc thẻ: không gửi kèm',
  consents: 'Người dân đang đồng ý',
  noConsents: 'Người dân không còn đồng ý việc nào.',
  consent: (label: string, how: string, day: string, version: string) => `${label}${how === '' ? '' : ` (${how})`}, ngày ${day}, bản lời ${version}`,
  competence: 'Nơi có thẩm quyền',
  suggested: 'Máy gợi ý từ danh bạ, theo thứ tự khả năng; cán bộ quyết định:',
  suggestion: (name: string, basis: string, percent: number, why: string) =>
    `${name}. Căn cứ: ${basis}. Mức chắc chắn: ${percent}%.${why === '' ? '' : ` ${why}`}`,
  chosen: 'Hội chọn',
  undecided: 'Chưa có nơi nào được gợi ý hay chọn.',
  timeline: 'Diễn biến',
  confirmed: 'người dân xác nhận hồ sơ',
  happened: (moment: string, by: string, what: string, words: string) => `${moment}: ${by}${what}${words === '' ? '' : `. ${words}`}`,
  byOffice: 'Hội ',
  bySystem: 'hệ thống ',
  signer: 'NGƯỜI LẬP HỒ SƠ',
  signHint: '(Ký, ghi rõ họ tên)',
} as const

/** Where a fact comes from. */
export const FACT_ORIGIN = {
  written: (words: string) => (words === '' ? 'người dân nhắn' : `người dân nhắn: “${words}”`),
  office: 'cán bộ ghi theo lời kể',
  added: (moment: string, words: string) => `bổ sung lúc ${moment}${words === '' ? '' : `: “${words}”`}`,
} as const

export const AUTHORITY_LABEL: Readonly<Record<FactName, string>> = {
  ...OFFICE_LABEL,
  name: 'Họ tên',
  phone: 'Điện thoại',
  email: 'Thư điện tử',
  wish: 'Nguyện vọng',
}

/** For the officer at the screen. */
export const AUTHORITY_NOTES = {
  read: 'Đọc lại cả hồ sơ trước khi gửi: máy chỉ che tên, số điện thoại, thư điện tử của người phản ánh; tên người khác hay chi tiết dễ nhận ra trong lời kể thì máy không biết.',
  full: 'Bản này có đủ tên và số điện thoại: chỉ gửi cho cơ quan nhận, gửi xong thì xóa tệp. Lần mở này đã ghi vào nhật ký.',
  noConsent: 'Người dân chưa đồng ý chuyển hồ sơ cho cơ quan: bản này chỉ để trao đổi nghiệp vụ, đừng gửi đi.',
  unverified: 'Tên hoặc nơi tiếp nhận của cơ quan này còn cần xác minh.',
} as const

export const AUTHORITY_OFFICE = {
  noConsent:
    'Người dân chưa đồng ý (hoặc đã rút đồng ý) cho chuyển hồ sơ có tên, số điện thoại tới cơ quan nhà nước. Bạn dùng bản đã che, hoặc hỏi lại người dân.',
  file: (number: string, full: boolean) => `ho-so-${number}${full ? '-day-du' : '-da-che'}`,
  word: 'Tải tệp Word',
  toFull: 'Xem bản đầy đủ (cần người dân đã đồng ý)',
  toMasked: 'Xem bản đã che',
} as const
