/**
 * `npm run fit`: fits the three small judgements of the assistant and writes their weights.
 *
 * - confidence (retrieval/confidence.json): does what was found answer the question?
 * - danger (bot/answer/danger.json): is a scam going on?
 * - refusal (bot/answer/refusal.json): is this a wish that we do not serve?
 *
 * Data: our everyday questions, each asked of an index that holds only the other half of them, and the development half of the evaluation set.
 * The test half is never read.
 * `--leave-out dev3-` leaves out the odd numbers of the questions whose id starts so: they stay unseen and can still be measured on.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { parsePointer, provisionId } from '../../knowledge/citation.ts'
import { fold } from '../../knowledge/language/normalise.ts'
import { fieldSaid, type Library } from '../../knowledge/library.ts'
import { dayInVietnam } from '../../knowledge/validity.ts'
import { features } from '../../retrieval/confidence.ts'
import type { Engine } from '../../retrieval/engine.ts'
import { chooseRows, type Row, readHalf, readShorthand } from '../../retrieval/evaluate/rows.ts'
import { auroc, type Example, fitLogistic, probability } from '../../retrieval/logistic.ts'
import { openEngine } from '../../retrieval/open.ts'
import { dangerFeatures, scamOdds } from '../answer/danger.ts'
import { retrieve } from '../answer/find.ts'
import { cleanText, newDraft, understand } from '../answer/read.ts'
import { refusalFeatures, refusalOdds } from '../answer/refusal.ts'
import { outsideOdds } from '../answer/select.ts'
import { type Draft, type Found, isOutcome, type Tools } from '../answer/turn.ts'
import { openAssistant, runCommand } from './assistant.ts'
import { barProgress } from './progress.ts'

const FOLDER = fileURLToPath(new URL('../../test/evaluation', import.meta.url))
const CONFIDENCE_FILE = fileURLToPath(new URL('../../retrieval/confidence.json', import.meta.url))
const REFUSAL_FILE = fileURLToPath(new URL('../answer/refusal.json', import.meta.url))
const DANGER_FILE = fileURLToPath(new URL('../answer/danger.json', import.meta.url))
/** A development question was written by someone else than the index: it weighs more than one of our own. */
const DEV_WEIGHT = 12
const SHOWN = 3

