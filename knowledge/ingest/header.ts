/** The head of an official document: who issued which number, of what kind, when, on what, and from when it holds. */
import type { Block } from './blocks.ts'
import { type ArticleText, articleWords, type Header } from './law-text.ts'

const KINDS = [
  'bộ luật',
  'luật',
  'pháp lệnh',
  'nghị quyết',
  'nghị định',
  'thông tư liên tịch',
  'thông tư',
  'quyết định',
  'chỉ thị',
  'kế hoạch',
  'công văn',
  'thông báo',
  'hướng dẫn',
]
/**
 * "Luật số: 19/2023/QH15", "CHÍNH PHỦ ------- Số: 55/2024/NĐ-CP", "Số: 12/KH-UBND" (acts that set no rules have no year). Only at the head of a line: a number
 * inside a sentence is that of another document.
 */
const NUMBER =
  /^[^\p{Ll}]*?(?:(?:Luật|Bộ luật|Pháp lệnh|Nghị quyết)\s+)?[Ss][ốỐ]\s*:?\s*(\d{1,5}\s*\/\s*(?:\d{4}\s*\/\s*)?[\p{Lu}\d][\p{L}\d]*(?:\s?[-–]\s?[\p{Lu}\d][\p{L}\d]*)*)/u
const DATE = /ngày\s*(\d{1,2})\s*tháng\s*(\d{1,2})\s*năm\s*(\d{4})/iu
const SLASHED = /(\d{1,2})\/(\d{1,2})\/(\d{4})/
const MOTTO = /cộng hòa xã hội chủ nghĩa việt nam/i
const STARTS_BODY =
  /^(?:căn cứ|xét|theo đề nghị|quốc hội ban hành|chính phủ ban hành|thủ tướng chính phủ (?:ban hành|quyết định)|triển khai thực hiện)/iu
/** Markdown of the public copies: "Luật … (19/2023/QH15)". */
const TITLED = /^(?<title>.+?)\s*\((?<number>\d{1,5}\/\d{4}\/[\p{Lu}\d][\p{L}\d-]*)\)$/u

/** @returns what the blocks before the first article say of the document. */
export function readHeader(blocks: readonly Block[]): Header {
  const titled = blocks[0]?.text.match(TITLED)?.groups
  const cells = blocks.flatMap(({ text }) => text.split(' | '))
  const head = cells.slice(0, bodyAt(cells))
  const named = kindLine(head)
  const number = titled?.['number'] ?? numberIn(head)
  const kind = named?.kind ?? kindOf(titled?.['title'] ?? '', number)
  const issuer = issuerOf(head, number)
  const issued = dateIn(head)
  const title = titled?.['title'] ?? (named ? titleBehind(head, named) : undefined)
  return {
    ...(number ? { number } : {}),
    ...(kind ? { kind } : {}),
    ...(issuer ? { issuer } : {}),
    ...(issued ? { issued } : {}),
    ...(title ? { title } : {}),
  }
}

/** What begins like a body right below the kind is the subject: "KẾ HOẠCH / Triển khai thực hiện …". */
function bodyAt(cells: readonly string[]): number {
  const kind = kindLine(cells)?.at ?? -2
  const at = cells.findIndex((text, i) => i !== kind + 1 && STARTS_BODY.test(text))
  return at < 0 ? cells.length : at
}

function numberIn(head: readonly string[]): string | undefined {
  const found = head.map((text) => text.match(NUMBER)?.[1]).find((number) => number !== undefined)
  return found?.replace(/\s+/g, '').replace('–', '-')
}

/** A line of its own that names the kind, alone or before the subject: "NGHỊ ĐỊNH", "LUẬT BẢO VỆ QUYỀN LỢI NGƯỜI TIÊU DÙNG". */
function kindLine(head: readonly string[]): { readonly kind: string; readonly at: number } | undefined {
  for (const [at, text] of head.entries()) {
    const plain = text.trim().toLowerCase()
    const kind = KINDS.find((one) => plain === one || (text === text.toUpperCase() && plain.startsWith(`${one} `) && !/\d/.test(plain)))
    if (kind) return { kind, at }
  }
  return undefined
}

const SUFFIX_KIND: readonly (readonly [RegExp, string])[] = [
  [/\/NĐ-CP$/u, 'nghị định'],
  [/\/QĐ-/u, 'quyết định'],
  [/\/TTLT-/u, 'thông tư liên tịch'],
  [/\/TT-/u, 'thông tư'],
  [/\/NQ-/u, 'nghị quyết'],
  [/\/UBTVQH\d+$/u, 'pháp lệnh'],
  [/\/KH-/u, 'kế hoạch'],
]

