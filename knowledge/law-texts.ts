/** The law's own words, where an operator has them at hand: used only to check our restatements, never shown. */
import { readFileSync } from 'node:fs'

/** Article texts by "document#article". */
export type LawTexts = ReadonlyMap<string, string>

/** Behind whom a document was sent to stand its forms, in some copies glued to the last article. */
const SENT_TO = /\nNơi nhận:[ \t]*(?:\n|$)/u

/** Reads a JSONL file of `{doc_no, dieu, text}`; throws when a line is not JSON. */
export function readLawTexts(file: string): LawTexts {
  const texts = new Map<string, string>()
  for (const line of readFileSync(file, 'utf8').split('\n')) {
    if (line === '') continue
    const row = JSON.parse(line) as { doc_no: string; dieu: string | number; text: string }
    texts.set(`${row.doc_no}#${String(row.dieu).toLowerCase()}`, row.text.normalize('NFC').split(SENT_TO)[0] as string)
  }
  return texts
}

/** @returns the clauses ("1. …") of an article's text by number. */
export function clausesOf(text: string): Map<string, string> {
  const clauses = new Map<string, string>()
  let current: string | undefined
  for (const line of text.split('\n')) {
    const head = line.trim().match(/^(\d+[a-zđ]?)\.\s/u)
    if (head?.[1]) {
      current = head[1]
      clauses.set(current, line)
    } else if (current) clauses.set(current, `${clauses.get(current)}\n${line}`)
  }
  return clauses
}
