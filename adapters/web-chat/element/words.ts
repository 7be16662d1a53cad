/** Every label of the chat window, in one place. What the assistant says comes from the server; these are the words around it. */
import type { AttachmentKind, MessageEvent, OwnerEventData } from '../contract.ts'

export const HOTLINE = 'tổng đài quốc gia 1800.6838 (miễn phí)'
const URGENT = `Việc gấp xin gọi ${HOTLINE}.`

export const HOUSE = 'Hội Bảo vệ Người tiêu dùng Gia Lai'

export const SAY = {
  name: 'An Tâm',
  call: 'Gọi tổng đài quốc gia 1800.6838 (miễn phí)',
  skip: 'Đến ô đặt câu hỏi',
  launcher: 'Hỏi An Tâm',
  launcherUnread: (count: number) => `Hỏi An Tâm, có ${count} tin mới`,
  panel: 'Khung trò chuyện với An Tâm',
  close: 'Đóng',
  closeChat: 'Đóng khung trò chuyện',
  back: 'Quay lại',
  conversation: 'Cuộc trò chuyện với An Tâm',
  youSaid: 'Bạn',
  answers: 'An Tâm trả lời',
  officerSays: (officer: string) => `${officer} nhắn`,
  officerRole: 'cán bộ Hội',
  someOfficer: 'Cán bộ Hội',
  newMessages: 'Có tin mới',
  noRestatement: 'Văn bản này An Tâm mới chỉ biết tên và số hiệu, chưa có phần diễn giải.',
  restatement: 'Diễn giải của Hội, không phải nguyên văn',
  verbatim: 'Nguyên văn',
  seeVerbatim: 'Xem nguyên văn',
  inDoubt: 'Điều này đã có bản chữ khác với bản mà phần diễn giải dựa vào; Hội đang soát lại. Bạn nên đọc nguyên văn bên dưới.',
  basis: 'Căn cứ',
  document: 'Văn bản',
  inForce: 'Hiệu lực',
  caveat: 'Lưu ý',
  seeBasis: (index: number, label: string) => `Xem căn cứ ${index}: ${label}`,
  quickReplies: 'Trả lời nhanh',
  more: 'Phần còn lại có trong cuộc trò chuyện.',
} as const

export const GREETING = {
  machineStart: 'Đây là ',
  machine: 'máy trả lời tự động',
  machineEnd: ', không phải tư vấn pháp lý. Cần nói với người thật: ',
  hotline: HOTLINE,
  hello: 'Chào bạn, bạn đang gặp chuyện gì?',
  how: 'Cứ kể như nói chuyện, không dấu cũng được. An Tâm tra luật rồi nói bạn nên làm gì và dựa vào điều nào.',
  cannot: (house: string) =>
    `${house} lập ra trang này. Máy không thay luật sư, không tự giải quyết vụ việc và có thể sai; mỗi câu trả lời đều kèm căn cứ để bạn xem lại.`,
  care: 'Đừng gửi số căn cước, số thẻ, mật khẩu hay mã OTP vào đây.',
  sides: 'Bạn hỏi với tư cách nào? Không bắt buộc chọn.',
  examples: 'Câu hỏi mẫu, chạm để hỏi ngay',
} as const

export const CHOICE = { buyer: 'Tôi mua hàng', seller: 'Tôi bán hàng', officer: 'Gặp cán bộ' } as const

export const EXAMPLES = {
  buyer: [
    'Mua hàng trên mạng nhận về hàng giả thì đòi lại tiền thế nào?',
    'Tôi vừa chuyển tiền cho shop rồi bị chặn, phải làm gì ngay?',
    'Điện thoại bảo hành 3 lần vẫn lỗi, có được đổi máy mới không?',
    'Đóng tiền khóa học qua mạng rồi muốn hủy thì có được trả tiền không?',
  ],
  seller: [
    'Bán hàng trên Facebook thì phải ghi những thông tin gì?',
    'Livestream bán hàng từ 1/7/2026 có quy định gì mới?',
    'Khách mua qua mạng đòi trả hàng, tôi phải hoàn tiền trong bao lâu?',
    'Tôi phải giữ bí mật thông tin của khách tới mức nào?',
  ],
} as const

/** A short name above the reply, where the kind of reply matters for how to read it. */
export const BADGES: Partial<Record<Extract<MessageEvent, { status: string }>['status'], string>> = {
  clarify: 'An Tâm cần hỏi thêm',
  abstained: 'Chưa đủ căn cứ để trả lời',
  refused: 'Việc An Tâm không giúp được',
  complaint: 'Khiếu nại',
  handoff: 'Gặp cán bộ',
  failed: 'Chưa trả lời được',
}

