/**
 * What a citizen reads of a case that they have confirmed: each change says what it means and what they can do; nothing is promised that nobody has decided.
 * The last part is what an officer reads of the same.
 */
import type { CaseEventKind, CaseRefusal } from '../case/life.ts'
import type { CaseResult, CaseStatus } from '../complaint/status.ts'
import { CHOICE } from './vi.ts'

export const CASE_CHOICE = {
  /** By these words only, never by a number: see `deliberate.ts`. */
  withdraw: 'Rút hồ sơ này',
  keep: 'Không rút nữa',
  satisfied: 'Hài lòng',
  dissatisfied: 'Chưa hài lòng',
  again: 'Xem lại hồ sơ',
  notForCase: 'Không phải của hồ sơ',
  never: 'Thôi, không thêm nữa',
  addTo: (number: string) => `Thêm vào hồ sơ ${number}`,
} as const

/** Reasons that are offered after the verdict; any of them may be left out. */
export const SATISFIED_WHY: readonly string[] = ['Được giải quyết', 'Được nghe và hướng dẫn kỹ', 'Nhanh']
export const DISSATISFIED_WHY: readonly string[] = ['Chưa đòi được quyền lợi', 'Lâu quá', 'Không rõ Hội đã làm gì', 'Khó dùng']

const ADD_HOW = 'nhắn “Bổ sung hồ sơ” kèm lời của bạn, hoặc gửi ảnh, tệp ngay ở đây'
const PERSON_HOW = `nhắn “${CHOICE.officer}”`

export const RESULT_WORDS: Readonly<Record<CaseResult, string>> = {
  resolved: 'đã giải quyết được',
  partly: 'giải quyết được một phần',
  not: 'chưa giải quyết được',
  withdrawn: 'bạn đã rút hồ sơ',
}

/** The notice of a change, a line each. */
export const TOLD = {
  receive: (number: string) => [
    `Hồ sơ ${number}: cán bộ Hội đã tiếp nhận và đang đọc.`,
    `Bạn chưa cần làm gì thêm. Nhớ thêm điều gì thì ${ADD_HOW}.`,
  ],
  ask_info: (number: string, text: string) => [
    `Hồ sơ ${number}: Hội cần bạn cho biết thêm.`,
    text,
    `Bạn ${ADD_HOW}. Không có, hoặc chưa rõ Hội hỏi gì, bạn ${PERSON_HOW}. Đừng gửi số căn cước, số thẻ, mã OTP.`,
  ],
  handle: (number: string) => [
    `Hồ sơ ${number}: Hội đang giải quyết.`,
    `Hội không có quyền bắt buộc bên bán; Hội tìm cách để hai bên thương lượng và cho bạn biết khi có tin. Bên bán tự liên hệ trả tiền, đổi hàng hay dọa bạn thì bạn ${ADD_HOW}.`,
  ],
  transfer: (number: string, agency: string) => [
    `Hồ sơ ${number}: Hội đã chuyển tới ${agency}, như bạn đã đồng ý.`,
    `Nơi đó có thể liên hệ với bạn. Từ đây việc giải quyết là của nơi đó; Hội không quyết định thay được, nhưng bạn vẫn hỏi Hội ở đây: nhắn “hồ sơ tới đâu rồi”.`,
  ],
  answer: (number: string, text: string) => [
    `Hồ sơ ${number}: đã có trả lời.`,
    text,
    `Bạn thấy chưa ổn thì nhắn “${CASE_CHOICE.again}”; còn điều muốn nói thì ${ADD_HOW}. Đồng ý rồi thì bạn không cần làm gì.`,
  ],
  close: (number: string, result: CaseResult, text: string) => [`Hồ sơ ${number} đã kết thúc: ${RESULT_WORDS[result]}.`, text],
  reopen: (number: string) => [`Hồ sơ ${number} đã được mở lại, cán bộ Hội xem tiếp.`, `Bạn có gì mới thì ${ADD_HOW}.`],
  askRating: 'Bạn có hài lòng với cách Hội giải quyết không? Trả lời giúp Hội làm tốt hơn; không trả lời cũng được.',
  stillBad: `Chưa ưng kết quả, bạn nhắn “${CASE_CHOICE.again}” để cán bộ xem lại.`,
  whatElse: 'Bạn còn làm được',
} as const

