/**
 * From lines to figures, as a function: every figure lists what it rests on, so that whoever has the lines can count again.
 * Percentages have one decimal. Median and nine tenths are values that occur (nearest rank), so each can be pointed at.
 */
import { CASE_RESULTS, CASE_STATUSES } from '../complaint/status.ts'
import { STATUS_WORDS } from '../wording/cases.ts'
import {
  audienceName,
  CLOCK_LABEL,
  channelName,
  FIGURE_LABEL,
  type FigureId,
  KINDS,
  kindName,
  REPORT,
  RESULT_NAME,
  SECTION_TITLE,
  TABLE,
  type TableName,
} from '../wording/report.ts'
import type {
  AnswerLine,
  Basis,
  CaseLine,
  ChatLine,
  Figure,
  FigureRow,
  FigureSection,
  Figures,
  FigureTable,
  QuizLine,
  SectionId,
  TrainedLine,
  Unit,
} from './shape.ts'

/** A figure before it has its place and its name. */
type Counted = Pick<Figure, 'value' | 'unit' | 'of' | 'on'>
type Row = readonly [key: string, label: string, ...cells: Counted[]]
interface Unnumbered {
  readonly id: SectionId
  readonly figures: readonly (readonly [FigureId, Counted])[]
  readonly tables: readonly (readonly [TableName, readonly Row[]])[]
}

/** @returns what the lines say in numbers. */
export function figuresOf(basis: Basis): Figures {
  const { period, readAt, chatsFrom } = basis
  const counting: Counting = { ...basis, own: basis.cases.filter(({ carried }) => !carried) }
  const sections = [received, matters, answers, handling, times, opinions, sellers, training].map((section) => section(counting))
  return { period, readAt, chatsFrom, sections: numbered(sections) }
}

/** @returns every figure, in order of its number. */
export function everyFigure({ sections }: Pick<Figures, 'sections'>): readonly Figure[] {
  return sections.flatMap(({ figures, tables }) => [...figures, ...tables.flatMap(({ rows }) => rows.flatMap(({ cells }) => cells))])
}

/** @returns a figure by its id. Throws RangeError where there is none: a fault of the caller. */
export function figureNamed(figures: Figures, id: FigureId): Figure {
  const found = everyFigure(figures).find((figure) => figure.id === id)
  if (!found) throw new RangeError(`There is no figure ${id}.`)
  return found
}

interface Counting extends Basis {
  /** Received in the period. */
  readonly own: readonly CaseLine[]
}

// ── sections ────────────────────────────────────────────────────────────────────────────────────

function received({ cases, own, chats, answers: lines }: Counting): Unnumbered {
  const carried = cases.filter((one) => one.carried)
  const volume = (key: string, label: string, by: (one: Dated) => boolean): Row => {
    const theirs = own.filter((one) => by({ channel: one.channel, day: one.receivedOn }))
    return [key, label, casesIn(theirs), messagesIn(lines.filter(by)), chatsIn(chats.filter(by))]
  }
  const dated: readonly Dated[] = [...own.map(({ channel, receivedOn }) => ({ channel, day: receivedOn })), ...lines, ...chats]
  const months = distinct(dated.map(({ day }) => monthOf(day))).sort()
  const channels = distinct(dated.map(({ channel }) => channel)).sort()
  return {
    id: 'received',
    figures: [
      ['received', casesIn(own)],
      ['carried', casesIn(carried)],
      ['people', { ...casesIn(own), value: distinct(own.map(({ person }) => person)).length, unit: 'people' }],
      ['byOfficer', casesIn(own.filter(({ byOfficer }) => byOfficer))],
      ['messages', messagesIn(lines)],
      ['waits', chatsIn(chats)],
    ],
    tables: [
      ['channels', channels.map((channel) => volume(channel, channelName(channel), (one) => one.channel === channel))],
      ['months', months.map((month) => volume(month, REPORT.month(month), (one) => monthOf(one.day) === month))],
    ],
  }
}

interface Dated {
  readonly day: string
  readonly channel: string
}