export const COMPOSER = {
  label: 'Câu hỏi của bạn',
  placeholder: 'Kể chuyện của bạn…',
  send: 'Gửi',
  attach: 'Gửi ảnh hoặc tệp PDF',
  hint: 'Enter để gửi, Shift + Enter để xuống dòng',
  tooLong: (count: number, limit: number) =>
    `Tin đang dài ${count.toLocaleString('vi-VN')} ký tự, nhiều nhất là ${limit.toLocaleString('vi-VN')}. Bạn rút gọn giúp nhé.`,
} as const

export const STATE = {
  sending: 'đang gửi',
  held: 'chưa gửi được – sẽ tự gửi lại',
  again: 'Gửi lại',
  edit: 'Sửa tin này',
  drop: 'Bỏ tin này',
  masked: 'Số riêng tư trong tin này đã được che trước khi lưu.',
  typing: { assistant: 'An Tâm đang tra luật…', staff: 'Cán bộ đang viết…' },
} as const

export const TROUBLE = {
  offline: 'Máy bạn đang mất mạng. Bạn cứ viết, có mạng lại An Tâm tự gửi.',
  unreachable: `Chưa nối được tới An Tâm, máy đang tự thử lại. ${URGENT}`,
  notHere: `An Tâm chưa mở ở trang này. Bạn gọi ${HOTLINE} để được giúp.`,
  noSession: `An Tâm chưa nhận được tin từ máy này. Bạn tải lại trang, hoặc gọi ${HOTLINE}.`,
  notLasting: 'Trình duyệt đang chặn lưu trữ nên tải lại trang là mất cuộc trò chuyện này.',
  expired: 'Cuộc trò chuyện trước đã hết hạn lưu nên không còn ở đây. Bạn cứ hỏi tiếp, đây là cuộc trò chuyện mới.',
  refused: 'Tin này chưa gửi được. Bạn sửa lại rồi gửi giúp nhé.',
  tryLater: 'Chưa gửi được, bạn thử lại sau ít phút nhé.',
} as const

export function ownerLine({ owner, officer }: OwnerEventData): string {
  switch (owner) {
    case 'bot':
      return 'Từ đây An Tâm (máy) trả lời bạn'
    case 'waiting':
      return 'Bạn đang chờ cán bộ'
    case 'staff':
      return `${officer || SAY.someOfficer} đang trả lời bạn`
    case 'closed':
      return 'Cuộc trò chuyện đã khép lại. Cần gì bạn cứ nhắn tiếp.'
  }
}

/** The same in the little room under the name; undefined while it is the machine. */
export function ownerNow({ owner, officer }: OwnerEventData): string | undefined {
  if (owner === 'waiting') return 'Đang chờ cán bộ'
  return owner === 'staff' ? `Đang gặp ${officer || SAY.someOfficer}` : undefined
}

export const FEEDBACK = {
  ask: 'Câu trả lời này có ích không?',
  up: 'Có ích',
  down: 'Chưa ổn',
  thanks: 'Cảm ơn bạn.',
  word: 'Chưa ổn ở đâu? (không bắt buộc)',
  send: 'Gửi góp ý',
  sent: 'Đã nhận góp ý, cảm ơn bạn.',
  failed: 'Chưa gửi được góp ý, bạn thử lại nhé.',
} as const

const KIND_NAMES: Record<AttachmentKind, string> = {
  'image/jpeg': 'ảnh JPEG',
  'image/png': 'ảnh PNG',
  'image/webp': 'ảnh WebP',
  'application/pdf': 'tệp PDF',
}
export const kindName = (kind: AttachmentKind) => KIND_NAMES[kind]

/** "1,2 MB", as Vietnamese writes it. */
export function sizeName(bytes: number): string {
  const [value, unit] = bytes < 1_000_000 ? [Math.max(1, bytes / 1_000), 'kB'] : [bytes / 1_000_000, 'MB']
  return `${value.toLocaleString('vi-VN', { maximumFractionDigits: unit === 'MB' ? 1 : 0 })} ${unit}`
}

