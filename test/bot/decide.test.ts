/** What the bot decides about a message, given who owns the conversation, what is switched off, and what the answering steps say. */
import { describe, expect, it } from 'vitest'
import { type Outcome, plain, type Unanswered } from '../../bot/answer/outcome.ts'
import type { Asked } from '../../bot/answer/turn.ts'
import { type Conversation, type Decided, decide, newConversation, type Situation } from '../../bot/conversation/decide.ts'
import { afterReply, dialogueSchema, newDialogue } from '../../bot/conversation/dialogue.ts'
import { DEFAULT_OWNER_RULES, type Officer, type OwnerEvent, step } from '../../bot/conversation/owner.ts'
import type { Content, Outgoing } from '../../bot/delivery/message.ts'
import { CHAT } from '../../bot/wording/chat.ts'
import { HANDOFF, queuedWithoutAssistant, RETURN_CHOICE } from '../../bot/wording/handoff.ts'
import { FUNCTION_PAUSED, pauseSentence } from '../../bot/wording/operations.ts'
import { ERASE_CHOICE, KEEP_CHOICE } from '../../bot/wording/requests.ts'
import { CHOICE, SAY } from '../../bot/wording/vi.ts'
import { ALL_ON } from './situation.ts'

const NOW = Date.UTC(2026, 10, 26, 3)
const RULES = DEFAULT_OWNER_RULES
const LAN: Officer = { id: 'lan', name: 'Lan' }
const ON = ALL_ON
const ASSISTANT_OFF: Situation = { ...ON, off: { answering: pauseSentence() } }

function outcome(kind: Unanswered['kind'], text: string, more: Partial<Unanswered> = {}): Outcome {
  return { kind, reason: 'test', citations: [], choices: [], sections: [{ kind: 'answer', heading: '', lines: [plain(text)] }], ...more }
}
const handoff = outcome('handoff', SAY.handoff, { choices: [CHOICE.officer] })
const unsure = outcome('abstained', 'Tôi chưa thấy.', { reason: 'nothing_near', choices: [CHOICE.officer] })
const answered = outcome('service', 'Đây là câu trả lời.', { choices: [CHOICE.complain, CHOICE.officer] })

const words = (text: string, masked = false): Content => ({ kind: 'text', text, masked })
const file = (caption: string, masked = false): Content => ({ kind: 'attachment', attachment: 'f', mime: 'image/png', size: 1, caption, masked })

/** A conversation that goes on from message to message. */
class Talk {
  conversation: Conversation = newConversation(NOW)
  readonly asked: Asked[] = []
  now = NOW
  situation: Situation = ON

  /** Something happens between two messages. */
  after(event: OwnerEvent): this {
    const result = step(this.conversation.ownership, event, this.now, RULES)
    if ('refused' in result) throw new Error(result.refused)
    this.conversation = { ...this.conversation, ownership: result.ownership }
    return this
  }

  async hear(said: Content | string, reply: Outcome = answered): Promise<Decided> {
    const content = typeof said === 'string' ? words(said) : said
    const message = { id: 'm', content, receivedAt: this.now }
    const decided = await decide({ conversation: this.conversation, message, now: this.now, situation: this.situation }, async (asked) => {
      this.asked.push(asked)
      return reply
    })
    this.conversation = { version: this.conversation.version + 1, ...decided.nextState }
    return decided
  }

  get owner(): string {
    return this.conversation.ownership.owner
  }
}

const sent = ({ effects }: Decided): Outgoing[] => effects.flatMap((effect) => (effect.kind === 'send' ? [effect.outgoing] : []))
const replies = (decided: Decided) => sent(decided).filter((out): out is Extract<Outgoing, { kind: 'reply' }> => out.kind === 'reply')
function replyOf(decided: Decided): Extract<Outgoing, { kind: 'reply' }> {
  const [reply, another] = replies(decided)
  if (!reply || another) throw new Error('there should be exactly one reply')
  return reply
}
const kinds = (decided: Decided) => decided.effects.map((effect) => (effect.kind === 'send' ? effect.outgoing.kind : effect.kind))

