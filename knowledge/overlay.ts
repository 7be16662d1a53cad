/**
 * What the association has taken in itself, laid over the library of the repository: verbatim text beside our restatements, and whole documents that
 * the repository does not know. The published version of a document wins over nothing of ours: it stands beside it, and says where the two differ.
 */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pointerId } from './citation.ts'
import { everydayWordsFor, type Glossary, loadGlossary } from './glossary.ts'
import { type ArticleText, articleWords, type ClauseText, clauseWords, type LawText, type PointText } from './ingest/law-text.ts'
import { isCitable } from './ingest/review.ts'
import { canonical } from './language/normalise.ts'
import { CONTENT, fullText, type Library, type ShelfProvision, type Verbatim } from './library.ts'
import type { Audience, LegalDocument, Provision } from './schema.ts'

/** One published version. */
export interface PublishedLaw {
  readonly law: LawText
  readonly sha256: string
}

/** By pointer id: the digest of the words that a restatement was written from. */
export type SourceDigests = ReadonlyMap<string, string>

/** Reads `content/sources.json`; empty where it is not there. */
export function readSourceDigests(root: string = CONTENT): SourceDigests {
  try {
    return new Map(Object.entries(JSON.parse(readFileSync(join(root, 'sources.json'), 'utf8')) as Record<string, string>))
  } catch {
    return new Map()
  }
}

/** @returns a digest of the words of a text alone: layout, punctuation and the place of a tone mark are not words. */
export function wordsDigest(text: string): string {
  const words = canonical(text).replace(/[^\p{L}\p{N}]+/gu, '')
  return createHash('sha256').update(words).digest('hex').slice(0, 16)
}

/** @returns the library with the published documents laid over it. Documents that set no rules are left out: nobody is answered from them. */
export function withPublished(
  library: Library,
  published: readonly PublishedLaw[],
  sources: SourceDigests = readSourceDigests(),
  glossary: Glossary = loadGlossary(),
): Library {
  const laws = published.filter(({ law }) => isCitable(law))
  if (laws.length === 0) return library
  const verbatims = new Map(laws.flatMap(({ law }) => [...verbatimsOf(law, library, sources)]))
  const added = laws
    .flatMap(({ law }) => newProvisions(law, library))
    .map((p) => ({ ...p, everyday: everydayWordsFor(`${p.heading} ${fullText(p)}`, glossary) }))
  const documents = new Map(library.documents)
  for (const { law } of laws) documents.set(law.header.number as string, documentOf(law, library))
  const provisions = new Map([...library.provisions, ...added.map((p) => [p.id, p] as const)])
  const digest = createHash('sha256').update(library.digest)
  for (const { sha256 } of laws) digest.update(sha256)
  return { ...library, documents, provisions, articles: byArticle([...provisions.values()]), verbatims, digest: digest.digest('hex') }
}

function byArticle(provisions: readonly ShelfProvision[]): Map<string, ShelfProvision[]> {
  const articles = new Map<string, ShelfProvision[]>()
  for (const p of provisions) {
    const key = `${p.document}#${p.article}`
    const there = articles.get(key)
    if (there) there.push(p)
    else articles.set(key, [p])
  }
  return articles
}

/** Every place of a document with its words: articles, clauses, points. */
function* verbatimsOf({ header, articles }: LawText, library: Library, sources: SourceDigests): Generator<readonly [string, Verbatim]> {
  const document = header.number as string
  const agrees = (id: string, text: string) => !library.provisions.has(id) || sources.get(id) === wordsDigest(text)
  for (const article of articles) {
    const id = pointerId({ document, article: article.number })
    yield [id, placed(articleWords(article), article.page, agrees(id, articleWords(article)))]
    for (const point of article.points) yield [`${id}.${point.letter}`, placed(pointWords(article.text, point), article.page, true)]
    for (const clause of article.clauses) yield* clauseVerbatims(id, clause, agrees)
  }
}

function* clauseVerbatims(
  article: string,
  clause: ClauseText,
  agrees: (id: string, text: string) => boolean,
): Generator<readonly [string, Verbatim]> {
  const id = `${article}.${clause.number}`
  const agreeing = agrees(id, clauseWords(clause))
  yield [id, placed(clauseWords(clause), clause.page, agreeing)]
  for (const point of clause.points)
    yield [`${id}.${point.letter}`, placed(pointWords(`${clause.number}. ${clause.text}`, point), clause.page, agreeing)]
}

const placed = (text: string, page: number | undefined, agrees: boolean): Verbatim => ({ text, agrees, ...(page === undefined ? {} : { page }) })
const pointWords = (head: string, { letter, text }: PointText) => `${head}\n${letter}) ${text}`

function documentOf({ header, articles }: LawText, library: Library): LegalDocument {
  const known = library.documents.get(header.number as string)
  if (known && known.shelf !== 'none') return known
  const highest = Math.max(...articles.map(({ number }) => Number.parseInt(number, 10)))
  return {
    ...{ aliases: [], transition: [], spokenOf: [], without: [], amendedBy: [], replacedBy: [], inForceTo: null },
    ...{
      number: header.number as string,
      kind: kindOf(header.kind),
      name: sentence(header.title ?? header.number ?? ''),
      issuer: header.issuer ?? 'chưa rõ',
    },
    ...known,
    inForceFrom: known?.inForceFrom ?? header.inForceFrom ?? null,
    ...(known?.issued || header.issued ? { issued: known?.issued ?? header.issued } : {}),
    shelf: articles.length >= highest ? 'whole' : 'excerpt',
    articles: highest,
  } as LegalDocument
}

