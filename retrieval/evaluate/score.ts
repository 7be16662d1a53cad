/** Scoring of one answer against its row, and intervals over many. */
import { Random } from '../model/random.ts'
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

/** A share with its 95 % interval. */
export interface Share {
  readonly value: number
  readonly low: number
  readonly high: number
  readonly n: number
}

const RESAMPLES = 1000

/** @returns the mean of `hits` with a percentile bootstrap interval (Efron 1979), the same for the same hits. */
export function share(hits: readonly boolean[]): Share {
  const n = hits.length
  if (n === 0) return { value: Number.NaN, low: Number.NaN, high: Number.NaN, n }
  const random = new Random(7)
  const means = Array.from({ length: RESAMPLES }, () => {
    let sum = 0
    for (let i = 0; i < n; i++) if (hits[random.integer(0, n - 1)]) sum++
    return sum / n
  }).sort((a, b) => a - b)
  return {
    value: hits.filter(Boolean).length / n,
    low: means[Math.floor(0.025 * RESAMPLES)] as number,
    high: means[Math.floor(0.975 * RESAMPLES)] as number,
    n,
  }
}

/** @returns "0.912 [0.86–0.95] n=95". */
export function formatShare(s: Share): string {
  return `${s.value.toFixed(3)} [${s.low.toFixed(2)}–${s.high.toFixed(2)}] n=${s.n}`
}
