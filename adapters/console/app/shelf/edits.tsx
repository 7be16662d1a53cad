/** What is being written and what waits for somebody else to approve it. */
import { Link } from 'wouter-preact'
import type { EditLine, EditsView } from '../../shelf-contract.ts'
import { dayOf } from '../format.ts'
import { Empty, Page, When } from '../parts/page.tsx'
import { Badge } from '../parts/small.tsx'
import { useLoaded } from '../use.ts'
import { EDIT_STATE_NAMES, EDITS, GUIDE } from '../words-shelf.ts'
import { ShelfTabs } from './tabs.tsx'

export function EditsPage() {
  const loaded = useLoaded<EditsView>('/edits')
  return (
    <Page title={EDITS.title} lead={EDITS.lead}>
      <ShelfTabs />
      <When loaded={loaded}>
        {({ open, recent }) => (
          <>
            {open.length === 0 ? <Empty>{EDITS.empty}</Empty> : <Lines edits={open} />}
            {recent.length > 0 && (
              <>
                <p class="kicker">{EDITS.recent}</p>
                <Lines edits={recent} />
              </>
            )}
          </>
        )}
      </When>
    </Page>
  )
}

function Lines({ edits }: { readonly edits: readonly EditLine[] }) {
  return (
    <ul class="cards">
      {edits.map(({ id, title, kind, state, writtenBy, writtenAt, removes }) => (
        <li key={id} class="card">
          <h2 class="title">
            <Link href={`/edits/${id}`}>{title}</Link>
          </h2>
          <p>
            <Badge tone={state === 'asked' ? 'warn' : state === 'live' ? 'good' : 'plain'}>{EDIT_STATE_NAMES[state]}</Badge>{' '}
            <span class="hint">{EDITS.kinds[kind]}</span> {removes && <Badge tone="warn">{EDITS.removes}</Badge>}
          </p>
          <p class="hint">{GUIDE.by(writtenBy, dayOf(writtenAt))}</p>
        </li>
      ))}
    </ul>
  )
}
