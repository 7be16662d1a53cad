/** What is decided about what only messaging platforms bring: things without words, officers in the platform's own console, too many messages, going on elsewhere, erasing. */
import { describe, expect, it } from 'vitest'
import { type Outcome, plain, type Unanswered } from '../../bot/answer/outcome.ts'
import type { Asked } from '../../bot/answer/turn.ts'
import {
  type Conversation,
  type Decided,
  decide,
  type MatterElsewhere,
  newConversation,
  type Redeemed,
  type Situation,
} from '../../bot/conversation/decide.ts'
import type { Change, TransferRedeemed } from '../../bot/conversation/effects.ts'
import { DEFAULT_OWNER_RULES, type Officer, type Owner, type OwnerEvent, ownershipSchema, step } from '../../bot/conversation/owner.ts'
import { CODE_MS } from '../../bot/conversation/requests.ts'
import { type Content, type Outgoing, type StoredContent, type UnfetchedReason, WORDLESS } from '../../bot/delivery/message.ts'
import { CHANNEL_SAY, unfetchedSaid, wordlessSaid } from '../../bot/wording/channels.ts'
import { CHAT } from '../../bot/wording/chat.ts'
import { HANDOFF, RETURN_CHOICE } from '../../bot/wording/handoff.ts'
import { pauseSentence } from '../../bot/wording/operations.ts'
import { ERASE_CHOICE, KEEP_CHOICE, OWN_DATA, TRANSFER } from '../../bot/wording/requests.ts'
import { CHOICE, SAY } from '../../bot/wording/vi.ts'
import { ALL_ON, CODE } from './situation.ts'

const NOW = Date.UTC(2026, 10, 26, 3)
const RULES = DEFAULT_OWNER_RULES
const LAN: Officer = { id: 'lan', name: 'Lan' }
const OA: Officer = { id: 'zalo-oa', name: '' }

function outcome(kind: Unanswered['kind'], text: string, more: Partial<Unanswered> = {}): Outcome {
  return { kind, reason: 'test', citations: [], choices: [], sections: [{ kind: 'answer', heading: '', lines: [plain(text)] }], ...more }
}
const answered = outcome('service', 'Đây là câu trả lời.', { choices: [CHOICE.complain, CHOICE.officer] })
const words = (text: string): Content => ({ kind: 'text', text, masked: false })

/** A conversation that goes on from message to message. */
class Talk {
  conversation: Conversation = newConversation(NOW)
  readonly asked: Asked[] = []
  now = NOW
  situation: Situation = ALL_ON

  after(...events: readonly OwnerEvent[]): this {
    for (const event of events) {
      const result = step(this.conversation.ownership, event, this.now, RULES)
      if ('refused' in result) throw new Error(result.refused)
      this.conversation = { ...this.conversation, ownership: result.ownership }
    }
    return this
  }

  async hear(said: StoredContent | string, reply: Outcome = answered): Promise<Decided> {
    const content = typeof said === 'string' ? words(said) : said
    const message = { id: 'm', content, receivedAt: this.now }
    const decided = await decide({ conversation: this.conversation, message, now: this.now, situation: this.situation }, async (asked) => {
      this.asked.push(asked)
      return reply
    })
    this.conversation = { version: this.conversation.version + 1, ...decided.nextState }
    ownershipSchema.parse(JSON.parse(JSON.stringify(this.conversation.ownership)))
    return decided
  }

  get owner(): Owner {
    return this.conversation.ownership.owner
  }
}

const OWNED: Readonly<Record<Owner, () => Talk>> = {
  bot: () => new Talk(),
  waiting: () => new Talk().after({ kind: 'person_asked' }),
  staff: () => new Talk().after({ kind: 'officer_took', officer: LAN }),
  closed: () => new Talk().after({ kind: 'officer_took', officer: LAN }, { kind: 'officer_closed', officer: LAN, outcome: 'Đã xong.' }),
}
const ANSWERED_IN = ['bot', 'waiting', 'closed'] as const

const sentIn = (effects: readonly Change[]): Outgoing[] => effects.flatMap((effect) => (effect.kind === 'send' ? [effect.outgoing] : []))
type Reply = Extract<Outgoing, { kind: 'reply' }>
const replies = (effects: readonly Change[]) => sentIn(effects).filter((out): out is Reply => out.kind === 'reply')
function replyOf(decided: Decided): Reply {
  const [reply, another] = replies(decided.effects)
  if (!reply || another) throw new Error('there should be exactly one reply')
  return reply
}
const kinds = (decided: Decided) => decided.effects.map((effect) => (effect.kind === 'send' ? effect.outgoing.kind : effect.kind))
const effectOf = <K extends Change['kind']>(decided: Decided, kind: K) =>
  decided.effects.find((effect): effect is Extract<Change, { kind: K }> => effect.kind === kind)

