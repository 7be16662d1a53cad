/** What a running service does by itself: deciding, sending, fetching files and updates, watching the time. */
import { randomBytes } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { AttachmentRefused } from '../../adapters/attachments/quarantine.ts'
import { forgetEnded } from '../../adapters/storage/desk-retention.ts'
import { openFiles } from '../../adapters/storage/file-store.ts'
import { openOwners } from '../../adapters/storage/owner-store.ts'
import { dueErasures, forgetDiscarded, knownHashes, replayTombstones, runRetention } from '../../adapters/storage/privacy-store.ts'
import { keepDays } from '../../adapters/storage/report-store.ts'
import { removeFiles } from '../../adapters/storage/tombstone-file.ts'
import { lookUpTransfer } from '../../adapters/storage/transfer-store.ts'
import { readUsage } from '../../adapters/storage/usage-store.ts'
import { dayInVietnam } from '../../knowledge/validity.ts'
import { failed } from '../answer/answer.ts'
import { newCaseNumber } from '../case/number.ts'
import { type Decided, decide, type Redeemed, type Situation } from '../conversation/decide.ts'
import type { AlertSituation } from '../conversation/deciding.ts'
import { botMayAnswer, type Ownership } from '../conversation/owner.ts'
import { codeFrom, requestIn } from '../conversation/requests.ts'
import type { Channel, Fetched } from '../delivery/channel.ts'
import { type Download, type DownloadOptions, type KeptAttachment, runDownloads } from '../delivery/downloads.ts'
import { type HandoverOptions, runHandovers } from '../delivery/handover.ts'
import { type UnfetchedReason, wordsIn } from '../delivery/message.ts'
import { Relay } from '../delivery/relay.ts'
import { type Lease, runTurns, type TurnOptions } from '../delivery/turns.ts'
import { fireTimers, timerOf } from '../handoff/officer.ts'
import { retentionRules } from '../privacy/retention.ts'
import { ALERT_CHAT } from '../wording/alerts.ts'
import { CALL_BACK_CHOICE } from '../wording/call-back.ts'
import { RETURN_CHOICE } from '../wording/handoff.ts'
import { FUNCTION_PAUSED, pauseSentence } from '../wording/operations.ts'
import { TRANSFER } from '../wording/requests.ts'
import { alertsFor } from './alerting.ts'
import { taking } from './doors.ts'
import { callsFor } from './of-calls.ts'
import { firstReplyBy, ofCases } from './of-cases.ts'
import { erase, fault, fileLimits, type Parts } from './parts.ts'
import type { Platform } from './platforms.ts'
import { quizLinks } from './quizzes.ts'
import { sendWarnings, warningsFor } from './warnings.ts'

const LANES = 4
const TIMERS_MS = 1_000
const PLANS_MS = 60_000
const WARNINGS_MS = 5_000
const DAY_MS = 86_400_000

// ── deciding ────────────────────────────────────────────────────────────────────────────────────

/** Decides what came in. */
export function lanes(parts: Parts, signal: AbortSignal): Promise<void>[] {
  return Array.from({ length: LANES }, () => runTurns(turnOptions(parts), signal))
}

function turnOptions(parts: Parts): TurnOptions {
  const { turns: store, arrived: work, decided: sent, metrics, options } = parts
  return {
    ...{ store, work, sent, clock: options.clock, failpoint: options.failpoint },
    ready: () => parts.answerer.ready(),
    decide: (lease) => decideFor(parts, lease),
    giveUp: (lease) => giveUp(parts, lease),
    events: {
      decided: (...what) => {
        metrics.decided(...what)
        // A case may have been made; whoever hands over looks for itself.
        parts.toHandOver.ring()
      },
      ...{ again: metrics.again, fault: fault(parts, 'turn') },
    },
  }
}

async function decideFor(parts: Parts, lease: Lease): Promise<Decided> {
  const channel = parts.channels.find((one) => one.name === lease.channel)
  if (botMayAnswer(lease.conversation.ownership)) channel?.typing?.(lease.address, true)
  try {
    return await decide(await deciding(parts, lease), (asked) => parts.answerer.answer(asked))
  } finally {
    channel?.typing?.(lease.address, false)
  }
}

