/** What stands in a report: figures, tables and the yearly report. Administrative Vietnamese, and still plain. */
import type { CaseResult } from '../complaint/status.ts'
import type { SectionId, Unit } from '../report/shape.ts'

export const REPORT = {
  noGroup: 'Chưa xếp nhóm',
  noIssue: 'Chưa xác định',
  unclearCommune: 'Có nêu nhưng không rõ xã, phường',
  seller: (number: number) => `Bên bán thứ ${number}`,
  officer: (number: number) => `Cán bộ thứ ${number}`,
  month: (month: string) => `Tháng ${Number(month.slice(5))}/${month.slice(0, 4)}`,
  none: 'Trong kỳ không có số liệu cho phần này.',
} as const

export const SECTION_TITLE: Readonly<Record<SectionId, string>> = {
  received: 'Tiếp nhận',
  matters: 'Nội dung người tiêu dùng phản ánh',
  answers: 'Hướng dẫn, trả lời trên các kênh trò chuyện',
  handling: 'Giải quyết và chuyển cơ quan có thẩm quyền',
  times: 'Thời gian xử lý',
  opinions: 'Đánh giá của người dân',
  sellers: 'Bên bán bị nhiều người phản ánh',
  training: 'Tập huấn, phổ biến pháp luật bằng trắc nghiệm',
}

export const FIGURE_LABEL = {
  received: 'Hồ sơ tiếp nhận trong kỳ',
  carried: 'Hồ sơ kỳ trước chuyển sang',
  people: 'Số người có hồ sơ tiếp nhận trong kỳ',
  byOfficer: 'Hồ sơ do cán bộ lập giúp (điện thoại, tại Hội)',
  messages: 'Lượt nhắn trên các kênh',
  waits: 'Lượt chờ gặp cán bộ',
  withAmount: 'Hồ sơ có nêu số tiền',
  amount: 'Tổng số tiền người dân nêu',
  medianAmount: 'Số tiền ở giữa (trung vị)',
  answered: 'Lượt có câu trả lời kèm căn cứ',
  abstained: 'Lượt trợ lý nói rõ là chưa trả lời được',
  abstention: 'Tỷ lệ chưa trả lời được trên số câu hỏi',
  closed: 'Hồ sơ trong kỳ đã kết thúc',
  carriedClosed: 'Hồ sơ kỳ trước chuyển sang đã kết thúc',
  resolved: 'Tỷ lệ giải quyết được toàn bộ hoặc một phần, trên số hồ sơ đã kết thúc',
  agreed: 'Hồ sơ mà cán bộ chọn đúng nơi được gợi ý',
  agreement: 'Tỷ lệ chọn đúng nơi được gợi ý, trên số hồ sơ có cả hai',
  overdue: 'Hồ sơ xem lần đầu trễ hẹn',
  unmet: 'Lượt chờ chưa có cán bộ trả lời',
  satisfied: 'Hồ sơ được người dân đánh giá hài lòng',
  dissatisfied: 'Hồ sơ bị đánh giá chưa hài lòng',
  satisfaction: 'Tỷ lệ hài lòng, trên số hồ sơ được đánh giá',
  up: 'Câu trả lời được bấm hữu ích',
  down: 'Câu trả lời bị bấm chưa hữu ích',
  sellers: 'Bên bán bị từ 3 người phản ánh trong 90 ngày',
  sellerCases: 'Hồ sơ về các bên bán đó',
  officers: 'Cán bộ có tài khoản đang dùng ở Hội',
  trained: 'Cán bộ đã đạt mọi bộ trắc nghiệm dành cho cán bộ',
  trainedShare: 'Tỷ lệ cán bộ đã đạt mọi bộ',
  attempts: 'Lượt làm xong trên trang công khai',
  attemptPasses: 'Lượt đạt trên trang công khai',
  browsers: 'Trình duyệt đã làm xong ít nhất một lượt',
  browserPasses: 'Trình duyệt có ít nhất một lượt đạt',
} as const
export type FigureId = keyof typeof FIGURE_LABEL

