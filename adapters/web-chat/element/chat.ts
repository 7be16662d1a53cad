/** The state of one chat, without a window: session, stream, outbox and thread joined. The view is told when something changed and what is worth saying aloud. */
import type { About, Accepted, Feedback, OwnerEventData, Sent, TypingEvent } from '../contract.ts'
import { type Answer, call, isThere, open } from './api.ts'
import { type Line, waitAfter } from './connection.ts'
import { Outbox } from './outbox.ts'
import { SESSION_KEY, Sessions } from './session.ts'
import type { RawEvent } from './sse.ts'
import { openStore, type Store } from './store.ts'
import { Tabs } from './tabs.ts'
import { type Kept, type Reply, Thread } from './thread.ts'
import { TROUBLE } from './words.ts'

/** What a visitor sends, before it has an id. */
export type Draft = { readonly text: string } | { readonly choice: string } | { readonly attachment: string; readonly caption?: string }

export interface ChatView {
  changed(): void
  /** Something new for who listens instead of looking. */
  announce(news: Reply | OwnerEventData): void
}

const TYPING_GAP_MS = 4_000
/** A sign of typing that nobody takes back. */
const TYPING_LONGEST_MS = 60_000
/** Where the server gives no sign that all that was kept has come. */
const CATCH_UP_MS = 3_000

export class Chat {
  readonly store: Store
  thread = new Thread()
  about: About | undefined
  /** Who answers, once that was said. */
  owner: OwnerEventData | undefined
  line: Line | 'unknown' = 'unknown'
  typing: TypingEvent['author'] | undefined
  /** Why nothing works here, in a sentence. */
  blocked: string | undefined
  /** A sentence above the conversation. */
  notice: string | undefined

  private readonly scope: string
  private readonly sessions: Sessions
  private readonly outbox: Outbox
  private readonly sentHere = new Set<string>()
  private tabs: Tabs | undefined
  private joined: string | undefined
  private live = false
  private lineFailures = 0
  private aboutFailures = 0
  private typedAt = 0
  private typingTimer: ReturnType<typeof setTimeout> | undefined
  private aboutTimer: ReturnType<typeof setTimeout> | undefined
  private posting = new AbortController()
  private erasing: Promise<boolean> | undefined
  private readonly leaving = new AbortController()
  private unwatch = () => {}

  /** @param base the server's address, ending in a slash */
  constructor(
    private readonly base: string,
    private readonly view: ChatView,
  ) {
    this.scope = `an-tam ${base} `
    this.store = openStore(this.scope)
    this.sessions = new Sessions(base, this.store, this.scope)
    this.outbox = new Outbox(this.store, this.scope, {
      post: (sent) => this.post(sent),
      changed: () => this.changed(),
      refusedWords: TROUBLE.refused,
    })
  }

  start(): void {
    this.listen()
    this.changed()
    void this.loadAbout()
    this.join()
    if (this.outbox.pending.length > 0) void this.outbox.send()
  }

  end(): void {
    this.leaving.abort()
    this.unwatch()
    this.outbox.end()
    clearTimeout(this.typingTimer)
    clearTimeout(this.aboutTimer)
    this.leave()
  }

  // ── what the visitor does ─────────────────────────────────────────────────────────────────────

  send(draft: Draft): void {
    const id = newId()
    this.sentHere.add(id)
    this.outbox.add({ id, ...draft })
  }

  sendAgain(): void {
    void this.outbox.send()
    this.tabs?.wake(false)
  }

  /** Takes a message back that was refused. */
  takeBack(id: string): void {
    this.outbox.drop(id)
    this.changed()
  }

  /** Tells the other side that something is being written, now and then. */
  typed(): void {
    const now = Date.now()
    if (!this.sessions.known || now - this.typedAt < TYPING_GAP_MS) return
    this.typedAt = now
    void this.as((token) => call(this.at('typing'), { method: 'POST', token }))
  }

  rate(feedback: Feedback): Promise<Answer<unknown>> {
    return this.as((token) => call(this.at('feedback'), { method: 'POST', token, json: feedback }))
  }

  upload(send: (url: string, token: string) => Promise<Answer<{ attachment: string }>>): Promise<Answer<{ attachment: string }>> {
    return this.as((token) => send(this.at('attachments'), token))
  }

