/** The law that quizzes rest on, as the assistant's library has it. */
import { loadQuizzes } from '../../knowledge/quizzes.ts'
import { type Day, dayInVietnam } from '../../knowledge/validity.ts'
import { type LawStandings, pointersOf } from '../quiz/offer.ts'
import type { Answerer } from './answerer.ts'

/** How long what was looked up is good: a published law shows after a minute at the latest. */
const FRESH_MS = 60_000

interface Looked {
  readonly day: Day
  readonly at: number
  readonly laws: Promise<LawStandings>
}

/** @returns what asks the library for every clause that quizzes rest on, at most once a minute and anew each day. Rejects while the library is not open. */
export function openQuizLaws(answerer: Pick<Answerer, 'look'>): (now: number) => Promise<LawStandings> {
  const pointers = pointersOf(loadQuizzes().values())
  let looked: Looked | undefined
  return (now) => {
    const day = dayInVietnam(new Date(now))
    if (looked?.day === day && Math.abs(now - looked.at) < FRESH_MS) return looked.laws
    const laws = answerer.look({ kind: 'cite', pointers, day }).then((found) => new Map(found.map((one) => [one.pointer, one])))
    looked = { day, at: now, laws }
    // What could not be looked up is asked again at once.
    laws.catch(() => {
      looked = undefined
    })
    return laws
  }
}
