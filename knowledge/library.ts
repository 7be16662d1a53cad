/** The library: every document, provision, guide and outside field, read from `knowledge/content` and checked against the schema. */
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { load } from 'js-yaml'
import { z } from 'zod'
import { type Pointer, pointerId, provisionId } from './citation.ts'
import {
  type ArticleFile,
  articleFile,
  document,
  type Field,
  field,
  type Guide,
  guide,
  type LegalDocument,
  type OwnValidity,
  type Provision,
} from './schema.ts'
import { readSealed, writeSealed } from './sealed-file.ts'

export const CONTENT = fileURLToPath(new URL('./content', import.meta.url))

/** A provision in its place: document, article and heading beside the clause's own data. */
export interface ShelfProvision extends Provision {
  readonly id: string
  readonly document: string
  readonly article: string
  readonly heading: string
  /** Of its article, where that began or ended on another day than the document. */
  readonly validity?: OwnValidity | undefined
  /** Nobody has restated it: `restatement` and `points` are the law's own words. */
  readonly verbatimOnly?: boolean
  /** Everyday words for its terms, from the glossary: what it is found by instead of everyday questions. */
  readonly everyday?: readonly string[]
}

/** A content file that cannot be read as what it should be. The message names the file and every problem. */
export class ContentError extends Error {
  override readonly name = 'ContentError'
}

/** The law's own words of a place, and whether our restatement was written from the same words. */
export interface Verbatim {
  readonly text: string
  /** Page of the file that was taken in. */
  readonly page?: number
  /** False: our restatement was written from another wording and waits to be looked through. */
  readonly agrees: boolean
}

export interface Library {
  readonly documents: ReadonlyMap<string, LegalDocument>
  readonly provisions: ReadonlyMap<string, ShelfProvision>
  /** Provisions of each article, in order, by "document#article". */
  readonly articles: ReadonlyMap<string, readonly ShelfProvision[]>
  readonly guides: ReadonlyMap<string, Guide>
  readonly fields: ReadonlyMap<string, Field>
  /** The law's own words by pointer id, of documents that the association has taken in. */
  readonly verbatims?: ReadonlyMap<string, Verbatim>
  /** SHA-256 over every content file: the index is rebuilt when it changes. */
  readonly digest: string
}

export interface LoadOptions {
  /** A file in which the articles and guides are kept as they were read: reading and checking every file takes a second, reading this a tenth. */
  readonly cache?: string
  /** Also what is written and proved but not published: nobody is answered from it, and the index does not know it. */
  readonly drafts?: boolean
}

/** Reads the whole library from `root`. Throws {@link ContentError} with every faulty file named. */
export function loadLibrary(root: string = CONTENT, { drafts = false, cache }: LoadOptions = {}): Library {
  const files = new Map(listFiles(root).map((file) => [relative(root, file), readFileSync(file)]))
  const problems: string[] = []
  const read = <T>(schema: z.ZodType<T>, name: string) => parseContent(schema, name, files.get(name) ?? Buffer.alloc(0), problems)
  const under = <T>(schema: z.ZodType<T>, folders: readonly string[]) =>
    [...files.keys()].filter((name) => folders.some((folder) => name.startsWith(`${folder}/`))).flatMap((name) => read(schema, name) ?? [])
  const digest = digestOf(files)
  const parse = (): Shelved => ({
    articles: under(articleFile, drafts ? ['provisions', 'drafts'] : ['provisions']),
    guides: under(guide, ['guides']),
  })
  const { articles, guides } = cache && !drafts ? shelvedIn(cache, digest, parse, problems) : parse()
  const provisions = articles.flatMap((a) => a.provisions.map((p) => placed(a, p)))
  const library = {
    documents: unique(read(z.array(document), 'documents.yaml') ?? [], (d) => d.number, problems),
    provisions: unique(provisions, (p) => p.id, problems),
    articles: groupBy(provisions, (p) => `${p.document}#${p.article}`),
    guides: unique(guides, (g) => g.id, problems),
    fields: unique(read(z.array(field), 'fields.yaml') ?? [], (f) => f.id, problems),
    digest,
  }
  if (problems.length > 0) throw new ContentError(problems.join('\n'))
  return library
}

