/** Bases of reports: arbitrary ones, and the one of a year in which nothing happened. */
import fc from 'fast-check'
import { CASE_RESULTS, CASE_STATUSES } from '../../../bot/complaint/status.ts'
import type { AnswerLine, Basis, CaseLine, ChatLine, QuizLine } from '../../../bot/report/shape.ts'
import { yearPeriod } from '../../../bot/report/yearly.ts'
import { KINDS } from '../../../bot/wording/report.ts'

export const READ_AT = Date.UTC(2026, 11, 10, 3)
export const EMPTY: Basis = {
  ...{ period: yearPeriod(2026), readAt: READ_AT, chatsFrom: null },
  ...{ cases: [], chats: [], answers: [], opinions: [], quizzes: [], trained: [] },
}

export const LINE: CaseLine = {
  ...{ number: 'GL26-1', receivedOn: '2026-03-04', carried: false, channel: 'web', byOfficer: false, person: 1 },
  ...{ group: 'Hàng hóa nhận được', issue: 'Hàng không giống', platform: 'Shopee', commune: 'xã Ia Krai', amount: 250_000 },
  ...{ suggested: 'Sở Công Thương', chosen: '', status: 'confirmed', result: null, closedOn: null },
  ...{ lookedAfter: null, transferredAfter: null, bodyAnsweredAfter: null, overdue: false, satisfied: null, seller: null },
}

const channel = fc.constantFrom('web', 'zalo-oa', 'office', 'mai-sau')
const day = fc.constantFrom('2026-01-01', '2026-01-31', '2026-02-28', '2026-07-15', '2026-12-31')
const days = fc.option(fc.nat(40), { nil: null })
const text = (...values: string[]) => fc.constantFrom('', ...values)

const line = fc.record<Omit<CaseLine, 'number'>>({
  ...{ receivedOn: day, carried: fc.boolean(), channel, byOfficer: fc.boolean(), person: fc.integer({ min: 1, max: 9 }) },
  ...{ group: fc.constantFrom('Hàng hóa', 'Dịch vụ'), issue: fc.constantFrom('Hàng hỏng', 'Hủy đơn', 'Nợ tiền'), platform: text('Shopee', 'Zalo') },
  ...{ commune: text('xã Ia Krai', 'phường Quy Nhơn'), amount: fc.option(fc.integer({ min: 1, max: 9e9 }), { nil: null }) },
  ...{ suggested: text('Công an tỉnh', 'Sở Công Thương'), chosen: text('Công an tỉnh', 'Sở Công Thương', 'Hội') },
  ...{ status: fc.constantFrom(...CASE_STATUSES), result: fc.constantFrom(null, ...CASE_RESULTS), closedOn: fc.option(day, { nil: null }) },
  ...{ lookedAfter: days, transferredAfter: days, bodyAnsweredAfter: days, overdue: fc.boolean() },
  ...{ satisfied: fc.constantFrom(null, true, false), seller: fc.option(fc.integer({ min: 1, max: 3 }), { nil: null }) },
})

const answer = fc.record<AnswerLine>({ day, channel, kind: fc.constantFrom(...KINDS, 'kieu-moi'), count: fc.integer({ min: 1, max: 500 }) })
const chat = fc.record<Omit<ChatLine, 'ref'>>({ day, channel, waitedMinutes: fc.option(fc.nat(2_000), { nil: null }) })

const quiz = fc.record<Omit<QuizLine, 'ref' | 'officer' | 'browser'>>({
  ...{ day, quiz: fc.constantFrom('Nhãn hàng', 'Đổi trả', 'Thời hạn'), audience: fc.constantFrom('officer', 'seller', 'consumer') },
  ...{ commune: text('Xã Ia Krái', 'Phường Pleiku'), right: fc.nat(7), total: fc.constant(7), passed: fc.boolean() },
})
const taker = fc.tuple(fc.boolean(), fc.integer({ min: 1, max: 4 }))

/** Any basis that the storage could give. */
export const anyBasis: fc.Arbitrary<Basis> = fc.record({
  ...{ period: fc.constant(yearPeriod(2026)), readAt: fc.constant(READ_AT), chatsFrom: fc.constantFrom(null, '2026-01-01', '2026-08-01') },
  cases: fc.array(line, { maxLength: 40 }).map((lines) => lines.map((one, i) => ({ number: `GL26-${i + 1}`, ...one }))),
  chats: fc.array(chat, { maxLength: 20 }).map((chats) => chats.map((one, i) => ({ ref: `c${i}#2`, ...one }))),
  answers: fc.uniqueArray(answer, { maxLength: 30, selector: (one) => `${one.day} ${one.channel} ${one.kind}` }),
  opinions: fc.uniqueArray(fc.record({ day, up: fc.nat(9), down: fc.nat(9) }), { maxLength: 5, selector: (one) => one.day }),
  quizzes: fc
    .array(fc.tuple(quiz, taker), { maxLength: 30 })
    .map((lines) =>
      lines.map(([one, [inside, who]], i) => ({ ref: `TN${i + 1}`, ...one, officer: inside ? who : null, browser: inside ? null : who })),
    ),
  trained: fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 6 }).map((all) => all.map((passed, i) => ({ officer: i + 1, passed, of: 3 }))),
})
