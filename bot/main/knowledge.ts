/** `npm run -s knowledge:list | knowledge:diff -- NUMBER [FROM TO] | knowledge:rollback -- NUMBER [--by "…"]`: the versions of documents that were taken in. */
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { Versions } from '../../knowledge/ingest/versions.ts'
import { runCommand } from './assistant.ts'
import { diffText, listText, rollBack, slugNamed } from './knowledge-deeds.ts'
import { operator, Refused } from './office.ts'

const USAGE = 'Cách dùng: npm run -s knowledge:list | knowledge:diff -- SỐ-HIỆU [BẢN-CŨ BẢN-MỚI] | knowledge:rollback -- SỐ-HIỆU [--by "…"]'

await runCommand(async (config) => {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: { by: { type: 'string' } } })
  const versions = new Versions(join(config.dataFolder, 'knowledge'))
  const [command, number, ...names] = positionals
  if (command === 'list' && !number) return console.log(listText(versions))
  if (command === 'diff' && number) return console.log(diff(versions, slugNamed(versions, number), names))
  if (command === 'rollback' && number && names.length === 0)
    return console.log(rollBack(versions, slugNamed(versions, number), { at: Date.now(), by: operator(values.by) }))
  throw new Refused(USAGE)
})

/** Without names: the published version against the newest, else the two newest. */
function diff(versions: Versions, slug: string, names: readonly string[]): string {
  const all = versions.names(slug)
  const published = versions.published(slug)
  const newest = all.at(-1) as string
  const [from, to] = names.length === 2 ? names : [published && published !== newest ? published : all.at(-2), newest]
  if (!from || !to) return `${slug} chỉ có một bản: không có gì để so.`
  for (const name of [from, to]) if (!all.includes(name)) throw new Refused(`${slug} không có bản "${name}". Có: ${all.join(', ')}.`)
  return diffText(versions.read(slug, from), versions.read(slug, to))
}
