/**
 * `npm run -s evaluate -- [--half dev|test|both] [--corpus FILE] [--alone | --crowded] [--variants clean,bare] [--only dev3-]
 * [--parity even|odd] [--failures]`: asks every evaluation question and prints the figures per slice
 * and variant (clean, without diacritics, in shorthand), alone and with a corpus of other law as distractors.
 * Failures are listed for the development half only: the test half is never looked into.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { fold } from '../../knowledge/language/normalise.ts'
import { dayInVietnam } from '../../knowledge/validity.ts'
import type { Entry } from '../../retrieval/entries.ts'
import { readDistractors } from '../../retrieval/evaluate/distractors.ts'
import {
  type Chosen,
  chooseRows,
  type Expectation,
  type Row,
  readFollowUps,
  readHalf,
  readShorthand,
  type Slice,
} from '../../retrieval/evaluate/rows.ts'
import { formatShare, judge, type Share, share, type Verdict } from '../../retrieval/evaluate/score.ts'
import type { Asked } from '../answer/turn.ts'
import type { Config } from '../config.ts'
import { answerRow } from './answer-row.ts'
import { type Assistant, openAssistant, runCommand } from './assistant.ts'
import { barProgress } from './progress.ts'

const FOLDER = fileURLToPath(new URL('../../test/evaluation', import.meta.url))
const DEFAULT_CORPUS = fileURLToPath(new URL('../../../shared/bench/legal-corpus.jsonl.gz', import.meta.url))
const ANSWERABLE: readonly Slice[] = ['consumer', 'seller', 'procedure']
const VARIANTS = ['clean', 'bare', 'shorthand'] as const
type Variant = (typeof VARIANTS)[number]

interface Judged {
  readonly row: Row
  readonly verdict: Verdict
  readonly status: string
  readonly basis: string
}

const today = dayInVietnam(new Date())

async function askRow(assistant: Assistant, row: Row, question: string): Promise<Judged> {
  const asked: Asked = { text: question, asOf: row.asOf ?? today, ...(row.audience ? { audience: row.audience } : {}) }
  const given = answerRow(await assistant.answer(asked), asked.asOf)
  const basis = given.citations
    .map((c) => `${c.document}#${[c.article, c.clause, c.point].filter(Boolean).join('.')}`)
    .slice(0, 4)
    .join(' ')
  return { row, verdict: judge(given, row.expect), status: given.status, basis }
}

function rightOn(judged: Judged): boolean {
  const { verdict: v, row } = judged
  const cited = row.expect.anyOf.length === 0 || !v.answered || v.anyArticle
  return v.status && cited && v.mention && !v.forbidden
}

/** The figures of one variant, by name. */
function figures(judged: readonly Judged[]): Record<string, Share> {
  const of = (slices: readonly Slice[]) => judged.filter((j) => slices.includes(j.row.slice))
  const answerable = of(ANSWERABLE)
  const table: Record<string, Share> = {
    'answer rate': share(answerable.map((j) => j.verdict.answered)),
    'cited article right': share(answerable.map((j) => j.verdict.status && j.verdict.anyArticle)),
    'first citation right': share(answerable.map((j) => j.verdict.status && j.verdict.firstArticle)),
    'cited clause right': share(answerable.map((j) => j.verdict.status && j.verdict.anyClause)),
    'must mention': share(answerable.map((j) => j.verdict.status && j.verdict.mention && !j.verdict.forbidden)),
  }
  for (const slice of ANSWERABLE) table[`  ${slice}: cited article`] = share(of([slice]).map((j) => j.verdict.status && j.verdict.anyArticle))
  table['scam: first aid'] = share(of(['scam']).map((j) => j.verdict.status))
  table['scam: must mention'] = share(of(['scam']).map((j) => j.verdict.status && j.verdict.mention))
  table['dates: all right'] = share(of(['dates']).map(rightOn))
  table['out of scope: right outcome'] = share(of(['out_of_scope']).map((j) => j.verdict.status))
  return Object.fromEntries(Object.entries(table).filter(([, s]) => s.n > 0))
}

async function variant(assistant: Assistant, rows: readonly Row[], name: Variant, shorthand: ReadonlyMap<string, string>): Promise<Judged[]> {
  const judged: Judged[] = []
  for (const row of rows) {
    const question = name === 'clean' ? row.question : name === 'bare' ? fold(row.question) : shorthand.get(row.id)
    if (question !== undefined) judged.push(await askRow(assistant, row, question))
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

async function measure(assistant: Assistant, title: string, plan: Plan) {
  const shorthand = readShorthand(FOLDER)
  const results: Record<string, Record<string, Share>> = {}
  for (const half of plan.halves) {
    const rows = chooseRows(readHalf(FOLDER, half), plan.chosen)
    for (const name of plan.variants) {
      const judged = await variant(assistant, rows, name, shorthand)
      const table = figures(judged)
      results[`${title} · ${half} · ${name}`] = table
      console.log(`\n${title} · ${half} · ${name}`)
      for (const [label, s] of Object.entries(table)) console.log(`  ${label.padEnd(30)} ${formatShare(s)}`)
      const sources = judged
        .filter((j) => j.verdict.answered)
        .map((j) => j.verdict.sources)
        .sort((a, b) => a - b)
      console.log(`  ${'articles cited, median'.padEnd(30)} ${sources[sources.length >> 1] ?? 0}`)
      if (half === 'dev' && plan.failures) printFailures(judged)
    }
  }
  return results
}

/** Prints what changed by more than a point since the last run of the same name, and keeps this run. */
function compare(config: Config, results: Record<string, Record<string, Share>>): void {
  const file = join(config.dataFolder, 'evaluation', 'last.json')
  const before: typeof results = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {}
  for (const [name, table] of Object.entries(results))
    for (const [label, s] of Object.entries(table)) {
      const old = before[name]?.[label]
      if (old && Math.abs(old.value - s.value) >= 0.01)
        console.log(`so với lần trước: ${name} · ${label}: ${old.value.toFixed(3)} → ${s.value.toFixed(3)}`)
    }
  mkdirSync(join(config.dataFolder, 'evaluation'), { recursive: true })
  writeFileSync(file, JSON.stringify({ ...before, ...results }, null, 1))
}

async function withDistractors(config: Config, corpus: string, plan: Plan) {
  const { library } = await openAssistant(config, barProgress())
  const { entries, report } = await readDistractors(corpus, library)
  console.log(
    `\nGây nhiễu: ${entries.length} điều luật khác (bỏ ${report.onShelf} điều đã có trên giá, ${report.withoutDocument} dòng không số hiệu, ${report.duplicate} trùng)`,
  )
  const extra: readonly Entry[] = entries
  const crowded = await openAssistant(config, barProgress(), extra)
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
  const results: Record<string, Record<string, Share>> = {}
  if (!values.crowded) {
    const assistant = await openAssistant(config, barProgress())
    Object.assign(results, await measure(assistant, 'riêng', plan))
    console.log(`\ncâu hỏi nối tiếp đúng           ${formatShare(await followUps(assistant))}`)
  }
  const corpus = values.corpus ?? (existsSync(DEFAULT_CORPUS) ? DEFAULT_CORPUS : undefined)
  if (corpus && !values.alone) Object.assign(results, await withDistractors(config, corpus, plan))
  else console.log('Không có kho luật gây nhiễu: đã bỏ qua phần đo đó.')
  compare(config, results)
})
