/** What an officer reads: owners, reasons and refusals in words. */
import type { HandoffReason, Owner, RefusalCode } from '../conversation/owner.ts'
import type { Wordless } from '../delivery/message.ts'

export const OWNER_WORDS: Readonly<Record<Owner, string>> = {
  bot: 'trợ lý',
  waiting: 'chờ người',
  staff: 'cán bộ',
  closed: 'đã khép',
}

export const REASON_WORDS: Readonly<Record<HandoffReason, string>> = {
  asked: 'người dân xin gặp cán bộ',
  low_confidence: 'trợ lý hai lần không trả lời được',
  danger: 'có nguy hiểm',
  vulnerable: 'người dễ bị tổn thương',
  complaint: 'đang khiếu nại',
  officer: 'cán bộ tự vào',
  assistant_off: 'trợ lý đang tắt',
  officer_silent: 'cán bộ trước chưa trả lời',
}

export const REFUSAL_WORDS: Readonly<Record<RefusalCode | 'missing' | 'unreadable', string>> = {
  missing: 'Không có cuộc trò chuyện này.',
  unreadable: 'Phiên bản này không đọc được cuộc trò chuyện đó: chạy lại đúng phiên bản đã ghi nó.',
  already_escalated: 'Cuộc trò chuyện đã được chuyển rồi.',
  taken_by_other: 'Cán bộ khác đang giữ cuộc trò chuyện này.',
  not_owner: 'Cuộc trò chuyện này do cán bộ khác giữ, nên không giao lại hay khép giúp được.',
  not_in_conversation: 'Bạn chưa nhận cuộc trò chuyện này (hoặc đã giao lại, đã khép).',
  outcome_missing: 'Cần ghi kết quả: --outcome "…".',
  outcome_too_long: 'Kết quả dài quá 2.000 ký tự, xin rút gọn.',
}

export const WORDLESS_WORDS: Readonly<Record<Wordless, string>> = {
  sticker: 'hình dán',
  voice: 'tin thoại',
  location: 'vị trí, không lưu',
  contact: 'danh thiếp, không lưu',
  link: 'đường dẫn, không lưu',
  video: 'video, không lưu',
  file: 'tệp không đọc được',
  hidden: 'nội dung mà ứng dụng giấu',
}
