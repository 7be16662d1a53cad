/** One warning: its words, what it rests on, who does what with it next, and all that happened to it. */
import type { ComponentChildren } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import type { WarningContent } from '../../../../bot/warning/content.ts'
import type { WarningEvent } from '../../../../bot/warning/life.ts'
import type { TricksView, WarningView } from '../../warnings-contract.ts'
import { queryOf } from '../api.ts'
import { momentOf } from '../format.ts'
import { useHouse } from '../house.ts'
import { Ask } from '../parts/dialog.tsx'
import { Icon } from '../parts/icons.tsx'
import { Page, Trouble, When } from '../parts/page.tsx'
import { Area, Citations, Select, TextField } from '../parts/small.tsx'
import { useDeed, useLoaded, useNow } from '../use.ts'
import { WARNING_STEP, WARNINGS } from '../words-warnings.ts'
import { Sending, WarningBadge } from './warnings.tsx'

const TITLE_MAX = 150
const OPENING_MAX = 1_500

export function WarningPage({ id }: { readonly id: string }) {
  const loaded = useLoaded<WarningView>(`/warnings/${id}`)
  return (
    <Page title={loaded.data?.title ?? WARNINGS.title}>
      <When loaded={loaded}>{(view) => <One view={view} reload={loaded.reload} />}</When>
    </Page>
  )
}

interface OneProps {
  readonly view: WarningView
  readonly reload: () => Promise<void>
}

function One({ view, reload }: OneProps) {
  const [words, setWords] = useState(() => wordsOf(view.content))
  // What somebody else saved meanwhile is shown, unless something here is unsaved.
  const [base, setBase] = useState(view)
  const unsaved = JSON.stringify(contentOf(words)) !== JSON.stringify(base.content)
  useEffect(() => {
    if (view.version === base.version || unsaved) return
    setBase(view)
    setWords(wordsOf(view.content))
  }, [view, base, unsaved])
  // Who decides about it reads it first.
  const [writing, setWriting] = useState(view.status === 'draft')
  const mayEdit = view.may.includes('edit')
  return (
    <>
      <Standing view={view} />
      {mayEdit && (writing || unsaved) ? (
        <Edit view={view} version={base.version} words={words} onWords={setWords} content={contentOf(words)} onSaved={reload} onBase={setBase} />
      ) : (
        <Read content={view.content}>
          {mayEdit && (
            <div class="buttons">
              <button type="button" class="button" onClick={() => setWriting(true)}>
                {WARNINGS.edit}
              </button>
            </div>
          )}
        </Read>
      )}
      <Figures view={view} />
      <Deeds view={view} unsaved={unsaved} reload={reload} />
      <History view={view} />
    </>
  )
}

function Standing({ view }: { readonly view: WarningView }) {
  return (
    <section class="card">
      <p>
        <WarningBadge warning={view} />
      </p>
      {view.address !== null && (
        <p>
          <a href={view.address} target="_blank" rel="noreferrer" class="tall">
            {WARNINGS.open}
          </a>
        </p>
      )}
      {view.firstShownAt !== null && (
        <>
          <h2>{WARNINGS.sending}</h2>
          <Sending counts={view.sending} />
        </>
      )}
    </section>
  )
}

/** As it stands in the fields: lists are one thing a line. */
interface Words {
  readonly title: string
  readonly opening: string
  readonly signs: string
  readonly steps: string
  readonly report: string
  readonly endsOn: string
  readonly scam: WarningContent['scam']
  readonly law: WarningContent['law']
}

function wordsOf({ title, opening, signs, steps, report, endsOn, scam, law }: WarningContent): Words {
  return { title, opening, signs: signs.join('\n'), steps: steps.join('\n'), report: report.join('\n'), endsOn: endsOn ?? '', scam, law }
}

function contentOf({ title, opening, signs, steps, report, endsOn, scam, law }: Words): WarningContent {
  const lines = (text: string) =>
    text
      .split('\n')
      .map((line) => line.trim())
      .filter(Boolean)
  return { title, opening, signs: lines(signs), steps: lines(steps), report: lines(report), law, scam, endsOn: endsOn === '' ? null : endsOn }
}

interface EditProps {
  readonly view: WarningView
  readonly version: number
  readonly words: Words
  readonly content: WarningContent
  readonly onWords: (words: Words) => void
  readonly onSaved: () => Promise<void>
  readonly onBase: (view: WarningView) => void
}

