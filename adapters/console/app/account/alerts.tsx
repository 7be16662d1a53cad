/** Where the officer is told of work when no console is open: connecting a chat, what is told, disconnecting. */
import { useState } from 'preact/hooks'
import { ALERT_KINDS, type AlertKind } from '../../../../bot/alerts/matters.ts'
import type { AlertCode, AlertsView } from '../../alerts-contract.ts'
import { momentOf, wholeMomentOf } from '../format.ts'
import { useHouse } from '../house.ts'
import { Trouble, When } from '../parts/page.tsx'
import { useDeed, useLoaded, useNow } from '../use.ts'
import { channelName } from '../words.ts'
import { ALERT_KIND_NAMES, OFFICER_ALERTS } from '../words-alerts.ts'

export function OfficerAlerts() {
  const loaded = useLoaded<AlertsView>('/me/alerts', ({ kind }) => kind === 'everything' || kind === 'alerts')
  return (
    <section class="card stack">
      <h2>{OFFICER_ALERTS.title}</h2>
      <p>{OFFICER_ALERTS.lead}</p>
      <When loaded={loaded}>{(view) => <Whole view={view} onChanged={loaded.reload} />}</When>
    </section>
  )
}

interface Props {
  readonly view: AlertsView
  readonly onChanged: () => Promise<void>
}

function Whole({ view, onChanged }: Props) {
  const { place, places } = view
  if (places.length === 0 && !place) return <p class="hint">{OFFICER_ALERTS.none}</p>
  return (
    <>
      {place && <Connected place={place} onChanged={onChanged} />}
      {places.length > 0 && <Connect key={String(place?.since)} view={view} />}
      <Wishes view={view} onChanged={onChanged} />
    </>
  )
}

function Connected({
  place: { channel, since, warnings },
  onChanged,
}: { readonly place: NonNullable<AlertsView['place']> } & Pick<Props, 'onChanged'>) {
  const { api, say } = useHouse()
  const now = useNow(60_000)
  const deed = useDeed()
  const end = async () => {
    await api.ask('DELETE', '/me/alerts')
    say(OFFICER_ALERTS.ended)
    await onChanged()
  }
  return (
    <>
      <p class="good">{OFFICER_ALERTS.is(channelName(channel), momentOf(since, now))}</p>
      {warnings.map((words) => (
        <p key={words} class="hint">
          {words}
        </p>
      ))}
      <Trouble text={deed.trouble} />
      <div class="buttons">
        <button type="button" class="button" disabled={deed.busy} onClick={() => deed.run(end)}>
          {OFFICER_ALERTS.end}
        </button>
      </div>
    </>
  )
}

function Connect({ view: { place, places } }: { readonly view: AlertsView }) {
  const { api } = useHouse()
  const [code, setCode] = useState<AlertCode>()
  const deed = useDeed()
  const get = async () => setCode(await api.ask<AlertCode>('POST', '/me/alerts/code'))
  const label = code ? OFFICER_ALERTS.again : place ? OFFICER_ALERTS.other : OFFICER_ALERTS.get
  return (
    <>
      {code && <Code code={code} />}
      {(code || !place) && <Places list={places} />}
      <Trouble text={deed.trouble} />
      <div class="buttons">
        <button type="button" class={code || place ? 'button' : 'button strong'} disabled={deed.busy} onClick={() => deed.run(get)}>
          {label}
        </button>
      </div>
    </>
  )
}

function Code({ code: { code, endsAt } }: { readonly code: AlertCode }) {
  const { say } = useHouse()
  const line = OFFICER_ALERTS.line(code)
  const copy = () => void navigator.clipboard.writeText(line).then(() => say(OFFICER_ALERTS.copied))
  return (
    <div role="status" class="stack">
      <p>{OFFICER_ALERTS.how}</p>
      <p class="secret">{line}</p>
      <div class="buttons">
        <button type="button" class="button" onClick={copy}>
          {OFFICER_ALERTS.copy}
        </button>
      </div>
      <p class="hint">{OFFICER_ALERTS.until(wholeMomentOf(endsAt))}</p>
    </div>
  )
}

function Places({ list }: { readonly list: AlertsView['places'] }) {
  return (
    <>
      <h3>{OFFICER_ALERTS.places}</h3>
      <ul class="dots">
        {list.map(({ channel, address, words }) => (
          <li key={channel}>
            {address ? (
              <a href={address} target="_blank" rel="noreferrer">
                {OFFICER_ALERTS.open(channelName(channel))}
              </a>
            ) : (
              channelName(channel)
            )}
            : {words}
          </li>
        ))}
      </ul>
    </>
  )
}

/** Each tick is kept at once. */
function Wishes({ view: { off, night, hours }, onChanged }: Props) {
  const { api, say } = useHouse()
  const deed = useDeed()
  const keep = (wishes: { readonly off: readonly AlertKind[]; readonly night: boolean }) =>
    deed.run(async () => {
      await api.ask('PUT', '/me/alerts', wishes)
      say(OFFICER_ALERTS.saved)
      await onChanged()
    })
  const turn = (kind: AlertKind, on: boolean) => keep({ off: on ? off.filter((one) => one !== kind) : [...off, kind], night })
  return (
    <fieldset class="choices">
      <legend>{OFFICER_ALERTS.wishes}</legend>
      {ALERT_KINDS.map((kind) => (
        <Tick key={kind} label={ALERT_KIND_NAMES[kind]} checked={!off.includes(kind)} busy={deed.busy} onTurn={(on) => turn(kind, on)} />
      ))}
      <Tick label={OFFICER_ALERTS.night} checked={night} busy={deed.busy} onTurn={(on) => keep({ off, night: on })} />
      <p class="hint">{OFFICER_ALERTS.hours(hours)}</p>
      <Trouble text={deed.trouble} />
    </fieldset>
  )
}

interface TickProps {
  readonly label: string
  readonly checked: boolean
  readonly busy: boolean
  readonly onTurn: (on: boolean) => void
}

function Tick({ label, checked, busy, onTurn }: TickProps) {
  return (
    <label class="choice">
      <input type="checkbox" checked={checked} disabled={busy} onChange={({ currentTarget }) => onTurn(currentTarget.checked)} />
      {label}
    </label>
  )
}
