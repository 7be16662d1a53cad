/** Writing, trying and approving one guide or one entry of the glossary. */
import { useEffect, useMemo, useState } from 'preact/hooks'
import { Link, useLocation } from 'wouter-preact'
import type { GuideContent, WordContent } from '../../../../knowledge/edits.ts'
import type { Audience, GuideKind } from '../../../../knowledge/schema.ts'
import type { EditView } from '../../shelf-contract.ts'
import { dayOf } from '../format.ts'
import { useHouse, useMay } from '../house.ts'
import { Ask } from '../parts/dialog.tsx'
import { Page, Trouble, When } from '../parts/page.tsx'
import { Area, Badge, Select, TextField } from '../parts/small.tsx'
import { useDeed, useLoaded } from '../use.ts'
import { AUDIENCE_NAMES, EDIT_STATE_NAMES, EDITOR, EDITS, GUIDE, GUIDE_KIND_NAMES, TOPIC_NAMES } from '../words-shelf.ts'
import { Difference } from './difference.tsx'
import { asLines, linesIn, PARTS, withoutEmpty } from './forms.ts'
import { Going } from './guide.tsx'
import { Sentences } from './sentences.tsx'
import { ShelfTabs } from './tabs.tsx'
import { TrialPanel } from './trial.tsx'

export function EditPage({ id }: { readonly id: string }) {
  const loaded = useLoaded<EditView>(`/edits/${encodeURIComponent(id)}`)
  return (
    <Page title={loaded.data?.title ?? EDITS.title}>
      <ShelfTabs />
      <When loaded={loaded}>{(edit) => <Editing key={edit.id} edit={edit} reload={loaded.reload} />}</When>
    </Page>
  )
}

interface EditingProps {
  readonly edit: EditView
  readonly reload: () => Promise<void>
}

function Editing({ edit: newest, reload }: EditingProps) {
  // What is being written on stays as it was loaded: nothing that comes meanwhile may take it out of somebody's hands.
  const [edit, setEdit] = useState(newest)
  const [changed, setChanged] = useState(false)
  useEffect(() => {
    if (!changed) setEdit(newest)
  }, [newest, changed])
  useWarning(changed)
  const open = edit.state === 'draft' || edit.state === 'asked'
  const mayWrite = useMay('knowledge.edit') && open
  const saved = async () => {
    await reload()
    setChanged(false)
  }
  return (
    <>
      <Standing edit={edit} />
      {open && !changed && <Difference edit={edit} />}
      {edit.content === null ? (
        <p class="warn">{EDITOR.removes}</p>
      ) : (
        <Form key={edit.revision} edit={edit} mayWrite={mayWrite} onChanged={() => setChanged(true)} onSaved={saved} />
      )}
      {changed && <p class="warn">{newest.revision === edit.revision ? EDITOR.unsaved : EDITOR.newer}</p>}
      {open && !changed && <Faults edit={edit} />}
      {(open || edit.trial) && <TrialPanel edit={edit} reload={reload} may={mayWrite && edit.faults.length === 0 && !changed} />}
      {open ? !changed && <Next edit={edit} reload={reload} /> : <Going edit={edit} reload={reload} />}
    </>
  )
}

/** Whoever leaves the page with something unsaved is asked by the browser. */
function useWarning(changed: boolean): void {
  useEffect(() => {
    if (!changed) return
    const ask = (event: Event) => event.preventDefault()
    addEventListener('beforeunload', ask)
    return () => removeEventListener('beforeunload', ask)
  }, [changed])
}

function Standing({ edit }: { readonly edit: EditView }) {
  const { state, note, kind, key, writtenBy, writtenAt, replaces } = edit
  return (
    <>
      <p>
        <Badge tone={state === 'asked' ? 'warn' : state === 'live' ? 'good' : 'plain'}>{EDIT_STATE_NAMES[state]}</Badge>{' '}
        <span class="hint">
          {EDITS.kinds[kind]}, {GUIDE.by(writtenBy, dayOf(writtenAt))}
        </span>
      </p>
      <p class="hint">
        <code>{key}</code>. {replaces ? EDITOR.replaces : EDITOR.addition}{' '}
        {replaces && kind === 'guide' && <Link href={`/guides/${key}`}>{EDITOR.seeLive}</Link>}
      </p>
      {state === 'draft' && note !== '' && <p class="warn">{EDITOR.returned(note)}</p>}
    </>
  )
}

