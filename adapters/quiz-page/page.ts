/** The pages of quizzes as text: no script runs on them, nothing is loaded, everything said is escaped. */
import { validity } from '../../bot/answer/render.ts'
import type { Result } from '../../bot/quiz/attempt.ts'
import type { LawStandings, OfferedQuiz } from '../../bot/quiz/offer.ts'
import type { Asked, Verdict } from '../../bot/quiz/verdict.ts'
import { AUDIENCE_NAME, QUIZ_PAGE, RESTATED } from '../../bot/wording/quiz.ts'
import type { Quiz, QuizAudience } from '../../knowledge/quizzes.ts'
import type { Day } from '../../knowledge/validity.ts'
import { escaped } from '../letter/page.ts'
import { QUIZ_STYLE } from './style.ts'

export const ROOT = '/trac-nghiem'
/** Whom the open page is for; officers take theirs in the console. */
export const SHOWN: readonly QuizAudience[] = ['seller', 'consumer']

/** Where the parts of a quiz stand. */
export const placeOf = {
  quiz: (quiz: string) => `${ROOT}/${encodeURIComponent(quiz)}`,
  attempt: (id: string) => `${ROOT}/luot/${encodeURIComponent(id)}`,
  question: (id: string, question: string) => `${ROOT}/luot/${encodeURIComponent(id)}/${encodeURIComponent(question)}`,
}

/** A page before it has its frame: what the tab is called, and its body, escaped already. */
export interface Leaf {
  readonly title: string
  readonly body: string
}

/** @returns the whole page. @param nonce allows exactly the style of this page */
export function framed({ title, body }: Leaf, nonce: string): string {
  return `<!doctype html>
<html lang="vi">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)} – ${QUIZ_PAGE.site}</title>
<style nonce="${escaped(nonce)}">${QUIZ_STYLE}</style>
</head>
<body>
<header><a href="/">${QUIZ_PAGE.home}</a></header>
<main>
${body}
</main>
<footer>${QUIZ_PAGE.notLegal}</footer>
</body>
</html>
`
}

/** @returns every quiz that is shown, by whom it is for. */
export function listPage(quizzes: readonly OfferedQuiz[]): Leaf {
  const shown = SHOWN.map((audience) => [audience, quizzes.filter(({ quiz }) => quiz.audience === audience)] as const).filter(
    ([, own]) => own.length > 0,
  )
  const sections = shown.map(([audience, own]) => `<h2>${AUDIENCE_NAME[audience]}</h2><ul>${own.map(listed).join('')}</ul>`)
  const body = sections.length === 0 ? `<p class="card">${QUIZ_PAGE.nothing}</p>` : sections.join('\n')
  return { title: QUIZ_PAGE.title, body: `<h1>${QUIZ_PAGE.title}</h1><p>${QUIZ_PAGE.lead}</p>${body}` }
}

function listed({ quiz, questions, open }: OfferedQuiz): string {
  const title = open ? `<a href="${placeOf.quiz(quiz.id)}">${escaped(quiz.title)}</a>` : `<b>${escaped(quiz.title)}</b>`
  return `<li class="card">${title}<p>${escaped(quiz.about)}</p><p class="soft">${open ? QUIZ_PAGE.count(questions.length) : QUIZ_PAGE.closed}</p></li>`
}

export interface StartPage {
  readonly mark: number
  readonly keptDays: number
  readonly communes: readonly string[]
}

/** @returns what a quiz is about, and the form that begins it. */
export function startPage({ quiz, questions, open }: OfferedQuiz, { mark, keptDays, communes }: StartPage): Leaf {
  const head = `<h1>${escaped(quiz.title)}</h1><p>${escaped(quiz.about)}</p>`
  if (!open) return { title: quiz.title, body: `${head}<p class="card">${QUIZ_PAGE.closed}</p>${toAll}` }
  const options = communes.map((name) => `<option>${escaped(name)}</option>`).join('')
  const form = `<form method="post" action="${placeOf.quiz(quiz.id)}">
<div class="field"><label for="commune">${QUIZ_PAGE.commune}</label>
<select id="commune" name="commune" aria-describedby="commune-hint"><option value="">${QUIZ_PAGE.noCommune}</option>${options}</select>
<p class="soft" id="commune-hint">${QUIZ_PAGE.communeHint}</p></div>
<button class="button">${QUIZ_PAGE.start}</button>
</form>`
  return {
    title: quiz.title,
    body: `${head}<p class="soft">${QUIZ_PAGE.count(questions.length)}. ${QUIZ_PAGE.counted(mark, keptDays)}</p>${form}${toAll}`,
  }
}

const toAll = `<p><a href="${ROOT}">${QUIZ_PAGE.all}</a></p>`

/** Where somebody is on their way through. */
export interface Way {
  readonly id: string
  readonly quiz: Quiz
  readonly at: number
  readonly of: number
}