  /** @returns whether all is gone, here and at the server */
  erase(): Promise<boolean> {
    this.erasing ??= this.eraseNow().finally(() => {
      this.erasing = undefined
    })
    return this.erasing
  }

  /** Stops all sending first: a message that the server sees after the erasing would be sent again, as somebody new. */
  private async eraseNow(): Promise<boolean> {
    const { known } = this.sessions
    const unsent = this.outbox.takeAll()
    this.sessions.pause()
    this.posting.abort()
    const answer = known ? await call(this.at('session'), { method: 'DELETE', token: known.token }) : ({ kind: 'ok' } as const)
    this.sessions.resume()
    const gone = answer.kind === 'ok' || answer.kind === 'unknown'
    if (gone) this.forgetEverywhere(known?.visitor)
    else this.outbox.putBack(unsent)
    return gone
  }

  private forgetEverywhere(visitor: string | undefined): void {
    this.tabs?.tellErased()
    this.forget(visitor)
  }

  /** Whether what comes now is new, not history. */
  get isLive(): boolean {
    return this.live
  }

  get visitor(): string | undefined {
    return this.sessions.known?.visitor
  }

  /** What to tell about the line to the server; nothing while it is fine or still being opened. */
  get lineWords(): string {
    if (typeof navigator !== 'undefined' && !navigator.onLine) return TROUBLE.offline
    if (this.line === 'refused') return this.notice ?? TROUBLE.noSession
    return this.lineFailures > 1 || this.aboutFailures > 1 ? TROUBLE.unreachable : ''
  }

  // ── the stream ────────────────────────────────────────────────────────────────────────────────

  /** Listens to the conversation of the session that is known now, if any. */
  private join(): void {
    const visitor = this.sessions.known?.visitor
    if (visitor === undefined || (visitor === this.joined && this.tabs)) return
    if (this.joined !== undefined && visitor !== this.joined) this.startOver()
    this.leave()
    this.joined = visitor
    this.tabs = new Tabs(`${this.scope}stream ${visitor}`, {
      open: (signal) => this.openStream(signal),
      event: (event) => this.take(event),
      caughtUp: () => this.caughtUp(),
      line: (line, message) => this.changeLine(line, message),
      last: () => this.thread.last,
      after: (number) => this.thread.after(number).map(toRaw),
      erased: () => this.forget(visitor),
    })
    this.tabs.start()
  }

  private leave(): void {
    this.tabs?.end()
    this.tabs = undefined
  }

  /** The server knows this visitor no more: what stands here can no longer be gone on with. */
  private startOver(): void {
    this.thread = new Thread()
    this.notice = TROUBLE.expired
    this.owner = undefined
  }

  private openStream(signal: AbortSignal): Promise<Answer<Response>> {
    const last = this.thread.last
    const headers = { accept: 'text/event-stream', ...(last > 0 ? { 'last-event-id': String(last) } : {}) }
    return this.as(
      (token) => open(this.at('events'), { token, signal, headers }),
      // Only who is known has a conversation to listen to: another tab may have erased it.
      () => this.sessions.known !== undefined,
    )
  }

  private take(raw: RawEvent): void {
    const data = parse(raw.data)
    if (data === undefined) return
    if (raw.name === 'typing') this.takeTyping(data as TypingEvent)
    else if (raw.number > 0 && (raw.name === 'message' || raw.name === 'owner')) this.keep({ number: raw.number, name: raw.name, data } as Kept)
    this.changed()
  }

  private keep(event: Kept): void {
    if (!this.thread.take(event)) return
    if (event.name === 'owner') this.owner = this.thread.owner
    else if (event.data.author === 'person') this.outbox.drop(event.data.id)
    else this.stopTyping()
    if (this.isNews(event)) this.view.announce(event.data as Reply | OwnerEventData)
  }

  /** What comes after a reload is history, unless it answers what was just sent. */
  private isNews(event: Kept): boolean {
    if (event.name === 'message' && event.data.author === 'person') return false
    return this.live || ('replyTo' in event.data && this.sentHere.has(event.data.replyTo ?? ''))
  }

  private takeTyping({ author, on }: TypingEvent): void {
    this.stopTyping()
    if (!on) return
    this.typing = author
    this.typingTimer = setTimeout(() => {
      this.stopTyping()
      this.changed()
    }, TYPING_LONGEST_MS)
  }

