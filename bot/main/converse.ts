/** `npm run -s converse -- --jsonl`: whole dialogues without a network, one JSON line a message in, one a decision out. */
import { z } from 'zod'
import { dayInVietnam } from '../../knowledge/validity.ts'
import { type Conversation, decide, newConversation } from '../conversation/decide.ts'
import { answerRow } from './answer-row.ts'
import { type Assistant, openAssistant, runCommand } from './assistant.ts'
import { streamLines } from './json-lines.ts'
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

async function take(assistant: Assistant, conversations: Map<string, Conversation>, input: z.infer<typeof row>): Promise<object> {
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
  return streamLines(row, (input) => take(assistant, conversations, input))
})