function matters({ own }: Counting): Unnumbered {
  const withMoney = (theirs: readonly CaseLine[]) => [casesIn(theirs), moneyIn(theirs)]
  return {
    id: 'matters',
    figures: [
      ['withAmount', casesIn(own.filter(hasAmount))],
      ['amount', moneyIn(own)],
      ['medianAmount', ranked(own, ({ amount }) => amount, 0.5, 'dong')],
    ],
    tables: [
      ['groups', byText(own, ({ group }) => group, withMoney)],
      ['issues', byText(own, ({ issue }) => issue, withMoney)],
      ['platforms', byText(own, ({ platform }) => platform, withMoney)],
      [
        'communes',
        byText(
          own,
          ({ commune }) => commune,
          (theirs) => [casesIn(theirs)],
        ),
      ],
    ],
  }
}

/** Messages that ask something: what was answered, asked back, helped at once, and what was not. */
const QUESTIONS: readonly string[] = ['answered', 'clarify', 'first_aid', 'abstained']

function answers({ answers: lines }: Counting): Unnumbered {
  const kind = (name: string) => lines.filter((one) => one.kind === name)
  const questions = lines.filter((one) => QUESTIONS.includes(one.kind))
  const abstained = kind('abstained')
  const kinds = distinct([...KINDS, ...lines.map((one) => one.kind)]).filter((name) => kind(name).length > 0)
  return {
    id: 'answers',
    figures: [
      ['answered', messagesIn(kind('answered'))],
      ['abstained', messagesIn(abstained)],
      ['abstention', share(messagesIn(abstained), messagesIn(questions))],
    ],
    tables: [['kinds', kinds.map((name) => [name, kindName(name), messagesIn(kind(name)), share(messagesIn(kind(name)), messagesIn(lines))])]],
  }
}

function handling({ cases, own }: Counting): Unnumbered {
  const closed = own.filter(({ status }) => status === 'closed')
  const solved = closed.filter(({ result }) => result === 'resolved' || result === 'partly')
  const both = own.filter(({ suggested, chosen }) => suggested !== '' && chosen !== '')
  const agreed = both.filter(({ suggested, chosen }) => suggested === chosen)
  return {
    id: 'handling',
    figures: [
      ['closed', casesIn(closed)],
      ['carriedClosed', casesIn(cases.filter(({ carried, status }) => carried && status === 'closed'))],
      ['resolved', share(casesIn(solved), casesIn(closed))],
      ['agreed', casesIn(agreed)],
      ['agreement', share(casesIn(agreed), casesIn(both))],
    ],
    tables: [
      [
        'statuses',
        CASE_STATUSES.map((status) => [status, STATUS_WORDS[status], casesIn(own.filter((one) => one.status === status))] as const).filter(some),
      ],
      [
        'results',
        CASE_RESULTS.map((result) => [result, RESULT_NAME[result], casesIn(closed.filter((one) => one.result === result))] as const).filter(some),
      ],
      ['bodies', bodies(own)],
    ],
  }
}

const some = ([, , counted]: readonly [string, string, Counted]): boolean => counted.on.length > 0

function bodies(own: readonly CaseLine[]): readonly Row[] {
  const names = distinct(own.flatMap(({ suggested, chosen }) => [suggested, chosen])).filter(Boolean)
  return names
    .map(
      (name): Row => [name, name, casesIn(own.filter(({ suggested }) => suggested === name)), casesIn(own.filter(({ chosen }) => chosen === name))],
    )
    .sort(mostFirst)
}

function times({ own, chats }: Counting): Unnumbered {
  const clock = (key: keyof typeof CLOCK_LABEL, of: (one: CaseLine) => number | null): Row => {
    const known = casesIn(own.filter((one) => of(one) !== null))
    return [key, CLOCK_LABEL[key], known, ranked(own, of, 0.5, 'working_days'), ranked(own, of, 0.9, 'working_days')]
  }
  const met = chats.filter(({ waitedMinutes }) => waitedMinutes !== null)
  const waited: Row = ['waited', CLOCK_LABEL.waited, chatsIn(met), rankedWait(met, 0.5), rankedWait(met, 0.9)]
  return {
    id: 'times',
    figures: [
      ['overdue', casesIn(own.filter(({ overdue }) => overdue))],
      ['unmet', chatsIn(chats.filter(({ waitedMinutes }) => waitedMinutes === null))],
    ],
    tables: [
      [
        'clocks',
        [
          clock('looked', ({ lookedAfter }) => lookedAfter),
          clock('transferred', ({ transferredAfter }) => transferredAfter),
          clock('bodyAnswered', ({ bodyAnsweredAfter }) => bodyAnsweredAfter),
          waited,
        ],
      ],
    ],
  }
}

