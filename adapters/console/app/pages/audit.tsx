/** Who has seen, changed or sent what; and whether the chain is whole. */
import { useState } from 'preact/hooks'
import type { OfficerView } from '../../contract.ts'
import type { AuditAnswer, AuditProof, AuditRow } from '../../search-contract.ts'
import { queryOf } from '../api.ts'
import { wholeMomentOf } from '../format.ts'
import { useHouse } from '../house.ts'
import { Empty, Page, Trouble, When } from '../parts/page.tsx'
import { Select, TextField } from '../parts/small.tsx'
import { useDeed, useLoaded } from '../use.ts'
import { AUDIT, AUDIT_ACTION_NAMES, AUDIT_DETAIL_NAMES, COMMON } from '../words.ts'

interface Wanted {
  readonly action: string
  readonly actor: string
  readonly subject: string
}

export function AuditPage() {
  const [wanted, setWanted] = useState<Wanted>({ action: '', actor: '', subject: '' })
  const { data } = useLoaded<{ readonly officers: readonly OfficerView[] }>('/officers', () => false)
  const names = Object.fromEntries(data?.officers.map(({ id, name }) => [id, name]) ?? [])
  return (
    <Page title={AUDIT.title} lead={AUDIT.lead} wide>
      <Verify />
      <Filter names={names} onWanted={setWanted} />
      <Rows key={queryOf({ ...wanted })} names={names} wanted={wanted} />
    </Page>
  )
}

function Verify() {
  const { api } = useHouse()
  const [proof, setProof] = useState<AuditProof>()
  const deed = useDeed()
  return (
    <div class="stack">
      <button
        type="button"
        class="button"
        disabled={deed.busy}
        onClick={() => deed.run(async () => setProof(await api.get<AuditProof>('/audit/verify')))}
      >
        {deed.busy ? AUDIT.verifying : AUDIT.verify}
      </button>
      <Trouble text={deed.trouble} />
      <div role="status">
        {proof && <p class={proof.sound ? 'good' : 'warn'}>{proof.sentence}</p>}
        {proof?.anchor && (
          <p class="hint">
            {AUDIT.anchor}: <code class="anchor">{proof.anchor}</code>
          </p>
        )}
      </div>
    </div>
  )
}

/** Names of officers by their ids: the audit itself names nobody. */
type Names = Readonly<Record<string, string>>

function Filter({ names, onWanted }: { readonly names: Names; readonly onWanted: (wanted: Wanted) => void }) {
  const [filled, setFilled] = useState<Wanted>({ action: '', actor: '', subject: '' })
  const set = (part: Partial<Wanted>) => setFilled((before) => ({ ...before, ...part }))
  const submit = (event: Event) => {
    event.preventDefault()
    onWanted({ ...filled, subject: filled.subject.trim() })
  }
  return (
    <form class="filters" onSubmit={submit}>
      <Select label={AUDIT.action} value={filled.action} onValue={(action) => set({ action })}>
        <option value="">{COMMON.all}</option>
        {Object.entries(AUDIT_ACTION_NAMES).map(([action, name]) => (
          <option key={action} value={action}>
            {name}
          </option>
        ))}
      </Select>
      <Select label={AUDIT.actor} value={filled.actor} onValue={(actor) => set({ actor })}>
        <option value="">{COMMON.all}</option>
        {Object.entries(names).map(([id, name]) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </Select>
      <TextField label={AUDIT.subject} hint={AUDIT.subjectHint} value={filled.subject} onValue={(subject) => set({ subject })} />
      <button type="submit" class="button">
        {AUDIT.filter}
      </button>
    </form>
  )
}

function Rows({ names, wanted }: { readonly names: Names; readonly wanted: Wanted }) {
  const query = (before?: number) => `/audit${queryOf({ ...wanted, before: before === undefined ? undefined : String(before) })}`
  const loaded = useLoaded<AuditAnswer>(query(), () => false)
  const [older, setOlder] = useState<readonly AuditAnswer[]>([])
  const { api } = useHouse()
  const deed = useDeed()
  const fetchOlder = (before: number) => deed.run(async () => setOlder([...older, await api.get<AuditAnswer>(query(before))]))
  return (
    <When loaded={loaded}>
      {(newest) => {
        const pages = [newest, ...older]
        const next = pages.at(-1)?.next ?? null
        return (
          <>
            <Table names={names} rows={pages.flatMap(({ rows }) => rows)} />
            <Trouble text={deed.trouble} />
            {next !== null && (
              <button type="button" class="button" disabled={deed.busy} onClick={() => fetchOlder(next)}>
                {AUDIT.older}
              </button>
            )}
          </>
        )
      }}
    </When>
  )
}

function Table({ names, rows }: { readonly names: Names; readonly rows: readonly AuditRow[] }) {
  if (rows.length === 0) return <Empty>{AUDIT.empty}</Empty>
  const heads = [AUDIT.number, AUDIT.at, AUDIT.actor, AUDIT.action, AUDIT.subject, AUDIT.detail]
  return (
    <table class="table stacked">
      <thead>
        <tr>
          {heads.map((head) => (
            <th key={head} scope="col">
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.number}>
            <th scope="row" class="number">
              {row.number}
            </th>
            <td data-label={AUDIT.at}>{wholeMomentOf(row.at)}</td>
            <td data-label={AUDIT.actor}>{named(names, row.actor)}</td>
            <td data-label={AUDIT.action}>{named(AUDIT_ACTION_NAMES, row.action)}</td>
            <td data-label={AUDIT.subject}>{row.subject}</td>
            <td data-label={AUDIT.detail}>{detailOf(row)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** What was written before it had a name keeps its code. */
const named = (names: Readonly<Record<string, string>>, code: string): string => names[code] ?? code

const detailOf = ({ detail }: AuditRow) =>
  Object.entries(detail)
    .map(([name, value]) => `${named(AUDIT_DETAIL_NAMES, name)}: ${String(value)}`)
    .join(', ')
