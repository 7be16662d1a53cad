/**
 * The service: every part opened in order, joined, run, and closed in the opposite order.
 *
 *   lock → store → erase again what a restored backup brought back → doors (HTTP) → turns, relay, timers
 *   stop: doors → turns and timers finish what is in hand → relay sends what is due → store → lock
 *
 * Messages are taken as soon as the store is open, also while the index is still being read: they wait in the inbox.
 */
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { FastifyInstance } from 'fastify'
import { type AttachmentLimits, KINDS, openQuarantine, type Quarantine } from '../../adapters/attachments/quarantine.ts'
import { openLimits } from '../../adapters/http/limits.ts'
import { buildServer } from '../../adapters/http/server.ts'
import { type Metrics, openMetrics } from '../../adapters/operations/metrics.ts'
import { readSecretKey } from '../../adapters/operations/secret-key.ts'
import { openStore, StorageError, type Store } from '../../adapters/storage/database.ts'
import { judge, openFiles } from '../../adapters/storage/file-store.ts'
import { type InboxStore, isErased, openInbox } from '../../adapters/storage/inbox-store.ts'
import { openOutbox } from '../../adapters/storage/outbox-store.ts'
import { openOwners } from '../../adapters/storage/owner-store.ts'
import { erasePerson, knownHashes, runRetention } from '../../adapters/storage/privacy-store.ts'
import { readQueueState } from '../../adapters/storage/queue-state.ts'
import { lockService } from '../../adapters/storage/service-lock.ts'
import { readSwitches } from '../../adapters/storage/switch-store.ts'
import { keepTombstones, removeFiles, syncTombstones } from '../../adapters/storage/tombstone-file.ts'
import { freeLeases, openTurns } from '../../adapters/storage/turn-store.ts'
import { openWebEvents } from '../../adapters/storage/web-event-store.ts'
import { WEB, webChannel } from '../../adapters/web-chat/channel.ts'
import { Hub } from '../../adapters/web-chat/hub.ts'
import { webPages } from '../../adapters/web-chat/pages.ts'
import { type WebChatParts, webChat } from '../../adapters/web-chat/routes.ts'
import { openTokens, type Tokens } from '../../adapters/web-chat/token.ts'
import type { BuildProgress } from '../../retrieval/open.ts'
import { failed } from '../answer/answer.ts'
import type { Config } from '../config.ts'
import { type Decided, decide, type Situation } from '../conversation/decide.ts'
import { botMayAnswer, type Ownership } from '../conversation/owner.ts'
import { Bell } from '../delivery/bell.ts'
import { type Channel, type OutboxStore, type RelayOptions, runRelay, sendDue } from '../delivery/relay.ts'
import { type Failpoint, type Lease, runTurns, type TurnOptions, type TurnStore } from '../delivery/turns.ts'
import { fireTimers, timerOf } from '../handoff/officer.ts'
import { openSwitches, type Switches } from '../operations/switches.ts'
import { FUNCTION_PAUSED, pauseSentence } from '../wording/operations.ts'
import { type Answerer, openAnswerer } from './answerer.ts'
import { faultEvent, type Log } from './log.ts'

/** What the crash suite may exchange to prove that it would notice. */
export interface Exchangeable {
  readonly inbox: InboxStore
  readonly turns: TurnStore
  readonly outbox: OutboxStore
  readonly channels: readonly Channel[]
}

export interface ServiceOptions {
  readonly config: Config
  readonly log: Log
  readonly progress: BuildProgress
  readonly clock?: () => number
  readonly random?: () => number
  /** Called at named places; nothing in a real run. */
  readonly failpoint?: Failpoint
  readonly exchange?: (parts: Exchangeable) => Exchangeable
}

export interface Service {
  /** Where it listens. */
  readonly address: string
  /** Resolves once questions can be answered; rejects with a sentence when they never will be. */
  readonly opened: Promise<void>
  /** Stops in order. Resolves when everything is on disk and closed. */
  stop(): Promise<void>
}

