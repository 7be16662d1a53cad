/** What an officer reads when the console's server has something to say. The page keeps its own labels. */
import type { ClockName, ClockState } from '../case/clocks.ts'
import type { Stage } from '../complaint/draft.ts'
import type { PasswordProblem } from '../officers/account.ts'
import { OWNER_WORDS, REASON_WORDS } from './office.ts'

export const PASSWORD_WORDS: Readonly<Record<PasswordProblem, string>> = {
  too_short: 'Mật khẩu cần ít nhất 12 ký tự. Ghép vài từ không liên quan lại là vừa dễ nhớ vừa khó đoán.',
  too_long: 'Mật khẩu dài quá 200 ký tự, bạn rút ngắn lại nhé.',
  own_name: 'Mật khẩu không được chứa tên hay tên đăng nhập của bạn.',
  too_simple: 'Mật khẩu này dễ đoán quá. Bạn chọn cụm khác, đừng dùng dãy số, dãy phím hay tên Hội.',
}

export const CONSOLE_SAYS = {
  codeWrong: 'Mã 6 số chưa khớp. Bạn xem lại giờ trên điện thoại rồi nhập mã đang hiện.',
  oldPasswordWrong: 'Mật khẩu hiện tại chưa đúng.',
  loginTaken: 'Đã có tài khoản dùng tên đăng nhập này.',
  lastAdministrator: 'Đây là quản trị cuối cùng còn vào được. Bạn cấp quyền quản trị cho người khác trước.',
  textMissing: 'Bạn chưa viết gì.',
  textTooLong: (most: number) => `Lời nhắn dài quá ${most.toLocaleString('vi-VN')} ký tự, bạn rút gọn giúp.`,
  notAnOfficer: 'Không có đồng nghiệp này, hoặc tài khoản đã khóa.',
  onlyOwnerAssigns: 'Chỉ cán bộ đang giữ cuộc trò chuyện hoặc người phụ trách mới giao được cho người khác.',
  nothingToDraft: 'Chưa có câu hỏi nào của người dân để soạn trả lời.',
  notReadyToDraft: 'Trợ lý đang khởi động hoặc đang tắt, chưa soạn được.',
  noDraft: 'Trợ lý không tìm thấy căn cứ đủ chắc để soạn. Bạn tìm điều luật rồi viết giúp nhé.',
  citationUnknown: 'Có căn cứ không còn trong thư viện; bạn bỏ ra rồi chèn lại.',
  citationPast: (place: string) => `${place} không còn hiệu lực hôm nay; bạn chèn căn cứ khác.`,
  replyStale: 'Luật mà mẫu này dẫn đã thay đổi từ khi viết; người phụ trách xem lại rồi lưu mới dùng được.',
  fileUnseen: 'Chưa rõ ảnh này có giấy tờ hay thẻ không, nên chưa mở được.',
  fileGone: 'Tệp này không còn.',
  waitMinutes: (minutes: number) => `Thử sai nhiều lần. Bạn đợi ${minutes} phút rồi thử lại.`,
} as const

/** Printed at a start when nobody can sign in yet. */
export function firstLinkWords(link: string): string {
  return `Chưa có cán bộ nào vào được bàn làm việc. Mở liên kết này (dùng một lần, trong 24 giờ) để đặt mật khẩu quản trị: ${link}`
}

/** @returns what the operator reads who asked for a link. */
export function invitedWords(login: string, link: string): string {
  return `Liên kết để ${login} đặt mật khẩu (dùng một lần, trong 24 giờ): ${link}`
}

const STAGE: Readonly<Record<Stage, string>> = {
  story: 'đang kể chuyện',
  matter: 'đang chọn loại việc',
  facts: 'đang trả lời từng câu hỏi',
  account: 'đang được hỏi tài khoản đã nhận tiền',
  contact: 'đang cho cách liên lạc',
  consent: 'đang được hỏi đồng ý',
  summary: 'đang xem bản tóm tắt',
}

/** Labels of what is shown of a conversation. */
export const CONSOLE_SHOWN = {
  person: 'Người dân',
  assistant: 'Trợ lý',
  officer: 'Cán bộ',
  stage: STAGE,
  owner: (owner: string) => (OWNER_WORDS as Readonly<Record<string, string>>)[owner] ?? owner,
  reason: (reason: string) => (REASON_WORDS as Readonly<Record<string, string>>)[reason] ?? reason,
  nowWith: (owner: string, officer: string | undefined) => (officer ? `Từ đây: ${owner} ${officer}` : `Từ đây: ${owner}`),
  file: (mime: string) => `[tệp ${mime}, chưa mở]`,
  fileComing: '[tệp đang tải]',
  fileLost: '[tệp không nhận được]',
  joined: '[mở cuộc trò chuyện]',
  group: '[gọi trong nhóm]',
} as const

export const DELIVERY_WORDS = {
  pending: 'đang gửi',
  sent: 'đã gửi',
  held: 'giữ lại tới khi người dân nhắn',
  undeliverable: 'không gửi được',
} as const

/** The office's clocks; the goals after the first are its own. */
export const CLOCK_WORDS = {
  what: {
    first_look: 'Cán bộ xem lần đầu',
    transfer: 'Chuyển hoặc trả lời sau khi tiếp nhận (mục tiêu của Hội)',
    body_answer: 'Cơ quan trả lời sau khi nhận (mục tiêu của Hội)',
  } satisfies Record<ClockName, string>,
  state: (state: ClockState, due: string, days: number): string => {
    switch (state) {
      case 'running':
        return days === 0 ? `hạn hôm nay, ${due}` : `hạn ${due}, còn ${days} ngày làm việc`
      case 'late':
        return `quá hạn ${due}, trễ ${-days} ngày làm việc`
      case 'kept':
        return `đúng hạn (${due})`
      case 'kept_late':
        return `xong trễ ${-days} ngày làm việc (hạn ${due})`
    }
  },
} as const

/** What a page says where the command line names its options. */
export const CASE_REFUSED_HERE: Readonly<Partial<Record<string, string>>> = {
  closed: 'Hồ sơ đã kết thúc; bạn mở lại trước đã.',
  not_received: 'Chưa ai tiếp nhận hồ sơ; bạn bấm tiếp nhận trước.',
  text_missing: 'Bạn ghi giúp lời cho người dân, hoặc lý do.',
}

/** Why a reply kept ready may not be used as it is. */
export const REPLY_STALE = {
  gone: (pointer: string) => `Căn cứ ${pointer} không còn trong thư viện.`,
  past: (label: string) => `${label} không còn hiệu lực.`,
  changed: (label: string) => `${label} đã được sửa từ khi viết mẫu này.`,
} as const
