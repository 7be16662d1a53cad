/**
 * References to the law as people write them: "điểm a khoản 2 Điều 39 luật 19/2023", "đ38 k3", "nđ 248/2026".
 *
 *   text ─▶ mentions of documents (aliases, names, numbers; the longest wins)
 *        └▶ places (điểm, khoản, điều)                                        ─▶ joined where nothing but a link word stands between
 *
 * The documents are handed in: this room knows how a document is written, not which ones exist.
 */
import { type Aligned, align, bare, eitherMarks, leftmostLongest, overlaps, type Place, spaced, WORD_END, WORD_START, words } from './aligned.ts'

/** What must be known of a document to recognise it. */
export interface KnownDocument {
  readonly number: string
  readonly kind: string
  readonly aliases: readonly string[]
  readonly name?: string
}

/** A reference found in a text. `unknownDocument` is a document named by its number that is not among the known ones, as written. */
export interface LegalReference {
  readonly document?: string
  readonly article?: string
  readonly clause?: string
  readonly point?: string
  readonly unknownDocument?: string
  readonly text: string
  readonly index: number
}

/** @returns every reference in reading order. An article without a document beside it has no `document`. Never throws. */
export function readReferences(text: string, documents: readonly KnownDocument[]): LegalReference[] {
  const aligned = align(text)
  const mentions = readMentions(aligned, documents)
  const provisions = readProvisions(aligned.text, mentions)
  const joined = shareInLists(
    aligned.text,
    provisions.map((provision) => joinMention(aligned.text, provision, mentions)),
  )
  const named = new Set(joined.map(({ mention }) => mention))
  const alone = mentions.filter((mention) => !named.has(mention)).map((mention) => ({ ...mention, mention }))
  const kept = joined.filter(({ short, mention }) => !short || mention)
  return [...kept, ...alone].sort((a, b) => a.start - b.start).map((entry) => reference(aligned, entry))
}

function reference({ span }: Aligned, { start, end, mention, article, clause, point }: Joined): LegalReference {
  return {
    ...(mention?.document ? { document: mention.document } : {}),
    ...(article ? { article } : {}),
    ...(clause ? { clause } : {}),
    ...(point ? { point } : {}),
    ...(mention?.unknown ? { unknownDocument: mention.unknown } : {}),
    ...span(start, end),
  }
}

// --- documents ---

interface Mention extends Place {
  readonly document?: string
  readonly unknown?: string
  readonly byNumber: boolean
}

function readMentions(aligned: Aligned, documents: readonly KnownDocument[]): Mention[] {
  const mentions = [...aliasMentions(aligned, documents), ...numberMentions(aligned, documents)]
  return mergeTwins(aligned.text, leftmostLongest(mentions))
}

interface Aliases {
  readonly pattern: RegExp
  readonly documents: ReadonlyMap<string, KnownDocument>
}

const compiled = new WeakMap<readonly KnownDocument[], Aliases>()

function aliasesOf(documents: readonly KnownDocument[]): Aliases {
  const known = compiled.get(documents) ?? compileAliases(documents)
  compiled.set(documents, known)
  return known
}

const aliasKey = (text: string): string => bare(text.replaceAll(',', '')).replace(/ nam (?=\d{4}$)/, ' ')

function compileAliases(documents: readonly KnownDocument[]): Aliases {
  const byKey = new Map<string, KnownDocument>()
  const written = documents.flatMap((document) =>
    [...document.aliases, ...(document.name ? [document.name] : [])].map((alias) => ({ alias, document })),
  )
  for (const { alias, document } of written) if (!byKey.has(aliasKey(alias))) byKey.set(aliasKey(alias), document)
  const longestFirst = written.map(({ alias }) => alias.toLowerCase()).sort((a, b) => b.length - a.length)
  const sources = longestFirst.map(aliasSource)
  const pattern = `${WORD_START}(?<alias>${sources.join('|') || '(?!)'})(?:\\s+(?:năm\\s+|nam\\s+)?(?<year>(?:19|20)\\d\\d)${NO_STORY})?${WORD_END}(?!/\\d)`
  return { pattern: new RegExp(pattern, 'gu'), documents: byKey }
}

/** An alias with any blanks, its commas left out or not, "năm" before its year or not. */
function aliasSource(alias: string): string {
  const marked = eitherMarks(escaped(alias)).replace(/ (?=\d{4}$)/, '(?: năm| nam)? ')
  return marked.replaceAll(',', ',?').replace(/ +/g, '\\s+')
}

