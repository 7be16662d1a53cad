/** Warnings and the published list joined to the running service: what a decision needs to know of them, what everybody sees, and sending to those who subscribed. */

import { listeningOf } from '../../adapters/storage/subscriber-store.ts'
import { readUsage } from '../../adapters/storage/usage-store.ts'
import { lookUpPublished } from '../../adapters/storage/violator-store.ts'
import { countUnderWay, sendWarning, takeBack } from '../../adapters/storage/warning-sending-store.ts'
import { readShown } from '../../adapters/storage/warning-store.ts'
import type { WarningPageParts } from '../../adapters/warning-page/door.ts'
import { dayInVietnam } from '../../knowledge/validity.ts'
import type { Situation } from '../conversation/deciding.ts'
import { sellerMeant } from '../conversation/seller-talk.ts'
import type { Channel } from '../delivery/channel.ts'
import { wordsIn } from '../delivery/message.ts'
import type { Lease } from '../delivery/turns.ts'
import { keysAsked } from '../violators/match.ts'
import type { ShownWarning } from '../warning/content.ts'
import { warningMessage } from '../warning/message.ts'
import { isSendingHour, roomFor } from '../warning/sending.ts'
import type { Parts } from './parts.ts'

// ── deciding ────────────────────────────────────────────────────────────────────────────────────

/** @returns what is known of warnings where a message came from, and what the published list holds of whom it asks about. */
export async function warningsFor(
  parts: Parts,
  { conversationId, conversation, message }: Lease,
): Promise<Pick<Situation, 'warnings' | 'published'>> {
  const { store, options } = parts
  const today = dayInVietnam(new Date(options.clock()))
  const asked = sellerMeant(wordsIn(message.content), conversation.dialogue)?.words
  return {
    warnings: { ...(await listeningOf(store, conversationId)), shown: await readShown(store, today), link: (id) => addressOf(parts, id) },
    ...(asked === undefined ? {} : { published: await lookUpPublished(store, keysAsked(asked), today) }),
  }
}

/** @returns where one warning, or all of them, is read; undefined where nobody outside could follow it. */
export function addressOf({ config: { publicUrl } }: Pick<Parts, 'config'>, id?: string): string | undefined {
  return publicUrl === undefined ? undefined : `${publicUrl.replace(/\/+$/, '')}/canh-bao${id === undefined ? '' : `/${id}`}`
}

/** @returns what the pages of warnings are made of. */
export function warningPageParts({ store, config, options }: Parts): WarningPageParts {
  return {
    ...{ office: config.association.name, base: config.publicUrl?.replace(/\/+$/, '') },
    shown: () => readShown(store, dayInVietnam(new Date(options.clock()))),
  }
}

// ── sending ─────────────────────────────────────────────────────────────────────────────────────

/** On their way at the same time on a channel: what is not out when night falls is taken back. */
const UNDER_WAY = 20

/**
 * Begins to send what is shown to those who subscribed and have not been told: a few at a time, by day, within what each channel's plan leaves beside its reserve. Stopped at
 * any moment it goes on from there. @returns whether anything was made to be sent.
 */
export async function sendWarnings(parts: Parts): Promise<boolean> {
  const { store, options, switches } = parts
  const now = options.clock()
  if (!isSendingHour(now)) return (await takeBack(store, now)) > 0
  const shown = await readShown(store, dayInVietnam(new Date(now)))
  if (shown.length === 0 || switches.isOff('function', 'delivery') !== undefined) return false
  let begun = 0
  for (const channel of parts.channels) if (switches.isOff('channel', channel.name) === undefined) begun += await sendOn(parts, channel, shown, now)
  return begun > 0
}

async function sendOn(parts: Parts, { name, capabilities }: Channel, shown: readonly ShownWarning[], now: number): Promise<number> {
  const { store, config, platforms } = parts
  const underWay = await countUnderWay(store, name)
  const { received, sent } = await readUsage(store, name, now)
  const most = platforms.list.find((platform) => platform.name === name)?.plan.mostMessages ?? 0
  const room = roomFor({ used: received + sent + underWay, most, reservePercent: config.warningReservePercent })
  let begun = 0
  // The oldest first, as they were published.
  for (const warning of shown.toReversed()) {
    const left = { room: room - begun, limit: UNDER_WAY - underWay - begun }
    if (left.limit <= 0) break
    const outgoing = warningMessage(warning, addressOf(parts, warning.id))
    begun += (await sendWarning(store, { warning, channel: name, capabilities, ...left, outgoing }, now)).queued
  }
  return begun
}