/** What can still be done, each with the clause that says so; a line whose clause is not on the shelf is left out. */
export const WHAT_ELSE: readonly (readonly [text: string, cites: readonly string[]])[] = [
  ['Yêu cầu người bán thương lượng: bạn có quyền yêu cầu và họ phải tiếp nhận yêu cầu của bạn.', ['19/2023/QH15#56.1', '19/2023/QH15#56.2']],
  [
    'Họ không trả lời, hoặc từ chối mà không có lý do chính đáng, thì yêu cầu cơ quan quản lý nhà nước về bảo vệ người tiêu dùng hoặc tổ chức xã hội như Hội hỗ trợ thương lượng.',
    ['19/2023/QH15#56.3'],
  ],
  ['Cùng người bán thỏa thuận chọn bên thứ ba để hòa giải.', ['19/2023/QH15#61.1']],
  [
    'Khởi kiện ra Tòa án: vụ có giá trị giao dịch dưới 100 triệu đồng được giải quyết theo thủ tục rút gọn, và bạn không phải nộp tiền tạm ứng án phí.',
    ['19/2023/QH15#70.2', '19/2023/QH15#71.2'],
  ],
]

const KNOW_NUMBER = 'số hồ sơ và bốn số cuối của số điện thoại ghi trong hồ sơ, ví dụ “GL26-… 1234”'

