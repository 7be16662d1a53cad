/** What the person of a case says of it in the chat, as `decide` understands it, with the cases in memory. */
import { describe, expect, it } from 'vitest'
import { type Outcome, plain } from '../../../bot/answer/outcome.ts'
import { CaseBook } from '../../../bot/case/book.ts'
import { newCaseNumber } from '../../../bot/case/number.ts'
import { type ConfirmedComplaint, confirm } from '../../../bot/complaint/confirmed.ts'
import { PURPOSES } from '../../../bot/complaint/consent.ts'
import { newDraft } from '../../../bot/complaint/draft.ts'
import { guessIn } from '../../../bot/conversation/case-requests.ts'
import { type Conversation, type Decided, decide, newConversation } from '../../../bot/conversation/decide.ts'
import { dialogueSchema } from '../../../bot/conversation/dialogue.ts'
import type { Change } from '../../../bot/conversation/effects.ts'
import type { Content } from '../../../bot/delivery/message.ts'
import { CASE_CHOICE, CASES, DISSATISFIED_WHY } from '../../../bot/wording/cases.ts'
import { COMPLAINT_CHOICE } from '../../../bot/wording/complaint.ts'
import { plainGuide } from '../complaint/guide.ts'
import { ALL_ON } from '../situation.ts'

const NOW = Date.UTC(2026, 10, 26, 3)
const numberOf = (seed: number) => newCaseNumber(new Uint8Array(8).fill(seed), 2026)
const N = numberOf(1)
const from = { words: '', message: 'm' }

function complaint(number: string, goods = 'áo khoác'): ConfirmedComplaint {
  const consents = PURPOSES.map((purpose) => ({ purpose, version: '1', at: NOW, message: 'm' }))
  const facts = { goods: { value: goods, from }, respondent: { value: 'shop Hoa', from }, phone: { value: '0905 123 456', from } }
  const draft = { ...newDraft('chuyện', NOW), stage: 'summary' as const, consents, facts }
  const confirmation = { caseNumber: number, issueTitle: 'Hàng không giống', missing: [], route: [], message: 'm', now: NOW }
  return confirm(draft, confirmation) ?? expect.unreachable('not confirmed')
}

const nothing: Outcome = {
  kind: 'abstained',
  reason: 'outside',
  sections: [{ kind: 'answer', heading: '', lines: [plain('không biết')] }],
  choices: [],
  citations: [],
}
const aid = (reason: string): Outcome => ({
  ...nothing,
  kind: 'first_aid',
  reason,
  sections: [{ kind: 'urgent', heading: '', lines: [plain('NGỪNG LẠI')] }],
})
const photo = (id: string, caption = ''): Content => ({ kind: 'attachment', attachment: id, mime: 'image/png', size: 1, caption, masked: false })

class Talk {
  conversation: Conversation = newConversation(NOW)
  #messages = 0
  constructor(
    readonly book: CaseBook,
    readonly name: string,
  ) {}

  async hear(said: string | Content, reply: Outcome = nothing): Promise<Decided> {
    const content: Content = typeof said === 'string' ? { kind: 'text', text: said, masked: false } : said
    const words = typeof said === 'string' ? said : ''
    const guess = guessIn(words, this.conversation.dialogue.about)
    const situation = {
      ...{ ...ALL_ON, intake: { guide: plainGuide, newCase: numberOf(99) }, cases: this.book.own(this.name), openCases: this.book.open(this.name) },
      ...(guess ? { lookedUp: this.book.lookUp({ ...guess, conversation: this.name }, NOW) } : {}),
    }
    const message = { id: `m${this.#messages++}`, content, receivedAt: NOW }
    const decided = await decide({ conversation: this.conversation, message, now: NOW, situation }, async () => reply)
    this.book.take(this.name, decided.effects)
    const dialogue = dialogueSchema.parse(JSON.parse(JSON.stringify(decided.nextState.dialogue)))
    this.conversation = { version: 1, ...decided.nextState, dialogue }
    return decided
  }

  async says(said: string | Content, reply: Outcome = nothing): Promise<string> {
    return wordsOf(await this.hear(said, reply))
  }

  get status() {
    return this.book.own(this.name).map(({ number, status }) => `${number} ${status}`)
  }
}

function wordsOf({ effects }: Decided): string {
  return effects.flatMap((effect) => (effect.kind === 'send' && effect.outgoing.kind === 'reply' ? [effect.outgoing.text] : [])).join('\n')
}
const changesOf = ({ effects }: Decided): readonly Change[] => effects.filter(({ kind }) => kind !== 'send')

function own(...numbers: readonly string[]): Talk {
  const book = new CaseBook()
  for (const [i, number] of numbers.entries()) book.take('lan', [{ kind: 'complaint_confirmed', complaint: complaint(number, `món ${i}`) }])
  return new Talk(book, 'lan')
}

