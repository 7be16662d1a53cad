/** How long things are kept, what would go today, and what went. */
import { useState } from 'preact/hooks'
import type { RetentionClassView, RetentionRunView, RetentionView, Said } from '../../privacy-contract.ts'
import { dayOf, numberOf, wholeMomentOf } from '../format.ts'
import { useHouse, useMay } from '../house.ts'
import { Ask } from '../parts/dialog.tsx'
import { Empty, When } from '../parts/page.tsx'
import { PRIVACY, RETENTION } from '../words-privacy.ts'
import { Table, usePages } from './parts.tsx'

export function Retention() {
  const pages = usePages<RetentionView>('/privacy/retention')
  return (
    <section class="stack">
      <p class="hint">{RETENTION.lead}</p>
      <When loaded={pages.first}>
        {(first) => (
          <>
            <Classes list={first.classes} />
            {first.held.due > 0 && <p>{RETENTION.held(first.held.due)}</p>}
            <Run onDone={pages.reload} />
            <h2>{RETENTION.log}</h2>
            <Log rows={pages.all(first).flatMap(({ log }) => log)} />
            {pages.older(first)}
          </>
        )}
      </When>
    </section>
  )
}

function Classes({ list }: { readonly list: readonly RetentionClassView[] }) {
  return (
    <Table heads={[RETENTION.name, RETENTION.kept, RETENTION.does, RETENTION.due, RETENTION.oldest]}>
      {list.map(({ id, name, why, days, does, due, oldest }) => (
        <tr key={id}>
          <th scope="row">
            {name} <p class="hint">{why}</p>
          </th>
          <td data-label={RETENTION.kept}>{RETENTION.days(days)}</td>
          <td data-label={RETENTION.does}>{does}</td>
          <td data-label={RETENTION.due} class="number">
            {numberOf(due)}
          </td>
          <td data-label={RETENTION.oldest}>{oldest === null ? PRIVACY.none : dayOf(oldest)}</td>
        </tr>
      ))}
    </Table>
  )
}

function Run({ onDone }: { readonly onDone: () => Promise<void> }) {
  const { api, say } = useHouse()
  const [asking, setAsking] = useState(false)
  // What only an administrator may.
  if (!useMay('officer.manage')) return null
  const work = async () => {
    say((await api.ask<Said>('POST', '/privacy/retention')).sentence)
    await onDone()
  }
  return (
    <div class="buttons">
      <button type="button" class="button" aria-haspopup="dialog" onClick={() => setAsking(true)}>
        {RETENTION.run}
      </button>
      {asking && (
        <Ask title={RETENTION.runTitle} lead={RETENTION.runLead} submit={RETENTION.run} onClose={() => setAsking(false)} work={work} urgent />
      )}
    </div>
  )
}

function Log({ rows }: { readonly rows: readonly RetentionRunView[] }) {
  if (rows.length === 0) return <Empty>{RETENTION.emptyLog}</Empty>
  return (
    <Table heads={[PRIVACY.at, RETENTION.by, RETENTION.name, RETENTION.removed]}>
      {rows.map(({ number, at, by, name, removed }) => (
        <tr key={number}>
          <th scope="row">{wholeMomentOf(at)}</th>
          <td data-label={RETENTION.by}>{by}</td>
          <td data-label={RETENTION.name}>{name}</td>
          <td data-label={RETENTION.removed}>{removed}</td>
        </tr>
      ))}
    </Table>
  )
}
