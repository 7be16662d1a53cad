/**
 * `npm run -s ingest -- FILE… [--as NUMBER] [--from DAY] [--by "…"]` reads official documents, keeps each as a version and prints what a reviewer must know;
 * `npm run -s ingest -- --publish NUMBER… --by "…"` publishes the newest version of each, once it was reviewed. Exit code 1 when a file could not be taken in.
 *
 * Folders are read through. What was taken in before is passed over, so a run that was killed goes on where it stopped.
 */
import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { Presets, SingleBar } from 'cli-progress'
import { changedBodies, loadDirectory } from '../../knowledge/agencies.ts'
import { IngestFault } from '../../knowledge/ingest/fault.ts'
import { readSourceFile } from '../../knowledge/ingest/source-file.ts'
import { parse, type Surroundings } from '../../knowledge/ingest/take-in.ts'
import { type Version, Versions } from '../../knowledge/ingest/versions.ts'
import { loadLibrary } from '../../knowledge/library.ts'
import { dayInVietnam, isDay } from '../../knowledge/validity.ts'
import { runCommand } from './assistant.ts'
import { publishNumbers } from './knowledge-deeds.ts'
import { operator, Refused } from './office.ts'
import { reviewText } from './review-text.ts'

const USAGE = 'Cách dùng: npm run -s ingest -- TỆP-HOẶC-THƯ-MỤC… [--as SỐ-HIỆU] [--from NGÀY] [--by "…"] | --publish SỐ-HIỆU… [--by "…"]'

await runCommand(async (config) => {
  const { values, positionals } = arguments_()
  const versions = new Versions(join(config.dataFolder, 'knowledge'))
  if (positionals.length === 0) throw new Refused(USAGE)
  if (values.publish) return publishNumbers(versions, positionals, { at: Date.now(), by: operator(values.by) })
  const files = positionals.flatMap(filesUnder)
  if (files.length > 1 && (values.as || values.from)) throw new Refused('--as và --from nói về một tệp: nạp tệp đó riêng.')
  await takeAllIn(files, versions, surroundingsOf(values), operator(values.by))
})

function arguments_() {
  const text = { type: 'string' } as const
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: { publish: { type: 'boolean', default: false }, as: text, from: text, by: text },
    })
    if (values.from && !isDay(values.from)) throw new Refused(`--from: "${values.from}" không phải ngày dạng NNNN-TT-NN.`)
    return { values, positionals }
  } catch (error) {
    throw error instanceof Refused ? error : new Refused(USAGE)
  }
}

function filesUnder(path: string): string[] {
  if (!statSync(path, { throwIfNoEntry: false })?.isDirectory()) return [path]
  return readdirSync(path, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
}

function surroundingsOf({ as, from }: { readonly as?: string | undefined; readonly from?: string | undefined }): Surroundings {
  const [library, directory] = [loadLibrary(), loadDirectory()]
  const today = dayInVietnam(new Date())
  return { as, from, today, known: (number) => library.documents.get(number), bodies: (text) => changedBodies(directory, text, today) }
}

/** Many files have a bar and a line each; one has its whole review. */
async function takeAllIn(files: readonly string[], versions: Versions, surroundings: Surroundings, by: string): Promise<void> {
  const bar = files.length > 1 ? progressBar(files.length) : undefined
  const tally = { taken: 0, before: 0, refused: 0 }
  const seen = versions.digests()
  for (const file of files) {
    const said = await takeOneIn(file, versions, surroundings, by, seen, tally)
    if (!bar) console.log(said)
    else if (said) bar.log(said)
    bar?.step()
  }
  bar?.stop()
  if (files.length > 1)
    console.log(`Đã nạp ${tally.taken} tệp, ${tally.before} tệp đã nạp từ trước, ${tally.refused} tệp không nạp được. Chưa công bố gì.`)
  if (tally.refused > 0) process.exitCode = 1
}

async function takeOneIn(
  file: string,
  versions: Versions,
  surroundings: Surroundings,
  by: string,
  seen: Map<string, { readonly slug: string; readonly name: string }>,
  tally: { taken: number; before: number; refused: number },
): Promise<string> {
  try {
    const source = readSourceFile(file)
    const key = source.sha256.slice(0, 12)
    // An operator who says a number or a day says something new of the same bytes.
    const before = surroundings.as || surroundings.from ? undefined : seen.get(key)
    if (before) {
      tally.before++
      return reviewText(versions.read(before.slug, before.name), 'before')
    }
    const version: Version = versions.keep(await parse(source, surroundings), { at: Date.now(), by })
    // Its name only: a thousand laws need not be held.
    seen.set(key, { slug: version.slug, name: version.name })
    tally.taken++
    return reviewText(version, 'new')
  } catch (error) {
    if (!(error instanceof IngestFault)) throw error
    tally.refused++
    return `KHÔNG NẠP ĐƯỢC  ${error.message}`
  }
}

function progressBar(total: number) {
  const bar = new SingleBar(
    {
      format: 'Nạp văn bản |{bar}| {percentage}% · {value}/{total}',
      hideCursor: true,
      noTTYOutput: true,
      notTTYSchedule: 2000,
      stream: process.stderr,
    },
    Presets.shades_classic,
  )
  bar.start(total, 0)
  return { step: () => bar.increment(), stop: () => bar.stop(), log: (line: string) => console.log(line) }
}