function Edit({ view, version, words, content, onWords, onSaved, onBase }: EditProps) {
  const { api, say } = useHouse()
  const deed = useDeed()
  const set = (name: Exclude<keyof Words, 'law' | 'scam'>) => (value: string) => onWords({ ...words, [name]: value })
  const save = (event: Event) => {
    event.preventDefault()
    void deed.run(async () => {
      await api.ask('PUT', `/warnings/${view.id}`, { version, content })
      const next = await api.get<WarningView>(`/warnings/${view.id}`)
      onBase(next)
      onWords(wordsOf(next.content))
      say(view.status === 'waiting' || view.status === 'published' ? WARNINGS.savedDraft : WARNINGS.saved)
      await onSaved()
    })
  }
  return (
    <form class="card form" onSubmit={save}>
      <Along scam={words.scam} onContent={(next) => onWords({ ...wordsOf(next), endsOn: words.endsOn })} />
      <TextField label={WARNINGS.name} value={words.title} onValue={set('title')} maxLength={TITLE_MAX} required />
      <Area label={WARNINGS.opening} hint={WARNINGS.openingHint} value={words.opening} onValue={set('opening')} max={OPENING_MAX} rows={4} />
      <Area label={WARNINGS.signs} hint={WARNINGS.perLine} value={words.signs} onValue={set('signs')} rows={6} />
      <Area label={WARNINGS.steps} hint={WARNINGS.perLine} value={words.steps} onValue={set('steps')} rows={6} />
      <Area label={WARNINGS.report} hint={WARNINGS.perLine} value={words.report} onValue={set('report')} rows={3} />
      <Law law={words.law} onLaw={(law) => onWords({ ...words, law })} />
      <TextField label={WARNINGS.ends} type="date" value={words.endsOn} onValue={set('endsOn')} />
      <Trouble text={deed.trouble} />
      <div class="buttons">
        <button type="submit" class="button strong" disabled={deed.busy}>
          {WARNINGS.save}
        </button>
      </div>
    </form>
  )
}

/** The words of the library take the place of those in the fields; nothing is saved by that. */
function Along({ scam, onContent }: { readonly scam: WarningContent['scam']; readonly onContent: (content: WarningContent) => void }) {
  const { api } = useHouse()
  const deed = useDeed()
  const loaded = useLoaded<TricksView>('/warnings/tricks')
  const [chosen, setChosen] = useState(scam ?? '')
  const fetch = () => deed.run(async () => onContent(await api.get<WarningContent>(`/warnings/along${queryOf({ scam: chosen })}`)))
  return (
    <When loaded={loaded}>
      {({ tricks }) => (
        <>
          <Select label={WARNINGS.along} hint={WARNINGS.alongHint} value={chosen} onValue={setChosen}>
            <option value="">{WARNINGS.nothing}</option>
            {tricks.map(({ id, title }) => (
              <option key={id} value={id}>
                {title}
              </option>
            ))}
          </Select>
          {chosen !== '' && chosen !== scam && (
            <div class="buttons">
              <button type="button" class="button" disabled={deed.busy} onClick={fetch}>
                {WARNINGS.take}
              </button>
            </div>
          )}
          <Trouble text={deed.trouble} />
        </>
      )}
    </When>
  )
}

/** Legal sentences come from the library whole; an officer keeps or drops them. */
function Law({ law, onLaw }: { readonly law: WarningContent['law']; readonly onLaw: (law: WarningContent['law']) => void }) {
  if (law.length === 0) return null
  return (
    <div>
      <h2>{WARNINGS.law}</h2>
      <p class="hint">{WARNINGS.lawHint}</p>
      <ul class="chips" aria-label={WARNINGS.law}>
        {law.map((one) => (
          <li key={one.text} class="chip">
            <span>{one.text}</span>
            <button type="button" class="round" aria-label={WARNINGS.drop(one.text)} onClick={() => onLaw(law.filter((other) => other !== one))}>
              <Icon name="close" />
            </button>
          </li>
        ))}
      </ul>
    </div>
  )
}

interface ReadProps {
  readonly content: WarningContent
  readonly children: ComponentChildren
}

function Read({ content: { opening, signs, steps, report, law }, children }: ReadProps) {
  const lists = [
    [WARNINGS.signs, signs],
    [WARNINGS.steps, steps],
    [WARNINGS.report, report],
    [WARNINGS.law, law.map(({ text }) => text)],
  ] as const
  return (
    <section class="card">
      <p class="message-text">{opening}</p>
      {lists.map(
        ([name, lines]) =>
          lines.length > 0 && (
            <div key={name}>
              <h2>{name}</h2>
              <ul class="stack">
                {lines.map((line) => (
                  <li key={line}>{line}</li>
                ))}
              </ul>
            </div>
          ),
      )}
      {children}
    </section>
  )
}