function Faults({ edit: { faults, kind, content } }: { readonly edit: EditView }) {
  if (faults.length === 0) return <p class="hint">{EDITOR.sound[content === null ? 'removal' : kind]}</p>
  return (
    <section class="card" aria-label={EDITOR.faults}>
      <h2>{EDITOR.faults}</h2>
      <ul class="stack">
        {faults.map((fault) => (
          <li key={fault} class="warn">
            {fault}
          </li>
        ))}
      </ul>
    </section>
  )
}

interface FormProps {
  readonly edit: EditView
  readonly mayWrite: boolean
  readonly onChanged: () => void
  readonly onSaved: () => Promise<void>
}

function Form({ edit, mayWrite, onChanged, onSaved }: FormProps) {
  const { api, say } = useHouse()
  const [content, setContent] = useState(edit.content as GuideContent | WordContent)
  const deed = useDeed()
  const change = (next: GuideContent | WordContent) => {
    setContent(next)
    onChanged()
  }
  const save = async (event: Event) => {
    event.preventDefault()
    const kept = 'title' in content ? withoutEmpty(content) : content
    const saved = await deed.run(() => api.ask('PUT', `/edits/${edit.id}`, { revision: edit.revision, content: kept }))
    if (!saved) return
    say(EDITOR.saved)
    await onSaved()
  }
  return (
    <form class="form" onSubmit={save}>
      <fieldset class="bare" disabled={!mayWrite}>
        {'title' in content ? <GuideFields {...{ edit, content }} onContent={change} /> : <WordFields content={content} onContent={change} />}
      </fieldset>
      <Trouble text={deed.trouble} />
      {mayWrite && (
        <div class="buttons">
          <button type="submit" class="button strong" disabled={deed.busy}>
            {EDITOR.save}
          </button>
        </div>
      )}
    </form>
  )
}

function WordFields({ content, onContent }: { readonly content: WordContent; readonly onContent: (content: WordContent) => void }) {
  const [legal, setLegal] = useState(asLines(content.legal))
  const [everyday, setEveryday] = useState(asLines(content.everyday))
  const both = (law: string, people: string) => onContent({ legal: linesIn(law), everyday: linesIn(people) })
  const onLegal = (text: string) => {
    setLegal(text)
    both(text, everyday)
  }
  const onEveryday = (text: string) => {
    setEveryday(text)
    both(legal, text)
  }
  return (
    <>
      <Area label={EDITOR.legal} hint={EDITOR.legalHint} value={legal} onValue={onLegal} rows={3} required />
      <Area label={EDITOR.everyday} hint={EDITOR.everydayHint} value={everyday} onValue={onEveryday} rows={5} required />
    </>
  )
}

interface GuideFieldsProps {
  readonly edit: EditView
  readonly content: GuideContent
  readonly onContent: (content: GuideContent) => void
}

function GuideFields({ edit, content, onContent }: GuideFieldsProps) {
  const [picked, setPicked] = useState<readonly (readonly [string, string])[]>([])
  const labels = useMemo(() => new Map([...edit.citations.map(({ pointer, text }) => [pointer, text] as const), ...picked]), [edit.citations, picked])
  const set = (change: Partial<GuideContent>) => onContent({ ...content, ...change })
  return (
    <>
      <p class="hint">{EDITOR.lead}</p>
      <TextField label={EDITOR.name} value={content.title} onValue={(title) => set({ title })} required />
      <Select label={EDITOR.kind} value={content.kind} onValue={(kind) => set({ kind: kind as GuideKind })}>
        {Object.entries(GUIDE_KIND_NAMES).map(([kind, name]) => (
          <option key={kind} value={kind}>
            {name}
          </option>
        ))}
      </Select>
      <Checks
        label={EDITOR.audience}
        names={AUDIENCE_NAMES}
        chosen={content.audience}
        onChosen={(audience) => set({ audience: audience as Audience[] })}
      />
      {PARTS.map((part) => (
        <Sentences
          key={part}
          part={part}
          list={content[part]}
          onList={(list) => set({ [part]: list })}
          labels={labels}
          onPicked={({ pointer, text }) => setPicked([...picked, [pointer, text]])}
        />
      ))}
      <Lines label={EDITOR.evidence} hint={EDITOR.perLine} list={content.evidence} onList={(evidence) => set({ evidence })} />
      <Lines label={EDITOR.questions} hint={EDITOR.questionsHint} list={content.questions} onList={(questions) => set({ questions })} />
      <Lines label={EDITOR.tries} hint={EDITOR.triesHint} list={content.tries} onList={(tries) => set({ tries })} />
      <details>
        <summary>{EDITOR.topics}</summary>
        <Checks
          label={EDITOR.topicsHint}
          names={TOPIC_NAMES}
          chosen={content.topics}
          onChosen={(topics) => set({ topics: topics as GuideContent['topics'] })}
        />
      </details>
    </>
  )
}

