/** The frame around every page: where one can go, whether the line holds, and the page itself. */
import { useEffect, useState } from 'preact/hooks'
import { Link, Route, Switch, useLocation } from 'wouter-preact'
import type { Permission } from '../../../bot/officers/permissions.ts'
import { useAlerts } from './alerts.ts'
import { useHouse } from './house.ts'
import { AccountPage } from './pages/account.tsx'
import { AuditPage } from './pages/audit.tsx'
import { CallBacksPage } from './pages/call-backs.tsx'
import { CasePage } from './pages/case.tsx'
import { CasesPage } from './pages/cases.tsx'
import { ClustersPage } from './pages/clusters.tsx'
import { Desk } from './pages/desk.tsx'
import { GapsPage } from './pages/gaps.tsx'
import { NewCasePage } from './pages/new-case.tsx'
import { OfficersPage } from './pages/officers.tsx'
import { PostersPage } from './pages/posters.tsx'
import { PrivacyPage } from './pages/privacy.tsx'
import { QuizPage } from './pages/quiz.tsx'
import { RepliesPage } from './pages/replies.tsx'
import { ReportPage } from './pages/report.tsx'
import { ReportsPage } from './pages/reports.tsx'
import { SearchPage } from './pages/search.tsx'
import { TrainingPage } from './pages/training.tsx'
import { ViolatorsPage } from './pages/violators.tsx'
import { WarningPage } from './pages/warning.tsx'
import { WarningsPage } from './pages/warnings.tsx'
import { Dialog } from './parts/dialog.tsx'
import { Emblem, Icon, type IconName } from './parts/icons.tsx'
import { Empty, Page } from './parts/page.tsx'
import { type Toast, Toasts } from './parts/toasts.tsx'
import { DocumentPage, DocumentsPage } from './shelf/documents.tsx'
import { EditPage } from './shelf/edit.tsx'
import { EditsPage } from './shelf/edits.tsx'
import { GuidePage } from './shelf/guide.tsx'
import { GuidesPage } from './shelf/guides.tsx'
import { WordsPage } from './shelf/words.tsx'
import { COMMON, NAV, TROUBLE } from './words.ts'
import { PAPERS_NAV } from './words-papers.ts'
import { SHELF_NAV } from './words-shelf.ts'
import { TRAINING_NAV } from './words-training.ts'
import { WARNINGS_NAV } from './words-warnings.ts'

interface Place {
  readonly href: string
  readonly icon: IconName
  readonly label: string
  readonly may: Permission
  /** Addresses that belong to it. */
  readonly within: RegExp
}

/** In the order of use; on a phone the first four stay in reach of the thumb. */
const PLACES: readonly Place[] = [
  { href: '/', icon: 'queue', label: NAV.queue, may: 'chat.read', within: /^\/(chats\/.*)?$/ },
  { href: '/cases', icon: 'cases', label: NAV.cases, may: 'case.read', within: /^\/cases/ },
  { href: '/call-backs', icon: 'phone', label: PAPERS_NAV.callBacks, may: 'chat.act', within: /^\/call-backs/ },
  { href: '/search', icon: 'search', label: NAV.search, may: 'search', within: /^\/search/ },
  { href: '/clusters', icon: 'clusters', label: NAV.clusters, may: 'case.read', within: /^\/clusters/ },
  { href: '/warnings', icon: 'megaphone', label: WARNINGS_NAV.warnings, may: 'warning.edit', within: /^\/warnings/ },
  { href: '/violators', icon: 'list', label: WARNINGS_NAV.violators, may: 'violator.read', within: /^\/violators/ },
  { href: '/reports', icon: 'reports', label: NAV.reports, may: 'report.read', within: /^\/reports/ },
  { href: '/replies', icon: 'replies', label: NAV.replies, may: 'reply.read', within: /^\/replies/ },
  { href: '/gaps', icon: 'question', label: SHELF_NAV.title, may: 'knowledge.read', within: /^\/(gaps|guides|words|edits|documents)/ },
  { href: '/posters', icon: 'poster', label: PAPERS_NAV.posters, may: 'report.read', within: /^\/posters/ },
  { href: '/training', icon: 'training', label: TRAINING_NAV, may: 'self', within: /^\/training/ },
  { href: '/privacy', icon: 'lock', label: NAV.privacy, may: 'privacy', within: /^\/privacy/ },
  { href: '/officers', icon: 'officers', label: NAV.officers, may: 'officer.manage', within: /^\/officers/ },
  { href: '/audit', icon: 'audit', label: NAV.audit, may: 'audit.read', within: /^\/audit/ },
  { href: '/account', icon: 'account', label: NAV.account, may: 'self', within: /^\/account/ },
]
const IN_REACH = 3

export function Shell({ toasts }: { readonly toasts: readonly Toast[] }) {
  useAlerts()
  return (
    <div class="shell">
      <a class="skip" href="#main">
        {COMMON.skip}
      </a>
      <Nav />
      <main id="main" class="main" tabIndex={-1}>
        <Lost />
        <Pages />
      </main>
      <Toasts toasts={toasts} />
    </div>
  )
}

/** Said only when it lasts. */
function Lost() {
  const { live, say } = useHouse()
  const [lost, setLost] = useState(false)
  useEffect(
    () =>
      live.watch((now) => {
        setLost((before) => {
          if (before && !now) say(TROUBLE.back)
          return now
        })
      }),
    [live, say],
  )
  return (
    <div role="status" class={lost ? 'lost' : 'unseen'}>
      {lost && TROUBLE.lost}
    </div>
  )
}

