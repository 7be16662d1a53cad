/** What people read about public warnings, in the chat and on the page of warnings; and what an officer reads when one is refused. */
import { formatDay } from '../../knowledge/validity.ts'
import type { Figures } from '../warning/content.ts'
import { HOTLINE } from './vi.ts'

export const SUBSCRIBE_CHOICE = 'Nhận cảnh báo'
export const UNSUBSCRIBE_CHOICE = 'Ngừng nhận cảnh báo'

/** Changes whenever a word of {@link SUBSCRIBE_TEXT} does. */
export const SUBSCRIBE_VERSION = '2026-11-28'
/** What somebody agrees to who asks to be told. */
export const SUBSCRIBE_TEXT = (keptDays: number): string =>
  `Hội sẽ nhắn vào đúng khung chat này khi có cảnh báo mới, trong khoảng 7 đến 21 giờ. Hội chỉ giữ việc bạn đăng ký cùng với cuộc trò chuyện này: sau ${keptDays} ngày không có tin nào thì cả hai tự xóa. Muốn thôi lúc nào, bạn nhắn “${UNSUBSCRIBE_CHOICE}”.`

export const WARNING_TALK = {
  subscribed: 'Đã ghi: bạn nhận cảnh báo của Hội.',
  already: 'Bạn đang nhận cảnh báo của Hội rồi.',
  unsubscribed: 'Đã ghi: Hội không nhắn cảnh báo cho bạn nữa. Khi nào cần, bạn vẫn hỏi “có cảnh báo nào mới không” ở đây được.',
  notSubscribed: 'Bạn chưa đăng ký nhận cảnh báo nên Hội không nhắn gì cả. Muốn nhận, bạn nhắn “Nhận cảnh báo”.',
  none: 'Lúc này Hội chưa đăng cảnh báo nào. Chưa có cảnh báo không có nghĩa là không có ai lừa: gặp chuyện nghi ngờ, bạn cứ kể ở đây.',
  noneAbout: (topic: string) => `Hội chưa đăng cảnh báo nào về “${topic}”. Gặp chuyện nghi ngờ, bạn cứ kể ở đây.`,
  list: 'Cảnh báo Hội đang đăng, mới nhất ở trên:',
  listAbout: (topic: string) => `Cảnh báo của Hội gần với “${topic}”:`,
  row: (title: string, day: string, link: string | undefined) => `${title} (đăng ${formatDay(day)})${link ? `: ${link}` : ''}`,
  more: (count: number, link: string | undefined) => `Còn ${count} cảnh báo nữa${link ? `, xem ở ${link}` : '; bạn hỏi theo từng chuyện nhé'}.`,
  fits: (title: string, link: string | undefined) =>
    `Hội đang đăng một cảnh báo về kiểu việc này: “${title}”${link ? `, xem ở ${link}` : '. Bạn nhắn “Có cảnh báo nào mới không” để xem'}.`,
  missed: (titles: readonly string[], link: string | undefined) =>
    `Trong lúc bạn vắng, Hội có cảnh báo mới: ${titles.map((title) => `“${title}”`).join('; ')}${link ? ` (xem ở ${link})` : ''}. Không muốn nhận nữa thì nhắn “${UNSUBSCRIBE_CHOICE}”.`,
  sentHead: 'Cảnh báo của Hội',
  signs: 'Dấu hiệu',
  steps: 'Nên làm',
  whole: (link: string) => `Xem đủ ở ${link}`,
  stop: `Bạn nhận tin này vì đã đăng ký. Không muốn nhận nữa thì nhắn “${UNSUBSCRIBE_CHOICE}”.`,
} as const

/** With which a draft begins. */
export const WARNING_DRAFT = {
  untitled: 'Cảnh báo mới',
  title: (trick: string) => `Cảnh giác: ${trick}`,
  opening: 'Gần đây có người bị mất tiền theo cách này. Hội nêu dấu hiệu và việc nên làm để bà con kịp dừng lại và nhắc nhau.',
  report: [
    'Báo công an xã, phường nơi bạn ở, mang theo bằng chứng.',
    'Đã chuyển tiền thì gọi ngay ngân hàng của bạn theo số in trên thẻ hoặc trong ứng dụng.',
    `Cần người chỉ việc: gọi ${HOTLINE}, hoặc nhắn cho An Tâm của Hội.`,
  ],
} as const

const money = (amount: number): string => {
  const [unit, name] = amount >= 1_000_000_000 ? [1_000_000_000, 'tỷ'] : amount >= 1_000_000 ? [1_000_000, 'triệu'] : [1_000, 'nghìn']
  return `${(amount / unit).toLocaleString('vi-VN', { maximumFractionDigits: 0 })} ${name} đồng`
}

