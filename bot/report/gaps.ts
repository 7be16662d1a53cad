/** Questions that the assistant could not answer, by week, those alike together: what the library lacks, as people ask for it. Pure. */
import { wholeWeek } from '../../knowledge/language/calendar-days.ts'
import { fold } from '../../knowledge/language/normalise.ts'
import { bigrams, syllables } from '../../knowledge/language/syllables.ts'
import { type Day, dayInVietnam } from '../../knowledge/validity.ts'

/** One question; `at` in milliseconds UTC. */
export interface Unanswered {
  readonly chat: string
  readonly at: number
  readonly text: string
}

/** Questions that are alike: the first of them stands for all. */
export interface Gap {
  readonly text: string
  readonly asked: readonly { readonly chat: string; readonly at: number }[]
}

export interface GapWeek {
  /** Monday. */
  readonly from: Day
  readonly to: Day
  readonly gaps: readonly Gap[]
}

/** So large a share of their syllable pairs two questions have in common to be one. */
const ALIKE = 0.4
/** Fewer syllables are no question. */
const LEAST = 3

/** @returns the weeks in which something was not answered, the latest first; in each the gaps that most people met first. */
export function gapsByWeek(questions: readonly Unanswered[]): readonly GapWeek[] {
  const weeks = new Map<Day, Unanswered[]>()
  for (const one of questions.filter(({ text }) => syllables(text).length >= LEAST)) {
    const { from } = wholeWeek(dayInVietnam(new Date(one.at)), 0)
    weeks.set(from, [...(weeks.get(from) ?? []), one])
  }
  return [...weeks].sort(([a], [b]) => (a < b ? 1 : -1)).map(([from, asked]) => ({ from, to: wholeWeek(from, 0).to, gaps: grouped(asked) }))
}

function grouped(questions: readonly Unanswered[]): readonly Gap[] {
  const groups: { readonly text: string; readonly pairs: ReadonlySet<string>; readonly asked: { chat: string; at: number }[] }[] = []
  for (const { chat, at, text } of questions.toSorted((a, b) => a.at - b.at)) {
    const pairs = pairsOf(text)
    const same = groups.find((group) => shared(group.pairs, pairs) >= ALIKE)
    if (same) same.asked.push({ chat, at })
    else groups.push({ text, pairs, asked: [{ chat, at }] })
  }
  return groups.map(({ text, asked }) => ({ text, asked })).sort((a, b) => b.asked.length - a.asked.length)
}

function pairsOf(text: string): ReadonlySet<string> {
  return new Set(bigrams(syllables(fold(text))))
}

function shared(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  const both = [...a].filter((pair) => b.has(pair)).length
  const all = a.size + b.size - both
  return all === 0 ? 1 : both / all
}
