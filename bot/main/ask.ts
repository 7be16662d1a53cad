/** `npm run -s ask -- "câu hỏi" [--as-of D] [--audience consumer|seller] [--json]`, or `--jsonl` for a stream of questions. */
import { parseArgs } from 'node:util'
import { z } from 'zod'
import { dayInVietnam, isDay } from '../../knowledge/validity.ts'
import { renderText } from '../answer/render.ts'
import type { Asked } from '../answer/turn.ts'
import { answerRow } from './answer-row.ts'
import { type Assistant, openAssistant, runCommand } from './assistant.ts'
import { streamLines } from './json-lines.ts'
import { barProgress } from './progress.ts'

const day = z.string().refine(isDay, 'ngày phải có dạng NNNN-TT-NN và có thật')
const audience = z.enum(['consumer', 'seller'])
const row = z.object({
  id: z.union([z.string(), z.number()]).transform(String),
  question: z.string(),
  asOf: day.optional(),
  audience: audience.optional(),
})

function asked(text: string, asOf: string | undefined, who: z.infer<typeof audience> | undefined): Asked {
  return { text, asOf: asOf ?? dayInVietnam(new Date()), ...(who ? { audience: who } : {}) }
}

async function answerRowOf(assistant: Assistant, input: z.infer<typeof row>): Promise<object> {
  const question = asked(input.question, input.asOf, input.audience)
  return answerRow(await assistant.answer(question), question.asOf, input.id)
}

await runCommand(async (config) => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { 'as-of': { type: 'string' }, audience: { type: 'string' }, json: { type: 'boolean' }, jsonl: { type: 'boolean' } },
  })
  const asOf = values['as-of']
  if (asOf !== undefined && !isDay(asOf)) return usage(`--as-of "${asOf}" không phải là ngày dạng NNNN-TT-NN.`)
  const who = values.audience === undefined ? undefined : audience.safeParse(values.audience)
  if (who && !who.success) return usage(`--audience chỉ nhận consumer hoặc seller.`)
  const assistant = await openAssistant(config, { progress: barProgress() })
  if (values.jsonl) return streamLines(row, (input) => answerRowOf(assistant, input))
  const question = asked(positionals.join(' '), asOf, who?.data)
  const outcome = await assistant.answer(question)
  console.log(values.json ? JSON.stringify(answerRow(outcome, question.asOf), null, 2) : renderText(outcome, question.asOf))
})

function usage(sentence: string): void {
  console.error(sentence)
  process.exitCode = 2
}
