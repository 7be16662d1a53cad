/** `npm run -s converse -- --jsonl`: whole dialogues without a network, one JSON line a message in, one a decision out. */
import { createInterface } from 'node:readline'
import { z } from 'zod'
import { dayInVietnam } from '../../knowledge/validity.ts'
import { type Conversation, decide, newConversation } from '../conversation/decide.ts'
import { answerRow } from './answer-row.ts'
import { type Assistant, openAssistant, runCommand } from './assistant.ts'
import { barProgress } from './progress.ts'

const row = z.object({
  conversation: z.string(),
  messageId: z.union([z.string(), z.number()]).transform(String),
  at: z
    .string()
    .refine((text) => !Number.isNaN(Date.parse(text)))
    .optional(),
  channel: z.string().optional(),
  text: z.string().optional(),
  choice: z.string().optional(),
  attachment: z.unknown().optional(),
})

function parseLine(line: string): z.infer<typeof row> | string {
  try {
    const result = row.safeParse(JSON.parse(line))
    return result.success ? result.data : `Dòng thiếu hoặc sai trường: ${result.error.issues.map((i) => i.path.join('.') || 'cả dòng').join(', ')}.`
  } catch {
    return 'Dòng không phải là JSON.'
  }
}

async function take(assistant: Assistant, conversations: Map<string, Conversation>, line: string, number: number): Promise<object> {
  const input = parseLine(line)
  if (typeof input === 'string') return { line: number, status: 'failed', error: { code: 'bad_line', message: input } }
  const conversation = conversations.get(input.conversation) ?? newConversation()
  const { text, choice } = input
  const message = { id: input.messageId, ...(text === undefined ? {} : { text }), ...(choice === undefined ? {} : { choice }) }
  const now = input.at ? new Date(input.at) : new Date()
  const { decision, nextState } = await decide({ conversation, message, now }, (asked) => assistant.answer(asked))
  conversations.set(input.conversation, nextState)
  const head = { conversation: input.conversation, messageId: input.messageId }
  if (decision.kind === 'ignored') return { ...head, status: 'ignored', reason: decision.reason, text: '', choices: [], owner: 'bot' }
  const { status, text: said, choices, citations } = answerRow(decision, dayInVietnam(now))
  return { ...head, status, text: said, choices, citations, owner: 'bot' }
}

await runCommand(async (config) => {
  const assistant = await openAssistant(config, barProgress())
  const conversations = new Map<string, Conversation>()
  let number = 0
  for await (const line of createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY })) {
    number++
    if (line.trim() !== '') process.stdout.write(`${JSON.stringify(await take(assistant, conversations, line, number))}\n`)
  }
})