interface Asked {
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
function halved(library: Library, kept: number): Library {
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
function heldOut(library: Library, kept: number): Asked[] {
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

/** @returns the articles that an entry speaks of, as "document#article". */
function articlesOf(library: Library, id: string): string[] {
  const guide = library.guides.get(id)
  const pointers = guide ? guide.answer.flatMap((s) => s.cites) : library.provisions.has(id) ? [parsePointer(id)] : []
  return pointers.map((p) => `${p.document}#${p.article}`)
}

/** As the last step sees it: scam guides are no source of law. */
function withoutScams(library: Library, found: readonly Found[]): Found[] {
  return found.filter((f) => library.guides.get(f.id)?.kind !== 'scam')
}

function answersIt(library: Library, found: readonly Found[], wanted: readonly string[]): boolean {
  const shown = withoutScams(library, found)
    .filter((f) => f.kind === 'provision' || f.kind === 'guide')
    .slice(0, SHOWN)
  return shown.some((f) => articlesOf(library, f.id).some((article) => wanted.includes(article)))
}

/** @param known what the words are counted from: of our own questions the half that the index holds. */
function dangerExample(library: Library, known: Library, found: readonly Found[], text: string, label: boolean, weight: number): Example {
  const isScam = (id: string) => library.guides.get(id)?.kind === 'scam'
  return {
    features: dangerFeatures(found, isScam, text, fieldSaid(library, text) !== undefined, scamOdds(known, text)),
    label,
    weight,
  }
}

type Groups = Record<keyof Examples, number[]>

interface Examples {
  readonly confidence: Example[]
  readonly danger: Example[]
  readonly refusal: Example[]
}

async function fromOwn(library: Library, known: Library, engine: Engine, kept: number, into: Examples): Promise<void> {
  for (const asked of heldOut(library, kept)) {
    const found = await engine.search(asked.text, 60)
    into.danger.push(dangerExample(library, known, found, asked.text, asked.scam, 1))
    into.refusal.push({ features: refusalFeatures(found, asked.text, refusalOdds(known, asked.text)), label: asked.refused, weight: 1 })
    if (asked.scam || asked.refused) continue
    into.confidence.push({
      features: features(withoutScams(library, found), fieldSaid(library, asked.text) !== undefined, outsideOdds(known, asked.text)),
      label: !asked.outside && answersIt(library, found, articlesOf(library, asked.owner)),
      weight: 1,
    })
  }
}

/** A development question in every way it is typed. Each way weighs less, so that a question counts once. */
function waysToAsk(row: Row, shorthand: ReadonlyMap<string, string>): string[] {
  return [row.question, fold(row.question), ...(shorthand.get(row.id) ? [shorthand.get(row.id) as string] : [])]
}

/** The message as the judging steps get it: read, searched for in the law of the day, ordered for who asks. */
async function asServed(tools: Tools, text: string, row: Row): Promise<Draft> {
  const asked = { text, asOf: row.asOf ?? dayInVietnam(new Date()), ...(row.audience ? { audience: row.audience } : {}) }
  let draft = newDraft(asked)
  for (const step of [cleanText, understand, retrieve]) {
    const result = await step(draft, tools)
    if (isOutcome(result)) return draft
    draft = result
  }
  return draft
}

/** @returns for each example the number of its question: all ways to ask one fall into the same fold. */
async function fromDev(tools: Tools, rows: readonly Row[], into: Examples, groups: Groups): Promise<void> {
  const { library } = tools
  const shorthand = readShorthand(FOLDER)
  for (const [question, row] of rows.entries()) {
    if (row.slice === 'dates') continue
    const ways = waysToAsk(row, shorthand)
    const weight = DEV_WEIGHT / ways.length
    const refused = row.expect.status.includes('refused')
    for (const way of ways) {
      const draft = await asServed(tools, way, row)
      const said = draft.saidField !== undefined
      into.danger.push(dangerExample(library, library, await tools.search(draft.query, 60), draft.query, row.slice === 'scam', weight))
      groups.danger.push(question)
      into.refusal.push({ features: refusalFeatures(draft.found, draft.query, refusalOdds(library, draft.query)), label: refused, weight })
      groups.refusal.push(question)
      if (row.slice === 'scam' || refused) continue
      const wanted = row.expect.anyOf.map((e) => provisionId({ document: e.document, article: e.article }))
      const found = withoutScams(library, draft.found)
      into.confidence.push({ features: features(found, said, outsideOdds(library, draft.query)), label: answersIt(library, found, wanted), weight })
      groups.confidence.push(question)
    }
  }
}

function fitOne(name: string, file: string, examples: readonly Example[], groups: readonly number[]): void {
  const devFrom = examples.length - groups.length
  const weights = fitLogistic(examples).map((w) => Number(w.toFixed(4)))
  const scored = examples.map((e) => ({ score: probability(weights, e.features), label: e.label }))
  writeFileSync(file, `${JSON.stringify({ weights }, null, 2)}\n`)
  console.log(
    `${name}: ${examples.length} ví dụ, AUROC ${auroc(scored.slice(0, devFrom)).toFixed(3)} (câu của ta) ${auroc(scored.slice(devFrom)).toFixed(3)} (nửa phát triển)`,
  )
  console.log(`  trọng số ${weights.join(' ')}`)
  printCuts('câu của ta', scored.slice(0, devFrom))
  printCuts('nửa phát triển', scored.slice(devFrom))
  printCuts('nửa phát triển, chấm chéo', crossed(examples, groups))
}

const FOLDS = 5

/** Each development question judged by weights that were fitted without it: what to expect of questions not seen yet. */
function crossed(examples: readonly Example[], groups: readonly number[]): { score: number; label: boolean }[] {
  const devFrom = examples.length - groups.length
  const foldOf = (i: number) => (i < devFrom ? -1 : (groups[i - devFrom] as number) % FOLDS)
  return Array.from({ length: FOLDS }, (_, held) => held).flatMap((held) => {
    const weights = fitLogistic(examples.filter((_, i) => foldOf(i) !== held))
    return examples.filter((_, i) => foldOf(i) === held).map((e) => ({ score: probability(weights, e.features), label: e.label }))
  })
}

function printCuts(name: string, scored: readonly { score: number; label: boolean }[]): void {
  const share = (label: boolean, cut: number) => {
    const of = scored.filter((s) => s.label === label)
    return (of.filter((s) => s.score >= cut).length / Math.max(1, of.length)).toFixed(3)
  }
  const cuts = [0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5, 0.6].map((cut) => `${cut}: ${share(true, cut)}/${share(false, cut)}`)
  console.log(`  ${name}, ngưỡng: dương giữ/âm lọt  ${cuts.join('  ')}`)
}

await runCommand(async (config) => {
  const { values } = parseArgs({ options: { 'leave-out': { type: 'string' } } })
  const { library, tools } = await openAssistant(config, barProgress())
  const examples: Examples = { confidence: [], danger: [], refusal: [] }
  for (const kept of [0, 1]) {
    const folder = mkdtempSync(join(tmpdir(), 'antam-fit-'))
    const known = halved(library, kept)
    await fromOwn(library, known, await openEngine(known, { dataFolder: folder, progress: barProgress() }), kept, examples)
    rmSync(folder, { recursive: true, force: true })
  }
  const rows = readHalf(FOLDER, 'dev')
  const left = values['leave-out'] ? chooseRows(rows, { only: values['leave-out'], parity: 'odd' }) : []
  const groups: Groups = { confidence: [], danger: [], refusal: [] }
  await fromDev(
    tools,
    rows.filter((row) => !left.includes(row)),
    examples,
    groups,
  )
  fitOne('tin cậy', CONFIDENCE_FILE, examples.confidence, groups.confidence)
  fitOne('nguy hiểm', DANGER_FILE, examples.danger, groups.danger)
  fitOne('từ chối', REFUSAL_FILE, examples.refusal, groups.refusal)
})
