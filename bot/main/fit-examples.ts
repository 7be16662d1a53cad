/** What the judgements are fitted on: our everyday questions, each asked of an index that holds only the other half of them, and development questions. */
import { provisionId } from '../../knowledge/citation.ts'
import { fold } from '../../knowledge/language/normalise.ts'
import { fieldSaid, type Library } from '../../knowledge/library.ts'
import { dayInVietnam } from '../../knowledge/validity.ts'
import { features } from '../../retrieval/confidence.ts'
import type { Engine } from '../../retrieval/engine.ts'
import { chooseRows, type Row, readHalf } from '../../retrieval/evaluate/rows.ts'
import type { Example } from '../../retrieval/logistic.ts'
import { dangerFeatures, scamOdds } from '../answer/danger.ts'
import { byEvidence } from '../answer/find.ts'
import { refusalFeatures, refusalOdds } from '../answer/refusal.ts'
import { outsideOdds } from '../answer/select.ts'
import type { Found, Tools } from '../answer/turn.ts'
import { answersAmong, articlesOf, asServed, withoutScams } from './as-served.ts'

/** A development question was written by someone else than the index: it weighs more than one of our own. */
const DEV_WEIGHT = 12
/** An answer shows so many sources. */
const SHOWN = 3

/** One of confidence: `label` tells of the first source, `shown` of all that an answer shows. */
export interface ConfidenceExample extends Example {
  readonly shown: boolean
}

/** One way of asking a development question: `question` is its number, the same for all its ways, so that they fall into one fold. */
export interface DevExample extends Example {
  readonly question: number
  readonly weight: number
}

/** One on which it turns whether anything is answered. */
export interface DevConfidence extends DevExample, ConfidenceExample {
  readonly weight: number
  /** Whether the question has its answer on the shelf at all. */
  readonly answerable: boolean
}

/** Examples of the three judgements. */
export interface Examples<T extends Example = Example, C extends T & ConfidenceExample = T & ConfidenceExample> {
  readonly confidence: C[]
  readonly danger: T[]
  readonly refusal: T[]
}

interface OwnQuestion {
  readonly text: string
  readonly owner: string
  readonly scam: boolean
  readonly outside: boolean
  readonly refused: boolean
}

/**
 * The library with only every second question, and only every second scam guide: a scam of a kind that is not known yet must be
 * recognised too. What is kept has index ≡ `kept` (mod 2).
 */
export function halved(library: Library, kept: number): Library {
  const half = <T>(items: readonly T[]): T[] => items.filter((_, i) => i % 2 === kept)
  const thin = <T extends { questions: readonly unknown[] }>(map: ReadonlyMap<string, T>): Map<string, T> =>
    new Map([...map].map(([id, item]) => [id, { ...item, questions: half(item.questions) }]))
  const known = new Set(half(scamGuides(library)))
  const guides = new Map([...library.guides].filter(([id, g]) => g.kind !== 'scam' || known.has(id)))
  return { ...library, provisions: thin(library.provisions), guides: thin(guides), fields: thin(library.fields) }
}

function scamGuides(library: Library): string[] {
  return [...library.guides.values()].filter((g) => g.kind === 'scam').map((g) => g.id)
}

/** The questions that {@link halved} left out. */
function heldOut(library: Library, kept: number): OwnQuestion[] {
  const out = <T>(items: readonly T[]): T[] => items.filter((_, i) => i % 2 !== kept)
  const unknown = new Set(out(scamGuides(library)))
  const plain = { scam: false, outside: false, refused: false }
  return [
    ...[...library.provisions.values()].flatMap((p) => out(p.questions).map((q) => ({ ...plain, text: q.text, owner: p.id }))),
    ...[...library.guides.values()].flatMap((g) =>
      (unknown.has(g.id) ? g.questions : out(g.questions)).map((q) => ({ ...plain, text: q.text, owner: g.id, scam: g.kind === 'scam' })),
    ),
    ...[...library.fields.values()].flatMap((f) =>
      out(f.questions).map((text) => ({ ...plain, text, owner: f.id, outside: true, refused: f.outcome === 'refused' })),
    ),
  ]
}

