/** Where telling a complaint meets the conversation: what is answered first, and what is committed. */
import { describe, expect, it } from 'vitest'
import { type Outcome, plain, type Unanswered } from '../../../bot/answer/outcome.ts'
import type { Asked } from '../../../bot/answer/turn.ts'
import { type Conversation, type Decided, decide, newConversation, type Situation } from '../../../bot/conversation/decide.ts'
import { dialogueSchema } from '../../../bot/conversation/dialogue.ts'
import { DEFAULT_OWNER_RULES, step } from '../../../bot/conversation/owner.ts'
import type { Content } from '../../../bot/delivery/message.ts'
import { COMPLAINT_CHOICE, INTAKE } from '../../../bot/wording/complaint.ts'
import { CHOICE } from '../../../bot/wording/vi.ts'
import { ALL_ON } from '../situation.ts'
import { plainGuide } from './guide.ts'

const NOW = Date.UTC(2026, 10, 26, 3)
const SITUATION: Situation = { ...ALL_ON, intake: { guide: plainGuide, newCase: 'GL26-AAA-BBB' } }
const STORY = 'Mua áo respondent=ShopHoa goods=áo trên mạng giao không giống ảnh, shop không cho trả'

function outcome(kind: Unanswered['kind'], text: string, reason = 'test'): Outcome {
  return { kind, reason, citations: [], choices: [], sections: [{ kind: 'answer', heading: '', lines: [plain(text)] }] }
}
const complaint = outcome('complaint', 'khiếu nại')
const answered = outcome('abstained', 'Luật nói thế này.')

class Talk {
  conversation: Conversation = newConversation(NOW)
  readonly asked: string[] = []
  #messages = 0

  async hear(said: string | Content, reply: Outcome = answered, situation = SITUATION): Promise<Decided> {
    const content: Content = typeof said === 'string' ? { kind: 'text', text: said, masked: false } : said
    this.#messages++
    const message = { id: `m${this.#messages}`, content, receivedAt: NOW }
    const answer = async ({ text }: Asked) => {
      this.asked.push(text)
      return reply
    }
    const decided = await decide({ conversation: this.conversation, message, now: NOW, situation }, answer)
    // As it is stored and read back between two messages.
    const dialogue = dialogueSchema.parse(JSON.parse(JSON.stringify(decided.nextState.dialogue)))
    this.conversation = { version: this.conversation.version + 1, ...decided.nextState, dialogue }
    return decided
  }

  get draft() {
    return this.conversation.dialogue.complaint
  }
}

function wordsOf({ effects }: Decided): string {
  return effects.flatMap((effect) => (effect.kind === 'send' && effect.outgoing.kind === 'reply' ? [effect.outgoing.text] : [])).join('\n---\n')
}

async function begun(): Promise<Talk> {
  const talk = new Talk()
  await talk.hear(STORY)
  await talk.hear(CHOICE.complain, complaint)
  return talk
}

describe('the wish to complain', () => {
  it('begins with the story that was told before', async () => {
    const talk = new Talk()
    await talk.hear(STORY)
    const decided = await talk.hear(CHOICE.complain, complaint)
    expect(decided.decision).toMatchObject({ kind: 'complaint', reason: 'facts' })
    expect(wordsOf(decided)).toContain(INTAKE.begin)
    expect(talk.draft).toMatchObject({ story: STORY, asked: ['amount'] })
  })

  it('asks for the story where nothing was told', async () => {
    const talk = new Talk()
    await talk.hear('chào', outcome('service', 'Chào bạn'))
    expect(wordsOf(await talk.hear(CHOICE.complain, complaint))).toContain(INTAKE.tell)
  })

  it('is answered as before where complaints cannot be taken', async () => {
    const { decision } = await new Talk().hear(CHOICE.complain, complaint, ALL_ON)
    expect(decision).toEqual(complaint)
  })
})