export const CASES = {
  own: (lines: readonly string[]) => ['Hồ sơ của bạn ở Hội:', ...lines],
  line: (number: string, day: string, issue: string, status: string) => `${number}, nộp ngày ${day}, ${issue}: ${status}.`,
  /** What the office wrote last, below the line. */
  last: (day: string, words: string) => `Ngày ${day}, Hội nhắn: ${words}`,
  lookedUp: (number: string, day: string, status: string) => `Hồ sơ ${number}, nộp ngày ${day}: ${status}.`,
  digits: (number: string) =>
    `Hồ sơ ${number} không nộp từ cuộc trò chuyện này. Để chắc là của bạn, bạn nhắn bốn số cuối của số điện thoại ghi trong hồ sơ.`,
  none: `Tôi không thấy hồ sơ nào nộp từ cuộc trò chuyện này. Nộp ở kênh khác hay nhờ cán bộ lập, bạn nhắn ${KNOW_NUMBER}; hoặc ${PERSON_HOW}.`,
  /** One sentence for a number that does not exist and for digits that are wrong: nobody learns here which cases there are. */
  noMatch: `Số hồ sơ và bốn số cuối điện thoại không khớp. Bạn xem lại giấy biên nhận hoặc tin nhắn có số hồ sơ, rồi nhắn lại cả hai; hoặc ${PERSON_HOW}.`,
  tooMany: `Hôm nay đã có nhiều lần nhập không khớp nên tôi tạm dừng tra bằng số. Mai bạn thử lại, hoặc ${PERSON_HOW}.`,
  wrongNumber: 'Số hồ sơ này thiếu hoặc nhầm chữ số. Số hồ sơ có dạng GL26-XXX-XXX-XXX; bạn đọc lại từng nhóm giúp tôi.',
  elsewhere: `Việc này chỉ làm được ở cuộc trò chuyện đã nộp hồ sơ. Bạn nhắn ở đó, nối hai kênh bằng cách nhắn “chuyển kênh” ở đó, hoặc ${PERSON_HOW}.`,
  noOpen: `Bạn không còn hồ sơ nào đang mở. Muốn cán bộ xem lại hồ sơ đã kết thúc, nhắn “${CASE_CHOICE.again}”; có việc mới, nhắn “${CHOICE.complain}”.`,
  which: 'Bạn muốn nói hồ sơ nào?',
  title: (number: string, about: string) => (about === '' ? number : `${number} (${about})`),
  askAdd: (number: string) =>
    `Bạn muốn bổ sung hay sửa điều gì trong hồ sơ ${number}? Nhắn ngay ở đây, một tin cũng được; ảnh, tệp thì gửi luôn. Đừng gửi số căn cước, số thẻ, mã OTP.`,
  added: (number: string) => `Đã ghi thêm vào hồ sơ ${number}, cán bộ sẽ đọc. Bản bạn đã xác nhận giữ nguyên; điều mới nằm bên cạnh, có ngày giờ.`,
  read: 'Tôi đọc được',
  askFile: (count: number) =>
    count === 1 ? 'Ảnh, tệp này là bằng chứng cho hồ sơ của bạn à?' : `${count} ảnh, tệp này là bằng chứng cho hồ sơ của bạn à?`,
  filed: (number: string, count: number) => `Đã thêm ${count} ảnh, tệp vào hồ sơ ${number}, cán bộ sẽ xem.`,
  notForCase: 'Vâng, tôi không thêm vào hồ sơ.',
  nothingAdded: 'Vâng, tôi không ghi thêm gì.',
  askWithdraw: (number: string) =>
    `Rút hồ sơ ${number} thì Hội dừng giải quyết; nơi đã nhận hồ sơ trước đó (nếu có) vẫn giữ bản họ đã nhận. Chắc chắn rút, bạn nhắn đúng chữ “${CASE_CHOICE.withdraw}”.`,
  withdrawn: (number: string) =>
    `Hội đã dừng hồ sơ ${number} theo ý bạn. Hồ sơ vẫn được giữ theo hạn lưu của Hội; muốn xóa hẳn, bạn nhắn “xóa dữ liệu”. Đổi ý thì nhắn “${CASE_CHOICE.again}”.`,
  kept: 'Vâng, hồ sơ giữ nguyên.',
  askConsents: (number: string) =>
    `Trong hồ sơ ${number}, bạn đang đồng ý các việc dưới đây. Muốn rút việc nào, nhắn số của việc đó, ví dụ “2”; đổi ý thì nhắn “thôi”.`,
  noConsents: 'Trong hồ sơ này bạn không còn đồng ý việc nào để rút.',
  consentsUnclear: 'Tôi chưa rõ bạn muốn rút việc nào. Bạn nhắn lại “rút đồng ý” nhé.',
  /** The decree that sets the periods is not at hand: what is said is the law's own article and what the office itself does. */
  consentsWithdrawn: (texts: readonly string[]) => [
    `Đã rút, có hiệu lực ngay từ lúc này: ${texts.join('; ')}.`,
    'Điều Hội đã làm trước đó theo sự đồng ý của bạn không bị coi là sai (khoản 4 Điều 10 Luật Bảo vệ dữ liệu cá nhân, 91/2025/QH15). Nơi nào đã nhận hồ sơ của bạn thì cán bộ Hội báo cho nơi đó.',
    'Thời hạn theo nghị định hướng dẫn luật này: Hội chưa có nguyên văn, cần xác minh; mục tiêu của chính Hội là báo xong trong 3 ngày làm việc.',
  ],
  lastConsent: (number: string) =>
    `Việc 1 là để Hội được giữ và giải quyết hồ sơ. Rút việc này thì Hội phải dừng hồ sơ ${number}. Chắc chắn rút, bạn nhắn đúng chữ “${CASE_CHOICE.withdraw}”.`,
  askedAgain: (number: string) => `Đã mở lại hồ sơ ${number} để cán bộ xem lại. Bạn chưa ưng điều gì thì ${ADD_HOW}.`,
  notAgain: `Bạn không có hồ sơ nào đã trả lời hay đã kết thúc để xem lại. Hồ sơ đang mở thì ${ADD_HOW}.`,
  thanks: 'Cảm ơn bạn, Hội đã ghi lại.',
  thanksWhy: 'Cảm ơn bạn, Hội đã ghi lại. Điều gì đúng nhất với bạn? Bỏ qua cũng được.',
} as const

