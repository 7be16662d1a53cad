/** What a citizen reads while telling a complaint: one question a turn, what was read and from which words, nothing promised that the association cannot do. */
import type { FactName, Payment, Platform, Wish } from '../complaint/facts.ts'
import type { CaseStatus } from '../complaint/status.ts'
import { CHOICE, HOTLINE } from './vi.ts'

export const COMPLAINT_CHOICE = {
  confirm: 'Xác nhận gửi hồ sơ',
  edit: 'Sửa hồ sơ',
  cancel: 'Hủy hồ sơ',
  later: 'Để sau',
  skip: 'Bỏ qua',
  done: 'Gửi xong bằng chứng',
  resume: 'Tiếp tục hồ sơ',
  fresh: 'Lập hồ sơ mới',
} as const

export const FACT_LABEL: Readonly<Record<FactName, string>> = {
  respondent: 'Bên bị khiếu nại',
  platform: 'Mua ở đâu',
  link: 'Đường dẫn hoặc tên tài khoản',
  respondentPhone: 'Số điện thoại của bên bán',
  goods: 'Hàng hóa, dịch vụ',
  order: 'Mã đơn',
  boughtOn: 'Ngày mua',
  deliveredOn: 'Ngày nhận hàng',
  amount: 'Số tiền',
  payment: 'Cách trả tiền',
  promised: 'Bên bán đã hứa',
  contacted: 'Đã liên hệ bên bán',
  wish: 'Bạn muốn',
  name: 'Tên của bạn',
  phone: 'Số điện thoại của bạn',
  commune: 'Xã, phường nơi bạn ở',
  email: 'Thư điện tử',
}

export const FACT_ASK: Readonly<Record<FactName, string>> = {
  respondent: 'Bên bán tên gì? Tên shop, cửa hàng, công ty hay tên tài khoản đều được.',
  platform: 'Bạn mua ở đâu: Shopee, TikTok Shop, Facebook, Zalo, trang web hay cửa hàng?',
  link: 'Bạn có đường dẫn tới món hàng hay tên tài khoản của người bán không?',
  respondentPhone: 'Số điện thoại của người bán là số nào?',
  goods: 'Bạn mua món gì, hay dùng dịch vụ gì?',
  order: 'Mã đơn hàng là gì? Thường nằm trong ứng dụng hoặc trên phiếu giao hàng.',
  boughtOn: 'Bạn mua ngày nào? Nhớ khoảng cũng được, ví dụ “đầu tháng 10”.',
  deliveredOn: 'Bạn nhận hàng ngày nào?',
  amount: 'Bạn trả bao nhiêu tiền?',
  payment: 'Bạn trả tiền bằng cách nào: nhận hàng mới trả, chuyển khoản, thẻ, ví điện tử hay tiền mặt?',
  promised: 'Lúc bán, họ hứa hay quảng cáo điều gì?',
  contacted: 'Bạn đã báo cho bên bán chưa, và họ trả lời thế nào?',
  wish: 'Bạn muốn gì: trả lại tiền, đổi hàng, sửa, bồi thường, xin lỗi, hay việc đó dừng lại?',
  name: 'Hội gọi bạn là gì? Bạn cho biết họ tên để ghi vào hồ sơ.',
  phone: 'Số điện thoại nào Hội gọi lại cho bạn được?',
  commune: 'Bạn ở xã, phường nào?',
  email: 'Bạn có địa chỉ thư điện tử không?',
}

export const PLATFORM_NAME: Readonly<Record<Platform, string>> = {
  shopee: 'Shopee',
  tiktok: 'TikTok Shop',
  lazada: 'Lazada',
  tiki: 'Tiki',
  facebook: 'Facebook',
  zalo: 'Zalo',
  instagram: 'Instagram',
  website: 'trang web',
  other: 'nơi khác',
}

export const PAYMENT_NAME: Readonly<Record<Payment, string>> = {
  cash_on_delivery: 'trả khi nhận hàng',
  transfer: 'chuyển khoản',
  card: 'thẻ',
  wallet: 'ví điện tử',
  cash: 'tiền mặt',
  unpaid: 'chưa trả',
}

export const WISH_NAME: Readonly<Record<Wish, string>> = {
  refund: 'trả lại tiền',
  exchange: 'đổi hàng',
  repair: 'sửa',
  compensation: 'bồi thường',
  apology: 'xin lỗi',
  stop: 'dừng việc đó lại',
  information: 'được giải thích',
}