function kindOf(title: string, number: string | undefined): string | undefined {
  const said = KINDS.find((kind) => title.toLowerCase().startsWith(kind))
  return said ?? SUFFIX_KIND.find(([suffix]) => suffix.test(number ?? ''))?.[1] ?? (number && /\/QH\d+$/u.test(number) ? 'luật' : undefined)
}

const ISSUERS: readonly (readonly [RegExp, string])[] = [
  [/\/QH\d+$/u, 'Quốc hội'],
  [/\/UBTVQH\d+$/u, 'Ủy ban Thường vụ Quốc hội'],
  [/\/NĐ-CP$/u, 'Chính phủ'],
  [/-TTg$/u, 'Thủ tướng Chính phủ'],
  [/\/TT-BCT$/u, 'Bộ Công Thương'],
]

/** By the number, else the line of capitals beside or above the motto. */
function issuerOf(head: readonly string[], number: string | undefined): string | undefined {
  const byNumber = ISSUERS.find(([suffix]) => suffix.test(number ?? ''))?.[1]
  if (byNumber) return byNumber
  const line = head.find((text) =>
    /^(?:quốc hội|chính phủ|thủ tướng|bộ|ủy ban nhân dân|uỷ ban nhân dân|hội đồng nhân dân|sở|hội|cục)(?=\s|$)/iu.test(text),
  )
  return line && line === line.toUpperCase() && !MOTTO.test(line)
    ? sentenceCase(
        line
          .replace(NUMBER, '')
          .replace(/[-_]{2,}/g, '')
          .trim(),
      )
    : undefined
}

function sentenceCase(text: string): string {
  const small = text.toLowerCase().replace(/\s+/g, ' ')
  return small.charAt(0).toUpperCase() + small.slice(1)
}

/** The day of the head stands behind the place; a day inside the title belongs to another document. */
function dateIn(head: readonly string[]): string | undefined {
  const line =
    head.find((text) => /^[^,]{2,40},\s*ngày/iu.test(text.replace(/^.*\|/, '').trim())) ??
    head.find((text) => /,\s*ngày\s*\d/iu.test(text) && MOTTO.test(text))
  return line ? isoDay(line.match(DATE)) : undefined
}

function titleBehind(head: readonly string[], { kind, at }: { readonly kind: string; readonly at: number }): string | undefined {
  const own = head[at]?.trim() ?? ''
  const rest = own.length > kind.length ? [own] : [sentenceCase(own), ...head.slice(at + 1)]
  const words = rest.filter(
    (text) => !/^[-_*\s]+$/.test(text) && !MOTTO.test(text) && !NUMBER.test(text.slice(0, 12)) && !/^[^,]{2,40},\s*ngày/iu.test(text),
  )
  const title = words.slice(0, 6).join(' ').trim()
  return title === '' ? undefined : title === title.toUpperCase() ? sentenceCase(title) : title
}

const STARTS =
  /(?:có hiệu lực(?:\s+thi hành)?(?:\s+kể)?\s+từ\s+)(?<when>ngày\s*\d{1,2}\s*(?:tháng|\/)\s*\d{1,2}\s*(?:năm|\/)\s*\d{4}|ngày\s+ký(?:\s+ban hành)?)/iu
const AFTER_SIGNING = /có hiệu lực(?:\s+thi hành)?\s+sau\s+(?<days>\d{1,3})\s+ngày,?\s*kể từ ngày ký/iu
const OF_ITSELF = /(?:luật|bộ luật|pháp lệnh|nghị quyết|nghị định|thông tư|quyết định)\s+này\s+(?:có\s+hiệu\s+lực|được)/iu

/** @returns the first day on which the document holds, as its own closing articles say. */
export function startOf(articles: readonly ArticleText[], issued: string | undefined): string | undefined {
  const closing = articles.filter(({ heading }) => /hiệu lực|thi hành/iu.test(heading))
  const texts = [...closing, ...articles.slice(-4)].map(articleWords)
  for (const text of [...texts.filter((one) => OF_ITSELF.test(one)), ...texts]) {
    const day = startIn(text, issued)
    if (day) return day
  }
  return undefined
}

function startIn(text: string, issued: string | undefined): string | undefined {
  const when = text.match(STARTS)?.groups?.['when']
  const days = text.match(AFTER_SIGNING)?.groups?.['days']
  if (when && /ký/iu.test(when)) return issued
  if (when) return isoDay(when.match(DATE) ?? when.match(SLASHED))
  return days && issued ? daysLater(issued, Number(days)) : undefined
}

function daysLater(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)
}

function isoDay(match: RegExpMatchArray | null): string | undefined {
  if (!match) return undefined
  const [, day = '', month = '', year = ''] = match
  const text = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  return new Date(`${text}T00:00:00Z`).toISOString().slice(0, 10) === text ? text : undefined
}
