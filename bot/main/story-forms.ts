/** The stories that every complaint is compared with, in the form in which they are compared: to make it takes seconds, so it is kept between two starts. */
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { CONTENT, type Library } from '../../knowledge/library.ts'
import { readSealed, writeSealed } from '../../knowledge/sealed-file.ts'
import type { LabelledQuestion } from '../complaint/route-words.ts'

/** What gives a story its form, beside the content itself. */
const LANGUAGE = fileURLToPath(new URL('../../knowledge/language', import.meta.url))
const ROUTE = fileURLToPath(new URL('../complaint/route.ts', import.meta.url))

/** @returns what `make` gives; from `file` where that was made of the same library by the same code. A file that cannot be written is no reason not to start. */
export function keptForms(file: string, { digest }: Library, make: () => LabelledQuestion[]): LabelledQuestion[] {
  const key = createHash('sha256').update(digest).update(codeDigest()).digest('hex')
  const bytes = readSealed(file)
  const kept =
    typeof bytes === 'string' ? undefined : (JSON.parse(bytes.toString('utf8')) as { readonly key: string; readonly forms: LabelledQuestion[] })
  if (kept?.key === key) return kept.forms
  const forms = make()
  try {
    writeSealed(file, [Buffer.from(JSON.stringify({ key, forms }))])
  } catch {
    // A full disk is told of by those who must write.
  }
  return forms
}

let code: string | undefined
function codeDigest(): string {
  if (code === undefined) {
    const hash = createHash('sha256')
      .update(readFileSync(ROUTE))
      .update(readFileSync(join(CONTENT, 'glossary.yaml')))
    for (const name of readdirSync(LANGUAGE)
      .filter((one) => /\.(?:ts|yaml)$/.test(one))
      .sort())
      hash.update(readFileSync(join(LANGUAGE, name)))
    code = hash.digest('hex')
  }
  return code
}
