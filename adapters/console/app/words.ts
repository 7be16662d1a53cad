/** Every label of the console, in one place. What the server says (refusals, statuses, reasons) is shown as it comes. */
import type { AuditAction, AuditDetail } from '../../../bot/audit/entry.ts'
import type { CaseEventKind } from '../../../bot/case/life.ts'
import type { CaseResult, CaseStatus } from '../../../bot/complaint/status.ts'
import type { Owner } from '../../../bot/conversation/owner.ts'
import type { Role } from '../../../bot/officers/permissions.ts'
import type { Unit } from '../../../bot/report/shape.ts'
import type { Place, SearchKind } from '../../../bot/search/kinds.ts'
import type { ClockView, MessageView } from '../contract.ts'
import { dayOfIso, numberOf } from './format.ts'

export const COMMON = {
  app: 'An Tâm',
  desk: 'Bàn làm việc của cán bộ',
  skip: 'Đến nội dung chính',
  loading: 'Đang tải…',
  again: 'Thử lại',
  cancel: 'Thôi',
  close: 'Đóng',
  save: 'Lưu',
  saved: 'Đã lưu.',
  edit: 'Sửa',
  remove: 'Xóa',
  back: 'Quay lại',
  more: 'Xem thêm',
  yes: 'Có',
  no: 'Không',
  all: 'Tất cả',
  notFoundTitle: 'Không có trang này',
  notFound: 'Đường dẫn có thể đã sai một chữ. Bạn về hàng đợi rồi đi tiếp từ đó.',
  toQueue: 'Về hàng đợi',
  left: (count: number) => (count >= 0 ? `còn ${numberOf(count)} ký tự` : `dài quá ${numberOf(-count)} ký tự`),
} as const

export const TROUBLE = {
  network: 'Chưa tới được máy chủ. Bạn kiểm tra mạng rồi thử lại; những gì đang viết vẫn còn ở đây.',
  broken: 'Máy chủ trả lời không đúng. Bạn thử lại; vẫn không được thì báo người phụ trách kỹ thuật.',
  lost: 'Mất kết nối. Trang đang tự nối lại; những gì bạn thấy có thể đã cũ.',
  back: 'Đã nối lại.',
} as const

export const NAV = {
  label: 'Các mục chính',
  queue: 'Hàng đợi',
  cases: 'Hồ sơ',
  clusters: 'Nhóm vụ việc',
  gaps: 'Câu bỏ ngỏ',
  search: 'Tìm kiếm',
  reports: 'Báo cáo',
  replies: 'Câu trả lời mẫu',
  officers: 'Cán bộ',
  audit: 'Nhật ký',
  privacy: 'Dữ liệu cá nhân',
  account: 'Tài khoản',
  more: 'Mục khác',
} as const

export const CHANNELS: Readonly<Record<string, string>> = {
  web: 'Trang web',
  telegram: 'Telegram',
  'zalo-bot': 'Zalo Bot',
  'zalo-oa': 'Zalo OA',
  office: 'Cán bộ lập',
}
export const channelName = (channel: string): string => CHANNELS[channel] ?? channel

export const ROLE_NAMES: Readonly<Record<Role, string>> = { officer: 'Cán bộ', supervisor: 'Phụ trách', administrator: 'Quản trị' }
export const ROLE_LEADS: Readonly<Record<Role, string>> = {
  officer: 'Trả lời người dân và làm hồ sơ.',
  supervisor: 'Thêm: khóa hồ sơ, xem số tài khoản, sửa câu trả lời mẫu, lập báo cáo, xuất dữ liệu.',
  administrator: 'Thêm: quản lý tài khoản cán bộ và xem nhật ký.',
}

// ── signing in ──────────────────────────────────────────────────────────────────────────────────

export const SIGN_IN = {
  title: 'Đăng nhập',
  lead: 'Dành cho cán bộ của Hội.',
  login: 'Tên đăng nhập',
  password: 'Mật khẩu',
  code: 'Mã 6 số',
  codeHint: 'Xem trong ứng dụng xác thực trên điện thoại. Mất điện thoại thì nhập một mã dự phòng.',
  submit: 'Đăng nhập',
  forgotten: 'Quên mật khẩu hoặc mất điện thoại? Nhờ quản trị cấp liên kết mới.',
  ended: 'Phiên làm việc đã hết. Bạn đăng nhập lại là về đúng trang đang dở; những gì đang viết vẫn còn.',
} as const

