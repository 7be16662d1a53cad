/** The register of consents. */
import { useState } from 'preact/hooks'
import { Link } from 'wouter-preact'
import type { ConsentsView, ConsentView } from '../../privacy-contract.ts'
import { queryOf } from '../api.ts'
import { wholeMomentOf } from '../format.ts'
import { useHouse } from '../house.ts'
import { Ask } from '../parts/dialog.tsx'
import { Empty, When } from '../parts/page.tsx'
import { Badge, Select } from '../parts/small.tsx'
import { COMMON } from '../words.ts'
import { CONSENT_WAY_NAMES, CONSENTS, PRIVACY, PURPOSE_NAMES } from '../words-privacy.ts'
import { Options, Table, usePages } from './parts.tsx'

const STANDING = { yes: CONSENTS.onlyStanding, no: CONSENTS.onlyEnded } as const

export function Consents() {
  const [purpose, setPurpose] = useState('')
  const [standing, setStanding] = useState('')
  return (
    <section class="stack">
      <div class="filters">
        <Select label={CONSENTS.purpose} value={purpose} onValue={setPurpose}>
          <Options names={PURPOSE_NAMES} all={COMMON.all} />
        </Select>
        <Select label={PRIVACY.state} value={standing} onValue={setStanding}>
          <Options names={STANDING} all={COMMON.all} />
        </Select>
      </div>
      <Rows key={queryOf({ purpose, standing })} query={{ purpose, standing }} />
    </section>
  )
}

function Rows({ query }: { readonly query: Readonly<Record<string, string>> }) {
  const pages = usePages<ConsentsView>('/privacy/consents', query)
  const [leaving, setLeaving] = useState<ConsentView>()
  return (
    <When loaded={pages.first}>
      {(first) => (
        <>
          <List rows={pages.all(first).flatMap(({ rows }) => rows)} onWithdraw={setLeaving} />
          {pages.older(first)}
          {leaving && <Withdraw consent={leaving} onDone={pages.reload} onClose={() => setLeaving(undefined)} />}
        </>
      )}
    </When>
  )
}

interface ListProps {
  readonly rows: readonly ConsentView[]
  readonly onWithdraw: (consent: ConsentView) => void
}

function List({ rows, onWithdraw }: ListProps) {
  if (rows.length === 0) return <Empty>{CONSENTS.empty}</Empty>
  const heads = [CONSENTS.of, CONSENTS.purpose, PRIVACY.at, CONSENTS.how, CONSENTS.version, PRIVACY.state, PRIVACY.actions]
  return (
    <Table heads={heads}>
      {rows.map((row) => (
        <Row key={`${row.number} ${row.conversation} ${row.purpose} ${row.at}`} row={row} onWithdraw={onWithdraw} />
      ))}
    </Table>
  )
}

function Row({ row, onWithdraw }: { readonly row: ConsentView; readonly onWithdraw: ListProps['onWithdraw'] }) {
  const { purpose, version, at, how, endedAt, ended } = row
  return (
    <tr>
      <th scope="row">
        <Place row={row} />
      </th>
      <td data-label={CONSENTS.purpose}>{PURPOSE_NAMES[purpose]}</td>
      <td data-label={PRIVACY.at}>{wholeMomentOf(at)}</td>
      <td data-label={CONSENTS.how}>{CONSENT_WAY_NAMES[how]}</td>
      <td data-label={CONSENTS.version}>{version}</td>
      <td data-label={PRIVACY.state}>
        {endedAt === null || ended === null ? (
          <Badge tone="good">{CONSENTS.standing}</Badge>
        ) : (
          <Badge tone="warn">{CONSENTS.ended(ended, wholeMomentOf(endedAt))}</Badge>
        )}
      </td>
      <td data-label={PRIVACY.actions}>{bodyOf(row) && <WithdrawButton row={row} onWithdraw={onWithdraw} />}</td>
    </tr>
  )
}

function Place({ row: { number, conversation } }: { readonly row: ConsentView }) {
  if (number !== null) return <Link href={`/cases/${number}`}>{number}</Link>
  if (conversation === null) return PRIVACY.none
  return <Link href={`/chats/${encodeURIComponent(conversation)}`}>{CONSENTS.conversation}</Link>
}

/** What is sent to withdraw it; undefined where there is nothing to withdraw here: a call is taken off the list of calls. */
function bodyOf({ number, conversation, purpose, endedAt }: ConsentView): object | undefined {
  if (endedAt !== null || purpose === 'call_back') return undefined
  return purpose === 'subscription' ? { conversation } : { case: number, purpose }
}

function WithdrawButton({ row, onWithdraw }: { readonly row: ConsentView; readonly onWithdraw: ListProps['onWithdraw'] }) {
  const label = `${CONSENTS.withdraw}: ${row.number ?? wholeMomentOf(row.at)}, ${PURPOSE_NAMES[row.purpose]}`
  return (
    <button type="button" class="button" aria-haspopup="dialog" aria-label={label} onClick={() => onWithdraw(row)}>
      {CONSENTS.withdraw}
    </button>
  )
}

interface WithdrawProps {
  readonly consent: ConsentView
  readonly onDone: () => Promise<void>
  readonly onClose: () => void
}

function Withdraw({ consent, onDone, onClose }: WithdrawProps) {
  const { api, say } = useHouse()
  const work = async () => {
    await api.ask('POST', '/privacy/consents/withdraw', bodyOf(consent))
    say(CONSENTS.withdrawDone)
    await onDone()
  }
  const { number, purpose } = consent
  const lead = number === null ? CONSENTS.subscriptionLead : CONSENTS.withdrawLead(PURPOSE_NAMES[purpose], number)
  return <Ask title={CONSENTS.withdrawTitle} lead={lead} submit={CONSENTS.withdraw} onClose={onClose} work={work} urgent />
}