const LANES = 4
const SWITCHES_MS = 1_000
const TIMERS_MS = 1_000
const DAY_MS = 86_400_000

/** Everything that is open, as the parts are joined. */
interface Parts extends Exchangeable {
  readonly options: Required<Omit<ServiceOptions, 'exchange'>>
  readonly config: Config
  readonly tokens: Tokens
  readonly store: Store
  readonly quarantine: Quarantine
  readonly hub: Hub
  readonly switches: Switches
  readonly answerer: Answerer
  readonly metrics: Metrics
  readonly arrived: Bell
  readonly decided: Bell
}

/** Opens and starts everything. Throws a sentence for the operator when something of it cannot be had; then nothing is left running and the folder is free again. */
export async function startService(given: ServiceOptions): Promise<Service> {
  const unlock = lockService(given.config.dataFolder)
  try {
    return await startLocked(given, unlock)
  } catch (error) {
    unlock()
    throw error
  }
}

async function startLocked(given: ServiceOptions, unlock: () => void): Promise<Service> {
  const parts = await openParts(given)
  try {
    const server = buildDoors(parts)
    const address = await listen(server, given.config)
    return { address, opened: parts.answerer.opened, stop: stopper(parts, server, unlock) }
  } catch (error) {
    await closeParts(parts)
    throw error
  }
}

async function listen(server: FastifyInstance, { host, port }: Config): Promise<string> {
  try {
    return await server.listen({ host, port })
  } catch (error) {
    await server.close()
    const code = (error as NodeJS.ErrnoException).code ?? ''
    const why = LISTEN_TROUBLE[code]
    throw why === undefined ? error : new StorageError(`Không mở được cổng ${port} trên ${host}: ${why}.`, { cause: error })
  }
}

const LISTEN_TROUBLE: Readonly<Record<string, string>> = {
  EADDRINUSE: 'một chương trình khác đang dùng cổng này; dừng nó hoặc đặt PORT sang số khác',
  EACCES: 'không có quyền mở cổng này; đặt PORT từ 1024 trở lên',
  EADDRNOTAVAIL: 'máy này không có địa chỉ đó; kiểm tra HOST',
}

/** Starts the loops, now that the doors are open. @returns what stops everything in order. */
function stopper(parts: Parts, server: FastifyInstance, unlock: () => void): () => Promise<void> {
  const ending = new AbortController()
  const closing = new AbortController()
  const loops = [...lanes(parts, ending.signal), timers(parts, ending.signal), housekeeping(parts, ending.signal)]
  const relay = runRelay(relayOptions(parts), closing.signal)
  return async () => {
    await server.close()
    ending.abort()
    parts.arrived.ring()
    await Promise.all(loops)
    closing.abort()
    parts.decided.ring()
    await relay
    await sendDue(relayOptions(parts)).catch((error) => parts.options.log(faultEvent('relay', error)))
    await closeParts(parts)
    unlock()
  }
}

async function closeParts({ switches, answerer, store }: Pick<Parts, 'switches' | 'answerer' | 'store'>): Promise<void> {
  switches.close()
  await answerer.close()
  await store.close()
}

async function openParts(given: ServiceOptions): Promise<Parts> {
  const { config, log, clock = Date.now, random = Math.random, failpoint = () => undefined, exchange = (same) => same, progress } = given
  const options = { config, log, clock, random, failpoint, progress }
  const tokens = openTokens(readSecretKey(config.dataFolder))
  const store = await openStore(config.dataFolder)
  await freeLeases(store)
  const quarantine = openQuarantine(join(config.dataFolder, 'attachments'), fileLimits(config))
  const again = await syncTombstones(store, config.dataFolder, quarantine, clock())
  if (again.people > 0) log({ event: 'erased_again', people: again.people })
  const hub = new Hub()
  const metrics = openMetrics(
    () => readQueueState(store, clock()),
    () => hub.size,
  )
  const events = openWebEvents(store)
  const turns = openTurns(store, (ownership) => timerOf(ownership, config.owner))
  const exchanged = exchange({ inbox: openInbox(store), turns, outbox: openOutbox(store), channels: [webChannel(events, hub)] })
  const switches = await openSwitches(() => readSwitches(store), clock, SWITCHES_MS)
  const answerer = openAnswerer(config, { step: metrics.step, fault: (name) => log({ event: 'fault', where: 'answer', name }) }, progress)
  return { ...exchanged, options, config, tokens, store, quarantine, hub, metrics, switches, answerer, arrived: new Bell(), decided: new Bell() }
}

