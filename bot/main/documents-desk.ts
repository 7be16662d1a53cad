/** Documents that the association takes in, as the console works with them. Runs in a thread of its own: a law is megabytes of text. */
import { join } from 'node:path'
import type { DocumentsView, DocumentView, TakenInView, VersionRow } from '../../adapters/console/shelf-contract.ts'
import { changedBodies, loadDirectory } from '../../knowledge/agencies.ts'
import { isCitable } from '../../knowledge/ingest/review.ts'
import { readSourceFile } from '../../knowledge/ingest/source-file.ts'
import { parse, type Surroundings } from '../../knowledge/ingest/take-in.ts'
import { type Version, Versions } from '../../knowledge/ingest/versions.ts'
import { CONTENT, type Library, loadLibrary } from '../../knowledge/library.ts'
import { driftedFrom } from '../../knowledge/overlay.ts'
import { type Day, dayInVietnam } from '../../knowledge/validity.ts'
import type { Config } from '../config.ts'
import { diffText, guidesOn, rollBack, slugNamed } from './knowledge-deeds.ts'
import { Refused } from './office.ts'

interface Deed {
  readonly at: number
  /** Id of the officer. */
  readonly by: string
}

export type DocumentsJob = { readonly kind: 'documents' } & (
  | { readonly deed: 'list' }
  /** Reads a file and keeps it as a version; `as`, `from`: what is printed on the paper and could not be read. */
  | ({ readonly deed: 'take_in'; readonly path: string; readonly as?: string | undefined; readonly from?: Day | undefined } & Deed)
  | { readonly deed: 'open'; readonly slug: string; readonly version: string }
  /** `seen`: what was published when the officer looked; where that has changed nothing is done. */
  | ({ readonly deed: 'publish'; readonly slug: string; readonly version: string; readonly seen: string | null } & Deed)
  | ({ readonly deed: 'take_back'; readonly slug: string; readonly seen: string | null } & Deed)
)

type DocumentLine = DocumentsView['documents'][number]

interface Answers {
  readonly list: readonly DocumentLine[]
  readonly take_in: TakenInView
  readonly open: DocumentView
  readonly publish: object
  readonly take_back: object
}
export type DocumentsAnswer<J extends DocumentsJob> = Answers[J['deed']]

/** Throws {@link Refused} or IngestFault with a sentence. */
export async function doWithDocuments(config: Config, job: DocumentsJob): Promise<Answers[keyof Answers]> {
  const versions = new Versions(join(config.dataFolder, 'knowledge'))
  switch (job.deed) {
    case 'list':
      return versions.slugs().flatMap((slug) => lineOf(versions, slug) ?? [])
    case 'take_in':
      return takeIn(libraryOf(config), versions, job)
    case 'open':
      return wholeOf(libraryOf(config), versions, versionNamed(versions, job))
    case 'publish':
      return publish(versions, job)
    case 'take_back':
      mustBeSeen(versions, slugNamed(versions, job.slug), job.seen)
      rollBack(versions, slugNamed(versions, job.slug), { at: job.at, by: job.by })
      return {}
  }
}

/** As the service keeps it between two starts: to read it whole takes seconds. */
const libraryOf = ({ dataFolder }: Config): Library => loadLibrary(CONTENT, { cache: join(dataFolder, 'index', 'library.bin') })

function lineOf(versions: Versions, slug: string): DocumentLine | undefined {
  const all = versions.names(slug).map((name) => versions.read(slug, name))
  const newest = all.at(-1)
  if (!newest) return undefined
  const { number, title } = newest.law.header
  return { slug, number: number ?? slug, title: title ?? '', published: versions.published(slug) ?? null, versions: all.map(versionLine).reverse() }
}

const versionLine = ({ name, takenIn, file }: Version): VersionRow => ({ version: name, at: takenIn.at, by: takenIn.by, file })

async function takeIn(
  library: Library,
  versions: Versions,
  { path, as, from, at, by }: Extract<DocumentsJob, { deed: 'take_in' }>,
): Promise<Answers['take_in']> {
  const source = readSourceFile(path)
  // Who says a number or a day says something new of the same bytes.
  const before = as || from ? undefined : versions.digests().get(source.sha256.slice(0, 12))
  if (before) return { slug: before.slug, version: before.name, before: true }
  const { slug, name } = versions.keep(await parse(source, surroundings(library, as, from, at)), { at, by })
  return { slug, version: name, before: false }
}

function surroundings(library: Library, as: string | undefined, from: Day | undefined, at: number): Surroundings {
  const [directory, today] = [loadDirectory(), dayInVietnam(new Date(at))]
  return { as, from, today, known: (number) => library.documents.get(number), bodies: (text) => changedBodies(directory, text, today) }
}

function versionNamed(versions: Versions, { slug, version }: { readonly slug: string; readonly version: string }): Version {
  const folder = slugNamed(versions, slug)
  if (!versions.names(folder).includes(version)) throw new Refused(`${folder} không có bản ${version}.`)
  return versions.read(folder, version)
}

function wholeOf(library: Library, versions: Versions, version: Version): DocumentView {
  const { slug, name, law, review } = version
  const published = versions.published(slug) ?? null
  const drifted = isCitable(law) ? driftedFrom(version, library).map(({ id }) => id) : []
  const { number, title, issuer, issued, inForceFrom } = law.header
  return {
    ...versionLine(version),
    ...{ slug, published, citable: isCitable(law), counts: review.counts, findings: review.findings, drifted, guides: titlesOn(library, drifted) },
    ...{ number: number ?? null, title: title ?? null, issuer: issuer ?? null, issued: issued ?? null, inForceFrom: inForceFrom ?? null },
    changes: published === null || published === name ? null : short(diffText(versions.read(slug, published), version)),
  }
}

const titlesOn = (library: Library, ids: readonly string[]) => guidesOn(library, ids).map((id) => library.guides.get(id)?.title ?? id)

const MOST_CHANGES = 60_000
const short = (text: string) => (text.length <= MOST_CHANGES ? text : `${text.slice(0, MOST_CHANGES)}\n…`)

/** Whoever took it in does not publish it. */
function publish(versions: Versions, job: Extract<DocumentsJob, { deed: 'publish' }>): object {
  const version = versionNamed(versions, job)
  if (version.takenIn.by === job.by) throw new Refused('Người đã nạp không tự công bố được. Bạn nhờ một người khác soát và công bố nhé.')
  const stop = version.review.findings.find(({ severity }) => severity === 'stop')
  if (stop) throw new Refused(`Chưa công bố được: ${stop.text}`)
  mustBeSeen(versions, version.slug, job.seen)
  versions.publish(version, { at: job.at, by: job.by })
  return {}
}

/** Two who decide at once: the second has not seen what the first did. */
function mustBeSeen(versions: Versions, slug: string, seen: string | null): void {
  if ((versions.published(slug) ?? null) !== seen)
    throw new Refused('Có người vừa công bố hoặc gỡ một bản của văn bản này. Bạn tải lại trang để xem.')
}
