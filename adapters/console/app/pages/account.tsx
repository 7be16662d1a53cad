/** The officer themselves: who they are here, alerts, signing out. */
import { useState } from 'preact/hooks'
import { OfficerAlerts } from '../account/alerts.tsx'
import { alertState, switchAlertsOn } from '../alerts.ts'
import { useHouse, useMay } from '../house.ts'
import { Page, Trouble } from '../parts/page.tsx'
import { TextField } from '../parts/small.tsx'
import { useDeed } from '../use.ts'
import { ACCOUNT, ROLE_NAMES, SET_UP } from '../words.ts'

export function AccountPage() {
  return (
    <Page title={ACCOUNT.title}>
      <Who />
      <Alerts />
      {useMay('chat.act') && <OfficerAlerts />}
      <Password />
      <section class="card">
        <h2>{ACCOUNT.renew}</h2>
        <p>{ACCOUNT.renewLead}</p>
      </section>
      <Leave />
    </Page>
  )
}

function Who() {
  const { login, name, role, office } = useHouse().me
  const rows = [
    [ACCOUNT.name, name],
    [ACCOUNT.login, login],
    [ACCOUNT.role, ROLE_NAMES[role]],
    [ACCOUNT.office, office.name],
    [ACCOUNT.hours, office.hours],
  ] as const
  return (
    <section class="card">
      <h2>{ACCOUNT.who}</h2>
      <dl class="facts">
        {rows.map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value || ACCOUNT.missing}</dd>
          </div>
        ))}
      </dl>
      <p class="hint">{ACCOUNT.silence(office.silentMinutes)}</p>
    </section>
  )
}

function Alerts() {
  const [state, setState] = useState(alertState)
  const deed = useDeed()
  const on = () => deed.run(async () => setState(await switchAlertsOn()))
  return (
    <section class="card">
      <h2>{ACCOUNT.alerts}</h2>
      <p>{ACCOUNT.alertsLead}</p>
      {state === 'off' && (
        <button type="button" class="button" onClick={on}>
          {ACCOUNT.alertsOn}
        </button>
      )}
      {state === 'on' && <p class="good">{ACCOUNT.alertsAre}</p>}
      {state === 'denied' && <p class="hint">{ACCOUNT.alertsDenied}</p>}
      {state === 'missing' && <p class="hint">{ACCOUNT.alertsMissing}</p>}
    </section>
  )
}

const NO_PASSWORD = { old: '', password: '', again: '' }

function Password() {
  const { api, say } = useHouse()
  const [filled, setFilled] = useState(NO_PASSWORD)
  const deed = useDeed()
  const { old, password, again } = filled
  const differ = again !== '' && again !== password
  const change = async () => {
    await api.ask('POST', '/me/password', { old, password })
    setFilled(NO_PASSWORD)
    say(ACCOUNT.changed)
  }
  const go = (event: Event) => {
    event.preventDefault()
    if (password === again) void deed.run(change)
  }
  return (
    <form class="form card" onSubmit={go}>
      <h2>{ACCOUNT.password}</h2>
      <TextField
        label={ACCOUNT.old}
        value={old}
        onValue={(one) => setFilled({ ...filled, old: one })}
        type="password"
        autocomplete="current-password"
        required
      />
      <TextField
        label={ACCOUNT.fresh}
        hint={SET_UP.rules}
        value={password}
        onValue={(one) => setFilled({ ...filled, password: one })}
        type="password"
        autocomplete="new-password"
        required
      />
      <TextField
        label={ACCOUNT.freshAgain}
        value={again}
        onValue={(one) => setFilled({ ...filled, again: one })}
        type="password"
        autocomplete="new-password"
        required
      />
      <Trouble text={differ ? SET_UP.differ : deed.trouble} />
      <button type="submit" class="button" disabled={deed.busy || differ}>
        {ACCOUNT.change}
      </button>
    </form>
  )
}

function Leave() {
  const { signOut } = useHouse()
  const deed = useDeed()
  return (
    <section class="card">
      <h2>{ACCOUNT.signOut}</h2>
      <p>{ACCOUNT.signOutLead}</p>
      <Trouble text={deed.trouble} />
      <button type="button" class="button" disabled={deed.busy} onClick={() => deed.run(signOut)}>
        {ACCOUNT.signOut}
      </button>
    </section>
  )
}
