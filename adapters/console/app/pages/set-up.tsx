/** From the link to a working account: name and password, the app, the spare codes. */
import { useEffect, useRef, useState } from 'preact/hooks'
import { useLocation } from 'wouter-preact'
import type { SecondFactor, SetUpView, SpareCodes } from '../../contract.ts'
import { type Api, sentenceOf } from '../api.ts'
import { Emblem } from '../parts/icons.tsx'
import { Heading, Trouble } from '../parts/page.tsx'
import { TextField } from '../parts/small.tsx'
import { useDeed } from '../use.ts'
import { COMMON, ROLE_NAMES, SET_UP } from '../words.ts'

interface Props {
  readonly api: Api
  readonly token: string
}

export function SetUp({ api, token }: Props) {
  const [view, setView] = useState<SetUpView>()
  const [trouble, setTrouble] = useState<string>()
  const [factor, setFactor] = useState<SecondFactor>()
  const [codes, setCodes] = useState<readonly string[]>()
  useEffect(
    () => void api.get<SetUpView>(`/set-up/${encodeURIComponent(token)}`).then(setView, (thrown) => setTrouble(sentenceOf(thrown))),
    [api, token],
  )
  return (
    <main class="alone">
      <Emblem />
      <p class="kicker">{COMMON.desk}</p>
      <Heading text={SET_UP.title} />
      <Trouble text={trouble} />
      {!view && !trouble && <p class="loading">{SET_UP.opening}</p>}
      {view && <p class="lead">{SET_UP.lead(view.login, ROLE_NAMES[view.role])}</p>}
      {view && !factor && <Password api={api} token={token} view={view} onDone={setFactor} />}
      {factor && !codes && <Second api={api} token={token} factor={factor} onDone={setCodes} />}
      {codes && <Spare codes={codes} />}
    </main>
  )
}

function Step({ number }: { readonly number: 1 | 2 | 3 }) {
  const heading = useRef<HTMLHeadingElement>(null)
  // The button that led here is gone: who cannot see it must hear where they are.
  useEffect(() => {
    if (number > 1) heading.current?.focus()
  }, [number])
  return (
    <h2 ref={heading} tabIndex={-1}>
      {SET_UP.step(number, SET_UP.steps[number - 1] ?? '')}
    </h2>
  )
}

function Password({ api, token, view, onDone }: Props & { readonly view: SetUpView; readonly onDone: (factor: SecondFactor) => void }) {
  const [name, setName] = useState(view.name)
  const [password, setPassword] = useState('')
  const [again, setAgain] = useState('')
  const deed = useDeed()
  const differ = again !== '' && again !== password
  const go = (event: Event) => {
    event.preventDefault()
    if (again === password) void deed.run(async () => onDone(await api.ask<SecondFactor>('POST', '/set-up', { token, name, password })))
  }
  return (
    <form class="form card" onSubmit={go}>
      <Step number={1} />
      <input type="hidden" autocomplete="username" value={view.login} />
      <TextField label={SET_UP.name} hint={SET_UP.nameHint} value={name} onValue={setName} autocomplete="name" required />
      <TextField
        label={SET_UP.password}
        hint={SET_UP.rules}
        value={password}
        onValue={setPassword}
        type="password"
        autocomplete="new-password"
        required
      />
      <TextField label={SET_UP.passwordAgain} value={again} onValue={setAgain} type="password" autocomplete="new-password" required />
      <Trouble text={differ ? SET_UP.differ : deed.trouble} />
      <button type="submit" class="button strong" disabled={deed.busy || differ}>
        {SET_UP.next}
      </button>
    </form>
  )
}

function Second({ api, token, factor, onDone }: Props & { readonly factor: SecondFactor; readonly onDone: (codes: readonly string[]) => void }) {
  const [code, setCode] = useState('')
  const deed = useDeed()
  const go = (event: Event) => {
    event.preventDefault()
    void deed.run(async () => onDone((await api.ask<SpareCodes>('POST', '/set-up/confirm', { token, code: code.trim() })).spareCodes))
  }
  return (
    <form class="form card" onSubmit={go}>
      <Step number={2} />
      <p>{SET_UP.scan}</p>
      <img class="qr" src={pictureOf(factor.qr)} alt={SET_UP.qr} width="220" height="220" />
      <details>
        <summary>{SET_UP.byHand}</summary>
        <p>
          {SET_UP.secret}: <code class="secret">{factor.secret.replace(/(.{4})(?=.)/g, '$1 ')}</code>
        </p>
      </details>
      <TextField label={SET_UP.firstCode} value={code} onValue={setCode} inputMode="numeric" autocomplete="one-time-code" required />
      <Trouble text={deed.trouble} />
      <button type="submit" class="button strong" disabled={deed.busy}>
        {SET_UP.confirm}
      </button>
    </form>
  )
}

/** Shown as a picture, never as markup of the page: whatever stands in it cannot run. */
const pictureOf = (svg: string) => `data:image/svg+xml;base64,${btoa(String.fromCharCode(...new TextEncoder().encode(svg)))}`

function Spare({ codes }: { readonly codes: readonly string[] }) {
  const [, go] = useLocation()
  const [said, setSaid] = useState('')
  const copy = () => void navigator.clipboard.writeText(codes.join('\n')).then(() => setSaid(SET_UP.copied))
  return (
    <section class="form card">
      <Step number={3} />
      <p>{SET_UP.spare}</p>
      <ul class="spare">
        {codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ul>
      <p role="status">{said}</p>
      <div class="buttons">
        <button type="button" class="button" onClick={copy}>
          {SET_UP.copy}
        </button>
        <button type="button" class="button" onClick={() => print()}>
          {SET_UP.print}
        </button>
      </div>
      <button type="button" class="button strong" onClick={() => go('/')}>
        {SET_UP.done}
      </button>
    </section>
  )
}
