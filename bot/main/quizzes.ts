/** Quizzes of the running service: the page that is open to everybody, and its addresses. */
import { openLimits } from '../../adapters/http/limits.ts'
import { openBrowserNumbers } from '../../adapters/quiz-page/browser.ts'
import type { QuizDoorParts } from '../../adapters/quiz-page/door.ts'
import { placeOf, ROOT, SHOWN } from '../../adapters/quiz-page/page.ts'
import { loadCommunes } from '../../knowledge/communes.ts'
import { loadQuizzes } from '../../knowledge/quizzes.ts'
import type { QuizLinks } from '../conversation/deciding.ts'
import { fault, type Parts } from './parts.ts'

/** @returns what the page works with. */
export function quizDoorParts(parts: Parts): QuizDoorParts {
  const { config, store, key, options, quizLaws, guideTitles } = parts
  return {
    ...{
      store,
      quizzes: loadQuizzes(),
      communes: loadCommunes(),
      browsers: openBrowserNumbers(key),
      limiter: openLimits(config.limits, options.clock),
    },
    ...{ clock: options.clock, mark: config.quiz.passPercent, keptDays: config.quiz.keptDays, publicUrl: config.publicUrl, laws: quizLaws },
    titles: (guides) => guides.flatMap((id) => guideTitles.get(id) ?? []),
    fault: fault(parts, 'quiz'),
  }
}

/** @returns addresses that can be sent; undefined where people cannot reach this service from outside. */
export function quizLinks(publicUrl: string | undefined): QuizLinks | undefined {
  if (publicUrl === undefined) return undefined
  const base = publicUrl.replace(/\/+$/, '')
  const shown = [...loadQuizzes().values()].filter(({ audience }) => SHOWN.includes(audience))
  return { all: `${base}${ROOT}`, each: shown.map(({ id, title, audience }) => ({ title, audience, address: `${base}${placeOf.quiz(id)}` })) }
}
