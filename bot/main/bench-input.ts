/** What the retrieval benchmark is given: its arguments, the corpus and the questions, all looked at before anything is built. */
import { statSync } from 'node:fs'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { type CorpusReport, emptyReport, readCorpus } from '../../knowledge/corpus.ts'
import { type BenchQuestion, readQuestions } from '../../retrieval/evaluate/questions.ts'
import { TYPED, type Typed } from '../../retrieval/evaluate/typed.ts'
import { readManifest, SHIPPED_MODEL } from '../../retrieval/model/files.ts'

/** What was given cannot be used; the message is one sentence in Vietnamese. */
export class InputError extends Error {
  override readonly name = 'InputError'
}

/** The run that was asked for. */
export interface BenchPlan {
  readonly corpus: string
  readonly questionFile: string
  readonly peers: boolean
  readonly json: boolean
  /** How many questions are asked, the first of the file. */
  readonly limit: number
  /** What one engine may take. */
  readonly limitMs: number
  readonly model: string
  /** How the questions are typed. */
  readonly typed: Typed
}

/** The corpus and the questions as they were found. */
export interface BenchInput {
  /** All questions of the file; the first `plan.limit` are asked. */
  readonly questions: readonly BenchQuestion[]
  readonly articles: number
  readonly report: CorpusReport
  /** Right articles that the corpus does not have: no engine can find them. */
  readonly missingGold: readonly string[]
}

const USAGE =
  'cách dùng: npm run bench:retrieval -- --corpus KHO.jsonl(.gz) --questions CÂU-HỎI.jsonl [--peers] [--json] [--limit N] [--minutes N] [--model THƯ-MỤC] [--typed clean|half|bare]'
const MINUTES = 10

/** Reads the arguments. Throws {@link InputError}. */
export function readPlan(args: readonly string[]): BenchPlan {
  const values = parse(args)
  if (!values.corpus) throw new InputError(`Thiếu --corpus; ${USAGE}.`)
  if (!values.questions) throw new InputError(`Thiếu --questions; ${USAGE}.`)
  return {
    corpus: resolve(values.corpus),
    questionFile: resolve(values.questions),
    peers: values.peers ?? false,
    json: values.json ?? false,
    limit: values.limit === undefined ? Number.POSITIVE_INFINITY : positive(values.limit, '--limit', true),
    limitMs: (values.minutes === undefined ? MINUTES : positive(values.minutes, '--minutes', false)) * 60_000,
    model: values.model ? resolve(values.model) : SHIPPED_MODEL,
    typed: typed(values.typed),
  }
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        corpus: { type: 'string' },
        questions: { type: 'string' },
        peers: { type: 'boolean' },
        json: { type: 'boolean' },
        limit: { type: 'string' },
        minutes: { type: 'string' },
        model: { type: 'string' },
        typed: { type: 'string', default: 'clean' },
      },
    }).values
  } catch (cause) {
    throw new InputError(`Có tham số không dùng được; ${USAGE}.`, { cause })
  }
}

function typed(text: string): Typed {
  const found = TYPED.find((one) => one === text)
  if (found) return found
  throw new InputError(`--typed phải là một trong ${TYPED.join(', ')}, không phải "${text}".`)
}

function positive(text: string, name: string, whole: boolean): number {
  const value = Number(text)
  if (Number.isFinite(value) && value > 0 && (!whole || Number.isInteger(value))) return value
  throw new InputError(`${name} phải là ${whole ? 'số nguyên' : 'số'} lớn hơn 0, không phải "${text}".`)
}

/** Reads through everything that was given. Throws {@link InputError}, QuestionsError or ModelError, each with one sentence. */
export async function readInput(plan: BenchPlan): Promise<BenchInput> {
  const questions = readQuestions(plan.questionFile)
  readManifest(plan.model)
  const wanted = new Set(questions.slice(0, plan.limit).flatMap((q) => q.gold))
  const report = emptyReport()
  let articles = 0
  for await (const { id } of corpusOf(plan.corpus, report)) {
    articles++
    wanted.delete(id)
  }
  if (articles === 0)
    throw new InputError(
      `Kho luật ${plan.corpus} không có điều nào dùng được (${report.read} dòng: ${report.notJson} sai dạng, ${report.withoutDocument} không có số hiệu văn bản).`,
    )
  return { questions, articles, report, missingGold: [...wanted] }
}

async function* corpusOf(file: string, report: CorpusReport) {
  refuseEmpty(file)
  try {
    yield* readCorpus(file, report)
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code
    if (code === 'Z_DATA_ERROR' && report.read === 0)
      throw new InputError(`Tệp kho luật ${file} mang tên .gz nhưng không phải là tệp gzip.`, { cause })
    if (code?.startsWith('Z_')) throw new InputError(`Tệp kho luật ${file} bị hỏng hoặc thiếu phần cuối.`, { cause })
    throw new InputError(`Không đọc được tệp kho luật ${file}.`, { cause })
  }
}

function refuseEmpty(file: string): void {
  const found = statSync(file, { throwIfNoEntry: false })
  if (!found) throw new InputError(`Không có tệp kho luật ${file}.`)
  if (!found.isFile()) throw new InputError(`${file} không phải là một tệp kho luật.`)
  if (found.size === 0) throw new InputError(`Tệp kho luật ${file} rỗng.`)
}
