/** A file of law from its bytes to a reviewed document: read, mend, join, parse, review. Writes nothing. */
import { basename, extname } from 'node:path'
import type { LegalDocument } from '../schema.ts'
import { blocksOf } from './blocks.ts'
import { readPrinted } from './formats/read.ts'
import type { Header, LawText } from './law-text.ts'
import { mend } from './mend.ts'
import { type Review, review } from './review.ts'
import { readSourceFile, type SourceFile } from './source-file.ts'
import { readLaw } from './tree.ts'

export interface TakenIn {
  readonly source: SourceFile
  readonly law: LawText
  readonly review: Review
}

/** What the operator says of a file, and what the library knows. */
export interface Surroundings {
  readonly as?: string | undefined
  readonly from?: string | undefined
  /** ISO day. */
  readonly today: string
  readonly known: (number: string) => LegalDocument | undefined
  /** Sentences on bodies named in a text that have since been renamed or merged. */
  readonly bodies: (text: string) => readonly string[]
}

/** Throws IngestFault with one sentence for a file that cannot be read at all. */
export async function takeIn(path: string, surroundings: Surroundings): Promise<TakenIn> {
  return parse(readSourceFile(path), surroundings)
}

/** {@link takeIn} for a file whose bytes are at hand. */
export async function parse(source: SourceFile, { as, from, today, known, bodies }: Surroundings): Promise<TakenIn> {
  const printed = await readPrinted(source)
  const mended = mend(printed.lines)
  const read = readLaw(blocksOf(mended.lines))
  const law = { ...read, header: withSaid(read.header, as, from) }
  const { number } = law.header
  const reviewed = {
    ...{ law, printed, mended, today, known: number ? known(number) : undefined, expected: as ?? numberInName(source.name) },
    bodies: law.articles.length > 0 ? [] : bodies(mended.lines.map(({ text }) => text).join('\n')),
  }
  return { source, law, review: review(reviewed) }
}

/** What the operator read on the paper fills what the machine could not read; it overrides nothing that is printed. */
function withSaid(header: Header, as: string | undefined, from: string | undefined): Header {
  return { ...header, ...(from && !header.inForceFrom ? { inForceFrom: from } : {}), ...(as && !header.number && header.title ? { number: as } : {}) }
}

/** "luat-19-2023-QH15.docx" says that it is 19/2023/QH15; a name without such a number says nothing. */
function numberInName(name: string): string | undefined {
  const found = basename(name, extname(name)).match(
    /(?<!\d)(\d{1,4})[-_.](\d{4})[-_.]((?:QH\d{2}|N[ĐD]-CP|TT-[A-Z]{3,8}|Q[ĐD]-TT[Gg]|UBTVQH\d{2}))(?![\p{L}\d])/iu,
  )
  return found
    ? `${Number(found[1]) < 10 ? `0${Number(found[1])}` : Number(found[1])}/${found[2]}/${(found[3] ?? '').replace(/^ND/i, 'NĐ').replace(/^QD/i, 'QĐ')}`
    : undefined
}
