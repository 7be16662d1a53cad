/**
 * `npm run -s bench:retrieval -- --corpus FILE.jsonl(.gz) --questions FILE.jsonl [--peers] [--json] [--limit N] [--minutes N] [--model FOLDER]
 * [--typed clean|half|bare]`:
 * builds our engine over a corpus, asks it every question and prints how it ranks, how fast, how large; with `--peers` the same of
 * other engines. Each engine runs alone in a process of its own; a peer may take `--minutes` (10), ours also fits its order of candidates and may take
 * longer. With `--json` the last line is one object.
 * Input that cannot be used is one sentence and exit code 2; exit code 1 when our own engine fails.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Presets, SingleBar } from 'cli-progress'
import { type BenchQuestion, QuestionsError } from '../../retrieval/evaluate/questions.ts'
import { ModelError } from '../../retrieval/model/files.ts'
import { type BenchInput, type BenchPlan, InputError, readInput, readPlan } from './bench-input.ts'
import { ENGINES, type EngineName } from './bench-job.ts'
import { against, type EngineFigures, figuresOf, SHOWN, table, troubles } from './bench-report.ts'
import { type EngineRun, type OnStep, runEngine, stopEngines } from './bench-run.ts'

const SPARSE_MS = 20_000
/** Growing the trees for every fold takes longer than indexing and asking together, and says nothing of how fast questions are answered. */
const OURS = 4

/** A bar on a terminal, a line now and then elsewhere; on standard error, so that standard output stays clean. */
function barOf(name: EngineName, articles: number, questions: number): { readonly step: OnStep; readonly stop: () => void } {
  const format = '{engine}: {phase} |{bar}| {percentage}% · {value}/{total}'
  const bar = new SingleBar(
    { format, hideCursor: true, noTTYOutput: true, notTTYSchedule: SPARSE_MS, stream: process.stderr },
    Presets.shades_classic,
  )
  const engine = SHOWN[name]
  bar.start(articles, 0, { engine, phase: 'lập chỉ mục' })
  const step: OnStep = (phase, done, total = phase === 'build' ? articles : questions) => {
    bar.setTotal(total)
    bar.update(done, { engine, phase: phase === 'build' ? 'lập chỉ mục' : 'hỏi' })
  }
  return { step, stop: () => bar.stop() }
}

async function runAll(plan: BenchPlan, input: BenchInput, folder: string): Promise<Map<EngineName, EngineRun>> {
  const runs = new Map<EngineName, EngineRun>()
  const { corpus, questionFile, model, typed } = plan
  const limit = Number.isFinite(plan.limit) ? plan.limit : null
  for (const engine of plan.peers ? ENGINES : ENGINES.slice(0, 1)) {
    const bar = barOf(engine, input.articles, Math.min(plan.limit, input.questions.length))
    const limitMs = engine === 'antam' ? plan.limitMs * OURS : plan.limitMs
    const run = await runEngine({ engine, corpus, questionFile, model, limit, typed, folder: join(folder, engine) }, limitMs, bar.step)
    bar.stop()
    runs.set(engine, run)
  }
  return runs
}

function sayInput({ articles, report, questions, missingGold }: BenchInput, asked: readonly BenchQuestion[]): void {
  const number = (value: number) => value.toLocaleString('vi-VN')
  console.log(
    `Kho: ${number(articles)} điều; bỏ ${number(report.notJson)} dòng sai dạng, ${number(report.withoutDocument)} không có số hiệu văn bản, ${number(report.duplicate)} trùng.`,
  )
  console.log(`Câu hỏi: ${number(asked.length)}${asked.length < questions.length ? ` trong ${number(questions.length)}` : ''}.`)
  if (missingGold.length > 0)
    console.log(
      `Có ${number(missingGold.length)} điều đúng không nằm trong kho nên không công cụ nào tìm được, ví dụ ${missingGold.slice(0, 3).join(', ')}.`,
    )
}

function sayFigures(plan: BenchPlan, runs: ReadonlyMap<EngineName, EngineRun>, asked: readonly BenchQuestion[]): void {
  const figures = new Map<EngineName, EngineFigures>([...runs].map(([name, run]) => [name, figuresOf(run, asked)]))
  const ours = runs.get('antam') as EngineRun
  const compared = [...runs]
    .flatMap(([name, run]) => (name === 'antam' ? [] : [against(ours, run, name, asked)]))
    .filter((line) => line !== undefined)
  for (const line of ['', ...table(figures), '', ...troubles(figures, asked.length, plan.limitMs), ...compared]) console.log(line)
  if (plan.json) console.log(JSON.stringify(Object.fromEntries(figures)))
}

/** Runs `work` with a folder that is gone afterwards, also when the run is stopped from outside. */
async function withFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'antam-bench-'))
  const stop = (signal: NodeJS.Signals) => {
    stopEngines()
    rmSync(folder, { recursive: true, force: true })
    process.exit(signal === 'SIGINT' ? 130 : 143)
  }
  process.on('SIGINT', stop).on('SIGTERM', stop)
  try {
    return await work(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
    process.off('SIGINT', stop).off('SIGTERM', stop)
  }
}

async function main(): Promise<void> {
  const plan = readPlan(process.argv.slice(2))
  const input = await readInput(plan)
  const asked = input.questions.slice(0, plan.limit)
  sayInput(input, asked)
  const runs = await withFolder((folder) => runAll(plan, input, folder))
  sayFigures(plan, runs, asked)
  if (runs.get('antam')?.state === 'failed') process.exitCode = 1
}

await main().catch((error) => {
  const known = [InputError, QuestionsError, ModelError].some((kind) => error instanceof kind)
  console.error(known ? error.message : error)
  process.exitCode = known ? 2 : 1
})
