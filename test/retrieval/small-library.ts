/** A library of a few invented provisions under laws of different days, and things to index: small enough to embed in a moment. */
import type { Library, ShelfProvision } from '../../knowledge/library.ts'
import type { Field, Guide, LegalDocument } from '../../knowledge/schema.ts'

const byId = <T>(items: readonly T[], id: (item: T) => string) => new Map(items.map((item) => [id(item), item]))

function law(number: string, name: string, inForceFrom: string, inForceTo: string | null): LegalDocument {
  return {
    number,
    kind: 'luật',
    name,
    aliases: [],
    issuer: 'Quốc hội',
    inForceFrom,
    inForceTo,
    replacedBy: [],
    transition: [],
    spokenOf: [],
    shelf: 'whole',
    without: [],
    leftOut: [],
    amendedBy: [],
  }
}

function provision(document: string, article: string, clause: string, title: string, restatement: string, asked: readonly string[]): ShelfProvision {
  return {
    id: `${document}#${article}.${clause}`,
    document,
    article,
    clause,
    heading: title,
    title,
    restatement,
    points: {},
    figures: [],
    role: 'right',
    audience: ['consumer'],
    topics: ['doi-tra-hoan-tien'],
    refers: [],
    questions: asked.map((text) => ({ voice: 'mother', text })),
  }
}

const guide: Guide = {
  id: 'mua-hang-qua-mang',
  kind: 'consumer',
  title: 'Mua hàng qua mạng',
  audience: ['consumer'],
  topics: ['mua-tu-xa'],
  signs: [],
  firstAid: [],
  answer: [
    { text: 'Người mua qua mạng được trả lại hàng trong thời hạn luật định.', cites: [{ document: '2/2023/QH15', article: '1', clause: '1' }] },
  ],
  conditions: [],
  steps: [{ text: 'Báo cho người bán biết.', cites: [] }],
  evidence: [],
  figures: [],
  questions: [{ voice: 'mother', text: 'Đặt áo trên mạng không vừa thì trả lại sao?' }],
}

const field: Field = {
  id: 'dat-dai',
  name: 'Đất đai, nhà ở',
  outcome: 'abstained',
  near: false,
  why: 'Không thuộc văn bản đã nạp.',
  door: 'Văn phòng đăng ký đất đai.',
  documents: [],
  signs: [],
  questions: ['Làm sổ đỏ mất bao lâu?'],
}

/** An old law (in force until 2024-07-01) and a new one (from that day), on the same matters. */
export function smallLibrary(): Library {
  const provisions = [
    provision('1/2010/QH12', '1', '1', 'Trả lại hàng theo luật cũ', 'Người mua trả lại hàng qua mạng trong mười ngày.', [
      'Mua qua mạng trả lại được không?',
    ]),
    provision('2/2023/QH15', '1', '1', 'Trả lại hàng mua qua mạng', 'Người mua được trả lại hàng trong ba mươi ngày.', [
      'Mua qua mạng rồi đổi ý thì trả lại được không?',
      'Hàng giao không giống quảng cáo thì sao?',
    ]),
    provision('2/2023/QH15', '2', '1', 'Bảo hành hàng hóa', 'Người bán đổi hàng mới khi sửa ba lần không khỏi.', [
      'Máy sửa hoài không khỏi thì làm gì?',
    ]),
    provision('2/2023/QH15', '3', '1', 'Bảo vệ thông tin của người mua', 'Không được bán số điện thoại của khách cho người khác.', [
      'Số điện thoại của tôi bị lộ phải làm sao?',
    ]),
  ]
  return {
    documents: byId([law('1/2010/QH12', 'Luật cũ', '2011-07-01', '2024-07-01'), law('2/2023/QH15', 'Luật mới', '2024-07-01', null)], (d) => d.number),
    provisions: byId(provisions, (p) => p.id),
    articles: new Map(provisions.map((p) => [`${p.document}#${p.article}`, [p]])),
    guides: byId([guide], (g) => g.id),
    fields: byId([field], (f) => f.id),
    digest: 'small',
  }
}
