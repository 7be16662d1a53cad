/** Figures: numbers with a unit that a legal sentence must not lose or invent ("30 ngày", "07 ngày làm việc", "50%"). */

const UNIT = 'ngày làm việc|ngày|giờ|tháng|năm|%|phần trăm|đồng|triệu|tỷ|lần|bản|tuổi|phút'
const FIGURE = new RegExp(`(?<![\\p{L}\\d/])(\\d[\\d.,]*)\\s*(?:\\([^)\\n]{0,80}\\)\\s*)?(${UNIT})(?![\\p{L}])`, 'giu')

/** Calendar dates and the number at the head of a clause are no figures, though "31 tháng 12" and "1. Ngày" look like ones. */
const NOT_FIGURES =
  /^\s*\d+[a-zđ]?\.\s|(?:ngày\s+)?\d{1,2}\s+tháng\s+\d{1,2}(?:\s+(?:hàng|hằng)\s+năm|\s+năm\s+\d{4})?|\d{1,2}[/-]\d{1,2}[/-]\d{4}/gmu

/** @returns every figure of `text` as written. */
export function figuresIn(text: string): string[] {
  const withoutDates = text.normalize('NFC').replace(NOT_FIGURES, ' ')
  return [...withoutDates.matchAll(FIGURE)].map((match) => match[0])
}

/** @returns whether two figures are the same number and unit: "07 ngày" and "7 ngày". */
export function sameFigure(a: string, b: string): boolean {
  return bare(a) === bare(b)
}

function bare(figure: string): string {
  const flat = figure
    .toLowerCase()
    .replace(/\([^)]*\)/g, '')
    .replace(/\s+/g, ' ')
    .trim()
  return flat
    .replace(/^[\d.,]+/, (n) => String(Number(n.replace(/[.,](?=\d{3}\b)/g, '').replace(',', '.'))))
    .replace('phần trăm', '%')
    .replace(/\s+%/, '%')
}

/** @returns whether the number of `figure` stands in `lawText`: "30 ngày" in "ba mươi (30) ngày" or "030 ngày". */
export function standsIn(figure: string, lawText: string): boolean {
  const number = (figure.match(/\d[\d.,]*/)?.[0] ?? '').replace(/[.,]+$/, '').replace(/[.,](?=\d{3}\b)/g, '')
  const flat = lawText.replace(/(\d)[.,](?=\d{3}\b)/g, '$1')
  return new RegExp(`(^|\\D)0*${number.replace(/^0+(?=\d)/, '').replace('.', '[.,]')}(\\D|$)`, 'u').test(flat)
}