describe('while it is told', () => {
  it('replies go to the draft, whatever the answering steps would have said of them', async () => {
    const talk = await begun()
    const decided = await talk.hear('amount=5000')
    expect([decided.decision.kind, talk.draft?.facts.amount?.value]).toEqual(['complaint', 5_000])
  })

  it('somebody who is being cheated is helped first; what they told is kept, and waits', async () => {
    const talk = await begun()
    const decided = await talk.hear('amount=7000 trời ơi tôi vừa chuyển thêm tiền cho nó xong thì nó chặn', outcome('first_aid', 'Ngừng lại ngay'))
    expect([decided.decision.kind, wordsOf(decided).includes('Ngừng lại ngay')]).toEqual(['first_aid', true])
    expect(wordsOf(decided)).toContain(INTAKE.storyKept)
    expect(talk.draft).toMatchObject({ paused: true, facts: { amount: { value: 7_000 } } })
  })

  it('a reply in words of a scam does not interrupt: only what leaves no doubt does', async () => {
    const talk = await begun()
    expect((await talk.hear('không biết, xưng là trung tâm Đông y', outcome('first_aid', 'Ngừng lại ngay'))).decision.kind).toBe('complaint')
  })

  it('who answers with their name and number is not interrupted, however long it is; only a story beside it is heard first', async () => {
    const firstAid = outcome('first_aid', 'Ngừng lại ngay')
    const talk = await begun()
    await talk.hear('amount=5000')
    const reply = 'lấy lại tiền cho tôi là được, name=Nguyễn phone=0905123456 commune=Pleiku, gọi giờ nào cũng được hết'
    expect((await talk.hear(reply, firstAid)).decision.kind).toBe('complaint')
    const other = await begun()
    await other.hear('amount=5000')
    const story =
      'tôi tên name=Lan, mà giờ có người cứ gọi điện tới hoài, biểu tôi ra ngân hàng ngồi chờ họ, tôi run quá không biết tính sao nữa các cô ơi'
    expect((await other.hear(story, firstAid)).decision.kind).toBe('first_aid')
  })

  it('words of agreeing interrupt nothing, clear or not', async () => {
    const talk = await begun()
    while (talk.draft?.stage !== 'consent') await talk.hear(COMPLAINT_CHOICE.skip)
    const decided = await talk.hear('ừa tui đồng ý cả hai', outcome('first_aid', 'Ngừng lại ngay'))
    expect([decided.decision.kind, wordsOf(decided).includes(INTAKE.consentUnclear)]).toEqual(['complaint', true])
  })

  it('an answer is judged by its own words, a question together with what was asked before', async () => {
    const talk = await begun()
    const seen: (readonly string[])[] = []
    const decideWith = async (text: string) => {
      const message = { id: `x${seen.length}`, content: { kind: 'text' as const, text, masked: false }, receivedAt: NOW }
      await decide({ conversation: talk.conversation, message, now: NOW, situation: SITUATION }, async ({ previous = [] }) => {
        seen.push(previous)
        return answered
      })
    }
    await decideWith('trả tiền lại cho em')
    await decideWith('bảo hành tính từ ngày nào?')
    expect(seen).toEqual([[], [STORY]])
  })

  it('a command, an agreement, the words that confirm are what they are, whatever the story before them sounds like', async () => {
    const [talk, firstAid] = [await begun(), outcome('first_aid', 'Ngừng lại ngay')]
    while (talk.draft?.stage !== 'consent') await talk.hear(COMPLAINT_CHOICE.skip)
    const said = ['Đồng ý cả bốn việc', 'để sau', COMPLAINT_CHOICE.resume, COMPLAINT_CHOICE.confirm]
    const kinds: string[] = []
    for (const words of said) kinds.push((await talk.hear(words, firstAid)).decision.kind)
    expect([kinds, talk.draft]).toEqual([said.map(() => 'complaint'), null])
  })

  it.each(['muốn chết quá', 'tôi không muốn sống nữa'])('%o is heard at once, however short, and is no fact of anything', async (words) => {
    const talk = await begun()
    const before = talk.draft
    const decided = await talk.hear(words, outcome('first_aid', 'Tôi nghe bạn', 'distress'))
    expect([wordsOf(decided), talk.draft]).toEqual(['Tôi nghe bạn', before])
  })

  it('who asks for a person gets into the queue, and the draft stays', async () => {
    const talk = await begun()
    const decided = await talk.hear(CHOICE.officer, outcome('handoff', ''))
    expect([decided.nextState.ownership.owner, talk.draft?.asked]).toEqual(['waiting', ['amount']])
  })

  it('a question is answered, and then it is asked again what stood open', async () => {
    const talk = await begun()
    const decided = await talk.hear('bảo hành tính từ ngày nào?')
    expect(wordsOf(decided)).toMatch(/Luật nói thế này\.[\s\S]*Trở lại hồ sơ[\s\S]*Bạn trả bao nhiêu tiền/)
    expect(wordsOf(await talk.hear('sao phải cho số điện thoại?'))).toMatch(/gọi lại khi thiếu điều gì[\s\S]*Bạn trả bao nhiêu tiền/)
    expect(talk.draft?.asked).toEqual(['amount'])
  })

  it('the answer that stands before a question is taken, and not asked for again', async () => {
    const talk = await begun()
    const decided = await talk.hear('amount=5000 đó chị. Bảo hành tính từ ngày nào?')
    expect(wordsOf(decided)).toMatch(/Luật nói thế này\.[\s\S]*số nào gọi lại được/)
    expect(talk.draft?.facts.amount?.value).toBe(5000)
  })

  it('an answer that sounds like a wish to complain is an answer', async () => {
    const talk = await begun()
    await talk.hear('tôi đòi bồi thường, hết amount=5000', complaint)
    expect([talk.draft?.facts.amount?.value, talk.draft?.stage]).toEqual([5000, 'contact'])
  })

  it('an officer who has the conversation hears it, and the draft stands still', async () => {
    const talk = await begun()
    const took = step(talk.conversation.ownership, { kind: 'officer_took', officer: { id: 'lan', name: 'Lan' } }, NOW, DEFAULT_OWNER_RULES)
    if ('refused' in took) throw new Error(took.refused)
    talk.conversation = { ...talk.conversation, ownership: took.ownership }
    const before = talk.draft
    expect((await talk.hear('amount=5000')).decision).toEqual({ kind: 'for_staff' })
    expect(talk.draft).toEqual(before)
  })

  it('put aside, other messages are answered as ever, until it is gone on with', async () => {
    const talk = await begun()
    await talk.hear('để sau')
    expect((await talk.hear('bảo hành bao lâu')).decision).toEqual(answered)
    await talk.hear('tiếp tục hồ sơ')
    expect(talk.draft?.asked).toEqual(['amount'])
  })

  it('the wish to complain, said again, is no new draft and no story', async () => {
    const talk = await begun()
    const before = talk.draft
    expect(wordsOf(await talk.hear(CHOICE.complain, complaint))).toContain(INTAKE.goOn)
    expect(talk.draft).toEqual(before)
  })

  it('what was put aside is never overwritten: which one is asked', async () => {
    const talk = await begun()
    await talk.hear('để sau')
    const decided = await talk.hear(CHOICE.complain, complaint)
    expect(wordsOf(decided)).toContain('áo, ShopHoa')
    expect(talk.draft?.story).toBe(STORY)
    await talk.hear(COMPLAINT_CHOICE.fresh)
    expect(talk.draft?.story).toBe('')
  })

  it('there is nothing to go on with where nothing was begun', async () => {
    expect(wordsOf(await new Talk().hear('tiếp tục hồ sơ'))).toBe(INTAKE.nothingToResume)
  })

  it('a file is kept with it', async () => {
    const talk = await begun()
    await talk.hear({ kind: 'attachment', attachment: 'tep-1', mime: 'image/png', size: 1, caption: '', masked: false })
    expect(talk.draft?.evidence).toEqual([{ attachment: 'tep-1', caption: '', clear: null }])
  })
})