const kindOf = (kind: string | undefined) => (kind === undefined || kind === '' ? 'quyết định' : kind)
const sentence = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)

/** What of a document is not restated: its own words stand for a restatement. */
function newProvisions({ header, articles }: LawText, library: Library): ShelfProvision[] {
  const document = header.number as string
  return articles
    .filter(({ number }) => !library.articles.has(`${document}#${number}`))
    .flatMap((article) =>
      article.clauses.length === 0 ? [wholeArticle(document, article)] : article.clauses.map((clause) => oneClause(document, article, clause)),
    )
}

function wholeArticle(document: string, article: ArticleText): ShelfProvision {
  const id = pointerId({ document, article: article.number })
  return provision({ id, document, article, title: article.heading, text: article.text, points: article.points })
}

function oneClause(document: string, article: ArticleText, clause: ClauseText): ShelfProvision {
  const id = pointerId({ document, article: article.number, clause: clause.number })
  const [first = ''] = clause.text.split(/[;:.]\s/)
  const title = `${article.heading}: ${words(first, TITLE_WORDS)}`
  // What stands above the clauses belongs to each of them: "… bị phạt như sau:".
  const text = article.text === '' ? clause.text : `${article.text}\n${clause.text}`
  return { ...provision({ id, document, article, title, text, points: clause.points }), clause: clause.number }
}

const TITLE_WORDS = 14
const words = (text: string, most: number) => {
  const all = text.split(/\s+/)
  return all.length <= most ? text : `${all.slice(0, most).join(' ')}…`
}

interface Raw {
  readonly id: string
  readonly document: string
  readonly article: ArticleText
  readonly title: string
  readonly text: string
  readonly points: readonly PointText[]
}

function provision({ id, document, article, title, text, points }: Raw): ShelfProvision {
  const all = [article.heading, text, ...points.map((point) => point.text)].join(' ').toLowerCase()
  return {
    ...{ id, document, article: article.number, heading: article.heading, title, restatement: text === '' ? article.heading : text },
    points: Object.fromEntries(points.map((point) => [point.letter, point.text])),
    ...{ figures: [], refers: [], questions: [], verbatimOnly: true },
    role: roleOf(article.heading.toLowerCase(), all),
    audience: audienceOf(all),
    topics: /bị phạt|phạt tiền từ/.test(all) ? ['xu-ly-vi-pham'] : ['hieu-luc'],
  }
}

/** By the words that laws use for it; a person may correct it by writing a restatement. */
function roleOf(heading: string, text: string): Provision['role'] {
  if (/giải thích từ ngữ/.test(heading)) return 'definition'
  if (/phạm vi điều chỉnh|đối tượng áp dụng/.test(heading)) return 'scope'
  if (/nguyên tắc/.test(heading)) return 'principle'
  if (/nghiêm cấm|bị cấm|không được/.test(text)) return 'prohibition'
  if (/có quyền|được quyền/.test(text)) return 'right'
  return /trình tự|thủ tục|hồ sơ/.test(heading) ? 'procedure' : 'duty'
}

function audienceOf(text: string): Audience[] {
  const found: Audience[] = [
    ...(/người tiêu dùng|khách hàng|người mua/.test(text) ? ['consumer' as const] : []),
    ...(/tổ chức, cá nhân|người bán|thương nhân|kinh doanh|doanh nghiệp/.test(text) ? ['seller' as const] : []),
    ...(/nền tảng|sàn giao dịch|mạng xã hội/.test(text) ? ['platform' as const] : []),
  ]
  return found.length > 0 ? found : ['authority']
}

/** @returns the digest of every article and clause of a document. */
export function sourceDigestsOf({ header, articles }: LawText): Map<string, string> {
  const document = header.number ?? ''
  return new Map(
    articles.flatMap((article) => [
      [pointerId({ document, article: article.number }), wordsDigest(articleWords(article))] as const,
      ...article.clauses.map(
        (clause) => [pointerId({ document, article: article.number, clause: clause.number }), wordsDigest(clauseWords(clause))] as const,
      ),
    ]),
  )
}

/** A restatement whose source has changed, or whose place the new text does not have. */
export interface Drifted {
  readonly id: string
  readonly why: 'other_words' | 'missing'
}

/** @returns the restatements of a document that no longer rest on the words of `law`, for review. */
export function driftedFrom({ law }: Pick<PublishedLaw, 'law'>, library: Library, sources: SourceDigests = readSourceDigests()): Drifted[] {
  const verbatims = new Map(verbatimsOf(law, library, sources))
  const own = [...library.provisions.values()].filter((p) => p.document === law.header.number && !p.verbatimOnly)
  return own.flatMap(({ id }): Drifted[] => {
    const there = verbatims.get(id)
    if (!there) return [{ id, why: 'missing' }]
    return there.agrees ? [] : [{ id, why: 'other_words' }]
  })
}
