/** The web chat as a channel: sending is appending to the visitor's stream under the parcel's key, so that a repeat changes nothing. */
import type { Arrival, Content, Parcel } from '../../bot/delivery/message.ts'
import { type Channel, DeliveryError } from '../../bot/delivery/relay.ts'
import type { Citation } from '../../knowledge/cite.ts'
import type { NewEvent, WebEventStore } from '../storage/web-event-store.ts'
import type { AttachmentKind, MessageEvent, OwnerEventData, ShownCitation } from './contract.ts'
import type { Hub } from './hub.ts'

export const WEB = 'web'

/** @returns the channel that the relay sends to. */
export function webChannel(events: WebEventStore, hub: Hub): Channel {
  return {
    name: WEB,
    // Its page shows any length and any number of buttons, whenever it is open.
    capabilities: {
      idempotentSend: true,
      reachesAway: false,
      showsOwner: true,
      typing: true,
      maxTextLength: null,
      buttons: Number.POSITIVE_INFINITY,
      proactiveWindowMs: null,
    },
    send: async (parcel) => {
      const there = await events.append(parcel.conversation, toEvent(parcel))
      if (!there) throw new DeliveryError('conversation_gone', 'never')
      hub.wake(parcel.address)
    },
    typing: (address, on) => hub.typing(address, { author: 'assistant', on }),
  }
}

function toEvent({ key, body, replyTo, createdAt }: Parcel): NewEvent {
  if (body.kind === 'owner') {
    const data: OwnerEventData = { owner: body.owner, at: createdAt, ...(body.officer ? { officer: body.officer } : {}) }
    return { key, type: 'owner', data: JSON.stringify(data), at: createdAt }
  }
  const { author, status, text, sections, choices, officer } = body
  const data: MessageEvent = {
    ...{ author, id: key, at: createdAt, status, text, sections, choices, citations: body.citations.map(shown) },
    ...(replyTo === null ? {} : { replyTo: clientIdOf(replyTo) }),
    ...(officer === undefined ? {} : { officer }),
  }
  return { key, type: 'message', data: JSON.stringify(data), at: createdAt }
}

function shown({ id: _, kind: __, pointer, ...citation }: Citation): ShownCitation {
  return { ...pointer, ...citation }
}

/** The name of a message on this channel: two visitors may well choose the same id. */
export function externalId(visitor: string, clientId: string): string {
  return `${visitor}:${clientId}`
}

function clientIdOf(external: string): string {
  return external.slice(external.indexOf(':') + 1)
}

/** What the page can send. */
export type WebContent = Extract<Content, { kind: 'text' | 'choice' | 'attachment' }>

/** @returns a visitor's message as it arrives at the inbox, with what their own stream shows of it. */
export function arrivalOf(visitor: string, clientId: string, content: WebContent, receivedAt: number): Arrival {
  const echo: MessageEvent = {
    ...{ author: 'person', id: clientId, at: receivedAt, masked: content.kind !== 'choice' && content.masked },
    text: content.kind === 'attachment' ? content.caption : content.text,
    ...(content.kind === 'attachment' ? { attachment: { kind: content.mime as AttachmentKind, size: content.size } } : {}),
  }
  return {
    ...{ channel: WEB, externalId: externalId(visitor, clientId), address: visitor, person: personOf(visitor), content, receivedAt },
    echo: { key: `in:${clientId}`, data: JSON.stringify(echo) },
  }
}

/** @returns the pseudonym by which a visitor's data is exported and erased. */
export function personOf(visitor: string): string {
  return `${WEB}:${visitor}`
}