function opinions({ own, opinions: judged }: Counting): Unnumbered {
  const satisfied = own.filter((one) => one.satisfied === true)
  const rated = own.filter((one) => one.satisfied !== null)
  const pressed = (of: 'up' | 'down'): Counted => {
    const days = judged.filter((one) => one[of] > 0)
    return { value: sum(days.map((one) => one[of])), unit: 'judgements', of: 'day', on: days.map(({ day }) => day) }
  }
  return {
    id: 'opinions',
    figures: [
      ['satisfied', casesIn(satisfied)],
      ['dissatisfied', casesIn(own.filter((one) => one.satisfied === false))],
      ['satisfaction', share(casesIn(satisfied), casesIn(rated))],
      ['up', pressed('up')],
      ['down', pressed('down')],
    ],
    tables: [],
  }
}

function sellers({ own }: Counting): Unnumbered {
  const about = own.filter(({ seller }) => seller !== null)
  const known = distinct(about.map(({ seller }) => seller as number)).sort((a, b) => a - b)
  return {
    id: 'sellers',
    figures: [
      ['sellers', { ...casesIn(about), value: known.length, unit: 'sellers' }],
      ['sellerCases', casesIn(about)],
    ],
    tables: [
      [
        'sellers',
        known.map((seller) =>
          aboutSeller(
            seller,
            about.filter((one) => one.seller === seller),
          ),
        ),
      ],
    ],
  }
}

function aboutSeller(seller: number, theirs: readonly CaseLine[]): Row {
  const people = distinct(theirs.map(({ person }) => person)).length
  return [String(seller), REPORT.seller(seller), casesIn(theirs), { ...casesIn(theirs), value: people, unit: 'people' }]
}

/** Of the open page attempts and browsers are counted: nobody says who they are, so neither is a number of people. */
function training({ quizzes, trained }: Counting): Unnumbered {
  const open = quizzes.filter(({ officer }) => officer === null)
  const passed = (lines: readonly QuizLine[]) => lines.filter((one) => one.passed)
  const full = trained.filter((one) => one.of > 0 && one.passed === one.of)
  const rows = (lines: readonly QuizLine[], keyOf: (one: QuizLine) => string, label: (key: string) => string): readonly Row[] =>
    distinct(lines.map(keyOf))
      .filter(Boolean)
      .sort((a, b) => a.localeCompare(b, 'vi'))
      .map((key): Row => {
        const own = lines.filter((one) => keyOf(one) === key)
        return [key, label(key), attemptsIn(own), attemptsIn(passed(own)), browsersIn(own), browsersIn(passed(own))]
      })
  const same = (key: string) => key
  return {
    id: 'training',
    figures: [
      ['officers', officersIn(trained)],
      ['trained', officersIn(full)],
      ['trainedShare', share(officersIn(full), officersIn(trained))],
      ['attempts', attemptsIn(open)],
      ['attemptPasses', attemptsIn(passed(open))],
      ['browsers', browsersIn(open)],
      ['browserPasses', browsersIn(passed(open))],
    ],
    tables: [
      ['quizAudiences', rows(open, ({ audience }) => audience, audienceName)],
      ['quizzes', rows(open, ({ quiz }) => quiz, same)],
      ['quizMonths', rows(open, ({ day }) => monthOf(day), REPORT.month)],
      ['quizCommunes', rows(open, ({ commune }) => commune, same)],
    ],
  }
}

// ── counting ────────────────────────────────────────────────────────────────────────────────────

const monthOf = (day: string): string => day.slice(0, 7)
const distinct = <T>(values: readonly T[]): T[] => [...new Set(values)]
const sum = (values: readonly number[]): number => values.reduce((all, value) => all + value, 0)
const hasAmount = ({ amount }: CaseLine): boolean => amount !== null

function casesIn(cases: readonly CaseLine[]): Counted {
  return { value: cases.length, unit: 'cases', of: 'case', on: cases.map(({ number }) => number) }
}

