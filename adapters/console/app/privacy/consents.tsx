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

const STANDING = { yes: CONSENTS.onlyStanding, no: CONSENTS.onlyWithdrawn } as const

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
  const heads = [PRIVACY.number, CONSENTS.purpose, PRIVACY.at, CONSENTS.how, CONSENTS.version, PRIVACY.state, PRIVACY.actions]
  return (
    <Table heads={heads}>
      {rows.map((row) => (
        <Row key={`${row.number} ${row.purpose}`} row={row} onWithdraw={onWithdraw} />
      ))}
    </Table>
  )
}

function Row({ row, onWithdraw }: { readonly row: ConsentView; readonly onWithdraw: ListProps['onWithdraw'] }) {
  const { number, purpose, version, at, how, withdrawnAt } = row
  return (
    <tr>
      <th scope="row">
        <Link href={`/cases/${number}`}>{number}</Link>
      </th>
      <td data-label={CONSENTS.purpose}>{PURPOSE_NAMES[purpose]}</td>
      <td data-label={PRIVACY.at}>{wholeMomentOf(at)}</td>
      <td data-label={CONSENTS.how}>{CONSENT_WAY_NAMES[how]}</td>
      <td data-label={CONSENTS.version}>{version}</td>
      <td data-label={PRIVACY.state}>
        {withdrawnAt === null ? (
          <Badge tone="good">{CONSENTS.standing}</Badge>
        ) : (
          <Badge tone="warn">{CONSENTS.withdrawn(wholeMomentOf(withdrawnAt))}</Badge>
        )}
      </td>
      <td data-label={PRIVACY.actions}>
        {withdrawnAt === null && (
          <button
            type="button"
            class="button"
            aria-haspopup="dialog"
            aria-label={`${CONSENTS.withdraw}: ${number}, ${PURPOSE_NAMES[purpose]}`}
            onClick={() => onWithdraw(row)}
          >
            {CONSENTS.withdraw}
          </button>
        )}
      </td>
    </tr>
  )
}

interface WithdrawProps {
  readonly consent: ConsentView
  readonly onDone: () => Promise<void>
  readonly onClose: () => void
}

function Withdraw({ consent: { number, purpose }, onDone, onClose }: WithdrawProps) {
  const { api, say } = useHouse()
  const work = async () => {
    await api.ask('POST', '/privacy/consents/withdraw', { case: number, purpose })
    say(CONSENTS.withdrawDone)
    await onDone()
  }
  const lead = CONSENTS.withdrawLead(PURPOSE_NAMES[purpose], number)
  return <Ask title={CONSENTS.withdrawTitle} lead={lead} submit={CONSENTS.withdraw} onClose={onClose} work={work} urgent />
}
