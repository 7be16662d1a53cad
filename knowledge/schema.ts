/** The shapes of `knowledge/content`, parsed on reading: what a file may say and nothing else. */
import { z } from 'zod'
import { parsePointer } from './citation.ts'

export const VOICES = [
  'mother',
  'student',
  'farmer',
  'elder',
  'worker',
  'traveller',
  'shopee_buyer',
  'tiktok_buyer',
  'facebook_buyer',
  'zalo_buyer',
  'shop_owner',
  'livestreamer',
  'affiliate',
  'platform_staff',
  'officer',
] as const
export const ROLES = ['right', 'duty', 'prohibition', 'deadline', 'procedure', 'definition', 'principle', 'scope', 'state'] as const
export const AUDIENCES = ['consumer', 'seller', 'platform', 'association', 'authority'] as const
export const TOPICS = [
  'quyen-nguoi-tieu-dung',
  'nghia-vu-nguoi-tieu-dung',
  'doi-tra-hoan-tien',
  'chat-luong-hang-hoa',
  'hang-gia',
  'hang-khuyet-tat',
  'bao-hanh',
  'hop-dong-mau',
  'thong-tin-san-pham',
  'quang-cao',
  'gia-ca',
  'hoa-don-bang-chung',
  'du-lieu-ca-nhan',
  'mua-tu-xa',
  'nen-tang-so',
  'dich-vu-lien-tuc',
  'ban-tan-cua',
  'da-cap',
  'ban-luu-dong',
  'nguoi-de-ton-thuong',
  'quay-roi',
  'khieu-nai',
  'thuong-luong',
  'hoa-giai',
  'trong-tai',
  'toa-an',
  'boi-thuong',
  'to-chuc-xa-hoi',
  'co-quan-nha-nuoc',
  'nguoi-co-anh-huong',
  'livestream',
  'tiep-thi-lien-ket',
  'nguoi-ban-tren-san',
  'san-nuoc-ngoai',
  'dang-ky-thong-bao',
  'thanh-toan',
  'giao-hang',
  'hop-dong-dien-tu',
  'xac-thuc-danh-tinh',
  'lua-dao',
  'hieu-luc',
  'xu-ly-vi-pham',
  'danh-gia',
  'tieu-dung-ben-vung',
  'dinh-nghia',
] as const

const text = z
  .string()
  .trim()
  .min(1)
  .transform((value) => value.normalize('NFC').replace(/\s+/g, ' '))
const pointer = z.string().transform((value, context) => {
  try {
    return parsePointer(value)
  } catch (error) {
    context.addIssue({ code: 'custom', message: (error as Error).message })
    return z.NEVER
  }
})
const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'ngày phải có dạng NNNN-TT-NN')
const number = z.string().regex(/^\d+[a-zđ]?$/u)

/** `- mother: "…"`: exactly one voice and what it says. */
export const question = z
  .partialRecord(z.enum(VOICES), text)
  .refine((value) => Object.keys(value).length === 1, 'mỗi câu hỏi có đúng một giọng')
  .transform((value) => {
    const [voice, said] = Object.entries(value)[0] as [(typeof VOICES)[number], string]
    return { voice, text: said }
  })

export const provision = z.strictObject({
  clause: number.optional(),
  title: text,
  restatement: text,
  points: z.record(z.string().regex(/^[a-zđ]$/u), text).default({}),
  closing: text.optional(),
  figures: z.array(text).default([]),
  role: z.enum(ROLES),
  audience: z.array(z.enum(AUDIENCES)).min(1),
  topics: z.array(z.enum(TOPICS)).min(1),
  refers: z.array(pointer).default([]),
  /** What of it need not be done yet, until when, and the clause that says so. */
  deferred: z.strictObject({ what: text, until: day, by: pointer }).optional(),
  questions: z.array(question).default([]),
})

/** An article that began or ended on another day than its document. `inForceTo` is the first day on which it no longer holds; `by` the clause that says so. */
const ownValidity = z.strictObject({ inForceFrom: day.optional(), inForceTo: day.optional(), by: pointer })

export const articleFile = z.strictObject({
  document: z.string(),
  article: number,
  heading: text,
  validity: ownValidity.optional(),
  provisions: z.array(provision).min(1),
})

/** A legal sentence with its pointers, or practical advice without any. */
export const statement = z.union([
  z.strictObject({ text, cites: z.array(pointer).min(1) }),
  z.strictObject({ advice: text }).transform(({ advice }) => ({ text: advice, cites: [] })),
])

