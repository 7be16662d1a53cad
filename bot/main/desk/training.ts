/** Quizzes in the console. */
import type { ConsoleRoute } from '../../../adapters/console/route.ts'
import { trainingRoutes } from '../../../adapters/console/training.ts'
import { ROOT } from '../../../adapters/quiz-page/page.ts'
import { appendAudit } from '../../../adapters/storage/audit-store.ts'
import { loadQuizzes } from '../../../knowledge/quizzes.ts'
import type { Parts } from '../parts.ts'

/** @returns the routes of quizzes. */
export function trainingOf({ store, config, options, quizLaws, guideTitles }: Parts): readonly ConsoleRoute[] {
  return trainingRoutes({
    ...{ store, quizzes: loadQuizzes(), mark: config.quiz.passPercent, page: ROOT, laws: quizLaws },
    titles: (guides) => guides.flatMap((id) => guideTitles.get(id) ?? []),
    audited: (action, subject, detail, by) => store.write((tx) => appendAudit(tx, { actor: by, action, subject, detail }, options.clock())),
  })
}