function Pages() {
  const may = useHouse().me.may
  const has = (permission: Permission) => may.includes(permission)
  return (
    <Switch>
      {has('chat.read') && <Route path="/">{() => <Desk />}</Route>}
      {has('chat.read') && <Route path="/chats/:id">{({ id }) => <Desk chat={decodeURIComponent(id)} />}</Route>}
      {has('case.read') && <Route path="/cases">{() => <CasesPage />}</Route>}
      {has('case.act') && <Route path="/cases/new">{() => <NewCasePage />}</Route>}
      {has('case.read') && <Route path="/cases/:number">{({ number }) => <CasePage key={number} number={number} />}</Route>}
      {has('case.read') && <Route path="/clusters">{() => <ClustersPage />}</Route>}
      {has('chat.act') && <Route path="/call-backs">{() => <CallBacksPage />}</Route>}
      {has('report.read') && <Route path="/posters">{() => <PostersPage />}</Route>}
      {has('self') && <Route path="/training">{() => <TrainingPage />}</Route>}
      {has('self') && <Route path="/training/:quiz">{({ quiz }) => <QuizPage key={quiz} quiz={decodeURIComponent(quiz)} />}</Route>}
      {has('privacy') && <Route path="/privacy">{() => <PrivacyPage />}</Route>}
      {has('knowledge.read') && <Route path="/gaps">{() => <GapsPage />}</Route>}
      {has('knowledge.read') && <Route path="/guides">{() => <GuidesPage />}</Route>}
      {has('knowledge.read') && <Route path="/guides/:id">{({ id }) => <GuidePage key={id} id={id} />}</Route>}
      {has('knowledge.read') && <Route path="/words">{() => <WordsPage />}</Route>}
      {has('knowledge.read') && <Route path="/edits">{() => <EditsPage />}</Route>}
      {has('knowledge.read') && <Route path="/edits/:id">{({ id }) => <EditPage key={id} id={id} />}</Route>}
      {has('knowledge.read') && <Route path="/documents">{() => <DocumentsPage />}</Route>}
      {has('knowledge.read') && (
        <Route path="/documents/:slug/:version">{({ slug, version }) => <DocumentPage key={version} slug={slug} version={version} />}</Route>
      )}
      {has('warning.edit') && <Route path="/warnings">{() => <WarningsPage />}</Route>}
      {has('warning.edit') && <Route path="/warnings/:id">{({ id }) => <WarningPage key={id} id={id} />}</Route>}
      {has('violator.read') && <Route path="/violators">{() => <ViolatorsPage />}</Route>}
      {has('search') && <Route path="/search">{() => <SearchPage />}</Route>}
      {has('report.read') && <Route path="/reports">{() => <ReportsPage />}</Route>}
      {has('report.read') && <Route path="/reports/:id">{({ id }) => <ReportPage key={id} id={id} />}</Route>}
      {has('reply.read') && <Route path="/replies">{() => <RepliesPage />}</Route>}
      {has('officer.manage') && <Route path="/officers">{() => <OfficersPage />}</Route>}
      {has('audit.read') && <Route path="/audit">{() => <AuditPage />}</Route>}
      <Route path="/account">{() => <AccountPage />}</Route>
      <Route path="/sign-in">{() => <Redirected />}</Route>
      <Route>
        <NotFound />
      </Route>
    </Switch>
  )
}

/** Whoever is signed in has nothing to do on the page for signing in. */
function Redirected() {
  const [, go] = useLocation()
  useEffect(() => go('/', { replace: true }), [go])
  return null
}

function NotFound() {
  return (
    <Page title={COMMON.notFoundTitle}>
      <Empty>{COMMON.notFound}</Empty>
      <p>
        <Link href="/" class="button">
          {COMMON.toQueue}
        </Link>
      </p>
    </Page>
  )
}

function Nav() {
  const { me } = useHouse()
  const [location] = useLocation()
  const [open, setOpen] = useState(false)
  const places = PLACES.filter(({ may }) => me.may.includes(may))
  return (
    <header class={location.startsWith('/chats/') ? 'bar bar-chat' : 'bar'}>
      <Emblem />
      <nav aria-label={NAV.label}>
        <ul>
          {places.map((place, index) => (
            <li key={place.href} class={index < IN_REACH ? '' : 'far'}>
              <PlaceLink place={place} location={location} />
            </li>
          ))}
          <li class="near">
            <button type="button" class="place" aria-haspopup="dialog" onClick={() => setOpen(true)}>
              <Icon name="more" />
              <span>{NAV.more}</span>
            </button>
          </li>
        </ul>
      </nav>
      {open && <MorePlaces places={places.slice(IN_REACH)} location={location} onClose={() => setOpen(false)} />}
    </header>
  )
}

interface PlaceLinkProps {
  readonly place: Place
  readonly location: string
  readonly onClick?: () => void
}

function PlaceLink({ place: { href, icon, label, within }, location, onClick }: PlaceLinkProps) {
  return (
    <Link href={href} class="place" aria-current={within.test(location) ? 'page' : undefined} {...(onClick ? { onClick } : {})}>
      <Icon name={icon} />
      <span>{label}</span>
    </Link>
  )
}

function MorePlaces({ places, location, onClose }: { readonly places: readonly Place[]; readonly location: string; readonly onClose: () => void }) {
  return (
    <Dialog title={NAV.more} onClose={onClose}>
      <ul class="places">
        {places.map((place) => (
          <li key={place.href}>
            <PlaceLink place={place} location={location} onClick={onClose} />
          </li>
        ))}
      </ul>
    </Dialog>
  )
}