/** The files that are many. */
interface Shelved {
  readonly articles: readonly ArticleFile[]
  readonly guides: readonly Guide[]
}

/** Drafts, quizzes and names of places are no part of what people are answered from, so they do not change the digest. */
const UNANSWERED = /^(drafts|quizzes)\/|^communes\.yaml$/

function digestOf(files: ReadonlyMap<string, Buffer>): string {
  const hash = createHash('sha256')
  for (const [name, bytes] of files) if (!UNANSWERED.test(name)) hash.update(name).update(bytes)
  return hash.digest('hex')
}

/** What is kept was made of these files by this code: either changed, it is made anew. A file that cannot be kept is no reason not to answer. */
function shelvedIn(cache: string, digest: string, parse: () => Shelved, problems: readonly string[]): Shelved {
  const key = createHash('sha256').update(digest).update(CODE).digest('hex')
  const bytes = readSealed(cache)
  const kept = typeof bytes === 'string' ? undefined : (JSON.parse(bytes.toString('utf8')) as { readonly key: string; readonly shelved: Shelved })
  if (kept?.key === key) return kept.shelved
  const shelved = parse()
  if (problems.length === 0) {
    try {
      writeSealed(cache, [Buffer.from(JSON.stringify({ key, shelved }))])
    } catch {
      // A full disk is told of by those who must write.
    }
  }
  return shelved
}

/** The code that gives the files their form. */
const CODE = readFileSync(fileURLToPath(new URL('./schema.ts', import.meta.url)))

function parseContent<T>(schema: z.ZodType<T>, name: string, bytes: Buffer, problems: string[]): T | undefined {
  try {
    const result = schema.safeParse(load(bytes.toString('utf8')))
    if (result.success) return result.data
    for (const issue of result.error.issues) problems.push(`${name}: ${issue.path.join('.')}: ${issue.message}`)
  } catch (error) {
    problems.push(`${name}: không đọc được YAML (${(error as Error).message.split('\n')[0]})`)
  }
  return undefined
}

function placed({ document, article, heading, validity }: ArticleFile, p: Provision): ShelfProvision {
  const pointer: Pointer = { document, article, ...(p.clause ? { clause: p.clause } : {}) }
  return { ...p, id: pointerId(pointer), document, article, heading, validity }
}

function unique<T>(items: readonly T[], id: (item: T) => string, problems: string[]): Map<string, T> {
  const map = new Map<string, T>()
  for (const item of items) {
    if (map.has(id(item))) problems.push(`mã "${id(item)}" có hai lần`)
    map.set(id(item), item)
  }
  return map
}

function groupBy<T>(items: readonly T[], key: (item: T) => string): Map<string, T[]> {
  const map = new Map<string, T[]>()
  for (const item of items) map.set(key(item), [...(map.get(key(item)) ?? []), item])
  return map
}

function listFiles(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.yaml'))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
}

/** @returns the restatement of a clause with its points on lines of their own. */
export function fullText(p: ShelfProvision): string {
  const points = Object.entries(p.points).map(([letter, said]) => `${letter}) ${said}`)
  return [p.restatement, ...points, ...(p.closing ? [p.closing] : [])].join('\n')
}

/** @returns the provisions that a pointer reaches: one clause, or every clause of a whole article; none when it dangles. */
export function resolve(library: Library, pointer: Pointer): readonly ShelfProvision[] {
  const exact = library.provisions.get(provisionId(pointer))
  if (exact) return pointer.point && !exact.points[pointer.point] ? [] : [exact]
  if (pointer.clause || !pointer.article) return []
  return library.articles.get(`${pointer.document}#${pointer.article}`) ?? []
}

/** @returns the id of the first matter outside the shelf that `text` names by one of its signs. */
export function fieldSaid(library: Library, text: string): string | undefined {
  const plain = text.toLowerCase().normalize('NFC').replace(/\s+/g, ' ')
  return [...library.fields.values()].find((f) => f.signs.some((sign) => sign.test(plain)))?.id
}
