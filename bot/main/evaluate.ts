/**
 * `npm run -s evaluate -- [--half dev|test|both] [--corpus FILE] [--alone | --crowded] [--variants clean,bare] [--only dev3-]
 * [--parity even|odd] [--failures]`: asks every evaluation question and prints the figures per slice
 * and variant (clean, without diacritics, in shorthand), alone and with a corpus of other law as distractors: what is answered and cited, what
 * search alone finds, whether the probability means what it says, and how much is left unanswered that should be, at every answer rate.
 * Figures, curves and a picture of each are kept in the data folder, evaluation/; what changed since the last run is said.
 * Failures are listed for the development half only: the test half is never looked into.
 */
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { fold } from '../../knowledge/language/normalise.ts'
import { dayInVietnam } from '../../knowledge/validity.ts'
import { readDistractors } from '../../retrieval/evaluate/distractors.ts'
import { type Chosen, chooseRows, type Expectation, type Row, readFollowUps, readHalf, readShorthand } from '../../retrieval/evaluate/rows.ts'
import { formatShare, judge, type Share, share, type Verdict } from '../../retrieval/evaluate/score.ts'
import type { Config } from '../config.ts'
import { answerRow } from './answer-row.ts'
import { type Assistant, openAssistant, runCommand } from './assistant.ts'
import { askRow, type Judged } from './evaluate-ask.ts'
import { ANSWERABLE, curves, figures, rightOn } from './evaluate-figures.ts'
import { keep, type Measured, printMeasured } from './evaluate-report.ts'
import { barProgress } from './progress.ts'

const FOLDER = fileURLToPath(new URL('../../test/evaluation', import.meta.url))
const DEFAULT_CORPUS = fileURLToPath(new URL('../../../shared/bench/legal-corpus.jsonl.gz', import.meta.url))
const VARIANTS = ['clean', 'bare', 'shorthand'] as const
type Variant = (typeof VARIANTS)[number]

const today = dayInVietnam(new Date())

async function variant(assistant: Assistant, rows: readonly Row[], name: Variant, shorthand: ReadonlyMap<string, string>): Promise<Judged[]> {
  const judged: Judged[] = []
  for (const row of rows) {
    const question = name === 'clean' ? row.question : name === 'bare' ? fold(row.question) : shorthand.get(row.id)
    if (question !== undefined) judged.push(await askRow(assistant.tools, row, question))
  }
  return judged
}

async function followUps(assistant: Assistant): Promise<Share> {
  const right: boolean[] = []
  for (const { turns, asOf, expectLast } of readFollowUps(FOLDER)) {
    const text = turns.at(-1) as string
    const day = asOf ?? today
    const given = answerRow(await assistant.answer({ text, asOf: day, previous: turns.slice(0, -1) }), day)
    right.push(isRight(judge(given, expectLast)))
  }
  return share(right)
}

function isRight(v: Verdict): boolean {
  return v.status && v.anyArticle && v.mention && !v.forbidden
}

function printFailures(judged: readonly Judged[]): void {
  for (const j of judged) {
    const answerable = ANSWERABLE.includes(j.row.slice)
    const ok = answerable ? isRight(j.verdict) : rightOn(j)
    if (ok) continue
    const why = [
      j.verdict.status ? '' : `status ${j.status}`,
      j.row.expect.anyOf.length > 0 && !j.verdict.anyArticle ? 'article' : '',
      j.verdict.mention ? '' : 'mention',
      j.verdict.forbidden ? 'forbidden' : '',
    ]
    console.log(`  ${j.row.id} [${why.filter(Boolean).join(', ')}] ${j.row.question.slice(0, 150)} → ${j.basis} (muốn ${wanted(j.row.expect)})`)
  }
}

function wanted(expect: Expectation): string {
  return expect.anyOf.map((e) => `${e.document}#${e.article}${e.clause ? `.${e.clause}` : ''}`).join(' ') || expect.status.join('/')
}

/** What to ask, and whether to list what went wrong. */
interface Plan {
  readonly halves: readonly ('dev' | 'test')[]
  readonly variants: readonly Variant[]
  readonly chosen: Chosen
  readonly failures: boolean
}

async function measure(assistant: Assistant, title: string, plan: Plan): Promise<Measured[]> {
  const shorthand = readShorthand(FOLDER)
  const measured: Measured[] = []
  for (const half of plan.halves) {
    const rows = chooseRows(readHalf(FOLDER, half), plan.chosen)
    for (const way of plan.variants) {
      const judged = await variant(assistant, rows, way, shorthand)
      const one = { name: `${title} · ${half} · ${way}`, figures: figures(judged), curves: curves(judged) }
      printMeasured(one)
      console.log(`  ${'articles cited, median'.padEnd(34)} ${medianSources(judged)}`)
      if (half === 'dev' && plan.failures) printFailures(judged)
      measured.push(one)
    }
  }
  return measured
}

function medianSources(judged: readonly Judged[]): number {
  const answered = judged.filter((j) => j.verdict.answered)
  const sources = answered.map((j) => j.verdict.sources).sort((a, b) => a - b)
  return sources[sources.length >> 1] ?? 0
}

async function withDistractors(config: Config, corpus: string, plan: Plan): Promise<Measured[]> {
  const { library } = await openAssistant(config, { progress: barProgress() })
  const { entries, report } = await readDistractors(corpus, library)
  console.log(
    `\nGây nhiễu: ${entries.length} điều luật khác (bỏ ${report.onShelf} điều đã có trên giá, ${report.withoutDocument} dòng không số hiệu, ${report.duplicate} trùng)`,
  )
  const crowded = await openAssistant(config, { progress: barProgress(), extra: entries })
  return measure(crowded, 'với kho luật', plan)
}

await runCommand(async (config) => {
  const { values } = parseArgs({
    options: {
      half: { type: 'string', default: 'both' },
      corpus: { type: 'string' },
      failures: { type: 'boolean' },
      alone: { type: 'boolean' },
      crowded: { type: 'boolean' },
      variants: { type: 'string', default: VARIANTS.join(',') },
      only: { type: 'string' },
      parity: { type: 'string' },
    },
  })
  const plan: Plan = {
    halves: values.half === 'dev' || values.half === 'test' ? [values.half] : ['dev', 'test'],
    variants: VARIANTS.filter((name) => values.variants.split(',').includes(name)),
    chosen: { only: values.only, parity: values.parity === 'even' || values.parity === 'odd' ? values.parity : undefined },
    failures: values.failures ?? false,
  }
  const measured: Measured[] = []
  if (!values.crowded) {
    const assistant = await openAssistant(config, { progress: barProgress() })
    measured.push(...(await measure(assistant, 'riêng', plan)))
    console.log(`\ncâu hỏi nối tiếp đúng           ${formatShare(await followUps(assistant))}`)
  }
  const corpus = values.corpus ?? (existsSync(DEFAULT_CORPUS) ? DEFAULT_CORPUS : undefined)
  if (corpus && !values.alone) measured.push(...(await withDistractors(config, corpus, plan)))
  else console.log('Không có kho luật gây nhiễu: đã bỏ qua phần đo đó.')
  for (const sentence of keep(config.dataFolder, measured)) console.log(sentence)
})
