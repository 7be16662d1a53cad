/** Who is signed in, and the house around the pages. */
import { useCallback, useEffect, useMemo, useState } from 'preact/hooks'
import { Route, Router, Switch } from 'wouter-preact'
import type { Me } from '../contract.ts'
import { Api, ApiTrouble } from './api.ts'
import { watchWork } from './at-work.ts'
import { Drafts } from './drafts.ts'
import { HouseContext } from './house.ts'
import { Live, openEvents } from './live.ts'
import { SetUp } from './pages/set-up.tsx'
import { SignIn } from './pages/sign-in.tsx'
import { Trouble } from './parts/page.tsx'
import { useToasts } from './parts/toasts.tsx'
import { Shell } from './shell.tsx'
import { COMMON } from './words.ts'

const ROOT = '/console'

export function App() {
  const api = useMemo(() => Object.assign(new Api(), { atWork: watchWork(window) }), [])
  return (
    <Router base={ROOT}>
      <Switch>
        <Route path="/set-up/:token">{({ token }) => <SetUp api={api} token={token} />}</Route>
        <Route>
          <Door api={api} />
        </Route>
      </Switch>
    </Router>
  )
}

type Visitor =
  | { readonly state: 'opening' }
  | { readonly state: 'out'; readonly ended: boolean }
  | { readonly state: 'in'; readonly me: Me }
  | Unreachable
interface Unreachable {
  readonly state: 'unreachable'
  readonly sentence: string
}

/** Lets in whoever is signed in. The address stays: after signing in, the officer is where they wanted to be. */
function Door({ api }: { readonly api: Api }) {
  const [visitor, setVisitor] = useState<Visitor>({ state: 'opening' })
  const enter = useCallback(
    (me: Me) => {
      api.csrf = me.csrf
      setVisitor({ state: 'in', me })
    },
    [api],
  )
  const knock = useCallback(() => void api.get<Me>('/me').then(enter, (thrown) => setVisitor(outside(thrown))), [api, enter])
  useEffect(() => {
    api.onSignedOut = () => setVisitor((before) => ({ state: 'out', ended: before.state === 'in' || (before.state === 'out' && before.ended) }))
    knock()
  }, [api, knock])
  switch (visitor.state) {
    case 'opening':
      return <Alone>{COMMON.loading}</Alone>
    case 'unreachable':
      return <Alone again={knock}>{visitor.sentence}</Alone>
    case 'out':
      return <SignIn api={api} ended={visitor.ended} onSignedIn={enter} />
    case 'in':
      return <Inside me={visitor.me} api={api} onLeft={() => setVisitor({ state: 'out', ended: false })} />
  }
}

function outside(thrown: unknown): Visitor {
  const trouble = thrown instanceof ApiTrouble ? thrown : undefined
  return trouble && !trouble.unsure ? { state: 'out', ended: false } : { state: 'unreachable', sentence: trouble?.sentence ?? '' }
}

function Alone({ children, again }: { readonly children: string; readonly again?: () => void }) {
  return (
    <main class="alone">
      <h1>{COMMON.desk}</h1>
      {again ? <Trouble text={children} again={again} /> : <p class="loading">{children}</p>}
    </main>
  )
}

function Inside({ me, api, onLeft }: { readonly me: Me; readonly api: Api; readonly onLeft: () => void }) {
  // Asked who we are, the server says whether the session has ended; the api then shows the door.
  const live = useMemo(() => new Live({ open: openEvents, refused: () => void api.get('/me').catch(() => {}) }), [api])
  const [toasts, say] = useToasts()
  useEffect(() => {
    live.start()
    return () => live.stop()
  }, [live])
  const house = useMemo(() => {
    const drafts = new Drafts(sessionStorage, me.id)
    const signOut = async () => {
      // Whatever the server says: nothing of what was being written stays on this computer.
      try {
        await api.ask('DELETE', '/session')
      } finally {
        drafts.clear()
        onLeft()
      }
    }
    return { me, api, live, drafts, say, signOut }
  }, [me, api, live, say, onLeft])
  return (
    <HouseContext.Provider value={house}>
      <Shell toasts={toasts} />
    </HouseContext.Provider>
  )
}