/** What the erasure of one's data means for one's cases. */
export const CASES_ERASED = {
  with: (numbers: readonly string[]) =>
    `Hồ sơ ${numbers.join(', ')} của bạn ở Hội cũng bị xóa, kể cả ảnh, tệp; Hội không giải quyết tiếp được nữa. Nơi đã nhận hồ sơ trước đó giữ bản của họ.`,
  held: (numbers: readonly string[]) =>
    `Hồ sơ ${numbers.join(', ')} chưa xóa được: cán bộ Hội đã ghi lý do pháp lý phải giữ. Hết lý do đó Hội xóa; muốn biết lý do, ${PERSON_HOW}.`,
  /** Deadlines are the decree's, whose text is not at hand. */
  when: 'Bạn có quyền yêu cầu xóa (điểm d khoản 1 Điều 4, Điều 14 Luật Bảo vệ dữ liệu cá nhân, 91/2025/QH15). Thời hạn trong nghị định hướng dẫn Hội chưa có nguyên văn, cần xác minh; ở đây Hội xóa trong ít phút, bản sao lưu thì xóa khi hết hạn lưu.',
} as const

// ── what an officer reads ───────────────────────────────────────────────────────────────────────

export const CASE_REFUSED: Readonly<Record<CaseRefusal | 'missing' | 'unreadable' | 'agency_unknown' | 'agency_never' | 'agency_past', string>> = {
  missing: 'Không có hồ sơ này.',
  unreadable: 'Bản ghi của hồ sơ do phiên bản khác viết, không đọc được: chạy lại đúng phiên bản đã ghi nó.',
  closed: 'Hồ sơ đã kết thúc; mở lại trước đã: reopen.',
  not_closed: 'Hồ sơ chưa kết thúc nên không có gì để mở lại.',
  already: 'Hồ sơ đã ở bước đó rồi.',
  not_received: 'Chưa ai tiếp nhận hồ sơ: receive trước đã.',
  text_missing: 'Cần lời cho người dân hoặc lý do: --text "…", với choose và hold là --why "…".',
  text_too_long: 'Lời dài quá 2.000 ký tự, xin rút gọn.',
  no_consent_authority: 'Người dân chưa đồng ý (hoặc đã rút đồng ý) cho chuyển hồ sơ tới cơ quan có thẩm quyền: hỏi họ trước, không chuyển.',
  nothing_to_withdraw: 'Không có sự đồng ý nào như vậy để rút.',
  not_held: 'Hồ sơ không bị giữ lại.',
  nothing_added: 'Không có gì để ghi thêm.',
  agency_unknown: 'Không có cơ quan mang mã này trong danh bạ.',
  agency_never: 'Không chuyển hồ sơ người tiêu dùng tới cơ quan này.',
  agency_past: 'Cơ quan này không còn (hoặc chưa có) vào ngày hôm nay; xem cơ quan thay thế trong danh bạ.',
}

export const STATUS_WORDS: Readonly<Record<CaseStatus, string>> = {
  confirmed: 'mới',
  received: 'đã tiếp nhận',
  needs_info: 'chờ người dân bổ sung',
  handling: 'đang giải quyết',
  transferred: 'đã chuyển cơ quan khác',
  answered: 'đã trả lời',
  closed: 'đã kết thúc',
  reopened: 'mở lại',
}

export const EVENT_WORDS: Readonly<Record<CaseEventKind, string>> = {
  receive: 'tiếp nhận',
  ask_info: 'hỏi thêm người dân',
  handle: 'bắt đầu giải quyết',
  choose: 'chọn nơi giải quyết',
  transfer: 'chuyển cơ quan',
  answer: 'trả lời',
  close: 'kết thúc',
  reopen: 'mở lại',
  hold: 'giữ lại, không xóa',
  release: 'thôi giữ lại',
  added: 'người dân bổ sung',
  withdrawn: 'người dân rút hồ sơ',
  asked_again: 'người dân đề nghị xem lại',
  consents_withdrawn: 'người dân rút đồng ý',
  rated: 'người dân đánh giá',
}

