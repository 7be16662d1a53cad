/** How people tell each issue, as reviewed data: what the routing's certainty is measured on, and what is fitted to tell issues apart. Never shown to anyone. */
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { readData } from './agencies.ts'
import type { ComplaintKinds } from './complaint-kinds.ts'
import { fold } from './language/normalise.ts'

const CONTENT = fileURLToPath(new URL('./content', import.meta.url))
const FILES = [1, 2, 3, 4, 5].map((part) => `complaint-stories-${part}.yaml`)
/** Of each issue, in many voices. */
const FEWEST = 12
/** The share of words that two stories may have in common. */
const MOST_ALIKE = 0.5
/** Nobody's number, not even one made up. */
const NUMBER = /\d[\d .-]{7,}\d/

const file = z.record(z.string().regex(/^[a-z0-9-]+$/), z.array(z.string().trim().min(15)).min(1))

/** A story and the issue it tells of. */
export interface Story {
  readonly issue: string
  readonly text: string
}

/** Reads the stories from `root`. Throws `DirectoryError` when a file has another shape. */
export function loadStories(root: string = CONTENT): Story[] {
  return FILES.flatMap((name) => Object.entries(readData(file, root, name)).flatMap(([issue, texts]) => texts.map((text) => ({ issue, text }))))
}

/** @returns every fault in one sentence each: issues unknown or with too few stories, numbers, stories told twice. */
export function checkStories(stories: readonly Story[], kinds: ComplaintKinds): string[] {
  const counts = new Map([...kinds.issues.keys()].map((id) => [id, stories.filter(({ issue }) => issue === id).length]))
  const unknown = new Set(stories.map(({ issue }) => issue).filter((issue) => !kinds.issues.has(issue)))
  return [
    ...[...unknown].map((issue) => `complaint-stories: không có vấn đề "${issue}"`),
    ...[...counts].filter(([, count]) => count < FEWEST).map(([id, count]) => `complaint-stories: "${id}" có ${count} chuyện, cần ít nhất ${FEWEST}`),
    ...stories.filter(({ text }) => NUMBER.test(text)).map(({ text }) => `complaint-stories: có số dài trong "${text.slice(0, 40)}…"`),
    ...alike(stories.map(({ text }) => text)).map(([one, other]) => `complaint-stories: "${one.slice(0, 40)}…" gần giống "${other.slice(0, 40)}…"`),
  ]
}

/** @returns pairs of texts that share most of their words; with `others`, only pairs of one of each. */
export function alike(texts: readonly string[], others?: readonly string[]): (readonly [string, string])[] {
  const [ours, theirs] = [texts.map(wordSet), others?.map(wordSet)]
  return ours.flatMap((words, i) =>
    (theirs ?? ours).flatMap((more, j) =>
      (theirs || j > i) && overlap(words, more) > MOST_ALIKE ? [[texts[i] as string, (others ?? texts)[j] as string] as const] : [],
    ),
  )
}

function wordSet(text: string): ReadonlySet<string> {
  return new Set(
    fold(text)
      .split(/[^a-z0-9]+/)
      .filter((word) => word !== ''),
  )
}

function overlap(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  let shared = 0
  for (const word of a) if (b.has(word)) shared++
  return shared / Math.max(1, a.size + b.size - shared)
}