  private stopTyping(): void {
    clearTimeout(this.typingTimer)
    this.typing = undefined
  }

  private caughtUp(): void {
    this.thread.settle()
    this.live = true
  }

  private changeLine(line: Line, message?: string): void {
    this.line = line
    this.lineFailures = line === 'up' ? 0 : this.lineFailures + 1
    if (message) this.notice = message
    if (line === 'up') setTimeout(() => this.caughtUp(), CATCH_UP_MS)
    if (line === 'up') void this.outbox.send()
    this.changed()
  }

  // ── around it ─────────────────────────────────────────────────────────────────────────────────

  private listen(): void {
    const { signal } = this.leaving
    document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && this.wake(false), { signal })
    addEventListener('online', () => this.wake(true), { signal })
    addEventListener('offline', () => this.changed(), { signal })
    // A page that the browser keeps aside for "back" must hold no stream and no lock.
    addEventListener('pagehide', () => this.leave(), { signal })
    addEventListener('pageshow', ({ persisted }) => persisted && this.wake(true), { signal })
    this.unwatch = this.store.watch((key) => this.otherTab(key))
  }

  private wake(sure: boolean): void {
    if (this.tabs) this.tabs.wake(sure)
    else this.join()
    void this.outbox.send()
    if (!this.about) void this.loadAbout()
    this.changed()
  }

  private otherTab(key: string): void {
    // A tab that was not told of the erasing, or not yet, sees it here.
    if (key === SESSION_KEY && this.joined !== undefined && !this.sessions.known) this.forget(this.joined)
    else if (key === SESSION_KEY) this.join()
    this.outbox.read()
    this.changed()
  }

  private async loadAbout(): Promise<void> {
    clearTimeout(this.aboutTimer)
    const answer = await call<About>(this.at('about'))
    if (this.leaving.signal.aborted || this.about) return
    if (answer.kind === 'ok') this.haveAbout(answer.body)
    else if (answer.kind === 'refused') this.blocked = answer.message || TROUBLE.notHere
    else if (await this.isKeptOut()) this.blocked = TROUBLE.notHere
    else this.tryAboutLater()
    this.changed()
  }

  private haveAbout(about: About): void {
    this.about = about
    this.aboutFailures = 0
    this.blocked = undefined
  }

  private tryAboutLater(): void {
    this.aboutFailures += 1
    this.aboutTimer = setTimeout(() => void this.loadAbout(), waitAfter(this.aboutFailures, Math.random()))
  }

  /** A server that is there but lets no script of this site read its answers. */
  private async isKeptOut(): Promise<boolean> {
    return new URL(this.base).origin !== location.origin && navigator.onLine && isThere(`${this.base}an-tam-chat.js`)
  }

  private post(sent: Sent): Promise<Answer<Accepted>> {
    this.posting = new AbortController()
    const { signal } = this.posting
    return this.as(
      (token) => call<Accepted>(this.at('messages'), { method: 'POST', token, json: sent, signal }),
      () => this.outbox.wants(sent.id),
    )
  }

  /** Every request that needs a token; a session that came with it is listened to at once. */
  private async as<T>(request: (token: string) => Promise<Answer<T>>, wanted?: () => boolean): Promise<Answer<T>> {
    const isFirst = this.sessions.known === undefined
    const answer = await this.sessions.with(request, wanted)
    if (this.leaving.signal.aborted) return answer
    // Nothing is history in a conversation that has only begun.
    if (isFirst && this.sessions.known) this.live = true
    this.join()
    return answer
  }

  private forget(visitor: string | undefined): void {
    this.leave()
    this.posting.abort()
    this.sessions.forget(visitor)
    this.outbox.clear()
    for (const key of this.store.keys('')) if (key !== SESSION_KEY) this.store.remove(key)
    this.thread = new Thread()
    this.joined = undefined
    this.owner = undefined
    this.notice = undefined
    this.stopTyping()
    this.changed()
  }

  private at(path: string): string {
    return `${this.base}api/chat/${path}`
  }

  private changed(): void {
    this.thread.hold(this.outbox.pending)
    this.view.changed()
  }
}

/** Random enough to name a message for ever: 128 bits. */
export function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function toRaw(event: Kept): RawEvent {
  return { name: event.name, data: JSON.stringify(event.data), number: event.number }
}
