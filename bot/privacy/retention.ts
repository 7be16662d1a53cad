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
  call_back: {
    days: 30,
    does: 'blank',
    name: 'số điện thoại hẹn gọi lại',
    why: 'Quá hẹn 30 ngày mà chưa ai gọi thì số điện thoại không giúp được gì nữa; việc từng hẹn vẫn còn ghi.',
  },
  data_request: {
    days: 365,
    does: 'blank',
    name: 'ghi chép về yêu cầu dữ liệu cá nhân đã trả lời',
    why: 'Một năm sau khi trả lời, đủ để cho thấy đã trả lời; sau đó chỉ còn loại việc và ngày.',
  },
  subscription: {
    days: 365,
    does: 'remove',
    name: 'đăng ký nhận cảnh báo đã thôi',
    why: 'Một năm sau khi thôi nhận, đủ để cho thấy người dân đã tự đăng ký. Đăng ký còn hiệu lực thì theo cuộc trò chuyện.',
  },
  attempt_left: {
    days: 1,
    does: 'remove',
    name: 'bài trắc nghiệm bỏ dở',
    why: 'Qua một ngày thì không làm tiếp được nữa.',
  },
  attempt: {
    days: 400,
    does: 'remove',
    name: 'bài trắc nghiệm đã làm xong',
    why: 'Đủ cho báo cáo của năm; bài của cán bộ còn tài khoản thì giữ để biết đã đạt. Đổi bằng QUIZ_DAYS.',
  },
  violator_refused: {
    days: 90,
    does: 'remove',
    name: 'tên cơ sở bị từ chối đăng',
    why: 'Người duyệt đã từ chối; giữ một thời gian ngắn để nhập lại không nhầm.',
  },
  violator_removed: {
    days: 1_825,
    does: 'remove',
    name: 'tên cơ sở đã gỡ khỏi danh sách',
    why: 'Đã từng công khai nhắc lại, nên còn phải trả lời được vì sao: 5 năm.',
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
  /** `blank`: the row stays as a count, what was said in it goes. */
  readonly does: 'remove' | 'blank' | 'give_up' | 'report' | 'keep'
  readonly name: string
  readonly why: string
}
export type RetentionName = keyof typeof RETENTION_CLASSES

/** Classes of which a row stands for itself: nothing else goes with it. */
export const DESK_CLASSES = [
  'call_back',
  'data_request',
  'subscription',
  'attempt_left',
  'attempt',
  'violator_refused',
  'violator_removed',
] as const satisfies readonly RetentionName[]
export type DeskClass = (typeof DESK_CLASSES)[number]

/** What one run goes by; the settings are CONVERSATION_DAYS, CASE_DAYS and QUIZ_DAYS. */
export interface RetentionRules {
  readonly conversationDays: number
  readonly caseDays: number
  readonly attemptDays: number
}

/** @returns the rules that a configuration sets. */
export function retentionRules({ conversationDays, caseDays, quiz }: RulesSet): RetentionRules {
  return { conversationDays, caseDays, attemptDays: quiz.keptDays }
}

interface RulesSet extends Pick<RetentionRules, 'conversationDays' | 'caseDays'> {
  readonly quiz: { readonly keptDays: number }
}

const DAY_MS = 86_400_000

/** @returns the moment (milliseconds UTC) before which rows of class `name` are due at `now`; null when they never are. */
export function dueBefore(name: RetentionName, rules: RetentionRules, now: number): number | null {
  const days = keptDays(name, rules)
  return days === null ? null : now - days * DAY_MS
}

/** @returns for how many days class `name` is kept; null without end. */
export function keptDays(name: RetentionName, rules: RetentionRules): number | null {
  const set: Partial<Record<RetentionName, number>> = { conversation: rules.conversationDays, case: rules.caseDays, attempt: rules.attemptDays }
  return set[name] ?? RETENTION_CLASSES[name].days
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
  /** Rows of the desk's own classes. */
  readonly others: number
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
