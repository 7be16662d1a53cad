/** Fits the order of candidates to questions whose right articles are known. */
import type { CorpusEngine } from '../corpus/engine.ts'
import { FEATURES } from '../corpus/features.ts'
import { growTrees, type Ranking, type Tree, type TreeSettings } from './trees.ts'

/**
 * So many times trees are grown, each from another draw of questions and features, and their scores are added (Breiman 1996, "Bagging Predictors"):
 * one draw and another differed by 0.3 points of MRR@10; five together are above both.
 */
const BAGS = 5

/** Chosen by cross-fitting; a hundred trees more or less change nothing. */
export const TREES: TreeSettings = {
  trees: 150,
  leaves: 15,
  rate: 0.07,
  l2: 3,
  leastRows: 20,
  features: 0.7,
  questions: 0.8,
  lambda: 1,
  seed: 1,
}

/** A question and the ids of the articles that answer it. */
export interface JudgedQuestion {
  readonly question: string
  readonly gold: readonly string[]
}

/** @returns the rows of every question's candidates; `step` hears how many questions are done. */
export async function rankingOf(
  engine: CorpusEngine,
  questions: readonly JudgedQuestion[],
  step: (done: number) => void = () => {},
): Promise<Ranking> {
  const [blocks, labels, groups] = [[] as Float32Array[], [] as number[], [0]]
  for (const { question, gold } of questions) {
    const { ids, rows } = await engine.candidates(question)
    const right = new Set(gold)
    blocks.push(rows)
    labels.push(...ids.map((id) => (right.has(id) ? 1 : 0)))
    groups.push(labels.length)
    step(blocks.length)
  }
  return { width: FEATURES.length, features: joined(blocks), labels: Uint8Array.from(labels), groups: Uint32Array.from(groups) }
}

function joined(blocks: readonly Float32Array[]): Float32Array {
  const all = new Float32Array(blocks.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const block of blocks) {
    all.set(block, at)
    at += block.length
  }
  return all
}

/** @returns the rows of the questions with these numbers alone. */
export function someOf({ width, features, labels, groups }: Ranking, questions: readonly number[]): Ranking {
  const spans = questions.map((q) => [groups[q] as number, groups[q + 1] as number] as const)
  return {
    width,
    features: joined(spans.map(([from, to]) => features.subarray(from * width, to * width))),
    labels: Uint8Array.from(spans.flatMap(([from, to]) => [...labels.subarray(from, to)])),
    groups: Uint32Array.from([0, ...spans.map(([from, to]) => to - from)].map(adding())),
  }
}

function adding(): (length: number) => number {
  let sum = 0
  return (length) => {
    sum += length
    return sum
  }
}

/** @returns the trees that put the rows with label 1 first within their groups; `step` hears how many are done of {@link treesOf}. */
export function fitTrees(ranking: Ranking, step: (done: number) => void = () => {}, settings = TREES): Tree[] {
  return Array.from({ length: BAGS }, (_, bag) =>
    growTrees(ranking, { ...settings, seed: settings.seed + bag }, (done) => step(bag * settings.trees + done)),
  ).flat()
}

/** @returns how many trees one fit has. */
export const treesOf = (settings = TREES): number => BAGS * settings.trees

/** @returns for each fold the trees that were fitted on the questions of all other folds. */
export function crossFitted(
  ranking: Ranking,
  folds: readonly number[],
  step: (done: number) => void = () => {},
  settings = TREES,
): Map<number, Tree[]> {
  const distinct = [...new Set(folds)].sort((a, b) => a - b)
  return new Map(
    distinct.map((fold, i) => {
      const others = folds.flatMap((of, question) => (of === fold ? [] : [question]))
      const trees = fitTrees(someOf(ranking, others), (done) => step(i * treesOf(settings) + done), settings)
      return [fold, trees] as const
    }),
  )
}
