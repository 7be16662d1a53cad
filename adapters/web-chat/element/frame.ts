/** The window of the chat: head, conversation, box; everything that is seen of one {@link Chat}. The same on the page and in the widget. */
import type { OwnerEventData, ShownCitation } from '../contract.ts'
import { Announcer } from './announcer.ts'
import { attachForm } from './attach.ts'
import { Chat } from './chat.ts'
import { Composer } from './composer.ts'
import { button, el, emblem, icon, iconButton, set, withPhones } from './dom.ts'
import { callLink, Greeting, machineNotice, type Side } from './greeting.ts'
import { Menu } from './menu.ts'
import { privacyNotice } from './privacy.ts'
import { spoken } from './render-reply.ts'
import { Sheet } from './sheet.ts'
import { sourcesPanel } from './sources-panel.ts'
import type { Item, Pending, Reply } from './thread.ts'
import { ThreadView } from './thread-view.ts'
import { copy, copyByHand, dayInWords, printAlone, transcript } from './transcript.ts'
import { ATTACH, CHOICE, COPY, ERASE, HOUSE, MENU, ownerLine, ownerNow, PRIVACY, SAY, STATE, TROUBLE } from './words.ts'

export interface FrameOptions {
  readonly base: string
  readonly mode: 'page' | 'widget'
  readonly sheets: readonly CSSStyleSheet[]
  /** The widget's way to close; the page has none. */
  readonly close?: () => void
  /** A finished answer or a message of an officer came. */
  readonly news: () => void
}

/** Of a question that an address brings along, in characters. */
const LONGEST_ASKED = 300
/** How near the end counts as reading along. */
const NEAR_END = 120

export class Frame {
  readonly node: HTMLElement
  readonly chat: Chat
  private readonly announcer = new Announcer()
  private readonly sheet = new Sheet()
  private readonly menu: Menu
  private readonly view: ThreadView
  private readonly greeting: Greeting
  private readonly composer: Composer
  private readonly house = el('span', 'house', HOUSE)
  private readonly typing = set(el('p', 'waiting'), { hidden: '' })
  private readonly notice = set(el('p', 'banner'), { role: 'status' })
  private readonly network = set(el('p', 'banner'), { role: 'status' })
  private readonly fresh: HTMLButtonElement
  private readonly blocked = set(el('p', 'banner blocked'), { role: 'alert' })
  private readonly foot: HTMLElement
  private readonly body: HTMLElement
  private readonly leaving = new AbortController()
  private items: readonly Item[] = []

  constructor(private readonly options: FrameOptions) {
    const page = options.mode === 'page'
    this.chat = new Chat(options.base, { changed: () => this.render(), announce: (news) => this.announce(news) })
    this.view = new ThreadView({
      openCitation: (citation) => this.openCitation(citation),
      choose: (words) => this.send({ choice: words }),
      sendAgain: () => this.chat.sendAgain(),
      edit: (pending) => this.edit(pending),
      drop: (id) => this.chat.takeBack(id),
      feedback: { store: this.chat.store, rate: (feedback) => this.chat.rate(feedback) },
    })
    this.greeting = new Greeting(page ? 'h2' : 'h3', { ask: (text) => this.send({ text }), choose: (words) => this.send({ choice: words }) })
    this.composer = new Composer({ send: (text) => this.send({ text }), typed: () => this.chat.typed(), attach: () => this.openAttach() })
    this.menu = new Menu([
      { label: MENU.officer, run: () => this.send({ choice: CHOICE.officer }) },
      { label: MENU.copy, run: (opener) => void this.copy(opener) },
      { label: MENU.print, run: () => this.print() },
      { label: MENU.warnings, run: () => this.toPage('canh-bao') },
      { label: MENU.quizzes, run: () => this.toPage('trac-nghiem') },
      { label: MENU.privacy, run: (opener) => this.openPrivacy(opener) },
      { label: MENU.erase, run: (opener) => this.openErase(opener) },
    ])
    this.fresh = button('fresh', icon('arrow'), () => this.toEnd())
    this.fresh.append(SAY.newMessages)
    this.fresh.hidden = true
    this.body = this.drawBody(page)
    this.foot = el(page ? 'footer' : 'div', 'foot', el('div', 'column', this.fresh, this.network, this.composer.node))
    this.node = el('div', `root ${options.mode}`, this.drawHead(page), this.body, this.foot, this.sheet.node, this.announcer.node)
    this.node.addEventListener('click', (event) => this.menu.tapped(event.composedPath()))
  }

  start(): void {
    this.chat.start()
    this.composer.size()
    if (this.options.mode === 'page') this.fillAsked()
    const scrolls = this.options.mode === 'page' ? document : this.body
    scrolls.addEventListener('scroll', () => this.nearEnd() && this.hideFresh(), { passive: true, signal: this.leaving.signal })
  }

