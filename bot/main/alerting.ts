/** Tells officers of work in their own chats: reads what there is, asks the rules, and leaves the rest to the outbox. */
import { setTimeout as pause } from 'node:timers/promises'
import { readClocked, readMatters } from '../../adapters/storage/alert-matters.ts'
import {
  type AlertCodeFound,
  type AlertedRow,
  hasAlertAddress,
  isAlertAddress,
  lookUpAlertCode,
  readAlerted,
} from '../../adapters/storage/alert-store.ts'
import { dropStaleAlerts, ToldElsewhere, tellOfficer } from '../../adapters/storage/alert-telling.ts'
import { readOfficers } from '../../adapters/storage/officer-store.ts'
import { readUsage } from '../../adapters/storage/usage-store.ts'
import { type Day, dayInVietnam } from '../../knowledge/validity.ts'
import { type AlertMoment, type Matter, tellingOf } from '../alerts/matters.ts'
import { plain } from '../answer/outcome.ts'
import { beginning, endOfDay, isOpen } from '../calendar/hours.ts'
import { clocksOf } from '../case/clocks.ts'
import type { AlertSituation } from '../conversation/deciding.ts'
import { requestIn } from '../conversation/requests.ts'
import type { Outgoing } from '../delivery/message.ts'
import { wordsIn } from '../delivery/message.ts'
import type { Lease } from '../delivery/turns.ts'
import { mayDo, ROLES, type Role } from '../officers/permissions.ts'
import { alertText } from '../wording/alerts.ts'
import { fault, type Parts } from './parts.ts'

const LOOK_MS = 5_000
/** A page asks for something at least so often while somebody works in it. */
const WATCHING_MS = 3 * 60_000
/** Of a plan that counts messages: from here on only danger goes out. */
const SPARE_AT = 0.9

/** Tells officers until `signal`. */
export async function alerts(parts: Parts, signal: AbortSignal): Promise<void> {
  const onFault = fault(parts, 'alerts')
  while (!signal.aborted) {
    await tellOfficers(parts, parts.options.clock()).catch(onFault)
    await pause(LOOK_MS, undefined, { signal, ref: false }).catch(() => undefined)
  }
}

/** One round at `now` (milliseconds UTC). @returns how many messages are to go out. */
export async function tellOfficers(parts: Parts, now: number): Promise<number> {
  const { store } = parts
  await dropStaleAlerts(store, now)
  if (!(await hasAlertAddress(store))) return 0
  const matters = await mattersAt(parts, now)
  const alerted = await readAlerted(
    store,
    matters.map(({ key }) => key),
  )
  let sent = 0
  for (const one of alerted) if (await tellOne(parts, one, matters, now)) sent++
  if (sent > 0) parts.decided.ring()
  return sent
}

async function tellOne(parts: Parts, one: AlertedRow, all: readonly Matter[], now: number): Promise<boolean> {
  if (!mayDo(roleOf(one.role), 'chat.act')) return false
  const { say, seen } = tellingOf(one, all, momentFor(parts, one, now))
  if (seen.length > 0) await told(parts, one, seen, undefined, now)
  const may = say.length > 0 ? await mayGoOut(parts, one, now) : 'no'
  const matters = may === 'danger' ? say.filter(({ kind }) => kind === 'danger') : may === 'no' ? [] : say
  return matters.length > 0 && told(parts, one, matters, notice(matters, parts), now)
}

async function told(parts: Parts, one: AlertedRow, matters: readonly Matter[], outgoing: Outgoing | undefined, now: number): Promise<boolean> {
  try {
    return await tellOfficer(parts.store, one, matters, outgoing, now)
  } catch (error) {
    if (error instanceof ToldElsewhere) return false
    throw error
  }
}

function momentFor({ config, calendar, live }: Parts, { officer, seenAt }: AlertedRow, now: number): AlertMoment {
  const watching = live.has(officer) && seenAt !== null && now - seenAt < WATCHING_MS
  return { now, watching, open: isOpen(config.alerts.hours, calendar, now) }
}

