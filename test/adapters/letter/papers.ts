/** Cases for the tests of papers: one that tells much, one that tells next to nothing; and what they are written from. */
import { newCaseNumber, spoken } from '../../../bot/case/number.ts'
import type { ComplaintRecord } from '../../../bot/complaint/confirmed.ts'
import { type Facts, factsSchema } from '../../../bot/complaint/facts.ts'
import { type LetterOrder, type LetterSources, letterOf } from '../../../bot/complaint/letter.ts'
import type { Block, Paper } from '../../../bot/complaint/paper.ts'
import { receiptOf } from '../../../bot/complaint/receipt.ts'
import { loadDirectory } from '../../../knowledge/agencies.ts'
import { loadKinds } from '../../../knowledge/complaint-kinds.ts'

export const TODAY = '2026-11-26'
export const NUMBER = newCaseNumber(new Uint8Array(8).fill(7), 2026)

export const ASSOCIATION = { name: 'Hội Bảo vệ Người tiêu dùng tỉnh Gia Lai', phone: '', email: '', address: '', hours: 'sáng thứ Hai' }
export const SOURCES: LetterSources = { directory: loadDirectory(), issues: loadKinds().issues, association: ASSOCIATION }

export function told(values: Readonly<Record<string, unknown>>): Facts {
  const facts = Object.entries(values).map(([name, value]) => [name, { value, from: { words: String(value), message: 'm' } }])
  return factsSchema.parse(Object.fromEntries(facts))
}

/** Nothing was told but that there is a matter. */
export const BARE: ComplaintRecord = {
  ...{ case: NUMBER, issue: null, issueTitle: 'Việc giữa người mua và người bán', story: '', facts: {}, missing: [], evidence: [], consents: [] },
  ...{ account: null, route: [], confirmedBy: 'm', confirmedAt: Date.UTC(2026, 10, 26, 3) },
}

export const STORY = 'em dat ao ni day ma ve la vai mong\nShop bao hang dung mau roi chan em. Số tài khoản [số tài khoản đã che].'

export const FULL: ComplaintRecord = {
  ...BARE,
  ...{ issue: 'khong-giong-quang-cao', issueTitle: 'Hàng nhận về không giống quảng cáo', story: STORY, missing: ['Mã đơn'] },
  facts: told({
    ...{ respondent: 'Shop Hoa Xinh', platform: 'shopee', goods: 'áo khoác nỉ', boughtOn: '2026-11-10', amount: 450_000 },
    ...{ wish: 'refund', name: 'Nguyễn Thị Hạnh', phone: '0905 123 456', commune: 'phường Quy Nhơn' },
  }),
  evidence: [
    { attachment: 'a', caption: 'ảnh áo lúc nhận', clear: true },
    { attachment: 'b', caption: '', clear: null },
  ],
  route: [{ agency: 'Sở Công Thương tỉnh Gia Lai', basis: '', confidence: 0.6, why: '' }],
}

export function letter(record: ComplaintRecord, order: Partial<LetterOrder> = {}): Paper {
  const paper = letterOf(SOURCES, record, { day: TODAY, ...order })
  if (!paper) throw new Error('takes no letters')
  return paper
}

export function receipt(record: ComplaintRecord, firstReplyBy?: string): Paper {
  return receiptOf(record, { association: ASSOCIATION, spoken: spoken(NUMBER), ...(firstReplyBy ? { firstReplyBy } : {}) })
}

export function blocks<K extends Block['kind']>(paper: Paper, kind: K): readonly Extract<Block, { kind: K }>[] {
  return paper.blocks.filter((block): block is Extract<Block, { kind: K }> => block.kind === kind)
}
