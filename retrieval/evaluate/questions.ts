/** Questions of a retrieval benchmark: what is asked, and which articles of the corpus answer it. One JSON object a line. */
import { readFileSync } from 'node:fs'
import { z } from 'zod'

const text = z.union([z.string(), z.number()]).transform((value) => String(value).trim())
const written = text.pipe(z.string().min(1))

const question = z.object({
  id: written,
  question: z.string().refine((value) => value.trim() !== ''),
  relevant: z.array(z.object({ document: written, article: written })).min(1),
  fold: z.number().int().nonnegative().optional(),
})

/** One question. `gold` holds the ids of its right articles as the corpus writes them, each once; `fold` is its part in cross-fitting. */
export interface BenchQuestion {
  readonly id: string
  readonly question: string
  readonly gold: readonly [string, ...string[]]
  readonly fold?: number
}

/** A file of questions that cannot be used; the message is one sentence in Vietnamese that names the file and, where there is one, the line. */
export class QuestionsError extends Error {
  override readonly name = 'QuestionsError'
}

const FIELD: Readonly<Record<string, string>> = {
  id: 'thiếu id',
  question: 'thiếu câu hỏi (question)',
  relevant: 'thiếu điều luật đúng (relevant: [{document, article}])',
  fold: 'fold phải là số nguyên từ 0',
}

/**
 * Reads the questions of `file` (JSONL), in order, with documents and articles in lower case as in the ids of a corpus.
 * Throws {@link QuestionsError} when the file is missing or empty, a line has another form, or two questions share an id.
 */
export function readQuestions(file: string): BenchQuestion[] {
  const seen = new Map<string, number>()
  const questions = readText(file)
    .split('\n')
    .flatMap((line, i) => (line.trim() === '' ? [] : [once(parseLine(line, file, i + 1), seen, file, i + 1)]))
  if (questions.length === 0) throw new QuestionsError(`Tệp câu hỏi ${file} không có câu hỏi nào.`)
  return questions
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8').replace(/^\uFEFF/u, '')
  } catch (cause) {
    const missing = (cause as NodeJS.ErrnoException).code === 'ENOENT'
    throw new QuestionsError(missing ? `Không có tệp câu hỏi ${file}.` : `Không đọc được tệp câu hỏi ${file}.`, { cause })
  }
}

function parseLine(line: string, file: string, number: number): BenchQuestion {
  const parsed = question.safeParse(parseJson(line, file, number))
  if (!parsed.success) throw new QuestionsError(`${file}:${number}: ${wrong(parsed.error)}.`)
  const { id, question: asked, relevant, fold } = parsed.data
  const gold = [...new Set(relevant.map((r) => `${r.document}#${r.article}`.toLowerCase()))] as [string, ...string[]]
  return { id, question: asked, gold, ...(fold === undefined ? {} : { fold }) }
}

function wrong(error: z.ZodError): string {
  const field = error.issues[0]?.path[0]
  return (field === undefined ? undefined : FIELD[String(field)]) ?? 'dòng không phải là một đối tượng JSON'
}

function parseJson(line: string, file: string, number: number): unknown {
  try {
    return JSON.parse(line)
  } catch (cause) {
    throw new QuestionsError(`${file}:${number}: dòng không phải là JSON.`, { cause })
  }
}

function once(asked: BenchQuestion, seen: Map<string, number>, file: string, number: number): BenchQuestion {
  const before = seen.get(asked.id)
  if (before !== undefined) throw new QuestionsError(`${file}:${number}: trùng id "${asked.id}" với dòng ${before}.`)
  seen.set(asked.id, number)
  return asked
}
