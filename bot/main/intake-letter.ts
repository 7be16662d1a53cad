/** `npm run -s intake -- letter NUMBER --out F.docx [--what don|biennhan] [--agency ID]`: a paper of a case as a Word file, for who comes to the office. */
import { writeFileSync } from 'node:fs'
import { writeDocx } from '../../adapters/letter/docx.ts'
import { PAPERS } from '../../adapters/letter/door.ts'
import { readSecretKey } from '../../adapters/operations/secret-key.ts'
import type { WholeCase } from '../../adapters/storage/complaint-store.ts'
import type { Paper } from '../complaint/paper.ts'
import type { Config } from '../config.ts'
import { LETTER_OFFICE } from '../wording/letter.ts'
import { openLetters } from './letters.ts'
import { Refused } from './office.ts'

export interface LetterArguments {
  readonly out: string | undefined
  readonly what: string | undefined
  readonly agency: string | undefined
}

/** Writes the file. @returns what the officer reads: that it is there, and what to do with it. Throws {@link Refused} with a sentence. */
export async function writeLetter(config: Config, found: WholeCase, { out, what, agency }: LetterArguments, now: number): Promise<readonly string[]> {
  const file = wordFile(out)
  const paper = paperOf(config, found, what ?? 'don', agency, now)
  keep(file, await writeDocx(paper))
  return [LETTER_OFFICE.written(file, paper.name), ...paper.notes]
}

function wordFile(out: string | undefined): string {
  if (!out) throw new Refused(LETTER_OFFICE.missing)
  if (!/\.docx$/i.test(out)) throw new Refused(LETTER_OFFICE.notWord)
  return out
}

function paperOf(config: Config, found: WholeCase, what: string, agency: string | undefined, now: number): Paper {
  const kind = PAPERS.find((one) => one === what)
  if (!kind) throw new Refused(LETTER_OFFICE.kind(PAPERS))
  if (!found.record) throw new Refused(LETTER_OFFICE.unreadable)
  const papers = openLetters(config, readSecretKey(config.dataFolder)).write(found, now, agency)
  if (!papers) throw new Refused(LETTER_OFFICE.noLetters(agency ?? ''))
  return papers[kind]
}

/** Nothing is written over, and only who wrote it may read it. */
function keep(file: string, bytes: Buffer): void {
  try {
    writeFileSync(file, bytes, { flag: 'wx', mode: 0o600 })
  } catch (error) {
    const exists = (error as NodeJS.ErrnoException).code === 'EEXIST'
    throw new Refused(exists ? LETTER_OFFICE.exists(file) : LETTER_OFFICE.nowhere(file))
  }
}