const NEW_KINDS: readonly Content[] = [
  ...WORDLESS.map((what): Content => ({ kind: 'wordless', what })),
  { kind: 'unfetched', reason: 'unreachable', caption: '', masked: false },
  { kind: 'unfetched', reason: 'quota', caption: 'hóa đơn', masked: true },
  { kind: 'attachment', attachment: 'f', mime: 'image/png', size: 1, caption: '', masked: false },
]

describe('while an officer has the conversation', () => {
  it.each(NEW_KINDS)('the assistant says nothing to %j, which is for the officer', async (content) => {
    const talk = OWNED.staff()
    const decided = await talk.hear(content)
    expect([decided.decision, decided.effects, talk.asked]).toEqual([{ kind: 'for_staff' }, [], []])
    expect(talk.conversation.ownership).toMatchObject({ owner: 'staff', unansweredSince: NOW })
  })

  it.each(['joined', 'group'] as const)('somebody who opened the chat (%s) is owed no answer', async (kind) => {
    const talk = OWNED.staff()
    const before = talk.conversation.ownership
    talk.now += 60_000
    const decided = await talk.hear({ kind })
    expect([decided.decision, decided.effects, talk.asked]).toEqual([{ kind: 'ignored', reason: kind }, [], []])
    expect(talk.conversation.ownership).toEqual(before)
  })

  it('too many messages, also about one’s data, and codes are for the officer too', async () => {
    for (const content of [{ ...words('xóa dữ liệu của tôi'), tooMany: true as const }, words(CODE), words('chuyển kênh')]) {
      const talk = OWNED.staff()
      const decided = await talk.hear(content)
      expect([decided.decision, decided.effects]).toEqual([{ kind: 'for_staff' }, []])
    }
  })
})

describe.each(ANSWERED_IN)('while the conversation is with %s', (owner) => {
  it.each(WORDLESS)('a %s is answered with what it was and what to do instead', async (what) => {
    const talk = OWNED[owner]()
    const decided = await talk.hear({ kind: 'wordless', what })
    expect(decided.decision).toMatchObject({ kind: 'service', reason: 'wordless' })
    expect([replyOf(decided).text, talk.asked]).toEqual([wordlessSaid(what), []])
    const offered = owner === 'waiting' ? [RETURN_CHOICE] : what === 'voice' ? [CHOICE.officer] : []
    expect(replyOf(decided).choices).toEqual(offered)
    expect(talk.owner).toBe(owner === 'closed' ? 'bot' : owner)
  })

  it('a file that was not fetched is answered with the reason', async () => {
    for (const reason of ['unreachable', 'paused', 'quota', 'executable', 'too_large'] as readonly UnfetchedReason[]) {
      const talk = OWNED[owner]()
      const decided = await talk.hear({ kind: 'unfetched', reason, caption: ' \u200b', masked: false })
      expect(decided.decision).toMatchObject({ kind: 'service', reason: 'attachment_refused' })
      expect([replyOf(decided).text, talk.asked]).toEqual([unfetchedSaid(reason, ALL_ON.files), []])
    }
  })

  it('a file that was not fetched and came with words has the words answered first', async () => {
    const talk = OWNED[owner]()
    const decided = await talk.hear({ kind: 'unfetched', reason: 'unreachable', caption: 'Máy hỏng', masked: true })
    expect(talk.asked.map(({ text }) => text)).toEqual(['Máy hỏng'])
    expect(replyOf(decided).text).toBe(`Đây là câu trả lời.\n\n– ${SAY.numbersCovered}\n– ${unfetchedSaid('unreachable', ALL_ON.files)}`)
  })

  it('a file that was fetched is told to be kept', async () => {
    const talk = OWNED[owner]()
    expect(replyOf(await talk.hear({ kind: 'attachment', attachment: 'f', mime: 'image/png', size: 1, caption: '', masked: false })).text).toBe(
      CHAT.attachment,
    )
  })

  it('somebody who opens the chat is greeted, and nothing of it is taken for a question', async () => {
    const talk = OWNED[owner]()
    const decided = await talk.hear({ kind: 'joined' }, outcome('service', 'Chào bạn.'))
    expect(talk.asked.map(({ text, previous, clarified }) => [text, previous, clarified])).toEqual([['Xin chào', [], false]])
    expect(replyOf(decided).text).toBe('Chào bạn.')
    expect(talk.conversation.dialogue.questions).toEqual([])
  })

  it('who calls in a group is asked to write alone', async () => {
    const talk = OWNED[owner]()
    const decided = await talk.hear({ kind: 'group' })
    expect([replyOf(decided).text, talk.asked]).toEqual([CHANNEL_SAY.group, []])
    expect(decided.decision).toMatchObject({ kind: 'service', reason: 'group' })
  })

  it('too many messages are told once, kept, and not answered', async () => {
    const talk = OWNED[owner]()
    const first = await talk.hear({ ...words('alo'), tooMany: true })
    expect(first.decision).toMatchObject({ kind: 'service', reason: 'too_many' })
    expect(replyOf(first).text).toBe(CHANNEL_SAY.tooMany)
    for (const content of [
      words('alo'),
      words(CODE),
      words('xóa dữ liệu của tôi'),
      { kind: 'joined' },
      { kind: 'wordless', what: 'sticker' },
    ] as const) {
      const more = await talk.hear({ ...content, tooMany: true })
      expect([more.decision, sentIn(more.effects)]).toEqual([{ kind: 'ignored', reason: 'too_many' }, []])
    }
    expect(talk.asked).toEqual([])
    expect(replyOf(await talk.hear('Máy hỏng')).text).toBe('Đây là câu trả lời.')
    expect(replyOf(await talk.hear({ ...words('alo'), tooMany: true })).text).toBe(CHANNEL_SAY.tooMany)
  })
})

