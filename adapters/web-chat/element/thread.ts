/**
 * The conversation as it is known here: what the server has kept, by event number, and what is still on its way there, by the client's id.
 * Events may come in any order and more than once; nothing is missing or doubled in what {@link Thread.items} gives.
 */
import type { MessageEvent, OwnerEventData, Sent } from '../contract.ts'

export type OwnMessage = Extract<MessageEvent, { author: 'person' }>
export type Reply = Exclude<MessageEvent, OwnMessage>

export type Kept =
  | { readonly number: number; readonly name: 'message'; readonly data: MessageEvent }
  | { readonly number: number; readonly name: 'owner'; readonly data: OwnerEventData }

/** How far a message of one's own has come. */
export type Progress =
  | { readonly at: 'sending' }
  /** Not sent for now; it will be tried again. */
  | { readonly at: 'held'; readonly message?: string }
  /** The server will not have it. */
  | { readonly at: 'refused'; readonly message: string }
  /** The server has it, its event has not come yet. */
  | { readonly at: 'accepted' }

export interface Pending {
  readonly sent: Sent
  readonly progress: Progress
}

export type Item =
  | { readonly kind: 'pending'; readonly key: string; readonly pending: Pending }
  | { readonly kind: 'own'; readonly key: string; readonly message: OwnMessage }
  | { readonly kind: 'reply'; readonly key: string; readonly reply: Reply }
  | { readonly kind: 'owner'; readonly key: string; readonly owner: OwnerEventData }

export class Thread {
  private readonly events = new Map<number, Kept>()
  private readonly own = new Set<string>()
  private pending: readonly Pending[] = []
  private complete = 0

  /** The highest number up to which nothing is missing: what to ask the server to go on from. */
  get last(): number {
    return this.complete
  }

  /** @returns whether it was new */
  take(event: Kept): boolean {
    if (this.events.has(event.number)) return false
    this.events.set(event.number, event)
    if (event.name === 'message' && event.data.author === 'person') this.own.add(event.data.id)
    while (this.events.has(this.complete + 1)) this.complete += 1
    return true
  }

  /** The server has no events between: a number that never comes must not be asked for again and again. */
  settle(): void {
    this.complete = Math.max(this.complete, ...this.events.keys())
  }

  has(id: string): boolean {
    return this.own.has(id)
  }

  /** What the outbox holds now, in the order of sending. */
  hold(pending: readonly Pending[]): void {
    this.pending = pending
  }

  /** All kept events after a number, in order: for a tab that missed some. */
  after(number: number): Kept[] {
    return [...this.events.values()].filter((event) => event.number > number).sort((a, b) => a.number - b.number)
  }

  /** Who answers now: what was said last of that, also when it came earlier. */
  get owner(): OwnerEventData | undefined {
    return this.after(0).reduce<OwnerEventData | undefined>((owner, event) => (event.name === 'owner' ? event.data : owner), undefined)
  }

  /** The conversation in order. A message that is on its way stands before the reply that answers it, otherwise at the end. */
  items(): Item[] {
    const waiting = new Map(this.pending.filter(({ sent }) => !this.own.has(sent.id)).map((one) => [one.sent.id, one]))
    const items: Item[] = []
    for (const event of this.after(0)) {
      const answered = event.name === 'message' && event.data.author !== 'person' ? waiting.get(event.data.replyTo ?? '') : undefined
      if (answered && waiting.delete(answered.sent.id)) items.push(pendingItem(answered))
      items.push(keptItem(event))
    }
    return [...items, ...[...waiting.values()].map(pendingItem)]
  }
}

/** A message keeps its key when the server's copy takes the place of one's own. */
function pendingItem(pending: Pending): Item {
  return { kind: 'pending', key: `own ${pending.sent.id}`, pending }
}

function keptItem(event: Kept): Item {
  if (event.name === 'owner') return { kind: 'owner', key: `event ${event.number}`, owner: event.data }
  const message = event.data
  return message.author === 'person'
    ? { kind: 'own', key: `own ${message.id}`, message }
    : { kind: 'reply', key: `event ${event.number}`, reply: message }
}