export const SET_UP = {
  title: 'Mở tài khoản',
  opening: 'Đang xem liên kết…',
  lead: (login: string, role: string) => `Tên đăng nhập của bạn là “${login}”, vai trò: ${role}. Làm ba bước dưới đây là xong, chừng hai phút.`,
  steps: ['Tên và mật khẩu', 'Ứng dụng xác thực', 'Mã dự phòng'],
  step: (number: number, name: string) => `Bước ${number} trên 3: ${name}`,
  name: 'Tên hiện cho người dân',
  nameHint: 'Ví dụ: Nguyễn Thị Lan. Người dân thấy tên này khi bạn trả lời.',
  password: 'Mật khẩu',
  rules:
    'Ít nhất 12 ký tự; một câu dài, dễ nhớ là tốt nhất. Không chứa tên bạn, tên đăng nhập hay chữ dễ đoán như “matkhau”. Đừng dùng lại mật khẩu của nơi khác.',
  passwordAgain: 'Gõ lại mật khẩu',
  differ: 'Hai lần gõ chưa giống nhau.',
  next: 'Tiếp tục',
  scan: 'Mở ứng dụng xác thực trên điện thoại (Google Authenticator, Microsoft Authenticator, FreeOTP…) rồi quét hình này.',
  qr: 'Mã QR để thêm tài khoản vào ứng dụng xác thực',
  byHand: 'Không quét được? Gõ tay khóa này vào ứng dụng',
  secret: 'Khóa',
  firstCode: 'Mã 6 số đang hiện trong ứng dụng',
  confirm: 'Xác nhận',
  spare: 'Đây là các mã dự phòng. Mỗi mã dùng được một lần khi không có điện thoại. Chúng chỉ hiện lần này, bạn in ra hoặc chép vào nơi cất kỹ.',
  copy: 'Chép tất cả',
  copied: 'Đã chép các mã.',
  print: 'In',
  done: 'Tôi đã cất, đến trang đăng nhập',
} as const

export const ACCOUNT = {
  title: 'Tài khoản',
  who: 'Bạn là ai ở đây',
  login: 'Tên đăng nhập',
  name: 'Tên',
  role: 'Vai trò',
  office: 'Đơn vị',
  hours: 'Giờ làm việc',
  missing: 'chưa cung cấp',
  silence: (minutes: number) => `Đang trả lời một người mà im quá ${minutes} phút thì cuộc trò chuyện tự về hàng đợi.`,
  alerts: 'Báo khi có người chờ',
  alertsLead: 'Trình duyệt hiện một dòng báo khi có người cần gặp cán bộ, không kèm nội dung hay tên ai.',
  alertsOn: 'Bật báo tin trên máy này',
  alertsAre: 'Đang bật trên máy này.',
  alertsDenied: 'Trình duyệt đang chặn báo tin. Bạn cho phép trong phần cài đặt trang của trình duyệt.',
  alertsMissing: 'Trình duyệt này không báo tin được.',
  alert: 'Có người đang chờ gặp cán bộ',
  password: 'Đổi mật khẩu',
  old: 'Mật khẩu hiện tại',
  fresh: 'Mật khẩu mới',
  freshAgain: 'Gõ lại mật khẩu mới',
  change: 'Đổi mật khẩu',
  changed: 'Đã đổi mật khẩu. Các máy khác đang đăng nhập tên bạn đã bị đăng xuất.',
  renew: 'Đổi điện thoại',
  renewLead: 'Nhờ quản trị cấp cho bạn một liên kết mới. Mở liên kết đó, bạn đặt lại mật khẩu và quét lại mã QR.',
  signOut: 'Đăng xuất',
  signOutLead: 'Đăng xuất xóa cả những tin đang viết dở trên máy này.',
} as const

// ── queue ───────────────────────────────────────────────────────────────────────────────────────

export const QUEUE = {
  title: 'Hàng đợi',
  counts: (waiting: number, withOfficers: number) => `${numberOf(waiting)} người đang chờ, ${numberOf(withOfficers)} cuộc có cán bộ trả lời`,
  need: 'Cần người',
  all: 'Tất cả',
  which: 'Xem những cuộc nào',
  empty: 'Chưa ai chờ. Khi có người cần gặp cán bộ, cuộc trò chuyện tự hiện ở đây, chuyện gấp đứng trên cùng.',
  emptyAll: 'Chưa có cuộc trò chuyện nào. Khi người dân nhắn tin qua trang web, Zalo hoặc Telegram, cuộc trò chuyện hiện ở đây.',
  choose: 'Chọn một cuộc trò chuyện ở cột bên để xem và trả lời.',
  danger: 'Gấp',
  waiting: (length: string) => `chờ ${length}`,
  open: 'đang mở:',
  from: { person: 'Người dân', assistant: 'Trợ lý', staff: 'Cán bộ' },
  listed: (count: number) => `Chỉ hiện ${numberOf(count)} cuộc đứng đầu. Xong cuộc nào, cuộc sau tự hiện.`,
} as const