/** @param known what the words are counted from: of our own questions the half that the index holds. */
function dangerExample(library: Library, known: Library, found: readonly Found[], text: string, label: boolean): Example {
  const isScam = (id: string) => library.guides.get(id)?.kind === 'scam'
  return { features: dangerFeatures(found, isScam, text, fieldSaid(library, text) !== undefined, scamOdds(known, text)), label }
}

function rightness(library: Library, found: readonly Found[], wanted: readonly string[]): Pick<ConfidenceExample, 'label' | 'shown'> {
  return { label: answersAmong(library, found, wanted), shown: answersAmong(library, found, wanted, SHOWN) }
}

/** @returns examples of the questions that {@link halved} left out of `known`, asked of `engine`, which knows the others. */
export async function ownExamples(library: Library, known: Library, engine: Engine, kept: number): Promise<Examples> {
  const into: Examples = { confidence: [], danger: [], refusal: [] }
  for (const asked of heldOut(library, kept)) {
    const found = await engine.search(asked.text, 60)
    const evidence = byEvidence(found)
    into.danger.push(dangerExample(library, known, evidence, asked.text, asked.scam))
    into.refusal.push({ features: refusalFeatures(evidence, asked.text, refusalOdds(known, asked.text)), label: asked.refused })
    if (asked.scam || asked.refused) continue
    into.confidence.push({
      features: features(withoutScams(library, found), fieldSaid(library, asked.text) !== undefined, outsideOdds(known, asked.text)),
      ...rightness(library, found, asked.outside ? [] : articlesOf(library, asked.owner)),
    })
  }
  return into
}

/** @returns the development rows in `folder` to fit on: all but the odd numbers of those whose id starts with `leaveOut`. No other half is opened. */
export function rowsToFit(folder: string, leaveOut?: string): Row[] {
  const rows = readHalf(folder, 'dev')
  const left = leaveOut ? chooseRows(rows, { only: leaveOut, parity: 'odd' }) : []
  return rows.filter((row) => !left.includes(row))
}

/** @returns a development question in every way it is typed: as it stands, without marks, in shorthand where somebody typed it so. */
export function waysToAsk(row: Row, shorthand: ReadonlyMap<string, string>): string[] {
  return [row.question, fold(row.question), ...(shorthand.get(row.id) ? [shorthand.get(row.id) as string] : [])]
}

/**
 * @returns examples of `rows`, asked as they are served; questions whose answer hangs on a day are left out: not the search decides them.
 * @param among which questions, by number: each must be asked of an order that was fitted without it
 */
export async function devExamples(
  tools: Tools,
  rows: readonly Row[],
  shorthand: ReadonlyMap<string, string>,
  among: (question: number) => boolean,
): Promise<Examples<DevExample, DevConfidence>> {
  const into: Examples<DevExample, DevConfidence> = { confidence: [], danger: [], refusal: [] }
  for (const [question, row] of rows.entries()) {
    if (row.slice === 'dates' || !among(question)) continue
    const ways = waysToAsk(row, shorthand)
    for (const way of ways) await addWay(tools, row, way, { question, weight: DEV_WEIGHT / ways.length }, into)
  }
  return into
}

async function addWay(
  tools: Tools,
  row: Row,
  way: string,
  counted: Pick<DevExample, 'question' | 'weight'>,
  into: Examples<DevExample, DevConfidence>,
) {
  const { library } = tools
  const draft = await asServed(tools, { text: way, asOf: row.asOf ?? dayInVietnam(new Date()), ...(row.audience ? { audience: row.audience } : {}) })
  const refused = row.expect.status.includes('refused')
  const everything = await tools.near(draft.query, 60)
  into.danger.push({ ...dangerExample(library, library, everything, draft.query, row.slice === 'scam'), ...counted })
  into.refusal.push({ features: refusalFeatures(draft.found, draft.query, refusalOdds(library, draft.query)), label: refused, ...counted })
  if (row.slice === 'scam' || refused) return
  const wanted = row.expect.anyOf.map((e) => provisionId({ document: e.document, article: e.article }))
  const found = withoutScams(library, draft.found)
  into.confidence.push({
    features: features(found, draft.saidField !== undefined, outsideOdds(library, draft.query)),
    ...rightness(library, found, wanted),
    ...{ ...counted, answerable: row.slice !== 'out_of_scope' },
  })
}