async function giveUp(parts: Parts, lease: Lease): Promise<Decided> {
  return decide(await deciding(parts, lease), async () => failed('given_up'))
}

async function deciding(parts: Parts, lease: Lease) {
  const redeemed = await redeemedBy(parts, lease)
  const { conversation, message } = lease
  const callBack = await callsFor(parts.store, { calendar: parts.calendar, association: parts.config.association }, lease, parts.options.clock())
  const alerts = await alertsFor(parts, lease)
  const asked = {
    ...{ ...(redeemed ? { redeemed } : {}), ...(callBack ? { callBack } : {}), ...(alerts ? { alerts } : {}) },
    ...(await ofCases(parts.store, lease, parts.options.clock())),
    ...(await warningsFor(parts, lease)),
  }
  return { conversation, message, now: parts.options.clock(), situation: { ...situation(parts, lease.channel, alerts), ...asked } }
}

/** @returns what stands behind the code that the message is; undefined where it is none. */
async function redeemedBy({ store, options }: Parts, { message, conversationId }: Lease): Promise<Redeemed | undefined> {
  const request = requestIn(wordsIn(message.content), [])
  return request?.kind === 'code' ? lookUpTransfer(store, request.code, conversationId, options.clock()) : undefined
}

function situation(parts: Parts, channel: string, alerts: AlertSituation | undefined): Situation {
  const { config, switches } = parts
  const answering = switches.isOff('function', 'answering') === undefined ? {} : { answering: pauseSentence() }
  const paused = switches.isOff('function', 'handoff') === undefined ? undefined : FUNCTION_PAUSED.handoff
  // An officer's own chat is nobody's case.
  const noQueue = alerts?.here ? ALERT_CHAT.noQueue : paused
  const handoff = noQueue === undefined ? {} : { handoff: noQueue }
  return {
    ...{ rules: config.owner, hours: config.association.hours, off: { ...answering, ...handoff } },
    ...{ files: fileLimits(config), keptDays: config.conversationDays, newCode: codeFrom(randomBytes(16)) },
    elsewhere: (code) => elsewhere(parts, channel, code),
    ...quizzesAt(config.publicUrl),
    intake: intakeNow(parts),
  }
}

function quizzesAt(publicUrl: string | undefined): Pick<Situation, 'quizzes'> {
  const quizzes = quizLinks(publicUrl)
  return quizzes ? { quizzes } : {}
}

function intakeNow({ complaints: guide, calendar, letters, config, options }: Parts): NonNullable<Situation['intake']> {
  const now = options.clock()
  const by = firstReplyBy(calendar, config.firstReplyDays, now)
  const letterLink = (caseNumber: string) => letters.link(caseNumber, now)
  return { guide, newCase: newCaseNumber(randomBytes(16), yearIn(now)), letterLink, ...(by === undefined ? {} : { firstReplyBy: by }) }
}

function yearIn(now: number): number {
  return Number(dayInVietnam(new Date(now)).slice(0, 4))
}

/** Where a matter can be gone on with besides `channel`, each with an address that carries the code where the platform knows such a thing. */
function elsewhere({ platforms }: Parts, channel: string, code: string): readonly string[] {
  return platforms.list.flatMap(({ name, adapter }) => {
    const invitation = name === channel ? undefined : adapter.invitation?.(code)
    return invitation ? [TRANSFER.link(invitation.where, invitation.address)] : []
  })
}

// ── sending ─────────────────────────────────────────────────────────────────────────────────────

/** One a channel, so that a slow one keeps nobody else waiting. */
export function relays(parts: Parts): readonly Relay[] {
  return parts.channels.map((channel) => relay(parts, channel))
}