describe('too many messages', () => {
  it('take nothing from what could be chosen before', async () => {
    const talk = new Talk()
    await talk.hear('Máy hỏng')
    await talk.hear({ ...words('alo'), tooMany: true })
    await talk.hear('2')
    expect(talk.asked.at(-1)?.text).toBe(CHOICE.officer)
  })

  it('do not take a person out of the queue without a word', async () => {
    const talk = OWNED.waiting()
    const decided = await talk.hear({ ...words(RETURN_CHOICE), tooMany: true })
    const said = replies(decided.effects).map(({ text }) => text)
    expect(talk.owner === 'waiting' || said.includes(HANDOFF.returned(''))).toBe(true)
  })

  it('are said to be too many also while the assistant is off, and call nobody', async () => {
    const talk = new Talk()
    talk.situation = { ...ALL_ON, off: { answering: pauseSentence() } }
    expect(replyOf(await talk.hear({ ...words('alo'), tooMany: true })).text).toBe(CHANNEL_SAY.tooMany)
    expect(talk.owner).toBe('bot')
  })
})

describe('while the assistant is off', () => {
  it.each([{ kind: 'joined' }, { kind: 'group' }] as const)(
    'nobody is put into the officers’ queue for having opened the chat: %j',
    async (content) => {
      const talk = new Talk()
      talk.situation = { ...ALL_ON, off: { answering: pauseSentence() } }
      await talk.hear(content)
      expect(talk.owner).toBe('bot')
    },
  )
})

describe('an officer who writes in the platform’s own console', () => {
  it.each(['bot', 'waiting', 'closed'] as const)('has the conversation from then on, and nothing is said: %s', async (owner) => {
    const talk = OWNED[owner]()
    const decided = await talk.hear({ kind: 'officer', officer: OA, text: 'Chào bạn, tôi xem đây.' })
    expect(decided.decision).toEqual({ kind: 'ignored', reason: 'officer_wrote' })
    expect(talk.conversation.ownership).toMatchObject({ owner: 'staff', officer: OA })
    expect(talk.conversation.ownership).not.toHaveProperty('unansweredSince')
    expect(replies(decided.effects)).toEqual([])
    expect(kinds(decided)).toEqual(['episode_ended', 'episode_began', 'owner'])
    expect((await talk.hear('cảm ơn')).decision).toEqual({ kind: 'for_staff' })
    expect(talk.asked).toEqual([])
  })

  it('answers what the person wrote last', async () => {
    const talk = new Talk().after({ kind: 'officer_took', officer: OA })
    await talk.hear('alo')
    expect(talk.conversation.ownership).toHaveProperty('unansweredSince')
    const decided = await talk.hear({ kind: 'officer', officer: OA, text: 'Tôi đây.' })
    expect(talk.conversation.ownership).not.toHaveProperty('unansweredSince')
    expect(decided.effects).toEqual([])
  })

  it('takes nothing from another officer who has the conversation', async () => {
    const talk = OWNED.staff()
    await talk.hear('alo')
    const before = talk.conversation
    const decided = await talk.hear({ kind: 'officer', officer: OA, text: 'Tôi đây.' })
    expect([decided.decision, decided.effects]).toEqual([{ kind: 'ignored', reason: 'officer_wrote' }, []])
    expect([talk.conversation.ownership, talk.conversation.dialogue]).toEqual([before.ownership, before.dialogue])
  })

  it('is heard also where the words would be a request, a number or too many', async () => {
    for (const text of ['1', RETURN_CHOICE, CODE, ERASE_CHOICE]) {
      const talk = OWNED.waiting()
      const decided = await talk.hear({ kind: 'officer', officer: OA, text, tooMany: true })
      expect([talk.owner, decided.decision.kind, replies(decided.effects)]).toEqual(['staff', 'ignored', []])
    }
  })
})