/** Titles and columns; the first column names the rows. */
export const TABLE = {
  channels: ['Theo kênh', 'Kênh', 'Hồ sơ', 'Lượt nhắn', 'Lượt chờ cán bộ'],
  months: ['Theo tháng', 'Tháng', 'Hồ sơ', 'Lượt nhắn', 'Lượt chờ cán bộ'],
  groups: ['Theo nhóm việc', 'Nhóm việc', 'Hồ sơ', 'Số tiền nêu'],
  issues: ['Theo việc', 'Việc', 'Hồ sơ', 'Số tiền nêu'],
  platforms: ['Theo nơi mua', 'Mua qua', 'Hồ sơ', 'Số tiền nêu'],
  communes: ['Theo nơi ở người phản ánh nêu', 'Xã, phường', 'Hồ sơ'],
  kinds: ['Kết quả từng lượt nhắn', 'Kết quả', 'Lượt', 'Tỷ lệ'],
  statuses: ['Hồ sơ trong kỳ đang ở bước nào', 'Bước', 'Hồ sơ'],
  results: ['Hồ sơ trong kỳ đã kết thúc', 'Kết quả', 'Hồ sơ'],
  bodies: ['Nơi giải quyết', 'Cơ quan', 'Được gợi ý', 'Được cán bộ chọn'],
  clocks: ['Các mốc thời gian', 'Mốc', 'Số trường hợp', 'Trung vị', 'Chín phần mười không quá'],
  sellers: ['Từng bên bán', 'Bên bán', 'Hồ sơ', 'Số người'],
  quizAudiences: ['Trắc nghiệm theo đối tượng', 'Đối tượng', 'Lượt', 'Lượt đạt', 'Trình duyệt', 'Trình duyệt đạt'],
  quizzes: ['Trắc nghiệm theo bộ', 'Bộ', 'Lượt', 'Lượt đạt', 'Trình duyệt', 'Trình duyệt đạt'],
  quizMonths: ['Trắc nghiệm theo tháng', 'Tháng', 'Lượt', 'Lượt đạt', 'Trình duyệt', 'Trình duyệt đạt'],
  quizCommunes: ['Trắc nghiệm theo xã, phường', 'Xã, phường', 'Lượt', 'Lượt đạt', 'Trình duyệt', 'Trình duyệt đạt'],
} as const satisfies Record<string, readonly [title: string, first: string, ...columns: string[]]>
export type TableName = keyof typeof TABLE

export const CLOCK_LABEL = {
  looked: 'Từ lúc nhận hồ sơ đến việc đầu tiên cán bộ làm (ngày làm việc)',
  transferred: 'Từ lúc nhận hồ sơ đến lúc chuyển cơ quan (ngày làm việc)',
  bodyAnswered: 'Từ lúc chuyển cơ quan đến lúc có trả lời (ngày làm việc)',
  waited: 'Từ lúc xin gặp đến lời đầu tiên của cán bộ trong trò chuyện (phút)',
} as const

const CHANNEL_NAME: Readonly<Record<string, string>> = {
  web: 'Ô trò chuyện trên trang web',
  telegram: 'Telegram',
  'zalo-bot': 'Zalo (bot)',
  'zalo-oa': 'Zalo (trang chính thức của Hội)',
  office: 'Điện thoại, tại Hội',
}

/** @returns a channel's name; one that is not known any more keeps its own. */
export function channelName(channel: string): string {
  return CHANNEL_NAME[channel] ?? channel
}

/** What became of one message. */
const KIND_NAME: Readonly<Record<string, string>> = {
  answered: 'Trả lời có căn cứ',
  clarify: 'Hỏi lại cho rõ',
  first_aid: 'Chỉ việc cần làm ngay',
  abstained: 'Nói rõ là chưa trả lời được',
  refused: 'Từ chối (việc không phục vụ)',
  complaint: 'Nhận khiếu nại',
  handoff: 'Chuyển cho cán bộ',
  service: 'Chào hỏi, tra hồ sơ, việc khác',
  failed: 'Trục trặc kỹ thuật',
  for_staff: 'Cán bộ đang trò chuyện',
  ignored: 'Không cần trả lời',
}

