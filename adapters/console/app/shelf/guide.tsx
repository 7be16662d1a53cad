/** One guide as it is answered from, and every version that the office has written of it. */
import { useState } from 'preact/hooks'
import { Link, useLocation } from 'wouter-preact'
import type { EditLine, GuideView } from '../../shelf-contract.ts'
import { dayOf } from '../format.ts'
import { useHouse, useMay } from '../house.ts'
import { Ask } from '../parts/dialog.tsx'
import { Page, Trouble, When } from '../parts/page.tsx'
import { Badge } from '../parts/small.tsx'
import { useDeed, useLoaded } from '../use.ts'
import { EDIT_STATE_NAMES, EDITOR, GUIDE, GUIDE_KIND_NAMES } from '../words-shelf.ts'
import { PARTS } from './forms.ts'
import { ShelfTabs } from './tabs.tsx'

export function GuidePage({ id }: { readonly id: string }) {
  const loaded = useLoaded<GuideView>(`/guides/${encodeURIComponent(id)}`)
  return (
    <Page title={loaded.data?.content.title ?? id} actions={loaded.data && <Deeds guide={loaded.data} />}>
      <ShelfTabs />
      <When loaded={loaded}>
        {(guide) => (
          <>
            <Whole guide={guide} />
            <History guide={guide} reload={loaded.reload} />
          </>
        )}
      </When>
    </Page>
  )
}

function Deeds({ guide: { id, content, open } }: { readonly guide: GuideView }) {
  const { api, say } = useHouse()
  const [, go] = useLocation()
  const mayEdit = useMay('knowledge.edit')
  const [hiding, setHiding] = useState(false)
  const deed = useDeed()
  const begin = async (written: object | null) => {
    const begun = await api.ask<{ readonly id: string; readonly began: boolean }>('POST', '/edits', { kind: 'guide', key: id, content: written })
    if (!begun.began) say(EDITOR.goesOn)
    go(`/edits/${begun.id}`)
  }
  if (open)
    return (
      <Link href={`/edits/${open}`} class="button strong">
        {GUIDE.goOn}
      </Link>
    )
  if (!mayEdit) return null
  return (
    <div class="buttons">
      <Trouble text={deed.trouble} />
      <button type="button" class="button strong" disabled={deed.busy} onClick={() => void deed.run(() => begin(content))}>
        {GUIDE.edit}
      </button>
      <button type="button" class="button" aria-haspopup="dialog" onClick={() => setHiding(true)}>
        {GUIDE.hide}
      </button>
      {hiding && (
        <Ask title={GUIDE.hideTitle} lead={GUIDE.hideLead} submit={GUIDE.hide} onClose={() => setHiding(false)} work={() => begin(null)} urgent />
      )}
    </div>
  )
}

function Whole({ guide: { content, citations } }: { readonly guide: GuideView }) {
  const named = new Map(citations.map(({ pointer, text }) => [pointer, text]))
  return (
    <section class="card">
      <p class="hint">{GUIDE_KIND_NAMES[content.kind]}</p>
      {PARTS.filter((part) => content[part].length > 0).map((part) => (
        <div key={part}>
          <h2>{EDITOR.parts[part][0]}</h2>
          <ul class="stack">
            {content[part].map(({ text, cites }) => (
              <li key={text}>
                {text}
                {cites.length > 0 && <span class="hint"> ({cites.map((pointer) => named.get(pointer) ?? pointer).join('; ')})</span>}
              </li>
            ))}
          </ul>
        </div>
      ))}
      <List title={EDITOR.evidence} lines={content.evidence} />
      <List title={EDITOR.questions} lines={content.questions} />
    </section>
  )
}

function List({ title, lines }: { readonly title: string; readonly lines: readonly string[] }) {
  if (lines.length === 0) return null
  return (
    <div>
      <h2>{title}</h2>
      <ul class="stack">
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </div>
  )
}

function History({ guide: { history }, reload }: { readonly guide: GuideView; readonly reload: () => Promise<void> }) {
  return (
    <section class="card">
      <h2>{GUIDE.history}</h2>
      {history.length === 0 && <p class="hint">{GUIDE.noHistory}</p>}
      <ul class="stack">
        {history.map((one) => (
          <Version key={one.id} edit={one} reload={reload} />
        ))}
      </ul>
    </section>
  )
}

function Version({ edit, reload }: { readonly edit: EditLine; readonly reload: () => Promise<void> }) {
  const { id, state, writtenBy, writtenAt, approvedBy, approvedAt } = edit
  return (
    <li>
      <p>
        <Badge tone={state === 'live' ? 'good' : 'plain'}>{EDIT_STATE_NAMES[state]}</Badge>{' '}
        <Link href={`/edits/${id}`}>{GUIDE.by(writtenBy, dayOf(writtenAt))}</Link>
        {approvedBy && approvedAt !== null && <span class="hint"> {GUIDE.approved(approvedBy, dayOf(approvedAt))}</span>}
      </p>
      <Going edit={edit} reload={reload} />
    </li>
  )
}

/** Going back to a former version, or to what ships. */
export function Going({ edit, reload }: { readonly edit: EditLine; readonly reload: () => Promise<void> }) {
  const { api, say } = useHouse()
  const may = useMay('knowledge.approve')
  const [asking, setAsking] = useState(false)
  const how = edit.state === 'live' ? BACK.live : edit.state === 'past' && edit.approvedBy !== null ? BACK.past : undefined
  if (!may || !how) return null
  const work = async () => {
    await api.ask('POST', `/edits/${edit.id}/${how.path}`, { revision: edit.revision })
    say(GUIDE.done)
    await reload()
  }
  return (
    <>
      <button type="button" class="button" aria-haspopup="dialog" onClick={() => setAsking(true)}>
        {how.label}
      </button>
      {asking && <Ask title={how.title} lead={how.lead} submit={how.label} onClose={() => setAsking(false)} work={work} urgent />}
    </>
  )
}

const BACK = {
  live: { path: 'take-back', label: GUIDE.takeBack, title: GUIDE.takeBackTitle, lead: GUIDE.takeBackLead },
  past: { path: 'restore', label: GUIDE.restore, title: GUIDE.restoreTitle, lead: GUIDE.restoreLead },
} as const
