/** Quizzes: one's own, who has passed what, what the open page was used for, and the questions that wait to be looked through. */
import { useState } from 'preact/hooks'
import { Link } from 'wouter-preact'
import type { QuizStanding, QuizView, ReviewView, TrainedView, TrainingFigures, TrainingView } from '../../training-contract.ts'
import { queryOf } from '../api.ts'
import { wholeMomentOf } from '../format.ts'
import { useMay } from '../house.ts'
import { Empty, Page, When } from '../parts/page.tsx'
import { ChoosePeriod, type Period, thisYear } from '../parts/period.tsx'
import { Badge, type Tone } from '../parts/small.tsx'
import { SectionView } from '../report/figures.tsx'
import { useLoaded } from '../use.ts'
import { TRAINING, TRAINING_FOR } from '../words-training.ts'

export function TrainingPage() {
  const loaded = useLoaded<TrainingView>('/training')
  const [sees, counts, looks] = [useMay('training.read'), useMay('report.read'), useMay('knowledge.read')]
  return (
    <Page title={TRAINING.title} {...(loaded.data ? { lead: TRAINING.lead(loaded.data.mark) } : {})} wide>
      <When loaded={loaded}>{(view) => <Mine view={view} />}</When>
      {sees && <People />}
      {counts && <Figures />}
      {looks && <Review />}
    </Page>
  )
}

function Mine({ view: { quizzes, page } }: { readonly view: TrainingView }) {
  const own = quizzes.filter(({ audience }) => audience === 'officer')
  const others = quizzes.filter(({ audience }) => audience !== 'officer')
  return (
    <>
      <section aria-labelledby="training-mine">
        <h2 id="training-mine">{TRAINING.mine}</h2>
        <Cards quizzes={own} />
      </section>
      <details>
        <summary>
          {TRAINING_FOR.seller}, {TRAINING_FOR.consumer.toLowerCase()}
        </summary>
        <p class="hint">
          {TRAINING.others} <a href={page}>{TRAINING.page}</a>
        </p>
        <Cards quizzes={others} />
      </details>
    </>
  )
}

function Cards({ quizzes }: { readonly quizzes: readonly QuizView[] }) {
  return (
    <ul class="cards quizzes">
      {quizzes.map((quiz) => (
        <li key={quiz.id} class="card">
          <h3>{quiz.title}</h3>
          <p class="hint">{quiz.about}</p>
          <p class="marks">
            <Stands standing={quiz.mine} />
            {quiz.mine?.passedAt != null && <span class="hint">{TRAINING.passedOn(dayOf(quiz.mine.passedAt))}</span>}
          </p>
          {quiz.mine && <p class="hint">{TRAINING.best(quiz.mine.best, quiz.mine.total, quiz.mine.attempts)}</p>}
          {quiz.mine?.passedBefore && <p class="hint">{TRAINING.againWhy}</p>}
          <Take quiz={quiz} />
        </li>
      ))}
    </ul>
  )
}

const dayOf = (at: number): string => wholeMomentOf(at).replace(/^.*?(\d{1,2}\/\d{1,2}\/\d{4}).*$/, '$1')

function Take({ quiz: { id, title, questions, open, mine, goingOn } }: { readonly quiz: QuizView }) {
  if (!open) return <p class="warn">{TRAINING.closed}</p>
  const words = goingOn ? TRAINING.goOn : mine ? TRAINING.retake : TRAINING.take
  return (
    <p class="buttons">
      <Link href={`/training/${id}`} class={mine?.passedAt ? 'button' : 'button strong'} aria-label={TRAINING.of(words, title)}>
        {words}
      </Link>
      <span class="hint">{TRAINING.questions(questions)}</span>
    </p>
  )
}

/** In words, not by colour alone. */
function Stands({ standing }: { readonly standing: QuizStanding | null }) {
  const [tone, words]: readonly [Tone, string] =
    standing === null
      ? ['plain', TRAINING.notTaken]
      : standing.passedAt !== null
        ? ['good', TRAINING.passed]
        : standing.passedBefore
          ? ['warn', TRAINING.again]
          : ['warn', TRAINING.notPassed]
  return <Badge tone={tone}>{words}</Badge>
}

function People() {
  const loaded = useLoaded<TrainedView>('/training/people')
  return (
    <section class="card" aria-labelledby="training-people">
      <h2 id="training-people">{TRAINING.people}</h2>
      <When loaded={loaded}>{(view) => (view.people.length === 0 ? <Empty>{TRAINING.peopleNone}</Empty> : <PeopleTable view={view} />)}</When>
    </section>
  )
}

function PeopleTable({ view: { quizzes, people, trained } }: { readonly view: TrainedView }) {
  return (
    <>
      <p class="counts">{TRAINING.peopleLead(trained, people.length)}</p>
      <table class="table stacked">
        <thead>
          <tr>
            <th scope="col">{TRAINING.officer}</th>
            {quizzes.map(({ id, title }) => (
              <th key={id} scope="col">
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {people.map(({ id, name, standings }) => (
            <tr key={id}>
              <th scope="row">{name}</th>
              {standings.map((standing, i) => (
                <td key={quizzes[i]?.id} data-label={quizzes[i]?.title}>
                  <Stands standing={standing} /> {standing && `${standing.best}/${standing.total}`}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <p class="hint">{TRAINING.plan}</p>
    </>
  )
}

function Figures() {
  const [period, setPeriod] = useState<Period>(() => thisYear(Date.now()))
  return (
    <section class="card" aria-labelledby="training-figures">
      <h2 id="training-figures">{TRAINING.figures}</h2>
      <p class="hint">{TRAINING.figuresLead}</p>
      <ChoosePeriod period={period} onPeriod={setPeriod} words={TRAINING} csv="/training/attempts.csv" />
      <Counted key={queryOf({ ...period })} period={period} />
    </section>
  )
}

function Counted({ period }: { readonly period: Period }) {
  const loaded = useLoaded<TrainingFigures>(`/training/figures${queryOf({ ...period })}`)
  return <When loaded={loaded}>{(section) => <SectionView section={section} />}</When>
}

function Review() {
  const loaded = useLoaded<ReviewView>('/training/review')
  const { reviewColumns: columns } = TRAINING
  return (
    <section class="card" aria-labelledby="training-review">
      <h2 id="training-review">{TRAINING.review}</h2>
      <When loaded={loaded}>
        {({ rows }) =>
          rows.length === 0 ? (
            <Empty>{TRAINING.reviewNone}</Empty>
          ) : (
            <>
              <p class="hint">{TRAINING.reviewLead}</p>
              <table class="table stacked">
                <thead>
                  <tr>
                    {Object.values(columns).map((name) => (
                      <th key={name} scope="col">
                        {name}
                      </th>
                    ))}
                  </tr>
                </thead>
                <tbody>
                  {rows.map(({ quiz, ask, words, pointer }) => (
                    <tr key={`${quiz} ${ask}`}>
                      <th scope="row">{quiz}</th>
                      <td data-label={columns.ask}>{ask}</td>
                      <td data-label={columns.why}>{words}</td>
                      <td data-label={columns.pointer}>{pointer}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </>
          )
        }
      </When>
    </section>
  )
}
