/** Labels of the pages about personal data. */
import type { ConsentWay } from '../../../bot/case/filing.ts'
import type { BreachScope } from '../../../bot/privacy/breach.ts'
import type { ConsentEnd, RegisterPurpose } from '../../../bot/privacy/register.ts'
import type { RequestKind, RequestResult, RequestState, RequestWay } from '../../../bot/privacy/requests.ts'
import { numberOf } from './format.ts'

export const PRIVACY = {
  title: 'Dữ liệu cá nhân',
  lead: 'Ai đã đồng ý điều gì, ai yêu cầu gì về dữ liệu của mình, giữ gì trong bao lâu. Mỗi lần xuất, xóa hay lập danh sách đều vào nhật ký.',
  parts: 'Các phần',
  more: 'Xem dòng cũ hơn',
  at: 'Lúc',
  number: 'Số hồ sơ',
  state: 'Tình trạng',
  actions: 'Việc',
  none: 'không có',
} as const

export const PRIVACY_PARTS = {
  consents: 'Lời đồng ý',
  requests: 'Yêu cầu',
  person: 'Một người',
  retention: 'Lưu giữ',
  breach: 'Sự cố',
} as const
export type PrivacyPart = keyof typeof PRIVACY_PARTS

export const PURPOSE_NAMES: Readonly<Record<RegisterPurpose, string>> = {
  handle: 'Hội lưu và xử lý hồ sơ',
  authority: 'Chuyển cơ quan nhà nước',
  respondent: 'Liên hệ bên bán',
  warning: 'Cảnh báo người khác, bỏ tên',
  subscription: 'Nhắn cảnh báo cho người này',
  call_back: 'Gọi lại số đã để lại',
}

export const CONSENT_WAY_NAMES: Readonly<Record<'chat' | ConsentWay, string>> = {
  chat: 'trong trò chuyện',
  telephone: 'nói qua điện thoại',
  counter: 'nói tại văn phòng',
  paper: 'ký trên giấy',
}

export const CONSENTS = {
  purpose: 'Đồng ý việc gì',
  how: 'Bằng cách nào',
  version: 'Bản lời hỏi',
  standing: 'Còn hiệu lực',
  ended: (how: ConsentEnd, moment: string) => `${how === 'withdrawn' ? 'Đã rút' : 'Đã gọi xong'} lúc ${moment}`,
  onlyStanding: 'Còn hiệu lực',
  onlyEnded: 'Đã rút hoặc đã xong',
  of: 'Hồ sơ, cuộc trò chuyện',
  conversation: 'Cuộc trò chuyện',
  withdraw: 'Ghi nhận rút',
  withdrawTitle: 'Người dân rút lời đồng ý?',
  withdrawLead: (purpose: string, number: string) =>
    `“${purpose}” của hồ sơ ${number}. Hội dừng việc này ngay. Nếu rút việc lưu và xử lý thì hồ sơ khép lại như người dân rút.`,
  subscriptionLead: 'Người này không nhận cảnh báo của Hội nữa. Tin còn chờ gửi cũng dừng lại.',
  withdrawDone: 'Đã ghi nhận.',
  empty: 'Chưa có lời đồng ý nào khớp. Mỗi hồ sơ được xác nhận, mỗi người đăng ký nhận cảnh báo hay để lại số sẽ có dòng của mình ở đây.',
} as const

export const REQUEST_KIND_NAMES: Readonly<Record<RequestKind, string>> = {
  access: 'Xem, nhận bản sao',
  correction: 'Sửa cho đúng',
  deletion: 'Xóa',
  withdrawal: 'Rút lời đồng ý',
}

export const REQUEST_WAY_NAMES: Readonly<Record<'chat' | RequestWay, string>> = {
  chat: 'trong trò chuyện',
  telephone: 'điện thoại',
  counter: 'tại văn phòng',
  paper: 'giấy, công văn',
  email: 'thư điện tử',
}

export const REQUEST_STATE_NAMES: Readonly<Record<RequestState, string>> = {
  open: 'chờ trả lời',
  late: 'trễ',
  done: 'đúng hạn',
  done_late: 'xong, trễ hạn',
}

export const REQUEST_RESULT_NAMES: Readonly<Record<RequestResult | 'automatic', string>> = {
  done: 'đã làm',
  partly: 'làm được một phần',
  refused: 'không làm được',
  automatic: 'trợ lý làm ngay',
}

