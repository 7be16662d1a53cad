/**
 * Blocks into articles, clauses and points. Numbers are believed in their order only: "Điều 5." inside a quotation of an amended law, or a "2." that a
 * broken line put at the start of a row, does not continue the count and stays text; what does not fit is told as an oddity.
 */
import type { Block } from './blocks.ts'
import { readHeader, startOf } from './header.ts'
import type { ArticleText, Header, LawText, Oddity, SectionText } from './law-text.ts'

const ARTICLE = /^Điều\s+(\d{1,4})([a-zđ]?)\s*[.:]\s*(.*)$/su
const CLAUSE = /^(\d{1,3})([a-zđ]?)\s*\.\s+(.+)$/su
const POINT = /^([a-zđ]\d?)\s?\)\s*(.*)$/su
const LEVELS: readonly RegExp[] = [
  /^phần\s+(?:thứ\s+)?[\p{L}\d]+(?=[\s.:]|$)/iu,
  /^chương\s+[IVXLC\d]+(?=[\s.:]|$)/iu,
  /^mục\s+[IVXLC\d]+(?=[\s.:]|$)/iu,
  /^tiểu mục\s+[IVXLC\d]+(?=[\s.:]|$)/iu,
]
const APPENDIX = /^(?:PHỤ LỤC|Phụ lục)(?!\s+[IVXLC\d]+[a-z]?\s+\p{Ll})(?:\s+[IVXLC\d]+[a-z]?)?(?=[\s.:]*(?:$|\p{Lu}))/u
const NOTE = /^>\s/
/** Behind these nothing is law any more: signatures, who it was sent to, remarks of who copied it. */
const END = /^(?:Nơi nhận|NƠI NHẬN)(?=[\s:]|$)|^-{3,}$|^(?:TM|KT|T\/M|TL|TUQ)\.\s?\p{Lu}{2}|^(?:CHỦ TỊCH QUỐC HỘI|THỦ TƯỚNG|BỘ TRƯỞNG)(?:\s|$)/u
/** The letters of points, as the country counts them. */
const ALPHABET = 'abcdđeghiklmnopqrstuvxy'
/** In capitals: sentences speak of the country in small letters. */
const MOTTO = /CỘNG H(?:ÒA|OÀ) XÃ HỘI CHỦ NGHĨA VIỆT NAM/u

interface OpenClause {
  readonly number: string
  text: string
  readonly points: { letter: string; text: string }[]
  readonly page?: number
}

interface OpenArticle {
  readonly number: string
  heading: string
  readonly place: readonly string[]
  text: string
  readonly points: { letter: string; text: string }[]
  readonly clauses: OpenClause[]
  readonly page?: number
  quoting: boolean
}

/** @returns the document that the blocks make. Never throws: what cannot be understood stays text and is an oddity. */
export function readLaw(blocks: readonly Block[]): LawText {
  const first = blocks.findIndex(({ text }) => ARTICLE.test(text))
  const reader = new TreeReader()
  if (first >= 0) for (const [i, block] of blocks.entries()) if (i >= headEnd(blocks, first)) reader.take(block, blocks, i)
  const { appendices, oddities, others } = reader
  const articles = reader.articles.map(({ quoting: _, ...article }): ArticleText => article)
  const header = readHeader(blocks.slice(0, first < 0 ? blocks.length : first))
  const inForceFrom = startOf(articles, header.issued) ?? startIn(blocks)
  const { sections, twice } = first < 0 ? sectionsOf(blocks) : { sections: [], twice: [] }
  return { header: { ...header, ...(inForceFrom ? { inForceFrom } : {}) }, articles, sections, appendices, oddities: [...oddities, ...twice], others }
}

/** Chapters stand before the first article. */
function headEnd(blocks: readonly Block[], first: number): number {
  const at = blocks.findIndex(({ text }, i) => i < first && LEVELS.some((level) => level.test(text)))
  return at < 0 ? first : at
}

/** The public copies say it in a line of their own: "- status: in force; effective from: 2024-07-01". */
function startIn(blocks: readonly Block[]): string | undefined {
  return blocks
    .slice(0, 6)
    .map(({ text }) => text.match(/effective from:\s*(\d{4}-\d{2}-\d{2})/)?.[1])
    .find((day) => day !== undefined)
}

class TreeReader {
  readonly articles: OpenArticle[] = []
  readonly appendices: { heading: string[]; text: string; page?: number }[] = []
  readonly oddities: Oddity[] = []
  readonly others: Header[] = []
  #place: (string | undefined)[] = []
  #heading: number | undefined
  #ended = false

