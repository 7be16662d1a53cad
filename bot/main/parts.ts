/** Everything that a running service holds open, as its loops and doors share it. */
import { join } from 'node:path'
import { type AttachmentLimits, openQuarantine, type Quarantine } from '../../adapters/attachments/quarantine.ts'
import { Live } from '../../adapters/console/live.ts'
import { type Links, openLinks } from '../../adapters/intake/links.ts'
import { type Metrics, openMetrics } from '../../adapters/operations/metrics.ts'
import { readSecretKey } from '../../adapters/operations/secret-key.ts'
import { openStore, type Store } from '../../adapters/storage/database.ts'
import { openDownloads } from '../../adapters/storage/download-store.ts'
import { openHandovers } from '../../adapters/storage/handover-store.ts'
import { type InboxStore, openInbox } from '../../adapters/storage/inbox-store.ts'
import { openOutbox } from '../../adapters/storage/outbox-store.ts'
import { erasePerson, peopleOfMatter } from '../../adapters/storage/privacy-store.ts'
import { readQueueState } from '../../adapters/storage/queue-state.ts'
import { readSwitches } from '../../adapters/storage/switch-store.ts'
import { keepTombstones, removeFiles, syncTombstones } from '../../adapters/storage/tombstone-file.ts'
import { freeLeases, openTurns } from '../../adapters/storage/turn-store.ts'
import { openWebEvents } from '../../adapters/storage/web-event-store.ts'
import { webChannel } from '../../adapters/web-chat/channel.ts'
import { Hub } from '../../adapters/web-chat/hub.ts'
import { openTokens, type Tokens } from '../../adapters/web-chat/token.ts'
import { CONTENT, loadLibrary } from '../../knowledge/library.ts'
import type { BuildProgress } from '../../retrieval/open.ts'
import type { HolidayCalendar } from '../calendar/holidays.ts'
import type { IntakeGuide } from '../complaint/guide.ts'
import type { Config } from '../config.ts'
import { Bell } from '../delivery/bell.ts'
import type { Channel } from '../delivery/channel.ts'
import type { DownloadStore } from '../delivery/downloads.ts'
import type { HandoverStore, Way } from '../delivery/handover.ts'
import type { Acceptance, Arrival } from '../delivery/message.ts'
import type { OutboxStore } from '../delivery/relay.ts'
import type { Failpoint, TurnStore } from '../delivery/turns.ts'
import { timerOf } from '../handoff/officer.ts'
import { openSwitches, type Switches } from '../operations/switches.ts'
import type { LawStandings } from '../quiz/offer.ts'
import { type Answerer, openAnswerer } from './answerer.ts'
import { openComplaintGuide } from './complaint-guide.ts'
import { handoversFor, type IntakeWays, openWays } from './handing-over.ts'
import { type Jobs, openJobs } from './jobs.ts'
import { type Letters, openLetters } from './letters.ts'
import { syncEdits } from './live-edits.ts'
import { faultEvent, type Log } from './log.ts'
import { openCalendar } from './of-cases.ts'
import { openPlatforms, type Platforms } from './platforms.ts'
import { openQuizLaws } from './quiz-law.ts'

/** What the crash suite may exchange to prove that it would notice. */
export interface Exchangeable {
  readonly inbox: InboxStore
  readonly turns: TurnStore
  readonly outbox: OutboxStore
  readonly channels: readonly Channel[]
  readonly handovers: HandoverStore
  readonly ways: readonly Way[]
}

/** Every place at which a run can be cut off. */
export type Place = Parameters<Failpoint>[0] | 'after-handover-before-mark'
type AnyFailpoint = (name: Place) => void | Promise<void>

export interface ServiceOptions {
  readonly config: Config
  readonly log: Log
  readonly progress: BuildProgress
  readonly clock?: () => number
  readonly random?: () => number
  /** Called at named places; nothing in a real run. */
  readonly failpoint?: AnyFailpoint
  readonly exchange?: (parts: Exchangeable) => Exchangeable
}

export interface Parts extends Exchangeable {
  readonly options: Required<Omit<ServiceOptions, 'exchange'>>
  readonly config: Config
  readonly tokens: Tokens
  readonly store: Store
  readonly downloads: DownloadStore
  readonly quarantine: Quarantine
  readonly hub: Hub
  readonly switches: Switches
  readonly answerer: Answerer
  readonly jobs: Jobs
  readonly metrics: Metrics
  readonly platforms: Platforms
  readonly complaints: IntakeGuide
  readonly calendar: HolidayCalendar
  readonly letters: Letters
  readonly links: Links
  readonly intake: IntakeWays
  /** A message can be decided; something can be sent; a file can be fetched; a case can be handed over. */
  readonly arrived: Bell
  readonly decided: Bell
  readonly toFetch: Bell
  readonly toHandOver: Bell
  /** Something of a conversation may have changed. */
  readonly stirred: Bell
  /** The pages of the console that are open. */
  readonly live: Live
  /** Every clause that quizzes rest on as it stands at a moment (milliseconds UTC); rejects while the library is not open. */
  readonly quizLaws: (now: number) => Promise<LawStandings>
  /** By id. */
  readonly guideTitles: ReadonlyMap<string, string>
  /** The installation's secret key. */
  readonly key: Uint8Array
}