/** Whether the channel takes a message now: its window, its plan, and whether the last one arrived. */
async function mayGoOut(parts: Parts, { place }: AlertedRow, now: number): Promise<'yes' | 'danger' | 'no'> {
  const channel = parts.channels.find(({ name }) => name === place.channel)
  const window = channel?.capabilities.proactiveWindowMs ?? null
  if (!channel || place.blocked || (window !== null && now - (place.heardAt ?? 0) >= window)) return 'no'
  return (await isSpare(parts, place.channel, now)) ? 'danger' : 'yes'
}

/** @returns whether a channel's plan is nearly used up: what is left is for people. */
export async function isSpare({ platforms, store }: Pick<Parts, 'platforms' | 'store'>, channel: string, now: number): Promise<boolean> {
  const most = platforms.list.find(({ name }) => name === channel)?.plan.mostMessages ?? 0
  if (most === 0) return false
  const { received, sent } = await readUsage(store, channel, now)
  return received + sent >= most * SPARE_AT
}

function notice(matters: readonly Matter[], { config }: Parts): Outgoing {
  const text = alertText(matters, config.publicUrl === undefined ? undefined : new URL('/console/', config.publicUrl).href)
  const sections = [{ kind: 'answer' as const, heading: '', lines: text.split('\n').map(plain) }]
  return { kind: 'reply', author: 'assistant', status: 'notice', text, sections, citations: [], choices: [] }
}

// ── what there is ───────────────────────────────────────────────────────────────────────────────

async function mattersAt(parts: Parts, now: number): Promise<readonly Matter[]> {
  const { store, config } = parts
  const approvers = (await readOfficers(store)).filter(({ active, role }) => active && mayDo(role, 'chat.approve')).map(({ id }) => id)
  const times = { now, waitMs: config.alerts.waitMs, endOfToday: endOfDay(dayInVietnam(new Date(now))) }
  return [...(await readMatters(store, times, approvers)), ...(await digest(parts, now))]
}

/** Once on each working day, from its first hour on; not where there is nothing to say. */
async function digest({ store, calendar, config }: Parts, now: number): Promise<readonly Matter[]> {
  const day = dayInVietnam(new Date(now))
  const since = beginning(config.alerts.hours, day)
  if (now < since || !isOpen(config.alerts.hours, calendar, now)) return []
  const clocks = (await readClocked(store)).map((one) => clocksOf(calendar, one, now))
  const count = (is: (clock: { readonly due: Day; readonly state: string }) => boolean) => clocks.filter((all) => all.some(is)).length
  const late = count(({ state }) => state === 'late')
  const dueToday = count(({ state, due }) => state === 'running' && due === day)
  return dueToday + late === 0 ? [] : [{ key: `digest:${day}`, kind: 'digest', since, counts: { dueToday, late } }]
}

// ── in the chat ─────────────────────────────────────────────────────────────────────────────────

/** @returns what a message to an officer's own chat, or one that is to become it, is decided with; undefined where it has to do with neither. */
export async function alertsFor(parts: Parts, lease: Lease): Promise<AlertSituation | undefined> {
  const { store, channels } = parts
  const here = await isAlertAddress(store, lease.conversationId)
  const code = await codeOf(parts, lease)
  if (!here && code === undefined) return undefined
  const possible = channels.find(({ name }) => name === lease.channel)?.capabilities.reachesAway ?? false
  return { possible, here, ...(code ? { code } : {}) }
}

async function codeOf({ store, options }: Parts, { message, conversationId, inboxId }: Lease): Promise<AlertCodeFound | undefined> {
  const request = requestIn(wordsIn(message.content), [])
  if (request?.kind !== 'alerts_on') return undefined
  return lookUpAlertCode(store, { code: request.code, conversation: conversationId, message: inboxId }, options.clock())
}

function roleOf(text: string): Role {
  return ROLES.find((role) => role === text) ?? 'officer'
}