  take(block: Block, all: readonly Block[], at: number): void {
    const { text } = block
    if (NOTE.test(text)) return
    if (MOTTO.test(text) && this.articles.length > 0) this.#another(all, at)
    else if (!this.#article(block) && !this.#level(text) && !this.#appendix(block) && !this.#end(text)) this.#words(block, all, at)
  }

  get #current(): OpenArticle | undefined {
    return this.articles.at(-1)
  }

  /** A second motto is the head of a second document, or of a form in an appendix. */
  #another(all: readonly Block[], at: number): void {
    const next = all.slice(at, at + 40)
    const first = next.findIndex(({ text }) => /^Điều 1\s*[.:]/u.test(text))
    if (first >= 0) this.others.push(readHeader(next.slice(0, first)))
    this.#ended = true
  }

  #article({ text, page, table }: Block): boolean {
    const [, digits = '', letter = '', heading = ''] = text.match(ARTICLE) ?? []
    if (digits === '' || table) return false
    const number = digits + letter
    const last = this.#current
    if (last && !follows(number, last.number)) {
      this.#oddity(`Điều ${last.number}`, `có dòng "Điều ${number}." không theo thứ tự; được giữ là chữ của Điều ${last.number}`)
      return false
    }
    if (last?.quoting) this.#oddity(`Điều ${last.number}`, 'có đoạn trích mở bằng dấu “ mà không đóng lại')
    this.#heading = undefined
    this.#ended = false
    this.articles.push({
      ...{
        number,
        heading: heading.trim(),
        place: this.#place.filter((part) => part !== undefined),
        text: '',
        points: [],
        clauses: [],
        quoting: false,
      },
      ...(page === undefined ? {} : { page }),
    })
    return true
  }

  #level(text: string): boolean {
    const level = LEVELS.findIndex((pattern) => pattern.test(text))
    if (level < 0 || text.length > 200 || this.#current?.quoting) return false
    this.#place = [...this.#place.slice(0, level), ...Array.from({ length: Math.max(0, level - this.#place.length) }, () => undefined), text]
    this.#heading = level
    return true
  }

  #appendix({ text, page }: Block): boolean {
    if (!APPENDIX.test(text) || text.length > 120) return false
    this.appendices.push({ heading: [text], text: '', ...(page === undefined ? {} : { page }) })
    this.#ended = true
    return true
  }

  #end(text: string): boolean {
    if (!END.test(text) || this.#current === undefined) return false
    this.#ended = true
    return true
  }

  #words(block: Block, all: readonly Block[], at: number): void {
    const appendix = this.appendices.at(-1)
    if (this.#heading !== undefined) this.#title(block.text)
    else if (this.#ended && appendix) appendix.text = joined(appendix.text, block.text)
    else if (!this.#ended && this.#current) this.#inArticle(this.#current, block, all, at)
  }

  /** The name of a chapter stands in lines of their own below "Chương I". */
  #title(text: string): void {
    const at = this.#heading as number
    this.#place[at] = `${this.#place[at]}${/\s\D|[.:]$/.test(this.#place[at]?.replace(/^\S+\s+(?:thứ\s+)?/iu, '') ?? '') ? ' ' : '. '}${text}`
  }

  #inArticle(article: OpenArticle, block: Block, all: readonly Block[], at: number): void {
    const quoted = article.quoting
    article.quoting = stillQuoting(block.text, article.quoting)
    if (!quoted && !block.table) {
      if (this.#clause(article, block, all, at) || this.#point(article, block.text)) return
    }
    this.#append(article, block.text)
  }

  #clause(article: OpenArticle, block: Block, all: readonly Block[], at: number): boolean {
    const [, digits = '', letter = '', words = ''] = block.text.match(CLAUSE) ?? []
    if (digits === '') return false
    const last = article.clauses.at(-1)?.number
    const number = digits + letter
    if (last !== undefined && !follows(number, last)) {
      this.#oddity(`Điều ${article.number}`, `có dòng bắt đầu bằng "${digits}${letter}." không theo thứ tự khoản; được giữ là chữ`)
      return false
    }
    if (Number(digits) > Number.parseInt(last ?? '0', 10) + 1)
      this.#oddity(
        `Điều ${article.number}`,
        last === undefined ? `khoản đầu tiên là khoản ${number}` : `nhảy số từ khoản ${last} sang khoản ${number}`,
      )
    this.#openClause(article, number, words, block, restOf(all, at))
    return true
  }

  /** Opens a clause; further ones that were printed in the same line are parted. */
  #openClause(article: OpenArticle, number: string, words: string, block: Block, rest: string): void {
    const next = String(Number.parseInt(number, 10) + 1)
    const inside = words.search(new RegExp(`(?<=[.;:]\\s)${next}\\.\\s+\\p{Lu}`, 'u'))
    const parted = inside > 0 && !new RegExp(`(?:^|\\n)${next}[.)]\\s`, 'u').test(rest)
    article.clauses.push({
      number,
      text: parted ? words.slice(0, inside).trim() : words,
      points: [],
      ...(block.page === undefined ? {} : { page: block.page }),
    })
    if (!parted) return
    this.#oddity(`Điều ${article.number}`, `khoản ${next} nằm giữa dòng của khoản ${number}; đã tách ra`)
    this.#openClause(article, next, words.slice(inside).replace(/^\d+\.\s+/, ''), block, rest)
  }

  #point(article: OpenArticle, text: string): boolean {
    const [, letter = '', words = ''] = text.match(POINT) ?? []
    if (letter === '') return false
    const points = (article.clauses.at(-1) ?? article).points
    const last = points.at(-1)?.letter
    if (last === undefined ? letter[0] !== 'a' && points !== article.points : rank(letter) <= rank(last)) {
      this.#oddity(placeName(article), `có dòng bắt đầu bằng "${letter})" không theo thứ tự điểm; được giữ là chữ`)
      return false
    }
    if (last !== undefined && rank(letter) >= rank(last) + 20) this.#oddity(placeName(article), `nhảy từ điểm ${last} sang điểm ${letter}`)
    points.push({ letter, text: words })
    return true
  }

  #append(article: OpenArticle, text: string): void {
    const holder = article.clauses.at(-1) ?? article
    const point = holder.points.at(-1)
    if (point) point.text = joined(point.text, text)
    else holder.text = joined(holder.text, text)
  }

  #oddity(where: string, what: string): void {
    this.oddities.push({ where, what })
  }
}