/** "Theo luật người tiêu dùng năm 2022 tôi mua…": the year opens a story and is no part of the name. */
const NO_STORY = `(?!\\s+(?:${eitherMarks('tôi|tui|em|mình|anh|chị|con|mẹ|ba|nhà|mua|đặt|ký|shop')})${WORD_END})`

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')

function aliasMentions(aligned: Aligned, documents: readonly KnownDocument[]): Mention[] {
  const aliases = aliasesOf(documents)
  return [...aligned.text.matchAll(aliases.pattern)].flatMap((match) => aliasMention(aligned, aliases, match))
}

/** A year behind an alias must be that of the number, or the one after, when laws come into force; else another document is meant. */
function aliasMention({ span }: Aligned, { documents }: Aliases, match: RegExpExecArray): Mention[] {
  const { alias = '', year } = match.groups ?? {}
  const document = documents.get(aliasKey(alias))
  if (!document) return []
  const place = { start: match.index, end: match.index + match[0].length, byNumber: false }
  const late = year === undefined ? 0 : Number(year) - Number(parts(document.number).year)
  if (late === 0 || late === 1) return [{ ...place, document: document.number }]
  return [{ ...place, unknown: span(place.start, place.end).text }]
}

const KINDS: Readonly<Record<string, string>> = {
  'bo luat': 'bộ luật',
  luat: 'luật',
  'nghi dinh': 'nghị định',
  nđ: 'nghị định',
  nd: 'nghị định',
  'thong tu': 'thông tư',
  tt: 'thông tư',
  'quyet dinh': 'quyết định',
  qd: 'quyết định',
  'nghi quyet': 'nghị quyết',
  nq: 'nghị quyết',
  'ke hoach': 'kế hoạch',
  'phap lenh': 'pháp lệnh',
}

const KIND = '(?<kind>bộ luật|luật|nghị định|nđ|thông tư|tt|quyết định|qđ|nghị quyết|nq|kế hoạch|pháp lệnh)'
const SUFFIX = '\\p{L}[\\p{L}\\d]*(?:-[\\p{L}\\d]+)*'
const MEASURE =
  'triệu|tr|k|nghìn|ngàn|đồng|đ|tháng|ngày|năm(?! \\d{4})|tuần|lần|%|người|bên|củ|tỷ|chúng|đứa|giờ|phút|mặt|đổi|cái|chiếc|con|chị|anh|em|lớp|sao'
const NOT_MEASURED = `(?![.,]\\d|/\\d|\\s*(?:${MEASURE})${WORD_END})`

/** "luật 2023" names a year, no number. */
const NO_YEAR = '(?!(?:19|20)\\d\\d(?!\\d))'

/** Numbers of documents: with kind and year, with kind alone, or with year alone. */
const NUMBERED: readonly RegExp[] = [
  words(`(?:${KIND}(?: số)?\\s*|(?<!\\d[/.-]))(?<number>\\d{1,4})\\s?/\\s?(?<year>(?:19|20)\\d\\d)(?:\\s?/\\s?(?<suffix>${SUFFIX}))?(?![/\\d])`),
  words(`${KIND}(?: số)?\\s*(?<number>\\d{1,4}) năm (?<year>(?:19|20)\\d\\d)`),
  words(`${KIND} số (?<number>${NO_YEAR}\\d{1,4})${NOT_MEASURED}`),
  words(`(?<kind>luật|bộ luật|nghị định|nđ|thông tư)\\s*(?<number>${NO_YEAR}\\d{2,4})${NOT_MEASURED}`),
]

function numberMentions(aligned: Aligned, documents: readonly KnownDocument[]): Mention[] {
  return NUMBERED.flatMap((pattern) => [...aligned.text.matchAll(pattern)].flatMap((match) => numberMention(aligned, documents, match)))
}

function numberMention({ span }: Aligned, documents: readonly KnownDocument[], match: RegExpExecArray): Mention[] {
  const { kind, number = '', year, suffix } = match.groups ?? {}
  const place = { start: match.index, end: match.index + match[0].length, byNumber: true }
  if (kind === undefined && suffix === undefined && isMonth(number)) return []
  const meant = documents.filter((document) => isMeant(document, kind && KINDS[bare(kind)], number, year, suffix))
  if (meant.length === 1 && meant[0]) return [{ ...place, document: meant[0].number }]
  const certain = meant.length === 0 && (kind !== undefined || isSuffix(suffix))
  return certain ? [{ ...place, unknown: span(place.start, place.end).text }] : []
}

/** "7/2024" without kind is a month. */
const isMonth = (number: string): boolean => Number(number) <= 12