interface LinesProps {
  readonly label: string
  readonly hint: string
  readonly list: readonly string[]
  readonly onList: (list: string[]) => void
}

/** What is typed stays as it is typed: an empty line that is about to be filled is no fault. */
function Lines({ label, hint, list, onList }: LinesProps) {
  const [text, setText] = useState(asLines(list))
  const typed = (next: string) => {
    setText(next)
    onList(linesIn(next))
  }
  return <Area label={label} hint={hint} value={text} onValue={typed} rows={Math.min(10, Math.max(3, list.length + 1))} />
}

interface ChecksProps {
  readonly label: string
  readonly names: Readonly<Record<string, string>>
  readonly chosen: readonly string[]
  readonly onChosen: (chosen: string[]) => void
}

function Checks({ label, names, chosen, onChosen }: ChecksProps) {
  const toggle = (one: string) => onChosen(chosen.includes(one) ? chosen.filter((other) => other !== one) : [...chosen, one])
  return (
    <fieldset class="checks">
      <legend>{label}</legend>
      {Object.entries(names).map(([one, name]) => (
        <label key={one} class="check">
          <input type="checkbox" checked={chosen.includes(one)} onChange={() => toggle(one)} />
          {name}
        </label>
      ))}
    </fieldset>
  )
}

// ── what comes next ─────────────────────────────────────────────────────────────────────────────

type Asking = 'drop' | 'return' | 'approve' | undefined

function Next({ edit, reload }: EditingProps) {
  const { api, say } = useHouse()
  const [, go] = useLocation()
  const [mayEdit, mayApprove] = [useMay('knowledge.edit'), useMay('knowledge.approve')]
  const [asking, setAsking] = useState<Asking>()
  const deed = useDeed()
  const act = (path: string, note = '') => api.ask('POST', `/edits/${edit.id}/${path}`, { revision: edit.revision, ...(note === '' ? {} : { note }) })
  const ask = () =>
    deed.run(async () => {
      await act('ask')
      say(EDITOR.asked)
      await reload()
    })
  const decides = mayApprove && edit.state === 'asked'
  return (
    <section>
      <Trouble text={deed.trouble} />
      {decides && !edit.mayApprove && <p class="hint">{EDITOR.notMine}</p>}
      <div class="buttons">
        {mayEdit && edit.state === 'draft' && (
          <button type="button" class="button strong" disabled={deed.busy || !edit.tried || edit.faults.length > 0} onClick={() => void ask()}>
            {EDITOR.ask}
          </button>
        )}
        {decides && edit.mayApprove && (
          <button type="button" class="button strong" aria-haspopup="dialog" onClick={() => setAsking('approve')}>
            {EDITOR.approve}
          </button>
        )}
        {decides && (
          <button type="button" class="button" aria-haspopup="dialog" onClick={() => setAsking('return')}>
            {EDITOR.return}
          </button>
        )}
        {mayEdit && (
          <button type="button" class="button" aria-haspopup="dialog" onClick={() => setAsking('drop')}>
            {EDITOR.drop}
          </button>
        )}
      </div>
      <Asked {...{ asking, act, reload, say }} onClose={() => setAsking(undefined)} onDropped={() => go('/edits')} />
    </section>
  )
}

interface AskedProps {
  readonly asking: Asking
  readonly act: (path: string, note?: string) => Promise<unknown>
  readonly reload: () => Promise<void>
  readonly say: (words: string) => void
  readonly onClose: () => void
  readonly onDropped: () => void
}

function Asked({ asking, act, reload, say, onClose, onDropped }: AskedProps) {
  const [note, setNote] = useState('')
  const approve = async () => {
    await act('approve')
    say(EDIT_STATE_NAMES.live)
    await reload()
  }
  const sendBack = async () => {
    await act('return', note.trim())
    await reload()
  }
  const drop = async () => {
    await act('drop')
    onDropped()
  }
  switch (asking) {
    case 'approve':
      return <Ask title={EDITOR.approveTitle} lead={EDITOR.approveLead} submit={EDITOR.approve} onClose={onClose} work={approve} />
    case 'return':
      return (
        <Ask title={EDITOR.returnTitle} submit={EDITOR.return} onClose={onClose} work={sendBack} ready={note.trim() !== ''}>
          <Area label={EDITOR.note} value={note} onValue={setNote} rows={3} max={500} required />
        </Ask>
      )
    case 'drop':
      return <Ask title={EDITOR.dropTitle} lead={EDITOR.dropLead} submit={EDITOR.drop} onClose={onClose} work={drop} urgent />
    case undefined:
      return null
  }
}
