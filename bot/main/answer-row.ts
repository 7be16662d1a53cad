/** An Outcome as one row of JSON: the form that `ask --json`, `--jsonl` and outside checks read. */
import type { Citation } from '../../knowledge/cite.ts'
import type { Day } from '../../knowledge/validity.ts'
import type { Outcome } from '../answer/outcome.ts'
import { renderText } from '../answer/render.ts'

/** @returns `{id?, status, text, citations, choices}`; a document known by number only has `"kind":"document"` and no article. */
export function answerRow(outcome: Outcome, asOf: Day, id?: string) {
  return {
    ...(id === undefined ? {} : { id }),
    status: outcome.kind,
    text: renderText(outcome, asOf),
    citations: outcome.citations.map(citationRow),
    choices: outcome.choices,
  }
}

/** @returns one citation as checks read it. */
export function citationRow(citation: Citation) {
  const { document, article, clause, point } = citation.pointer
  return {
    ...(citation.kind === 'document' ? { kind: 'document' } : {}),
    document,
    ...(article ? { article } : {}),
    ...(clause ? { clause } : {}),
    ...(point ? { point } : {}),
    title: citation.title,
    inForceFrom: citation.inForceFrom,
    inForceTo: citation.inForceTo,
    ...(citation.caveat ? { caveat: citation.caveat } : {}),
    ...(citation.verbatim ? { verbatim: citation.verbatim } : {}),
    ...(citation.restatementInDoubt ? { restatementInDoubt: true } : {}),
  }
}
