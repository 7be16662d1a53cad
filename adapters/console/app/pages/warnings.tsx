/** Public warnings: what is being written, what waits for a second person, what everybody sees, and what became of it. */
import { useState } from 'preact/hooks'
import { Link, useLocation } from 'wouter-preact'
import type { SendingCounts } from '../../../../bot/warning/counts.ts'
import type { WarningStatus } from '../../../../bot/warning/life.ts'
import type { TricksView, WarningItem, WarningsView } from '../../warnings-contract.ts'
import { dayOf, dayOfIso, momentOf, numberOf } from '../format.ts'
import { useHouse } from '../house.ts'
import { Ask } from '../parts/dialog.tsx'
import { Empty, Page, When } from '../parts/page.tsx'
import { Badge, Select, type Tone } from '../parts/small.tsx'
import { useLoaded, useNow } from '../use.ts'
import { SENDING, WARNING_STATUS, WARNINGS } from '../words-warnings.ts'

const TONE: Readonly<Record<WarningStatus, Tone>> = { draft: 'plain', waiting: 'warn', published: 'good', withdrawn: 'plain' }

export function WarningsPage() {
  const loaded = useLoaded<WarningsView>('/warnings')
  const [adding, setAdding] = useState(false)
  const add = (
    <button type="button" class="button strong" aria-haspopup="dialog" onClick={() => setAdding(true)}>
      {WARNINGS.add}
    </button>
  )
  return (
    <Page title={WARNINGS.title} lead={WARNINGS.lead} actions={add}>
      <When loaded={loaded}>
        {({ warnings, subscribers }) => (
          <>
            <p class="counts">{WARNINGS.subscribers(subscribers)}</p>
            {warnings.length === 0 ? <Empty>{WARNINGS.empty}</Empty> : <List warnings={warnings} />}
          </>
        )}
      </When>
      {adding && <Add onClose={() => setAdding(false)} />}
    </Page>
  )
}

function List({ warnings }: Pick<WarningsView, 'warnings'>) {
  const now = useNow()
  return (
    <ul class="cards">
      {warnings.map((one) => (
        <li key={one.id} class="card">
          <h2>
            <Link href={`/warnings/${one.id}`} class="tall">
              {one.title}
            </Link>
          </h2>
          <p>
            <WarningBadge warning={one} />
          </p>
          <p class="hint">
            {[
              WARNINGS.changed(one.changedBy, momentOf(one.changedAt, now)),
              one.firstShownAt === null ? '' : WARNINGS.publishedOn(dayOf(one.firstShownAt)),
              one.endsOn === null ? '' : WARNINGS.endsOn(dayOfIso(one.endsOn)),
            ]
              .filter(Boolean)
              .join(' · ')}
          </p>
          {one.firstShownAt !== null && <Sending counts={one.sending} />}
        </li>
      ))}
    </ul>
  )
}

/** Where it stands; a correction of one that is shown says so. */
export function WarningBadge({ warning: { status, shown } }: { readonly warning: Pick<WarningItem, 'status' | 'shown'> }) {
  return (
    <>
      <Badge tone={TONE[status]}>{WARNING_STATUS[status]}</Badge>
      {shown && status !== 'published' && (
        <>
          {' '}
          <Badge tone="brand">{WARNINGS.correcting}</Badge>
        </>
      )}
    </>
  )
}

/** What became of it at those who subscribed. */
export function Sending({ counts }: { readonly counts: SendingCounts }) {
  const rows = (Object.keys(SENDING) as (keyof SendingCounts)[]).filter((name) => counts[name] > 0)
  if (rows.length === 0) return <p class="hint">{WARNINGS.noSending}</p>
  return (
    <dl class="facts">
      {rows.map((name) => (
        <div key={name}>
          <dt>{SENDING[name]}</dt>
          <dd>{numberOf(counts[name])}</dd>
        </div>
      ))}
    </dl>
  )
}

function Add({ onClose }: { readonly onClose: () => void }) {
  const { api } = useHouse()
  const [, go] = useLocation()
  const loaded = useLoaded<TricksView>('/warnings/tricks')
  const [scam, setScam] = useState('')
  const work = async () => {
    const { id } = await api.ask<{ readonly id: string }>('POST', '/warnings', { scam: scam === '' ? null : scam })
    go(`/warnings/${id}`)
  }
  return (
    <Ask title={WARNINGS.add} lead={WARNINGS.addLead} submit={WARNINGS.begin} onClose={onClose} work={work}>
      <When loaded={loaded}>
        {({ tricks }) => (
          <Select label={WARNINGS.along} value={scam} onValue={setScam}>
            <option value="">{WARNINGS.nothing}</option>
            {tricks.map(({ id, title }) => (
              <option key={id} value={id}>
                {title}
              </option>
            ))}
          </Select>
        )}
      </When>
    </Ask>
  )
}