describe('a message to the assistant', () => {
  it('is answered with one reply, which is the outcome', async () => {
    const talk = new Talk()
    const decided = await talk.hear('Máy hỏng')
    expect(decided.decision).toEqual(answered)
    expect(replyOf(decided)).toEqual({
      ...{ kind: 'reply', author: 'assistant', status: 'service', text: 'Đây là câu trả lời.' },
      ...{ sections: answered.sections, citations: [], choices: answered.choices },
    })
    expect(kinds(decided)).toEqual(['reply'])
    expect(talk.conversation.dialogue.choices).toEqual(answered.choices)
  })

  it('is asked of the steps with the memory of the conversation', async () => {
    const talk = new Talk()
    await talk.hear(CHOICE.seller, outcome('clarify', 'Việc nào?'))
    await talk.hear('hai')
    expect(talk.asked).toEqual([
      { text: CHOICE.seller, asOf: '2026-11-26', previous: [], clarified: false, audience: 'seller' },
      { text: 'hai', asOf: '2026-11-26', previous: [CHOICE.seller], clarified: true, audience: 'seller' },
    ])
  })

  it('leaves a memory that can be written down and read back', async () => {
    const talk = new Talk()
    await talk.hear('một', unsure)
    const { dialogue } = talk.conversation
    expect(dialogueSchema.parse(JSON.parse(JSON.stringify(dialogue)))).toEqual(dialogue)
  })
})

describe('while an officer has the conversation', () => {
  it('the message is for them, and the bot says nothing and asks nobody', async () => {
    const talk = new Talk().after({ kind: 'officer_took', officer: LAN })
    for (const said of [words('xin chào'), words(RETURN_CHOICE), words(CHOICE.officer), file(''), words('1')]) {
      const decided = await talk.hear(said)
      expect(decided.decision).toEqual({ kind: 'for_staff' })
      expect(sent(decided)).toEqual([])
    }
    expect(talk.asked).toEqual([])
    expect(talk.conversation.ownership).toMatchObject({ owner: 'staff', unansweredSince: NOW })
  })

  it('what they want done with their own data is done all the same, and what the officer owes stays owed', async () => {
    const talk = new Talk().after({ kind: 'officer_took', officer: LAN })
    await talk.hear('khi nào có kết quả ạ')
    const owed = talk.conversation.ownership
    const asked = await talk.hear('xóa dữ liệu của tôi')
    expect(asked.decision).toMatchObject({ kind: 'service', reason: 'own_data', choices: [KEEP_CHOICE, ERASE_CHOICE] })
    const erasing = await talk.hear(ERASE_CHOICE)
    expect(erasing.effects.map(({ kind }) => kind)).toEqual(['erasure_asked', 'send'])
    expect([talk.conversation.ownership, talk.asked]).toEqual([owed, []])
    expect((await talk.hear('chuyển kênh')).decision).toEqual({ kind: 'for_staff' })
  })

  it('it stays so while the assistant is off', async () => {
    const talk = new Talk().after({ kind: 'officer_took', officer: LAN })
    talk.situation = ASSISTANT_OFF
    expect((await talk.hear('alo')).decision.kind).toBe('for_staff')
  })

  it('what the person chose from before is remembered', async () => {
    const talk = new Talk()
    await talk.hear('một')
    const { choices } = talk.conversation.dialogue
    talk.after({ kind: 'officer_took', officer: LAN })
    await talk.hear('hai')
    expect(talk.conversation.dialogue.choices).toEqual(choices)
  })
})