export const ATTACH = {
  title: 'Gửi ảnh hoặc tệp PDF',
  care: 'Trước khi chọn, bạn che số căn cước, số thẻ, số tài khoản, mật khẩu và mã OTP. Hội không cần những số đó.',
  limits: (kinds: readonly AttachmentKind[], maxBytes: number) => `Nhận ${kinds.map(kindName).join(', ')}, mỗi tệp không quá ${sizeName(maxBytes)}.`,
  choose: 'Chọn tệp',
  chooseAgain: 'Chọn tệp khác',
  caption: 'Ghi chú cho tệp (không bắt buộc)',
  send: 'Gửi tệp này',
  progress: 'Đang tải tệp lên',
  wrongKind: (kinds: readonly AttachmentKind[]) => `Tệp này không đọc được ở đây. Bạn chọn ${kinds.map(kindName).join(' hoặc ')} giúp nhé.`,
  tooBig: (size: number, limit: number) =>
    `Tệp nặng ${sizeName(size)}, nhiều nhất là ${sizeName(limit)}. Bạn chụp lại màn hình ảnh đó rồi gửi ảnh chụp, sẽ nhẹ hơn.`,
  empty: 'Tệp này trống. Bạn chọn tệp khác giúp nhé.',
  failed: 'Mạng yếu nên tệp chưa tải lên được. Tệp vẫn còn đây, bạn bấm gửi lần nữa nhé.',
  file: 'Tệp đính kèm',
} as const

export const MENU = {
  open: 'Mở trình đơn',
  officer: 'Gặp cán bộ',
  copy: 'Chép cuộc trò chuyện',
  print: 'In hoặc lưu PDF',
  warnings: 'Cảnh báo của Hội',
  quizzes: 'Trắc nghiệm ngắn về luật',
  privacy: 'Quyền riêng tư và ai vận hành',
  erase: 'Xóa cuộc trò chuyện',
} as const

export const COPY = {
  done: 'Đã chép cuộc trò chuyện. Bạn dán vào Zalo, e-mail hay ghi chú đều được.',
  byHand: 'Máy không cho chép tự động. Chữ đã được chọn sẵn, bạn bấm giữ rồi chọn “Sao chép”.',
  title: 'Chép cuộc trò chuyện',
  empty: 'Chưa có gì để chép. Bạn hỏi một câu trước nhé.',
  heading: (house: string, day: string) => `Cuộc trò chuyện với An Tâm – ${house}, ngày ${day}`,
  machine: 'An Tâm (máy trả lời tự động, không phải tư vấn pháp lý)',
} as const

export const ERASE = {
  title: 'Xóa cuộc trò chuyện?',
  what: 'Mọi tin nhắn và tệp của bạn ở đây sẽ bị xóa khỏi máy này và khỏi máy chủ của Hội. Xóa rồi không lấy lại được.',
  yes: 'Xóa hết',
  no: 'Giữ lại',
  done: 'Đã xóa cuộc trò chuyện.',
  failed: 'Chưa xóa được. Bạn kiểm tra mạng rồi thử lại nhé.',
} as const

export const PRIVACY = {
  title: 'Quyền riêng tư và ai vận hành',
  missing: 'chưa cung cấp',
  who: 'Ai vận hành',
  fields: { name: 'Đơn vị', phone: 'Điện thoại', email: 'E-mail', address: 'Địa chỉ', hours: 'Giờ làm việc' },
  machineTitle: 'Đây là máy',
  machine:
    'An Tâm là máy trả lời tự động, không phải người và không phải luật sư. Câu trả lời giúp bạn biết luật nói gì, không phải tư vấn pháp lý và có thể sai. Khi có cán bộ trả lời, tên cán bộ hiện rõ trên tin.',
  keptTitle: 'Giữ gì, bao lâu',
  kept: (days: number) =>
    `Hội giữ tin nhắn, tệp bạn gửi và góp ý của bạn trong ${days.toLocaleString('vi-VN')} ngày để bạn xem lại và cán bộ giúp tiếp, rồi xóa. Không có quảng cáo, không theo dõi bạn sang trang khác.`,
  device: 'Máy của bạn giữ một mã phiên và tin chưa gửi xong, để tải lại trang không mất.',
  neverTitle: 'Đừng bao giờ gửi',
  never: 'Số căn cước, số thẻ ngân hàng, mật khẩu, mã OTP. Hội không hỏi những thứ đó; ai hỏi là lừa đảo.',
  rightsTitle: 'Quyền của bạn',
  rights: 'Bạn chép, in hoặc xóa cuộc trò chuyện bất cứ lúc nào trong trình đơn.',
  visitor: 'Mã của bạn khi gọi điện cho Hội: ',
  unknown: 'Chưa nối được máy chủ nên chưa có thông tin này. Bạn thử lại sau nhé.',
} as const