const NEVER_SEND = 'Đừng gửi số căn cước, số thẻ, mã OTP hay ảnh các giấy tờ đó; Hội không cần.'

export const INTAKE = {
  tell: `Tôi sẽ giúp bạn lập hồ sơ khiếu nại. Bạn kể chuyện bằng lời của mình: mua gì, của ai, ngày nào, bao nhiêu tiền, sai ở đâu. Kể nhiều tin cũng được, gửi ảnh lúc nào cũng được. ${NEVER_SEND}`,
  begin: 'Tôi lập hồ sơ khiếu nại từ câu chuyện bạn vừa kể. Chưa có gì được gửi đi cho tới khi bạn xác nhận.',
  read: 'Tôi đọc được',
  about: 'khoảng ',
  from: (words: string) => `bạn viết “${words}”`,
  unclear: 'Tôi chưa đọc ra câu trả lời.',
  stillAsking: 'Nếu không nhớ hoặc không muốn nói, bạn nhắn “Bỏ qua”.',
  changed: (label: string, value: string) => `Đã sửa: ${label} là ${value}.`,
  notChanged: (label: string) => `Tôi chưa đọc ra ${label} mới. Bạn nhắn lại giúp, ví dụ “sửa số tiền thành 450k”.`,
  kept: 'Đã giữ ảnh, tệp của bạn vào hồ sơ.',
  evidence: 'Bằng chứng nên có',
  askEvidence: `Bạn có thứ nào thì gửi ảnh chụp ngay đây (che số căn cước, số thẻ). Chưa có thì gửi sau cũng được; nhắn “${COMPLAINT_CHOICE.done}” để đi tiếp.`,
  consent:
    'Bạn đồng ý những việc nào? Mỗi việc bạn đồng ý riêng, và rút lại được lúc nào cũng được. Nhắn các số, ví dụ “1 2”; không đồng ý việc nào thì nhắn “không”.',
  consentUnclear: 'Tôi chưa rõ bạn đồng ý việc nào. Bạn nhắn các số, ví dụ “1 2”.',
  firstNeeded: 'Bạn chưa chọn việc 1. Không có việc 1 thì Hội không được giữ và xử lý hồ sơ.',
  consentAgain: 'Vâng, tôi bỏ các đồng ý trước đó. Bạn chọn lại giúp.',
  consentNeeded: `Không có sự đồng ý ở việc 1 thì Hội không được lưu và xử lý hồ sơ, nên tôi không gửi gì cả; những gì bạn kể tôi giữ lại trong cuộc trò chuyện này. Bạn vẫn gọi ${HOTLINE} hoặc đến văn phòng Hội được.`,
  summary: 'Hồ sơ của bạn',
  agreed: 'Bạn đồng ý',
  missing: 'Còn thiếu (bổ sung sau được)',
  noPhone: 'Hồ sơ chưa có số điện thoại, nên Hội chỉ trả lời bạn được ở ngay khung chat này.',
  child: 'Con nhờ ba mẹ hoặc người lớn trong nhà cùng làm hồ sơ này nhé; Hội sẽ nói chuyện với người lớn của con.',
  storyKept: `Tôi đã giữ chuyện bạn kể trong hồ sơ khiếu nại. Lo xong việc gấp, bạn nhắn “${COMPLAINT_CHOICE.resume}”.`,
  stillOpen: (what: string) => `Bạn còn một hồ sơ đang lập dở${what === '' ? '' : `: ${what}`}. Bạn muốn tiếp tục hồ sơ đó, hay lập hồ sơ mới?`,
  route: 'Nơi có thể giải quyết',
  suggested: ({ agency, basis, why }: { readonly agency: string; readonly basis: string; readonly why: string }) =>
    `${agency}: ${why.replace(/\.$/, '')} (${basis}).`,
  officerChooses: 'Cán bộ Hội xem lại rồi mới chọn nơi gửi.',
  check: `Bạn đọc lại giúp. Đúng rồi thì nhắn đúng chữ “${COMPLAINT_CHOICE.confirm}”. Chưa đúng thì nhắn, ví dụ: “sửa số tiền thành 450k”, “sửa tên shop là …”.`,
  confirmPlainly: `Tôi chỉ gửi khi bạn nhắn đúng một câu “${COMPLAINT_CHOICE.confirm}”.`,
  howToEdit: 'Bạn nhắn điều cần sửa, ví dụ: “sửa số tiền thành 450k”, “sửa ngày mua là 12/10”, “sửa tên shop là …”.',
  confirmed: (number: string, spoken: string) => `Hội đã nhận hồ sơ của bạn. Số hồ sơ: ${number} (đọc: ${spoken}).`,
  whatNext: `Cán bộ Hội sẽ đọc, gọi lại cho bạn nếu cần, rồi chọn nơi giải quyết. Hội không có quyền bắt buộc bên bán; Hội thương lượng giúp và chuyển hồ sơ tới cơ quan có quyền. Muốn biết tới đâu, bạn nhắn “hồ sơ tới đâu rồi”. Muốn thêm bằng chứng hay rút hồ sơ, nhắn “${CHOICE.officer}”.`,
  cancelled: 'Đã bỏ hồ sơ đang lập, chưa có gì được gửi đi. Những gì bạn kể vẫn nằm trong cuộc trò chuyện này.',
  paused: `Tôi giữ hồ sơ lại, chưa gửi gì. Khi nào muốn làm tiếp, bạn nhắn “${COMPLAINT_CHOICE.resume}”.`,
  nothingToResume: 'Hiện không có hồ sơ nào đang lập dở. Muốn lập hồ sơ mới, bạn nhắn “Tôi muốn khiếu nại”.',
  goOn: 'Trở lại hồ sơ của bạn.',
  anyIssue: 'Việc giữa người mua và người bán',
  anyEvidence: [
    'ảnh chụp tin rao bán và đoạn nhắn tin với người bán',
    'đơn hàng, hóa đơn, biên lai (che số thẻ, số tài khoản của bạn)',
    'ảnh hoặc video món hàng, chỗ sai, chỗ hỏng',
  ],
  notOurs: 'Việc này có vẻ thuộc nơi khác; bạn nên báo nơi dưới đây trước. Nếu vẫn muốn Hội ghi nhận, chúng ta làm tiếp.',
  cut: 'Câu chuyện dài quá nên tôi chỉ giữ phần đầu; phần còn lại bạn nói thêm với cán bộ nhé.',
  cases: (lines: readonly string[]) => ['Hồ sơ của bạn ở Hội:', ...lines],
  caseLine: (number: string, day: string, issue: string, status: string) => `${number}, nộp ngày ${day}, ${issue}: ${status}.`,
} as const