describe('a choice', () => {
  it.each([
    '2',
    'số 2',
    'Số 2',
    'so 2',
    'số 2'.normalize('NFD'),
    '2.',
    CHOICE.officer,
    'gặp cán bộ',
    'GAP CAN BO',
    'gap can bo',
    ' Gặp cán bộ ',
    'Gặp cán bộ'.normalize('NFD'),
  ])('is the second one when %j is typed', async (said) => {
    const talk = new Talk()
    await talk.hear('Máy hỏng')
    await talk.hear(said)
    expect(talk.asked.at(-1)?.text).toBe(CHOICE.officer)
  })

  it('is not read out of a caption or of an officer’s words', async () => {
    const talk = new Talk()
    await talk.hear('Máy hỏng')
    await talk.hear({ kind: 'unfetched', reason: 'paused', caption: '2', masked: false })
    expect(talk.asked.at(-1)?.text).toBe('2')
  })
})

describe('asking to go on elsewhere', () => {
  it.each(ANSWERED_IN)('gives a code for a quarter of an hour, and the ways that carry it: %s', async (owner) => {
    const talk = OWNED[owner]()
    talk.situation = { ...ALL_ON, elsewhere: (code) => [`Mở Telegram: https://t.me/x?start=${code}`] }
    const decided = await talk.hear('chuyển kênh')
    expect(effectOf(decided, 'transfer_offered')).toEqual({ kind: 'transfer_offered', code: CODE, expiresAt: NOW + CODE_MS })
    expect(decided.decision).toMatchObject({ kind: 'service', reason: 'transfer_offered' })
    for (const said of [CODE, '15 phút', `https://t.me/x?start=${CODE}`, 'Đừng đưa mã cho người khác']) expect(replyOf(decided).text).toContain(said)
    expect(talk.asked).toEqual([])
    expect(talk.owner).toBe(owner === 'closed' ? 'bot' : owner)
  })

  it('works while the assistant is off', async () => {
    const talk = new Talk()
    talk.situation = { ...ALL_ON, off: { answering: pauseSentence() } }
    expect(effectOf(await talk.hear('chuyển kênh'), 'transfer_offered')).toBeDefined()
    expect(talk.owner).toBe('bot')
  })
})