export const REQUESTS = {
  open: 'Chờ trả lời',
  answered: 'Đã trả lời',
  add: 'Ghi yêu cầu mới',
  addLead: 'Cho yêu cầu qua điện thoại, giấy hoặc tại văn phòng. Yêu cầu trong trò chuyện tự có ở đây.',
  added: 'Đã ghi yêu cầu.',
  kind: 'Yêu cầu gì',
  way: 'Đến bằng cách nào',
  askedOn: 'Ngày nhận',
  due: 'Hạn trả lời',
  about: 'Của ai',
  unknown: 'chưa tìm ra',
  case: 'Số hồ sơ, nếu có',
  conversation: 'Hoặc mã cuộc trò chuyện, nếu có',
  note: 'Ghi chú',
  noteHint: 'Đừng ghi tên, số điện thoại hay số giấy tờ.',
  answer: 'Ghi kết quả',
  result: 'Kết quả',
  outcome: 'Đã trả lời thế nào',
  outcomeHint: 'Không làm hoặc làm một phần thì ghi lý do. Đừng ghi tên hay số điện thoại.',
  saved: 'Đã ghi kết quả.',
  by: (name: string) => `${name} ghi`,
  emptyOpen: 'Không có yêu cầu nào đang chờ.',
  emptyAnswered: 'Chưa có yêu cầu nào. Khi người dân hỏi, rút đồng ý hay xóa dữ liệu trong trò chuyện, dòng ấy tự hiện ở đây.',
} as const

export const PERSON = {
  lead: 'Tìm theo số hồ sơ, hoặc theo mã mà người dân đọc trên trang trò chuyện. Hỏi cho chắc đúng người trước khi giao hay xóa.',
  by: 'Tìm theo',
  case: 'Số hồ sơ',
  code: 'Mã trên trang trò chuyện',
  find: 'Tìm',
  found: 'Cuộc trò chuyện có mã này',
  several: 'Có nhiều người trùng mấy ký tự đầu: hỏi thêm ngày giờ nhắn để chọn đúng.',
  notFound: 'Không có cuộc trò chuyện nào bắt đầu bằng mã này.',
  between: (channel: string, from: string, to: string) => `${channel}, từ ${from} đến ${to}`,
  choose: 'Chọn',
  held: 'Đang giữ',
  linked: (count: number) => `Người này đã nói tiếp ở ${numberOf(count)} nơi; tất cả đi cùng nhau.`,
  heldCases: (count: number) => `${numberOf(count)} hồ sơ đang bị khóa nên không xóa được. Xem lý do khóa ở trang hồ sơ.`,
  export: 'Tải mọi dữ liệu (JSON)',
  exportHint: 'Tệp có đủ tin nhắn và hồ sơ. Chỉ giao cho chính người ấy, giao xong thì xóa.',
  erase: 'Xóa hẳn',
  eraseTitle: 'Xóa hẳn dữ liệu của người này?',
  eraseLead: 'Không lấy lại được. Bản sao lưu cũ khôi phục lúc nào, dịch vụ cũng xóa lại.',
  why: 'Vì sao xóa',
  whyHint: 'Đừng ghi tên hay số điện thoại của người dân.',
} as const

export const RETENTION = {
  lead: 'Dịch vụ tự dọn mỗi ngày theo các hạn dưới đây. Bảng cho thấy hôm nay sẽ dọn bao nhiêu; chưa xóa gì.',
  name: 'Loại dữ liệu',
  kept: 'Giữ',
  days: (count: number | null) => (count === null ? 'không hạn' : `${numberOf(count)} ngày`),
  does: 'Quá hạn thì',
  due: 'Quá hạn hôm nay',
  oldest: 'Cũ nhất',
  held: (count: number) => `${numberOf(count)} cuộc trò chuyện quá hạn còn giữ vì có người đang chờ, hồ sơ chưa xong hoặc tin chưa gửi được.`,
  run: 'Dọn ngay',
  runTitle: 'Dọn ngay bây giờ?',
  runLead: 'Những gì quá hạn bị xóa hẳn, như lượt dọn mỗi ngày. Nhật ký ghi tên bạn.',
  log: 'Những lần đã dọn',
  by: 'Ai',
  removed: 'Đã xóa',
  emptyLog: 'Chưa lần nào phải xóa gì.',
} as const

export const BREACH = {
  lead: 'Khi nghi lộ dữ liệu: chọn khoảng thời gian và kênh để biết ai bị ảnh hưởng. Danh sách chỉ có bí danh và số hồ sơ.',
  from: 'Từ lúc',
  to: 'Đến lúc',
  foundAt: 'Phát hiện lúc',
  channel: 'Kênh',
  scope: 'Tính ai',
  count: 'Xem',
  people: 'Người',
  conversations: 'Cuộc trò chuyện',
  cases: 'Hồ sơ',
  withPhone: 'Người có số điện thoại trong hồ sơ',
  byChannel: 'Theo kênh',
  list: 'Tải danh sách (CSV)',
  listHint: 'Việc tải được ghi vào nhật ký.',
  until: (moment: string) => `Báo cơ quan chuyên trách chậm nhất ${moment}.`,
  left: (length: string) => `Còn ${length}.`,
  past: (length: string) => `Đã quá ${length}.`,
  law: 'Luật nói gì',
} as const

export const BREACH_SCOPE_NAMES: Readonly<Record<BreachScope, string>> = {
  active: 'Có tin nhắn hoặc việc trong khoảng này',
  held: 'Mọi dữ liệu đang giữ lúc ấy',
}
