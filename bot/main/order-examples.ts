/** What the order of the shelf is fitted on: development questions with the candidates that were found for them, and which of these answer. */
import { parsePointer } from '../../knowledge/citation.ts'
import type { Library } from '../../knowledge/library.ts'
import { dayInVietnam } from '../../knowledge/validity.ts'
import type { Candidate } from '../../retrieval/engine.ts'
import type { Row } from '../../retrieval/evaluate/rows.ts'
import { fitListwise } from '../../retrieval/rerank/listwise.ts'
import { SHELF_FEATURES } from '../../retrieval/rerank/shelf-features.ts'
import type { Ranking } from '../../retrieval/rerank/trees.ts'
import { holdsOn } from '../answer/find.ts'
import { asServed } from './as-served.ts'
import type { Assistant } from './assistant.ts'
import { waysToAsk } from './fit-examples.ts'
import { FOLDS } from './fit-folds.ts'

/** A question, its candidates as the order sees them, and 1 for each that answers it. */
export interface Judged {
  /** The number of its row, the same for all ways of typing it. */
  readonly question: number
  readonly rows: Float32Array
  readonly labels: readonly number[]
}

/** @returns the questions of `rows` that the shelf answers, in every way they are typed; those whose answer hangs on a day and scams are left out: no search decides them. */
export async function judgedQuestions(assistant: Assistant, rows: readonly Row[], shorthand: ReadonlyMap<string, string>): Promise<Judged[]> {
  const all: Judged[] = []
  for (const [question, row] of rows.entries()) {
    if (row.slice === 'dates' || row.slice === 'scam' || row.expect.anyOf.length === 0) continue
    for (const way of waysToAsk(row, shorthand)) all.push(await judgedWay(assistant, row, way, question))
  }
  return all
}

async function judgedWay({ library, tools, engine }: Assistant, row: Row, text: string, question: number): Promise<Judged> {
  const asOf = row.asOf ?? dayInVietnam(new Date())
  const draft = await asServed(tools, { text, asOf, ...(row.audience ? { audience: row.audience } : {}) })
  const allowed = (id: string, kind: Candidate['kind']) => [asOf, draft.eventDay].some((day) => holdsOn(library, id, kind, day))
  const { candidates, rows } = await engine.judged(draft.query, allowed, { audience: draft.audience, day: draft.eventDay })
  return { question, rows, labels: candidates.map(({ id }) => (answers(library, id, row.expect.anyOf) ? 1 : 0)) }
}

/** Whether an entry is one of the wanted clauses (of the wanted article, where no clause is named), or a guide whose direct reply rests on one. */
function answers(library: Library, id: string, wanted: Row['expect']['anyOf']): boolean {
  const guide = library.guides.get(id)
  const pointers = guide ? guide.answer.flatMap((s) => s.cites) : library.provisions.has(id) ? [parsePointer(id)] : []
  const matches = (want: Row['expect']['anyOf'][number]) =>
    pointers.some((p) => p.document === want.document && p.article === want.article && (!want.clause || !p.clause || want.clause === p.clause))
  return wanted.some(matches)
}

/** @returns weights fitted on all questions but those of one part (without `part`: on all). */
export function orderWithout(dev: readonly Judged[], part?: number, kept: (name: string) => boolean = () => true): Float64Array {
  const seen = dev.filter(({ question }) => question % FOLDS !== part)
  const name = (column: number) => SHELF_FEATURES[column] ?? ''
  return fitListwise(rankingOf(seen), { kept: (column) => kept(name(column)), rising: (column) => isLikeness(name(column)) })
}

/**
 * Whether a feature is a likeness with the everyday questions of a candidate. Among few hundred questions likenesses that rise together may be fitted against
 * each other, and then the guide that asks the very question of the person falls behind: such a likeness never speaks against a candidate.
 */
const isLikeness = (name: string) => /^question(?!Length)/.test(name)

function rankingOf(questions: readonly Judged[]): Ranking {
  const features = new Float32Array(questions.reduce((sum, { rows }) => sum + rows.length, 0))
  const groups = [0]
  let at = 0
  for (const { rows, labels } of questions) {
    features.set(rows, at)
    at += rows.length
    groups.push((groups.at(-1) ?? 0) + labels.length)
  }
  return {
    width: SHELF_FEATURES.length,
    features,
    labels: Uint8Array.from(questions.flatMap(({ labels }) => labels)),
    groups: Uint32Array.from(groups),
  }
}
