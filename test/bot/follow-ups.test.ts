import { beforeAll, describe, expect, it } from 'vitest'
import type { Outcome } from '../../bot/answer/outcome.ts'
import type { Asked } from '../../bot/answer/turn.ts'
import { type Conversation, type Decision, decide, type Message, newConversation } from '../../bot/conversation/decide.ts'
import type { Content } from '../../bot/delivery/message.ts'
import type { Assistant } from '../../bot/main/assistant.ts'
import { asker, faultsOf, named, openReal } from './open.ts'
import { ALL_ON } from './situation.ts'

let assistant: Assistant
const ask = asker(() => assistant)
const NOW = Date.parse('2026-11-23T03:00:00Z')
const SITUATION = ALL_ON

beforeAll(async () => {
  assistant = await openReal()
})

/** Words as written, or a choice as tapped. */
type Said = string | { readonly choice: string }

function contentOf(said: Said): Content {
  return typeof said === 'string' ? { kind: 'text', text: said, masked: false } : { kind: 'choice', text: said.choice }
}

function messageOf(said: Said, id = 'm', receivedAt = NOW): Message {
  return { id, content: contentOf(said), receivedAt }
}

type Answer = (asked: Asked) => Promise<Outcome>

/** @returns the conversation after one more message, and what was decided about it. */
async function next(conversation: Conversation, message: Message, answer: Answer): Promise<{ decision: Decision; state: Conversation }> {
  const { decision, nextState } = await decide({ conversation, message, now: message.receivedAt, situation: SITUATION }, answer)
  return { decision, state: { version: conversation.version + 1, ...nextState } }
}

/** A dialogue with the real assistant; each message is what the person wrote. */
async function dialogue(...messages: Said[]): Promise<{ outcomes: Outcome[]; state: Conversation }> {
  let state = newConversation(NOW)
  const outcomes: Outcome[] = []
  for (const [i, said] of messages.entries()) {
    const { decision, state: after } = await next(state, messageOf(said, `m${i}`), (asked) => assistant.answer(asked))
    if (!('choices' in decision)) throw new Error(decision.kind)
    outcomes.push(decision)
    state = after
  }
  return { outcomes, state }
}

const articles = (outcome: Outcome | undefined) => new Set(outcome?.citations.map((c) => `${c.pointer.document}#${c.pointer.article}`))

describe('a question that leans on the one before', () => {
  it.each([
    ['mua máy giặt bảo hành 3 lần vẫn hỏng thì sao', 'thế ai chịu tiền chở máy đi?', '19/2023/QH15#30'],
    ['gửi yêu cầu thương lượng cho người bán thì sao', 'thế bao nhiêu ngày?', '19/2023/QH15#57'],
    ['mua máy giặt bảo hành 3 lần vẫn hỏng thì sao', 'con tien cho may di ai chiu?', '19/2023/QH15#30'],
    ['khởi kiện shop ra tòa thì cần làm gì', 'vậy có phải đóng án phí trước không?', '19/2023/QH15#71'],
  ])('%s → %s', async (first, second, article) => {
    const { outcomes } = await dialogue(first, second)
    expect(
      outcomes.map((o) => o.kind),
      outcomes.map(named).join(' → '),
    ).toEqual(['answered', 'answered'])
    expect([...articles(outcomes[1])]).toContain(article)
  })

  it('means something else without it', async () => {
    const alone = await ask('thế bao nhiêu ngày?')
    const after = await ask('thế bao nhiêu ngày?', { previous: ['gửi yêu cầu thương lượng cho người bán thì sao'] })
    expect(named(after)).not.toBe(named(alone))
  })

  it('forgets the one before when the new question stands alone', async () => {
    const text = 'mua sữa cho con ở siêu thị về tới nhà mới thấy hết hạn sử dụng hai ngày, siêu thị chỉ chịu đổi hộp khác'
    expect(await ask(text, { previous: ['khởi kiện shop ra tòa thì cần làm gì'] })).toEqual(await ask(text))
  })
})