function fault(parts: Parts, where: string): (error: unknown) => void {
  return (error) => {
    parts.metrics.fault(where)
    parts.options.log(faultEvent(where, error))
  }
}

// ── deciding ────────────────────────────────────────────────────────────────────────────────────

function lanes(parts: Parts, signal: AbortSignal): Promise<void>[] {
  return Array.from({ length: LANES }, () => runTurns(turnOptions(parts), signal))
}

function turnOptions(parts: Parts): TurnOptions {
  const { turns: store, arrived: work, decided: sent, metrics, options } = parts
  return {
    ...{ store, work, sent, clock: options.clock, failpoint: options.failpoint },
    ready: () => parts.answerer.ready(),
    decide: (lease) => decideFor(parts, lease),
    giveUp: (lease) => giveUp(parts, lease),
    events: { decided: metrics.decided, again: metrics.again, fault: fault(parts, 'turn') },
  }
}

async function decideFor(parts: Parts, lease: Lease): Promise<Decided> {
  const channel = parts.channels.find((one) => one.name === lease.channel)
  if (botMayAnswer(lease.conversation.ownership)) channel?.typing?.(lease.address, true)
  return decide({ ...deciding(parts, lease) }, (asked) => parts.answerer.answer(asked))
}

function giveUp(parts: Parts, lease: Lease): Promise<Decided> {
  return decide(deciding(parts, lease), async () => failed('given_up'))
}

function deciding(parts: Parts, { conversation, message }: Lease) {
  return { conversation, message, now: parts.options.clock(), situation: situation(parts) }
}

function situation({ config, switches }: Parts): Situation {
  const answering = switches.isOff('function', 'answering') === undefined ? {} : { answering: pauseSentence() }
  const handoff = switches.isOff('function', 'handoff') === undefined ? {} : { handoff: FUNCTION_PAUSED.handoff }
  return { rules: config.owner, hours: config.association.hours, off: { ...answering, ...handoff } }
}

// ── sending ─────────────────────────────────────────────────────────────────────────────────────

function relayOptions(parts: Parts): RelayOptions {
  const { outbox: store, decided: work, metrics, options } = parts
  return {
    ...{ store, work, clock: options.clock, random: options.random, failpoint: options.failpoint },
    channels: new Map(parts.channels.map((channel) => [channel.name, channel])),
    paused: () => pausedChannels(parts),
    events: {
      delivered: metrics.delivered,
      undelivered: (channel, code, final) => {
        metrics.undelivered(channel, code, final)
        options.log({ event: 'undelivered', channel, code, final })
      },
      fault: fault(parts, 'relay'),
    },
  }
}

function pausedChannels({ channels, switches }: Parts): readonly string[] {
  const allOff = switches.isOff('function', 'delivery') !== undefined
  return channels.map((channel) => channel.name).filter((name) => allOff || switches.isOff('channel', name) !== undefined)
}

// ── time ────────────────────────────────────────────────────────────────────────────────────────

async function timers(parts: Parts, signal: AbortSignal): Promise<void> {
  const { config, store, options } = parts
  const office = {
    store: openOwners(store, (ownership: Ownership) => timerOf(ownership, config.owner)),
    rules: config.owner,
    hours: config.association.hours,
  }
  await every(
    TIMERS_MS,
    signal,
    async () => {
      const changed = await fireTimers(office, options.clock())
      if (changed > 0) parts.decided.ring()
    },
    fault(parts, 'timers'),
  )
}

