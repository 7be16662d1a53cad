/** What must hold of the library before anyone is answered from it. Every fault is one sentence that names its place. */
import { type Pointer, pointerId } from './citation.ts'
import { figuresIn, sameFigure, standsIn } from './figures.ts'
import { ngrams, syllables } from './language/syllables.ts'
import { clausesOf, type LawTexts } from './law-texts.ts'
import { fullText, type Library, resolve, type ShelfProvision } from './library.ts'
import type { Guide, LegalDocument, Question, Statement } from './schema.ts'

/** The longest run of syllables that a restatement may share with the law. */
const COPY_LIMIT = 20
const ASKED_BY = new Set(['consumer', 'seller', 'platform'])

/** @returns every fault of `library`; with `texts` the clauses, points and figures are checked against the law too. */
export function checkLibrary(library: Library, texts?: LawTexts): string[] {
  const faults: string[] = []
  for (const provision of library.provisions.values()) faults.push(...checkProvision(library, provision, texts))
  for (const guide of library.guides.values()) faults.push(...checkGuide(library, guide, texts))
  faults.push(...checkDocuments(library), ...checkCoverage(library, texts), ...repeatedQuestions(library))
  return faults
}

function checkProvision(library: Library, p: ShelfProvision, texts: LawTexts | undefined): string[] {
  const faults: string[] = []
  const said = fullText(p)
  if (!library.documents.has(p.document)) faults.push(`${p.id}: văn bản ${p.document} không có trong documents.yaml`)
  const pointers = [...p.refers, ...(p.deferred ? [p.deferred.by] : []), ...(p.validity ? [p.validity.by] : [])]
  faults.push(...checkFigures(p.id, said, p.figures), ...danglers(library, p.id, pointers), ...checkVoices(p))
  if (texts) faults.push(...againstLaw(p, said, texts))
  return faults
}

function checkFigures(id: string, said: string, listed: readonly string[]): string[] {
  const inText = figuresIn(said)
  const missing = inText.filter((f) => !listed.some((l) => sameFigure(l, f)))
  const unused = listed.filter((l) => !standsIn(l, said))
  return [
    ...missing.map((f) => `${id}: số liệu "${f}" đứng trong lời diễn giải mà không có trong figures`),
    ...unused.map((f) => `${id}: figures nêu "${f}" mà lời diễn giải không có`),
  ]
}

function checkVoices(p: ShelfProvision): string[] {
  if (p.role === 'state') return []
  const asked = p.role !== 'scope' && p.audience.some((a) => ASKED_BY.has(a))
  const least = asked ? 5 : 2
  const voices = new Set(p.questions.map((q) => q.voice)).size
  if (p.questions.length < least) return [`${p.id}: có ${p.questions.length} câu hỏi đời thường, cần ít nhất ${least}`]
  return asked && voices < 4 ? [`${p.id}: chỉ có ${voices} giọng hỏi, cần ít nhất 4`] : []
}

function againstLaw(p: ShelfProvision, said: string, texts: LawTexts): string[] {
  const text = texts.get(`${p.document}#${p.article}`)
  if (text === undefined) return [`${p.id}: nguyên văn không có điều này`]
  const clauses = clausesOf(text)
  if (p.clause && !clauses.has(p.clause)) return [`${p.id}: nguyên văn không có khoản này`]
  const scope = p.clause ? (clauses.get(p.clause) as string) : text
  const lost = Object.keys(p.points).filter((letter) => !new RegExp(`(^|\\n)\\s*${letter}\\)`, 'u').test(scope))
  const lettered = [...scope.matchAll(/(?:^|\n)\s*([a-zđ])\)/gu)].map((m) => m[1] as string)
  const dropped = Object.keys(p.points).length > 0 ? lettered.filter((letter) => !p.points[letter]) : []
  const copied = longestCommonRun(said, scope)
  return [
    ...lost.map((letter) => `${p.id}: nguyên văn không có điểm ${letter}`),
    ...dropped.map((letter) => `${p.id}: thiếu điểm ${letter}`),
    ...p.figures.filter((f) => !standsIn(f, scope)).map((f) => `${p.id}: số liệu "${f}" không có trong nguyên văn của khoản`),
    ...figuresIn(scope)
      .filter((f) => !standsIn(f, said))
      .map((f) => `${p.id}: diễn giải bỏ mất số liệu "${f}"`),
    ...(copied > COPY_LIMIT ? [`${p.id}: ${copied} tiếng liền giống hệt nguyên văn, nhiều nhất là ${COPY_LIMIT}`] : []),
  ]
}