  /** A page of ours may bring a question along; who came here sends it, or not. */
  private fillAsked(): void {
    const asked = new URLSearchParams(location.search).get('hoi')?.trim().slice(0, LONGEST_ASKED)
    if (!asked) return
    this.composer.fill(asked)
    history.replaceState(null, '', location.pathname)
  }

  /** Beside the chat of somebody else's page; what was said here waits. */
  private toPage(name: string): void {
    const address = new URL(name, this.options.base).href
    if (this.options.mode === 'page') location.assign(address)
    else open(address, '_blank', 'noopener')
  }

  end(): void {
    this.leaving.abort()
    this.chat.end()
  }

  /** @returns whether something lay over the conversation and is closed now */
  closeTop(): boolean {
    const open = this.sheet.isOpen
    this.sheet.close()
    return open
  }

  focus(): void {
    this.composer.box.focus({ preventScroll: true })
  }

  // ── drawing ───────────────────────────────────────────────────────────────────────────────────

  private drawHead(page: boolean): HTMLElement {
    const name = el(page ? 'h1' : 'h2', 'name', el('b', '', SAY.name), el('span', 'dash', ' — '), this.house)
    const close = this.options.close
    const tools = el('div', 'tools', callLink(), this.menu.node, ...(close ? [iconButton('round', 'close', SAY.closeChat, close)] : []))
    return el(page ? 'header' : 'div', 'head', ...(page ? [this.skipLink()] : []), el('div', 'column bar', emblem(), name, tools))
  }

  private drawBody(page: boolean): HTMLElement {
    const dots = set(el('span', 'dots', el('i'), el('i'), el('i')), { 'aria-hidden': 'true' })
    this.typing.append(dots, el('span', 'typing-words'))
    const heading = page ? [el('h2', 'unseen', SAY.conversation)] : []
    const parts = [machineNotice(), this.notice, this.blocked, this.greeting.node, ...heading, this.view.node, this.typing]
    return el(page ? 'main' : 'div', 'body', el('div', 'column', ...parts))
  }

  private skipLink(): HTMLElement {
    const link = set(el('a', 'skip', SAY.skip), { href: '#question' })
    link.addEventListener('click', (event) => {
      event.preventDefault()
      this.focus()
    })
    return link
  }

  private render(): void {
    const along = this.nearEnd()
    const grown = this.chat.thread.items()
    this.view.render(grown)
    const more = grown.length > this.items.length
    this.items = grown
    this.renderState()
    this.renderGreeting()
    this.renderLimits()
    if (more && along && !this.chat.isLive) this.toEnd()
  }

  private renderState(): void {
    const { typing } = this.chat
    this.typing.hidden = typing === undefined
    say(this.typing.querySelector('.typing-words'), typing ? STATE.typing[typing] : '')
    this.view.node.setAttribute('aria-busy', String(typing !== undefined))
    say(this.network, this.chat.lineWords)
    say(this.notice, this.noticeWords())
    say(this.blocked, this.chat.blocked ?? '')
    this.foot.hidden = this.chat.blocked !== undefined
  }

  private noticeWords(): string {
    const lasting = this.chat.store.lasting ? '' : TROUBLE.notLasting
    return [this.chat.about?.pause ?? '', this.chat.notice ?? '', lasting].filter(Boolean).join(' ')
  }

  private renderGreeting(): void {
    this.greeting.show(sideOf(this.items), this.houseName)
    // Who has only chosen a side has not asked anything yet.
    this.greeting.node.hidden = this.chat.blocked !== undefined || this.items.some((item) => ownWords(item) !== undefined && !isSide(ownWords(item)))
    say(this.house, this.whoAnswers)
  }

  private renderLimits(): void {
    const about = this.chat.about
    this.composer.attach.hidden = !about || about.attachments.kinds.length === 0
    if (about) this.composer.limit = about.maxCharacters
  }

  /** Under the name: whose house it is, and who answers as soon as it is not the machine. */
  private get whoAnswers(): string {
    const { owner } = this.chat
    return (owner && ownerNow(owner)) ?? this.houseName
  }

  private get houseName(): string {
    return this.chat.about?.association.name || HOUSE
  }

  // ── what the visitor does ─────────────────────────────────────────────────────────────────────

  private send(draft: Parameters<Chat['send']>[0]): void {
    this.chat.send(draft)
    // A keyboard on glass covers half the answer; a real keyboard stays in the box for the next question.
    const last = this.lastOwn()
    if (matchMedia('(pointer: coarse)').matches) this.composer.box.blur()
    if (!this.hasFocus(this.composer.box)) last?.focus({ preventScroll: true })
    this.toEnd()
  }

