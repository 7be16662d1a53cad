/** One message of a conversation and what the bot decides about it, as a function of state: nothing is stored or sent here. */
import { clean } from '../../knowledge/language/normalise.ts'
import { dayInVietnam } from '../../knowledge/validity.ts'
import type { Outcome } from '../answer/outcome.ts'
import type { Asked, AskingAudience } from '../answer/turn.ts'
import { CHOICE } from '../wording/vi.ts'

/** What the bot remembers of a conversation between two messages. */
export interface Conversation {
  readonly version: number
  readonly audience: AskingAudience | undefined
  /** Earlier questions, oldest first; only the last few. */
  readonly questions: readonly string[]
  /** Choices of the last reply, so that "2" means the second one. */
  readonly choices: readonly string[]
  readonly clarified: boolean
  /** Message ids already decided: the same message is decided once. */
  readonly decided: ReadonlySet<string>
}

export interface Message {
  readonly id: string
  readonly text?: string
  readonly choice?: string
  readonly hasAttachment?: boolean
}

export type Decision = Outcome | { readonly kind: 'ignored'; readonly reason: 'duplicate' }

const REMEMBERED = 3

/** @returns a conversation before its first message. */
export function newConversation(): Conversation {
  return { version: 0, audience: undefined, questions: [], choices: [], clarified: false, decided: new Set() }
}

/** Decides about one message. `answer` is the port to the answering steps. */
export async function decide(
  input: { conversation: Conversation; message: Message; now: Date },
  answer: (asked: Asked) => Promise<Outcome>,
): Promise<{ decision: Decision; nextState: Conversation }> {
  const { conversation, message, now } = input
  if (conversation.decided.has(message.id)) return { decision: { kind: 'ignored', reason: 'duplicate' }, nextState: conversation }
  const text = wordsOf(message, conversation.choices)
  const audience = audienceChosen(text) ?? conversation.audience
  const decision = await answer({
    text,
    asOf: dayInVietnam(now),
    previous: conversation.questions,
    clarified: conversation.clarified,
    ...(audience ? { audience } : {}),
  })
  return { decision, nextState: after(conversation, message, text, audience, decision) }
}

/** A number stands for the choice of that number; a tapped choice is its words. */
function wordsOf(message: Message, choices: readonly string[]): string {
  const said = message.choice ?? message.text ?? ''
  const number = clean(said).match(/^(\d{1,2})[.)]?$/)?.[1]
  return (number && choices[Number(number) - 1]) || said
}

function audienceChosen(text: string): AskingAudience | undefined {
  if (text === CHOICE.seller) return 'seller'
  return text === CHOICE.buyer ? 'consumer' : undefined
}

/** Questions about the law are remembered for follow-ups; greetings and thanks are not. */
function after(before: Conversation, message: Message, text: string, audience: AskingAudience | undefined, decision: Decision): Conversation {
  const substantial = decision.kind === 'answered' || decision.kind === 'first_aid' || decision.kind === 'abstained' || decision.kind === 'clarify'
  return {
    version: before.version + 1,
    audience,
    questions: substantial ? [...before.questions, text].slice(-REMEMBERED) : before.questions,
    choices: decision.kind === 'ignored' ? before.choices : decision.choices,
    clarified: decision.kind === 'clarify',
    decided: new Set([...before.decided, message.id]),
  }
}
