/** Every guide: what must be looked at again first, then all of them by name. */
import { useState } from 'preact/hooks'
import { Link, useLocation } from 'wouter-preact'
import type { GuideKind } from '../../../../knowledge/schema.ts'
import type { GuideRow, GuidesView } from '../../shelf-contract.ts'
import { folded } from '../folded.ts'
import { useHouse, useMay } from '../house.ts'
import { Ask } from '../parts/dialog.tsx'
import { Empty, Page, When } from '../parts/page.tsx'
import { Badge, Select, TextField } from '../parts/small.tsx'
import { useLoaded } from '../use.ts'
import { GUIDE_KIND_NAMES, GUIDES } from '../words-shelf.ts'
import { EMPTY_GUIDE } from './forms.ts'
import { ShelfTabs } from './tabs.tsx'

export function GuidesPage() {
  const loaded = useLoaded<GuidesView>('/guides')
  const mayEdit = useMay('knowledge.edit')
  // Whoever comes from a question without an answer brings it along.
  const question = (history.state as { readonly question?: string } | null)?.question
  const [adding, setAdding] = useState(question !== undefined)
  const add = mayEdit && (
    <button type="button" class="button strong" aria-haspopup="dialog" onClick={() => setAdding(true)}>
      {GUIDES.add}
    </button>
  )
  return (
    <Page title={GUIDES.title} lead={GUIDES.lead} actions={add}>
      <ShelfTabs />
      <When loaded={loaded}>{({ guides }) => <Lists guides={guides} />}</When>
      {adding && <New question={question} onClose={() => setAdding(false)} />}
    </Page>
  )
}

function Lists({ guides }: { readonly guides: readonly GuideRow[] }) {
  const [words, setWords] = useState('')
  const touched = guides.filter((one) => one.touched.length > 0)
  const matching = guides.filter(({ title }) => folded(title).includes(folded(words)))
  return (
    <>
      {touched.length > 0 && (
        <section class="card">
          <h2>{GUIDES.toLook}</h2>
          <p class="hint">{GUIDES.toLookLead}</p>
          <ul class="stack">
            {touched.map((one) => (
              <GuideLine key={one.id} guide={one} whole />
            ))}
          </ul>
        </section>
      )}
      <section class="card">
        <h2>{GUIDES.all(guides.length)}</h2>
        <TextField label={GUIDES.filter} value={words} onValue={setWords} />
        <div role="status">{matching.length === 0 && <Empty>{GUIDES.none}</Empty>}</div>
        <ul class="stack">
          {matching.map((one) => (
            <GuideLine key={one.id} guide={one} />
          ))}
        </ul>
      </section>
    </>
  )
}

function GuideLine({ guide: { id, title, kind, state, touched, open }, whole = false }: { readonly guide: GuideRow; readonly whole?: boolean }) {
  return (
    <li>
      <Link href={`/guides/${id}`} class="tall">
        {title}
      </Link>{' '}
      <span class="hint">{GUIDE_KIND_NAMES[kind]}</span>{' '}
      {state !== 'base' && <Badge tone={state === 'hidden' ? 'warn' : 'brand'}>{GUIDES.states[state]}</Badge>}{' '}
      {open && <Badge tone="staff">{GUIDES.writing}</Badge>}
      {whole &&
        touched.map((why) => (
          <p key={why} class="warn">
            {why}
          </p>
        ))}
    </li>
  )
}

function New({ question, onClose }: { readonly question: string | undefined; readonly onClose: () => void }) {
  const { api } = useHouse()
  const [, go] = useLocation()
  const [title, setTitle] = useState('')
  const [id, setId] = useState('')
  const [kind, setKind] = useState<GuideKind>('consumer')
  const work = async () => {
    const content = { ...EMPTY_GUIDE, kind, title: title.trim(), tries: question ? [question] : [] }
    const begun = await api.ask<{ readonly id: string }>('POST', '/edits', { kind: 'guide', key: id || idOf(title), content, fresh: true })
    go(`/edits/${begun.id}`)
  }
  return (
    <Ask title={GUIDES.newTitle} lead={GUIDES.newLead} submit={GUIDES.begin} onClose={onClose} work={work} ready={title.trim() !== ''}>
      <TextField label={GUIDES.name} hint={GUIDES.nameHint} value={title} onValue={setTitle} required />
      <TextField label={GUIDES.id} hint={GUIDES.idHint} value={id || idOf(title)} onValue={setId} required />
      <Select label={GUIDES.kind} value={kind} onValue={(value) => setKind(value as GuideKind)}>
        {Object.entries(GUIDE_KIND_NAMES).map(([one, name]) => (
          <option key={one} value={one}>
            {name}
          </option>
        ))}
      </Select>
    </Ask>
  )
}

const LONGEST_ID = 80

/** @returns "dat-coc-mat-lien-lac" of a name. */
const idOf = (title: string): string =>
  folded(title)
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, LONGEST_ID)
