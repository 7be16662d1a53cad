/** A question as the rerankers read it. */
import { fold } from '../../knowledge/language/normalise.ts'
import type { LexicalIndex } from '../lexical/bm25f.ts'
import { PAIR } from '../lexical/forward.ts'
import type { AskedWords } from './overlap.ts'

/** What a question asks for, where its words tell; without marks. */
const ASKED: readonly RegExp[] = [
  /phat/,
  /la gi|the nao la|la ai/,
  /bao nhieu|bao lau|\bmay\b|thoi han/,
  /khong\s*\??$/,
  /nhu the nao|ra sao/,
  /co quan nao|\bai\b|tham quyen/,
  /ho so|thu tuc|trinh tu/,
]
/** How many kinds of question are told apart. */
export const ASKED_KINDS = ASKED.length

/** @returns 1 for each kind of question that the words are of, else 0. */
export function askedKinds(question: string): number[] {
  const plain = fold(question).trim()
  return ASKED.map((pattern) => (pattern.test(plain) ? 1 : 0))
}

/** @returns the words of a question with their rarity in `index`. */
export function askedWords(index: LexicalIndex, question: string): AskedWords {
  const ids = [...index.parts.forward.syllabary.read(question)]
  const distinct = [...new Set(ids.filter((id) => id >= 0))]
  const placeOf = new Map(distinct.map((id, place) => [id, place]))
  const keys = index.terms(question).flatMap(({ key }) => (key >= PAIR ? [key] : []))
  return {
    distinct,
    rarity: distinct.map((id) => index.idfOf(id)),
    pairs: new Map(keys.map((key) => [key, index.idfOf(key)])),
    order: ids.map((id) => placeOf.get(id) ?? -1),
  }
}
