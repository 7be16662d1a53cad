/** What cannot be right as it was told: two values for one fact, sums and days that cannot be, delivered before bought. Said plainly and asked again, never guessed. */
import { readAmounts } from '../../knowledge/language/amounts.ts'
import { readDates } from '../../knowledge/language/dates.ts'
import { fold } from '../../knowledge/language/normalise.ts'
import { type Day, formatDay } from '../../knowledge/validity.ts'
import { INTAKE } from '../wording/complaint.ts'
import type { Draft } from './draft.ts'
import type { FactName, Facts } from './facts.ts'
import type { Contest, Full } from './guide.ts'

const DAYS: ReadonlySet<FactName> = new Set(['boughtOn', 'deliveredOn'])
/** Facts of which a person has one, and says it in figures. */
const CONTESTED: readonly FactName[] = ['amount', 'boughtOn', 'deliveredOn']
/** Whoever answers these speaks of what the seller says or ought to pay. */
const OTHER_SUMS: ReadonlySet<FactName> = new Set(['promised', 'contacted', 'wish'])

/** @returns a fact that the message tells otherwise than it was told before, without saying that the earlier was wrong. */
export function contestOf(f: Full, read: Facts): Contest | undefined {
  const { draft, text, messageId, asOf, guide } = f
  if (draft.asked.some((name) => OTHER_SUMS.has(name)) || SELLER_SAYS.test(fold(text))) return undefined
  const told = guide.readFacts(text, { messageId, asOf, known: {} })
  const fact = CONTESTED.find((name) => !draft.asked.includes(name) && !read[name] && differs(draft.facts, told, name))
  return fact && { fact, told: [only(draft.facts, fact), only(told, fact)] }
}

const SELLER_SAYS = /\b(shop|ho|no|ong|ben ban|nguoi ban|cua hang|cong ty|chu)\b.{0,30}\b(tra|hoan|den|boi thuong|giam|bot|lai)\b/

function differs(known: Facts, told: Facts, name: FactName): boolean {
  return known[name] !== undefined && told[name] !== undefined && known[name].value !== told[name].value
}

function only(facts: Facts, name: FactName): Facts {
  return { [name]: facts[name] }
}

/** @returns the draft with both values put aside, until the person says which is right. */
export function contested(draft: Draft, contest: Contest): Draft {
  return { ...draft, facts: without(draft.facts, contest.fact), contest: { fact: contest.fact, told: [...contest.told] } }
}

function without(facts: Facts, ...names: readonly FactName[]): Facts {
  return Object.fromEntries(Object.entries(facts).filter(([name]) => !names.includes(name as FactName)))
}

const MOST = 100_000_000_000
const MINUS = /(?:^|\s)(?:[-–−]|âm\s|am\s)\s?\d/iu
const TOO_LONG = /\d{12,}/

/** @returns what is said of a value that was asked for and cannot be; none where it can. */
export function absurdIn(f: Full, read: Facts): readonly string[] {
  const { draft, text } = f
  if (draft.asked.includes('amount') && !read.amount && isAbsurdSum(text)) return [INTAKE.absurdAmount]
  const day = read.boughtOn ? undefined : futureDay(f)
  return day ? [INTAKE.futureDay(formatDay(day))] : []
}

function isAbsurdSum(text: string): boolean {
  const sums = readAmounts(text)
  const impossible = sums.length > 0 && sums.every(({ dong }) => dong <= 0 || dong > MOST)
  return impossible || MINUS.test(text) || TOO_LONG.test(text.replace(/[ .]/g, ''))
}

const YEAR_MS = 366 * 86_400_000

/** A day to come, said in answer; in a story only where its year stands with it, and it is the day of buying once that day is past. */
function futureDay({ draft, text, asOf, messageId, guide }: Full): Day | undefined {
  if (draft.asked.some((name) => DAYS.has(name))) return readDates(text, asOf).find(({ from, to }) => from > asOf && to >= from)?.from
  if (draft.asked.length > 0 || draft.facts.boughtOn) return undefined
  const later = new Date(Date.parse(asOf) + 2 * YEAR_MS).toISOString().slice(0, 10) as Day
  const day = guide.readFacts(text, { messageId, asOf: later, known: {} }).boughtOn?.value
  return day && day > asOf && text.includes(day.slice(0, 4)) ? day : undefined
}

/** Nobody is given a thing before it is bought: both days are asked again, once. @returns undefined where the days agree. */
export function settledDays(draft: Draft): { readonly draft: Draft; readonly lead: string } | undefined {
  const { boughtOn, deliveredOn } = draft.facts
  if (!boughtOn || !deliveredOn || deliveredOn.value >= boughtOn.value || draft.unsettled.length > 0) return undefined
  const facts = without(draft.facts, 'boughtOn', 'deliveredOn')
  const lead = INTAKE.deliveredFirst(formatDay(deliveredOn.value), formatDay(boughtOn.value))
  return { draft: { ...draft, facts, unsettled: ['boughtOn', 'deliveredOn'], stage: 'facts' }, lead }
}