export const OWNER_NAMES: Readonly<Record<Owner, string>> = { bot: 'trợ lý', waiting: 'chờ người', staff: 'cán bộ', closed: 'đã khép' }

// ── conversation ────────────────────────────────────────────────────────────────────────────────

export const CHAT = {
  title: (channel: string) => `Cuộc trò chuyện qua ${channel}`,
  back: 'Về hàng đợi',
  thread: 'Tin nhắn',
  older: 'Xem tin cũ hơn',
  none: 'Chưa có tin nào. Khi người dân nhắn, tin hiện ở đây.',
  fresh: 'Có tin mới',
  said: (who: string, text: string) => `${who}: ${text}`,
  panel: 'Tóm tắt và ghi chú',
  looking: (names: string) => `${names} cũng đang xem`,
  typing: (names: string) => `${names} đang viết`,
  returns: (length: string) => `Bạn chưa trả lời: còn ${length} là cuộc này về hàng đợi.`,
  returnsNow: 'Quá giờ trả lời: cuộc này sắp về hàng đợi.',
  window: (until: string) => `Kênh này cho nhắn tới ${until}.`,
  windowEnded: 'Kênh này đã hết thời hạn cho nhắn. Người dân nhắn lại thì trả lời tiếp được; việc gấp bạn gọi điện.',
  from: { person: 'Người dân', assistant: 'Trợ lý', staff: 'Cán bộ', system: 'Hệ thống' } satisfies Record<MessageView['from'], string>,
  basis: 'Căn cứ',
} as const

export const BRIEF = {
  title: 'Tóm tắt',
  why: 'Vì sao cần người',
  asked: 'Người dân hỏi',
  answered: 'Trợ lý đã trả lời',
  notAnswered: 'Trợ lý chưa trả lời gì.',
  fields: 'Đã biết',
  stage: 'Khiếu nại đang kể tới',
  missing: 'Còn thiếu',
  from: (words: string) => `theo lời: “${words}”`,
  episodes: 'Các chặng trước',
  outcome: 'Kết quả',
  nothing: 'Chưa có gì để tóm tắt.',
  cases: 'Hồ sơ của người này',
  noCases: 'Chưa có hồ sơ nào.',
} as const

/** What kind of answer the assistant gave; of its notices nothing need be said. */
export const ANSWER_NAMES: Readonly<Record<string, string>> = {
  answered: 'có căn cứ',
  clarify: 'hỏi lại',
  first_aid: 'việc cần làm ngay',
  abstained: 'chưa đủ căn cứ',
  complaint: 'khiếu nại',
  handoff: 'gọi cán bộ',
  refused: 'không giúp việc này',
  failed: 'gặp lỗi',
}

export const NOTES = {
  title: 'Ghi chú nội bộ',
  lead: 'Người dân không thấy ghi chú.',
  mention: (count: number) => (count === 0 ? 'Nhắc đồng nghiệp' : `Nhắc ${numberOf(count)} đồng nghiệp`),
  mentions: (names: string) => `nhắc ${names}`,
  empty: 'Chưa có ghi chú. Ghi điều đồng nghiệp cần biết khi nhận lại cuộc này.',
  label: 'Ghi chú mới',
  add: 'Thêm ghi chú',
  added: 'Đã thêm ghi chú.',
  mentioned: (by: string) => `${by} nhắc bạn trong một cuộc trò chuyện.`,
} as const

export const DEEDS = {
  take: 'Nhận cuộc này',
  taken: 'Bạn đã nhận. Người dân được báo tên bạn; trợ lý im lặng cho tới khi bạn giao lại.',
  handBack: 'Giao lại trợ lý',
  handBackLead: 'Người dân được báo là trợ lý trả lời tiếp. Ghi kết quả để trợ lý và đồng nghiệp biết đã xong tới đâu.',
  handedBack: 'Đã giao lại cho trợ lý.',
  close: 'Khép lại',
  closeLead: 'Cuộc trò chuyện khép lại; người dân nhắn tiếp thì trợ lý trả lời. Ghi kết quả để sau này còn biết.',
  closed: 'Đã khép cuộc trò chuyện.',
  outcome: 'Kết quả',
  outcomeHint: 'Ví dụ: đã hướng dẫn gửi khiếu nại cho sàn, hẹn trả lời trước ngày 5/12.',
  assign: 'Chuyển cho…',
  assignLead: 'Người được chuyển thấy cuộc này với ghi chú và tóm tắt như bạn.',
  assignTo: 'Đồng nghiệp',
  assigned: 'Đã chuyển.',
  here: (name: string) => `${name} (đang mở bàn làm việc)`,
  noColleague: 'Chưa có đồng nghiệp nào khác mở tài khoản.',
  withOther: (name: string) => `${name} đang trả lời cuộc này. Bạn vẫn xem và ghi chú được.`,
} as const

