/** Joins what is configured for the intake: which ways there are, and what is handed over of a case. */
import { randomUUID } from 'node:crypto'
import type { Links } from '../../adapters/intake/links.ts'
import { openMail } from '../../adapters/intake/mail.ts'
import { openWebhook } from '../../adapters/intake/webhook.ts'
import { openOutside } from '../../adapters/platform/outside.ts'
import { eventOf } from '../complaint/event.ts'
import type { Config } from '../config.ts'
import type { HandoversOf, Way, WayName } from '../delivery/handover.ts'

/** @returns the ways that are configured, in a fixed order. */
export function waysOf({ intake, mail }: Config): readonly WayName[] {
  return [...(intake ? (['webhook'] as const) : []), ...(mail ? (['mail'] as const) : [])]
}

/** @returns what makes the rows of a case, for whoever opens one: links are signed and the bytes are fixed at that moment. */
export function handoversFor(config: Config, links: Links): HandoversOf {
  const ways = waysOf(config)
  return (complaint, channel) => {
    if (ways.length === 0) return []
    const event = eventOf(complaint, { channel, link: (attachment) => links.link(attachment, complaint.confirmedAt) })
    if (!event) return []
    const ends = event.data.evidence.flatMap(({ linkEndsAt }) => (linkEndsAt === null ? [] : [Date.parse(linkEndsAt)]))
    const common = { number: complaint.case, body: JSON.stringify(event), linksEndAt: ends.length === 0 ? null : Math.min(...ends) }
    return ways.map((way) => ({ id: `case_${randomUUID()}`, way, ...common }))
  }
}

export interface IntakeWays {
  readonly list: readonly Way[]
  /** Breaks off what is under way: it counts as not taken. */
  close(): Promise<void>
}

/** Opens the ways; nothing is connected before there is something to hand over. */
export function openWays({ intake, mail, allowPrivateHosts }: Config, clock: () => number): IntakeWays {
  const outside = openOutside(allowPrivateHosts)
  const closing = new AbortController()
  const list = [
    ...(intake ? [openWebhook(outside, intake, clock)] : []),
    ...(mail ? [openMail(mail, { allowPrivate: allowPrivateHosts, closing: closing.signal })] : []),
  ]
  return {
    list,
    close: async () => {
      closing.abort()
      await outside.close()
    },
  }
}
