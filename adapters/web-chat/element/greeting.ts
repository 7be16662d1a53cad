/** What stands above the first message: who runs this, that it is a machine, what it cannot do, where a person answers, and questions to begin with. */
import { button, el, icon, phone, set } from './dom.ts'
import { CHOICE, EXAMPLES, GREETING, SAY } from './words.ts'

export interface GreetingActions {
  readonly ask: (text: string) => void
  readonly choose: (words: string) => void
}

export type Side = 'buyer' | 'seller'

export class Greeting {
  readonly node: HTMLElement
  private readonly examples = set(el('ul', 'examples'), { role: 'list', 'aria-label': GREETING.examples })
  private readonly cannot = el('p', 'small')
  private readonly sides: Readonly<Record<Side, HTMLButtonElement>>
  private side: Side | undefined

  constructor(
    level: 'h2' | 'h3',
    private readonly actions: GreetingActions,
  ) {
    const side = (name: Side) => button('side', CHOICE[name], () => actions.choose(CHOICE[name]))
    this.sides = { buyer: side('buyer'), seller: side('seller') }
    this.node = el('section', 'welcome', set(el(level, 'hello', GREETING.hello), { id: 'hello' }), el('p', '', GREETING.how))
    const switcher = set(el('div', 'sides', this.sides.buyer, this.sides.seller), { role: 'group', 'aria-label': GREETING.sides })
    this.node.append(switcher, this.examples, el('p', 'care', icon('lock'), el('span', '', GREETING.care)), this.cannot)
    this.node.setAttribute('aria-labelledby', 'hello')
    this.show(undefined, '')
  }

  /** @param side what was chosen last; @param house who runs it */
  show(side: Side | undefined, house: string): void {
    this.cannot.textContent = GREETING.cannot(house)
    for (const [name, node] of Object.entries(this.sides)) node.setAttribute('aria-pressed', String(name === side))
    if (side === this.side && this.examples.hasChildNodes()) return
    this.side = side
    this.examples.replaceChildren(
      ...EXAMPLES[side ?? 'buyer'].map((words) =>
        el(
          'li',
          '',
          button('example', words, () => this.actions.ask(words)),
        ),
      ),
    )
  }
}

/** The one line that stays on top of the conversation. */
export function machineNotice(): HTMLElement {
  const hotline = phone('1800.6838')
  hotline.textContent = GREETING.hotline
  return el('p', 'notice', GREETING.machineStart, el('b', '', GREETING.machine), GREETING.machineEnd, hotline, '.')
}

export function callLink(): HTMLElement {
  const link = set(phone('1800.6838'), { 'aria-label': SAY.call, class: 'call' })
  link.prepend(icon('phone'))
  return link
}