export const COMPOSE = {
  label: 'Trả lời người dân',
  placeholder: 'Viết cho người dân…',
  send: 'Gửi',
  hint: 'Ctrl + Enter để gửi',
  takes: 'Gửi tin là bạn nhận cuộc này.',
  reply: 'Câu mẫu',
  cite: 'Căn cứ',
  draft: 'Soạn giúp',
  draftWhole: 'Soạn giúp: trợ lý viết một bản nháp vào ô',
  drafting: 'Đang soạn…',
  drafted: 'Trợ lý đã soạn vào ô. Bạn đọc và sửa lại trước khi gửi.',
  citations: 'Căn cứ kèm theo',
  drop: (text: string) => `Bỏ căn cứ ${text}`,
  sending: 'đang gửi…',
  unsure: 'Chưa biết máy chủ đã nhận chưa. Bạn bấm “Gửi lại”: tin không bị gửi hai lần.',
  retry: 'Gửi lại',
  sent: 'Đã gửi.',
  takeBack: 'Lấy lại để sửa',
} as const

export const REPLY_PICKER = {
  title: 'Chèn câu trả lời mẫu',
  filter: 'Lọc theo tên hoặc nội dung',
  insert: 'Chèn',
  none: 'Chưa có câu mẫu nào. Người phụ trách thêm ở mục Câu trả lời mẫu.',
  noMatch: 'Không có câu mẫu nào khớp.',
  stale: (why: string) => `Chưa dùng được: ${why}`,
} as const

export const CITATION_PICKER = {
  title: 'Chèn căn cứ',
  label: 'Từ khóa hoặc số điều',
  hint: 'Ví dụ: đổi trả hàng mua qua mạng, hoặc điều 38',
  search: 'Tìm',
  insert: 'Chèn căn cứ này',
  none: 'Trong các văn bản đã nạp, chưa thấy điều nào gần với từ này. Bạn thử từ khác.',
} as const

// ── cases ───────────────────────────────────────────────────────────────────────────────────────

export const STATUS_NAMES: Readonly<Record<CaseStatus, string>> = {
  confirmed: 'Mới gửi',
  received: 'Đã tiếp nhận',
  needs_info: 'Chờ bổ sung',
  handling: 'Đang xử lý',
  transferred: 'Đã chuyển cơ quan',
  answered: 'Đã có trả lời',
  closed: 'Đã đóng',
  reopened: 'Mở lại',
}
export const RESULT_NAMES: Readonly<Record<CaseResult, string>> = {
  resolved: 'Giải quyết xong',
  partly: 'Được một phần',
  not: 'Chưa giải quyết được',
  withdrawn: 'Người dân rút',
}

export const CASES = {
  title: 'Hồ sơ',
  counts: (open: number, overdue: number) => `${numberOf(open)} hồ sơ đang mở, ${numberOf(overdue)} quá hạn`,
  add: 'Lập hồ sơ qua điện thoại, tại chỗ',
  which: 'Xem hồ sơ nào',
  open: 'Đang mở',
  status: 'Trạng thái',
  empty: 'Chưa có hồ sơ nào ở đây. Khi người dân xác nhận một khiếu nại, hồ sơ tự hiện với thời hạn của nó.',
  columns: {
    number: 'Số hồ sơ',
    issue: 'Việc',
    respondent: 'Bên bị phản ánh',
    status: 'Trạng thái',
    due: 'Hạn',
    amount: 'Số tiền',
    chosen: 'Nơi giải quyết',
  },
  noRespondent: 'chưa rõ',
  danger: 'Gấp',
  held: 'Đang khóa',
  stopped: 'Gửi đi bị dừng',
  overdue: (days: number) => (days === 0 ? 'quá hạn' : `quá hạn ${numberOf(days)} ngày`),
  due: (days: number) => (days === 0 ? 'hạn hôm nay' : `còn ${numberOf(days)} ngày`),
  filedBy: (name: string) => `${name} lập`,
  notChosen: 'chưa chọn',
} as const

