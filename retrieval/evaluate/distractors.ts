/** Other law as a haystack: articles that are not on the shelf, only ever found, never cited. */
import { type CorpusReport, emptyReport, readCorpus } from '../../knowledge/corpus.ts'
import { syllables } from '../../knowledge/language/syllables.ts'
import type { Library } from '../../knowledge/library.ts'
import type { Entry } from '../entries.ts'

const FACE_SYLLABLES = 110

/** @returns every article of `file` that is not on the shelf, as entries, with counts of what was left out. */
export async function readDistractors(file: string, library: Library): Promise<{ entries: Entry[]; report: CorpusReport & { onShelf: number } }> {
  const report = { ...emptyReport(), onShelf: 0 }
  const entries: Entry[] = []
  const shelf = new Set([...library.articles.keys()].map((key) => key.toLowerCase()))
  for await (const article of readCorpus(file, report)) {
    if (shelf.has(article.id)) {
      report.onShelf++
      continue
    }
    entries.push({
      id: `x:${article.id}`,
      kind: 'distractor',
      title: article.heading,
      fields: { heading: article.heading, questions: '', body: article.text, document: `${article.documentTitle} ${article.topic}` },
      faces: [`${article.heading}. ${syllables(article.text).slice(0, FACE_SYLLABLES).join(' ')}`],
    })
  }
  return { entries, report }
}