describe('choices', () => {
  it('may be taken by number, in several spellings', async () => {
    for (const said of ['2', '2.', '2)', ' 2 ']) {
      const { outcomes } = await dialogue('Điều 38', said)
      expect([...articles(outcomes[1])], said).toEqual(['122/2025/QH15#38'])
    }
  })

  it('may be tapped', async () => {
    const { outcomes } = await dialogue('Điều 38', { choice: 'Điều 38 Luật Bảo vệ quyền lợi người tiêu dùng' })
    expect([...articles(outcomes[1])]).toEqual(['19/2023/QH15#38'])
  })

  it('lead from an answer to a complaint and to a person', async () => {
    const { outcomes } = await dialogue('mua máy giặt bảo hành 3 lần vẫn hỏng thì sao', '1', 'mua máy giặt bảo hành 3 lần vẫn hỏng thì sao', '2')
    expect(outcomes.map((o) => o.kind)).toEqual(['answered', 'complaint', 'answered', 'handoff'])
  })

  it('that do not exist leave the number as it was written', async () => {
    const { outcomes } = await dialogue('Điều 38', '9')
    expect(named(outcomes[1] as Outcome)).toBe('clarify:no_words')
  })

  it('all lead somewhere: nothing that is offered fails', async () => {
    for (const first of ['xin chào', 'Điều 38', 'mua máy giặt bảo hành 3 lần vẫn hỏng thì sao', 'tôi muốn khiếu nại', 'cho em gặp cán bộ', '😭'])
      for (const choice of (await dialogue(first)).outcomes[0]?.choices ?? []) {
        const { outcomes } = await dialogue(first, { choice })
        expect(faultsOf(outcomes[1] as Outcome), `${first} → ${choice}`).toEqual([])
        expect(['abstained', 'failed'], `${first} → ${choice}`).not.toContain(outcomes[1]?.kind)
      }
  })
})

describe('who asks', () => {
  it('is chosen once and holds for the dialogue', async () => {
    const { outcomes, state } = await dialogue('xin chào', 'Tôi bán hàng', 'hàng bị lỗi thì sao')
    expect(outcomes.map(named).slice(0, 2)).toEqual(['service:greeting', 'service:audience'])
    expect(state.dialogue.audience).toBe('seller')
    expect((await dialogue('xin chào', '3', 'Tôi bán hàng')).state.dialogue.audience).toBe('seller')
    expect((await dialogue('Tôi bán hàng', 'Tôi mua hàng')).state.dialogue.audience).toBe('consumer')
  })

  it('is not guessed from a greeting', async () => {
    expect((await dialogue('xin chào')).state.dialogue.audience).toBeNull()
  })
})

describe('decide()', () => {
  /** Answers as told and remembers what it was asked. */
  function stub(...outcomes: Pick<Outcome, 'kind' | 'choices'>[]) {
    const asked: Asked[] = []
    const answer = async (question: Asked) => {
      asked.push(question)
      const { kind, choices } = outcomes[asked.length - 1] ?? { kind: 'answered', choices: [] }
      return { kind, choices, sections: [], citations: [], reason: 'stub' } as unknown as Outcome
    }
    return { asked, answer }
  }
  const said = (kind: Outcome['kind'], ...choices: string[]) => ({ kind, choices })

  async function run(answer: Answer, ...said: Said[]) {
    const states = [newConversation(NOW)]
    for (const [i, one] of said.entries()) states.push((await next(states[i] as Conversation, messageOf(one, String(i)), answer)).state)
    return states
  }

  it('changes nothing that it was given', async () => {
    const before = newConversation(NOW)
    Object.freeze(before.dialogue)
    Object.freeze(before.ownership)
    await next(Object.freeze(before), messageOf('một'), stub().answer)
    expect(before).toEqual(newConversation(NOW))
  })

  it('asks for clarity at most once in a row', async () => {
    const { asked, answer } = stub(said('clarify', 'x'), said('clarify'), said('answered'), said('clarify'))
    const states = await run(answer, 'a', 'b', 'c', 'd')
    expect(asked.map((a) => a.clarified)).toEqual([false, true, true, false])
    expect(states.map((s) => s.dialogue.clarified)).toEqual([false, true, true, false, true])
  })

  it('remembers the last three questions, not the greetings between them', async () => {
    const { asked, answer } = stub(
      said('answered'),
      said('service'),
      said('abstained'),
      said('first_aid'),
      said('handoff'),
      said('clarify'),
      said('answered'),
    )
    await run(answer, 'q1', 'chào', 'q2', 'q3', 'gặp cán bộ', 'q4', 'q5')
    expect(asked.map((a) => a.previous)).toEqual([[], ['q1'], ['q1'], ['q1', 'q2'], ['q1', 'q2', 'q3'], ['q1', 'q2', 'q3'], ['q2', 'q3', 'q4']])
  })

  it('knows the day in Vietnam, where it is tomorrow earlier, by when the message came', async () => {
    const { asked, answer } = stub()
    for (const at of ['2026-06-30T16:59:59Z', '2026-06-30T17:00:00Z']) {
      const message = messageOf('x', 'm', Date.parse(at))
      await decide({ conversation: newConversation(NOW), message, now: NOW, situation: SITUATION }, answer)
    }
    expect(asked.map((a) => a.asOf)).toEqual(['2026-06-30', '2026-07-01'])
  })

  it('reads a number only against the choices of the last reply', async () => {
    const { asked, answer } = stub(said('clarify', 'một', 'hai'), said('answered'), said('answered'))
    await run(answer, 'x', '2', '2')
    expect(asked.map((a) => a.text)).toEqual(['x', 'hai', '2'])
  })

  it('takes a message without words as an empty one', async () => {
    const { outcomes } = await dialogue('')
    expect(outcomes[0]?.kind).toBe('clarify')
  })
})