describe('how far a case is', () => {
  it.each([
    'hồ sơ tới đâu rồi',
    'ho so cua toi den dau roi a',
    'cho em hỏi tình trạng hồ sơ',
    N,
    `hồ sơ ${N} sao rồi`,
    'đơn khiếu nại của tôi giải quyết chưa',
  ])('is told at once where it was told: %s', async (said) => {
    expect(await own(N).says(said)).toMatch(new RegExp(`${N}, nộp ngày 26/11/2026, Hàng không giống: Hội đã nhận`))
  })

  it.each(['tôi bị shop lừa, làm hồ sơ khiếu nại thế nào', 'hồ sơ vay tiền cần gì', 'đơn hàng tới đâu rồi', 'khiếu nại shopee mất bao lâu'])(
    'is not what a question about the law asks: %s',
    async (said) => {
      expect((await own(N).hear(said)).decision.kind).toBe('abstained')
    },
  )

  it('is told elsewhere against the number and the last four digits, and nothing else is', async () => {
    const stranger = new Talk(own(N).book, 'mai')
    expect(await stranger.says(`hồ sơ ${N} tới đâu rồi`)).toContain('bốn số cuối')
    const told = await stranger.says('3456')
    expect(told).toContain(N)
    expect(told).not.toMatch(/áo|Hoa|0905|Hàng không giống/)
    expect(await new Talk(stranger.book, 'kia').says(`${N} 3456`)).toContain('Hội đã nhận')
  })

  it('is one and the same sentence for a wrong number and for wrong digits, before and after the limit', async () => {
    const { book } = own(N)
    const replies = async (who: string, number: string) => {
      const said: string[] = []
      const talk = new Talk(book, who)
      for (let i = 0; i < 7; i++) said.push((await talk.says(`${number} 000${i}`)).replaceAll(number, 'SỐ'))
      return said
    }
    const [real, unreal] = [await replies('a', N), await replies('b', numberOf(7))]
    expect(real).toEqual(unreal)
    expect(real.slice(0, 5)).toEqual(Array(5).fill(CASES.noMatch))
    expect(real.slice(5)).toEqual(Array(2).fill(CASES.tooMany))
  })

  it('is not told even with the right digits once a case was guessed at five times, from wherever', async () => {
    const { book } = own(N)
    for (let i = 0; i < 5; i++) await new Talk(book, `stranger ${i}`).says(`${N} 000${i}`)
    expect(await new Talk(book, 'another').says(`${N} 3456`)).toBe(CASES.tooMany)
    expect(await new Talk(book, 'lan').says('hồ sơ tới đâu rồi')).toContain(N)
  })

  it('says what is wrong with a number that cannot be', async () => {
    expect(await own(N).says('hồ sơ GL26-123-456-78 tới đâu rồi')).toBe(CASES.wrongNumber)
  })
})

describe('adding', () => {
  it('keeps the words beside the record, with the facts read from them', async () => {
    const decided = await own(N).hear(`bổ sung hồ sơ ${N}: amount=5000`)
    expect(changesOf(decided)).toMatchObject([{ kind: 'case_added', number: N, story: 'amount=5000', facts: { amount: { value: 5000 } } }])
  })

  it('asks for the words where none came, and takes what follows', async () => {
    const talk = own(N)
    expect(await talk.says('tôi muốn bổ sung hồ sơ')).toContain('Bạn muốn bổ sung hay sửa điều gì')
    expect(changesOf(await talk.hear('shop vừa chặn số tôi'))).toMatchObject([{ kind: 'case_added', story: 'shop vừa chặn số tôi' }])
    expect(changesOf(await talk.hear('shop lại gọi'))).toEqual([])
  })

  it('lets go of it, and answers a question that comes instead', async () => {
    const talk = own(N)
    await talk.says('bổ sung hồ sơ')
    expect(changesOf(await talk.hear('thôi'))).toEqual([])
    await talk.says('sửa hồ sơ')
    expect((await talk.hear('bảo hành mấy tháng?')).decision.kind).toBe('abstained')
  })

  it('helps first where money is going out, and keeps no words of despair', async () => {
    const told = await own(N).hear('bổ sung hồ sơ: họ bắt tôi chuyển thêm', aid('scam'))
    expect([told.decision.kind, changesOf(told).length]).toEqual(['first_aid', 1])
    const despair = await own(N).hear('bổ sung hồ sơ: tôi không muốn sống nữa', aid('distress'))
    expect([despair.decision.kind, changesOf(despair).length]).toEqual(['first_aid', 0])
  })

  it('asks which of several, by number or by name', async () => {
    const talk = own(N, numberOf(2))
    const asked = await talk.hear('bổ sung hồ sơ: thêm ý')
    expect(asked.nextState.dialogue.choices).toHaveLength(2)
    expect(changesOf(await talk.hear('2'))).toMatchObject([{ kind: 'case_added', number: N, story: 'thêm ý' }])
  })

  it('is for its own conversation only', async () => {
    const stranger = new Talk(own(N).book, 'mai')
    for (const said of [`bổ sung hồ sơ ${N}: x`, `rút hồ sơ ${N}`, `rút đồng ý hồ sơ ${N}`, `xem lại hồ sơ ${N}`]) {
      const decided = await stranger.hear(said)
      expect([wordsOf(decided), changesOf(decided)]).toEqual([CASES.elsewhere, []])
    }
  })
})