const SWITCHES_MS = 1_000

/** Opens everything; what a dead service left behind is free again, and whoever was erased stays so. */
export async function openParts(given: ServiceOptions): Promise<Parts> {
  const { config, log, clock = Date.now, random = Math.random, failpoint = () => undefined, exchange = (same) => same, progress } = given
  const options = { config, log, clock, random, failpoint, progress }
  const key = readSecretKey(config.dataFolder)
  const tokens = openTokens(key)
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
  const platforms = openPlatforms({
    config,
    key,
    clock,
    told: (channel, code) => log({ event: 'platform', channel, code }),
    charged: metrics.charged,
  })
  const links = openLinks(key, config.publicUrl)
  const intake = openWays(config, clock)
  const turns = openTurns(store, (ownership) => timerOf(ownership, config.owner), handoversFor(config, links))
  const channels = [webChannel(openWebEvents(store), hub), ...platforms.list.map(({ adapter }) => adapter.channel)]
  const exchanged = exchange({
    inbox: openInbox(store),
    turns,
    outbox: openOutbox(store),
    channels,
    handovers: openHandovers(store),
    ways: intake.list,
  })
  const switches = await openSwitches(() => readSwitches(store), clock, SWITCHES_MS)
  // What is live lies there from the last change; a full disk is no reason to be silent.
  await syncEdits(store, config.dataFolder).catch((error) => log(faultEvent('edits', error)))
  const answerer = openAnswerer(config, { step: metrics.step, fault: (name) => log({ event: 'fault', where: 'answer', name }) }, progress)
  // The library as the assistant's thread keeps it between two starts: to read it whole takes seconds, in which nobody is heard.
  const library = loadLibrary(CONTENT, { cache: join(config.dataFolder, 'index', 'library.bin') })
  const stirred = new Bell()
  const bells = { stirred, arrived: new Bell(stirred), decided: new Bell(stirred), toFetch: new Bell(), toHandOver: new Bell() }
  return {
    ...exchanged,
    ...bells,
    options,
    config,
    key,
    live: new Live(() => stirred.ring()),
    tokens,
    store,
    downloads: openDownloads(store),
    quarantine,
    hub,
    metrics,
    platforms,
    switches,
    answerer,
    jobs: openJobs(config),
    links,
    intake,
    complaints: openComplaintGuide(library, join(config.dataFolder, 'index', 'stories.bin')),
    quizLaws: openQuizLaws(answerer),
    guideTitles: new Map([...library.guides.values()].map(({ id, title }) => [id, title])),
    calendar: openCalendar(),
    letters: openLetters(config, key),
  }
}

/** Closes everything that {@link openParts} opened. */
export async function closeParts({ switches, answerer, jobs, platforms, intake, store }: Parts): Promise<void> {
  switches.close()
  await answerer.close()
  await jobs.close()
  await platforms.close()
  await intake.close()
  await store.close()
}

const MOST_PIXELS = 50_000_000
const QUOTA_IN_FILES = 5

/** @returns what a file may be, as configured. */
export function fileLimits({ attachmentMaxBytes }: Config): AttachmentLimits {
  return { maxBytes: attachmentMaxBytes, maxPixels: MOST_PIXELS, quotaBytes: QUOTA_IN_FILES * attachmentMaxBytes }
}

/** @returns what counts and logs a fault of `where`. */
export function fault(parts: Parts, where: string): (error: unknown) => void {
  return (error) => {
    parts.metrics.fault(where)
    parts.options.log(faultEvent(where, error))
  }
}

/** Takes a message; resolves once it is on disk. */
export async function accept(parts: Parts, arrival: Arrival): Promise<Acceptance> {
  const acceptance = await parts.inbox.accept(arrival)
  await parts.options.failpoint('after-inbox-commit')
  parts.metrics.accepted(arrival.channel, acceptance.status)
  parts.arrived.ring()
  if (arrival.content.kind === 'remote') parts.toFetch.ring()
  // What waited until the person writes again may go now.
  parts.decided.ring()
  return acceptance
}

/** Erases everything that is held on a person, here and where they went on with the same matter. */
export async function erase(parts: Parts, person: string, why: string): Promise<void> {
  const { store, config, quarantine, options } = parts
  for (const one of await peopleOfMatter(store, person)) {
    const erased = await erasePerson(store, { person: one, by: 'person', why }, options.clock())
    await removeFiles(store, quarantine, erased.unusedHashes)
  }
  await keepTombstones(store, config.dataFolder)
  // The rows are gone either way; the daily round cleans the log when somebody is reading it just now.
  await store.truncateLog().catch((error) => options.log(faultEvent('erase', error)))
}
