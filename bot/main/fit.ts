/**
 * `npm run fit`: fits the three small judgements of the assistant and writes their weights.
 *
 * - confidence (retrieval/confidence.json): does the source that was found first answer the question? And from which probability on is it said?
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
import type { Library } from '../../knowledge/library.ts'
import { type Row, readShorthand } from '../../retrieval/evaluate/rows.ts'
import { auroc, type Example, fitLogistic, probability, type Scored } from '../../retrieval/logistic.ts'
import { openEngine } from '../../retrieval/open.ts'
import type { Config } from '../config.ts'
import { openAssistant, runCommand } from './assistant.ts'
import { fitConfidence } from './fit-confidence.ts'
import {
  type ConfidenceExample,
  type DevConfidence,
  type DevExample,
  devExamples,
  type Examples,
  halved,
  ownExamples,
  rowsToFit,
} from './fit-examples.ts'
import { acrossFolds, FOLDS } from './fit-folds.ts'
import { judgedQuestions, orderWithout } from './order-examples.ts'
import { barProgress } from './progress.ts'

const FOLDER = fileURLToPath(new URL('../../test/evaluation', import.meta.url))
const CONFIDENCE_FILE = fileURLToPath(new URL('../../retrieval/confidence.json', import.meta.url))
const REFUSAL_FILE = fileURLToPath(new URL('../answer/refusal.json', import.meta.url))
const DANGER_FILE = fileURLToPath(new URL('../answer/danger.json', import.meta.url))

async function fromOwn(library: Library): Promise<Examples> {
  const all: Examples = { confidence: [], danger: [], refusal: [] }
  for (const kept of [0, 1]) {
    const folder = mkdtempSync(join(tmpdir(), 'antam-fit-'))
    const known = halved(library, kept)
    const some = await ownExamples(library, known, await openEngine(known, { dataFolder: folder, progress: barProgress() }), kept)
    rmSync(folder, { recursive: true, force: true })
    add(all, some)
  }
  return all
}

/** Development questions, each asked of a shelf whose order was fitted without it: an order that knows the question would look surer than it is. */
async function fromDev(config: Config, rows: readonly Row[]): Promise<Examples<DevExample, DevConfidence>> {
  const shorthand = readShorthand(FOLDER)
  const judged = await judgedQuestions(await openAssistant(config, { progress: barProgress(), order: 'plain' }), rows, shorthand)
  const all: Examples<DevExample, DevConfidence> = { confidence: [], danger: [], refusal: [] }
  for (let part = 0; part < FOLDS; part++) {
    const { tools } = await openAssistant(config, { progress: barProgress(), order: [...orderWithout(judged, part)] })
    add(all, await devExamples(tools, rows, shorthand, (question) => question % FOLDS === part))
  }
  return all
}

function add<T extends Example, C extends T & ConfidenceExample>(all: Examples<T, C>, some: Examples<T, C>): void {
  all.confidence.push(...some.confidence)
  all.danger.push(...some.danger)
  all.refusal.push(...some.refusal)
}

function fitOne(name: string, file: string, own: readonly Example[], dev: readonly DevExample[]): void {
  const weights = fitLogistic([...own, ...dev]).map((w) => Number(w.toFixed(4)))
  const scored = (examples: readonly Example[]) => examples.map((e) => ({ score: probability(weights, e.features), label: e.label }))
  write(file, { weights })
  console.log(
    `${name}: ${own.length + dev.length} ví dụ, AUROC ${auroc(scored(own)).toFixed(3)} (câu của ta) ${auroc(scored(dev)).toFixed(3)} (nửa phát triển)`,
  )
  console.log(`  trọng số ${weights.join(' ')}`)
  printCuts('câu của ta', scored(own))
  printCuts('nửa phát triển', scored(dev))
  printCuts('nửa phát triển, chấm chéo', crossed(own, dev))
}

function write(file: string, fitted: object): void {
  writeFileSync(file, `${JSON.stringify(fitted, null, 2)}\n`)
}

/** Each development question judged by weights that were fitted without it: what to expect of questions not seen yet. */
function crossed(own: readonly Example[], dev: readonly DevExample[]): Scored[] {
  return acrossFolds(dev, (seen) => {
    const weights = fitLogistic([...own, ...seen])
    return (e) => ({ score: probability(weights, e.features), label: e.label })
  })
}

function printCuts(name: string, scored: readonly Scored[]): void {
  const share = (label: boolean, cut: number) => {
    const of = scored.filter((s) => s.label === label)
    return (of.filter((s) => s.score >= cut).length / Math.max(1, of.length)).toFixed(3)
  }
  const cuts = [0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5, 0.6].map((cut) => `${cut}: ${share(true, cut)}/${share(false, cut)}`)
  console.log(`  ${name}, ngưỡng: dương giữ/âm lọt  ${cuts.join('  ')}`)
}

await runCommand(async (config) => {
  const { values } = parseArgs({ options: { 'leave-out': { type: 'string' } } })
  const { library } = await openAssistant(config, { progress: barProgress() })
  const own = await fromOwn(library)
  const dev = await fromDev(config, rowsToFit(FOLDER, values['leave-out']))
  const { fitted, report } = fitConfidence(own.confidence, dev.confidence)
  write(CONFIDENCE_FILE, fitted)
  for (const line of report) console.log(line)
  fitOne('nguy hiểm', DANGER_FILE, own.danger, dev.danger)
  fitOne('từ chối', REFUSAL_FILE, own.refusal, dev.refusal)
})