export const CASE_STATUS_WORDS: Readonly<Record<CaseStatus, string>> = {
  confirmed: 'Hội đã nhận, chờ cán bộ xem',
  received: 'cán bộ Hội đang xem',
  needs_info: 'Hội đang chờ bạn bổ sung',
  handling: 'Hội đang giải quyết',
  transferred: 'Hội đã chuyển cho cơ quan có thẩm quyền',
  answered: 'đã có trả lời',
  closed: 'đã kết thúc',
  reopened: 'đã mở lại, chờ cán bộ xem',
}

/** What people ask while they tell a complaint, answered in a line; nothing is promised that nobody has decided. */
export const INTAKE_ANSWERS: readonly (readonly [pattern: RegExp, answer: string])[] = [
  [
    /(sao|tai sao|vi sao|lam gi|de lam gi).*(so dien thoai|sdt|so dt)|(so dien thoai|sdt).*(lam gi|de lam gi)/,
    'Hội cần số để gọi lại khi thiếu điều gì. Số chỉ được chuyển đi khi bạn đồng ý ở bước sau. Không muốn cho thì bạn nhắn “Bỏ qua”.',
  ],
  [
    /(ai|shop|ben ban|nguoi ban|ho|nguoi ta) (co )?(biet|doc|xem|thay).*(khong|ko|k|ai)?|(co )?(lo|bao mat|rieng tu)/,
    'Chỉ cán bộ Hội đọc hồ sơ. Bên bán và cơ quan khác chỉ biết khi bạn đồng ý ở bước sau.',
  ],
  [
    /(bao lau|khi nao|chung nao|may ngay).*(xong|giai quyet|tra loi|co ket qua)?/,
    `Tôi không hứa trước được ngày xong: cán bộ Hội đọc rồi mới biết cần làm gì. Việc gấp, bạn gọi ${HOTLINE}.`,
  ],
  [/(phi|tien|ton|mat).*(khong|ko|bao nhieu)/, 'Tôi chưa có thông tin chắc chắn về chi phí nên không nói bừa; cán bộ Hội trả lời bạn khi xem hồ sơ.'],
  [
    /(nguoi that|nguoi hay may|may hay nguoi|robot|bot)/,
    `Tôi là máy, ghi lại hồ sơ giúp bạn; cán bộ Hội là người đọc. Muốn gặp người ngay, bạn nhắn “${CHOICE.officer}”.`,
  ],
]