describe('asking for a person', () => {
  it('puts into the queue, shows it, and says so in place of the words of the steps', async () => {
    const talk = new Talk()
    const decided = await talk.hear(CHOICE.officer, handoff)
    expect(talk.owner).toBe('waiting')
    expect(kinds(decided)).toEqual(['episode_ended', 'episode_began', 'owner', 'alert_staff', 'reply'])
    expect(sent(decided)[0]).toEqual({ kind: 'owner', owner: 'waiting' })
    const reply = replyOf(decided)
    expect([reply.status, reply.text]).toEqual(['handoff', HANDOFF.queued('')])
    expect(reply.text).not.toContain(SAY.handoff)
    expect(reply.choices).toEqual([RETURN_CHOICE])
  })

  it('names the office hours where they are known', async () => {
    const talk = new Talk()
    talk.situation = { ...ON, hours: '8–17 giờ' }
    expect(replyOf(await talk.hear(CHOICE.officer, handoff)).text).toBe(HANDOFF.queued('8–17 giờ'))
  })

  it('twice keeps the place and says so', async () => {
    const talk = new Talk()
    await talk.hear(CHOICE.officer, handoff)
    const since = talk.conversation.ownership.since
    talk.now += 1_000
    const again = await talk.hear(CHOICE.officer, handoff)
    expect([talk.owner, talk.conversation.ownership.since]).toEqual(['waiting', since])
    expect(kinds(again)).toEqual(['reply'])
    expect(replyOf(again).text).toBe(HANDOFF.already_waiting(''))
  })

  it.each(['tôi chờ nãy giờ rồi đó', 'sao lâu thế', 'alo, có ai ở đó không?', 'cho lau qua', 'em đợi mãi', 'bao giờ mới có người'])(
    'takes “%s” of somebody who waits as asking once more, and looks nothing up',
    async (said) => {
      const talk = new Talk()
      await talk.hear(CHOICE.officer, handoff)
      const reply = await talk.hear(said, handoff)
      expect(talk.asked.at(-1)?.text).toBe(CHOICE.officer)
      expect(replyOf(reply).text).toBe(HANDOFF.already_waiting(''))
    },
  )

  it.each([
    'shop hẹn tôi chờ 10 ngày mà không giao thì sao',
    'chờ lâu quá shop không giao hàng cho tôi',
    'có ai bị lừa giống tôi không, phải làm gì',
  ])('looks up “%s” though somebody waits', async (said) => {
    const talk = new Talk()
    await talk.hear(CHOICE.officer, handoff)
    await talk.hear(said, handoff)
    expect(talk.asked.at(-1)?.text).toBe(said)
  })

  it('does nothing while that is switched off, but say where else to turn', async () => {
    const talk = new Talk()
    talk.situation = { ...ON, off: { handoff: FUNCTION_PAUSED.handoff } }
    const decided = await talk.hear(CHOICE.officer, handoff)
    expect([talk.owner, kinds(decided)]).toEqual(['bot', ['reply']])
    expect(replyOf(decided).text).toContain(FUNCTION_PAUSED.handoff)
    expect(replyOf(decided).choices).not.toContain(CHOICE.officer)
    expect(replyOf(decided).text).not.toMatch(/hàng chờ/)
    expect(replyOf(decided).choices).not.toContain(RETURN_CHOICE)
  })
})

describe('while waiting for an officer', () => {
  const waiting = () => new Talk().after({ kind: 'person_asked' })

  it('the assistant still answers, and offers the way back instead of asking again', async () => {
    const talk = waiting()
    const reply = replyOf(await talk.hear('Máy hỏng'))
    expect([talk.owner, reply.text]).toEqual(['waiting', 'Đây là câu trả lời.'])
    expect(reply.choices).toEqual([CHOICE.complain, RETURN_CHOICE])
    expect(talk.conversation.dialogue.choices).toEqual(reply.choices)
  })

  it.each([RETURN_CHOICE, ` ${RETURN_CHOICE} `, RETURN_CHOICE.normalize('NFD')])('%j leaves the queue, and asks nobody', async (said) => {
    const talk = waiting()
    const decided = await talk.hear(said)
    expect([talk.owner, talk.asked]).toEqual(['bot', []])
    expect(decided.decision).toMatchObject({ kind: 'service', reason: 'returned' })
    expect(replyOf(decided).text).toBe(HANDOFF.returned(''))
    expect(kinds(decided)).toEqual(['episode_ended', 'episode_began', 'owner', 'reply'])
  })

  it('the way back may be tapped, or named by its number', async () => {
    const tapped = waiting()
    await tapped.hear({ kind: 'choice', text: RETURN_CHOICE })
    const numbered = waiting()
    const { choices } = replyOf(await numbered.hear('Máy hỏng'))
    await numbered.hear(String(choices.indexOf(RETURN_CHOICE) + 1))
    expect([tapped.owner, numbered.owner]).toEqual(['bot', 'bot'])
  })

  it('the words of the way back mean nothing special outside the queue', async () => {
    const talk = new Talk()
    await talk.hear(RETURN_CHOICE)
    expect(talk.asked.map((asked) => asked.text)).toEqual([RETURN_CHOICE])
  })
})

