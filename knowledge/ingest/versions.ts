/**
 * Every version of every document that was taken in, with the file it came from, who did what when, and which version is published.
 *
 *   <root>/documents/<slug>/<version>/law.json, review.json, source.<ext>     written beside and renamed: there whole or not at all
 *   <root>/documents/<slug>/published.json                                    {version, at, by}; absent = nothing of it is published
 *   <root>/journal.jsonl                                                      one line a deed, only ever appended
 */
import { createHash } from 'node:crypto'
import {
  appendFileSync,
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { extname, join } from 'node:path'
import { z } from 'zod'
import { writer } from '../sealed-file.ts'
import type { LawText } from './law-text.ts'
import type { Review } from './review.ts'
import type { TakenIn } from './take-in.ts'

/** Raised when the reader changes so that the same file should be read again. */
const READER = 1

/** Who does something, and when (milliseconds since 1970). */
export interface Deed {
  readonly at: number
  readonly by: string
}

export interface Version {
  readonly slug: string
  /** "003-1a2b3c4d5e6f". */
  readonly name: string
  readonly law: LawText
  readonly review: Review
  readonly takenIn: Deed
  readonly sha256: string
  readonly file: string
}

const point = z.object({ letter: z.string(), text: z.string() })
const page = z.number().optional()
const clause = z.object({ number: z.string(), text: z.string(), points: z.array(point), page })
const article = z.object({
  number: z.string(),
  heading: z.string(),
  place: z.array(z.string()),
  text: z.string(),
  points: z.array(point),
  clauses: z.array(clause),
  page,
})
const section = z.object({ heading: z.array(z.string()), text: z.string(), page })
const header = z.object({
  ...{ number: z.string().optional(), kind: z.string().optional(), issuer: z.string().optional() },
  ...{ issued: z.string().optional(), inForceFrom: z.string().optional(), title: z.string().optional() },
})
const lawText = z.object({
  ...{ header, articles: z.array(article), sections: z.array(section), appendices: z.array(section) },
  ...{ oddities: z.array(z.object({ where: z.string(), what: z.string() })), others: z.array(header) },
})
const kept = z.object({
  reader: z.number(),
  file: z.string(),
  sha256: z.string(),
  takenIn: z.object({ at: z.number(), by: z.string() }),
  law: lawText,
})
const keptReview = z.object({
  counts: z.object({
    articles: z.number(),
    highest: z.number(),
    clauses: z.number(),
    points: z.number(),
    appendices: z.number(),
    tables: z.number(),
  }),
  findings: z.array(z.object({ severity: z.enum(['stop', 'look', 'note']), text: z.string() })),
})
const pointer = z.object({ version: z.string(), at: z.number(), by: z.string() })
const journalLine = z.object({
  at: z.number(),
  by: z.string(),
  deed: z.enum(['taken_in', 'published', 'withdrawn', 'rolled_back']),
  slug: z.string(),
  version: z.string(),
})
export type JournalLine = z.infer<typeof journalLine>

/** The folder of versions cannot be read as what it should be; the message names the file. */
export class VersionsDamaged extends Error {
  override readonly name = 'VersionsDamaged'
}

export class Versions {
  readonly #root: string

  constructor(root: string) {
    this.#root = root
  }

  /** @returns the versions that were made by the reader of today, by the first twelve letters of the digest of their file. */
  digests(): Map<string, { readonly slug: string; readonly name: string }> {
    const tail = new RegExp(`-([0-9a-f]{12})-r${READER}$`)
    return new Map(
      this.slugs().flatMap((slug) =>
        this.names(slug).flatMap((name) => {
          const digest = tail.exec(name)?.[1]
          return digest ? [[digest, { slug, name }] as const] : []
        }),
      ),
    )
  }

  /** Keeps what was taken in as the next version of its document. Nothing is published by it. */
  keep({ source, law, review }: TakenIn, deed: Deed): Version {
    const slug = slugOf(law, source.sha256)
    const folder = join(this.#root, 'documents', slug)
    const name = `${String(this.names(slug).length + 1).padStart(3, '0')}-${source.sha256.slice(0, 12)}-r${READER}`
    const temporary = join(folder, `.${name}.${writer()}.tmp`)
    rmSync(temporary, { recursive: true, force: true })
    mkdirSync(temporary, { recursive: true })
    writeSynced(join(temporary, `source${extname(source.name).toLowerCase()}`), source.bytes)
    writeSynced(join(temporary, 'review.json'), JSON.stringify(review))
    writeSynced(join(temporary, 'law.json'), JSON.stringify({ reader: READER, file: source.name, sha256: source.sha256, takenIn: deed, law }))
    renameSync(temporary, join(folder, name))
    this.#write({ ...deed, deed: 'taken_in', slug, version: name })
    return { slug, name, law, review, takenIn: deed, sha256: source.sha256, file: source.name }
  }

  /** Makes `version` what is answered from. */
  publish({ slug, name }: Pick<Version, 'slug' | 'name'>, { at, by }: Deed, deed: 'published' | 'rolled_back' = 'published'): void {
    const file = join(this.#root, 'documents', slug, 'published.json')
    const temporary = `${file}.${writer()}.tmp`
    writeSynced(temporary, JSON.stringify({ version: name, at, by }))
    // First the journal: a deed that is told but not done is done again by who reads it; one that is done but not told is lost.
    this.#write({ at, by, deed, slug, version: name })
    renameSync(temporary, file)
  }

  /** Nothing of the document is answered from any more; its versions stay. */
  withdraw(slug: string, { at, by }: Deed): void {
    const version = this.published(slug)
    if (!version) return
    this.#write({ at, by, deed: 'withdrawn', slug, version })
    rmSync(join(this.#root, 'documents', slug, 'published.json'), { force: true })
  }

  slugs(): string[] {
    return foldersIn(join(this.#root, 'documents'))
  }

  /** @returns the names of the versions of a document, oldest first. */
  names(slug: string): string[] {
    return foldersIn(join(this.#root, 'documents', slug)).filter((name) => /^\d{3,}-/.test(name))
  }

  /** @returns the name of the published version. */
  published(slug: string): string | undefined {
    const file = join(this.#root, 'documents', slug, 'published.json')
    return existsSync(file) ? parsed(file, pointer).version : undefined
  }

  /** Throws {@link VersionsDamaged} where the files of a version are not what they should be. */
  read(slug: string, name: string): Version {
    const folder = join(this.#root, 'documents', slug, name)
    const { law, takenIn, sha256, file } = parsed(join(folder, 'law.json'), kept)
    const review = parsed(join(folder, 'review.json'), keptReview)
    return { slug, name, law: law as LawText, review, takenIn, sha256, file }
  }

  /** @returns every published version. */
  allPublished(): Version[] {
    return this.slugs().flatMap((slug) => {
      const name = this.published(slug)
      return name ? [this.read(slug, name)] : []
    })
  }

  /** @returns all deeds, oldest first; a last line that was cut off by a power cut is passed over. */
  journal(): JournalLine[] {
    const file = join(this.#root, 'journal.jsonl')
    if (!existsSync(file)) return []
    return readFileSync(file, 'utf8')
      .split('\n')
      .flatMap((line) => {
        try {
          return [journalLine.parse(JSON.parse(line))]
        } catch {
          return []
        }
      })
  }

  #write(line: JournalLine): void {
    mkdirSync(this.#root, { recursive: true })
    const file = join(this.#root, 'journal.jsonl')
    const torn = existsSync(file) && !readFileSync(file, 'utf8').endsWith('\n')
    appendFileSync(file, `${torn ? '\n' : ''}${JSON.stringify(line)}\n`)
    syncFile(file)
  }
}

/** "19-2023-QH15"; a document without a number is named by its bytes. */
export function slugOf({ header: { number } }: LawText, sha256: string): string {
  return number ? slugOfNumber(number) : `khong-so-${sha256.slice(0, 8)}`
}

/** @returns the folder name of a document's number; whatever else is handed in, a name that leads nowhere else. */
export function slugOfNumber(number: string): string {
  const plain = number.replace(/đ/g, 'd').replace(/Đ/g, 'D')
  return /^[A-Za-z0-9/-]+$/.test(plain) ? plain.replace(/[/-]+/g, '-').toUpperCase() : createHash('sha256').update(number).digest('hex').slice(0, 16)
}

function foldersIn(folder: string): string[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
    .map((entry) => entry.name)
    .sort()
}

function parsed<T>(file: string, schema: z.ZodType<T>): T {
  try {
    return schema.parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch (cause) {
    throw new VersionsDamaged(`Tệp ${file} bị hỏng hoặc thiếu; khôi phục từ bản sao lưu, hoặc nạp lại văn bản.`, { cause })
  }
}

function writeSynced(file: string, content: string | Uint8Array): void {
  writeFileSync(file, content)
  syncFile(file)
}

function syncFile(file: string): void {
  const handle = openSync(file, 'r+')
  fsyncSync(handle)
  closeSync(handle)
}
