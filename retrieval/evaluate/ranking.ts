/** How well an engine ranks the articles of a corpus: the measures of one question, their means with intervals, and times. */
import { Random } from '../model/random.ts'
import type { BenchQuestion } from './questions.ts'

/** An engine over a corpus, as the benchmark asks it; ids are those of the corpus, "<document>#<article>" in lower case. */
export interface CorpusSearch {
  /**
   * @param question what is asked; the right articles are not told. `id` and `fold` let an engine with fitted weights choose those
   * that were fitted without this question.
   * @returns at most `limit` articles, best first.
   */
  search(question: AskedQuestion, limit: number): Promise<readonly Ranked[]>
}

export type AskedQuestion = Omit<BenchQuestion, 'gold'>

export interface Ranked {
  readonly id: string
  readonly score: number
}

/** How many articles are asked for. */
export const DEPTH = 20
const NEAR = 10

export const MEASURES = ['recall1', 'recall5', 'recall10', 'recall20', 'mrr10', 'ndcg10'] as const
export type Measure = (typeof MEASURES)[number]
/** Each between 0 and 1. */
export type Measures = Readonly<Record<Measure, number>>

/** @returns the measures of one ranking against its gold; an article that is ranked twice counts where it stands first. */
export function measure(ranked: readonly string[], gold: readonly string[]): Measures {
  const right = new Set(gold)
  const hits = [...new Set(ranked)].map((id) => right.has(id))
  return {
    recall1: recall(hits, right.size, 1),
    recall5: recall(hits, right.size, 5),
    recall10: recall(hits, right.size, 10),
    recall20: recall(hits, right.size, 20),
    mrr10: reciprocalRank(hits.slice(0, NEAR)),
    ndcg10: gain(hits.slice(0, NEAR)) / gain(Array.from({ length: Math.min(right.size, NEAR) }, () => true)),
  }
}

/** The share of what could be found among the first `k`: one article in first place is all that Recall@1 can ask of a question with two. */
function recall(hits: readonly boolean[], gold: number, k: number): number {
  return hits.slice(0, k).filter(Boolean).length / Math.min(gold, k)
}

function reciprocalRank(hits: readonly boolean[]): number {
  const first = hits.indexOf(true)
  return first < 0 ? 0 : 1 / (first + 1)
}

/** Discounted cumulative gain of hits and misses (Järvelin & Kekäläinen 2002). */
function gain(hits: readonly boolean[]): number {
  return hits.reduce((sum, hit, i) => sum + (hit ? 1 / Math.log2(i + 2) : 0), 0)
}

/** A mean with its 95 % interval. */
export interface Mean {
  readonly value: number
  readonly low: number
  readonly high: number
}

const RESAMPLES = 1000

/** @returns the mean of `values` with a percentile bootstrap interval (Efron 1979), the same for the same values. Throws on an empty list. */
export function mean(values: readonly number[]): Mean {
  if (values.length === 0) throw new Error('Không có giá trị nào để lấy trung bình')
  const random = new Random(7)
  const last = values.length - 1
  const means = Array.from({ length: RESAMPLES }, () => average(values.map(() => values[random.integer(0, last)] as number)))
  means.sort((a, b) => a - b)
  return { value: average(values), low: means[Math.floor(0.025 * RESAMPLES)] as number, high: means[Math.floor(0.975 * RESAMPLES)] as number }
}

function average(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

/** @returns the mean of every measure over `rows`. */
export function means(rows: readonly Measures[]): Record<Measure, Mean> {
  return Object.fromEntries(MEASURES.map((name) => [name, mean(rows.map((row) => row[name]))])) as Record<Measure, Mean>
}

/** @returns the value below or at which a share `p` (0…1) of `values` lies, by nearest rank. Throws on an empty list. */
export function percentile(values: readonly number[], p: number): number {
  if (values.length === 0) throw new Error('Không có giá trị nào để xếp hạng')
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.max(0, Math.ceil(p * sorted.length) - 1)] as number
}