/** @returns a kind of decision in words. */
export function kindName(kind: string): string {
  return KIND_NAME[kind] ?? kind
}

/** In the order in which they are shown. */
export const KINDS: readonly string[] = Object.keys(KIND_NAME)

export const RESULT_NAME: Readonly<Record<CaseResult, string>> = {
  resolved: 'Giải quyết được',
  partly: 'Giải quyết được một phần',
  not: 'Không giải quyết được',
  withdrawn: 'Người dân rút',
}

const UNIT_NAME: Readonly<Record<Unit, string>> = {
  ...{ cases: 'hồ sơ', people: 'người', messages: 'lượt', chats: 'lượt', judgements: 'lượt', sellers: 'bên bán' },
  ...{ attempts: 'lượt', browsers: 'trình duyệt', officers: 'cán bộ' },
  ...{ percent: '%', dong: 'đồng', working_days: 'ngày làm việc', minutes: 'phút' },
}

/** @returns the unit in words. */
export function unitName(unit: Unit): string {
  return UNIT_NAME[unit]
}

/** @returns "1.250", "12,5 %"; a dash where there is nothing to count from. */
export function figureText({ value, unit }: { readonly value: number | null; readonly unit: Unit }): string {
  if (value === null) return '–'
  const number = value.toLocaleString('vi-VN', { maximumFractionDigits: 1 })
  return unit === 'percent' ? `${number} %` : number
}

/** Columns of the list of cases, in the order of `caseCells`. */
export const CASE_COLUMNS = [
  ...['Số hồ sơ', 'Ngày nhận', 'Kỳ trước chuyển sang', 'Kênh', 'Cán bộ lập giúp', 'Người thứ', 'Nhóm việc', 'Việc', 'Mua qua'],
  ...['Xã hoặc phường', 'Số tiền (đồng)', 'Nơi được gợi ý', 'Nơi cán bộ chọn', 'Bước', 'Kết quả', 'Ngày kết thúc'],
  ...['Xem lần đầu sau (ngày làm việc)', 'Chuyển sau (ngày làm việc)', 'Cơ quan trả lời sau (ngày làm việc)'],
  ...['Trễ hẹn', 'Người dân hài lòng', 'Bên bán thứ'],
] as const

/** @returns whom a quiz is for; an audience that is not known any more keeps its own name. */
export function audienceName(audience: string): string {
  return AUDIENCE_NAMES[audience] ?? audience
}

const AUDIENCE_NAMES: Readonly<Record<string, string>> = { officer: 'Cán bộ', seller: 'Người bán', consumer: 'Người mua' }

export const YES_NO = { yes: 'có', no: 'không' } as const

export const SHEET = {
  figures: 'Chỉ tiêu',
  grounds: 'Căn cứ từng chỉ tiêu',
  cases: 'Hồ sơ',
  chats: 'Lượt chờ cán bộ',
  answers: 'Lượt nhắn theo ngày',
  opinions: 'Đánh giá câu trả lời',
  quizzes: 'Lượt trắc nghiệm',
  trained: 'Cán bộ đã đạt',
  figureColumns: ['Số', 'Phần', 'Chỉ tiêu', 'Giá trị', 'Đơn vị', 'Số mục làm căn cứ'],
  groundColumns: ['Chỉ tiêu số', 'Hồ sơ, lượt chờ hoặc ngày'],
  chatColumns: ['Lượt chờ', 'Ngày', 'Kênh', 'Chờ (phút)'],
  answerColumns: ['Ngày', 'Kênh', 'Kết quả', 'Số lượt'],
  opinionColumns: ['Ngày', 'Hữu ích', 'Chưa hữu ích'],
  trainedColumns: ['Cán bộ thứ', 'Số bộ đã đạt', 'Số bộ dành cho cán bộ'],
} as const

// ── the yearly report ───────────────────────────────────────────────────────────────────────────