/** The text of the article that comes after a block: up to the next article. */
function restOf(all: readonly Block[], at: number): string {
  const end = all.findIndex(({ text }, i) => i > at && ARTICLE.test(text))
  return all
    .slice(at + 1, end < 0 ? undefined : end)
    .map(({ text }) => text)
    .join('\n')
}

const joined = (before: string, text: string) => (before === '' ? text : `${before}\n${text}`)
const placeName = ({ number, clauses }: OpenArticle) =>
  [clauses.at(-1) ? `khoản ${clauses.at(-1)?.number}` : '', `Điều ${number}`].filter(Boolean).join(' ')

/** Whether a number comes after another: 2 after 1, 2a after 2, 3 after 2a; gaps are allowed, going back is not. */
function follows(number: string, last: string): boolean {
  const [a, b] = [Number.parseInt(number, 10), Number.parseInt(last, 10)]
  return a > b || (a === b && number.slice(String(a).length) > last.slice(String(b).length))
}

/** Letters count tens, the digit behind a letter ("a1") ones. */
function rank(letter: string): number {
  return ALPHABET.indexOf(letter[0] as string) * 10 + Number(letter.slice(1) || 0)
}

/** A quotation of amended law begins and ends with a block; quotation marks inside a sentence open nothing. */
function stillQuoting(text: string, before: boolean): boolean {
  const opened = before || /^["“](?:Điều|Chương|Mục|\d+[a-zđ]?[.)]|[a-zđ]\d?\))/u.test(text)
  return opened && !/["”][.;,]?$/u.test(text)
}

const SECTION = /^(?:([IVX]{1,5})\.\s+(.+)|(\d{1,2}(?:\.\d{1,2})?)\.\s+(.{1,200}))$/su

/** @returns the parts of a document without articles, each with the headings above it, and numbers that were given twice. */
function sectionsOf(blocks: readonly Block[]): { sections: SectionText[]; twice: Oddity[] } {
  const sections: { heading: string[]; text: string; page?: number }[] = []
  const numbered = new Map<string, string[]>()
  let above: string | undefined
  for (const { text, page } of blocks) {
    const [, roman, title, digits, subtitle] = text.match(SECTION) ?? []
    const at = page === undefined ? {} : { page }
    if (roman && title) {
      above = title.trim()
      numbered.set(roman, [...(numbered.get(roman) ?? []), above])
      sections.push({ heading: [above], text: '', ...at })
    } else if (digits && subtitle && above) {
      const [name = '', ...rest] = subtitle.split(/:\s*/)
      sections.push({ heading: [above, name.trim()], text: rest.join(': ').trim(), ...at })
    } else {
      const last = sections.at(-1)
      if (last) last.text = joined(last.text, text)
    }
  }
  const twice = [...numbered].filter(([, titles]) => titles.length > 1)
  return {
    sections,
    twice: twice.map(([roman, titles]) => ({ where: `Mục ${roman}`, what: `số này được đặt cho ${titles.length} mục: ${titles.join('; ')}` })),
  }
}