export const GUIDE_KINDS = ['consumer', 'seller', 'scam', 'procedure'] as const

/** The parts of a guide; {@link guide} is the whole. */
export const guideParts = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]+$/),
  kind: z.enum(GUIDE_KINDS),
  title: text,
  audience: z.array(z.enum(AUDIENCES)).min(1),
  topics: z.array(z.enum(TOPICS)).min(1),
  signs: z.array(statement).default([]),
  firstAid: z.array(statement).max(5).default([]),
  answer: z.array(statement).min(1).max(5),
  conditions: z.array(statement).default([]),
  steps: z.array(statement).min(1),
  evidence: z.array(text).default([]),
  figures: z.array(text).default([]),
  questions: z.array(question).min(8),
})

/** Who asks about a scam must be told at once how it is known and what to do. */
export const scamIsWhole = (g: { readonly kind: string; readonly firstAid: readonly unknown[]; readonly signs: readonly unknown[] }): boolean =>
  g.kind !== 'scam' || (g.firstAid.length > 0 && g.signs.length > 0)

export const guide = guideParts.refine(scamIsWhole, 'hướng dẫn về lừa đảo phải có signs và firstAid')

/** A document of the shelf, whole or in part (`shelf: excerpt`), or one known by number only (`shelf: none`). */
export const document = z.strictObject({
  number: z.string(),
  kind: z.enum(['luật', 'bộ luật', 'pháp lệnh', 'nghị quyết', 'nghị định', 'thông tư', 'thông tư liên tịch', 'quyết định']),
  name: text,
  aliases: z.array(text).default([]),
  issuer: text,
  issued: day.optional(),
  inForceFrom: day.nullable(),
  inForceTo: day.nullable().default(null),
  replacedBy: z.array(z.string()).default([]),
  transition: z.array(pointer).default([]),
  /** The clause of what replaced it that says when it ends. */
  endsBy: pointer.optional(),
  /** The clause that says from when the document holds. */
  startsBy: pointer.optional(),
  /** Words by which people mean this law when they only say "luật mới". */
  spokenOf: z.array(text).default([]),
  shelf: z.enum(['whole', 'excerpt', 'none']),
  articles: z.number().int().positive().optional(),
  /** Numbers below `articles` that the document no longer has. */
  without: z.array(z.number().int()).default([]),
  /** Articles of an excerpt that are left out on purpose, "81" or "4-20": nobody of ours is likely to ask for them. */
  leftOut: z.array(z.string().regex(/^\d+[a-zđ]?(-\d+[a-zđ]?)?$/u)).default([]),
  /** The documents whose amendments the text on the shelf contains, and the first day of that text where it is not the document's own. */
  amendedBy: z.array(z.string()).default([]),
  textFrom: day.optional(),
  /** What readers are told beside every citation of it: the text at hand is not the signed one. */
  caveat: text.optional(),
  about: text.optional(),
  note: text.optional(),
})

/** Words by which people name a matter: a pattern over lower-case text with marks, whole words only. */
const sign = z.string().transform((value, context) => {
  try {
    return new RegExp(`(?<![\\p{L}\\p{N}])(?:${value.normalize('NFC')})(?![\\p{L}\\p{N}])`, 'u')
  } catch (error) {
    context.addIssue({ code: 'custom', message: (error as Error).message })
    return z.NEVER
  }
})

/** A matter outside the shelf: why, and the right door. `outcome` says how it is answered. */
export const field = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]+$/),
  name: text,
  outcome: z.enum(['abstained', 'refused']),
  near: z.boolean().default(false),
  why: text,
  door: text,
  documents: z.array(z.string()).default([]),
  /** Strong evidence for the matter, weighed by confidence against what was found; it decides nothing alone. */
  signs: z.array(sign).default([]),
  questions: z.array(text).min(5),
})

export type Provision = z.output<typeof provision>
export type OwnValidity = z.output<typeof ownValidity>
export type ArticleFile = z.output<typeof articleFile>
export type Statement = z.output<typeof statement>
/** `everyday`: everyday words for the law's terms in it, from the office's own glossary. */
export type Guide = z.output<typeof guide> & { readonly everyday?: readonly string[] }
export type LegalDocument = z.output<typeof document>
export type Field = z.output<typeof field>
export type Question = z.output<typeof question>
export type Audience = (typeof AUDIENCES)[number]
export type GuideKind = (typeof GUIDE_KINDS)[number]