function relay(parts: Parts, channel: Channel): Relay {
  const { outbox: store, decided: work, metrics, options, switches } = parts
  return new Relay({
    ...{ store, channel, work, clock: options.clock, random: options.random, failpoint: options.failpoint },
    paused: () => switches.isOff('function', 'delivery') !== undefined || switches.isOff('channel', channel.name) !== undefined,
    events: {
      delivered: (...what) => {
        metrics.delivered(...what)
        parts.stirred.ring()
      },
      repeated: metrics.repeated,
      undelivered: (name, code, what) => {
        metrics.undelivered(name, code, what)
        options.log({ event: 'undelivered', channel: name, code, what })
      },
      fault: fault(parts, 'relay'),
    },
  })
}

// ── handing over ────────────────────────────────────────────────────────────────────────────────

/** Hands confirmed cases over to the intake, where one is configured. */
export function handovers(parts: Parts, signal: AbortSignal): Promise<void> {
  return runHandovers(handoverOptions(parts), signal)
}

function handoverOptions(parts: Parts): HandoverOptions {
  const { handovers: store, ways, toHandOver: work, metrics, options, switches } = parts
  return {
    ...{ store, ways, work, clock: options.clock, random: options.random, failpoint: options.failpoint },
    paused: () => switches.isOff('function', 'intake') !== undefined,
    events: {
      handedOver: (way, what, code, waitedMs) => {
        metrics.handedOver(way, what, waitedMs)
        if (what !== 'delivered') options.log({ event: 'handover', way, code, what })
      },
      fault: fault(parts, 'handover'),
    },
  }
}

// ── fetching ────────────────────────────────────────────────────────────────────────────────────

/** Fetches the files that people send on platforms. */
export function downloads(parts: Parts, signal: AbortSignal): Promise<void> {
  return runDownloads(downloadOptions(parts), signal)
}

function downloadOptions(parts: Parts): DownloadOptions {
  const { downloads: store, toFetch: work, arrived: fetched, metrics, options, switches } = parts
  return {
    ...{ store, work, fetched, clock: options.clock },
    channels: new Map(parts.channels.map((channel) => [channel.name, channel])),
    keep: (download, file) => keep(parts, download, file),
    paused: () => switches.isOff('function', 'attachments') !== undefined,
    events: { fetched: metrics.fetched, fault: fault(parts, 'download') },
  }
}

async function keep(parts: Parts, whose: Download, { bytes, declared }: Fetched): Promise<KeptAttachment | UnfetchedReason> {
  const { store, quarantine, config, options } = parts
  const files = openFiles(store)
  try {
    const { hash, kind: mime, size } = await quarantine.take(bytes, declared, await files.used(whose))
    const kept = await files.add(whose, { hash, mime, size }, fileLimits(config).quotaBytes, options.clock())
    if (typeof kept !== 'string') return kept
    // It belongs to nobody: it must not lie there until the daily sweep.
    await removeFiles(store, quarantine, [hash])
    return kept === 'quota' ? 'quota' : 'unreachable'
  } catch (error) {
    if (error instanceof AttachmentRefused) return error.code
    throw error
  }
}

/** Asks the platforms for what came in, where there is no public address that they could tell it to. */
export function polls(parts: Parts, signal: AbortSignal): Promise<void>[] {
  if (parts.config.publicUrl !== undefined) return []
  return parts.platforms.list.flatMap((platform) => poll(parts, platform, signal))
}

function poll(parts: Parts, { name, adapter }: Platform, signal: AbortSignal): Promise<void>[] {
  const { options, platforms } = parts
  const take = taking(parts)
  const polling = adapter.poll?.(
    {
      take: (inbound) => take(name, inbound),
      reading: () => ({ receivedAt: options.clock(), pseudonym: (id) => platforms.pseudonym(name, id), seal: platforms.seal }),
      trouble: (code) => options.log({ event: 'platform', channel: name, code }),
    },
    signal,
  )
  return polling ? [polling.catch(fault(parts, 'poll'))] : []
}

// ── time ────────────────────────────────────────────────────────────────────────────────────────

/** What is due at a moment: an officer's silence, an erasure that was asked for, files that show papers, a plan that runs out. */
export async function timers(parts: Parts, signal: AbortSignal): Promise<void> {
  const { options } = parts
  const warn = planWatch(parts)
  const work = async () => {
    if ((await fireTimers(office(parts), options.clock())) > 0) parts.decided.ring()
    await eraseDue(parts)
    await removeFiles(parts.store, parts.quarantine, await forgetDiscarded(parts.store))
    await warn()
  }
  await every(TIMERS_MS, signal, work, fault(parts, 'timers'))
}

