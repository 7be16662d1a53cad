/**
 * Fetching the files that people send on platforms: at once, a few at a time, beside the deciding of messages, so that a slow host keeps only that one conversation waiting.
 *
 *   lease ──▶ channel.fetch ──▶ keep (quarantine) ──▶ the message becomes `attachment`, and its lane goes on
 *                 │                  └─ refused ──▶ `unfetched`, with the reason: the person is told
 *                 └─ FetchError later ──▶ again after a pause, a few times ──▶ `unfetched`
 */
import type { Bell } from './bell.ts'
import { type Channel, FetchError, type Fetched } from './channel.ts'
import type { StoredContent, UnfetchedReason } from './message.ts'

/** One file to fetch; `content` is the message as it stands. */
export interface Download {
  readonly inboxId: string
  readonly channel: string
  readonly address: string
  readonly person: string
  /** Where it lies, in the channel's own words. */
  readonly source: string
  readonly attempts: number
  readonly content: StoredContent
}

/** What the storage does for downloads; each call is one transaction. */
export interface DownloadStore {
  leaseDownloads(now: number, leaseMs: number, limit: number): Promise<readonly Download[]>
  finish(download: Download, content: StoredContent): Promise<void>
  putOff(download: Download, nextAttemptAt: number): Promise<void>
}

/** A file that is kept. */
export interface KeptAttachment {
  readonly id: string
  readonly mime: string
  readonly size: number
}

export interface DownloadOptions {
  readonly store: DownloadStore
  readonly channels: ReadonlyMap<string, Channel>
  /** Puts a file into the quarantine. @returns why not, where it is not taken. */
  keep(download: Download, file: Fetched): Promise<KeptAttachment | UnfetchedReason>
  /** Whether files are not taken now. */
  readonly paused: () => boolean
  readonly work: Bell
  /** Rung when a message can be decided. */
  readonly fetched: Bell
  readonly clock: () => number
  readonly events: {
    fetched(channel: string, result: string): void
    fault(error: unknown): void
  }
}

const LEASE_MS = 120_000
const POLL_MS = 500
const SLOTS = 4
/** After these pauses a file is tried again; then it is given up, and the person is asked to send it once more. */
const PAUSES_MS = [1_000, 4_000, 10_000]

/** Fetches until `signal` is aborted; resolves when what is in hand is done. */
export async function runDownloads(options: DownloadOptions, signal: AbortSignal): Promise<void> {
  const inHand = new Set<Promise<void>>()
  while (!signal.aborted) {
    const begun = await begin(options, inHand).catch((error) => {
      options.events.fault(error)
      return 0
    })
    if (begun === 0) await options.work.wait(POLL_MS)
  }
  await Promise.all(inHand)
}

async function begin(options: DownloadOptions, inHand: Set<Promise<void>>): Promise<number> {
  if (inHand.size >= SLOTS) return 0
  const downloads = await options.store.leaseDownloads(options.clock(), LEASE_MS, SLOTS - inHand.size)
  for (const download of downloads) {
    const work = fetchOne(options, download)
      .catch(options.events.fault)
      .finally(() => {
        inHand.delete(work)
        options.work.ring()
      })
    inHand.add(work)
  }
  return downloads.length
}

/** Fetches one file and lets its message go on, with the file or with the reason why not. */
export async function fetchOne(options: DownloadOptions, download: Download): Promise<void> {
  const result = await resultOf(options, download)
  if (result === 'later') return options.store.putOff(download, options.clock() + (PAUSES_MS[download.attempts] ?? 0))
  await options.store.finish(download, contentOf(download.content, result))
  options.events.fetched(download.channel, typeof result === 'string' ? result : 'kept')
  options.fetched.ring()
}

async function resultOf(options: DownloadOptions, download: Download): Promise<KeptAttachment | UnfetchedReason | 'later'> {
  if (options.paused()) return 'paused'
  try {
    const channel = options.channels.get(download.channel)
    if (!channel?.fetch) return 'unreachable'
    return await options.keep(download, await channel.fetch(download.source))
  } catch (error) {
    return refusal(options, download, error)
  }
}

function refusal({ events }: DownloadOptions, { attempts }: Download, error: unknown): UnfetchedReason | 'later' {
  const known = error instanceof FetchError ? error : undefined
  if (!known) events.fault(error)
  const again = (known?.retry ?? 'later') === 'later' && attempts < PAUSES_MS.length
  return again ? 'later' : (known?.code ?? 'unreachable')
}

/** The caption stays, and that it was one message too many. */
function contentOf(before: StoredContent, result: KeptAttachment | UnfetchedReason): StoredContent {
  const { caption, masked } = before.kind === 'remote' ? before : { caption: '', masked: false }
  const said = { caption, masked, ...(before.tooMany ? { tooMany: before.tooMany } : {}) }
  if (typeof result === 'string') return { kind: 'unfetched', reason: result, ...said }
  return { kind: 'attachment', attachment: result.id, mime: result.mime, size: result.size, ...said }
}
