/** Being called back, asked for in the chat: the wish in its many words, number and hours, one confirmation, changes, withdrawal, and what must never be taken for a wish. */
import { describe, expect, it } from 'vitest'
import { type Outcome, plain, type Unanswered } from '../../bot/answer/outcome.ts'
import { newDraft } from '../../bot/complaint/draft.ts'
import { type Conversation, decide, newConversation, type Situation } from '../../bot/conversation/decide.ts'
import { dialogueSchema } from '../../bot/conversation/dialogue.ts'
import type { Change } from '../../bot/conversation/effects.ts'
import { callBackAskedIn } from '../../bot/handoff/call-back-words.ts'
import { CALL_BACK, CALL_BACK_CHOICE, CALL_BACK_CONSENT } from '../../bot/wording/call-back.ts'
import { RETURN_CHOICE } from '../../bot/wording/handoff.ts'
import { CHOICE, SAY } from '../../bot/wording/vi.ts'
import { ALL_ON } from './situation.ts'

const NOW = Date.UTC(2026, 10, 27, 3)
const CALLS = { dueOn: '2026-11-30', phone: '', office: '' } as const
const OPEN = { tail: '…456', hours: 'sau 17h', dueOn: '2026-11-30', taken: false } as const

const outcome = (kind: Unanswered['kind'], text: string): Outcome => ({
  ...{ kind, reason: 'test', citations: [], choices: [] },
  sections: [{ kind: 'answer', heading: '', lines: [plain(text)] }],
})
const answered = outcome('service', 'Đây là câu trả lời.')
const aid = outcome('first_aid', 'Ngừng lại ngay.')

class Talk {
  conversation: Conversation = newConversation(NOW)
  situation: Situation = { ...ALL_ON, callBack: CALLS }
  readonly asked: string[] = []
  changes: readonly Change[] = []
  choices: readonly string[] = []

  async hear(text: string, reply: Outcome = answered): Promise<string> {
    const message = { id: `m${this.asked.length}`, content: { kind: 'text' as const, text, masked: false }, receivedAt: NOW }
    const decided = await decide({ conversation: this.conversation, message, now: NOW, situation: this.situation }, async (asked) => {
      this.asked.push(asked.text)
      return reply
    })
    const dialogue = dialogueSchema.parse(JSON.parse(JSON.stringify(decided.nextState.dialogue)))
    this.conversation = { version: this.conversation.version + 1, ...decided.nextState, dialogue }
    this.changes = decided.effects.filter(({ kind }) => kind.startsWith('call_back'))
    const said = decided.effects.flatMap((effect) => (effect.kind === 'send' && effect.outgoing.kind === 'reply' ? [effect.outgoing] : []))
    this.choices = said.flatMap(({ choices }) => choices)
    return said.map(({ text: words }) => words).join('\n')
  }
}

describe('the wish to be called', () => {
  it.each([
    'gọi lại cho tôi',
    'Gọi lại cho em với ạ',
    'goi lai cho minh nhe',
    'cho tôi xin được gọi điện',
    'Cán bộ gọi điện cho tôi được không?',
    'nhờ Hội gọi lại giúp em',
    'tôi muốn được gọi lại',
    'có thể nói chuyện qua điện thoại được không',
    'Alo, gọi lại cho tôi sau 5 giờ chiều nhé',
    CALL_BACK_CHOICE.ask,
    CALL_BACK_CHOICE.ask.toLowerCase(),
  ])('%s', (text) => expect(callBackAskedIn(text)).toMatchObject({ whole: true }))

  it.each([
    ['gọi lại cho mình số 0905123456 sau 5h chiều nhé', '0905123456', 'sau 5h chiều'],
    ['Gọi lại cho em số +84 905.123.456, sáng thứ hai', '0905123456', 'sáng thứ hai'],
    ['số em 0905 123 456, cán bộ gọi lại giúp em trong giờ hành chính', '0905123456', 'trong giờ hành chính'],
    ['goi lai cho toi 0269 3822111 tu 8h den 10h', '02693822111', 'tu 8h den 10h'],
    ['gọi lại cho chị Lan nhà mình số 0905123456 nhé', '0905123456', ''],
  ])('%s', (text, phone, hours) => expect(callBackAskedIn(text)).toMatchObject({ phone: { kind: 'phone', phone }, hours }))

  it.each([
    'shop bảo sẽ gọi lại cho tôi mà không gọi',
    'Tôi gọi lại cho shop hoài không được',
    'họ gọi cho tôi từ số 0905123456 xưng công an',
    'có người gọi điện cho tôi đòi nợ thì làm sao',
    'bị số 0905123456 gọi lại cho tôi suốt',
    'mua hàng qua điện thoại có được trả lại không',
    'người bán hứa gọi lại, luật nói sao',
    'tôi muốn khiếu nại',
    '',
  ])('is not: %j', (text) => expect(callBackAskedIn(text)).toBeUndefined())
})

