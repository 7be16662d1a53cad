/** Commands that read one JSON a line from standard input and write one a line to standard output, in the same order. */
import { createInterface } from 'node:readline'
import type { z } from 'zod'

/** What is written for a line that cannot be read; the stream goes on. */
interface Fault {
  readonly line: number
  readonly status: 'failed'
  readonly error: { readonly code: 'bad_line'; readonly message: string }
}

/** Streams standard input through `answer`; a faulty line gives its own fault and the exit code stays 0. */
export async function streamLines<T>(schema: z.ZodType<T>, answer: (row: T) => Promise<object>): Promise<void> {
  let number = 0
  for await (const line of createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY })) {
    number++
    if (line.trim() === '') continue
    const row = parseLine(schema, line)
    process.stdout.write(`${JSON.stringify(typeof row === 'string' ? fault(number, row) : await answer(row.value))}\n`)
  }
}

function parseLine<T>(schema: z.ZodType<T>, line: string): { readonly value: T } | string {
  try {
    const result = schema.safeParse(JSON.parse(line))
    if (result.success) return { value: result.data }
    return `Dòng thiếu hoặc sai trường: ${result.error.issues.map((i) => i.path.join('.') || 'cả dòng').join(', ')}.`
  } catch {
    return 'Dòng không phải là JSON.'
  }
}

function fault(line: number, message: string): Fault {
  return { line, status: 'failed', error: { code: 'bad_line', message } }
}
