import { beforeAll, describe, expect, it } from 'vitest'
import { answer } from '../../bot/answer/answer.ts'
import type { Tools } from '../../bot/answer/turn.ts'
import { asksForVerbatim } from '../../bot/answer/verbatim.ts'
import type { Assistant } from '../../bot/main/assistant.ts'
import { CHOICE, SAY } from '../../bot/wording/vi.ts'
import type { LawText } from '../../knowledge/ingest/law-text.ts'
import { withPublished } from '../../knowledge/overlay.ts'
import { openReal, renderText, TODAY } from './open.ts'

let assistant: Assistant
let taken: Tools
beforeAll(async () => {
  assistant = await openReal()
  taken = { ...assistant.tools, library: withPublished(assistant.library, [{ law: LAW, sha256: '0'.repeat(64) }]) }
}, 120_000)

/** An invented wording of one real place: our restatement of it was written from another. */
const LAW: LawText = {
  header: { number: '19/2023/QH15', kind: 'luật', title: 'Luật Bảo vệ quyền lợi người tiêu dùng', inForceFrom: '2024-07-01' },
  articles: [
    {
      ...{ number: '38', heading: 'Giao kết hợp đồng trong giao dịch từ xa', place: [], text: '', points: [] },
      clauses: [{ number: '3', text: 'Chữ của luật ở khoản này:', points: [{ letter: 'b', text: 'chữ của luật ở điểm này.' }] }],
    },
  ],
  ...{ sections: [], appendices: [], oddities: [], others: [] },
}
const QUESTION = 'shop trên mạng giao hàng không giống hình, tôi trả lại được không'
const ask = (tools: Tools, text: string, previous: readonly string[] = []) => answer({ text, asOf: TODAY, previous }, tools)

describe('the law’s own words', () => {
  it('are offered where they are at hand, and only there', async () => {
    expect((await ask(taken, QUESTION)).choices).toContain(CHOICE.verbatim)
    expect((await ask(assistant.tools, QUESTION)).choices).not.toContain(CHOICE.verbatim)
  })

  it.each([CHOICE.verbatim, 'cho em xem nguyên văn với', 'xem nguyen van'])(
    'are shown to who says “%s”, with the place they stand in',
    async (wish) => {
      const outcome = await ask(taken, wish, [QUESTION])
      expect(outcome.kind).toBe('answered')
      const text = renderText(outcome)
      expect(text).toContain('khoản 3 Điều 38 Luật Bảo vệ quyền lợi người tiêu dùng (19/2023/QH15): 3. Chữ của luật ở khoản này:')
      expect(text).toContain('b) chữ của luật ở điểm này.')
    },
  )

  it('are shown again when asked for again, and a follow-up still leans on the question before', async () => {
    expect((await ask(taken, CHOICE.verbatim, [QUESTION, CHOICE.verbatim])).kind).toBe('answered')
    const leaning = 'thế bao nhiêu ngày'
    expect(renderText(await ask(taken, leaning, [QUESTION, CHOICE.verbatim]))).toBe(renderText(await ask(taken, leaning, [QUESTION])))
  })

  it('a sentence says that they are not at hand', async () => {
    const outcome = await ask(assistant.tools, CHOICE.verbatim, [QUESTION])
    expect([outcome.kind, renderText(outcome)]).toEqual(['service', SAY.noVerbatim])
  })

  it('are not meant by who tells a story or asks a question', () => {
    for (const text of ['họ gửi nguyên văn tin nhắn đe dọa tôi thì báo ai', 'nguyên văn là gì', 'xem giúp tôi hóa đơn này', ''])
      expect([text, asksForVerbatim(text)]).toEqual([text, false])
  })
})
