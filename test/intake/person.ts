/** A person who tells a complaint: says what they came to say, answers what is asked, is interrupted, and reads back what they are told. */
import { z } from 'zod'
import { DEFAULT_LIMITS } from '../../adapters/attachments/quarantine.ts'
import { newCaseNumber } from '../../bot/case/number.ts'
import type { ComplaintRecord } from '../../bot/complaint/confirmed.ts'
import { FACT_NAMES, type FactName, type Facts } from '../../bot/complaint/facts.ts'
import type { IntakeGuide } from '../../bot/complaint/guide.ts'
import { type Conversation, decide, newConversation, type Situation } from '../../bot/conversation/decide.ts'
import { type Dialogue, dialogueSchema } from '../../bot/conversation/dialogue.ts'
import { DEFAULT_OWNER_RULES } from '../../bot/conversation/owner.ts'
import { codeFrom } from '../../bot/conversation/requests.ts'
import type { Content } from '../../bot/delivery/message.ts'
import type { Assistant } from '../../bot/main/assistant.ts'
import { COMPLAINT_CHOICE } from '../../bot/wording/complaint.ts'
import { CHOICE } from '../../bot/wording/vi.ts'
import { maskPersonal } from '../../knowledge/language/mask.ts'

const saying = z.union([z.string(), z.object({ attachment: z.literal(true), caption: z.string() })])
export type Saying = z.infer<typeof saying>

export const dialogue = z.object({
  id: z.string(),
  kind: z.enum(['scripted', 'free']).default('scripted'),
  /** Nobody looks at what goes wrong in the test half. */
  half: z.enum(['dev', 'test']).default('dev'),
  voice: z.string(),
  open: z.array(saying),
  answers: z.record(z.string(), z.string()),
  inject: z.array(z.object({ at: z.string(), say: z.array(saying) })),
  consent: z.string(),
  /** The kind of matter, where whoever wrote the dialogue said it. */
  issue: z.string().optional(),
  expect: z.object({
    /** "~…": the value must contain the words. */
    fields: z.partialRecord(z.enum(FACT_NAMES as readonly [FactName, ...FactName[]]), z.union([z.string(), z.number()])),
    mustEndIn: z.enum(['confirmed', 'cancelled', 'any']),
    must: z.array(z.string()),
    never: z.array(z.string()),
  }),
})
export type DialogueRow = z.infer<typeof dialogue>

export interface Played {
  readonly turns: number
  /** Turns of these in which the person put something in between: a question, a correction, a file, a pause. */
  readonly between: number
  readonly confirmed: ComplaintRecord | undefined
  /** Facts as they stood last. */
  readonly facts: Facts
  /** Facts that were asked for: what a person would only have said in answer to others was never told. */
  readonly askedFor: ReadonlySet<string>
  /** Facts of these that they had told already, and told again. */
  readonly saidAgain: ReadonlySet<string>
  /** All that was said to the person. */
  readonly heard: string
  /** What the person wrote when a case was made. */
  readonly confirmedBy: string | undefined
}

/** When every dialogue begins: what is told of days was written for it. */
export const START = Date.parse('2026-11-20T02:00:00Z')
const MINUTE = 60_000
const MOST_TURNS = 40
const AND = '+'
const CONSENTS_AGAIN = '1 2'
const OF_FILES: ReadonlySet<string> = new Set([COMPLAINT_CHOICE.clear, COMPLAINT_CHOICE.papers])

/** What a person is told in one turn, and where the conversation then stands. */
export interface Heard {
  readonly dialogue: Dialogue
  readonly replies: readonly string[]
  readonly confirmed?: ComplaintRecord | undefined
}

/** A way to the assistant: in memory here, over a channel elsewhere. `turn` counts from 1. */
export interface Line {
  say(said: Saying, turn: number): Promise<Heard>
}

/** Straight to `decide`, the dialogue stored and read back between two messages: every turn is also a restart. */
export class MemoryLine implements Line {
  readonly #assistant: Assistant
  readonly #guide: IntakeGuide
  #conversation: Conversation = newConversation(START)

  constructor(assistant: Assistant, guide: IntakeGuide) {
    this.#assistant = assistant
    this.#guide = guide
  }