/** The plan is the reason for the date and the addressee; it is no legal basis. No article at hand obliges the association to report, so none is claimed. */
export const YEARLY = {
  name: (year: number) => `Báo cáo năm ${year}`,
  title: 'BÁO CÁO',
  about: (year: number) => `Kết quả tiếp nhận, hướng dẫn và giải quyết phản ánh, khiếu nại của người tiêu dùng năm ${year}`,
  number: 'Số: ………/………',
  place: 'Gia Lai, ngày …… tháng …… năm ………',
  to: 'Ủy ban nhân dân tỉnh Gia Lai (qua Sở Công Thương)',
  opening: [
    'Theo Luật Bảo vệ quyền lợi người tiêu dùng (19/2023/QH15), tổ chức xã hội tham gia bảo vệ người tiêu dùng hướng dẫn, giúp đỡ, tư vấn người tiêu dùng; cung cấp cho cơ quan quản lý nhà nước thông tin về hành vi vi phạm; hỗ trợ thương lượng, hòa giải (điểm a, b và đ khoản 1 Điều 50). Ủy ban nhân dân cấp tỉnh quản lý hoạt động này tại địa phương (điểm a khoản 1 Điều 77, khoản 6 Điều 75).',
    'Kế hoạch của tỉnh triển khai Quyết định số 319/QĐ-TTg ngày 29/3/2023 của Thủ tướng Chính phủ giao Hội tiếp nhận, phân loại, xử lý khiếu nại và chuyển giải quyết theo thẩm quyền; hằng năm, trước ngày 15 tháng 12, báo cáo kết quả về Ủy ban nhân dân tỉnh qua Sở Công Thương. Kế hoạch có mục tiêu đến năm 2025; Hội nêu ở đây để rõ nơi nhận và thời hạn, không coi là căn cứ pháp lý.',
  ],
  reports: (name: string, year: number) => `${name} báo cáo kết quả năm ${year} như sau.`,
  period: (from: string, to: string, read: string) =>
    `Kỳ số liệu: từ ngày ${from} đến hết ngày ${to}. Tình trạng hồ sơ là tình trạng lúc lập báo cáo (${read}). Hồ sơ đã xóa theo yêu cầu của người dân không còn trong số liệu.`,
  unfinished: (read: string) => `Báo cáo lập khi kỳ số liệu chưa hết: số liệu có đến lúc lập (${read}).`,
  chatsFrom: (day: string) => `Số liệu về các cuộc trò chuyện có từ ngày ${day}; trước ngày đó chưa được ghi lại.`,
  chatsNever: 'Chưa có số liệu nào về các cuộc trò chuyện trong kỳ.',
  traced:
    'Số nhỏ trong ngoặc vuông sau mỗi số liệu là số thứ tự ở Phụ lục, nơi ghi các hồ sơ làm căn cứ. Bản .xlsx kèm theo có danh sách hồ sơ, lượt chờ và lượt nhắn từng ngày để tính lại.',
  empty: (year: number) =>
    `Trong năm ${year}, Hội không tiếp nhận hồ sơ nào và không có lượt nhắn nào trên các kênh. Các mục dưới đây được giữ đủ để đối chiếu; không có số liệu thì ghi rõ là không có.`,
  /** `of` gives a figure's value with its place. */
  intro: {
    received: (of) =>
      `Trong kỳ, Hội tiếp nhận ${of('received')} hồ sơ của ${of('people')} người; ngoài ra có ${of('carried')} hồ sơ kỳ trước chuyển sang.`,
    matters: (of) =>
      `Có ${of('withAmount')} hồ sơ nêu số tiền, cộng lại là ${of('amount')} đồng. Đây là số tiền người dân nêu trong hồ sơ, không phải thiệt hại đã được xác minh.`,
    answers: (of) =>
      `Các kênh trò chuyện nhận ${of('messages')} lượt nhắn, trong đó ${of('answered')} lượt được trợ lý trả lời kèm căn cứ pháp luật. Tỷ lệ câu hỏi mà trợ lý nói rõ là chưa trả lời được và chỉ nơi khác để hỏi: ${of('abstention')}.`,
    handling: (of) =>
      `Đã kết thúc ${of('closed')} hồ sơ tiếp nhận trong kỳ; tỷ lệ giải quyết được toàn bộ hoặc một phần: ${of('resolved')}. Nơi được gợi ý do chương trình nêu kèm căn cứ; nơi giải quyết do cán bộ chọn.`,
    times: (of) =>
      `Có ${of('overdue')} hồ sơ được xem lần đầu trễ so với hẹn của Hội; ${of('unmet')} lượt chờ trong trò chuyện chưa có cán bộ trả lời. Ngày làm việc tính theo quy ước của Hội: không tính ngày nhận và ngày nghỉ. Trung vị là giá trị đứng giữa khi xếp từ nhỏ đến lớn.`,
    opinions: (of) =>
      `Người dân đánh giá hài lòng với ${of('satisfied')} hồ sơ, chưa hài lòng với ${of('dissatisfied')} hồ sơ. Chỉ tính hồ sơ có đánh giá.`,
    sellers: (of) =>
      `Có ${of('sellers')} bên bán bị từ ba người trở lên phản ánh trong vòng 90 ngày, với ${of('sellerCases')} hồ sơ. Báo cáo không nêu tên: phản ánh chưa phải là kết luận vi phạm. Cơ quan có thẩm quyền cần thì xem hồ sơ theo số.`,
    training: (of) =>
      `Đến lúc lập báo cáo, ${of('trained')} trên ${of('officers')} cán bộ có tài khoản ở Hội đã đạt mọi bộ trắc nghiệm dành cho cán bộ, tỷ lệ ${of('trainedShare')}. Trên trang công khai có ${of('attempts')} lượt làm xong từ ${of('browsers')} trình duyệt. Kế hoạch của tỉnh (mục tiêu đến năm 2025, không phải căn cứ pháp lý) nêu 100 % cán bộ thực thi được đào tạo và 100 % người bán trên các sàn lớn được phổ biến pháp luật; số ở đây chỉ đếm cán bộ của Hội và lượt làm bài không định danh, nên không tính được tỷ lệ người bán.`,
  } satisfies Readonly<Record<SectionId, (of: (figure: FigureId) => string) => string>>,
  difficulties: 'Khó khăn, vướng mắc',
  proposals: 'Đề xuất, kiến nghị',
  byHand: 'Phần này do Hội ghi:',
  closing: 'Trên đây là báo cáo của Hội, kính trình Ủy ban nhân dân tỉnh xem xét.',
  signer: 'ĐẠI DIỆN HỘI',
  sign: '(Ký, ghi rõ họ tên, đóng dấu)',
  receivers: 'Nơi nhận',
  receiverList: ['Như trên;', 'Lưu: Hội.'],
  singleColumns: ['Số liệu chung', 'Giá trị'],
  annex: 'PHỤ LỤC: CĂN CỨ CỦA TỪNG SỐ LIỆU',
  annexColumns: ['Số', 'Số liệu', 'Giá trị', 'Hồ sơ làm căn cứ'],
  /** Waits have no case number, and days are many: the workbook lists them. */
  elsewhere: {
    chat: (count: number) => (count === 0 ? '' : `${count} lượt chờ, xem bản .xlsx`),
    day: (count: number) => (count === 0 ? '' : `${count} ngày, xem bản .xlsx`),
    attempt: (count: number) => (count === 0 ? '' : `${count} lượt, xem bản .xlsx`),
    officer: (count: number) => (count === 0 ? '' : `${count} cán bộ, xem bản .xlsx`),
  },
  foot: (year: number) => `Báo cáo năm ${year}`,
} as const

/** What an officer reads of the reports' routes. */
export const REPORT_SAYS = {
  days: 'Chọn ngày bắt đầu và ngày kết thúc có trong lịch, ngày bắt đầu không sau ngày kết thúc, tối đa năm năm.',
  year: 'Chọn năm từ 2020 đến năm nay.',
  missing: 'Không có báo cáo này.',
  unsound: 'Bản lưu của báo cáo này không còn khớp mã kiểm, nên không tải được. Lập lại báo cáo, và báo người quản trị.',
} as const