describe('asking for a call', () => {
  it('takes number and hours from one message, reads them back in part, and needs one yes', async () => {
    const talk = new Talk()
    const read = await talk.hear('gọi lại cho mình số 0905 123 456 sau 5h chiều nhé')
    expect(read).toContain(CALL_BACK.read('…456', 'sau 5h chiều'))
    expect(read).toContain('30/11/2026')
    expect(read).not.toContain('0905')
    expect(talk.changes).toEqual([])
    expect(talk.choices).toEqual([CALL_BACK_CHOICE.confirm, CALL_BACK_CHOICE.edit, CALL_BACK_CHOICE.never])
    const kept = await talk.hear('1')
    expect(kept).toBe(CALL_BACK.kept('…456', 'sau 5h chiều', '30/11/2026'))
    expect(talk.changes).toEqual([
      {
        ...{ kind: 'call_back_asked', phone: '0905123456', hours: 'sau 5h chiều', dueOn: '2026-11-30' },
        consent: { version: CALL_BACK_CONSENT, message: 'm1' },
      },
    ])
    expect(talk.conversation.dialogue.callBack).toBeNull()
  })

  it('asks for both in one turn, and hours may come before the number', async () => {
    const talk = new Talk()
    expect(await talk.hear('gọi lại cho tôi')).toContain(CALL_BACK.askBoth)
    expect(await talk.hear('sau 17 giờ nhé')).toContain(CALL_BACK.askPhone('sau 17 giờ'))
    expect(await talk.hear('0905123456')).toContain(CALL_BACK.read('…456', 'sau 17 giờ'))
    expect(await talk.hear('đúng rồi')).toContain('Đã ghi')
  })

  it('says what is wrong with a number, and asks again', async () => {
    const talk = new Talk()
    await talk.hear('gọi lại cho tôi')
    for (const part of ['0905 123 45', 'số em là 12345', '90512']) expect(await talk.hear(part)).toContain(CALL_BACK.wrong)
    expect(await talk.hear('0905 123 456')).toContain('…456')
    const other = new Talk()
    await other.hear('gọi lại cho tôi')
    expect(await other.hear('nghị định 55/2024 nói gì')).not.toContain(CALL_BACK.wrong)
  })

  it('takes another number or other hours before the yes', async () => {
    const talk = new Talk()
    await talk.hear('gọi lại cho tôi số 0905123456')
    expect(await talk.hear('sửa số')).toContain(CALL_BACK.askNew)
    expect(await talk.hear('0912 345 678')).toContain('…678')
    expect(await talk.hear('sáng thứ hai')).toContain(CALL_BACK.read('…678', 'sáng thứ hai'))
    await talk.hear(CALL_BACK_CHOICE.confirm)
    expect(talk.changes).toMatchObject([{ phone: '0912345678', hours: 'sáng thứ hai' }])
  })

  it.each(['thôi không cần gọi nữa', 'thôi', CALL_BACK_CHOICE.never, 'khỏi gọi lại nhé', 'đừng gọi', 'dung goi nua', 'đừng gọi cho tôi'])(
    '%s drops what is not confirmed',
    async (text) => {
      const talk = new Talk()
      await talk.hear('gọi lại cho tôi số 0905123456')
      expect(await talk.hear(text)).toBe(CALL_BACK.dropped)
      expect([talk.changes, talk.conversation.dialogue.callBack]).toEqual([[], null])
    },
  )

  it('answers what comes between, recalls the open question once, then lets it go', async () => {
    const talk = new Talk()
    await talk.hear('gọi lại cho tôi số 0905123456')
    const between = await talk.hear('hàng lỗi thì đổi trong mấy ngày')
    expect(between).toContain('Đây là câu trả lời.')
    expect(between).toContain(CALL_BACK.notYet)
    expect(talk.choices).toContain(CALL_BACK_CHOICE.confirm)
    expect(await talk.hear('còn bảo hành thì sao')).not.toContain(CALL_BACK.notYet)
    expect(talk.conversation.dialogue.callBack).toBeNull()
    await talk.hear('ok')
    expect(talk.changes).toEqual([])
  })

  it('gives first aid before anything else where money is going out', async () => {
    const talk = new Talk()
    const said = await talk.hear('Em vừa chuyển 5 triệu cho người lạ, họ chặn em rồi. Gọi lại cho em số 0905123456 với ạ', aid)
    expect(said.indexOf('Ngừng lại ngay.')).toBe(0)
    expect(said).toContain('…456')
    await talk.hear(CALL_BACK_CHOICE.confirm)
    expect(talk.changes).toHaveLength(1)
  })

  it('gives it also where the wish is all that is said', async () => {
    const said = await new Talk().hear('gọi gấp cho tôi 0905123456 gọi lại ngay', aid)
    expect(said.indexOf('Ngừng lại ngay.')).toBe(0)
    expect(said).toContain('…456')
  })

  it('leaves a complaint that is being told where it was, and its telephone to it', async () => {
    const talk = new Talk()
    const complaint = { ...newDraft('Shop giao hàng hỏng, không trả tiền.', NOW), stage: 'contact' as const, asked: ['phone' as const] }
    talk.conversation = { ...talk.conversation, dialogue: { ...talk.conversation.dialogue, complaint } }
    await talk.hear('gọi cho em số 0905123456')
    expect(talk.conversation.dialogue.callBack).toBeNull()
    talk.conversation = { ...talk.conversation, dialogue: { ...talk.conversation.dialogue, complaint } }
    await talk.hear('gọi lại cho tôi')
    expect(talk.conversation.dialogue).toMatchObject({ callBack: { stage: 'ask' }, complaint: { paused: true, story: complaint.story } })
  })
})

