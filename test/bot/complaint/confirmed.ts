/** A confirmed complaint as tests need one, made without a conversation. */
import { type ConfirmedComplaint, recordSchema } from '../../../bot/complaint/confirmed.ts'

export const NOW = Date.UTC(2026, 10, 26, 3)

const told = (value: string | number) => ({ value, from: { words: String(value), message: 'm1' } })

/** @returns a complaint with three files: one shows no papers, one does, of one nobody has said. */
export function confirmedComplaint(more: Partial<ConfirmedComplaint> = {}): ConfirmedComplaint {
  const record = recordSchema.parse({
    ...{ case: 'GL26-1', issue: 'khong-giong', issueTitle: 'Hàng không giống quảng cáo', story: 'mua áo, giao áo khác', missing: [] },
    facts: { respondent: told('shop Áo Đẹp'), amount: told(1_200_000), name: told('Lê Thị Hoa'), phone: told('0912345678') },
    evidence: [
      { attachment: 'tep-1', caption: 'ảnh áo', clear: true },
      { attachment: 'tep-2', caption: '', clear: false },
      { attachment: 'tep-3', caption: '', clear: null },
    ],
    consents: [{ purpose: 'handle', version: '1', at: NOW, message: 'm8' }],
    route: [{ agency: 'Sở Công Thương', basis: 'Điều 1', confidence: 0.8, why: 'nhận việc này' }],
    ...{ confirmedBy: 'm9', confirmedAt: NOW },
  })
  return { ...record, ...more } as ConfirmedComplaint
}