  async say(said: Saying, turn: number): Promise<Heard> {
    const now = START + turn * MINUTE
    const message = { id: `m${turn}`, content: contentOf(said, turn), receivedAt: now }
    const input = { conversation: this.#conversation, message, now, situation: situation(this.#guide, turn) }
    const { nextState, effects } = await decide(input, (asked) => this.#assistant.answer(asked))
    const dialogue = dialogueSchema.parse(JSON.parse(JSON.stringify(nextState.dialogue)))
    this.#conversation = { version: this.#conversation.version + 1, ...nextState, dialogue }
    return {
      dialogue,
      replies: effects.flatMap((effect) => (effect.kind === 'send' && effect.outgoing.kind === 'reply' ? [effect.outgoing.text] : [])),
      confirmed: effects.flatMap((effect) => (effect.kind === 'complaint_confirmed' ? [effect.complaint] : []))[0],
    }
  }
}

export class Person {
  readonly #row: DialogueRow
  readonly #line: Line
  readonly #matters: IntakeGuide['matters']
  #dialogue: Dialogue = newConversation(START).dialogue
  #turns = 0
  #between = 0
  #confirmed: ComplaintRecord | undefined
  #confirmedBy: string | undefined
  #facts: Facts = {}
  readonly #heard: string[] = []
  readonly #injected = new Set<number>()
  readonly #askedFor = new Set<string>()
  readonly #saidAgain = new Set<string>()
  /** For whoever wants to watch. */
  onTurn: (said: Saying, heard: string) => void = () => undefined

  constructor(row: DialogueRow, line: Line, { matters }: Pick<IntakeGuide, 'matters'>) {
    this.#row = row
    this.#line = line
    this.#matters = matters
  }

  async play(): Promise<Played> {
    for (const said of this.#row.open) await this.#say(said)
    let same = 0
    let last = ''
    while (this.#turns < MOST_TURNS && !this.#confirmed) {
      const place = this.#place()
      if (place === undefined) break
      if (await this.#inject(place.split(AND))) continue
      same = place === last ? same + 1 : 0
      last = place
      await this.#say(same > 2 ? COMPLAINT_CHOICE.skip : this.#answer(place, same > 0))
    }
    return {
      turns: this.#turns,
      between: this.#between,
      confirmed: this.#confirmed,
      facts: this.#facts,
      askedFor: this.#askedFor,
      saidAgain: this.#saidAgain,
      heard: this.#heard.join('\n'),
      confirmedBy: this.#confirmedBy,
    }
  }

  /** What stands open: the facts that were asked, a stage, or the wish that was not heard yet; undefined when there is nothing to go on with. */
  #place(): string | undefined {
    const { complaint, choices } = this.#dialogue
    if (complaint?.paused) return 'paused'
    if (complaint?.contest) return 'contest'
    if (complaint) return complaint.asked.length > 0 ? complaint.asked.join(AND) : complaint.stage
    const came = choices.includes(CHOICE.complain) || this.#row.expect.mustEndIn === 'confirmed'
    // Who came to complain says so once, where it was not heard.
    return came && this.#turns <= this.#row.open.length ? 'wish to complain' : undefined
  }

  #answer(place: string, again: boolean): string {
    switch (place) {
      case 'wish to complain':
        return CHOICE.complain
      case 'paused':
        return COMPLAINT_CHOICE.resume
      case 'story':
        return 'tôi mua đồ bị hỏng, không nhớ gì thêm'
      case 'contest':
        return this.#rightOne()
      case 'matter':
        return this.#matter()
      case 'consent':
        // Who is told to send numbers sends them: a bare "đồng ý" agrees to nothing in particular.
        return again ? CONSENTS_AGAIN : this.#row.consent
      case 'summary':
        return COMPLAINT_CHOICE.confirm
      default:
        return this.#told(place.split(AND))
    }
  }

  /** Who is asked several things says what they know of them, in one go. */
  #told(asked: readonly string[]): string {
    const known = asked.map((name) => this.#row.answers[name] ?? this.#again(name)).filter((words) => words !== undefined)
    return known.length > 0 ? known.join(this.#turns % 2 === 0 ? ', ' : '\n') : COMPLAINT_CHOICE.skip
  }

  /** Who is asked for what they have told already tells it again, in the fewest words. */
  #again(name: string): string | undefined {
    const told = this.#row.expect.fields[name as FactName]
    if (told === undefined) return undefined
    this.#saidAgain.add(name)
    return toldAgain(name as FactName, told)
  }

  /** Who is asked which matter theirs is finds it among the choices, by way of its group where it must be; who cannot tell leaves it to an officer. */
  #matter(): string {
    const group = this.#matters?.groups.find(({ issues }) => issues.some(({ id }) => id === this.#row.issue))
    const title = group?.issues.find(({ id }) => id === this.#row.issue)?.title
    const way = group ? [title, group.title, COMPLAINT_CHOICE.noMatter] : []
    return way.find((words) => words !== undefined && this.#dialogue.choices.includes(words)) ?? COMPLAINT_CHOICE.skip
  }

  /** Who is asked which of two values is right knows it. */
  #rightOne(): string {
    const { complaint, choices } = this.#dialogue
    const { fact, told } = complaint?.contest ?? { fact: 'amount' as const, told: [] }
    const right = told.findIndex((facts) => facts[fact]?.value === this.#row.expect.fields[fact])
    return choices.filter((choice) => !OF_FILES.has(choice))[Math.max(0, right)] ?? COMPLAINT_CHOICE.skip
  }

  async #inject(places: readonly string[]): Promise<boolean> {
    const at = this.#row.inject.findIndex((one, i) => !this.#injected.has(i) && (places.includes(one.at) || one.at === '*' || this.#isOnce(one.at)))
    if (at < 0) return false
    this.#injected.add(at)
    const said = this.#row.inject[at]?.say ?? []
    this.#between += said.length
    for (const one of said) await this.#say(one)
    return true
  }

  /** Evidence was a stage of its own when rows were first written; it may be sent at any time, so it is sent when the matter is told. */
  #isOnce(at: string): boolean {
    return at === this.#dialogue.complaint?.stage || (at === 'evidence' && this.#dialogue.complaint?.stage === 'contact')
  }

  async #say(said: Saying): Promise<void> {
    this.#turns++
    const heard = await this.#line.say(said, this.#turns)
    this.#take(heard, said)
    this.onTurn(said, heard.replies.join('\n'))
  }

