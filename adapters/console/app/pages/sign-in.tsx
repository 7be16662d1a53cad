/** Name, password and the six digits, all at once: which of them was wrong is nobody's business. */
import { useState } from 'preact/hooks'
import type { Me, SignIn as SignInBody } from '../../contract.ts'
import type { Api } from '../api.ts'
import { Emblem } from '../parts/icons.tsx'
import { Heading, Trouble } from '../parts/page.tsx'
import { TextField } from '../parts/small.tsx'
import { useDeed } from '../use.ts'
import { COMMON, SIGN_IN } from '../words.ts'

interface Props {
  readonly api: Api
  /** They were in, and the session has ended. */
  readonly ended: boolean
  readonly onSignedIn: (me: Me) => void
}

const NOBODY: SignInBody = { login: '', password: '', code: '' }

export function SignIn({ api, ended, onSignedIn }: Props) {
  const [body, setBody] = useState(NOBODY)
  const deed = useDeed()
  const set = (part: Partial<SignInBody>) => setBody((before) => ({ ...before, ...part }))
  const go = async (event: Event) => {
    event.preventDefault()
    // A code is good once: after a refusal the next one is asked for.
    const done = await deed.run(async () => onSignedIn(await api.ask<Me>('POST', '/session', { ...body, code: body.code.trim() })))
    if (!done) set({ code: '' })
  }
  return (
    <main class="alone">
      <Emblem />
      <p class="kicker">{COMMON.desk}</p>
      <Heading text={SIGN_IN.title} />
      <p class="lead">{ended ? SIGN_IN.ended : SIGN_IN.lead}</p>
      <form class="form card" onSubmit={go}>
        <TextField label={SIGN_IN.login} value={body.login} onValue={(login) => set({ login })} autocomplete="username" required />
        <TextField
          label={SIGN_IN.password}
          value={body.password}
          onValue={(password) => set({ password })}
          type="password"
          autocomplete="current-password"
          required
        />
        <TextField
          label={SIGN_IN.code}
          hint={SIGN_IN.codeHint}
          value={body.code}
          onValue={(code) => set({ code })}
          autocomplete="one-time-code"
          required
        />
        <Trouble text={deed.trouble} />
        <button type="submit" class="button strong" disabled={deed.busy}>
          {SIGN_IN.submit}
        </button>
      </form>
      <p class="hint">{SIGN_IN.forgotten}</p>
    </main>
  )
}
