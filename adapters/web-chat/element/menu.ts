/** The menu at the top: a button that shows a list of buttons. */
import { button, el, iconButton, set } from './dom.ts'
import { MENU } from './words.ts'

export interface MenuEntry {
  readonly label: string
  readonly run: (opener: HTMLElement) => void
}

export class Menu {
  readonly node: HTMLElement
  readonly opener: HTMLButtonElement
  private readonly list: HTMLElement

  constructor(entries: readonly MenuEntry[]) {
    this.opener = set(
      iconButton('round', 'menu', MENU.open, () => this.toggle(this.list.hidden)),
      { 'aria-expanded': 'false' },
    )
    this.list = el(
      'ul',
      'menu',
      ...entries.map((entry) =>
        el(
          'li',
          '',
          button('menu-entry', entry.label, () => this.pick(entry)),
        ),
      ),
    )
    this.list.setAttribute('role', 'list')
    this.list.hidden = true
    this.node = el('div', 'menu-place', this.opener, this.list)
    this.node.addEventListener('keydown', (event) => this.onKey(event))
    this.node.addEventListener('focusout', ({ relatedTarget }) => {
      if (relatedTarget instanceof Node && !this.node.contains(relatedTarget)) this.toggle(false)
    })
  }

  /** A tap elsewhere closes it. */
  tapped(path: readonly EventTarget[]): void {
    if (!path.includes(this.node)) this.toggle(false)
  }

  private toggle(open: boolean): void {
    this.list.hidden = !open
    this.opener.setAttribute('aria-expanded', String(open))
  }

  private pick(entry: MenuEntry): void {
    this.toggle(false)
    this.opener.focus()
    entry.run(this.opener)
  }

  private onKey(event: KeyboardEvent): void {
    if (this.list.hidden) return
    if (event.key === 'Escape') {
      event.stopPropagation()
      event.preventDefault()
      this.toggle(false)
      this.opener.focus()
    } else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault()
      this.step(event.key === 'ArrowDown' ? 1 : -1)
    }
  }

  private step(by: number): void {
    const entries = [...this.list.querySelectorAll('button')]
    const root = this.node.getRootNode() as ShadowRoot
    const at = entries.indexOf(root.activeElement as HTMLButtonElement)
    entries[(at + by + entries.length) % entries.length]?.focus()
  }
}
