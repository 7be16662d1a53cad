/** The conversation on the screen: one node for each item, kept while the item stays the same, in the order of the thread. */
import type { OwnerEventData } from '../contract.ts'
import { button, el, icon, set, withPhones } from './dom.ts'
import { type FeedbackPort, renderFeedback } from './feedback.ts'
import { type OpenCitation, renderReply } from './render-reply.ts'
import type { Item, OwnMessage, Pending, Progress, Reply } from './thread.ts'
import { ATTACH, kindName, ownerLine, SAY, STATE, sizeName } from './words.ts'

export interface ThreadActions {
  readonly openCitation: OpenCitation
  readonly choose: (words: string) => void
  readonly sendAgain: () => void
  /** Puts the words of a refused message back in the box. */
  readonly edit: (pending: Pending) => void
  readonly drop: (id: string) => void
  readonly feedback: FeedbackPort
}

/** Word from the desk, not an answer that could be right or wrong. */
const NOT_JUDGED: readonly Reply['status'][] = ['staff', 'notice', 'handoff', 'service']

interface Shown {
  readonly node: HTMLElement
  /** What it was drawn from: drawn again only when that changes. */
  readonly from: string
}

export class ThreadView {
  readonly node = set(el('div', 'log'), { role: 'log', 'aria-live': 'off', 'aria-label': SAY.conversation })
  private shown = new Map<string, Shown>()

  constructor(private readonly actions: ThreadActions) {}

  render(items: readonly Item[]): void {
    const next = new Map<string, Shown>()
    for (const item of items) next.set(item.key, this.nodeOf(item))
    for (const [key, { node }] of this.shown) if (next.get(key)?.node !== node) node.remove()
    this.shown = next
    this.putInOrder([...next.values()].map(({ node }) => node))
    this.offerChoices(items)
  }

  /** The node of an item, for scrolling and focus. */
  find(key: string): HTMLElement | undefined {
    return this.shown.get(key)?.node
  }

  private nodeOf(item: Item): Shown {
    const from = signature(item)
    const before = this.shown.get(item.key)
    return before?.from === from ? before : { node: this.draw(item), from }
  }

  /** Nodes that already stand right are not touched: moving one would lose the focus inside. */
  private putInOrder(nodes: readonly HTMLElement[]): void {
    let at = this.node.firstElementChild
    for (const node of nodes) {
      if (node === at) at = at.nextElementSibling
      else this.node.insertBefore(node, at)
    }
  }

  private draw(item: Item): HTMLElement {
    switch (item.kind) {
      case 'pending':
        return this.drawPending(item.pending)
      case 'own':
        return drawOwn(item.message)
      case 'reply':
        return this.drawReply(item.reply)
      case 'owner':
        return drawOwner(item.owner)
    }
  }

  private drawPending(pending: Pending): HTMLElement {
    const { sent, progress } = pending
    const words = 'text' in sent ? sent.text : 'choice' in sent ? sent.choice : sent.caption
    const file = 'attachment' in sent ? [fileChip(ATTACH.file)] : []
    return drawBubble(progress.at, words ?? '', file, this.progressWords(pending))
  }

  private progressWords(pending: Pending): Node[] {
    const { sent, progress } = pending
    switch (progress.at) {
      case 'accepted':
        return []
      case 'sending':
        return [el('p', 'state', STATE.sending)]
      case 'held':
        return [el('p', 'state', progress.message ?? STATE.held), button('link', STATE.again, this.actions.sendAgain)]
      case 'refused':
        return [
          set(el('p', 'state wrong', ...withPhones(progress.message)), { role: 'alert' }),
          button('link', STATE.edit, () => this.actions.edit(pending)),
          button('link', STATE.drop, () => this.actions.drop(sent.id)),
        ]
    }
  }

  private drawReply(reply: Reply): HTMLElement {
    const staff = reply.author === 'staff'
    const who = reply.officer || SAY.someOfficer
    const node = el('article', `item ${staff ? 'from-staff' : 'from-assistant'}`, el('h3', 'unseen', staff ? SAY.officerSays(who) : SAY.answers))
    if (staff) node.append(officerHead(who, reply.at))
    node.append(renderReply(reply, this.actions.openCitation))
    if (!NOT_JUDGED.includes(reply.status)) node.append(renderFeedback(reply.id, this.actions.feedback))
    return node
  }

  /** Only the last reply's choices can still be tapped. */
  private offerChoices(items: readonly Item[]): void {
    for (const old of this.node.querySelectorAll('.choices')) if (old.parentElement !== this.lastReplyNode(items)) old.remove()
    const last = lastSaid(items)
    if (last?.kind !== 'reply' || last.reply.choices.length === 0) return
    const node = this.find(last.key)
    if (!node?.querySelector('.choices')) node?.append(this.drawChoices(last.reply.choices))
  }

  private lastReplyNode(items: readonly Item[]): HTMLElement | undefined {
    const last = lastSaid(items)
    return last?.kind === 'reply' ? this.find(last.key) : undefined
  }

  private drawChoices(choices: readonly string[]): HTMLElement {
    const buttons = choices.map((words) => button('choice', words, () => this.actions.choose(words)))
    return set(el('div', 'choices', ...buttons), { role: 'group', 'aria-label': SAY.quickReplies })
  }
}

function signature(item: Item): string {
  return item.kind === 'pending' ? `pending ${JSON.stringify(item.pending.progress)}` : item.kind
}

/** The last that somebody said; who answers from here on is not something said. */
function lastSaid(items: readonly Item[]): Item | undefined {
  return [...items].reverse().find(({ kind }) => kind !== 'owner')
}

function drawOwn({ text, attachment, masked }: OwnMessage): HTMLElement {
  const file = attachment ? [fileChip(`${kindName(attachment.kind) ?? ATTACH.file}, ${sizeName(attachment.size)}`)] : []
  return drawBubble('kept', text, file, masked ? [el('p', 'state', STATE.masked)] : [])
}

function drawBubble(state: Progress['at'] | 'kept', words: string, file: readonly Node[], below: readonly Node[]): HTMLElement {
  const bubble = el('div', 'said', ...file, ...(words ? [words] : []))
  const item = el('article', `item own own-${state}`, el('h3', 'unseen', SAY.youSaid), bubble)
  if (below.length > 0) item.append(el('div', 'below', ...below))
  item.tabIndex = -1
  return item
}

function fileChip(words: string): HTMLElement {
  return el('span', 'file', icon('clip'), el('span', 'capital', words))
}

function officerHead(officer: string, at: number): HTMLElement {
  return el('p', 'officer', el('b', '', officer), ` · ${SAY.officerRole} · `, clock(at))
}

function clock(at: number): HTMLElement {
  const time = new Date(Number.isFinite(at) ? at : 0)
  const node = el('time', '', new Intl.DateTimeFormat('vi-VN', { hour: '2-digit', minute: '2-digit' }).format(time))
  node.dateTime = time.toISOString()
  return node
}

function drawOwner(owner: OwnerEventData): HTMLElement {
  return el('p', 'divider', ownerLine(owner))
}