function office({ config, store }: Parts) {
  const owners = openOwners(store, (ownership: Ownership) => timerOf(ownership, config.owner))
  return { store: owners, rules: config.owner, hours: config.association.hours, whileWaiting: [CALL_BACK_CHOICE.ask, RETURN_CHOICE] }
}

async function eraseDue(parts: Parts): Promise<void> {
  for (const { person, address } of await dueErasures(parts.store, parts.options.clock())) {
    await erase(parts, person, 'người dùng yêu cầu trong cuộc trò chuyện')
    parts.hub.end(address)
  }
}

/** Of a plan that counts people or messages: told once a day from four fifths on. */
const WARN_AT = 0.8

/** @returns what warns of plans that run out, at most once a minute. */
function planWatch(parts: Parts): () => Promise<void> {
  const told = new Map<string, number>()
  let nextAt = 0
  return async () => {
    const now = parts.options.clock()
    if (now < nextAt && nextAt - now <= PLANS_MS) return
    nextAt = now + PLANS_MS
    for (const platform of parts.platforms.list) await watchPlan(parts, platform, told, now)
  }
}

async function watchPlan({ store, metrics, options }: Parts, { name, plan }: Platform, told: Map<string, number>, now: number): Promise<void> {
  const { received, sent, people } = await readUsage(store, name, now)
  metrics.used(name, { received, sent, people })
  const shares = { messages: share(received + sent, plan.mostMessages), users: share(people, plan.mostUsers) }
  for (const [what, used] of Object.entries(shares)) {
    if (used < WARN_AT || now - (told.get(`${name} ${what}`) ?? 0) < DAY_MS) continue
    told.set(`${name} ${what}`, now)
    options.log({ event: 'plan', channel: name, code: used >= 1 ? `${what}_used_up` : `${what}_run_low` })
  }
}

function share(used: number, most: number): number {
  return most === 0 ? 0 : used / most
}

/** Once at the start and once a day: what is past its time is removed, files that nobody names are swept. */
export async function housekeeping(parts: Parts, signal: AbortSignal): Promise<void> {
  const { config, store, quarantine, options } = parts
  await every(
    DAY_MS,
    signal,
    async () => {
      const now = options.clock()
      // The yearly report counts days whose conversations are gone by then.
      await keepDays(store, now)
      await forgetEnded(store, now)
      const done = await runRetention(store, retentionRules(config), now, 'service')
      // A case that an officer held may be held no more, though its person asked long ago that everything go.
      const released = await replayTombstones(store, [], now)
      await removeFiles(store, quarantine, [...done.unusedHashes, ...released.unusedHashes])
      await quarantine.sweep(await knownHashes(store), now - DAY_MS)
      await store.truncateLog()
      options.log({ event: 'retention', conversations: done.conversations })
    },
    fault(parts, 'retention'),
  )
}

/** What keeps the access to the platforms alive, at the start and once a day. */
export function tending(parts: Parts, signal: AbortSignal): Promise<void>[] {
  return parts.platforms.list.flatMap(({ adapter }) => {
    const tend = adapter.tend?.bind(adapter)
    return tend ? [every(DAY_MS, signal, tend, fault(parts, 'tend'))] : []
  })
}

/** Tells those who subscribed of what was published. */
export function warnings(parts: Parts, signal: AbortSignal): Promise<void> {
  const work = async () => {
    if (await sendWarnings(parts)) parts.decided.ring()
  }
  return every(WARNINGS_MS, signal, work, fault(parts, 'warnings'))
}

async function every(ms: number, signal: AbortSignal, work: () => Promise<void>, onFault: (error: unknown) => void): Promise<void> {
  while (!signal.aborted) {
    await work().catch(onFault)
    await pause(ms, undefined, { signal, ref: false }).catch(() => undefined)
  }
}
