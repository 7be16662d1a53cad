/** What stands on the papers of a case: the letter to sign and the receipt. Formal as offices expect it, and still plain. */
import type { FactName, Wish } from '../complaint/facts.ts'
import { CHOICE, HOTLINE } from './vi.ts'

/** A gap within a line; a whole line is left to who draws the paper. */
export const DOTS = '……………………'

export const STATE_HEAD = ['CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM', 'Độc lập - Tự do - Hạnh phúc'] as const

/** Bodies whose name in the directory is an explanation rather than an address. */
export const ADDRESSED: Readonly<Record<string, string>> = {
  'ngan-hang': `Ngân hàng ${DOTS}`,
  'cong-an-tinh': 'Công an tỉnh Gia Lai',
  'uy-ban-nhan-dan-xa': `Ủy ban nhân dân xã (phường) ${DOTS}`,
}

export const LETTER = {
  place: 'Gia Lai, ngày …… tháng …… năm ………',
  complaint: 'ĐƠN KHIẾU NẠI',
  petition: 'ĐƠN PHẢN ÁNH, KIẾN NGHỊ',
  about: (issue: string) => `Về việc: ${issue.charAt(0).toLowerCase()}${issue.slice(1)}`,
  to: 'Kính gửi',
  sender: 'Người làm đơn',
  accused: { complaint: 'Bên bị khiếu nại', petition: 'Bên được phản ánh' },
  content: 'Nội dung sự việc',
  told: 'Sự việc theo lời tôi kể:',
  basis: 'Căn cứ',
  basisIntro: 'Tôi làm đơn này dựa trên các quy định sau; nơi nhận đơn xem xét việc áp dụng:',
  request: 'Yêu cầu',
  evidence: 'Chứng cứ gửi kèm',
  evidenceSent: (number: string, count: number) => `${count} ảnh, tệp tôi đã gửi cho Hội trong hồ sơ số ${number}:`,
  file: (caption: string) => (caption === '' ? 'Ảnh hoặc tệp không có ghi chú' : `Ảnh hoặc tệp, ghi chú: ${caption}`),
  evidenceMore: 'Giấy tờ, ảnh in kèm theo đơn:',
  oath: 'Tôi cam đoan những điều trình bày trên đây là đúng sự thật theo những gì tôi biết và chịu trách nhiệm về nội dung đơn này.',
  thanks: 'Tôi xin trân trọng cảm ơn.',
  signer: 'NGƯỜI LÀM ĐƠN',
  sign: '(Ký, ghi rõ họ tên)',
  foot: (number: string) => `Hồ sơ số ${number}`,
} as const

export const LETTER_LABEL: Readonly<Record<FactName, string>> = {
  respondent: 'Tên',
  platform: 'Mua qua',
  link: 'Đường dẫn hoặc tên tài khoản',
  respondentPhone: 'Số điện thoại',
  goods: 'Hàng hóa, dịch vụ',
  order: 'Mã đơn hàng',
  boughtOn: 'Ngày mua',
  deliveredOn: 'Ngày nhận hàng',
  amount: 'Số tiền',
  payment: 'Cách trả tiền',
  promised: 'Lời hứa, quảng cáo của bên bán',
  contacted: 'Đã báo bên bán và được trả lời',
  wish: 'Nguyện vọng của tôi',
  name: 'Họ và tên',
  phone: 'Số điện thoại',
  commune: 'Nơi ở (xã, phường)',
  email: 'Thư điện tử',
}

/** Never asked in the conversation, so always left to be filled by hand. */
export const BY_HAND = {
  street: 'Thôn (tổ), số nhà, đường',
  seat: 'Địa chỉ',
  account: 'Tài khoản đã nhận tiền: số, tên chủ tài khoản, ngân hàng (tự ghi)',
} as const

export const WISH_WRITTEN: Readonly<Record<Wish, string>> = {
  refund: 'được trả lại tiền',
  exchange: 'được đổi hàng',
  repair: 'được sửa chữa',
  compensation: 'được bồi thường thiệt hại',
  apology: 'được xin lỗi',
  stop: 'việc này được dừng lại',
  information: 'được giải thích rõ',
}

/** What is asked of each kind of recipient; nothing is asked that it could not do. */
export const REQUESTS = {
  association: 'Đề nghị Hội hỗ trợ tôi thương lượng, hòa giải với bên bán và cho tôi biết kết quả.',
  bank: 'Đề nghị quý ngân hàng kiểm tra, giữ lại khoản tiền tôi đã chuyển nếu còn giữ được, và cho tôi biết kết quả.',
  authority:
    'Đề nghị quý cơ quan tiếp nhận, xem xét, giải quyết theo thẩm quyền và cho tôi biết kết quả. Nếu việc này thuộc nơi khác, đề nghị chuyển đơn đến nơi đó và báo cho tôi biết.',
} as const

