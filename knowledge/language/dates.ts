/**
 * Dates as people write them in Vietnamese: "ngày 3/4/2025", "hồi tháng 3", "cách đây 2 tuần", "trước 1/7/2024".
 *
 *   text ──forms──▶ candidates ──minus law numbers, addresses, fractions──▶ points ──"trước", "sau", "từ … đến …"──▶ dates
 *
 * Vague words give spans wide enough to hold what was probably meant: "3 tuần trước" ± 3 days, "2 tháng trước" ± 15 days,
 * "2 năm trước" ± 6 months. A day or month without a year is the latest that is not ahead of `asOf`.
 */
import { type Aligned, align, leftmostLongest, overlaps, type Place, placesOf, words } from './aligned.ts'
import { addDays, type Days, FIRST_DAY, isDay, LAST_DAY } from './calendar-days.ts'
import { DATE_FORMS, type DateForm, type DateKind, NAMED_DATES, NOT_DATES } from './date-forms.ts'
import { hasMarks } from './normalise.ts'

export type { DateKind } from './date-forms.ts'

/** A date found in a text: inclusive days, the words it was read from and where they stand. */
export interface FoundDate extends Days {
  readonly text: string
  readonly index: number
  readonly kind: DateKind
}

type Point = Place & Days & { readonly kind: DateKind }

/**
 * @param asOf the day on which the text was written; "hôm qua" and years left out are read from it.
 * @returns every date in reading order, without overlaps. "trước 1/7" is open to 0001-01-01, "từ" and "sau" to 9999-12-31.
 * @throws RangeError when `asOf` is not a day.
 */
export function readDates(text: string, asOf: string): FoundDate[] {
  if (!isDay(asOf)) throw new RangeError(`"${asOf}" không phải là một ngày dạng YYYY-MM-DD`)
  const aligned = align(text)
  return withBounds(aligned.text, points(aligned.text, asOf)).map((point) => found(aligned, point))
}

function found({ span }: Aligned, { start, end, from, to, kind }: Point): FoundDate {
  return { from, to, ...span(start, end), kind }
}

function points(text: string, asOf: string): Point[] {
  const blocked = NOT_DATES.flatMap((pattern) => placesOf(pattern, text))
  const matches = [...DATE_FORMS, ...NAMED_DATES].flatMap((form) => [...text.matchAll(form.pattern)].map((match) => ({ form, match })))
  const meant = hasMarks(text) ? matches.filter(({ match }) => !SOUTH.test(match[0])) : matches
  const candidates = meant.flatMap(({ form, match }) => point(form, match, asOf))
  return leftmostLongest(candidates.filter((candidate) => !blocked.some((place) => overlaps(place, candidate))))
}

/** "(Việt) Nam rồi": in a text with marks a bare "nam" without a number is no year. */
const SOUTH = /(?<!\p{L})nam(?!\p{L}|\s+\d)/u

function point({ kind, read }: DateForm, match: RegExpExecArray, asOf: string): Point[] {
  const days = read(match.groups ?? {}, asOf)
  return days ? [{ start: match.index, end: match.index + match[0].length, kind, ...days }] : []
}

const BOUND = words('(?<word>trước|sau|kể từ|tính từ|bắt đầu từ|từ)(?: (?:sau|trước))?(?: (?:cái|dịp|hồi|đợt|ngày|mốc|tầm|khoảng))*(?=\\s+$)')
const UP_TO = /^\s*(?:-|–|—|->|→|(?:cho\s+)?(?:đến|den|tới|toi)(?:\s+(?:hết|het|ngày|ngay))*)\s*$/u

function withBounds(text: string, points: readonly Point[]): Point[] {
  const dates: Point[] = []
  for (let i = 0; i < points.length; i++) {
    const first = points[i] as Point
    const second = points[i + 1]
    const joined = second && UP_TO.test(text.slice(first.end, second.start)) && first.from <= second.to
    dates.push(joined ? fromTo(text, first, second, dates.at(-1)) : bounded(text, first, dates.at(-1)))
    if (joined) i++
  }
  return dates
}

function fromTo(text: string, first: Point, second: Point, before: Point | undefined): Point {
  const { start } = bounded(text, first, before)
  return { start, end: second.end, from: first.from, to: second.to, kind: 'range' }
}

/** Reads the bounding word that stands right before a date: "trước" ends the day before, "sau" begins the day after. */
function bounded(text: string, date: Point, before: Point | undefined): Point {
  const head = before?.end ?? 0
  const bound = [...text.slice(head, date.start).matchAll(BOUND)].at(-1)
  const word = bound?.groups?.['word']
  if (!bound || !word) return date
  const whole = { start: head + bound.index, end: date.end, kind: 'range' as const }
  if (/^tr/.test(word)) return { ...whole, from: FIRST_DAY, to: addDays(date.from, -1) }
  return { ...whole, from: /sau/.test(bound[0]) ? addDays(date.to, 1) : date.from, to: LAST_DAY }
}
