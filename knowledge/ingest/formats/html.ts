/** HTML into lines: pages of official portals, and what mammoth makes of Word files. Nothing is fetched, nothing is run. */
import { Parser } from 'htmlparser2'
import { CELL, type Line, type Printed } from '../line.ts'

const BLOCKS = new Set(
  'address article blockquote body center dd div dl dt fieldset figure h1 h2 h3 h4 h5 h6 hr html li main ol p pre section table tbody thead tr ul'.split(
    ' ',
  ),
)
/** Not part of a document, whatever stands in them. */
const OUTSIDE = new Set('script style noscript template nav aside form button select textarea iframe object svg head'.split(' '))
const HIDDEN = /display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0|opacity\s*:\s*0(?:\D|$)|color\s*:\s*(?:white|#fff(?:fff)?)\b/i
/** Never closed, so nothing is inside. */
const VOID = new Set('area base br col embed hr img input link meta source track wbr'.split(' '))

/** @returns the lines of an HTML text: blocks, rows of tables with their cells joined, numbers of automatic lists put back. */
export function linesOfHtml(html: string): Printed {
  const reader = new HtmlLines()
  const parser = new Parser({
    onopentag: (name, attributes) => reader.open(name, attributes),
    ontext: (text) => reader.text(text),
    onclosetag: (name) => reader.close(name),
  })
  parser.write(html)
  parser.end()
  return reader.done()
}

interface List {
  readonly counted: boolean
  items: number
}

class HtmlLines {
  readonly #lines: Line[] = []
  readonly #lists: List[] = []
  readonly #unseen: string[] = []
  #outside = 0
  #words = ''
  #cells: string[] | undefined
  #relisted = false

  open(name: string, attributes: Readonly<Record<string, string>>): void {
    if (OUTSIDE.has(name)) this.#outside++
    if (this.#outside > 0) return
    if (this.#unseen.length > 0 || 'hidden' in attributes || HIDDEN.test(attributes['style'] ?? '')) this.#hide(name)
    if (name === 'br') this.#break()
    else if (name === 'tr') this.#openRow()
    else if (BLOCKS.has(name)) this.#break()
    if (name === 'ol' || name === 'ul') this.#lists.push({ counted: name === 'ol', items: 0 })
    if (name === 'li') this.#openItem()
  }

  text(text: string): void {
    if (this.#outside === 0) this.#words += text.replace(/\s+/g, ' ')
  }

  close(name: string): void {
    if (OUTSIDE.has(name)) this.#outside = Math.max(0, this.#outside - 1)
    if (this.#outside > 0) return
    if (name === 'td' || name === 'th') this.#closeCell()
    else if (name === 'tr') this.#closeRow()
    else if (BLOCKS.has(name)) this.#break()
    if (name === 'ol' || name === 'ul') this.#lists.pop()
    if (this.#unseen.at(-1) === name) this.#show()
  }

  done(): Printed {
    this.#break()
    const notes = this.#relisted ? ['Tệp đánh số bằng danh sách tự động: số khoản, điểm được dựng lại, cần soát với bản in.'] : []
    return { lines: this.#lines, notes }
  }

  /** What is hidden becomes lines of its own. */
  #hide(name: string): void {
    if (VOID.has(name)) return
    if (this.#unseen.length === 0) this.#break()
    this.#unseen.push(name)
  }

  #show(): void {
    if (this.#unseen.length === 1) this.#break()
    this.#unseen.pop()
  }

  #openItem(): void {
    const list = this.#lists.at(-1)
    if (!list?.counted) return
    this.#relisted = true
    list.items++
    this.#words += this.#lists.length === 1 ? `${list.items}. ` : `${LETTERS[list.items - 1] ?? list.items}) `
  }

  #openRow(): void {
    this.#break()
    this.#cells ??= []
  }

  #closeCell(): void {
    if (!this.#cells) return
    this.#cells.push(this.#words.trim())
    this.#words = ''
  }

  #closeRow(): void {
    const cells = this.#cells?.filter((cell) => cell !== '') ?? []
    this.#cells = undefined
    // A frame around a whole page is a table of one cell.
    if (cells.length > 0) this.#push(cells.join(CELL), cells.length > 1)
  }

  #break(): void {
    if (this.#cells) {
      // Paragraphs of one cell stay in it.
      if (this.#words.trim() !== '' && !this.#words.endsWith('\n')) this.#words = `${this.#words.trimEnd()}\n`
      return
    }
    this.#push(this.#words, false)
    this.#words = ''
  }

  #push(text: string, table: boolean): void {
    const trimmed = text.trim()
    if (trimmed === '') return
    const marks = { ...(table ? { table } : {}), ...(this.#unseen.length > 0 ? { hidden: true } : {}) }
    if (table) this.#lines.push({ text: trimmed.replace(/\s*\n\s*/g, ' '), ...marks })
    else for (const part of trimmed.split('\n')) if (part.trim() !== '') this.#lines.push({ text: part.trim(), ...marks })
  }
}

/** Points are lettered without f, j, w and z. */
const LETTERS = 'abcdđeghiklmnopqrstuvxy'
