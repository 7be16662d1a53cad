/**
 * `npm run -s knowledge:check`: proves the content, drafts included, prints the coverage table, exits 1 on any fault.
 * `--jsonl` prints one line a citation instead, in the form that an outside checker of citations reads.
 */
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { checkDirectory, DirectoryError, loadDirectory } from './agencies.ts'
import { checkKinds, loadKinds } from './complaint-kinds.ts'
import { checkStories, loadStories } from './complaint-stories.ts'
import { checkGlossary, loadGlossary } from './glossary.ts'
import { type LawTexts, readLawTexts } from './law-texts.ts'
import { CONTENT, ContentError, type Library, loadLibrary } from './library.ts'
import { checkLibrary, citationRows, coverage } from './proofs.ts'
import { checkQuizzes, loadQuizzes, quizRows } from './quizzes.ts'
import { dayInVietnam } from './validity.ts'

const LAW = fileURLToPath(new URL('../../shared/law/articles.jsonl', import.meta.url))

/** What cannot even be read ends it. */
function read<T>(what: () => T): T {
  try {
    return what()
  } catch (error) {
    if (!(error instanceof ContentError || error instanceof DirectoryError)) throw error
    console.error(error.message)
    process.exit(1)
  }
}

/** Whom complaints go to, what they are about, and the stories that this is measured on. Names of facts are the intake's: its tests prove those. */
function complaintFaults(texts: LawTexts | undefined): string[] {
  const [directory, kinds] = [loadDirectory(), loadKinds()]
  return [...checkDirectory(directory, texts), ...checkKinds(kinds, directory, undefined, texts), ...checkStories(loadStories(), kinds)]
}

function quizFaults(library: Library, texts: LawTexts | undefined): string[] {
  return checkQuizzes(loadQuizzes(), library, dayInVietnam(new Date()), texts)
}

function main(): void {
  const library: Library = read(() => loadLibrary(CONTENT, { drafts: true }))
  if (process.argv.includes('--jsonl')) {
    for (const row of [...citationRows(library), ...quizRows(read(loadQuizzes))]) console.log(JSON.stringify(row))
    return
  }
  const texts = existsSync(LAW) ? readLawTexts(LAW) : undefined
  const faults = [
    ...checkLibrary(library, texts),
    ...checkGlossary(loadGlossary()),
    ...read(() => complaintFaults(texts)),
    ...read(() => quizFaults(library, texts)),
  ]
  for (const fault of faults) console.log(fault)
  console.log(coverage(library))
  if (!texts) console.log('Không có văn bản luật bên cạnh: đã bỏ qua phần đối chiếu với nguyên văn.')
  console.log(`${library.provisions.size} điều khoản, ${library.guides.size} hướng dẫn, ${library.fields.size} lĩnh vực ngoài, ${faults.length} lỗi`)
  process.exitCode = faults.length > 0 ? 1 : 0
}

main()