export const CASE = {
  title: (number: string) => `Hồ sơ ${number}`,
  chat: 'Mở cuộc trò chuyện',
  deeds: 'Việc làm tiếp',
  noDeeds: 'Không còn việc nào phải làm với hồ sơ này.',
  story: 'Người dân kể',
  fields: 'Thông tin',
  missing: 'Còn thiếu',
  from: 'theo lời',
  agency: 'Nơi có thẩm quyền',
  suggested: 'Gợi ý',
  noSuggestion: 'Chưa có gợi ý: hồ sơ chưa đủ thông tin. Bạn chọn từ danh bạ.',
  confidence: (share: string) => `độ chắc ${share}`,
  choose: 'Chọn nơi này',
  chosenBy: (by: string, day: string) => `${by} chọn ngày ${day}`,
  files: 'Bằng chứng',
  noFiles: 'Chưa có tệp nào.',
  fileQuestion: 'Chưa ai trả lời tệp này có lộ căn cước, thẻ hay mật khẩu không. Hỏi người gửi rồi ghi lại.',
  fileClear: 'Không lộ, cho xem',
  fileUnclear: 'Có lộ, giữ kín',
  fileHidden: 'Tệp lộ giấy tờ riêng nên không hiện.',
  fileOpen: 'Mở tệp',
  fileMarked: 'Đã ghi.',
  consents: 'Đồng ý của người dân',
  stands: 'đồng ý',
  withdrawn: 'không đồng ý hoặc đã rút',
  version: (version: string) => `bản lời ${version}`,
  clocks: 'Thời hạn',
  timeline: 'Diễn biến',
  handovers: 'Gửi đi',
  retry: 'Gửi lại',
  retried: 'Đã cho gửi lại.',
  cluster: (people: number, respondent: string) => `${numberOf(people)} người phản ánh ${respondent}`,
  satisfaction: 'Người dân đánh giá',
  satisfied: 'Hài lòng',
  notSatisfied: 'Chưa hài lòng',
  papers: 'Giấy tờ',
  letter: 'Đơn khiếu nại (.docx)',
  receipt: 'Biên nhận (.docx)',
  dossier: 'Bản in, đã che thông tin riêng',
  account: 'Số tài khoản đã chuyển tiền tới',
  accountShow: 'Xem số đầy đủ',
  accountLead: 'Chỉ xem khi cần gửi cho ngân hàng hoặc công an. Lần xem này được ghi vào nhật ký với lý do bạn viết.',
  accountWhy: 'Vì sao cần xem',
  accountIs: 'Số tài khoản',
  hold: (by: string) => `${by} khóa hồ sơ, không ai xóa được gì:`,
  done: (told: string) => `Đã ghi vào hồ sơ. ${told}`.trim(),
} as const

export const CLOCK_STATES: Readonly<Record<ClockView['state'], string>> = {
  running: 'đang chạy',
  late: 'trễ',
  kept: 'đúng hạn',
  kept_late: 'xong, trễ hạn',
}

interface DeedWords {
  readonly label: string
  readonly lead: string
  readonly text?: string
}
type OfficerDeed = Exclude<CaseEventKind, 'added' | 'withdrawn' | 'asked_again' | 'consents_withdrawn' | 'rated'>

/** In the order in which they are offered. */
export const CASE_DEEDS: Readonly<Record<OfficerDeed, DeedWords>> = {
  receive: { label: 'Tiếp nhận', lead: 'Hồ sơ chuyển sang “đã tiếp nhận”, người dân được báo.' },
  handle: { label: 'Bắt đầu xử lý', lead: 'Hồ sơ chuyển sang “đang xử lý”, người dân được báo.' },
  ask_info: { label: 'Hỏi thêm', lead: 'Người dân nhận câu hỏi này và có thể trả lời ngay trong cuộc trò chuyện.', text: 'Cần người dân bổ sung gì' },
  choose: { label: 'Chọn nơi giải quyết', lead: 'Mới là lựa chọn, chưa gửi gì đi.', text: 'Vì sao chọn nơi này' },
  transfer: { label: 'Chuyển cơ quan', lead: 'Hồ sơ, có tên và số điện thoại của người dân, được gửi cho cơ quan bạn chọn.' },
  answer: { label: 'Ghi trả lời', lead: 'Người dân nhận nội dung này.', text: 'Nội dung trả lời' },
  close: { label: 'Đóng hồ sơ', lead: 'Người dân nhận kết quả và được hỏi có hài lòng không.', text: 'Kết quả, viết cho người dân' },
  reopen: { label: 'Mở lại', lead: 'Hồ sơ mở lại, thời hạn tính lại từ hôm nay.' },
  hold: { label: 'Khóa hồ sơ', lead: 'Khi còn khóa, không ai xóa được gì của hồ sơ này.', text: 'Lý do khóa' },
  release: { label: 'Bỏ khóa', lead: 'Hồ sơ lại theo thời hạn lưu giữ bình thường.' },
}
export const DEED_FORM = {
  agency: 'Cơ quan',
  chooseAgency: 'Chọn cơ quan…',
  unverified: 'chưa kiểm lại liên hệ',
  result: 'Kết quả',
  consent: 'Người dân đã nói gì về việc chuyển hồ sơ',
  consented: 'Người dân đồng ý:',
  refused: 'Người dân không đồng ý hoặc đã rút:',
} as const