describe('a code', () => {
  const questions = ['Shop không hoàn tiền thì sao?']
  function elsewhere(owner: Owner): MatterElsewhere {
    const { conversation } = OWNED[owner]()
    return { id: 'kia', version: 7, ownership: conversation.ownership, dialogue: { ...conversation.dialogue, questions, audience: 'consumer' } }
  }
  const redeem = (talk: Talk, redeemed: Redeemed) => {
    talk.situation = { ...ALL_ON, redeemed }
    return talk.hear(CODE)
  }
  const redeemedIn = (decided: Decided): TransferRedeemed => effectOf(decided, 'transfer_redeemed') ?? expect.unreachable('nothing was redeemed')

  it.each([
    ['unknown', TRANSFER.refused, 'transfer_refused'],
    ['own', TRANSFER.own, 'transfer_own'],
  ] as const)('that is %s changes nothing and says what to do', async (redeemed, said, reason) => {
    const talk = new Talk()
    const before = talk.conversation.ownership
    const decided = await redeem(talk, redeemed)
    expect([replyOf(decided).text, kinds(decided)]).toEqual([said, ['reply']])
    expect([decided.decision, talk.conversation.ownership]).toMatchObject([{ kind: 'service', reason }, before])
  })

  it('that nobody looked up is refused, and not taken for a question', async () => {
    const talk = new Talk()
    expect(replyOf(await talk.hear(CODE)).text).toBe(TRANSFER.refused)
    expect(talk.asked).toEqual([])
  })

  it('of a matter with the assistant brings the memory along, and tells the other channel', async () => {
    const talk = new Talk()
    await talk.hear('câu hỏi ở đây')
    const decided = await redeem(talk, elsewhere('bot'))
    expect(decided.decision).toMatchObject({ kind: 'service', reason: 'transfer_continued' })
    expect(replyOf(decided).text).toBe(TRANSFER.continued(questions[0]))
    expect(talk.conversation.dialogue).toMatchObject({ questions, audience: 'consumer', choices: [], clarified: false, flooded: false })
    expect(redeemedIn(decided)).toMatchObject({ code: CODE, conversation: 'kia', version: 7, ownership: { owner: 'bot' } })
    expect(replies(redeemedIn(decided).changes).map(({ text }) => text)).toEqual([HANDOFF.moved('')])
    expect(talk.owner).toBe('bot')
    await talk.hear('hai')
    expect(talk.asked.at(-1)).toMatchObject({ previous: questions, audience: 'consumer' })
  })

  it('of a matter without a question says no question', async () => {
    const { conversation } = new Talk()
    expect(replyOf(await redeem(new Talk(), { ...conversation, id: 'kia' })).text).toBe(TRANSFER.continued(undefined))
  })

  it('of a person who waits has them wait here, and no longer there', async () => {
    const talk = new Talk()
    const decided = await redeem(talk, elsewhere('waiting'))
    expect(talk.owner).toBe('waiting')
    expect(effectOf(decided, 'alert_staff')).toBeDefined()
    expect(replyOf(decided).text).toBe([TRANSFER.continued(questions[0]), HANDOFF.queued('')].join('\n'))
    const there = redeemedIn(decided)
    expect(there.ownership).toMatchObject({ owner: 'bot', episode: 3 })
    expect(there.changes.map(({ kind }) => kind)).toEqual(['episode_ended', 'episode_began', 'send', 'send'])
  })

  it('of a person whom an officer serves brings the officer along, who is never talked over', async () => {
    const talk = new Talk()
    const decided = await redeem(talk, elsewhere('staff'))
    expect(talk.conversation.ownership).toMatchObject({ owner: 'staff', officer: LAN })
    expect(replyOf(decided).text).toBe([TRANSFER.continued(questions[0]), HANDOFF.taken('Lan')].join('\n'))
    expect(redeemedIn(decided).ownership.owner).toBe('bot')
    expect((await talk.hear('alo')).decision).toEqual({ kind: 'for_staff' })
  })

  it('of a person whom an officer serves and who is owed an answer is owed it here', async () => {
    const from = OWNED.staff()
    await from.hear('alo')
    const talk = new Talk()
    talk.now += 60_000
    await redeem(talk, { ...from.conversation, id: 'kia' })
    expect(talk.conversation.ownership).toMatchObject({ owner: 'staff' })
    expect(talk.conversation.ownership).toHaveProperty('unansweredSince')
  })

  it('keeps a person who waits here in the queue, once', async () => {
    const talk = OWNED.waiting()
    const decided = await redeem(talk, elsewhere('waiting'))
    expect(talk.owner).toBe('waiting')
    expect(effectOf(decided, 'episode_began')).toBeUndefined()
    expect(replyOf(decided).text).toContain(HANDOFF.already_waiting(''))
  })

  it('opens a conversation that was closed here, and leaves one that is closed there closed', async () => {
    const talk = OWNED.closed()
    const decided = await redeem(talk, elsewhere('closed'))
    expect(talk.owner).toBe('bot')
    expect(redeemedIn(decided).ownership.owner).toBe('closed')
    expect(replies(redeemedIn(decided).changes)).toHaveLength(1)
  })

  it('numbers the episodes here one after the other', async () => {
    for (const here of ANSWERED_IN)
      for (const there of ['bot', 'waiting', 'staff', 'closed'] as const) {
        const talk = OWNED[here]()
        let { episode } = talk.conversation.ownership
        const decided = await redeem(talk, elsewhere(there))
        for (const effect of decided.effects) {
          if (effect.kind === 'episode_ended') expect(effect.number).toBe(episode)
          if (effect.kind === 'episode_began') expect(effect.number).toBe(++episode)
        }
        expect(talk.conversation.ownership.episode).toBe(episode)
        expect(replies(decided.effects)).toHaveLength(1)
      }
  })
})

