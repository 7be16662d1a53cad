/** How well the engine alone finds the article, before any answer is composed. */
import type { Expectation } from './rows.ts'

/** @returns the articles of a ranked list, each at its first place: `articlesOf` names those that an entry stands for. */
export function rankedArticles(ids: readonly string[], articlesOf: (id: string) => readonly string[]): string[] {
  return [...new Set(ids.flatMap(articlesOf))]
}

/** @returns whether an article that would be right is among the first `k`; articles are written "document#article". */
export function foundAmong(articles: readonly string[], expect: Expectation, k: number): boolean {
  const first = articles.slice(0, k)
  return expect.anyOf.some((e) => first.includes(`${e.document}#${e.article}`))
}
