/** The glossary: words of the law beside words of people. */
import { useState } from 'preact/hooks'
import { Link, useLocation } from 'wouter-preact'
import type { WordRow, WordsView } from '../../shelf-contract.ts'
import { folded } from '../folded.ts'
import { useHouse, useMay } from '../house.ts'
import { Ask } from '../parts/dialog.tsx'
import { Page, When } from '../parts/page.tsx'
import { Area, Badge, TextField } from '../parts/small.tsx'
import { useDeed, useLoaded } from '../use.ts'
import { EDITOR, GUIDE, GUIDES, WORDS } from '../words-shelf.ts'
import { linesIn } from './forms.ts'
import { ShelfTabs } from './tabs.tsx'

export function WordsPage() {
  const loaded = useLoaded<WordsView>('/words')
  const mayEdit = useMay('knowledge.edit')
  const [adding, setAdding] = useState(false)
  const add = mayEdit && (
    <button type="button" class="button strong" aria-haspopup="dialog" onClick={() => setAdding(true)}>
      {WORDS.add}
    </button>
  )
  return (
    <Page title={WORDS.title} lead={WORDS.lead} actions={add}>
      <ShelfTabs />
      <When loaded={loaded}>{({ words }) => <Table words={words} mayEdit={mayEdit} />}</When>
      {adding && <New onClose={() => setAdding(false)} />}
    </Page>
  )
}

function Table({ words, mayEdit }: { readonly words: readonly WordRow[]; readonly mayEdit: boolean }) {
  const [filter, setFilter] = useState('')
  const matching = words.filter(({ content }) => folded([...content.legal, ...content.everyday].join(' ')).includes(folded(filter)))
  return (
    <section class="card">
      <TextField label={WORDS.filter} value={filter} onValue={setFilter} />
      <ul class="stack">
        {matching.map((row) => (
          <Line key={row.key} row={row} mayEdit={mayEdit} />
        ))}
      </ul>
    </section>
  )
}

function Line({ row: { key, content, state, open, live }, mayEdit }: { readonly row: WordRow; readonly mayEdit: boolean }) {
  const { api, say } = useHouse()
  const [, go] = useLocation()
  const deed = useDeed()
  const edit = () =>
    deed.run(async () => {
      const begun = await api.ask<{ readonly id: string; readonly began: boolean }>('POST', '/edits', { kind: 'word', key, content })
      if (!begun.began) say(EDITOR.goesOn)
      go(`/edits/${begun.id}`)
    })
  return (
    <li>
      <p>
        <strong>{content.legal.join(', ')}</strong> {state !== 'base' && <Badge tone="brand">{WORDS.states[state]}</Badge>}
      </p>
      <p>{content.everyday.join(', ')}</p>
      {live && (
        <Link href={`/edits/${live}`} class="tall">
          {WORDS.live}
        </Link>
      )}{' '}
      {open && (
        <Link href={`/edits/${open}`} class="tall">
          {GUIDE.goOn}
        </Link>
      )}
      {!open && mayEdit && (
        <button type="button" class="button" aria-label={WORDS.editOf(key)} disabled={deed.busy} onClick={() => void edit()}>
          {GUIDE.edit}
        </button>
      )}
    </li>
  )
}

function New({ onClose }: { readonly onClose: () => void }) {
  const { api } = useHouse()
  const [, go] = useLocation()
  const [legal, setLegal] = useState('')
  const [everyday, setEveryday] = useState('')
  const [law, people] = [linesIn(legal), linesIn(everyday)]
  const work = async () => {
    const begun = await api.ask<{ readonly id: string }>('POST', '/edits', {
      kind: 'word',
      key: law[0] ?? '',
      content: { legal: law, everyday: people },
      fresh: true,
    })
    go(`/edits/${begun.id}`)
  }
  return (
    <Ask title={WORDS.newTitle} submit={GUIDES.begin} onClose={onClose} work={work} ready={law.length > 0 && people.length > 0}>
      <Area label={EDITOR.legal} hint={EDITOR.legalHint} value={legal} onValue={setLegal} rows={2} required />
      <Area label={EDITOR.everyday} hint={EDITOR.everydayHint} value={everyday} onValue={setEveryday} rows={4} required />
    </Ask>
  )
}
