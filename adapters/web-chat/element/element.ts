/**
 * <an-tam-chat>: the chat as one element, for our own page (`mode="page"`) and for any other (a button that opens a panel).
 *
 *     <script async src="https://…/an-tam-chat.js"></script>
 *     <an-tam-chat></an-tam-chat>
 *
 * The script knows its server from its own address; the attribute `server` names another.
 */
import css from './chat.css'
import { el, emblem, set } from './dom.ts'
import { Frame } from './frame.ts'
import { SAY } from './words.ts'

const TAG = 'an-tam-chat'
/** Only while the script itself runs is its own address known. */
const OWN_ADDRESS = (document.currentScript as HTMLScriptElement | null)?.src
/** Where the panel covers the whole screen, and the page behind it must be out of reach. */
const SMALL = '(max-width: 36rem), (max-height: 30rem)'
const PAGE_SCALE = 1.0625

/** The one widget of this document: a second one would only cover it. */
let widget: AnTamChat | undefined

class AnTamChat extends HTMLElement {
  private frame: Frame | undefined
  private panel: HTMLDialogElement | undefined
  private launcher: HTMLButtonElement | undefined
  private unread = 0
  private leaving = new AbortController()

  connectedCallback(): void {
    if (this.mode === 'widget' && widget && widget !== this) return
    const root = this.shadowRoot ?? this.attachShadow({ mode: 'open' })
    const sheets = addStyles(root)
    this.leaving = new AbortController()
    this.measure()
    if (this.mode === 'page') this.openPage(root, sheets)
    else this.offer(root, sheets)
  }

  disconnectedCallback(): void {
    if (widget === this) widget = undefined
    this.leaving.abort()
    this.frame?.end()
    this.frame = undefined
    this.panel = undefined
    for (const node of [...(this.shadowRoot?.childNodes ?? [])]) if (!(node instanceof HTMLStyleElement)) node.remove()
  }

  private get mode(): 'page' | 'widget' {
    return this.getAttribute('mode') === 'page' ? 'page' : 'widget'
  }

  /** The server's address, ending in a slash. */
  private get base(): string {
    const named = this.getAttribute('server')
    if (named) return new URL(named.replace(/\/*$/, '/'), location.href).href
    return new URL('.', OWN_ADDRESS || location.href).href
  }

  /** Sizes follow the reader's own font size, never that of the page around. */
  private measure(): void {
    const size = Number.parseFloat(getComputedStyle(this).fontSize) || 16
    this.style.setProperty('--size', `${size * (this.mode === 'page' ? PAGE_SCALE : 1)}px`)
  }

  private openPage(root: ShadowRoot, sheets: readonly CSSStyleSheet[]): void {
    this.frame = new Frame({ base: this.base, mode: 'page', sheets, news: () => {} })
    root.append(this.frame.node)
    this.frame.start()
  }

  // ── the widget ────────────────────────────────────────────────────────────────────────────────

  private offer(root: ShadowRoot, sheets: readonly CSSStyleSheet[]): void {
    widget = this
    this.launcher = set(el('button', 'launcher', emblem(), el('span', 'launcher-words', SAY.launcher)), { type: 'button', 'aria-haspopup': 'dialog' })
    this.launcher.addEventListener('click', () => (this.panel && isOpen(this.panel) ? this.close() : this.open(root, sheets)))
    this.showUnread(0)
    root.append(set(el('div', 'launcher-place', this.launcher), { role: 'region', 'aria-label': SAY.name }))
    matchMedia(SMALL).addEventListener('change', () => this.resized(), { signal: this.leaving.signal })
  }

  private open(root: ShadowRoot, sheets: readonly CSSStyleSheet[]): void {
    this.panel ??= this.mount(root, sheets)
    this.showPanel(this.panel)
    this.showUnread(0)
    this.frame?.focus()
  }

  /** Nothing is there, and nothing is asked of the server, before somebody opens it. */
  private mount(root: ShadowRoot, sheets: readonly CSSStyleSheet[]): HTMLDialogElement {
    const frame = new Frame({ base: this.base, mode: 'widget', sheets, close: () => this.close(), news: () => this.onNews() })
    const panel = set(el('dialog', 'panel', frame.node), { 'aria-label': SAY.panel })
    panel.addEventListener('keydown', (event) => event.key === 'Escape' && !event.isComposing && this.onEscape(event))
    // A phone's "back" closes a dialog too.
    panel.addEventListener('cancel', (event) => event.target === panel && this.onEscape(event))
    root.append(panel)
    this.frame = frame
    this.showPanel(panel)
    frame.start()
    return panel
  }

  private showPanel(panel: HTMLDialogElement): void {
    if (isOpen(panel)) return
    const full = matchMedia(SMALL).matches
    panel.classList.toggle('full', full)
    if (typeof panel.showModal !== 'function') panel.setAttribute('open', '')
    else if (full) panel.showModal()
    else panel.show()
    this.launcher?.setAttribute('aria-expanded', 'true')
  }

  private close(): void {
    if (this.panel) hide(this.panel)
    this.launcher?.setAttribute('aria-expanded', 'false')
    this.launcher?.focus({ preventScroll: true })
  }

  private onEscape(event: Event): void {
    event.preventDefault()
    event.stopPropagation()
    if (!this.frame?.closeTop()) this.close()
  }

  /** A turned phone changes between a panel in the corner and one over everything. */
  private resized(): void {
    if (!this.panel || !isOpen(this.panel)) return
    hide(this.panel)
    this.showPanel(this.panel)
  }

  private onNews(): void {
    if (!this.panel || !isOpen(this.panel)) this.showUnread(this.unread + 1)
  }

  private showUnread(count: number): void {
    this.unread = count
    this.launcher?.setAttribute('aria-label', count > 0 ? SAY.launcherUnread(count) : SAY.launcher)
    this.launcher?.setAttribute('data-unread', count > 0 ? String(count) : '')
  }
}

/** Phones before 2022 know no dialog: to them it is only an element with an attribute. */
const isOpen = (panel: HTMLElement) => panel.hasAttribute('open')

function hide(panel: HTMLDialogElement): void {
  if (typeof panel.close === 'function') panel.close()
  else panel.removeAttribute('open')
}

/** A sheet made by script needs no permission for inline styles; phones before 2023 know only the older way. */
function addStyles(root: ShadowRoot): readonly CSSStyleSheet[] {
  if (!('adoptedStyleSheets' in root)) {
    const style = document.createElement('style')
    style.textContent = css
    ;(root as ShadowRoot).prepend(style)
    return []
  }
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(css)
  root.adoptedStyleSheets = [sheet]
  return [sheet]
}

if (!customElements.get(TAG)) customElements.define(TAG, AnTamChat)
