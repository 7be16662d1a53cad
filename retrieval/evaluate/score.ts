/** Scoring of one answer against its row, and intervals over many. */
import { errorInterval, type Interval, interval } from './interval.ts'
import type { Expectation } from './rows.ts'

/** What is read of an answer. */
export interface Given {
  readonly status: string
  readonly text: string
  readonly citations: readonly { readonly document: string; readonly article?: string; readonly clause?: string }[]
}

/** Every judgement on one answer; `sources` counts distinct articles cited. */
export interface Verdict {
  readonly status: boolean
  readonly answered: boolean
  readonly firstArticle: boolean
  readonly anyArticle: boolean
  readonly anyClause: boolean
  readonly mention: boolean
  readonly forbidden: boolean
  readonly sources: number
}

const normal = (text: string) => text.normalize('NFC').toLowerCase().replace(/\s+/g, ' ')

/** @returns the verdict on `given`. */
export function judge(given: Given, expect: Expectation): Verdict {
  const text = normal(given.text)
  const same = (c: Given['citations'][number]) => expect.anyOf.filter((e) => e.document === c.document && e.article === c.article)
  const articles = given.citations.filter((c) => c.article)
  return {
    status: expect.status.includes(given.status),
    answered: given.status === 'answered',
    firstArticle: articles.length > 0 && same(articles[0] as Given['citations'][number]).length > 0,
    anyArticle: articles.some((c) => same(c).length > 0),
    anyClause: articles.some((c) => same(c).some((e) => !e.clause || !c.clause || e.clause === c.clause)),
    mention: expect.mustMention.every((group) => group.some((phrase) => text.includes(normal(phrase)))),
    forbidden: expect.mustNot.some((phrase) => text.includes(normal(phrase))),
    sources: new Set(articles.map((c) => `${c.document}#${c.article}`)).size,
  }
}

/** A figure with its 95 % interval over `n` questions. */
export interface Share extends Interval {
  readonly n: number
}

/** @returns the share of `hits` with its bootstrap interval, the same for the same hits. */
export function share(hits: readonly boolean[]): Share {
  return figure(hits, (chosen) => chosen.filter(Boolean).length / chosen.length)
}

/** @returns what `statistic` reads off `items` with its bootstrap interval; see {@link interval}. */
export function figure<T>(items: readonly T[], statistic: (chosen: readonly T[]) => number): Share {
  return { ...interval(items, statistic), n: items.length }
}

/** @returns the same for an error, which chance only ever makes greater; see {@link errorInterval}. */
export function errorFigure<T>(items: readonly T[], statistic: (chosen: readonly T[]) => number): Share {
  return { ...errorInterval(items, statistic), n: items.length }
}

/** @returns "0.912 [0.86–0.95] n=95". */
export function formatShare(s: Share): string {
  return `${s.value.toFixed(3)} [${s.low.toFixed(2)}–${s.high.toFixed(2)}] n=${s.n}`
}
