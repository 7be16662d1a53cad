/** Who needs a person: harm first, then the clock. */
import { useState } from 'preact/hooks'
import { Link } from 'wouter-preact'
import type { QueueItem, QueueView } from '../../contract.ts'
import { lengthOf } from '../format.ts'
import type { Heard } from '../live.ts'
import { Empty, When } from '../parts/page.tsx'
import { Badge, Moment, Toggle, type Tone } from '../parts/small.tsx'
import { useLoaded, useNow } from '../use.ts'
import { channelName, QUEUE } from '../words.ts'
import { PROPOSED } from '../words-alerts.ts'

const KINDS = ['queue', 'looking', 'everything'] as const
const concernsQueue = ({ kind }: Heard) => KINDS.some((one) => one === kind)

export function Queue({ chosen }: { readonly chosen: string | undefined }) {
  const [which, setWhich] = useState<'need' | 'all'>('need')
  const loaded = useLoaded<QueueView>(which === 'all' ? '/queue?all=1' : '/queue', concernsQueue)
  return (
    <>
      <Toggle
        label={QUEUE.which}
        value={which}
        onValue={setWhich}
        options={[
          ['need', QUEUE.need],
          ['all', QUEUE.all],
        ]}
      />
      <When loaded={loaded}>{(view) => <Rows view={view} chosen={chosen} all={which === 'all'} />}</When>
    </>
  )
}

function Rows({
  view: { rows, waiting, withOfficers },
  chosen,
  all,
}: {
  readonly view: QueueView
  readonly chosen: string | undefined
  readonly all: boolean
}) {
  const now = useNow()
  if (rows.length === 0) return <Empty>{all ? QUEUE.emptyAll : QUEUE.empty}</Empty>
  return (
    <>
      <p class="counts">{QUEUE.counts(waiting, withOfficers)}</p>
      <ul class="rows">
        {rows.map((row) => (
          <li key={row.id}>
            <Row row={row} now={now} chosen={row.id === chosen} />
          </li>
        ))}
      </ul>
      {!all && rows.length < waiting + withOfficers && <p class="counts">{QUEUE.listed(rows.length)}</p>}
    </>
  )
}

const TONES: Readonly<Record<QueueItem['owner'], Tone>> = { bot: 'plain', waiting: 'warn', staff: 'staff', closed: 'plain' }

function Row({ row, now, chosen }: { readonly row: QueueItem; readonly now: number; readonly chosen: boolean }) {
  return (
    <Link href={`/chats/${encodeURIComponent(row.id)}`} class={row.danger ? 'row row-danger' : 'row'} aria-current={chosen ? 'true' : undefined}>
      <span class="row-line">
        {row.danger && <Badge tone="urgent">{QUEUE.danger}</Badge>}
        <Badge tone={TONES[row.owner]}>{row.who}</Badge>
        {row.proposed && <Badge tone="warn">{PROPOSED.badge}</Badge>}
        <span class="row-channel">{channelName(row.channel)}</span>
        <Moment at={row.lastAt} now={now} />
      </span>
      <span class="row-words">
        <span class="row-from">{QUEUE.from[row.lastFrom]}: </span>
        {row.lastWords}
      </span>
      <RowFoot row={row} now={now} />
    </Link>
  )
}

function RowFoot({ row: { reasonWords, waitingSince, lookers }, now }: { readonly row: QueueItem; readonly now: number }) {
  const parts = [reasonWords, waitingSince === null ? '' : QUEUE.waiting(lengthOf(now - waitingSince))].filter(Boolean)
  if (parts.length === 0 && lookers.length === 0) return null
  return (
    <span class="row-foot">
      {parts.join(' · ')}
      {lookers.length > 0 && (
        <span class="row-lookers">
          {QUEUE.open} {lookers.join(', ')}
        </span>
      )}
    </span>
  )
}