export const NEW_CASE = {
  title: 'Lập hồ sơ cho người dân',
  lead: 'Cho người gọi điện hoặc đến trụ sở. Hồ sơ có số, thời hạn và lời đồng ý như hồ sơ người dân tự gửi; loại việc và nơi có thẩm quyền được gợi ý từ lời kể.',
  how: 'Người dân nói lời đồng ý bằng cách nào',
  story: 'Người dân kể',
  storyHint: 'Ghi theo lời họ. Đừng ghi số căn cước, số thẻ, mật khẩu, mã OTP.',
  facts: 'Thông tin, biết tới đâu ghi tới đó',
  notKnown: 'chưa biết',
  consents: 'Lời đồng ý',
  consentsLead: 'Đọc từng câu cho người dân nghe. Chỉ đánh dấu câu họ đồng ý.',
  submit: 'Lập hồ sơ',
  done: (number: string) => `Đã lập hồ sơ ${number}. Bạn đọc số này cho người dân ghi lại.`,
} as const

export const GAPS = {
  title: 'Câu chưa trả lời được',
  lead: 'Những câu trợ lý phải nói là chưa thấy căn cứ, gom theo tuần, câu giống nhau đứng chung. Xem để biết thư viện còn thiếu gì.',
  empty: 'Mười hai tuần qua không có câu nào trợ lý phải bỏ ngỏ.',
  week: (from: string, to: string) => `Tuần ${dayOfIso(from)} đến ${dayOfIso(to)}`,
  total: (count: number) => `${numberOf(count)} câu`,
  times: (count: number) => `${numberOf(count)} lần`,
  open: (day: string) => `xem cuộc ngày ${day}`,
  write: 'soạn hướng dẫn cho câu này',
} as const

export const CLUSTERS = {
  title: 'Nhóm vụ việc',
  lead: 'Nhiều người phản ánh cùng một bên. Hồ sơ của mỗi người vẫn để riêng; nhóm để bạn thấy chuyện lớn sớm hơn.',
  empty: 'Chưa có nhóm nào. Khi nhiều người phản ánh cùng một bên bán, nhóm tự hiện ở đây.',
  people: (count: number) => `${numberOf(count)} người`,
  between: (first: string, last: string) => (first === last ? `ngày ${first}` : `từ ${first} đến ${last}`),
  cases: 'Hồ sơ',
} as const

// ── replies, officers ───────────────────────────────────────────────────────────────────────────

export const REPLIES = {
  title: 'Câu trả lời mẫu',
  lead: 'Câu viết sẵn, chèn được khi trả lời. Luật đổi thì câu dựa vào điều đã đổi bị chặn cho tới khi có người xem lại.',
  add: 'Thêm câu mẫu',
  editing: 'Sửa câu mẫu',
  name: 'Tên gọi',
  text: 'Nội dung',
  citations: 'Căn cứ',
  addCitation: 'Thêm căn cứ',
  empty: 'Chưa có câu mẫu nào. Thêm câu hay phải viết đi viết lại, ví dụ cách gửi khiếu nại cho sàn.',
  stale: 'Cần xem lại',
  by: (name: string, day: string) => `${name}, ${day}`,
  removeTitle: 'Xóa câu mẫu?',
  removeLead: (title: string) => `“${title}” sẽ không còn trong danh sách. Tin đã gửi không đổi.`,
  removed: 'Đã xóa câu mẫu.',
} as const

