/**
 * `npm run -s knowledge:sources -- FILE…`: notes in `content/sources.json` from which words of the law each restatement was written, as a digest. When the
 * association takes a document in whose words are others, the restatements they concern are known. To be run by who has just compared restatement and text.
 */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { takeIn } from './ingest/take-in.ts'
import { CONTENT, loadLibrary } from './library.ts'
import { readSourceDigests, sourceDigestsOf } from './overlay.ts'
import { dayInVietnam } from './validity.ts'

const library = loadLibrary(CONTENT, { drafts: true })
const digests = new Map(readSourceDigests())
for (const file of process.argv.slice(2)) {
  const { law } = await takeIn(file, { today: dayInVietnam(new Date()), known: (number) => library.documents.get(number), bodies: () => [] })
  for (const [id, digest] of sourceDigestsOf(law)) if (library.provisions.has(id)) digests.set(id, digest)
}
const kept = [...digests].filter(([id]) => library.provisions.has(id)).sort(([a], [b]) => (a < b ? -1 : 1))
writeFileSync(join(CONTENT, 'sources.json'), `${JSON.stringify(Object.fromEntries(kept), null, 1)}\n`)
console.log(`${kept.length} diễn giải có dấu của bản gốc, ${[...library.provisions.keys()].filter((id) => !digests.has(id)).length} chưa có.`)