function isMeant({ number, kind }: KnownDocument, kindMeant: string | undefined, head: string, year?: string, suffix?: string): boolean {
  const own = parts(number)
  return (
    Number(own.head) === Number(head) &&
    (year === undefined || own.year === year) &&
    (suffix === undefined || plainSuffix(own.suffix) === plainSuffix(suffix)) &&
    (kindMeant === undefined || kind === kindMeant || kind.endsWith(` ${kindMeant}`))
  )
}

function parts(number: string): { head: string; year: string; suffix: string } {
  const [head = '', year = '', suffix = ''] = number.split('/')
  return { head, year, suffix }
}

const plainSuffix = (suffix: string): string => bare(suffix).replace(/[^a-z\d]/g, '')
const isSuffix = (suffix: string | undefined): boolean => suffix !== undefined && /^(?:q[hd]|nd|tt|nq|pl|kh|l\b)/.test(plainSuffix(suffix))

const BETWEEN_TWINS = /^[\s,]*\(?\s*(?:(?:số|so)\s*)?$/u

/** "Luật Bảo vệ quyền lợi người tiêu dùng số 19/2023/QH15": a name and the number behind it are one mention, and the number decides. */
function mergeTwins(text: string, mentions: readonly Mention[]): Mention[] {
  const merged: Mention[] = []
  for (const mention of mentions) {
    const before = merged.at(-1)
    const twins = before && !before.byNumber && mention.byNumber && BETWEEN_TWINS.test(text.slice(before.end, mention.start))
    if (twins) merged[merged.length - 1] = { ...mention, start: before.start }
    else merged.push(mention)
  }
  return merged
}

// --- places in a document ---

interface Provision extends Place {
  readonly article?: string
  readonly clause?: string
  readonly point?: string
  /** Written so short ("đ38") that only a document beside it makes it a reference. */
  readonly short: boolean
}

type Joined = (Provision & { readonly mention?: Mention | undefined }) | (Mention & { readonly mention: Mention } & Partial<Provision>)

const POINTS = `điểm (?<points>[a-z\\u0111](?:\\s*(?:,|và) [a-z\\u0111](?![\\p{L}\\d]))*)${WORD_END}`
const NOT_AN_ACCOUNT = '(?<!(?:tài|điều|chuyển|thanh|bưu|ngân) )'
const CLAUSES = `(?:${NOT_AN_ACCOUNT}khoản|(?<=\\s|^|[,;(])k)\\.?\\s*(?<clauses>\\d{1,2}[a-z\\u0111]?(?:\\s*(?:,|và) \\d{1,2}(?=\\s*(?:,|và|điều|đ\\s?\\d|của)))*)`
const ARTICLES = '(?<articles>\\d{1,6}[a-z\\u0111]?)'
const OF = '[\\s,]*(?:của |thuộc |trong |tại )?'
const DOTTED = '(?:\\.(?<dotted>\\d{1,2}))?'
const CONTRACT = '(?!\\s*(?:(?:của|trong|ở|tại) )?(?:bản |cái )?(?:hợp đồng|hđ|thỏa thuận|nội quy|quy chế|chính sách|đề|bài|biên bản))'
const GUARD = `${WORD_END}${NOT_MEASURED}${CONTRACT}`

const place = (source: string): RegExp => new RegExp(`${WORD_START}${spaced(eitherMarks(source))}`, 'gu')

/** From the longest way of writing to the shortest; the leftmost and longest match wins. */
const PLACES: readonly { readonly pattern: RegExp; readonly short: boolean }[] = [
  { pattern: place(`(?:${POINTS}${OF})?${CLAUSES}${OF}(?:điều|đ)\\.?\\s*(?:số )?${ARTICLES}${GUARD}`), short: false },
  { pattern: place(`điều\\s*(?:số )?${ARTICLES}${DOTTED}${WORD_END}[\\s,:.-]*${CLAUSES}(?:[\\s,:.-]*${POINTS})?${GUARD}`), short: false },
  { pattern: place(`đ\\.?\\s?${ARTICLES}[\\s,:.-]*${CLAUSES}(?:[\\s,:.-]*${POINTS})?${GUARD}`), short: false },
  { pattern: place(`${POINTS}${OF}điều\\s*(?:số )?${ARTICLES}${GUARD}`), short: false },
  { pattern: place(`điều\\s*(?:số )?${ARTICLES}${DOTTED}${GUARD}`), short: false },
  // Marked only: without marks "khoan" is as often a drill.
  {
    pattern: new RegExp(
      `${WORD_START}(?:${spaced(eitherMarks(`${POINTS}${OF}`))})?${spaced(`${NOT_AN_ACCOUNT}khoản (?<clauses>\\d{1,2}[a-z\\u0111]?)${eitherMarks(GUARD)}`)}`,
      'gu',
    ),
    short: false,
  },
  { pattern: place(`đ\\.?\\s?${ARTICLES}${GUARD}`), short: true },
]

/** Further articles of a list: "điều 38, 39 và 40". */
const MORE_ARTICLES = new RegExp(
  `\\s*(?:,|${eitherMarks('và|hoặc|hay')})\\s*(\\d{1,3}[a-z\\u0111]?)(?=\\s*(?:$|[,.;?!)]|(?:${eitherMarks('và|hoặc|hay|của|luật|bộ luật|nghị định')})${WORD_END}))(?![.,]\\d)`,
  'uy',
)

function readProvisions(text: string, mentions: readonly Mention[]): Provision[] {
  const found = PLACES.flatMap(({ pattern, short }) => [...text.matchAll(pattern)].map((match) => ({ ...placeOf(match), match, short })))
  const clear = found.filter((candidate) => !mentions.some((mention) => overlaps(mention, candidate)))
  return leftmostLongest(clear).flatMap((candidate) => [...provisionsOf(candidate.match, candidate.short), ...moreArticles(text, candidate.match)])
}

const placeOf = (match: RegExpExecArray): Place => ({ start: match.index, end: match.index + match[0].length })

function provisionsOf(match: RegExpExecArray, short: boolean): Provision[] {
  const { articles, clauses = match.groups?.['dotted'], points } = match.groups ?? {}
  const shared = { ...placeOf(match), short, ...(articles ? { article: articles } : {}) }
  const clauseList = clauses ? listed(clauses) : [undefined]
  const pointList = points ? listed(points) : [undefined]
  return clauseList.flatMap((clause) => pointList.map((point) => ({ ...shared, ...(clause ? { clause } : {}), ...(point ? { point } : {}) })))
}

const listed = (list: string): string[] => list.split(/\s*(?:,|v[àa])\s*/u).filter((item) => item !== '')

function moreArticles(text: string, match: RegExpExecArray): Provision[] {
  const { articles, clauses, points } = match.groups ?? {}
  if (!articles || clauses || points) return []
  const more: Provision[] = []
  MORE_ARTICLES.lastIndex = match.index + match[0].length
  for (let next = MORE_ARTICLES.exec(text); next; next = MORE_ARTICLES.exec(text)) {
    const end = next.index + next[0].length
    more.push({ start: end - (next[1] ?? '').length, end, short: false, article: next[1] as string })
  }
  return more
}

// --- joining ---

const source = (pattern: string): string => spaced(eitherMarks(pattern))
const TO_DOCUMENT = new RegExp(`^[\\s,(:-]*(?:${source('(?:của|trong|theo|tại|ở|thuộc|bên|cái|bộ|từ) ')})*$`, 'u')
const FROM_DOCUMENT = new RegExp(`^[\\s,):–-]*(?:${source('(?:thì|tại|ở|có|và|quy định|nói|nêu|ghi|the|cái|trong) ')})*$`, 'u')
const IN_LIST = new RegExp(`^\\s*(?:,|;|${source('và|hoặc|hay')})\\s*$`, 'u')

function joinMention(text: string, provision: Provision, mentions: readonly Mention[]): Joined {
  const after = mentions.find((mention) => mention.start >= provision.end)
  if (after && TO_DOCUMENT.test(text.slice(provision.end, after.start))) return { ...provision, end: after.end, mention: after }
  const before = mentions.findLast((mention) => mention.end <= provision.start)
  if (before && FROM_DOCUMENT.test(text.slice(before.end, provision.start))) return { ...provision, start: before.start, mention: before }
  return provision
}

/** "Điều 38 và điều 39 luật 19": what a list's last item names holds for the items before it, and its first for those behind. */
function shareInLists(text: string, items: readonly Joined[]): Joined[] {
  const shared = [...items]
  for (let i = shared.length - 2; i >= 0; i--) shared[i] = inherit(text, shared[i] as Joined, shared[i + 1] as Joined)
  for (let i = 1; i < shared.length; i++) shared[i] = inherit(text, shared[i] as Joined, shared[i - 1] as Joined)
  return shared
}

function inherit(text: string, item: Joined, neighbour: Joined): Joined {
  if (item.mention || !neighbour.mention) return item
  const [first, second] = item.start <= neighbour.start ? [item, neighbour] : [neighbour, item]
  const sameMatch = first.start === second.start
  return sameMatch || IN_LIST.test(text.slice(first.end, second.start)) ? { ...item, mention: neighbour.mention } : item
}