describe('an assistant that knows nothing near', () => {
  it('calls an officer at the second time in a row, after its own words', async () => {
    const talk = new Talk()
    const first = await talk.hear('một', unsure)
    expect([talk.owner, kinds(first)]).toEqual(['bot', ['reply']])
    const second = await talk.hear('hai', unsure)
    expect(talk.owner).toBe('waiting')
    expect(talk.conversation.ownership).toMatchObject({ reason: 'low_confidence' })
    expect(replyOf(second).text).toBe(`Tôi chưa thấy.\n\n– ${HANDOFF.queued('')}`)
    expect(replyOf(second).choices).toContain(RETURN_CHOICE)
  })

  it('calls one also where it failed twice', async () => {
    const failed: Outcome = { kind: 'failed', code: 'step_failed', citations: [], choices: [], sections: unsure.sections }
    const talk = new Talk()
    await talk.hear('một', failed)
    await talk.hear('hai', unsure)
    expect(talk.owner).toBe('waiting')
  })

  it('does not call one where it knew the matter, or knew an answer between', async () => {
    const elsewhere = outcome('abstained', 'Việc này thuộc tòa án.', { reason: 'field' })
    const talk = new Talk()
    for (const reply of [unsure, outcome('first_aid', 'Ngừng lại.'), unsure, elsewhere, elsewhere, unsure]) await talk.hear('x', reply)
    expect(talk.owner).toBe('bot')
  })

  it('is not made sure by a greeting between', async () => {
    const talk = new Talk()
    for (const reply of [unsure, outcome('service', 'Chào bạn.'), unsure]) await talk.hear('x', reply)
    expect(talk.owner).toBe('waiting')
  })

  it('calls one at most once a round, and again only when an officer has ended it', async () => {
    const talk = new Talk()
    for (const said of ['một', 'hai']) await talk.hear(said, unsure)
    await talk.hear(RETURN_CHOICE)
    for (const said of ['ba', 'bốn', 'năm']) await talk.hear(said, unsure)
    expect(talk.owner).toBe('bot')
    talk.after({ kind: 'officer_took', officer: LAN }).after({ kind: 'officer_handed_back', officer: LAN, outcome: 'Đã hướng dẫn.' })
    await talk.hear('sáu', unsure)
    expect(talk.owner).toBe('waiting')
  })

  it('calls nobody while that is switched off', async () => {
    const talk = new Talk()
    talk.situation = { ...ON, off: { handoff: 'chưa nối được' } }
    for (const said of ['một', 'hai', 'ba']) expect(replyOf(await talk.hear(said, unsure)).text).toBe('Tôi chưa thấy.')
    expect(talk.owner).toBe('bot')
  })
})

describe('an assistant that is switched off', () => {
  it('says so, asks nobody, and calls an officer, once', async () => {
    const talk = new Talk()
    talk.situation = ASSISTANT_OFF
    const first = await talk.hear('Máy hỏng')
    expect(first.decision).toMatchObject({ kind: 'service', reason: 'assistant_off' })
    expect([talk.owner, talk.asked]).toEqual(['waiting', []])
    expect(replyOf(first).text).toBe(`${pauseSentence()}\n\n– ${queuedWithoutAssistant('')}`)
    expect(replyOf(first).choices).not.toContain(RETURN_CHOICE)
    const second = await talk.hear('còn ai không')
    expect(replyOf(second).text).toBe(pauseSentence())
    expect(kinds(second)).toEqual(['reply'])
  })

  it('lets whoever waits leave the queue, and does not put them back', async () => {
    const talk = new Talk()
    talk.situation = ASSISTANT_OFF
    await talk.hear('Máy hỏng')
    expect(replyOf(await talk.hear(RETURN_CHOICE)).text).toBe(HANDOFF.returned(''))
    await talk.hear('Máy hỏng')
    expect(talk.owner).toBe('bot')
  })

  it('calls nobody where that is off too', async () => {
    const talk = new Talk()
    talk.situation = { ...ASSISTANT_OFF, off: { ...ASSISTANT_OFF.off, handoff: 'chưa nối được' } }
    expect(replyOf(await talk.hear('Máy hỏng')).text).toBe(pauseSentence())
    expect(talk.owner).toBe('bot')
  })

  it('says nothing of files but that it is off', async () => {
    const talk = new Talk()
    talk.situation = ASSISTANT_OFF
    expect(replyOf(await talk.hear(file(''))).text).toContain(pauseSentence())
  })
})