describe('a number', () => {
  it('means the purposes at consent, and never confirms', async () => {
    const talk = await begun()
    for (const said of ['amount=5000', 'name=Lan phone=09 commune=Pleiku', '1']) await talk.hear(said)
    expect(talk.draft).toMatchObject({ stage: 'summary', consents: [{ purpose: 'handle' }] })
    for (const number of ['1', '2', '3']) {
      const decided = await talk.hear(number)
      expect(decided.effects.map(({ kind }) => kind)).not.toContain('complaint_confirmed')
      if (!talk.draft) break
    }
  })
})

describe('a confirmation', () => {
  it('is committed together with the reply that names the case', async () => {
    const talk = await begun()
    for (const said of ['amount=5000', 'name=Lan phone=09 commune=Pleiku', '1 2']) await talk.hear(said)
    const decided = await talk.hear(COMPLAINT_CHOICE.confirm)
    expect(decided.effects.map(({ kind }) => kind)).toEqual(['complaint_confirmed', 'send'])
    expect([wordsOf(decided).includes('GL26-AAA-BBB'), talk.draft]).toEqual([true, null])
  })

  it('is told of when somebody asks how far it is', async () => {
    const cases = [
      {
        number: 'GL26-AAA-BBB',
        confirmedAt: NOW,
        issue: 'Hàng không giống quảng cáo',
        status: 'confirmed' as const,
        ...{ about: '', purposes: [], held: false },
      },
    ]
    const asked = await new Talk().hear('hồ sơ tới đâu rồi', outcome('service', 'chưa tra được', 'case_status'), { ...SITUATION, cases })
    expect(wordsOf(asked)).toMatch(/GL26-AAA-BBB, nộp ngày 26\/11\/2026, Hàng không giống quảng cáo: Hội đã nhận/)
  })
})