describe('one’s own data', () => {
  it.each(ANSWERED_IN)('is asked about first, and nothing goes yet: %s', async (owner) => {
    const talk = OWNED[owner]()
    const decided = await talk.hear('xóa dữ liệu của tôi')
    expect(replyOf(decided)).toMatchObject({ text: OWN_DATA.ask(90), choices: [KEEP_CHOICE, ERASE_CHOICE] })
    expect(effectOf(decided, 'erasure_asked')).toBeUndefined()
  })

  it.each(['1', '2', 'số 2'])('never goes by a number, which may come late or twice: %j', async (said) => {
    const talk = new Talk()
    await talk.hear('/xoa')
    expect(effectOf(await talk.hear(said), 'erasure_asked')).toBeUndefined()
  })

  it.each([ERASE_CHOICE, 'xoa het du lieu cua toi'])('goes when the choice is made by %j', async (said) => {
    const talk = new Talk()
    await talk.hear('/xoa')
    const decided = await talk.hear(said)
    expect(decided.effects[0]).toEqual({ kind: 'erasure_asked' })
    expect([replyOf(decided).text, talk.asked]).toEqual([OWN_DATA.erasing, []])
  })

  it('goes also by the button', async () => {
    const talk = new Talk()
    await talk.hear('/xoa')
    expect(effectOf(await talk.hear({ kind: 'choice', text: ERASE_CHOICE }), 'erasure_asked')).toBeDefined()
  })

  it.each(['1', KEEP_CHOICE, 'khong xoa'])('stays when the choice is %j', async (said) => {
    const talk = new Talk()
    await talk.hear('/xoa')
    const decided = await talk.hear(said)
    expect([replyOf(decided).text, effectOf(decided, 'erasure_asked')]).toEqual([OWN_DATA.kept, undefined])
  })

  it('stays when something else was said between: who says yes must have been asked just now', async () => {
    for (const between of ['Máy hỏng', 'chuyển kênh']) {
      const talk = new Talk()
      await talk.hear('/xoa')
      await talk.hear(between)
      const decided = await talk.hear(ERASE_CHOICE)
      expect([replyOf(decided).text, effectOf(decided, 'erasure_asked')]).toEqual([OWN_DATA.ask(90), undefined])
    }
  })

  it('is not erased by a file that carries the words', async () => {
    const talk = new Talk()
    await talk.hear('/xoa')
    const decided = await talk.hear({ kind: 'attachment', attachment: 'f', mime: 'image/png', size: 1, caption: '1', masked: false })
    expect(effectOf(decided, 'erasure_asked')).toBeUndefined()
  })

  it('is not erased twice by two taps', async () => {
    const talk = new Talk()
    await talk.hear('/xoa')
    await talk.hear({ kind: 'choice', text: ERASE_CHOICE })
    expect(effectOf(await talk.hear({ kind: 'choice', text: ERASE_CHOICE }), 'erasure_asked')).toBeUndefined()
  })
})

describe('every sentence', () => {
  const said = [
    ...WORDLESS.map(wordlessSaid),
    ...(['unreachable', 'paused', 'empty', 'too_large', 'kind_unknown', 'damaged', 'quota', 'executable'] as const).map((why) =>
      unfetchedSaid(why, ALL_ON.files),
    ),
    ...[CHANNEL_SAY.group, CHANNEL_SAY.tooMany, OWN_DATA.ask(90), OWN_DATA.erasing, OWN_DATA.kept, TRANSFER.refused, TRANSFER.own],
    ...[TRANSFER.continued('Máy hỏng?'), TRANSFER.continued(undefined), HANDOFF.moved('')],
    ...TRANSFER.offered(CODE, 15, []).filter((line) => !line.startsWith('Mã chuyển kênh')),
  ]

  it.each(said)('is plain Vietnamese with its marks, for “bạn”: %s', (sentence) => {
    expect(sentence).toBe(sentence.normalize('NFC'))
    expect(sentence).toMatch(/[ăâđêôơưáàảãạ]/)
    expect(sentence).toMatch(/[.?!”]$/)
    expect(sentence).not.toMatch(/undefined|null|NaN|\{|\}| {2}|quý khách|hệ thống|người dùng|token|server|chatbot|webhook/i)
    expect(sentence).toMatch(/bạn|Đừng|tôi/i)
  })
})