  #take({ dialogue, replies, confirmed }: Heard, said: Saying): void {
    this.#dialogue = dialogue
    this.#facts = dialogue.complaint?.facts ?? this.#facts
    for (const name of dialogue.complaint?.asked ?? []) this.#askedFor.add(name)
    this.#heard.push(...replies)
    if (!confirmed) return
    this.#confirmed = confirmed
    this.#confirmedBy = typeof said === 'string' ? said : said.caption
    this.#facts = confirmed.facts
  }
}

const CALLED: Readonly<Record<string, string>> = {
  ...{
    cash_on_delivery: 'trả tiền khi nhận hàng',
    transfer: 'chuyển khoản',
    card: 'quẹt thẻ',
    wallet: 'ví điện tử',
    cash: 'tiền mặt',
    unpaid: 'chưa trả đồng nào',
  },
  ...{
    refund: 'trả lại tiền',
    exchange: 'đổi cái khác',
    repair: 'sửa cho tôi',
    compensation: 'bồi thường',
    apology: 'xin lỗi',
    stop: 'dừng lại',
    information: 'hỏi cho biết',
  },
}

/** A day as it is spoken, an amount with its unit, anything else in its own words. */
function toldAgain(name: FactName, told: string | number): string {
  const [year, month, day] = String(told).split('-')
  if (year && month && day && /On$/.test(name)) return `ngày ${Number(day)}/${Number(month)}/${year}`
  if (typeof told === 'number') return `${told} đồng`
  return CALLED[told] ?? told.replace(/^[~/]|\/$/g, '')
}

function contentOf(said: Saying, turn: number): Content {
  const words = typeof said === 'string' ? said : said.caption
  const { text } = maskPersonal(words)
  if (typeof said === 'string') return { kind: 'text', text, masked: text !== words }
  return { kind: 'attachment', attachment: `tep-${turn}`, mime: 'image/png', size: 1, caption: text, masked: text !== words }
}

function situation(guide: IntakeGuide, turn: number): Situation {
  const random = Uint8Array.from({ length: 16 }, (_, i) => (turn * 31 + i * 17) % 256)
  return {
    ...{ rules: DEFAULT_OWNER_RULES, hours: '', off: {}, files: DEFAULT_LIMITS, keptDays: 90, newCode: codeFrom(random), elsewhere: () => [] },
    intake: { guide, newCase: newCaseNumber(random, 2026) },
  }
}
