/** Documents that the office has taken in: list, upload, and what a reviewer must know of one version. */
import { useState } from 'preact/hooks'
import { Link, useLocation } from 'wouter-preact'
import type { DocumentsView, DocumentView, TakenInView } from '../../shelf-contract.ts'
import { queryOf } from '../api.ts'
import { dayOf } from '../format.ts'
import { useHouse, useMay } from '../house.ts'
import { Ask } from '../parts/dialog.tsx'
import { Empty, Page, When } from '../parts/page.tsx'
import { Badge, Field, TextField } from '../parts/small.tsx'
import { useLoaded } from '../use.ts'
import { DOCUMENTS } from '../words-shelf.ts'
import { ShelfTabs } from './tabs.tsx'

export function DocumentsPage() {
  const loaded = useLoaded<DocumentsView>('/documents')
  const mayAdd = useMay('knowledge.approve')
  const [adding, setAdding] = useState(false)
  const add = mayAdd && (
    <button type="button" class="button strong" aria-haspopup="dialog" onClick={() => setAdding(true)}>
      {DOCUMENTS.add}
    </button>
  )
  return (
    <Page title={DOCUMENTS.title} lead={DOCUMENTS.lead} actions={add}>
      <ShelfTabs />
      <When loaded={loaded}>{({ documents }) => (documents.length === 0 ? <Empty>{DOCUMENTS.empty}</Empty> : <Lines documents={documents} />)}</When>
      {adding && <Upload onClose={() => setAdding(false)} />}
    </Page>
  )
}

function Lines({ documents }: DocumentsView) {
  return (
    <ul class="cards">
      {documents.map(({ slug, number, title, published, versions }) => (
        <li key={slug} class="card">
          <h2>
            {number} <Badge tone={published ? 'good' : 'warn'}>{published ? DOCUMENTS.published : DOCUMENTS.notPublished}</Badge>
          </h2>
          {title && <p>{title}</p>}
          <ul class="stack">
            {versions.map(({ version, at, by }) => (
              <li key={version}>
                <Link href={addressOf(slug, version)} class="tall">
                  {DOCUMENTS.versionOf(dayOf(at), by)}
                </Link>{' '}
                {version === published && <Badge tone="good">{DOCUMENTS.published}</Badge>}
              </li>
            ))}
          </ul>
        </li>
      ))}
    </ul>
  )
}

const addressOf = (slug: string, version: string) => `/documents/${encodeURIComponent(slug)}/${encodeURIComponent(version)}`

function Upload({ onClose }: { readonly onClose: () => void }) {
  const { api, say } = useHouse()
  const [, go] = useLocation()
  const [file, setFile] = useState<File>()
  const [as, setAs] = useState('')
  const [from, setFrom] = useState('')
  const work = async () => {
    if (!file) return
    const taken = await api.upload<TakenInView>(`/documents${queryOf({ name: file.name, as: as.trim(), from })}`, file)
    say(taken.before ? DOCUMENTS.before : DOCUMENTS.taken)
    go(addressOf(taken.slug, taken.version))
  }
  return (
    <Ask title={DOCUMENTS.add} lead={DOCUMENTS.addLead} submit={DOCUMENTS.upload} onClose={onClose} work={work} ready={file !== undefined}>
      <Field label={DOCUMENTS.file}>
        {(ids) => (
          <input
            {...ids}
            class="input"
            type="file"
            accept=".docx,.pdf,.html,.htm,.txt,.md"
            required
            onChange={({ currentTarget }) => setFile(currentTarget.files?.[0] ?? undefined)}
          />
        )}
      </Field>
      <TextField label={DOCUMENTS.as} hint={DOCUMENTS.asHint} value={as} onValue={setAs} />
      <TextField label={DOCUMENTS.from} type="date" value={from} onValue={setFrom} />
    </Ask>
  )
}

export function DocumentPage({ slug, version }: { readonly slug: string; readonly version: string }) {
  const loaded = useLoaded<DocumentView>(addressOf(slug, version))
  return (
    <Page title={loaded.data?.number ?? slug} {...(loaded.data?.title ? { lead: loaded.data.title } : {})}>
      <ShelfTabs />
      <When loaded={loaded}>
        {(document) => (
          <>
            <Review document={document} />
            <Deeds document={document} reload={loaded.reload} />
          </>
        )}
      </When>
    </Page>
  )
}

