/** How long things are kept, and why: classes as data. Nothing here touches a row; the storage counts and removes by these rules. */

export const RETENTION_CLASSES = {
  undelivered: {
    days: 30,
    does: 'give_up',
    name: 'tin trả lời chưa gửi được',
    why: 'Sau 30 ngày tin không còn là tin báo nữa; thôi gửi, để cuộc trò chuyện không bị giữ mãi vì nó.',
  },
  conversation: {
    days: 90,
    does: 'remove',
    name: 'cuộc trò chuyện không có hồ sơ',
    why: 'Đủ để người dân quay lại hỏi tiếp và cán bộ xem lại; hết mục đích thì xóa. Đổi bằng CONVERSATION_DAYS.',
  },
  case: {
    days: 1_825,
    does: 'remove',
    name: 'hồ sơ đã kết thúc',
    why: 'Quy tắc của chính Hội, chưa có văn bản nào ấn định: 5 năm sau khi kết thúc để còn tra lại và mở lại được; hồ sơ bị giữ vì lý do pháp lý thì chưa xóa. Đổi bằng CASE_DAYS.',
  },
  audit: {
    days: 1_826,
    does: 'report',
    name: 'nhật ký',
    why: 'Giữ 5 năm để chứng minh việc đã làm; xóa một mục sẽ đứt chuỗi, nên chương trình chỉ báo, không xóa.',
  },
  tombstone: {
    days: null,
    does: 'keep',
    name: 'dấu đã xóa',
    why: 'Giữ mãi: bản sao lưu cũ khôi phục lúc nào cũng phải xóa lại được. Chỉ có bí danh, thời điểm và lý do.',
  },
} as const satisfies Record<string, RetentionClass>

export interface RetentionClass {
  /** Null: without end. */
  readonly days: number | null
  readonly does: 'remove' | 'give_up' | 'report' | 'keep'
  readonly name: string
  readonly why: string
}
export type RetentionName = keyof typeof RETENTION_CLASSES

/** What one run goes by; the settings are CONVERSATION_DAYS and CASE_DAYS. */
export interface RetentionRules {
  readonly conversationDays: number
  readonly caseDays: number
}

const DAY_MS = 86_400_000

/** @returns the moment (milliseconds UTC) before which rows of class `name` are due at `now`; null when they never are. */
export function dueBefore(name: RetentionName, rules: RetentionRules, now: number): number | null {
  const days = keptDays(name, rules)
  return days === null ? null : now - days * DAY_MS
}

/** @returns for how many days class `name` is kept; null without end. */
export function keptDays(name: RetentionName, rules: RetentionRules): number | null {
  if (name === 'conversation') return rules.conversationDays
  return name === 'case' ? rules.caseDays : RETENTION_CLASSES[name].days
}

/** How many rows of one class are due, and from when. */
export interface ClassPlan {
  readonly due: number
  readonly oldest: number | null
  readonly newest: number | null
}

/** What a run would do at this moment. `held`: conversations past their time that must stay, since somebody still waits for something. */
export interface RetentionPlan {
  readonly classes: Readonly<Record<RetentionName, ClassPlan>>
  readonly held: ClassPlan
}

export interface RetentionDone {
  readonly conversations: number
  readonly messages: number
  readonly attachments: number
  readonly cases: number
  readonly givenUp: number
  /** Hashes of files that nobody's conversation names any more: the caller removes them from the disk. */
  readonly unusedHashes: readonly string[]
}

/** A conversation that is due; `size` is about how many messages go with it. */
export interface Candidate {
  readonly id: string
  readonly size: number
}

/** At most so much goes in one transaction: there is one connection, and everybody waits for it meanwhile. */
export const BATCH = { conversations: 200, messages: 2_000 } as const

/** @returns the candidates that one transaction takes, in order: as many as fit, and always the first, however large it is. */
export function fitting(candidates: readonly Candidate[]): readonly Candidate[] {
  let messages = 0
  return candidates.slice(0, BATCH.conversations).filter(({ size }, i) => {
    messages += size
    return i === 0 || messages <= BATCH.messages
  })
}