export const OFFICERS = {
  title: 'Cán bộ',
  lead: 'Mỗi người một tài khoản. Thêm người thì nhận một liên kết dùng một lần, đưa tận tay hoặc qua kênh riêng.',
  add: 'Thêm cán bộ',
  login: 'Tên đăng nhập',
  loginHint: 'Chữ thường không dấu và số, ví dụ: lan.nguyen',
  name: 'Tên hiện cho người dân',
  role: 'Vai trò',
  state: 'Tình trạng',
  lastSeen: 'Lần cuối',
  never: 'chưa vào',
  ready: 'Đang dùng',
  notReady: 'Chưa mở liên kết',
  inactive: 'Đã khóa',
  active: 'Cho phép đăng nhập',
  link: 'Cấp liên kết mới',
  linkLead: (name: string) => `${name} phải đặt lại mật khẩu và quét lại mã QR. Mật khẩu cũ không dùng được nữa sau khi họ làm xong.`,
  linkTitle: 'Liên kết mở tài khoản',
  linkIs: (until: string) => `Chỉ hiện lần này, dùng được tới ${until}. Đưa tận tay hoặc qua kênh riêng, đừng gửi vào nhóm chung.`,
  copy: 'Chép liên kết',
  copied: 'Đã chép liên kết.',
  actions: 'Việc',
} as const

// ── search, reports, audit ──────────────────────────────────────────────────────────────────────

export const SEARCH = {
  title: 'Tìm kiếm',
  words: 'Tìm gì',
  hint: 'Có dấu hay không dấu đều được. Cụm từ để trong “ngoặc kép”; số điện thoại, số hồ sơ gõ kiểu nào cũng tìm ra.',
  submit: 'Tìm',
  kinds: 'Tìm trong',
  channel: 'Kênh',
  from: 'Từ ngày',
  to: 'Đến ngày',
  status: 'Trạng thái hồ sơ',
  filters: 'Thu hẹp',
  start: 'Gõ điều cần tìm: một câu người dân đã nói, tên shop, số hồ sơ, số điện thoại.',
  empty: 'Không thấy gì. Bạn thử ít chữ hơn, hoặc bỏ bớt điều kiện thu hẹp.',
  found: (count: number, more: boolean) => (more ? `${numberOf(count)} kết quả đầu; còn nữa, bạn thu hẹp lại.` : `${numberOf(count)} kết quả`),
  near: 'gần đúng dấu',
} as const

export const SEARCH_KIND_NAMES = { chat: 'Cuộc trò chuyện', case: 'Hồ sơ', note: 'Ghi chú' } as const satisfies Readonly<Record<SearchKind, string>>

export const PLACE_NAMES: Readonly<Record<Place, string>> = {
  person: 'người dân nói',
  assistant: 'trợ lý trả lời',
  officer: 'cán bộ trả lời',
  number: 'số hồ sơ',
  story: 'lời kể',
  facts: 'thông tin',
  files: 'bằng chứng',
  added: 'bổ sung sau',
  told: 'đã báo người dân',
  note: 'ghi chú',
  outcome: 'kết quả ghi lại',
}

export const REPORTS = {
  title: 'Báo cáo',
  from: 'Từ ngày',
  to: 'Đến ngày',
  show: 'Xem',
  csv: 'Tải danh sách hồ sơ (CSV)',
  period: (from: string, to: string) => `Số liệu từ ${from} đến ${to}`,
  chatsFrom: (day: string) => `Số liệu trò chuyện chỉ có từ ${day}: cũ hơn đã xóa theo thời hạn lưu.`,
  noChats: 'Chưa có số liệu trò chuyện nào trong kỳ.',
  none: 'Trong kỳ không có số liệu cho phần này.',
  unknown: 'chưa có',
  basis: 'Dựa trên',
  basisOf: (label: string) => `Số này dựa trên gì: ${label}`,
  noBasis: 'Không có mục nào: con số là 0 hoặc chưa có gì để đếm.',
  chats: (count: number) => `${numberOf(count)} lượt chờ trong trò chuyện`,
  sections: 'Các phần',
  yearly: 'Báo cáo năm',
  yearlyLead: (day: string) =>
    `Gửi UBND tỉnh qua Sở Công Thương, hạn ${day}. Mỗi lần lập được giữ nguyên một bản; hồ sơ đổi sau đó không làm bản đã lập đổi theo.`,
  make: 'Lập báo cáo năm',
  year: 'Năm',
  making: 'Lập báo cáo',
  makeLead: 'Số liệu được chốt ở thời điểm này và giữ lại. Lập lại được, bản cũ vẫn còn.',
  made: 'Đã lập báo cáo.',
  reports: 'Các bản đã lập',
  noReports: 'Chưa lập bản nào. Bấm “Lập báo cáo năm” là có bản nháp đủ số liệu để xem và tải.',
  of: (year: number) => `Báo cáo năm ${year}`,
  madeBy: (by: string, at: string) => `${by} lập lúc ${at}`,
  sha: 'Mã kiểm SHA-256',
  docx: 'Tải bản Word',
  xlsx: 'Tải bản Excel',
  open: 'Xem số liệu',
} as const