/** @returns the length of the longest run of syllables that both texts contain. */
export function longestCommonRun(a: string, b: string): number {
  const x = syllables(a)
  const y = syllables(b)
  let length = 0
  while (true) {
    const there = ngrams(y, length + 1)
    if (![...ngrams(x, length + 1)].some((run) => there.has(run))) return length
    length++
  }
}

/** @returns every sentence of a guide. */
export function statementsOf(guide: Guide): Statement[] {
  return [...guide.signs, ...guide.firstAid, ...guide.answer, ...guide.conditions, ...guide.steps]
}

function checkGuide(library: Library, guide: Guide, texts: LawTexts | undefined): string[] {
  const statements = statementsOf(guide)
  const voices = new Set(guide.questions.map((q) => q.voice)).size
  return [
    ...guideFaults(library, guide, texts),
    ...checkFigures(guide.id, statements.map((s) => s.text).join('\n'), guide.figures),
    ...(voices < 4 ? [`${guide.id}: chỉ có ${voices} giọng hỏi, cần ít nhất 4`] : []),
  ]
}

/** @returns what of a guide does not rest on the law: each fault one sentence that begins with its id. */
export function guideFaults(library: Library, guide: Guide, texts?: LawTexts): string[] {
  const statements = statementsOf(guide)
  return [
    ...statements.flatMap((s) => danglers(library, guide.id, s.cites)),
    ...statements.flatMap((s) => unsupported(library, guide.id, s, texts)),
    ...(statements.some((s) => s.cites.length > 0) ? [] : [`${guide.id}: không có căn cứ nào`]),
  ]
}

/** Figures of a legal sentence must stand in a clause that it cites; advice may carry none. */
function unsupported(library: Library, id: string, statement: Statement, texts: LawTexts | undefined): string[] {
  const ours = statement.cites.flatMap((pointer) => resolve(library, pointer).map(fullText))
  const law = statement.cites.map((p) => texts?.get(`${p.document}#${p.article}`) ?? '')
  const figures = figuresIn(statement.text).filter((f) => !f.startsWith('1800'))
  return figures
    .filter((f) => ![...ours, ...law].some((scope) => standsIn(f, scope)))
    .map((f) => `${id}: số liệu "${f}" không có trong điều khoản được dẫn`)
}

function danglers(library: Library, id: string, pointers: readonly Pointer[]): string[] {
  return pointers
    .filter((pointer) => (pointer.article ? resolve(library, pointer).length === 0 : !library.documents.has(pointer.document)))
    .map((pointer) => `${id}: dẫn ${pointerId(pointer)} không có trong thư viện`)
}

function checkDocuments(library: Library): string[] {
  const faults: string[] = []
  for (const d of library.documents.values()) {
    if (d.inForceFrom && d.inForceTo && d.inForceFrom >= d.inForceTo) faults.push(`${d.number}: hết hiệu lực trước khi có hiệu lực`)
    for (const next of [...d.replacedBy, ...d.amendedBy])
      if (!library.documents.has(next)) faults.push(`${d.number}: thay bằng ${next} không có trong documents.yaml`)
    faults.push(...danglers(library, d.number, [...d.transition, ...(d.startsBy ? [d.startsBy] : []), ...(d.endsBy ? [d.endsBy] : [])]))
  }
  for (const f of library.fields.values())
    for (const number of f.documents) if (!library.documents.has(number)) faults.push(`${f.id}: nêu ${number} không có trong documents.yaml`)
  return faults
}

/** Every article of a whole document is there; with the law at hand, every clause too. */
function checkCoverage(library: Library, texts: LawTexts | undefined): string[] {
  const faults: string[] = []
  for (const d of library.documents.values()) {
    if (d.shelf !== 'whole') {
      faults.push(...missingOfPart(library, d, texts))
      continue
    }
    for (let n = 1; n <= (d.articles ?? 0); n++) {
      if (d.without.includes(n)) continue
      const there = library.articles.get(`${d.number}#${n}`)
      if (!there) faults.push(`${d.number}: thiếu Điều ${n}`)
      else faults.push(...missingClauses(d.number, String(n), there, texts))
    }
  }
  return faults
}