/** How somebody who did not write agreed, as it stands in the consent. */
export const CONSENT_WAY_WORDS: Readonly<Record<string, string>> = {
  'office:telephone': 'nói qua điện thoại',
  'office:paper': 'ký trên giấy',
  'office:counter': 'nói tại văn phòng',
}

/** What an officer reads of the commands. */
export const CASE_OFFICE = {
  none: 'Không có hồ sơ nào.',
  wrongNumber: 'Số hồ sơ không đúng: đọc lại từng nhóm, ký tự cuối là ký tự kiểm.',
  noCase: (number: string) => `Không có hồ sơ ${number}.`,
  unreadable: 'Bản ghi do phiên bản khác viết, không đọc được.',
  danger: 'KHẨN',
  overdue: 'QUÁ HẠN',
  held: 'GIỮ LẠI',
  stopped: 'CHƯA BÀN GIAO ĐƯỢC',
  due: (day: string) => `hạn ${day}`,
  done: (number: string, status: string) => `Đã ghi: ${number}, ${status}.`,
  told: {
    told: 'Người dân sẽ thấy trong giây lát, hoặc khi họ nhắn lại nếu kênh không cho nhắn trước.',
    nobody: 'Không còn cuộc trò chuyện nào để báo: gọi điện cho người dân nếu có số.',
    nothing: '',
  },
  successor: (old: string, now: string) => `${old} nay là ${now}.`,
  result: 'Cần kết quả: --result resolved | partly | not | withdrawn.',
  agency: 'Cần mã cơ quan trong danh bạ: --agency MÃ.',
  noClusters: 'Chưa có bên bán nào bị từ 3 người khiếu nại trong 90 ngày.',
  cluster: (respondent: string, people: number, numbers: string) => `${respondent || '(không tên)'}: ${people} người, hồ sơ ${numbers}`,
  clusterNote: 'Chỉ để xem: các hồ sơ không bị gộp. Tên giống nhau chưa chắc là một bên bán.',
  filed: (number: string, spoken: string) =>
    `Đã lập hồ sơ ${number} (đọc: ${spoken}). Đọc số này cho người dân; họ hỏi tình trạng bằng số đó và bốn số cuối điện thoại.`,
  noConsent: 'Chưa có sự đồng ý cho Hội xử lý hồ sơ (handle) nên không lập hồ sơ được: hỏi người dân trước.',
  wrongFacts: (names: readonly string[]) =>
    `Giá trị không dùng được ở: ${names.join(', ')}. Ngày viết 2026-10-12, số tiền viết bằng đồng, chữ số liền nhau.`,
  wrongFiling: (what: string) => `Hồ sơ chưa đúng mẫu: ${what}.`,
  noFile: (file: string) => `Không đọc được tệp ${file}.`,
  numberTaken: 'Trùng số hồ sơ, chạy lại lệnh.',
  fileUnknown: 'Hồ sơ không có tệp này.',
  fileReleased: 'Đã ghi: cán bộ đã xem, tệp không có giấy tờ hay số thẻ.',
  fileDropped: 'Đã bỏ tệp khỏi hồ sơ; tệp bị xóa trong ít phút.',
  retried: (ways: readonly string[]) => `Sẽ bàn giao lại qua: ${ways.join(', ')}.`,
  nothingToRetry: 'Không có gì phải bàn giao lại.',
  linksEnded: 'Đường dẫn tới ảnh, tệp trong bản bàn giao đã hết hạn; nơi nhận cần ảnh thì hỏi Hội.',
  whyMissing: 'Cần lý do: --why "…".',
} as const