describe('withdrawing', () => {
  it('happens by the very words only, never by a number', async () => {
    const talk = own(N)
    await talk.says('rút hồ sơ')
    for (const said of ['1', '2', 'ừ', 'đồng ý']) {
      expect(changesOf(await talk.hear(said))).toEqual([])
      await talk.says('rút hồ sơ')
    }
    await talk.says(CASE_CHOICE.withdraw)
    expect(talk.status).toEqual([`${N} closed`])
  })

  it('means nothing where nobody asked', async () => {
    const talk = own(N)
    const decided = await talk.hear(CASE_CHOICE.withdraw)
    expect([changesOf(decided), talk.status]).toEqual([[], [`${N} confirmed`]])
  })

  it('is undone by asking for the case to be looked at again', async () => {
    const talk = own(N)
    await talk.says('rút hồ sơ')
    await talk.says(CASE_CHOICE.withdraw)
    await talk.says('xem lại hồ sơ')
    expect(talk.status).toEqual([`${N} reopened`])
  })
})

describe('consents', () => {
  it('are listed as they stand, and end one by one', async () => {
    const talk = own(N)
    expect(await talk.says('rút đồng ý')).toMatch(/1\. Hội lưu[\s\S]*4\. Hội dùng/)
    expect(await talk.says('3 và 4')).toContain('có hiệu lực ngay')
    expect(talk.book.own('lan')[0]?.purposes).toEqual(['handle', 'authority'])
    expect(await talk.says('rút đồng ý')).not.toContain('3. ')
    expect(changesOf(await talk.hear('9'))).toEqual([])
  })

  it('without the first end the case, which is asked once more in words', async () => {
    const talk = own(N)
    await talk.says('rút đồng ý')
    expect(await talk.says('1')).toContain(CASE_CHOICE.withdraw)
    expect(talk.status).toEqual([`${N} confirmed`])
    await talk.says(CASE_CHOICE.withdraw)
    expect(talk.status).toEqual([`${N} closed`])
  })
})

describe('a file that comes later', () => {
  it('is asked for its case, then for papers, and only then added', async () => {
    const talk = own(N)
    expect((await talk.hear(photo('p1'))).nextState.dialogue.choices).toEqual([CASE_CHOICE.addTo(N), CASE_CHOICE.notForCase])
    expect(await talk.says(photo('p2', 'hóa đơn'))).toContain('2 ảnh, tệp')
    expect((await talk.hear('1')).nextState.dialogue.choices).toEqual([COMPLAINT_CHOICE.clear, COMPLAINT_CHOICE.papers])
    const evidence = [
      { attachment: 'p1', caption: '', clear: true },
      { attachment: 'p2', caption: 'hóa đơn', clear: true },
    ]
    expect(changesOf(await talk.hear('không có'))).toMatchObject([{ kind: 'case_added', number: N, evidence }])
  })

  it('that shows papers goes for good', async () => {
    const talk = own(N)
    for (const said of [photo('p1'), 'có']) await talk.hear(said)
    expect(changesOf(await talk.hear(COMPLAINT_CHOICE.papers))).toEqual([{ kind: 'evidence_discarded', attachment: 'p1' }])
  })

  it('is left alone where it belongs to no case, where nobody answers, and where there is no open case', async () => {
    const talk = own(N)
    await talk.hear(photo('p1'))
    expect(changesOf(await talk.hear(CASE_CHOICE.notForCase))).toEqual([])
    await talk.hear(photo('p2'))
    expect((await talk.hear('bảo hành mấy tháng?')).decision.kind).toBe('abstained')
    expect(wordsOf(await new Talk(new CaseBook(), 'mai').hear(photo('p3')))).not.toContain('hồ sơ của bạn à')
  })
})

describe('how it was', () => {
  it('is two taps, and the second may be left out', async () => {
    const talk = own(N)
    await talk.says('rút hồ sơ')
    await talk.says(CASE_CHOICE.withdraw)
    const rated = await talk.hear(CASE_CHOICE.dissatisfied)
    expect(changesOf(rated)).toMatchObject([{ kind: 'case_changed', event: { kind: 'rated', satisfied: false, why: '' } }])
    expect(changesOf(await talk.hear('2'))).toMatchObject([{ event: { kind: 'rated', satisfied: false, why: DISSATISFIED_WHY[1] } }])
  })

  it('is nothing where no case has ended', async () => {
    expect(changesOf(await own(N).hear(CASE_CHOICE.satisfied))).toEqual([])
  })
})