/** What is begun of a document is all of it that we have the text of, but for what is left out on purpose. */
function missingOfPart(library: Library, { number, leftOut }: LegalDocument, texts: LawTexts | undefined): string[] {
  if (!texts || !isBegun(library, number)) return []
  const articles = [...texts.keys()].filter((key) => key.startsWith(`${number}#`)).map((key) => key.slice(number.length + 1))
  return articles.flatMap((article) => {
    const there = library.articles.get(`${number}#${article}`)
    if (there) return missingClauses(number, article, there, texts)
    return leftOut.some((some) => isWithin(article, some)) ? [] : [`${number}: thiếu Điều ${article}`]
  })
}

/** Whether an article is one of "4-20": 4, 4a, 20. */
function isWithin(article: string, some: string): boolean {
  const [from = '', to = from] = some.split('-')
  const rank = (name: string) => Number.parseInt(name, 10) * 100 + (name.match(/[a-zđ]$/u)?.[0].codePointAt(0) ?? 0) / 10_000
  return rank(article) >= rank(from) && rank(article) <= rank(to)
}

function isBegun(library: Library, number: string): boolean {
  return [...library.provisions.values()].some((p) => p.document === number)
}

function missingClauses(number: string, article: string, there: readonly ShelfProvision[], texts: LawTexts | undefined): string[] {
  const text = texts?.get(`${number}#${article}`)
  if (text === undefined || there.some((p) => p.clause === undefined)) return []
  const have = new Set(there.map((p) => p.clause))
  return [...clausesOf(text).keys()].filter((clause) => !have.has(clause)).map((clause) => `${number}: thiếu khoản ${clause} Điều ${article}`)
}

function allQuestions(library: Library): { owner: string; question: Question }[] {
  const of = (owner: string, questions: readonly Question[]) => questions.map((question) => ({ owner, question }))
  return [
    ...[...library.provisions.values()].flatMap((p) => of(p.id, p.questions)),
    ...[...library.guides.values()].flatMap((g) => of(g.id, g.questions)),
  ]
}

function repeatedQuestions(library: Library): string[] {
  const seen = new Map<string, string>()
  const faults: string[] = []
  for (const { owner, question } of allQuestions(library)) {
    const key = syllables(question.text).join(' ')
    const before = seen.get(key)
    if (before) faults.push(`${owner}: câu hỏi "${question.text}" đã có ở ${before}`)
    seen.set(key, owner)
  }
  return faults
}

/** One citation and the sentence that rests on it. */
export interface CitationRow {
  readonly id: string
  readonly document: string
  readonly article?: string
  readonly clause?: string
  readonly point?: string
  readonly text?: string
}

/** @returns every citation of the library with its sentence: provisions cite themselves, guides what their sentences rest on. */
export function citationRows(library: Library): CitationRow[] {
  const provisions = [...library.provisions.values()].flatMap((p) => [
    { id: p.id, document: p.document, article: p.article, ...(p.clause ? { clause: p.clause } : {}), text: fullText(p) },
    ...Object.keys(p.points).map((point) => ({
      id: `${p.id}.${point}`,
      document: p.document,
      article: p.article,
      ...(p.clause ? { clause: p.clause } : {}),
      point,
    })),
    ...p.refers.map((r) => ({ id: `${p.id}→${pointerId(r)}`, ...r })),
  ])
  const guides = [...library.guides.values()].flatMap((g) =>
    statementsOf(g).flatMap((s, i) => s.cites.map((pointer) => ({ id: `${g.id}/${i}`, ...pointer, text: s.text }))),
  )
  return [...provisions, ...guides]
}

/** @returns a table: each document of the shelf with its articles, clauses and everyday questions. */
export function coverage(library: Library): string {
  const rows: string[] = ['văn bản          điều  khoản  câu hỏi']
  for (const d of library.documents.values()) {
    const provisions = [...library.provisions.values()].filter((p) => p.document === d.number)
    if (provisions.length === 0) continue
    const articles = new Set(provisions.map((p) => p.article)).size
    const questions = provisions.reduce((sum, p) => sum + p.questions.length, 0)
    const [share, note] =
      d.shelf === 'whole' ? [`${articles}/${d.articles}`, ''] : [String(articles), d.shelf === 'excerpt' ? '  trích' : '  bản nháp']
    rows.push(`${d.number.padEnd(16)} ${share.padStart(5)} ${String(provisions.length).padStart(6)} ${String(questions).padStart(8)}${note}`)
  }
  const guideQuestions = [...library.guides.values()].reduce((sum, g) => sum + g.questions.length, 0)
  rows.push(`${'hướng dẫn'.padEnd(16)} ${String(library.guides.size).padStart(5)} ${''.padStart(6)} ${String(guideQuestions).padStart(8)}`)
  return rows.join('\n')
}
