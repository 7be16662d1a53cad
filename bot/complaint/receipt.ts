/** What a person holds in their hand after confirming: that the association has it, what comes next, who, by when, and what they can do. */
import { type Day, dayInVietnam, formatDay } from '../../knowledge/validity.ts'
import type { Association } from '../config.ts'
import { LETTER, LETTER_LABEL, RECEIPT } from '../wording/letter.ts'
import type { ComplaintRecord } from './confirmed.ts'
import type { Block, Paper } from './paper.ts'

export interface ReceiptOrder {
  readonly association: Association
  /** The number as it is read aloud. */
  readonly spoken: string
  /** The last day on which an officer means to have read it; absent where nobody has promised one. */
  readonly firstReplyBy?: Day
}

const field = (label: string, value: string): Block => ({ kind: 'field', label, value })
const heading = (text: string): Block => ({ kind: 'heading', text })

/** @returns the receipt of a case. */
export function receiptOf(record: ComplaintRecord, order: ReceiptOrder): Paper {
  const { association, firstReplyBy } = order
  return {
    name: RECEIPT.title,
    foot: LETTER.foot(record.case),
    notes: [RECEIPT.keep],
    blocks: [
      { kind: 'head', office: [association.name] },
      { kind: 'title', text: RECEIPT.title, about: '' },
      ...received(record, order),
      ...[heading(RECEIPT.next), steps(RECEIPT.steps(firstReplyBy && formatDay(firstReplyBy)))],
      ...[heading(RECEIPT.who), ...who(association)],
      ...[heading(RECEIPT.how), steps(RECEIPT.hows)],
      { kind: 'paragraph', text: RECEIPT.end },
    ],
  }
}

const steps = (lines: readonly string[]): Block => ({ kind: 'list', lines })

function received({ case: number, confirmedAt, issueTitle, facts, evidence, missing }: ComplaintRecord, { spoken }: ReceiptOrder): readonly Block[] {
  return [
    field(RECEIPT.number, number),
    field(RECEIPT.spoken, spoken),
    field(RECEIPT.receivedOn, formatDay(dayInVietnam(new Date(confirmedAt)))),
    field(RECEIPT.matter, issueTitle),
    ...(facts.name ? [field(LETTER_LABEL.name, facts.name.value)] : []),
    ...(facts.respondent ? [field(RECEIPT.respondent, facts.respondent.value)] : []),
    field(RECEIPT.files, String(evidence.length)),
    field(RECEIPT.missing, missing.join(', ') || RECEIPT.nothing),
  ]
}

function who(association: Association): readonly Block[] {
  return [RECEIPT.whoLine(association.name), RECEIPT.contact(association)].map((text) => ({ kind: 'paragraph', text }))
}
