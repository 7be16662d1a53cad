/** A sheet over the chat: the rest of the chat is out of reach while it is open; Escape or a tap beside it closes it, and the reader is back where they were. */
import { el, iconButton, set } from './dom.ts'
import { SAY } from './words.ts'

export class Sheet {
  readonly node = el('div', 'scrim')
  private opener: HTMLElement | undefined
  private behind: readonly HTMLElement[] = []

  constructor() {
    this.node.hidden = true
    this.node.addEventListener('click', (event) => event.target === this.node && this.close())
    this.node.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape' || event.isComposing) return
      event.stopPropagation()
      event.preventDefault()
      this.close()
    })
  }

  get isOpen(): boolean {
    return !this.node.hidden
  }

  /**
   * @param kicker the short name of the sheet, also read aloud
   * @param opener what the focus returns to
   */
  open(kicker: string, content: readonly Node[], opener: Element | null): void {
    const close = iconButton('round', 'close', SAY.close, () => this.close())
    const head = el('div', 'sheet-head', el('p', 'sheet-kicker', kicker), close)
    const sheet = set(el('div', 'sheet', head, el('div', 'sheet-body', ...content)), { role: 'dialog', 'aria-modal': 'true', 'aria-label': kicker })
    if (!this.isOpen) this.opener = opener instanceof HTMLElement ? opener : undefined
    this.node.replaceChildren(sheet)
    this.node.hidden = false
    this.setBehind(true)
    close.focus()
  }

  close(): void {
    if (!this.isOpen) return
    this.setBehind(false)
    this.node.hidden = true
    this.node.replaceChildren()
    if (this.opener?.isConnected) this.opener.focus({ preventScroll: true })
  }

  private setBehind(inert: boolean): void {
    if (inert && this.behind.length === 0) this.behind = [...(this.node.parentElement?.children ?? [])].filter(isOther(this.node))
    for (const node of this.behind) node.toggleAttribute('inert', inert)
    if (!inert) this.behind = []
  }
}

const isOther =
  (sheet: Element) =>
  (node: Element): node is HTMLElement =>
    node !== sheet && node instanceof HTMLElement && !node.hasAttribute('inert') && !node.hasAttribute('aria-live')
