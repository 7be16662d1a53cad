/** A report with a little of everything, kept. */
import { type FrozenReport, frozenReport } from '../../../bot/report/frozen.ts'
import type { Basis, CaseLine } from '../../../bot/report/shape.ts'
import { EMPTY, LINE } from '../../bot/report/basis.ts'

const CASES: readonly CaseLine[] = [
  LINE,
  { ...LINE, number: 'GL26-2', person: 2, group: 'Dịch vụ', commune: '=cmd|xã Lạ', amount: null, satisfied: true, seller: 1, lookedAfter: 2 },
  { ...LINE, number: 'GL25-3', person: 3, carried: true, receivedOn: '2025-12-30', status: 'closed', result: 'resolved', closedOn: '2026-02-01' },
]

export const BASIS: Basis = {
  ...EMPTY,
  ...{ cases: CASES, chatsFrom: '2026-01-01' },
  chats: [{ ref: 'c1#2', day: '2026-03-04', channel: 'web', waitedMinutes: 7 }],
  answers: [
    { day: '2026-03-04', channel: 'web', kind: 'answered', count: 9 },
    { day: '2026-03-05', channel: 'zalo-oa', kind: 'abstained', count: 1 },
  ],
  opinions: [{ day: '2026-03-04', up: 2, down: 1 }],
  quizzes: [],
  trained: [],
}

export const report = (basis: Basis = BASIS): FrozenReport => frozenReport(basis, { year: 2026, office: 'Hội Bảo vệ Người tiêu dùng tỉnh Gia Lai' })
