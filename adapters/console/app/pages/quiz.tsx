/** One way through a quiz: a question, what is said of the answer, and at the end what to read again. */
import { useEffect, useRef, useState } from 'preact/hooks'
import { Link } from 'wouter-preact'
import type { AttemptView, GroundView, VerdictView } from '../../training-contract.ts'
import { useHouse } from '../house.ts'
import { Page, Trouble } from '../parts/page.tsx'
import { useDeed } from '../use.ts'
import { COMMON } from '../words.ts'
import { TRAINING } from '../words-training.ts'

export function QuizPage({ quiz }: { readonly quiz: string }) {
  const { api } = useHouse()
  const [view, setView] = useState<AttemptView>()
  const beginning = useDeed()
  const begin = async () => {
    setView(undefined)
    await beginning.run(async () => setView(await api.ask<AttemptView>('POST', `/training/${quiz}/attempts`)))
  }
  useEffect(() => void begin(), [quiz])
  return (
    <Page title={view?.title ?? TRAINING.title} actions={<Back />}>
      <Trouble text={beginning.trouble} again={begin} />
      {view === undefined && !beginning.trouble && <p class="loading">{COMMON.loading}</p>}
      {view && <Way key={view.id} view={view} onView={setView} onAgain={begin} />}
    </Page>
  )
}

function Back() {
  return (
    <Link href="/training" class="button">
      {TRAINING.back}
    </Link>
  )
}

interface WayProps {
  readonly view: AttemptView
  readonly onView: (view: AttemptView) => void
  readonly onAgain: () => Promise<void>
}

/** `read`: what is said of so many answers has been read. */
function Way({ view, onView, onAgain }: WayProps) {
  const [read, setRead] = useState(view.verdicts.length)
  const unread = view.verdicts[read]
  const at = unread ? read + 1 : Math.min(view.of, view.verdicts.length + 1)
  return (
    <>
      {(unread || view.question) && (
        <p class="counts">
          {TRAINING.progress(at, view.of)}{' '}
          <progress class="quiz-progress" value={view.verdicts.length} max={view.of} aria-label={TRAINING.progress(at, view.of)} />
        </p>
      )}
      {unread ? (
        <Said verdict={unread} isLast={view.question === null} onNext={() => setRead(read + 1)} />
      ) : view.question ? (
        <Ask key={view.question.id} view={view} onView={onView} />
      ) : (
        <End view={view} onAgain={onAgain} />
      )}
    </>
  )
}

/** The heading of what comes next takes the focus, so that it is read out. */
function useFocused<T extends HTMLElement>() {
  const ref = useRef<T>(null)
  useEffect(() => ref.current?.focus(), [])
  return ref
}

function Ask({ view: { id, question }, onView }: Omit<WayProps, 'onAgain'>) {
  const { api } = useHouse()
  const [place, setPlace] = useState<number>()
  const [unchosen, setUnchosen] = useState(false)
  const deed = useDeed()
  const legend = useFocused<HTMLLegendElement>()
  if (!question) return null
  const submit = (event: Event) => {
    event.preventDefault()
    setUnchosen(place === undefined)
    if (place === undefined) return
    void deed.run(async () => onView(await api.ask<AttemptView>('POST', `/training/attempts/${id}/answers`, { question: question.id, place })))
  }
  return (
    <form class="form" onSubmit={submit} noValidate>
      <fieldset class="choices quiz-ask">
        <legend ref={legend} tabIndex={-1}>
          {question.ask}
        </legend>
        {question.answers.map((words, i) => (
          <label key={words} class="choice quiz-choice">
            <input type="radio" name="place" checked={place === i} onChange={() => setPlace(i)} />
            <span>{words}</span>
          </label>
        ))}
      </fieldset>
      <Trouble text={unchosen && place === undefined ? TRAINING.choose : deed.trouble} />
      <div class="buttons">
        <button type="submit" class="button strong" disabled={deed.busy}>
          {TRAINING.answer}
        </button>
      </div>
    </form>
  )
}

interface SaidProps {
  readonly verdict: VerdictView
  readonly isLast: boolean
  readonly onNext: () => void
}

function Said({ verdict, isLast, onNext }: SaidProps) {
  const head = useFocused<HTMLHeadingElement>()
  const { right, ask, answers, chosen, rightOne, why, because, grounds } = verdict
  return (
    <section class="card">
      <h2 ref={head} tabIndex={-1} class={right ? 'good' : 'warn'}>
        {right ? '✓' : '✗'} {right ? TRAINING.right : TRAINING.wrong}
      </h2>
      <p>
        <b>{ask}</b>
      </p>
      <dl class="facts">
        <Fact name={TRAINING.yours} words={answers[chosen]} />
        {!right && <Fact name={TRAINING.why} words={why} />}
        {!right && <Fact name={TRAINING.theRight} words={answers[rightOne]} />}
        <Fact name={TRAINING.because} words={because} />
      </dl>
      <Grounds grounds={grounds} />
      <div class="buttons">
        <button type="button" class="button strong" onClick={onNext}>
          {isLast ? TRAINING.toResult : TRAINING.next}
        </button>
      </div>
    </section>
  )
}

function Fact({ name, words }: { readonly name: string; readonly words: string | undefined }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{words}</dd>
    </div>
  )
}

function Grounds({ grounds }: { readonly grounds: readonly GroundView[] }) {
  return (
    <ul class="citations" aria-label={TRAINING.grounds}>
      {grounds.map(({ pointer, text, note, restatement }) => (
        <li key={pointer}>
          <details>
            <summary>
              {text}
              {note && <span class="citation-note"> ({note})</span>}
            </summary>
            <p class="hint">{TRAINING.restated}:</p>
            <p class="quiz-law">{restatement}</p>
          </details>
        </li>
      ))}
    </ul>
  )
}

function End({ view: { result, mark, verdicts, guides }, onAgain }: Pick<WayProps, 'view' | 'onAgain'>) {
  const head = useFocused<HTMLHeadingElement>()
  const wrong = verdicts.filter(({ right }) => !right)
  if (!result) return null
  return (
    <section class="card">
      <h2 ref={head} tabIndex={-1} class={result.passed ? 'good' : 'warn'}>
        {result.passed ? '✓' : '✗'} {TRAINING.score(result.right, result.total)}{' '}
        {result.passed ? TRAINING.scorePassed(mark) : TRAINING.scoreFailed(mark)}
      </h2>
      {wrong.length === 0 ? <p>{TRAINING.allRight}</p> : <h3>{TRAINING.readAgain}</h3>}
      {wrong.map(({ id, ask, answers, rightOne, grounds }) => (
        <div key={id} class="stack">
          <p>
            <b>{ask}</b>
          </p>
          <p>
            {TRAINING.theRight}: {answers[rightOne]}
          </p>
          <Grounds grounds={grounds} />
        </div>
      ))}
      <h3>{TRAINING.guides}</h3>
      <ul class="picks">
        {guides.map((title) => (
          <li key={title}>{title}</li>
        ))}
      </ul>
      <div class="buttons">
        <button type="button" class="button strong" onClick={() => void onAgain()}>
          {TRAINING.retake}
        </button>
        <Back />
      </div>
    </section>
  )
}
