/** Asks one evaluation question and keeps everything that figures are made of. */
import { dayInVietnam } from '../../knowledge/validity.ts'
import { foundAmong, rankedArticles } from '../../retrieval/evaluate/recall.ts'
import type { Row } from '../../retrieval/evaluate/rows.ts'
import { judge, type Verdict } from '../../retrieval/evaluate/score.ts'
import { answer } from '../answer/answer.ts'
import type { Outcome } from '../answer/outcome.ts'
import { outsideOdds } from '../answer/select.ts'
import type { Asked, Tools } from '../answer/turn.ts'
import { answerRow } from './answer-row.ts'
import { answersAmong, articlesOf, asServed, sources, withoutScams } from './as-served.ts'

/** How many places of the ranking are looked at. */
export const RECALL_AT = [1, 5, 10] as const

export interface Judged {
  readonly row: Row
  readonly verdict: Verdict
  readonly status: string
  /** The first citations, for whoever reads failures. */
  readonly basis: string
  /** Probability that the first source answers, and whether it does. */
  readonly probability: number
  readonly firstRight: boolean
  /** The threshold on the probability up to which it is answered: 0 where none lets it be, 1 where every one does. */
  readonly score: number
  /** Whether an article that would be right is among the first 1, 5, 10 provisions that search found. */
  readonly recalled: readonly boolean[]
}

/** @returns what the assistant makes of `question`, a way of typing the question of `row`. */
export async function askRow(tools: Tools, row: Row, question: string): Promise<Judged> {
  const asked: Asked = { text: question, asOf: row.asOf ?? dayInVietnam(new Date()), ...(row.audience ? { audience: row.audience } : {}) }
  const { outcome, score } = await answeredUpTo(asked, tools)
  const given = answerRow(outcome, asked.asOf)
  return { row, verdict: judge(given, row.expect), status: given.status, basis: basisOf(given), score, ...(await searched(asked, row, tools)) }
}

function basisOf({ citations }: ReturnType<typeof answerRow>): string {
  const paths = citations.map((c) => `${c.document}#${[c.article, c.clause, c.point].filter(Boolean).join('.')}`)
  return paths.slice(0, 4).join(' ')
}

/** The outcome as a person gets it, and the threshold up to which it would still be an answer: found by answering once more as if quite sure or not at all. */
async function answeredUpTo(asked: Asked, tools: Tools): Promise<{ outcome: Outcome; score: number }> {
  let weighed: number | undefined
  const weighing: Tools['confidence'] = (found, said, odds) => {
    weighed = tools.confidence(found, said, odds)
    return weighed
  }
  const outcome = await answer(asked, { ...tools, confidence: weighing })
  const answered = outcome.kind === 'answered'
  const otherwise = weighed === undefined ? outcome : await answer(asked, { ...tools, confidence: () => (answered ? 0 : 1) })
  const stays = (otherwise.kind === 'answered') === answered
  return { outcome, score: stays ? Number(answered) : (weighed ?? 0) }
}

async function searched(asked: Asked, row: Row, tools: Tools): Promise<Pick<Judged, 'probability' | 'firstRight' | 'recalled'>> {
  const { library } = tools
  const draft = await asServed(tools, asked)
  const wanted = row.expect.anyOf.map((e) => `${e.document}#${e.article}`)
  const provisions = sources(library, draft.found).filter((f) => f.kind === 'provision')
  const articles = rankedArticles(
    provisions.map((f) => f.id),
    (id) => articlesOf(library, id),
  )
  return {
    probability: tools.confidence(withoutScams(library, draft.found), draft.saidField !== undefined, outsideOdds(library, draft.query)),
    firstRight: answersAmong(library, draft.found, wanted),
    recalled: RECALL_AT.map((k) => foundAmong(articles, row.expect, k)),
  }
}