/** For the person at the screen. */
export const LETTER_NOTES = {
  fill: 'Đọc lại cả đơn. Chỗ chấm nào cần thì ghi bằng tay, ghi ngày làm đơn, rồi ký và ghi rõ họ tên. Chỗ không có thì để trống.',
  identity: 'Đơn không có chỗ ghi số căn cước, và bạn không cần gửi số đó cho Hội. Nơi nhận đơn có hỏi thì bạn đưa xem tại chỗ.',
  copies: 'Nên in hai bản: nộp một bản, giữ một bản có dấu hoặc chữ ký của nơi nhận.',
  wanted: (list: readonly string[]) => `Nên kèm theo, nếu có: ${list.join('; ')}.`,
  where: (address: string, phone: string) => `Nơi nhận đơn: địa chỉ ${address}; điện thoại ${phone}.`,
  unverified: 'Tên hoặc nơi tiếp nhận của cơ quan này còn cần xác minh. Bạn hỏi cán bộ Hội trước khi gửi.',
} as const

const given = (text: string): string => text.trim().replace(/\.$/, '') || 'chưa cung cấp'

export const RECEIPT = {
  title: 'GIẤY BIÊN NHẬN HỒ SƠ',
  number: 'Số hồ sơ',
  spoken: 'Đọc qua điện thoại',
  receivedOn: 'Ngày nhận',
  matter: 'Việc',
  respondent: 'Bên bán',
  files: 'Ảnh, tệp đã nhận',
  missing: 'Còn thiếu (bổ sung sau được)',
  nothing: 'không',
  next: 'Việc tiếp theo',
  steps: (by: string | undefined) => [
    `Cán bộ Hội đọc hồ sơ${by === undefined ? '' : `, chậm nhất ngày ${by}`}, và liên hệ với bạn khi cần hỏi thêm.`,
    'Cán bộ chọn nơi giải quyết: Hội giúp hai bên thương lượng, hoặc chuyển hồ sơ tới cơ quan có thẩm quyền nếu bạn đã đồng ý việc đó.',
    'Hội không có quyền bắt buộc bên bán. Nếu không thương lượng được, Hội nói rõ bạn còn cách nào khác.',
  ],
  who: 'Ai phụ trách',
  whoLine: (name: string) => `Cán bộ của ${name}.`,
  contact: ({ address, phone, email, hours }: { readonly address: string; readonly phone: string; readonly email: string; readonly hours: string }) =>
    `Địa chỉ: ${given(address)}. Điện thoại: ${given(phone)}. Thư điện tử: ${given(email)}. Giờ làm việc: ${given(hours)}.`,
  how: 'Khi bạn cần',
  hows: [
    'Hỏi hồ sơ tới đâu: nhắn “hồ sơ tới đâu rồi” trong khung chat bạn đã dùng. Ở nơi khác thì nhắn số hồ sơ kèm bốn số cuối của số điện thoại ghi trong hồ sơ.',
    'Thêm lời kể, ảnh, giấy tờ: nhắn “Bổ sung hồ sơ”, hoặc gửi ảnh ngay trong khung chat đó; nhớ che số căn cước, số thẻ.',
    'Rút hồ sơ: nhắn “rút hồ sơ” trong khung chat đó. Bạn không cần nói lý do.',
    `Muốn nói chuyện với người: nhắn “${CHOICE.officer}”. Việc gấp thì gọi ${HOTLINE}.`,
  ],
  end: 'Giấy này do máy lập khi bạn xác nhận gửi hồ sơ, không cần ký tên, đóng dấu, và không thay cho văn bản trả lời của Hội.',
  keep: 'Bạn in hoặc lưu lại giấy này. Ai cầm số hồ sơ cũng chưa xem được hồ sơ của bạn: Hội còn hỏi thêm để biết đúng là bạn.',
} as const

/** Around the papers: the page that a link opens, and what is read where it opens nothing. */
export const LETTER_DOOR = {
  cover: 'Giấy tờ của hồ sơ',
  letter: 'Đơn để ký',
  receipt: 'Giấy biên nhận',
  open: 'Mở để đọc và in',
  word: 'Tải tệp Word',
  until: (moment: string) => `Đường dẫn này dùng được đến ${moment}. Đừng gửi nó cho người khác: ai có nó cũng đọc được đơn của bạn.`,
  before: 'Trước khi in',
  print: 'Mở trình đơn của trình duyệt, chọn “In”, khổ giấy A4.',
  gone: 'Đường dẫn này không đúng hoặc đã hết hạn; bạn nhắn “hồ sơ tới đâu rồi” trong khung chat để nhận đường dẫn mới.',
} as const

/** Read aloud where the page shows only dots. */
export const LETTER_PAGE = { blank: '(để trống, ghi bằng tay)' } as const

/** What an officer reads who has a paper written. */
export const LETTER_OFFICE = {
  missing: 'Cần nơi ghi tệp: --out TÊN-TỆP.docx.',
  kind: (kinds: readonly string[]) => `--what phải là một trong: ${kinds.join(', ')}.`,
  notWord: 'Tên tệp phải có đuôi .docx.',
  exists: (file: string) => `Tệp ${file} đã có; xóa nó hoặc chọn tên khác.`,
  nowhere: (file: string) => `Không ghi được vào ${file}: thư mục không có hoặc không được phép ghi.`,
  unreadable: 'Bản ghi của hồ sơ do phiên bản khác viết, không đọc được.',
  noLetters: (agency: string) => `Không gửi đơn tới “${agency}”: mã không có trong danh bạ, hoặc nơi đó không nhận đơn.`,
  written: (file: string, name: string) => `Đã ghi ${name} vào ${file}. Tệp có tên, số điện thoại của người dân: giao xong thì xóa.`,
} as const