function Figures({ view }: { readonly view: WarningView }) {
  return (
    <section class="card">
      <h2>{WARNINGS.figures}</h2>
      <p>{view.figuresSaid === '' ? WARNINGS.noFigures : view.figuresSaid}</p>
      {view.cases > 0 && <p class="hint">{WARNINGS.cases(view.cases, view.agreed)}</p>}
      <p class="hint">{WARNINGS.figuresHint}</p>
      {view.citations.length > 0 && (
        <>
          <h2>{WARNINGS.basis}</h2>
          <Citations list={view.citations} label={WARNINGS.basis} />
        </>
      )}
    </section>
  )
}

const PATH: Readonly<Partial<Record<WarningEvent, string>>> = { ask: 'ask', approve: 'approve', send_back: 'send-back', withdraw: 'withdraw' }
const SAID: Readonly<Partial<Record<WarningEvent, string>>> = {
  ...{ ask: WARNINGS.asked, approve: WARNINGS.approved, send_back: WARNINGS.sentBack, withdraw: WARNINGS.withdrawn },
}

function Deeds({ view, unsaved, reload }: OneProps & { readonly unsaved: boolean }) {
  const { api, say } = useHouse()
  const deed = useDeed()
  const [asking, setAsking] = useState<WarningEvent>()
  const does = async (event: WarningEvent, more: object = {}) => {
    await api.ask('POST', `/warnings/${view.id}/${PATH[event] ?? ''}`, { version: view.version, ...more }).finally(reload)
    say(SAID[event] ?? '')
  }
  const button = (event: WarningEvent, label: string, strong: boolean) =>
    view.may.includes(event) && (
      <button type="button" class={strong ? 'button strong' : 'button'} aria-haspopup="dialog" onClick={() => setAsking(event)}>
        {label}
      </button>
    )
  return (
    <section class="card">
      {view.ownWords && <p class="warn">{WARNINGS.ownWords}</p>}
      {unsaved && <p class="warn">{WARNINGS.unsaved}</p>}
      <div class="buttons">
        {view.may.includes('ask') && (
          <button type="button" class="button strong" disabled={unsaved || deed.busy} onClick={() => deed.run(() => does('ask'))}>
            {WARNINGS.ask}
          </button>
        )}
        {button('approve', WARNINGS.approve, true)}
        {button('send_back', WARNINGS.sendBack, false)}
        {button('withdraw', WARNINGS.withdraw, false)}
      </div>
      <Trouble text={deed.trouble} />
      {asking && <AskDeed event={asking} does={does} onClose={() => setAsking(undefined)} />}
    </section>
  )
}

interface AskDeedProps {
  readonly event: WarningEvent
  readonly does: (event: WarningEvent, more?: object) => Promise<void>
  readonly onClose: () => void
}

function AskDeed({ event, does, onClose }: AskDeedProps) {
  const [reason, setReason] = useState('')
  if (event === 'approve')
    return <Ask title={WARNINGS.approve} lead={WARNINGS.approveLead} submit={WARNINGS.approve} onClose={onClose} work={() => does('approve')} />
  const withdraw = event === 'withdraw'
  return (
    <Ask
      title={withdraw ? WARNINGS.withdraw : WARNINGS.sendBack}
      lead={withdraw ? WARNINGS.withdrawLead : WARNINGS.sendBackLead}
      submit={withdraw ? WARNINGS.withdraw : WARNINGS.sendBack}
      onClose={onClose}
      work={() => does(event, { reason })}
      ready={reason.trim() !== ''}
      urgent={withdraw}
    >
      <Area label={WARNINGS.reason} value={reason} onValue={setReason} rows={3} max={500} required />
    </Ask>
  )
}

function History({ view: { steps } }: { readonly view: WarningView }) {
  const now = useNow()
  return (
    <section class="card">
      <h2>{WARNINGS.history}</h2>
      <ul class="stack">
        {steps.map(({ at, by, kind, reason }) => (
          <li key={`${at}-${kind}`}>
            {by}: {WARNING_STEP[kind]}, {momentOf(at, now)}
            {reason !== '' && <p class="hint">{reason}</p>}
          </li>
        ))}
      </ul>
    </section>
  )
}
