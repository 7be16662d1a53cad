/** The knowledge desk joined to the running service: the library as it is open, trials and documents in threads of their own, changing over to what was approved. */
import { randomUUID } from 'node:crypto'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { basename, extname, join } from 'node:path'
import { documentRoutes, type UploadedFile } from '../../../adapters/console/documents.ts'
import type { ConsoleRoute, SignedIn } from '../../../adapters/console/route.ts'
import { shelfRoutes } from '../../../adapters/console/shelf.ts'
import type { TakenInView, TrialState } from '../../../adapters/console/shelf-contract.ts'
import { ConsoleTrouble } from '../../../adapters/console/trouble.ts'
import { appendAudit } from '../../../adapters/storage/audit-store.ts'
import { keepTrial } from '../../../adapters/storage/edit-store.ts'
import type { Edit } from '../../../knowledge/edits.ts'
import { SHELF_SAYS } from '../../wording/shelf.ts'
import type { DocumentsAnswer, DocumentsJob } from '../documents-desk.ts'
import { JobFailed } from '../jobs.ts'
import { syncEdits } from '../live-edits.ts'
import { fault, type Parts } from '../parts.ts'
import { lawDesk, type Names } from './shared.ts'

/** @returns the routes of guides, words and documents. */
export function shelfOf(parts: Parts, names: Names): readonly ConsoleRoute[] {
  const { store, answerer } = parts
  return [
    ...shelfRoutes({
      ...{ store, law: lawDesk(parts), nameOf: names.of, trials: openTrials(parts), goLive: () => goLive(parts) },
      shelf: {
        guides: (day) => answerer.shelf({ kind: 'guides', day }),
        digest: () => answerer.shelf({ kind: 'digest' }),
        guide: (id) => answerer.shelf({ kind: 'guide', id }),
        words: () => answerer.shelf({ kind: 'words' }),
        check: (edit, live) => answerer.shelf({ kind: 'check', edit, live }),
      },
    }),
    ...documentRoutes({
      nameOf: names.of,
      list: () => documents(parts, { kind: 'documents', deed: 'list' }),
      open: (slug, version) => documents(parts, { kind: 'documents', deed: 'open', slug, version }),
      takeIn: (file, officer, now) => takeIn(parts, file, officer, now),
      publish: async (slug, version, seen, officer, now) => {
        const deed = { at: now, by: officer.id }
        await documents(parts, { kind: 'documents', deed: 'publish', slug, version, seen, ...deed })
        await changed(parts, slug, 'published', officer, now, { kind: 'documents', deed: 'take_back', slug, seen: version, ...deed })
      },
      takeBack: async (slug, seen, officer, now) => {
        await documents(parts, { kind: 'documents', deed: 'take_back', slug, seen, at: now, by: officer.id })
        await changed(parts, slug, 'taken_back', officer, now)
      },
    }),
  ]
}

// ── what the office writes ──────────────────────────────────────────────────────────────────────

async function goLive(parts: Parts): Promise<void> {
  await syncEdits(parts.store, parts.config.dataFolder)
  try {
    await parts.answerer.renew()
  } catch (error) {
    fault(parts, 'answer')(error)
    throw error
  }
}

/** One trial at a time: it takes a core for minutes. */
function openTrials({ store, jobs, options, ...rest }: Parts) {
  let running: TrialState['running'] = null
  const failed: Record<string, string> = {}
  const service = randomUUID()
  const run = async (id: string, edit: Edit, digest: string, live: readonly Edit[]) => {
    try {
      const said = await jobs.run({ kind: 'trial', edit, live, run: service }, (done, total) => {
        running = { edit: id, done, total }
      })
      await keepTrial(store, id, { ...said, digest, at: options.clock() })
    } catch (error) {
      failed[id] = (error instanceof JobFailed ? error.sentence : undefined) ?? SHELF_SAYS.trialFailed
      fault({ store, jobs, options, ...rest }, 'trial')(error)
    } finally {
      running = null
    }
  }
  return {
    state: (): TrialState => ({ running, failed }),
    start: (id: string, edit: Edit, digest: string, live: readonly Edit[]): boolean => {
      if (running) return false
      running = { edit: id, done: 0, total: 0 }
      delete failed[id]
      void run(id, edit, digest, live)
      return true
    },
  }
}

// ── documents ───────────────────────────────────────────────────────────────────────────────────

async function documents<J extends DocumentsJob>(parts: Parts, job: J): Promise<DocumentsAnswer<J>> {
  try {
    return (await parts.jobs.run(job)) as DocumentsAnswer<J>
  } catch (error) {
    if (!(error instanceof JobFailed) || error.sentence === undefined) throw error
    throw new ConsoleTrouble('bad_request', error.sentence)
  }
}

/** The file lies on the disk only while it is read: what was taken in is kept with its version. */
async function takeIn(parts: Parts, { name, bytes, as, from }: UploadedFile, officer: SignedIn, now: number): Promise<TakenInView> {
  const folder = join(incomingIn(parts.config.dataFolder), randomUUID())
  const path = join(folder, plainName(name))
  try {
    await mkdir(folder, { recursive: true })
    await writeFile(path, bytes)
    const taken = await documents(parts, { kind: 'documents', deed: 'take_in', path, as, from, at: now, by: officer.id })
    if (!taken.before) await audited(parts, taken.slug, 'taken_in', officer, now)
    return taken
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

const incomingIn = (dataFolder: string) => join(dataFolder, 'incoming')

/** A service that died left files that nobody reads any more. */
export async function clearIncoming(dataFolder: string): Promise<void> {
  await rm(incomingIn(dataFolder), { recursive: true, force: true })
}

const LONGEST_NAME = 60

/** A name that leads nowhere else, and keeps its ending. */
function plainName(name: string): string {
  const plain = basename(name.normalize('NFC').replaceAll('\\', '/')).replace(/[^\p{L}\p{N}._ -]/gu, '_')
  const ending = extname(plain).slice(0, 10)
  const stem = plain.slice(0, plain.length - ending.length).slice(0, LONGEST_NAME)
  return `${/^\.*$/.test(stem) ? 'van-ban' : stem}${ending}`
}

/** @param otherwise what puts things back where the library cannot be opened so */
async function changed(parts: Parts, slug: string, code: string, officer: SignedIn, now: number, otherwise?: DocumentsJob): Promise<void> {
  await audited(parts, slug, code, officer, now)
  try {
    await goLive(parts)
  } catch (error) {
    if (!otherwise) throw error
    await documents(parts, otherwise)
    await audited(parts, slug, 'undone', officer, now)
    throw new ConsoleTrouble('conflict', SHELF_SAYS.notChangedOver)
  }
}

function audited({ store }: Parts, slug: string, code: string, { id }: SignedIn, now: number): Promise<unknown> {
  return store.write((tx) => appendAudit(tx, { actor: id, action: 'document.changed', subject: `document:${slug}`, detail: { code } }, now))
}
