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
  clear: 'Ảnh không có giấy tờ',
  papers: 'Ảnh có giấy tờ',
  addTo: 'Bổ sung vào hồ sơ cũ',
  resume: 'Tiếp tục hồ sơ',
  fresh: 'Lập hồ sơ mới',
  noMatter: 'Không có điều nào ở trên',
  back: 'Quay lại',
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

const WISHES = (whom: string): string => `bạn muốn ${whom} làm gì: trả lại tiền, đổi hàng, sửa, bồi thường?`

/** Two facts that belong together, in one question; the first of them stands for both. */
export const ASK_TOGETHER: readonly (readonly [first: FactName, second: FactName, question: string])[] = [
  ['respondent', 'platform', 'Bạn mua của ai, mua ở đâu? Tên shop, cửa hàng, công ty hay tên tài khoản đều được.'],
  ['respondent', 'respondentPhone', 'Người bán tên gì, gọi cho bạn từ số nào?'],
  ['respondent', 'wish', `Bên bán tên gì (tên shop, cửa hàng, công ty hay tên tài khoản đều được), và ${WISHES('họ')}`],
  ['platform', 'order', 'Bạn mua ở đâu, mã đơn là gì? Mã đơn thường nằm trong ứng dụng hoặc trên phiếu giao hàng.'],
  ['goods', 'amount', 'Bạn mua món gì, hay dùng dịch vụ gì, hết bao nhiêu tiền?'],
  ['boughtOn', 'deliveredOn', 'Bạn mua ngày nào, nhận hàng ngày nào? Nhớ khoảng cũng được.'],
  ['boughtOn', 'amount', 'Bạn mua ngày nào, hết bao nhiêu tiền? Nhớ khoảng cũng được.'],
  ['amount', 'payment', 'Bạn trả bao nhiêu tiền, trả bằng cách nào: nhận hàng mới trả, chuyển khoản, thẻ, ví điện tử hay tiền mặt?'],
  ['contacted', 'wish', 'Bên bán trả lời bạn thế nào, và bạn muốn họ làm gì?'],
  ['promised', 'wish', `Lúc bán, họ hứa hay quảng cáo điều gì, và giờ ${WISHES('họ')}`],
  ['order', 'wish', `Mã đơn hàng là gì (thường nằm trong ứng dụng hoặc trên phiếu giao hàng), và ${WISHES('bên bán')}`],
  ['boughtOn', 'wish', `Bạn mua ngày nào (nhớ khoảng cũng được), và ${WISHES('bên bán')}`],
  ['deliveredOn', 'wish', `Bạn nhận hàng ngày nào, và ${WISHES('bên bán')}`],
  ['amount', 'wish', `Bạn trả bao nhiêu tiền, và ${WISHES('bên bán')}`],
  ['goods', 'wish', `Bạn mua món gì, hay dùng dịch vụ gì, và ${WISHES('bên bán')}`],
]

/** Answers to choose from, where there are few; each is understood as if it had been typed. */
export const FACT_CHOICES: Partial<Readonly<Record<FactName, readonly string[]>>> = {
  wish: ['Trả lại tiền', 'Đổi hàng', 'Sửa, bảo hành', 'Bồi thường', 'Dừng việc đó lại'],
  payment: ['Trả khi nhận hàng', 'Chuyển khoản', 'Thẻ ngân hàng', 'Ví điện tử', 'Tiền mặt'],
}

/** How to reach the person is one question: the parts of it that are still missing. */
const CONTACT_PARTS: readonly (readonly [FactName, string])[] = [
  ['name', 'Hội gọi bạn là gì'],
  ['phone', 'số nào gọi lại được'],
  ['commune', 'bạn ở xã, phường nào'],
]

/** @returns one question for all of `names` that belong to reaching a person. */
export function askContact(names: readonly FactName[]): string {
  const parts = CONTACT_PARTS.filter(([name]) => names.includes(name)).map(([, words]) => words)
  const question = parts.length > 1 ? `${parts.slice(0, -1).join(', ')} và ${parts.at(-1)}` : (parts[0] ?? '')
  return `${question.charAt(0).toUpperCase()}${question.slice(1)}?`
}