describe('which matter it is', () => {
  const GIA = { id: 'hang-gia', title: 'Hàng giả, hàng nhái' }
  const LUA = { id: 'lua', title: 'Vừa chuyển tiền, đang bị lừa', urgent: true }
  const matters = { isClear: () => false, likeliest: () => [GIA, LUA], groups: [{ id: 'nhom', title: 'Nhóm', issues: [GIA, LUA] }] }
  const asks: Situation = { ...SITUATION, intake: { guide: { ...plainGuide, matters }, newCase: 'GL26-AAA-BBB' } }
  const asked = async () => {
    const talk = new Talk()
    await talk.hear(STORY, answered, asks)
    await talk.hear(CHOICE.complain, complaint, asks)
    return talk
  }

  it.each([['1'], ['Hàng giả, hàng nhái'], ['hang gia hang nhai']])('%o is that matter, and asked of nobody else', async (words) => {
    const talk = await asked()
    const before = talk.asked.length
    await talk.hear(words, complaint, asks)
    expect([talk.draft?.matter.chosen, talk.asked.length]).toEqual(['hang-gia', before])
  })

  it('words near it are that matter, whatever wish they sound like', async () => {
    const talk = await asked()
    await talk.hear('hàng giả', complaint, asks)
    expect(talk.draft?.matter.chosen).toBe('hang-gia')
  })

  it('money on its way: first aid at once, the choice is kept, the draft waits', async () => {
    const talk = await asked()
    const decided = await talk.hear(LUA.title, outcome('first_aid', 'Gọi ngân hàng.', 'scam'), asks)
    expect(wordsOf(decided)).toContain('Gọi ngân hàng.')
    expect([talk.draft?.matter.chosen, talk.draft?.paused]).toEqual(['lua', true])
  })

  it('despair in words near a choice is heard, and is no choice', async () => {
    const talk = await asked()
    const decided = await talk.hear('hàng giả', outcome('first_aid', 'Gọi ngay cho người thân.', 'distress'), asks)
    expect([wordsOf(decided).includes('Gọi ngay cho người thân.'), talk.draft?.matter.chosen]).toEqual([true, null])
  })
})