/** @returns a question with its answers. @param unchosen nothing was chosen the last time */
export function questionPage(way: Way, { id, ask, answers }: Asked, unchosen: boolean): Leaf {
  const choices = answers.map(
    (words, place) =>
      `<label class="choice"><input type="radio" name="place" value="${place}" required${unchosen ? ' aria-describedby="unchosen"' : ''}><span>${escaped(words)}</span></label>`,
  )
  const trouble = unchosen ? `<p class="mark bad" id="unchosen" role="alert">${QUIZ_PAGE.choose}</p>` : ''
  return {
    title: `${QUIZ_PAGE.progress(way.at, way.of)}: ${way.quiz.title}`,
    body: `${steps(way, way.at - 1)}${trouble}<form method="post" action="${placeOf.attempt(way.id)}">
<input type="hidden" name="question" value="${escaped(id)}">
<fieldset><legend>${escaped(ask)}</legend>${choices.join('\n')}</fieldset>
<button class="button">${QUIZ_PAGE.answer}</button>
</form>`,
  }
}

/** @param done how many questions are answered */
function steps({ quiz, at, of }: Way, done: number): string {
  const said = QUIZ_PAGE.progress(at, of)
  return `<div class="steps"><h1>${escaped(quiz.title)}</h1><p>${said}</p><progress value="${done}" max="${of}" aria-label="${said}"></progress></div>`
}

/** What is said of the law, as it stands on `day`. */
export interface Grounds {
  readonly laws: LawStandings
  readonly day: Day
}

/** @returns whether an answer was right, why, and on what that rests. */
export function verdictPage(way: Way, verdict: Verdict, isLast: boolean, grounds: Grounds): Leaf {
  const { right, ask, answers, chosen, rightOne, why, because, cites } = verdict
  const head = right ? QUIZ_PAGE.right : QUIZ_PAGE.wrong
  const said = [
    [QUIZ_PAGE.yours, answers[chosen] ?? ''],
    ...(right
      ? []
      : [
          [QUIZ_PAGE.why, why],
          [QUIZ_PAGE.theRight, answers[rightOne] ?? ''],
        ]),
    [QUIZ_PAGE.because, because],
  ]
  return {
    title: `${head}: ${way.quiz.title}`,
    body: `${steps(way, way.at)}
<p class="mark ${right ? 'good' : 'bad'}" role="status">${right ? '✓' : '✗'} ${head}</p>
<h2>${escaped(ask)}</h2>
<dl>${said.map(([name, words]) => `<div><dt>${name}</dt><dd>${escaped(words ?? '')}</dd></div>`).join('')}
<div><dt>${QUIZ_PAGE.basis}</dt><dd>${lawList(cites, grounds)}</dd></div></dl>
<p><a class="button" href="${placeOf.attempt(way.id)}">${isLast ? QUIZ_PAGE.toResult : QUIZ_PAGE.next}</a></p>`,
  }
}

function lawList(cites: readonly string[], grounds: Grounds): string {
  return `<ul>${cites.map((pointer) => law(pointer, grounds)).join('')}</ul>`
}

function law(pointer: string, { laws, day }: Grounds): string {
  const citation = laws.get(pointer)?.citation
  if (!citation) return ''
  const notes = [validity(citation, day), ...(citation.caveat ? [citation.caveat] : [])].join(', ')
  return `<li class="law"><span>${escaped(citation.label)} <span class="soft">(${escaped(notes)})</span></span>
<details><summary>${QUIZ_PAGE.read}</summary><p class="soft">${RESTATED}:</p><p>${escaped(citation.restatement)}</p></details></li>`
}

export interface Ending {
  readonly quiz: Quiz
  readonly result: Result
  readonly mark: number
  readonly wrong: readonly Verdict[]
  /** Titles of the guides that are worth reading. */
  readonly guides: readonly string[]
}

/** @returns how it ended and what to read again. */
export function resultPage({ quiz, result, mark, wrong, guides }: Ending, grounds: Grounds): Leaf {
  const passed = result.passed ? QUIZ_PAGE.passed(mark) : QUIZ_PAGE.notPassed(mark)
  const again = wrong.map(
    ({ ask, answers, rightOne, cites }) =>
      `<li class="card"><b>${escaped(ask)}</b><p>${QUIZ_PAGE.theRight}: ${escaped(answers[rightOne] ?? '')}</p>${lawList(cites, grounds)}</li>`,
  )
  const asked = guides.map((title) => `<li><a href="/?hoi=${encodeURIComponent(title)}">${escaped(title)}</a></li>`)
  return {
    title: `${QUIZ_PAGE.result}: ${quiz.title}`,
    body: `<h1>${QUIZ_PAGE.result}: ${escaped(quiz.title)}</h1>
<p class="mark ${result.passed ? 'good' : 'bad'}" role="status"><span class="score">${QUIZ_PAGE.score(result.right, result.total)}</span><br>${result.passed ? '✓' : '✗'} ${passed}</p>
${again.length === 0 ? `<p>${QUIZ_PAGE.allRight}</p>` : `<h2>${QUIZ_PAGE.readAgain}</h2><ul>${again.join('')}</ul>`}
${asked.length === 0 ? '' : `<h2>${QUIZ_PAGE.guides}</h2><p class="soft">${QUIZ_PAGE.ask}</p><ul>${asked.join('')}</ul>`}
<p class="buttons"><a class="button" href="${placeOf.quiz(quiz.id)}">${QUIZ_PAGE.again}</a><a class="button quiet" href="${ROOT}">${QUIZ_PAGE.others}</a></p>`,
  }
}

/** @returns the page of something that went wrong, with the way back. */
export function troublePage(title: string, sentence: string): Leaf {
  return { title, body: `<h1>${escaped(title)}</h1><p class="card" role="alert">${escaped(sentence)}</p>${toAll}` }
}
