/** Somebody asks for a quiz in a chat: recognised as a whole message only, answered with addresses, and never while an officer is talking to them. */
import { describe, expect, it } from 'vitest'
import { decide, newConversation, type Situation } from '../../../bot/conversation/decide.ts'
import { DEFAULT_OWNER_RULES, step } from '../../../bot/conversation/owner.ts'
import { requestIn } from '../../../bot/conversation/requests.ts'
import { quizLinks } from '../../../bot/main/quizzes.ts'
import { QUIZ_CHAT } from '../../../bot/wording/quiz.ts'
import { loadQuizzes } from '../../../knowledge/quizzes.ts'
import { ALL_ON } from '../situation.ts'

const NOW = Date.UTC(2026, 10, 28, 3)
const kindOf = (text: string) => requestIn(text, [])?.kind

async function said(situation: Situation, taken = false) {
  const fresh = newConversation(NOW)
  const officer = step(fresh.ownership, { kind: 'officer_took', officer: { id: 'lan', name: 'Lan' } }, NOW, DEFAULT_OWNER_RULES)
  const conversation = taken && 'ownership' in officer ? { ...fresh, ownership: officer.ownership } : fresh
  const message = { id: 'm1', content: { kind: 'text' as const, text: 'trắc nghiệm', masked: false }, receivedAt: NOW }
  const decided = await decide({ conversation, message, now: NOW, situation }, () => expect.unreachable('the answering steps were asked'))
  const sent = decided.effects.find((effect) => effect.kind === 'send')
  return { decision: decided.decision, text: sent?.kind === 'send' && 'text' in sent.outgoing ? sent.outgoing.text : '' }
}

describe('a wish for a quiz', () => {
  it.each([
    'trắc nghiệm',
    'Trắc nghiệm',
    'trac nghiem',
    'làm trắc nghiệm',
    'tôi muốn làm trắc nghiệm',
    'cho em làm bài trắc nghiệm nhé',
    '/tracnghiem',
  ])('is recognised: %s', (text) => expect(kindOf(text)).toBe('quizzes'))

  it.each([
    'tôi mua sách trắc nghiệm bị thiếu trang',
    'bài trắc nghiệm của con tôi mua trên mạng bị lỗi',
    'nghiệm',
    'shop bảo tôi làm trắc nghiệm',
    'trắc nghiệm tâm lý thu phí có đúng luật không',
  ])('is not taken out of a story: %s', (text) => expect(kindOf(text)).toBeUndefined())

  it('is answered with every quiz for sellers and buyers and its address, none for officers', async () => {
    const quizzes = quizLinks('https://antam.example.vn/') ?? expect.unreachable('no links')
    const { decision, text } = await said({ ...ALL_ON, quizzes })
    expect(decision).toMatchObject({ kind: 'service', reason: 'quizzes' })
    for (const { id, audience } of loadQuizzes().values())
      expect([id, text.includes(`https://antam.example.vn/trac-nghiem/${id}`)]).toEqual([id, audience !== 'officer'])
  })

  it('is told where to go where nobody outside could follow an address', async () => {
    expect(quizLinks(undefined)).toBeUndefined()
    expect((await said(ALL_ON)).text).toContain(QUIZ_CHAT.noAddress)
  })

  it('is left to the officer who is talking to them', async () => {
    expect((await said(ALL_ON, true)).decision).toEqual({ kind: 'for_staff' })
  })
})