/** Once at the start and once a day: what is past its time is removed, files that nobody names are swept. */
async function housekeeping(parts: Parts, signal: AbortSignal): Promise<void> {
  const { config, store, quarantine, options } = parts
  await every(
    DAY_MS,
    signal,
    async () => {
      const now = options.clock()
      const done = await runRetention(store, { conversationDays: config.conversationDays }, now, 'service')
      await removeFiles(store, quarantine, done.unusedHashes)
      await quarantine.sweep(await knownHashes(store), now - DAY_MS)
      await store.truncateLog()
      options.log({ event: 'retention', conversations: done.conversations })
    },
    fault(parts, 'retention'),
  )
}

async function every(ms: number, signal: AbortSignal, work: () => Promise<void>, onFault: (error: unknown) => void): Promise<void> {
  while (!signal.aborted) {
    await work().catch(onFault)
    await pause(ms, undefined, { signal, ref: false }).catch(() => undefined)
  }
}

// ── doors ───────────────────────────────────────────────────────────────────────────────────────

function buildDoors(parts: Parts): FastifyInstance {
  const { config, answerer, options, metrics } = parts
  return buildServer({
    ready: () => (answerer.ready() ? { ok: true } : { ok: false, waitingFor: ['answerer'] }),
    metrics: metrics.text,
    plugins: [webPages, webChat(webParts(parts))],
    log: (event) => options.log({ event: 'request', ...event }),
    fault: fault(parts, 'http'),
    ...(config.trustProxy === undefined ? {} : { trustProxy: config.trustProxy }),
  })
}

const MOST_PIXELS = 50_000_000
const QUOTA_IN_FILES = 5

function fileLimits({ attachmentMaxBytes }: Config): AttachmentLimits {
  return { maxBytes: attachmentMaxBytes, maxPixels: MOST_PIXELS, quotaBytes: QUOTA_IN_FILES * attachmentMaxBytes }
}

function webParts(parts: Parts): WebChatParts {
  const { config, tokens, store, quarantine, hub, inbox, metrics, switches, options } = parts
  return {
    ...{ tokens, hub, quarantine, fileLimits: fileLimits(config), clock: options.clock, events: openWebEvents(store), files: openFiles(store) },
    limiter: openLimits(config.limits, options.clock),
    origins: { publicUrl: config.publicUrl, listed: config.embedOrigins },
    accept: async (arrival) => {
      const acceptance = await inbox.accept(arrival)
      await options.failpoint('after-inbox-commit')
      metrics.accepted(arrival.channel, acceptance.status)
      parts.arrived.ring()
      return acceptance
    },
    judge: (visitor, messageId, judgement) => judge(store, visitor, messageId, judgement, options.clock()),
    discard: async (hash) => void (await removeFiles(store, quarantine, [hash])),
    erase: (person) => erase(parts, person),
    isErased: (person) => isErased(store, person),
    paused: () => (switches.isOff('channel', WEB) === undefined ? undefined : pauseSentence()),
    filesPaused: () => (switches.isOff('function', 'attachments') === undefined ? undefined : FUNCTION_PAUSED.attachments),
    about: () => ({
      association: config.association,
      keptDays: config.conversationDays,
      attachments: { kinds: KINDS, maxBytes: config.attachmentMaxBytes },
      maxCharacters: 10_000,
    }),
  }
}

async function erase({ store, config, quarantine, options }: Parts, person: string): Promise<void> {
  const erased = await erasePerson(store, { person, by: 'person', why: 'người dùng tự xóa cuộc trò chuyện' }, options.clock())
  await keepTombstones(store, config.dataFolder)
  await removeFiles(store, quarantine, erased.unusedHashes)
  // The rows are gone either way; the daily round cleans the log when somebody is reading it just now.
  await store.truncateLog().catch((error) => options.log(faultEvent('erase', error)))
}
