/** Publishing, comparing and taking back versions of documents: what `ingest --publish` and `knowledge:*` do. */
import { articleWords, clauseWords, type LawText } from '../../knowledge/ingest/law-text.ts'
import { isCitable } from '../../knowledge/ingest/review.ts'
import { type Deed, slugOfNumber, type Version, type Versions } from '../../knowledge/ingest/versions.ts'
import { type Library, loadLibrary } from '../../knowledge/library.ts'
import { driftedFrom } from '../../knowledge/overlay.ts'
import { momentText } from '../wording/operations.ts'
import { Refused } from './office.ts'

/** @returns the folder name of the document that an operator names. Throws {@link Refused} where there is none. */
export function slugNamed(versions: Versions, said: string): string {
  const slug = [said, slugOfNumber(said)].find((one) => versions.slugs().includes(one))
  if (!slug) throw new Refused(`Chưa nạp văn bản nào là "${said}". Xem: npm run -s knowledge:list`)
  return slug
}

/** Publishes the newest version of each; all are looked at before the first is published. */
export function publishNumbers(versions: Versions, numbers: readonly string[], deed: Deed): void {
  const newest = numbers.map((number) => newestOf(versions, slugNamed(versions, number)))
  for (const { slug, review } of newest) {
    const stop = review.findings.find(({ severity }) => severity === 'stop')
    if (stop) throw new Refused(`${slug} chưa công bố được: ${stop.text}`)
  }
  for (const version of newest) {
    versions.publish(version, deed)
    console.log(publishedText(version))
  }
}

function newestOf(versions: Versions, slug: string): Version {
  const name = versions.names(slug).at(-1)
  if (!name) throw new Refused(`${slug} không có bản nào.`)
  return versions.read(slug, name)
}

/** Staff must know at once which restatements do not rest on this text, and which guides rest on those. */
function publishedText(version: Version): string {
  const { slug, name, law } = version
  if (!isCitable(law)) return `Đã ghi là đã soát: bản ${name} của ${slug}. Tài liệu này không dùng làm căn cứ.`
  const library = loadLibrary()
  const drifted = driftedFrom(version, library)
  const first = `Đã công bố bản ${name} của ${slug}. Dịch vụ đang chạy dùng bản này từ lần khởi động sau.`
  if (drifted.length === 0) return first
  const ids = drifted.map(({ id }) => id)
  const guides = guidesOn(library, ids)
  return [
    first,
    `  XEM   ${drifted.length} diễn giải viết từ bản chữ khác hoặc không thấy trong bản này, người dùng được báo là đang soát lại: ${ids.join(', ')}`,
    ...(guides.length > 0 ? [`  XEM   ${guides.length} hướng dẫn dựa vào các điều đó: ${guides.join(', ')}`] : []),
  ].join('\n')
}

/** @returns the ids of the guides that cite one of `ids`. */
export function guidesOn(library: Library, ids: readonly string[]): string[] {
  const touched = new Set(ids)
  const rests = (cites: readonly { document: string; article?: string; clause?: string }[]) =>
    cites.some(
      ({ document, article, clause }) =>
        touched.has(`${document}#${[article, clause].filter(Boolean).join('.')}`) || touched.has(`${document}#${article}`),
    )
  return [...library.guides.values()]
    .filter((g) => rests([...g.answer, ...g.conditions, ...g.steps, ...g.signs].flatMap((s) => s.cites)))
    .map((g) => g.id)
}

/** @returns one line a document: number, title, versions, which is published. */
export function listText(versions: Versions): string {
  const slugs = versions.slugs()
  if (slugs.length === 0) return 'Chưa nạp văn bản nào. Nạp: npm run -s ingest -- TỆP…'
  return slugs.map((slug) => documentLine(versions, slug)).join('\n')
}

function documentLine(versions: Versions, slug: string): string {
  const { law, takenIn, name } = newestOf(versions, slug)
  const published = versions.published(slug)
  const state =
    published === undefined
      ? 'chưa công bố'
      : published === name
        ? `công bố bản ${published}`
        : `công bố bản ${published}, có bản mới hơn chưa công bố`
  return `${law.header.number ?? slug}  ${law.header.title ?? ''}\n  ${versions.names(slug).length} bản, mới nhất ${name} (${momentText(takenIn.at)}, ${takenIn.by}); ${state}`
}

/** @returns what version `to` says otherwise than version `from`, clause by clause. */
export function diffText(from: Version, to: Version): string {
  const [before, after] = [placesOf(from.law), placesOf(to.law)]
  const lines = [...new Set([...before.keys(), ...after.keys()])].flatMap((place) => changeLines(place, before.get(place), after.get(place)))
  return lines.length === 0 ? `Bản ${from.name} và bản ${to.name} nói như nhau.` : [`${from.name} → ${to.name}:`, ...lines].join('\n')
}

function changeLines(place: string, before: string | undefined, after: string | undefined): string[] {
  if (before === after) return []
  return [
    `${before === undefined ? 'THÊM' : after === undefined ? 'BỎ  ' : 'ĐỔI '} ${place}`,
    ...(before === undefined ? [] : [`  - ${before}`]),
    ...(after === undefined ? [] : [`  + ${after}`]),
  ]
}

function placesOf({ articles, sections }: LawText): Map<string, string> {
  const flat = (text: string) => text.replace(/\s+/g, ' ')
  return new Map([
    ...articles.flatMap((article): [string, string][] =>
      article.clauses.length === 0
        ? [[`Điều ${article.number}`, flat(`${article.heading}: ${articleWords(article)}`)]]
        : article.clauses.map((clause) => [`khoản ${clause.number} Điều ${article.number}`, flat(clauseWords(clause))]),
    ),
    ...sections.map(({ heading, text }): [string, string] => [heading.join(' › '), flat(text)]),
  ])
}

/** Publishes the version that was published before the present one; without one nothing of the document is published any more. */
export function rollBack(versions: Versions, slug: string, deed: Deed): string {
  const now = versions.published(slug)
  if (!now) throw new Refused(`${slug} không có bản nào đang công bố.`)
  const before = publishedBefore(versions, slug, now)
  if (before === undefined) {
    versions.withdraw(slug, deed)
    return `Đã gỡ ${slug}: trước bản ${now} chưa công bố bản nào. Các bản vẫn còn.`
  }
  versions.publish({ slug, name: before }, deed, 'rolled_back')
  return `Đã quay về bản ${before} của ${slug}.`
}

/** The journal told as a pile: a publication lays a version on it, going back takes one off. */
function publishedBefore(versions: Versions, slug: string, now: string): string | undefined {
  const pile: string[] = []
  for (const { deed, version, slug: of } of versions.journal()) {
    if (of !== slug) continue
    if (deed === 'published' && pile.at(-1) !== version) pile.push(version)
    else if (deed === 'withdrawn') pile.length = 0
    else if (deed === 'rolled_back') while (pile.length > 0 && pile.at(-1) !== version) pile.pop()
  }
  return pile.at(-1) === now ? pile.at(-2) : pile.at(-1)
}
