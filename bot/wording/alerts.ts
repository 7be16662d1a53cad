/** What an officer reads in their own chat when they are told of work: kinds, counts and times, never who or what. At the end, what they read on their page. */
import { ALERT_KINDS, type AlertKind, type Matter } from '../alerts/matters.ts'

const STOP = 'Không muốn nhận nữa thì nhắn “ngừng báo việc”.'

export const ALERT_CHAT = {
  connected: [
    'Từ giờ An Tâm báo việc cho bạn ở đây: có gì, bao nhiêu, từ lúc nào, và đường dẫn tới bàn làm việc. Không có tên hay lời của người dân.',
    `Chọn loại việc và giờ nhận ở trang Tài khoản. ${STOP}`,
  ],
  ended: 'Đã ngừng báo việc ở đây. Muốn nhận lại, bạn lấy mã mới ở trang Tài khoản của bàn làm việc.',
  notConnected: 'Cuộc trò chuyện này không nhận báo việc.',
  refused: 'Mã báo việc không đúng, đã dùng rồi hoặc đã quá giờ. Bạn lấy mã mới ở trang Tài khoản của bàn làm việc.',
  tooMany: 'Đã có nhiều mã báo việc không đúng nên tôi tạm dừng nhận mã. Một giờ sau bạn thử lại nhé.',
  notHere: 'Kênh này không nhắn tới được khi bạn đã đóng trang, nên không nhận báo việc ở đây. Bạn gửi mã qua Telegram hoặc Zalo.',
  noQueue: 'Đây là cuộc trò chuyện nhận báo việc của cán bộ nên không vào hàng chờ. Cần chuyển cho đồng nghiệp thì dùng bàn làm việc.',
} as const

const clock = new Intl.DateTimeFormat('vi-VN', { timeZone: 'Asia/Ho_Chi_Minh', hour: '2-digit', minute: '2-digit' })
const day = new Intl.DateTimeFormat('vi-VN', { timeZone: 'Asia/Ho_Chi_Minh', day: '2-digit', month: '2-digit' })

/** @returns "07:30 ngày 28/11", in Vietnam. */
export const when = (at: number): string => `${clock.format(at)} ngày ${day.format(at).replace('-', '/')}`

const many = (count: number, one: string, more: string) => (count === 1 ? one : `${count} ${more}`)

const LINE: Readonly<Record<Exclude<AlertKind, 'digest'>, (count: number, since: string) => string>> = {
  danger: (count, since) => `GẤP: ${many(count, 'có người có thể đang bị hại', 'người có thể đang bị hại')}, chờ từ ${since}.`,
  waiting: (count, since) => `${many(count, 'Có 1 người', 'người')} đang chờ cán bộ, từ ${since}.`,
  assigned: (count, since) => `${many(count, 'Có 1 cuộc trò chuyện', 'cuộc trò chuyện')} vừa được giao cho bạn, lúc ${since}.`,
  mention: (count, since) => `${many(count, 'Có 1 ghi chú', 'ghi chú')} nhắc tới bạn, lúc ${since}.`,
  proposed: (count, since) => `${many(count, 'Có 1 câu trả lời', 'câu trả lời')} chờ bạn duyệt, từ ${since}.`,
  call_back: (count, since) => `${many(count, 'Có 1 người', 'người')} hẹn được gọi lại trong hôm nay hoặc đã quá hạn, nhờ từ ${since}.`,
  stopped: (count, since) => `${many(count, 'Có 1 lần gửi hồ sơ', 'lần gửi hồ sơ')} bị dừng, cần người xem, từ ${since}.`,
}

/** @param link undefined where nobody outside could follow it. @returns the one message for all of them. */
export function alertText(matters: readonly Matter[], link: string | undefined): string {
  const lines = ALERT_KINDS.flatMap((kind) =>
    linesOf(
      kind,
      matters.filter((matter) => matter.kind === kind),
    ),
  )
  return ['Báo việc:', ...lines.map((line) => `• ${line}`), ...(link === undefined ? [] : [`Mở bàn làm việc: ${link}`])].join('\n')
}

function linesOf(kind: AlertKind, matters: readonly Matter[]): readonly string[] {
  if (matters.length === 0) return []
  if (kind === 'digest') return matters.flatMap(({ counts }) => (counts ? [digestLine(counts.dueToday, counts.late)] : []))
  return [LINE[kind](matters.length, when(Math.min(...matters.map(({ since }) => since))))]
}

function digestLine(dueToday: number, late: number): string {
  const parts = [...(dueToday > 0 ? [`${dueToday} hồ sơ có hạn hôm nay`] : []), ...(late > 0 ? [`${late} hồ sơ đã quá hạn`] : [])]
  return `Đầu ngày: ${parts.join(', ')}.`
}

export const ALERT_SAYS = {
  noPlace: 'Chưa kênh nào báo việc được: người quản trị kỹ thuật bật Telegram hoặc Zalo trước đã.',
  notConnected: 'Bạn chưa nối chỗ nhận báo việc.',
  window: (until: string) => `Kênh này chỉ cho nhắn tới ${until}. Trước lúc đó bạn nhắn gì cho An Tâm ở đó (ví dụ “chào”) thì được thêm hạn.`,
  windowEnded: 'Kênh này đã hết hạn cho nhắn trước nên hiện không báo được. Bạn nhắn gì cho An Tâm ở đó là báo tiếp.',
  blocked: 'Tin báo gần nhất không gửi được: có thể bạn đã chặn An Tâm. Bạn bỏ chặn và nhắn một tin ở đó.',
  plan: 'Gói của kênh này sắp hết số tin trong tháng, nên chỉ còn báo việc gấp.',
  windowed: (days: number) => `chỉ nhắn được trong ${days} ngày kể từ tin cuối của bạn`,
  planned: (most: number) => `gói giới hạn ${most.toLocaleString('vi-VN')} tin mỗi tháng cho mọi người`,
  free: 'nhắn lúc nào cũng được',
} as const