  private edit({ sent }: Pending): void {
    this.chat.takeBack(sent.id)
    this.composer.fill('text' in sent ? sent.text : 'choice' in sent ? sent.choice : (sent.caption ?? ''))
  }

  private openCitation(citation: ShownCitation): void {
    this.sheet.open(SAY.basis, sourcesPanel(citation), this.focused())
  }

  private openPrivacy(opener: HTMLElement): void {
    this.sheet.open(PRIVACY.title, privacyNotice(this.chat.about, this.chat.visitor), opener)
  }

  private openAttach(): void {
    const limits = this.chat.about?.attachments
    if (!limits) return
    const form = attachForm(limits, {
      upload: (send) => this.chat.upload(send),
      done: (attachment, caption) => {
        this.sheet.close()
        this.send({ attachment, ...(caption ? { caption } : {}) })
      },
    })
    this.sheet.open(ATTACH.title, form, this.composer.attach)
  }

  private openErase(opener: HTMLElement): void {
    const trouble = set(el('p', 'wrong'), { role: 'alert' })
    const yes = button('choice danger', ERASE.yes, async () => {
      if (!(await this.chat.erase())) return trouble.replaceChildren(...withPhones(ERASE.failed))
      this.sheet.close()
      this.announcer.say(ERASE.done)
      this.focus()
    })
    const no = button('choice', ERASE.no, () => this.sheet.close())
    this.sheet.open(ERASE.title, [el('p', '', ERASE.what), trouble, el('div', 'actions', yes, no)], opener)
  }

  private async copy(opener: HTMLElement): Promise<void> {
    const text = transcript(this.items, this.houseName)
    if (text === '') return this.sheet.open(COPY.title, [el('p', '', COPY.empty)], opener)
    if (await copy(text)) return this.sheet.open(COPY.title, [set(el('p', '', COPY.done), { role: 'status' })], opener)
    const { nodes, select } = copyByHand(text)
    this.sheet.open(COPY.title, nodes, opener)
    select()
  }

  private print(): void {
    printAlone(this.view.node, COPY.heading(this.houseName, dayInWords()), this.options.sheets, 'an-tam-paper')
  }

  // ── news and where the reader is ──────────────────────────────────────────────────────────────

  private announce(news: Reply | OwnerEventData): void {
    const along = this.nearEnd()
    this.announcer.say('owner' in news ? ownerLine(news) : spoken(news))
    this.options.news()
    // The node is drawn after this, in the same turn.
    queueMicrotask(() => this.showNews(news, along))
  }

  /** The reader sees the answer from its beginning; who is reading further up is not moved. */
  private showNews(news: Reply | OwnerEventData, along: boolean): void {
    if (!along) {
      this.fresh.hidden = false
      return
    }
    const from = 'replyTo' in news && news.replyTo ? this.view.find(`own ${news.replyTo}`) : this.view.node.lastElementChild
    from?.scrollIntoView({ block: 'start' })
  }

  private toEnd(): void {
    this.hideFresh()
    const box = this.scrollBox()
    box.scrollTop = box.scrollHeight
  }

  private hideFresh(): void {
    this.fresh.hidden = true
  }

  private nearEnd(): boolean {
    const { scrollHeight, scrollTop, clientHeight } = this.scrollBox()
    return scrollHeight - scrollTop - clientHeight < NEAR_END
  }

  /** What scrolls: the whole page, so that a phone's address bar gives way, or the widget's own middle. */
  private scrollBox(): Element {
    return this.options.mode === 'page' ? (document.scrollingElement ?? document.documentElement) : this.body
  }

  private lastOwn(): HTMLElement | undefined {
    const last = [...this.items].reverse().find((item) => ownWords(item) !== undefined)
    return last && this.view.find(last.key)
  }

  private focused(): Element | null {
    return (this.node.getRootNode() as ShadowRoot).activeElement
  }

  private hasFocus(node: Element): boolean {
    return this.focused() === node
  }
}

/** Words that did not change are left alone: a live region would say them again. */
function say(node: Element | null, words: string): void {
  if (node && node.textContent !== words) node.replaceChildren(...withPhones(words))
}

/** What an item says in the visitor's own words; undefined for anybody else's. */
function ownWords(item: Item): string | undefined {
  if (item.kind === 'own') return item.message.text
  if (item.kind !== 'pending') return undefined
  const { sent } = item.pending
  return 'text' in sent ? sent.text : 'choice' in sent ? sent.choice : (sent.caption ?? '')
}

const isSide = (words: string | undefined) => words === CHOICE.buyer || words === CHOICE.seller

function sideOf(items: readonly Item[]): Side | undefined {
  const words = items.map(ownWords).filter(isSide)
  const last = words[words.length - 1]
  return last === undefined ? undefined : last === CHOICE.seller ? 'seller' : 'buyer'
}