describe('a file', () => {
  it('without words is kept, and its story asked for', async () => {
    const talk = new Talk()
    for (const caption of ['', '  ', '\u200b']) {
      const decided = await talk.hear(file(caption))
      expect(decided.decision).toMatchObject({ kind: 'service', reason: 'attachment' })
      expect(replyOf(decided).text).toBe(CHAT.attachment)
    }
    expect(talk.asked).toEqual([])
  })

  it('with words has its words answered, and is said to be kept', async () => {
    const talk = new Talk()
    const reply = replyOf(await talk.hear(file('Máy hỏng')))
    expect(talk.asked.map((asked) => asked.text)).toEqual(['Máy hỏng'])
    expect(reply.text).toBe(`Đây là câu trả lời.\n\n– ${CHAT.attachmentKept}`)
    expect(reply.sections.at(-1)).toEqual({ kind: 'note', heading: '', lines: [plain(CHAT.attachmentKept)] })
  })

  it('named by a number is not a choice', async () => {
    const talk = new Talk()
    await talk.hear('một')
    await talk.hear(file('1'))
    expect(talk.asked.at(-1)?.text).toBe('1')
  })
})

describe('numbers that were covered', () => {
  it('are told, once, after the answer', async () => {
    const talk = new Talk()
    expect(replyOf(await talk.hear(words('cccd [số giấy tờ đã che]', true))).text).toBe(`Đây là câu trả lời.\n\n– ${SAY.numbersCovered}`)
    expect(replyOf(await talk.hear(file('thẻ [số thẻ đã che]', true))).text.split(SAY.numbersCovered)).toHaveLength(2)
    expect(replyOf(await talk.hear('không có số')).text).not.toContain(SAY.numbersCovered)
  })

  it('are told also to whoever is put into the queue', async () => {
    const reply = replyOf(await new Talk().hear(words('gặp cán bộ [số giấy tờ đã che]', true), handoff))
    expect(reply.text).toBe(`${HANDOFF.queued('')}\n\n– ${SAY.numbersCovered}`)
  })
})

describe('a closed conversation', () => {
  const closed = () => new Talk().after({ kind: 'officer_took', officer: LAN }).after({ kind: 'officer_closed', officer: LAN, outcome: 'Đã xong.' })

  it('is opened by a message, which is answered', async () => {
    const talk = closed()
    const decided = await talk.hear('còn một việc nữa')
    expect(talk.owner).toBe('bot')
    expect(kinds(decided)).toEqual(['episode_ended', 'episode_began', 'owner', 'reply'])
    expect(replyOf(decided).text).toBe('Đây là câu trả lời.')
  })

  it('is opened and put into the queue by asking for a person, in one', async () => {
    const talk = closed()
    const decided = await talk.hear(CHOICE.officer, handoff)
    expect(talk.owner).toBe('waiting')
    const numbers = decided.effects.flatMap((effect) => (effect.kind === 'episode_began' ? [effect.number] : []))
    expect(new Set(numbers).size).toBe(numbers.length)
    expect(replies(decided)).toHaveLength(1)
  })
})

describe('a choice by its number', () => {
  it.each(['2', ' 2', '2.', '2)'])('%j is the second', async (said) => {
    const talk = new Talk()
    await talk.hear('một')
    await talk.hear(said)
    expect(talk.asked.at(-1)?.text).toBe(CHOICE.officer)
  })

  it.each(['0', '3', '99', '2 cái', '-2', '²'])('%j is none', async (said) => {
    const talk = new Talk()
    await talk.hear('một')
    await talk.hear(said)
    expect(talk.asked.at(-1)?.text).toBe(said)
  })
})

describe('the memory', () => {
  it('counts replies in a row that knew nothing', () => {
    const then = (unsureBefore: number, reply: Outcome) => afterReply({ ...newDialogue(), unsure: unsureBefore }, 'x', null, reply).unsure
    expect([then(0, unsure), then(1, unsure), then(1, answered), then(1, handoff)]).toEqual([1, 2, 1, 1])
    expect([then(1, outcome('clarify', '')), then(1, outcome('first_aid', '')), then(1, outcome('abstained', '', { reason: 'field' }))]).toEqual([
      0, 0, 0,
    ])
  })

  it('that is damaged is not read', () => {
    for (const damaged of [{}, { ...newDialogue(), unsure: -1 }, { ...newDialogue(), audience: 'judge' }, { ...newDialogue(), questions: [1] }])
      expect(dialogueSchema.safeParse(damaged).success).toBe(false)
  })
})