function Review({ document }: { readonly document: DocumentView }) {
  const { issuer, issued, inForceFrom, file, counts, findings, citable, drifted, guides, changes, at, by } = document
  const head = [
    [DOCUMENTS.head.issuer, issuer],
    [DOCUMENTS.head.issued, issued && DOCUMENTS.dayOf(issued)],
    [DOCUMENTS.head.inForceFrom, inForceFrom && DOCUMENTS.dayOf(inForceFrom)],
    [DOCUMENTS.head.file, file],
  ] as const
  return (
    <section class="card">
      <h2>{DOCUMENTS.review}</h2>
      <p class="hint">{DOCUMENTS.versionOf(dayOf(at), by)}</p>
      <dl class="facts">
        {head.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value ?? DOCUMENTS.unknown}</dd>
          </div>
        ))}
      </dl>
      <p>{DOCUMENTS.counts(counts.articles, counts.highest, counts.clauses, counts.points, counts.appendices, counts.tables)}</p>
      {!citable && <p class="warn">{DOCUMENTS.notCitable}</p>}
      {findings.length === 0 ? <p>{DOCUMENTS.clean}</p> : <Findings findings={findings} />}
      {drifted.length > 0 && (
        <details>
          <summary>{DOCUMENTS.drifted(drifted.length)}</summary>
          <p>{drifted.join(', ')}</p>
        </details>
      )}
      {guides.length > 0 && (
        <>
          <h3>{DOCUMENTS.guides}</h3>
          <ul class="stack">
            {guides.map((title) => (
              <li key={title}>{title}</li>
            ))}
          </ul>
        </>
      )}
      {changes !== null && (
        <details>
          <summary>{DOCUMENTS.changes}</summary>
          <pre class="changes">{changes}</pre>
        </details>
      )}
    </section>
  )
}

const TONES = { stop: 'urgent', look: 'warn', note: 'plain' } as const

function Findings({ findings }: Pick<DocumentView, 'findings'>) {
  return (
    <ul class="stack">
      {findings.map(({ severity, text }) => (
        <li key={text}>
          <Badge tone={TONES[severity]}>{DOCUMENTS.severities[severity]}</Badge> {text}
        </li>
      ))}
    </ul>
  )
}

function Deeds({ document: { slug, version, published }, reload }: { readonly document: DocumentView; readonly reload: () => Promise<void> }) {
  const { api, say } = useHouse()
  const may = useMay('knowledge.approve')
  const [asking, setAsking] = useState<'publish' | 'back'>()
  const close = () => setAsking(undefined)
  const doing = (path: string, words: string) => async () => {
    await api.ask('POST', path, { seen: published })
    say(words)
    await reload()
  }
  if (!may) return null
  const root = `/documents/${encodeURIComponent(slug)}`
  return (
    <div class="buttons">
      {version !== published && (
        <button type="button" class="button strong" aria-haspopup="dialog" onClick={() => setAsking('publish')}>
          {DOCUMENTS.publish}
        </button>
      )}
      {version === published && (
        <button type="button" class="button" aria-haspopup="dialog" onClick={() => setAsking('back')}>
          {DOCUMENTS.takeBack}
        </button>
      )}
      {asking === 'publish' && (
        <Ask
          title={DOCUMENTS.publishTitle}
          lead={DOCUMENTS.publishLead}
          submit={DOCUMENTS.publish}
          onClose={close}
          work={doing(`${root}/${encodeURIComponent(version)}/publish`, DOCUMENTS.publishedNow)}
        />
      )}
      {asking === 'back' && (
        <Ask
          title={DOCUMENTS.takeBackTitle}
          lead={DOCUMENTS.takeBackLead}
          submit={DOCUMENTS.takeBack}
          onClose={close}
          work={doing(`${root}/take-back`, DOCUMENTS.takenBack)}
          urgent
        />
      )}
    </div>
  )
}
