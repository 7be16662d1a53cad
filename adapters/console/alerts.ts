/** Being told of work outside the console: each officer connects a chat of their own, and chooses what they want to hear. */
import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import { ALERT_CODE_MS, alertCodeFrom } from '../../bot/alerts/code.ts'
import { ALERT_KINDS } from '../../bot/alerts/matters.ts'
import type { OfficeHours } from '../../bot/calendar/hours.ts'
import type { Capabilities } from '../../bot/delivery/channel.ts'
import { ALERT_SAYS, when } from '../../bot/wording/alerts.ts'
import { type AlertPlace, endAlertsOf, offerAlertCode, readAlerts, writeWishes } from '../storage/alert-store.ts'
import type { Store } from '../storage/database.ts'
import type { AlertCode, AlertsView } from './alerts-contract.ts'
import { type Asked, type ConsoleRoute, route } from './route.ts'
import { ConsoleTrouble } from './trouble.ts'

/** A channel that is on. */
export interface AlertChannel {
  readonly name: string
  readonly capabilities: Capabilities
  /** Where it is opened; undefined where the service does not know. */
  readonly address: string | undefined
  /** Most messages a month, in both directions; 0: without a limit. */
  readonly mostMessages: number
}

export interface AlertParts {
  readonly store: Store
  readonly hours: OfficeHours
  readonly channels: () => readonly AlertChannel[]
  /** Whether so little of a channel's plan is left that only danger goes out. */
  readonly isSpare: (channel: string, now: number) => Promise<boolean>
}

const wishesBody = z.strictObject({ off: z.array(z.enum(ALERT_KINDS)).max(ALERT_KINDS.length), night: z.boolean() })

/** @returns the routes of being told. */
export function alertRoutes(parts: AlertParts): readonly ConsoleRoute[] {
  const { store } = parts
  return [
    route({ method: 'GET', url: '/me/alerts', may: 'chat.act', handle: (asked) => view(parts, asked) }),
    route({ method: 'POST', url: '/me/alerts/code', may: 'chat.act', handle: (asked) => newCode(parts, asked) }),
    route({
      ...{ method: 'PUT', url: '/me/alerts', may: 'chat.act', body: wishesBody },
      handle: async ({ officer, body }) => {
        await writeWishes(store, officer.id, body)
        return {}
      },
    }),
    route({ method: 'DELETE', url: '/me/alerts', may: 'chat.act', handle: (asked) => disconnect(parts, asked) }),
  ]
}

type By = Pick<Asked, 'officer' | 'now'>

async function view(parts: AlertParts, { officer, now }: By): Promise<AlertsView> {
  const { place, off, night } = await readAlerts(parts.store, officer.id)
  return {
    place: place ? { channel: place.channel, since: place.connectedAt, warnings: await warningsOf(parts, place, now) } : null,
    ...{ off, night, hours: `${clock(parts.hours.from)}–${clock(parts.hours.to)}` },
    places: able(parts).map((channel) => ({ channel: channel.name, address: channel.address ?? null, words: limitsOf(channel) })),
  }
}

const able = ({ channels }: AlertParts): readonly AlertChannel[] => channels().filter(({ capabilities }) => capabilities.reachesAway)

const clock = (minutes: number): string => `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`

const DAY_MS = 86_400_000

function limitsOf({ capabilities: { proactiveWindowMs }, mostMessages }: AlertChannel): string {
  const limits = [
    ...(proactiveWindowMs === null ? [] : [ALERT_SAYS.windowed(Math.floor(proactiveWindowMs / DAY_MS))]),
    ...(mostMessages === 0 ? [] : [ALERT_SAYS.planned(mostMessages)]),
  ]
  return limits.length > 0 ? limits.join('; ') : ALERT_SAYS.free
}

/** What keeps, or will keep, messages from arriving. */
async function warningsOf(parts: AlertParts, { channel, heardAt, blocked }: AlertPlace, now: number): Promise<readonly string[]> {
  const window = parts.channels().find(({ name }) => name === channel)?.capabilities.proactiveWindowMs ?? null
  const until = window === null ? null : (heardAt ?? 0) + window
  return [
    ...(blocked ? [ALERT_SAYS.blocked] : []),
    ...(until === null ? [] : [until > now ? ALERT_SAYS.window(when(until)) : ALERT_SAYS.windowEnded]),
    ...((await parts.isSpare(channel, now)) ? [ALERT_SAYS.plan] : []),
  ]
}

async function newCode(parts: AlertParts, { officer, now }: By): Promise<AlertCode> {
  if (able(parts).length === 0) throw new ConsoleTrouble('conflict', ALERT_SAYS.noPlace)
  const code = alertCodeFrom(randomBytes(8))
  await offerAlertCode(parts.store, officer.id, code, now + ALERT_CODE_MS)
  return { code, endsAt: now + ALERT_CODE_MS }
}

async function disconnect({ store }: AlertParts, { officer, now }: By): Promise<object> {
  const { place } = await readAlerts(store, officer.id)
  await store.write((tx) => endAlertsOf(tx, officer.id, now))
  if (!place) throw new ConsoleTrouble('conflict', ALERT_SAYS.notConnected)
  return {}
}
