/** One case, whole: what happened, who is competent, what is due, and what may be done now. */
import { Link } from 'wouter-preact'
import type { CaseView } from '../../contract.ts'
import { fileAddress } from '../api.ts'
import { Account } from '../case/account.tsx'
import { Agency } from '../case/agency.tsx'
import { CaseDeeds } from '../case/deeds.tsx'
import { Files } from '../case/files.tsx'
import { Fields, Missing } from '../chat/panel.tsx'
import { dayOf, wholeMomentOf } from '../format.ts'
import { useHouse, useMay } from '../house.ts'
import { Page, Trouble, When } from '../parts/page.tsx'
import { Badge, type Tone } from '../parts/small.tsx'
import { useDeed, useLoaded, useNow } from '../use.ts'
import { CASE, CASES, CLOCK_STATES, RESULT_NAMES } from '../words.ts'
import { CaseMarks, Due, isDue } from './cases.tsx'

export function CasePage({ number }: { readonly number: string }) {
  const loaded = useLoaded<CaseView>(`/cases/${encodeURIComponent(number)}`)
  return (
    <Page title={CASE.title(number)} wide>
      <When loaded={loaded}>{(view) => <Whole view={view} onChanged={loaded.reload} />}</When>
    </Page>
  )
}

export interface CaseProps {
  readonly view: CaseView
  readonly onChanged: () => Promise<void>
}

function Whole({ view, onChanged }: CaseProps) {
  return (
    <>
      <Summary view={view} />
      <CaseDeeds view={view} onChanged={onChanged} />
      <div class="columns">
        <div class="column">
          <section class="card">
            <h2>{CASE.story}</h2>
            <p class="message-text">{view.story}</p>
            <Fields list={view.filedBy === null ? view.fields : withoutOrigin(view.fields)} />
            <Missing list={view.missing} />
            <Account view={view} />
          </section>
          <Files view={view} onChanged={onChanged} />
          <Timeline view={view} />
        </div>
        <div class="column">
          <Clocks view={view} />
          <Agency view={view} onChanged={onChanged} />
          <Consents view={view} />
          <Handovers view={view} onChanged={onChanged} />
          <Papers view={view} />
        </div>
      </div>
    </>
  )
}

/** What an officer wrote down has no words of the person to stand on. */
const withoutOrigin = (fields: CaseView['fields']) => fields.map((field) => ({ ...field, from: '' }))

function Summary({ view }: { readonly view: CaseView }) {
  const now = useNow(60_000)
  return (
    <div class="summary">
      <p class="summary-issue">{view.issue}</p>
      <p class="summary-line">
        <Badge tone="brand">{view.statusWords}</Badge>
        {view.result && <Badge>{RESULT_NAMES[view.result]}</Badge>}
        <CaseMarks row={view} />
        {isDue(view) && (
          <span>
            {CASES.columns.due}: <Due row={view} now={now} />
          </span>
        )}
        {view.conversation && (
          <Link href={`/chats/${encodeURIComponent(view.conversation)}`} class="tall">
            {CASE.chat}
          </Link>
        )}
      </p>
      {view.hold && (
        <p class="warn">
          {CASE.hold(view.hold.by)} {view.hold.why}
        </p>
      )}
      {view.cluster && (
        <p>
          <Link href="/clusters" class="tall">
            {CASE.cluster(view.cluster.people, view.cluster.respondent)}
          </Link>
        </p>
      )}
      {view.satisfaction && (
        <p>
          {CASE.satisfaction}: <b>{view.satisfaction.satisfied ? CASE.satisfied : CASE.notSatisfied}</b>
          {view.satisfaction.why && ` – ${view.satisfaction.why}`}
        </p>
      )}
    </div>
  )
}

const CLOCK_TONES: Readonly<Record<CaseView['clocks'][number]['state'], Tone>> = { running: 'brand', late: 'urgent', kept: 'good', kept_late: 'warn' }

function Clocks({ view: { clocks } }: { readonly view: CaseView }) {
  if (clocks.length === 0) return null
  return (
    <section class="card">
      <h2>{CASE.clocks}</h2>
      <ul class="clocks">
        {clocks.map(({ what, due, state, words }) => (
          <li key={what}>
            <p>
              <b>{what}</b> <Badge tone={CLOCK_TONES[state]}>{CLOCK_STATES[state]}</Badge>
            </p>
            <p class="hint">{words || due}</p>
          </li>
        ))}
      </ul>
    </section>
  )
}

function Consents({ view: { consents } }: { readonly view: CaseView }) {
  return (
    <section class="card">
      <h2>{CASE.consents}</h2>
      <ul class="clocks">
        {consents.map(({ label, stands, at, version }) => (
          <li key={label}>
            <p>
              <Badge tone={stands ? 'good' : 'warn'}>{stands ? CASE.stands : CASE.withdrawn}</Badge> {label}
            </p>
            <p class="hint">
              {dayOf(at)} · {CASE.version(version)}
            </p>
          </li>
        ))}
      </ul>
    </section>
  )
}

function Timeline({ view: { timeline } }: { readonly view: CaseView }) {
  if (timeline.length === 0) return null
  return (
    <section class="card">
      <h2>{CASE.timeline}</h2>
      <ol class="timeline">
        {timeline.map(({ at, by, what, words, note }) => (
          <li key={`${at}-${what}`} class="timeline-row">
            <p>
              <b>{what}</b>
            </p>
            <p class="hint">
              <time dateTime={new Date(at).toISOString()}>{wholeMomentOf(at)}</time> · {by}
            </p>
            {words && <p class="message-text">{words}</p>}
            {note && <p class="hint">{note}</p>}
          </li>
        ))}
      </ol>
    </section>
  )
}

function Handovers({ view: { number, handovers }, onChanged }: CaseProps) {
  const { api, say } = useHouse()
  const deed = useDeed()
  const mayAct = useMay('case.act')
  if (handovers.length === 0) return null
  const retry = async () => {
    const { note } = await api.ask<{ readonly note?: string }>('POST', `/cases/${encodeURIComponent(number)}/retry`)
    say(note ?? CASE.retried)
    await onChanged()
  }
  return (
    <section class="card">
      <h2>{CASE.handovers}</h2>
      <ul class="clocks">
        {handovers.map(({ way, words, stopped }) => (
          <li key={way} class={stopped ? 'warn' : ''}>
            <b>{way}</b>: {words}
          </li>
        ))}
      </ul>
      <Trouble text={deed.trouble} />
      {mayAct && handovers.some(({ stopped }) => stopped) && (
        <button type="button" class="button" disabled={deed.busy} onClick={() => deed.run(retry)}>
          {CASE.retry}
        </button>
      )}
    </section>
  )
}

function Papers({ view: { number } }: { readonly view: CaseView }) {
  const at = (path: string) => fileAddress(`/cases/${encodeURIComponent(number)}/${path}`)
  return (
    <section class="card">
      <h2>{CASE.papers}</h2>
      <ul>
        <li>
          <a class="tall" href={at('letter.docx?what=don')} download>
            {CASE.letter}
          </a>
        </li>
        <li>
          <a class="tall" href={at('letter.docx?what=biennhan')} download>
            {CASE.receipt}
          </a>
        </li>
        <li>
          <a class="tall" href={at('dossier')} target="_blank" rel="noopener">
            {CASE.dossier}
          </a>
        </li>
      </ul>
    </section>
  )
}