describe('a call that is waited for', () => {
  const waiting = () => {
    const talk = new Talk()
    talk.situation = { ...ALL_ON, callBack: { ...CALLS, open: OPEN } }
    return talk
  }

  it('is told of, not asked for twice', async () => {
    expect(await waiting().hear('gọi lại cho tôi đi')).toContain(CALL_BACK.already('…456', 'sau 17h', '30/11/2026'))
  })

  it.each(['sửa số 0912345678', 'đổi số thành 0912 345 678 nhé', 'gọi lại cho tôi số 0912345678'])(
    '%s changes it, with its hours and its day',
    async (text) => {
      const talk = waiting()
      expect(await talk.hear(text)).toContain(CALL_BACK.read('…678', 'sau 17h'))
      expect(await talk.hear('đúng')).toBe(CALL_BACK.changed('…678', 'sau 17h', '30/11/2026'))
      expect(talk.changes).toHaveLength(1)
    },
  )

  it.each(['thôi không cần gọi nữa', 'không cần gọi lại nữa đâu', 'đừng gọi nữa', 'hủy gọi lại'])('%s withdraws it', async (text) => {
    const talk = waiting()
    expect(await talk.hear(text)).toBe(CALL_BACK.withdrawn)
    expect(talk.changes).toEqual([{ kind: 'call_back_withdrawn' }])
  })

  it('is not withdrawn by whoever waits for none', async () => {
    expect(await new Talk().hear('đừng gọi nữa')).toBe('Đây là câu trả lời.')
  })
})

describe('the offer', () => {
  const handoff = { ...outcome('handoff', SAY.handoff), choices: [] }

  it('stands beside the queue, in words and as a choice', async () => {
    const talk = new Talk()
    expect(await talk.hear(CHOICE.officer, handoff)).toContain(CALL_BACK.offer)
    expect(talk.choices).toEqual([CALL_BACK_CHOICE.ask, RETURN_CHOICE])
    expect(await talk.hear('1')).toContain(CALL_BACK.askBoth)
  })

  it('is not made where the office cannot call', async () => {
    const talk = new Talk()
    talk.situation = ALL_ON
    expect(await talk.hear(CHOICE.officer, handoff)).not.toContain(CALL_BACK.offer)
    expect(talk.choices).toEqual([RETURN_CHOICE])
  })
})
