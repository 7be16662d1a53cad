/** Everything held on one person as a document that the person can read: one JSON for a machine, one transcript for the eye. */
import { momentText } from '../wording/operations.ts'
import type { Held, HeldConversation, HeldMessage } from './ports.ts'

/** What each part of the document is, for whoever receives it. */
const PARTS = {
  person: 'Bí danh mà hệ thống dùng thay cho người này; không có tên thật.',
  conversations: 'Từng cuộc trò chuyện: kênh, nơi nhận tin trả lời, ai đang phụ trách, các tin nhắn.',
  'conversations.messages': 'Tin nhận vào (in) và gửi ra (out) theo thứ tự; số giấy tờ, số thẻ, số tài khoản đã được che trước khi lưu.',
  'conversations.messages.decision': 'Trợ lý đã quyết định thế nào về tin đó, dựa trên điều luật nào.',
  'conversations.dialogue': 'Điều trợ lý nhớ giữa hai tin nhắn.',
  'conversations.ownership': 'Ai phụ trách cuộc trò chuyện, từ lúc nào.',
  'conversations.shownOnWeb': 'Bản hiện lại trên trang trò chuyện khi mở lại trang.',
  'conversations.episodes': 'Từng chặng do trợ lý hay cán bộ phụ trách.',
  'conversations.attachments': 'Tệp đã gửi: mã kiểm, loại, cỡ (byte). Tệp được giao riêng.',
  'conversations.matter': 'Cuộc trò chuyện có cùng mã này là cùng một việc, nói tiếp ở kênh khác.',
  'conversations.transfers': 'Mã chuyển kênh đã xin: chỉ giữ mã băm, lúc xin, lúc hết hạn, lúc dùng.',
  'conversations.downloads': 'Tệp còn đang tải từ nền tảng về.',
  'conversations.notes': 'Ghi chú nội bộ của cán bộ bên cạnh cuộc trò chuyện.',
  'conversations.caseTries': 'Số hồ sơ đã nhập kèm số điện thoại không khớp; một ngày sau thì xóa.',
  'conversations.callBacks':
    'Lời nhờ gọi lại: số điện thoại và giờ muốn được gọi (xóa khi gọi xong), hạn gọi, ai nhận, kết quả. Hồ sơ cũng có mục này.',
  complaints: 'Hồ sơ khiếu nại đã xác nhận, việc đã làm với hồ sơ, tệp, nơi đã nhận; được giữ riêng, không mất theo cuộc trò chuyện.',
  requests: 'Yêu cầu về dữ liệu của mình mà người này đã nêu qua điện thoại, tại Hội hoặc bằng văn bản, và Hội đã trả lời thế nào.',
  audit: 'Nhật ký: ai đã làm gì với dữ liệu này, lúc nào (chỉ ghi việc, không ghi nội dung).',
  transcript: 'Cuộc trò chuyện viết lại cho dễ đọc.',
} as const

export interface ExportDocument extends Held {
  readonly title: string
  /** ISO 8601, UTC; every other time is milliseconds since 1970, UTC. */
  readonly exportedAt: string
  readonly parts: typeof PARTS
  readonly transcript: readonly string[]
}

/** @returns the document for what is `held`, made at `at` (milliseconds UTC). */
export function exportDocument(held: Held, at: number): ExportDocument {
  return {
    title: 'Toàn bộ dữ liệu mà An Tâm đang giữ về một người. Thời điểm là mili giây từ 1970 theo giờ UTC.',
    exportedAt: new Date(at).toISOString(),
    parts: PARTS,
    ...held,
    transcript: transcript(held),
  }
}

/** @returns the conversations as lines of plain text, oldest first. */
export function transcript({ conversations }: Held): readonly string[] {
  return conversations.flatMap((conversation) => [
    `Cuộc trò chuyện ${conversation.id}, kênh ${conversation.channel}, từ ${momentText(conversation.createdAt)}`,
    ...conversation.messages.flatMap((message) => messageLines(message, conversation)),
    '',
  ])
}

function messageLines(message: HeldMessage, conversation: HeldConversation): string[] {
  const [first = '', ...more] = (message.direction === 'in' ? receivedText(message.content, conversation) : sentText(message.content)).split('\n')
  return [`[${momentText(message.at)}] ${speaker(message)}: ${first}`, ...more.map((line) => `    ${line}`)]
}

function speaker(message: HeldMessage): string {
  if (message.direction === 'in') return 'Bạn'
  const officer = text(message.content, 'officer')
  if (message.author === 'staff') return officer ? `Cán bộ ${officer}` : 'Cán bộ'
  return message.author === 'owner' ? 'Hệ thống' : 'An Tâm'
}

function receivedText(content: unknown, { attachments }: HeldConversation): string {
  const id = text(content, 'attachment')
  const words = text(content, 'text') ?? text(content, 'choice') ?? text(content, 'caption') ?? ''
  if (!id) return words || plain(content)
  const file = attachments.find((attachment) => attachment.id === id)
  return `[tệp đính kèm${file ? `, ${file.kind}, ${file.size} byte` : ''}] ${words}`.trim()
}

const OWNERS: Readonly<Record<string, string>> = {
  bot: 'từ đây trợ lý trả lời',
  waiting: 'từ đây chờ cán bộ',
  staff: 'từ đây cán bộ trả lời',
  closed: 'cuộc trò chuyện đã đóng',
}

function sentText(content: unknown): string {
  return text(content, 'text') ?? OWNERS[text(content, 'owner') ?? ''] ?? plain(content)
}

/** @returns the text in field `name`; the content was written by another version, perhaps, so nothing about it is taken for granted. */
function text(content: unknown, name: string): string | undefined {
  const value = typeof content === 'object' && content !== null ? (content as Record<string, unknown>)[name] : undefined
  return typeof value === 'string' ? value : undefined
}

function plain(content: unknown): string {
  return typeof content === 'string' ? content : JSON.stringify(content)
}
