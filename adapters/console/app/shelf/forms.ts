/** Forms of what is written, and lists as lines of text. */
import type { GuideContent } from '../../../../knowledge/edits.ts'

/** A sentence and its clauses. */
export type Sentence = GuideContent['answer'][number]
export const PARTS = ['signs', 'firstAid', 'answer', 'conditions', 'steps'] as const
export type Part = (typeof PARTS)[number]

export const EMPTY_GUIDE: Omit<GuideContent, 'title' | 'kind'> = {
  ...{ audience: ['consumer'], topics: ['quyen-nguoi-tieu-dung'] },
  ...{ signs: [], firstAid: [], answer: [], conditions: [], steps: [], evidence: [], questions: [], tries: [] },
}

/** @returns what stands on the lines of a text; empty lines are nothing. */
export const linesIn = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean)

export const asLines = (list: readonly string[]): string => list.join('\n')

/** @returns the guide without sentences in which nothing stands. */
export function withoutEmpty(content: GuideContent): GuideContent {
  const kept = (list: readonly Sentence[]) => list.map(({ text, cites }) => ({ text: text.trim(), cites })).filter(({ text }) => text !== '')
  const { signs, firstAid, answer, conditions, steps } = content
  return {
    ...content,
    title: content.title.trim(),
    ...{ signs: kept(signs), firstAid: kept(firstAid), answer: kept(answer), conditions: kept(conditions), steps: kept(steps) },
  }
}