function chatsIn(chats: readonly ChatLine[]): Counted {
  return { value: chats.length, unit: 'chats', of: 'chat', on: chats.map(({ ref }) => ref) }
}

function messagesIn(lines: readonly AnswerLine[]): Counted {
  return { value: sum(lines.map(({ count }) => count)), unit: 'messages', of: 'day', on: distinct(lines.map(({ day }) => day)) }
}

function attemptsIn(lines: readonly QuizLine[]): Counted {
  return { value: lines.length, unit: 'attempts', of: 'attempt', on: lines.map(({ ref }) => ref) }
}

function browsersIn(lines: readonly QuizLine[]): Counted {
  return { ...attemptsIn(lines), value: distinct(lines.flatMap(({ browser }) => browser ?? [])).length, unit: 'browsers' }
}

function officersIn(lines: readonly TrainedLine[]): Counted {
  return { value: lines.length, unit: 'officers', of: 'officer', on: lines.map(({ officer }) => REPORT.officer(officer)) }
}

function moneyIn(cases: readonly CaseLine[]): Counted {
  const named = cases.filter(hasAmount)
  return { ...casesIn(named), value: sum(named.map(({ amount }) => amount ?? 0)), unit: 'dong' }
}

/** What `part` is of `whole`, resting on the whole. */
function share(part: Counted, whole: Counted): Counted {
  const value = whole.value ? Math.round((1_000 * (part.value ?? 0)) / whole.value) / 10 : null
  return { ...whole, value, unit: 'percent' }
}

function ranked(cases: readonly CaseLine[], of: (one: CaseLine) => number | null, rank: number, unit: Unit): Counted {
  const known = cases.filter((one) => of(one) !== null)
  return {
    ...casesIn(known),
    value: nearestRank(
      known.map((one) => of(one) ?? 0),
      rank,
    ),
    unit,
  }
}

function rankedWait(met: readonly ChatLine[], rank: number): Counted {
  return {
    ...chatsIn(met),
    value: nearestRank(
      met.map(({ waitedMinutes }) => waitedMinutes ?? 0),
      rank,
    ),
    unit: 'minutes',
  }
}

/** @returns the least of `values` that at least the share `rank` of them do not exceed; null of none. */
export function nearestRank(values: readonly number[], rank: number): number | null {
  return values.toSorted((a, b) => a - b)[Math.max(1, Math.ceil(rank * values.length)) - 1] ?? null
}

/** Rows by a text of the case, those of the most cases first; cases without one stand in no row. */
function byText(
  cases: readonly CaseLine[],
  textOf: (one: CaseLine) => string,
  cells: (theirs: readonly CaseLine[]) => readonly Counted[],
): readonly Row[] {
  const texts = distinct(cases.map(textOf)).filter(Boolean)
  return texts.map((text): Row => [text, text, ...cells(cases.filter((one) => textOf(one) === text))]).sort(mostFirst)
}

function mostFirst([a, , ...ofA]: Row, [b, , ...ofB]: Row): number {
  const most = (cells: readonly Counted[]) => Math.max(...cells.filter(({ unit }) => unit === 'cases').map(({ value }) => value ?? 0))
  return most(ofB) - most(ofA) || a.localeCompare(b, 'vi')
}

// ── places and names ────────────────────────────────────────────────────────────────────────────

function numbered(sections: readonly Unnumbered[]): readonly FigureSection[] {
  let no = 0
  const place = (id: string, label: string, counted: Counted): Figure => ({ id, no: ++no, label, ...counted })
  return sections.map(({ id, figures, tables }) => ({
    ...{ id, title: SECTION_TITLE[id] },
    figures: figures.map(([name, counted]) => place(name, FIGURE_LABEL[name], counted)),
    tables: tables.map(([name, rows]) => tableOf(name, rows, place)),
  }))
}

function tableOf(name: TableName, rows: readonly Row[], place: (id: string, label: string, counted: Counted) => Figure): FigureTable {
  const [title, ...columns] = TABLE[name]
  const rowOf = ([key, label, ...cells]: Row): FigureRow => ({
    label,
    cells: cells.map((counted, i) => place(`${name}.${key}.${i + 1}`, `${title} – ${label} – ${columns[i + 1] ?? ''}`, counted)),
  })
  return { id: name, title, columns, rows: rows.map(rowOf) }
}