/** A complaint about the association is no story of buying: what is asked of it has other words. */
export const ASK_ABOUT_US: Partial<Readonly<Record<FactName, string>>> = {
  promised: 'Hội hay cán bộ của Hội đã hẹn, hứa hoặc làm gì với bạn? Bạn kể ngắn gọn, có ngày thì tốt.',
  contacted: 'Bạn đã nói với ai ở Hội chưa, và được trả lời thế nào?',
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
  takeTime: 'Dạ, bạn cứ thong thả, khi nào tiện thì nhắn tiếp.',
  andContact: 'Và để Hội liên hệ lại:',
  stillAsking: 'Nếu không nhớ hoặc không muốn nói, bạn nhắn “Bỏ qua”.',
  whichMatter: 'Để chuyển đúng nơi, bạn cho biết: việc của bạn gần với điều nào nhất?',
  whichNext: 'Vậy có điều nào dưới đây gần với việc của bạn không?',
  whichGroup: 'Vậy việc của bạn thuộc nhóm nào?',
  whichOfGroup: (group: string) => `Trong nhóm “${group}”, việc của bạn gần với điều nào nhất?`,
  matterUnsure: 'Không chắc thì bạn nhắn “Bỏ qua”, cán bộ Hội xem giúp.',
  matterChosen: (title: string) => `Tôi ghi việc của bạn là: ${title}.`,
  matterUnread: 'Tôi chưa rõ bạn chọn điều nào.',
  changed: (label: string, value: string) => `Đã sửa: ${label} là ${value}.`,
  notChanged: (label: string) => `Tôi chưa đọc ra ${label} mới. Bạn nhắn lại giúp, ví dụ “sửa số tiền thành 450k”.`,
  kept: 'Đã giữ ảnh, tệp của bạn vào hồ sơ.',
  evidence: 'Bằng chứng nên có, gửi lúc nào cũng được, kể cả sau khi đã nộp',
  evidenceSent: (sent: number) => `Bạn đã gửi ${sent} tệp; thứ nào chưa có trong đó thì gửi thêm.`,
  consent:
    'Bạn đồng ý những việc nào? Mỗi việc bạn đồng ý riêng, và rút lại được lúc nào cũng được. Nhắn các số, ví dụ “1 2”; chỉ nhắn “đồng ý” thì tôi hiểu là riêng việc 1; không đồng ý việc nào thì nhắn “không”.',
  consentUnclear: 'Tôi chưa rõ bạn đồng ý việc nào. Bạn nhắn các số, ví dụ “1 2”.',
  firstNeeded: 'Bạn chưa chọn việc 1. Không có việc 1 thì Hội không được giữ và xử lý hồ sơ.',
  consentAgain: 'Vâng, tôi bỏ các đồng ý trước đó. Bạn chọn lại giúp.',
  consentNeeded: `Không có sự đồng ý ở việc 1 thì Hội không được lưu và xử lý hồ sơ, nên tôi không gửi gì cả; những gì bạn kể tôi giữ lại trong cuộc trò chuyện này. Bạn vẫn gọi ${HOTLINE} hoặc đến văn phòng Hội được.`,
  summary: 'Hồ sơ của bạn',
  agreed: 'Bạn đồng ý',
  notAgreed: (positions: readonly number[]) => `Bạn chưa đồng ý (muốn thêm thì nhắn, ví dụ “đồng ý thêm ${positions.join(' ')}”)`,
  agreedMore: 'Đã ghi thêm điều bạn đồng ý.',
  missing: 'Còn thiếu (bổ sung sau được)',
  noPhone: 'Hồ sơ chưa có số điện thoại, nên Hội chỉ trả lời bạn được ở ngay khung chat này.',
  child: 'Con nhờ ba mẹ hoặc người lớn trong nhà cùng làm hồ sơ này nhé; Hội sẽ nói chuyện với người lớn của con.',
  storyKept: `Tôi đã giữ chuyện bạn kể trong hồ sơ khiếu nại. Lo xong việc gấp, bạn nhắn “${COMPLAINT_CHOICE.resume}”.`,
  stillOpen: (what: string) => `Bạn còn một hồ sơ đang lập dở${what === '' ? '' : `: ${what}`}. Bạn muốn tiếp tục hồ sơ đó, hay lập hồ sơ mới?`,
  route: 'Nơi có thể giải quyết',
  suggested: ({ agency, basis, why }: { readonly agency: string; readonly basis: string; readonly why: string }) =>
    `${agency}: ${why.replace(/\.$/, '')} (${basis}).`,
  officerChooses: 'Cán bộ Hội xem lại rồi mới chọn nơi gửi.',
  check: `Bạn đọc lại giúp. Đúng rồi thì nhắn đúng chữ “${COMPLAINT_CHOICE.confirm}”. Chưa đúng thì nhắn, ví dụ: “sửa số tiền thành 450k”, “sửa tên shop là …”, “sửa loại việc”.`,
  confirmPlainly: `Tôi chỉ gửi khi bạn nhắn đúng một câu “${COMPLAINT_CHOICE.confirm}”.`,
  howToEdit: 'Bạn nhắn điều cần sửa, ví dụ: “sửa số tiền thành 450k”, “sửa ngày mua là 12/10”, “sửa tên shop là …”, “sửa loại việc”.',
  confirmed: (number: string, spoken: string) => `Hội đã nhận hồ sơ của bạn. Số hồ sơ: ${number} (đọc: ${spoken}).`,
  whatNext: (by: string | undefined) =>
    `Cán bộ Hội sẽ đọc${by === undefined ? '' : `, chậm nhất ngày ${by}`}, gọi lại cho bạn nếu cần, rồi chọn nơi giải quyết. Hội không có quyền bắt buộc bên bán; Hội thương lượng giúp và chuyển hồ sơ tới cơ quan có quyền.`,
  papers: (link: string) => `Đơn viết sẵn để ký và giấy biên nhận (đọc và in được trong 7 ngày; đừng gửi đường dẫn này cho người khác): ${link}`,
  afterwards: (number: string) => `Muốn biết tới đâu, bạn nhắn “hồ sơ tới đâu rồi”. Muốn rút lại, nhắn “rút hồ sơ ${number}”, không cần nói lý do.`,
  aboutUs:
    'Việc này là về chính Hội hoặc cán bộ của Hội. Hội không tự phân xử việc của mình: bạn có quyền gửi thẳng tới nơi dưới đây, Hội không cản. Nếu bạn vẫn muốn có hồ sơ ở đây, chúng ta làm tiếp.',
  aboutUsDecided: 'Hồ sơ này không để một cán bộ của Hội tự quyết; nơi xem xét là các cơ quan trên.',
  aboutUsNext:
    'Hội không tự phân xử việc của chính mình: hồ sơ giữ nguyên lời bạn, không để một cán bộ tự quyết. Bạn vẫn nên gửi thẳng tới cơ quan đã nêu.',
  calm: 'Tôi biết bạn đang bực, chuyện này mệt thật. Tôi vẫn ở đây ghi hồ sơ giúp bạn.',
  leftOpen: 'Tôi để trống chỗ này, bạn bổ sung sau được.',
  whichIsRight: (label: string, values: readonly string[]) => `Tôi thấy bạn viết hai ${label} khác nhau: ${values.join(' và ')}. Cái nào đúng?`,
  eitherWay: 'Bạn chọn một, hoặc nhắn cái đúng.',
  contestLeft: (label: string) => `Vâng, tôi để trống ${label}; bạn bổ sung sau được.`,
  absurdAmount: 'Số tiền này tôi không ghi được: phải lớn hơn 0 và không quá 100 tỷ đồng. Bạn viết lại giúp, ví dụ “450k” hay “1tr2”.',
  futureDay: (day: string) => `Ngày ${day} chưa tới nên tôi không ghi. Bạn xem lại giúp.`,
  deliveredFirst: (delivered: string, bought: string) => `Ngày nhận ${delivered} lại trước ngày mua ${bought}. Bạn cho tôi hai ngày đúng nhé.`,
  account: 'Bạn đã chuyển tiền vào số tài khoản nào, của ngân hàng nào? Nhắn số tài khoản đã nhận tiền của bạn, đừng nhắn số của chính bạn.',
  accountWhy: 'Số này được khóa riêng, chỉ hiện mấy số cuối, và chỉ đưa cho ngân hàng hoặc công an. Không có thì bạn nhắn “Bỏ qua”.',
  accountKept: (shown: string) => `Đã giữ kín số tài khoản nhận tiền: ${shown}.`,
  accountUnread: 'Tôi chưa đọc ra số tài khoản nào.',
  accountLine: (shown: string) => `Tài khoản đã nhận tiền: ${shown} (giữ kín, chỉ đưa cho ngân hàng hoặc công an)`,
  files: 'Ảnh, tệp bạn vừa gửi có thấy căn cước, thẻ ngân hàng hay giấy tờ của ai không?',
  filesHow: `Bạn nhắn “${COMPLAINT_CHOICE.clear}” hoặc “${COMPLAINT_CHOICE.papers}”. Chưa trả lời thì chưa ai mở ra xem.`,
  filesClear: 'Cảm ơn bạn. Tôi đưa ảnh, tệp đó vào hồ sơ.',
  filesDropped: (count: number) =>
    `${count > 1 ? `Tôi đã bỏ cả ${count} ảnh, tệp vừa gửi` : 'Tôi đã bỏ ảnh, tệp đó'}, không giữ lại. Bạn che số và ảnh mặt trên giấy tờ rồi gửi lại giúp.`,
  filesLine: (sent: number, unsaid: number) =>
    `Ảnh, tệp đã gửi: ${sent}${unsaid > 0 ? ` (${unsaid} tệp chưa ai mở vì bạn chưa nói có giấy tờ hay không)` : ''}.`,
  sameCase: (number: string) => `Bạn đã có hồ sơ ${number} về việc này. Bạn muốn bổ sung vào hồ sơ đó, hay lập hồ sơ mới?`,
  sameCaseHow: `Bạn nhắn đúng chữ “${COMPLAINT_CHOICE.addTo}” hoặc “${COMPLAINT_CHOICE.fresh}”.`,
  added: (number: string) => `Đã ghi thêm vào hồ sơ ${number}; không lập hồ sơ mới. Muốn biết tới đâu, bạn nhắn “hồ sơ tới đâu rồi”.`,
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
