/** The account that money went to: masked, until somebody who may see it says why. */
import { useState } from 'preact/hooks'
import type { CaseView } from '../../contract.ts'
import { useHouse, useMay } from '../house.ts'
import { CASE_TEXT_MAX } from '../limits.ts'
import { Ask, Dialog } from '../parts/dialog.tsx'
import { Area } from '../parts/small.tsx'
import { CASE } from '../words.ts'

export function Account({ view: { number, account } }: { readonly view: CaseView }) {
  const may = useMay('case.account')
  const [asking, setAsking] = useState(false)
  const [shown, setShown] = useState<string>()
  if (account === null) return null
  return (
    <>
      <h3>{CASE.account}</h3>
      <p>{account}</p>
      {may && (
        <button type="button" class="button" aria-haspopup="dialog" onClick={() => setAsking(true)}>
          {CASE.accountShow}
        </button>
      )}
      {asking && <AskAccount number={number} onShown={setShown} onClose={() => setAsking(false)} />}
      {shown !== undefined && !asking && (
        <Dialog title={CASE.accountIs} onClose={() => setShown(undefined)}>
          <p class="secret">{shown}</p>
        </Dialog>
      )}
    </>
  )
}

interface AskAccountProps {
  readonly number: string
  readonly onShown: (account: string) => void
  readonly onClose: () => void
}

function AskAccount({ number, onShown, onClose }: AskAccountProps) {
  const { api } = useHouse()
  const [why, setWhy] = useState('')
  const work = async () => onShown((await api.ask<{ account: string }>('POST', `/cases/${number}/account`, { why: why.trim() })).account)
  return (
    <Ask title={CASE.accountShow} lead={CASE.accountLead} submit={CASE.accountShow} onClose={onClose} work={work} ready={why.trim() !== ''}>
      <Area label={CASE.accountWhy} value={why} onValue={setWhy} rows={2} max={CASE_TEXT_MAX} required />
    </Ask>
  )
}
