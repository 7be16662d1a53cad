/** Documents of the association: taken in by upload, reviewed, published by a second person, taken back. Reading them is done elsewhere: a law is megabytes of text. */
import { z } from 'zod'
import { isDay } from '../../knowledge/validity.ts'
import { type Asked, type ConsoleRoute, route, type SignedIn } from './route.ts'
import type { DocumentsView, DocumentView, TakenInView } from './shelf-contract.ts'
import { ConsoleTrouble } from './trouble.ts'

export interface DocumentParts {
  readonly list: () => Promise<DocumentsView['documents']>
  readonly open: (slug: string, version: string) => Promise<DocumentView>
  /** Reads a file and keeps it as a version; nothing is published. Throws {@link ConsoleTrouble} with what is wrong with the file. */
  readonly takeIn: (file: UploadedFile, officer: SignedIn, now: number) => Promise<TakenInView>
  /** Publishes a version and changes over to it. */
  readonly publish: (slug: string, version: string, seen: string | null, officer: SignedIn, now: number) => Promise<void>
  /** Goes back to what was published before, or to nothing. */
  readonly takeBack: (slug: string, seen: string | null, officer: SignedIn, now: number) => Promise<void>
  readonly nameOf: (officer: string) => string
}

export interface UploadedFile {
  readonly name: string
  readonly bytes: Uint8Array
  /** Number and day as they stand on the paper, where the machine could not read them. */
  readonly as?: string | undefined
  readonly from?: string | undefined
}

/** As `npm run ingest` takes: what is larger is no law. */
const MOST_BYTES = 60 * 1024 * 1024

const day = z.string().refine(isDay, 'không phải ngày dạng NNNN-TT-NN')
const uploadQuery = z.object({
  name: z.string().trim().min(1).max(200),
  as: z.string().trim().min(3).max(60).optional(),
  from: day.optional(),
})

/** `seen`: the version that was published when the officer looked. */
const seenBody = z.strictObject({ seen: z.string().max(100).nullable() })

/** @returns the routes of documents. */
export function documentRoutes(parts: DocumentParts): readonly ConsoleRoute[] {
  return [
    route({ method: 'GET', url: '/documents', may: 'knowledge.read', handle: async (): Promise<DocumentsView> => list(parts) }),
    route({
      ...{ method: 'POST', url: '/documents', may: 'knowledge.approve', query: uploadQuery, upload: MOST_BYTES },
      handle: ({ query, body, officer, now }) => parts.takeIn({ ...query, bytes: bytesIn(body) }, officer, now),
    }),
    route({ method: 'GET', url: '/documents/:slug/:version', may: 'knowledge.read', handle: (asked) => open(parts, asked) }),
    route({
      ...{ method: 'POST', url: '/documents/:slug/:version/publish', may: 'knowledge.approve', body: seenBody },
      handle: async ({ params, body, officer, now }) => {
        await parts.publish(params['slug'] ?? '', params['version'] ?? '', body.seen, officer, now)
        return {}
      },
    }),
    route({
      ...{ method: 'POST', url: '/documents/:slug/take-back', may: 'knowledge.approve', body: seenBody },
      handle: async ({ params, body, officer, now }) => {
        await parts.takeBack(params['slug'] ?? '', body.seen, officer, now)
        return {}
      },
    }),
  ]
}

async function list({ list: all, nameOf }: DocumentParts): Promise<DocumentsView> {
  const documents = await all()
  return { documents: documents.map((one) => ({ ...one, versions: one.versions.map((version) => ({ ...version, by: nameOf(version.by) })) })) }
}

async function open(parts: DocumentParts, { params }: Pick<Asked, 'params'>): Promise<DocumentView> {
  const found = await parts.open(params['slug'] ?? '', params['version'] ?? '')
  return { ...found, by: parts.nameOf(found.by) }
}

function bytesIn(body: unknown): Uint8Array {
  if (!(body instanceof Uint8Array) || body.length === 0)
    throw new ConsoleTrouble('bad_request', 'Tệp rỗng hoặc chưa gửi tới. Bạn chọn tệp rồi gửi lại.')
  return body
}
