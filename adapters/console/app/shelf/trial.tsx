/** What an edit showed on the saved questions, and trying it. */
import { useEffect } from 'preact/hooks'
import type { TrialRow } from '../../../../bot/shelf/edit.ts'
import type { EditView, TrialState } from '../../shelf-contract.ts'
import { useHouse } from '../house.ts'
import { Trouble } from '../parts/page.tsx'
import { Badge } from '../parts/small.tsx'
import { useDeed, useLoaded } from '../use.ts'
import { TRIAL } from '../words-shelf.ts'

const LOOK_MS = 2_000

interface PanelProps {
  readonly edit: EditView
  readonly reload: () => Promise<void>
  readonly may: boolean
}

export function TrialPanel({ edit, reload, may }: PanelProps) {
  const { api } = useHouse()
  const state = useLoaded<TrialState>('/trials')
  const deed = useDeed()
  const running = state.data?.running
  const mine = running?.edit === edit.id
  useEnding(running !== undefined && running !== null, mine, state.reload, reload)
  const start = () =>
    deed.run(async () => {
      await api.ask('POST', `/edits/${edit.id}/try`)
      await state.reload()
    })
  return (
    <section class="card">
      <h2>{TRIAL.title}</h2>
      {mine && running && (
        <>
          <p>{TRIAL.running(running.done, running.total)}</p>
          <progress max={running.total || 1} value={running.done} aria-label={TRIAL.title} />
        </>
      )}
      <div role="status">{running && !mine && <p class="hint">{TRIAL.other}</p>}</div>
      <Trouble text={deed.trouble ?? state.data?.failed[edit.id]} />
      {!mine && <Shown edit={edit} />}
      {may && !running && (
        <button type="button" class="button" disabled={deed.busy} onClick={() => void start()}>
          {edit.trial ? TRIAL.again : TRIAL.start}
        </button>
      )}
    </section>
  )
}

/** While it runs somebody looks again; once it has ended, what it showed is fetched. */
function useEnding(running: boolean, mine: boolean, look: () => Promise<void>, ended: () => Promise<void>): void {
  useEffect(() => {
    if (!running) return
    const timer = setInterval(() => void look(), LOOK_MS)
    return () => {
      clearInterval(timer)
      if (mine) void ended()
    }
  }, [running, mine, look, ended])
}

function Shown({ edit: { trial, tried, aged } }: { readonly edit: EditView }) {
  if (!trial) return <p class="hint">{TRIAL.never}</p>
  const right = trial.own.filter((one) => one.right).length
  return (
    <>
      {!tried && <p class="warn">{TRIAL.old}</p>}
      {tried && aged && <p class="warn">{TRIAL.aged}</p>}
      <p class={trial.asked === 0 ? 'warn' : ''}>{trial.asked === 0 ? TRIAL.none : TRIAL.saved(trial.asked, trial.before, trial.after)}</p>
      <Rows title={TRIAL.lost(trial.lost.length)} rows={trial.lost} open />
      <Rows title={TRIAL.won(trial.won.length)} rows={trial.won} />
      {trial.own.length === 0 ? <p class="hint">{TRIAL.noOwn}</p> : <p>{TRIAL.own(right, trial.own.length)}</p>}
      <ul class="stack">
        {trial.own.map((one) => (
          <li key={one.question}>
            <Badge tone={one.right ? 'good' : 'warn'}>{one.right ? TRIAL.right : TRIAL.wrong}</Badge> {one.question}
            <p class="hint">{one.answer}</p>
          </li>
        ))}
      </ul>
    </>
  )
}

function Rows({ title, rows, open = false }: { readonly title: string; readonly rows: readonly TrialRow[]; readonly open?: boolean }) {
  if (rows.length === 0) return null
  return (
    <details open={open}>
      <summary>{title}</summary>
      <ul class="stack">
        {rows.map(({ question, answer }) => (
          <li key={question}>
            {question}
            <p class="hint">{answer}</p>
          </li>
        ))}
      </ul>
    </details>
  )
}