/** @returns how often it was told of, as a sentence; empty where that may not be said. */
export function figuresSaid({ cases, communes, weeks, least, most }: Figures): string {
  if (cases === 0) return ''
  const where = communes >= 2 ? `, ở ${communes} xã, phường` : ''
  const sums =
    least === null || most === null
      ? ''
      : least === most
        ? `; số tiền mỗi vụ khoảng ${money(least)}`
        : `; số tiền mỗi vụ từ khoảng ${money(least)} đến ${money(most)}`
  return `Trong ${weeks <= 1 ? 'một tuần' : `${weeks} tuần`}, Hội nhận ${cases} phản ánh kiểu này${where}${sums}. Hội chỉ đếm chuyện của những người đồng ý cho dùng, không nêu tên ai.`
}

export const WARNING_PAGE = {
  title: 'Cảnh báo cho người tiêu dùng',
  lead: 'Thủ đoạn mà người dân đã phản ánh với Hội: dấu hiệu để nhận ra và việc nên làm. Hội không nêu tên người bán ở đây.',
  empty: 'Lúc này chưa có cảnh báo nào. Gặp chuyện nghi ngờ, bạn hỏi An Tâm.',
  ask: 'Hỏi An Tâm',
  all: 'Tất cả cảnh báo',
  feed: 'Theo dõi bằng Atom',
  published: (day: string) => `Đăng ngày ${day}`,
  corrected: (day: string) => `Sửa ngày ${day}`,
  until: (day: string) => `Cảnh báo này để đến hết ngày ${day}`,
  signs: 'Dấu hiệu nhận biết',
  steps: 'Nên làm gì',
  report: 'Báo ở đâu',
  law: 'Luật nói gì',
  basis: 'Căn cứ',
  read: 'Xem cảnh báo',
  of: (office: string) => office || 'Hội Bảo vệ Người tiêu dùng',
  gone: 'Không có cảnh báo này, hoặc Hội đã gỡ xuống.',
  foot: 'Nội dung để nhắc nhau cảnh giác, không thay kết luận của cơ quan nhà nước.',
} as const

/** What an officer reads when something about a warning is refused. */
export const WARNING_SAYS = {
  unknown: 'Không có cảnh báo này.',
  changed: 'Có người vừa sửa cảnh báo này. Bạn tải lại để xem bản mới nhất rồi làm tiếp; chữ bạn đang viết vẫn còn trong ô.',
  ended: 'Cảnh báo này đã gỡ xuống nên không đổi được nữa. Cần thì soạn cảnh báo mới.',
  not_draft: 'Cảnh báo này không phải là bản nháp: nó đang chờ duyệt hoặc đã đăng.',
  not_waiting: 'Cảnh báo này không còn chờ duyệt: có người vừa duyệt, trả lại hoặc sửa.',
  own_words: 'Bạn đã viết hoặc sửa cảnh báo này nên không tự duyệt được. Nhờ một người phụ trách khác xem lại.',
  tooLittle: 'Trước khi xin duyệt, cảnh báo cần có lời mở đầu, ít nhất một dấu hiệu và một việc nên làm.',
  past: 'Ngày hết hạn đã qua. Bạn chọn ngày khác hoặc để trống.',
  noCluster: 'Nhóm vụ việc này không còn: có thể hồ sơ đã xóa hoặc đã quá lâu. Bạn tải lại trang nhóm vụ việc.',
  personal: (what: string) => `Trong cảnh báo có ${what}. Bạn bỏ đi rồi lưu lại: cảnh báo không được có thông tin của ai.`,
  link: (words: string) =>
    `Cảnh báo không được dẫn tới trang hay tài khoản nào ngoài trang của nhà nước, mà trong bài có “${words}”. Bạn bỏ đi rồi lưu lại.`,
  named: (words: string) =>
    `Trong bài có “${words}”, là tên hoặc tài khoản trong các hồ sơ của nhóm này. Bạn bỏ đi rồi lưu lại: chưa ai kết luận về họ. Tên người vi phạm chỉ lấy từ danh sách cơ quan nhà nước đã công bố.`,
  reason: 'Bạn ghi lý do để người soạn biết cần sửa gì.',
} as const

export const PERSONAL_WORDS = {
  id: 'số giấy tờ tùy thân',
  card: 'số thẻ',
  bank_account: 'số tài khoản',
  phone: 'số điện thoại',
  email: 'địa chỉ thư điện tử',
  tax: 'mã số thuế',
} as const