/** After the number; what stands before or between is formatted in format.ts. */
export const UNIT_NAMES: Readonly<Record<Unit, string>> = {
  cases: 'hồ sơ',
  people: 'người',
  messages: 'lượt',
  chats: 'lượt',
  judgements: 'lượt',
  sellers: 'bên bán',
  percent: '%',
  dong: '₫',
  working_days: 'ngày làm việc',
  minutes: 'phút',
  attempts: 'lượt',
  browsers: 'trình duyệt',
  officers: 'cán bộ',
}

/** What each entry of the audit says was done. */
export const AUDIT_ACTION_NAMES: Readonly<Record<AuditAction, string>> = {
  'owner.took': 'nhận cuộc trò chuyện',
  'owner.wrote': 'trả lời người dân',
  'owner.handed_back': 'giao lại trợ lý',
  'owner.closed': 'khép cuộc trò chuyện',
  'owner.assigned': 'chuyển cuộc trò chuyện',
  'chat.read': 'đọc cuộc trò chuyện',
  'note.written': 'viết ghi chú',
  'person.exported': 'xuất dữ liệu một người',
  'person.erased': 'xóa dữ liệu một người',
  'retention.ran': 'xóa theo thời hạn lưu',
  'switch.off': 'tắt một phần',
  'switch.on': 'bật một phần',
  'attachment.read': 'mở tệp',
  'case.changed': 'đổi hồ sơ',
  'case.filed': 'lập hồ sơ',
  'case.read': 'đọc hồ sơ',
  'account.opened': 'xem số tài khoản',
  'officer.made': 'tạo tài khoản cán bộ',
  'officer.invited': 'cấp liên kết mở tài khoản',
  'officer.set_up': 'mở tài khoản',
  'officer.changed': 'sửa tài khoản cán bộ',
  'session.began': 'đăng nhập',
  'session.ended': 'đăng xuất',
  'session.refused': 'đăng nhập không được',
  'reply.changed': 'sửa câu trả lời mẫu',
  'warning.changed': 'soạn, duyệt, gỡ cảnh báo',
  'violator.changed': 'đổi danh sách đã công bố',
  'shelf.changed': 'sửa hướng dẫn, từ ngữ',
  'document.changed': 'nạp, công bố văn bản',
  'report.made': 'lập báo cáo',
  'report.exported': 'tải báo cáo',
  'cases.exported': 'xuất danh sách hồ sơ',
  'training.exported': 'xuất danh sách lượt trắc nghiệm',
  'search.ran': 'tìm kiếm',
  'data.requested': 'ghi yêu cầu về dữ liệu',
  'data.answered': 'trả lời yêu cầu về dữ liệu',
  'data.breach_listed': 'lập danh sách người bị lộ dữ liệu',
  'consent.withdrawn': 'ghi nhận rút lời đồng ý',
  'alerts.connected': 'nối chỗ nhận báo việc',
  'alerts.ended': 'ngừng báo việc',
  'words.proposed': 'viết lời chờ duyệt',
  'words.approved': 'duyệt lời gửi người dân',
  'words.returned': 'trả lại lời chờ duyệt',
  'backup.made': 'sao lưu',
  'backup.restored': 'phục hồi bản sao lưu',
}

export const AUDIT_DETAIL_NAMES: Readonly<Record<keyof AuditDetail, string>> = {
  conversation: 'cuộc trò chuyện',
  message: 'tin',
  attachment: 'tệp',
  episode: 'chặng',
  class: 'loại',
  code: 'mã',
  conversations: 'số cuộc trò chuyện',
  messages: 'số tin',
  files: 'số tệp',
  cases: 'số hồ sơ',
  bytes: 'số byte',
  count: 'số lượng',
  reason: 'lý do',
}

export const AUDIT = {
  title: 'Nhật ký',
  lead: 'Ai đã xem, sửa, chuyển, xuất gì. Chỉ ghi thêm, không sửa được; mỗi dòng nối với dòng trước bằng mã băm.',
  verify: 'Kiểm tra chuỗi',
  verifying: 'Đang kiểm tra…',
  anchor: 'Mốc của lần kiểm này, chép ra nơi khác để lần sau đối chiếu',
  number: 'Số',
  action: 'Việc',
  actor: 'Người làm',
  subject: 'Đối tượng',
  subjectHint: 'Ví dụ case:GL26-… hoặc case: cho mọi hồ sơ',
  at: 'Lúc',
  detail: 'Chi tiết',
  filter: 'Lọc',
  older: 'Xem dòng cũ hơn',
  empty: 'Không có dòng nào khớp.',
} as const
