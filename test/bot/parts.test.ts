/** A reply as the messages of a channel: who says it, what can be chosen and how, and that no message is too long. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Outgoing, Part } from '../../bot/delivery/message.ts'
import { again, partsOf } from '../../bot/delivery/parts.ts'
import { CHANNEL_SAY, officerSays } from '../../bot/wording/channels.ts'
import { ERASE_CHOICE, KEEP_CHOICE } from '../../bot/wording/requests.ts'

type Reply = Extract<Outgoing, { kind: 'reply' }>
const reply = (text: string, more: Partial<Reply> = {}): Reply => ({
  ...{ kind: 'reply', author: 'assistant', status: 'service', text, sections: [], citations: [], choices: [], ...more },
})
const PLAIN = { maxTextLength: 2_000, buttons: 0 }
const BUTTONS = { maxTextLength: 4_096, buttons: 8 }
const WHOLE = { maxTextLength: null, buttons: 8 }
const CHOICES = ['Tôi mua hàng', 'Tôi bán hàng', 'Gặp cán bộ']
const long = (sentences: number) => 'Người bán phải trả lại tiền cho bạn trong mười lăm ngày. '.repeat(sentences).trim()
const textOf = (parts: readonly Part[]) => parts.map(({ text }) => text).join('\n')

describe('choices', () => {
  it('are numbered under the text where there are no buttons', () => {
    const [part, ...more] = partsOf(reply('Bạn mua hay bán?', { choices: CHOICES }), PLAIN)
    expect(more).toEqual([])
    expect(part.text).toBe(`Bạn mua hay bán?\n\n${CHANNEL_SAY.choose}\n1. Tôi mua hàng\n2. Tôi bán hàng\n3. Gặp cán bộ`)
    expect(part.choices).toEqual([])
  })

  it('are buttons where there are enough of them, and not said twice', () => {
    const [part] = partsOf(reply('Bạn mua hay bán?', { choices: CHOICES }), BUTTONS)
    expect([part.text, part.choices]).toEqual(['Bạn mua hay bán?', CHOICES])
  })

  it('are all numbered where there are more of them than buttons: half of them as buttons would hide the others', () => {
    const [part] = partsOf(reply('Việc nào?', { choices: CHOICES }), { ...BUTTONS, buttons: 2 })
    expect([part.choices, part.text.includes('3. Gặp cán bộ')]).toEqual([[], true])
  })

  it('stand with the last part only', () => {
    const parts = partsOf(reply(long(300), { choices: CHOICES }), BUTTONS)
    expect(parts.length).toBeGreaterThan(2)
    expect(parts.map(({ choices }) => choices)).toEqual([...parts.slice(1).map(() => []), CHOICES])
    const numbered = partsOf(reply(long(300), { choices: CHOICES }), PLAIN)
    expect(numbered.map(({ text }) => text.includes('1. Tôi mua hàng'))).toEqual([...numbered.slice(1).map(() => false), true])
  })

  it('are not asked for where there are none', () => {
    expect(textOf(partsOf(reply('Chào bạn.'), PLAIN))).toBe('Chào bạn.')
  })
})

describe('the words of an officer', () => {
  it('stand under a line with their name, so that nobody takes them for the machine', () => {
    const [part] = partsOf(reply('Tôi xem rồi.', { author: 'staff', status: 'staff', officer: 'Lan' }), PLAIN)
    expect(part.text).toBe('Cán bộ Lan:\n\nTôi xem rồi.')
    expect(part.headings).toContain('Cán bộ Lan:')
  })

  it.each([{}, { officer: '' }])('without a name are still those of a person: %j', (who) => {
    const [part] = partsOf(reply('Tôi xem rồi.', { author: 'staff', ...who }), PLAIN)
    expect(part.text).toBe(`${officerSays(undefined)}\n\nTôi xem rồi.`)
  })

  it('have their name on the first part only, and never alone in a message', () => {
    for (let words = 1; words < 60; words++) {
      const parts = partsOf(reply('ờ '.repeat(words * 5).trim(), { author: 'staff', officer: 'Lan' }), { maxTextLength: 110, buttons: 0 })
      expect(parts.filter(({ text }) => text.includes('Cán bộ Lan:')).map(({ number }) => number)).toEqual([0])
      expect(parts[0].text).not.toBe('Cán bộ Lan:')
    }
  })

  it('with a name that would be long enough for a line are not those of the assistant', () => {
    expect(textOf(partsOf(reply('x', { officer: 'Lan' }), PLAIN))).toBe('x')
  })
})

describe('headings', () => {
  it('are told to the channel as they stand in the text', () => {
    const sections = [
      { kind: 'steps' as const, heading: 'Việc nên làm tiếp', lines: [] },
      { kind: 'answer' as const, heading: '', lines: [] },
    ]
    const [part] = partsOf(reply('Việc nên làm tiếp:\n1. Giữ hóa đơn.\n\nCăn cứ:\n– Điều 39', { sections }), PLAIN)
    expect(part.headings).toEqual(['Việc nên làm tiếp:', 'Căn cứ:'])
    for (const heading of part.headings) expect(part.text.split('\n')).toContain(heading)
  })
})

describe('a channel without a limit', () => {
  it('gets the reply as it is, and shows choices and officers itself', () => {
    const parts = partsOf(reply(long(900), { author: 'staff', officer: 'Lan', choices: CHOICES }), WHOLE)
    expect(parts).toEqual([{ text: long(900), headings: [], choices: CHOICES, number: 0 }])
  })

  it('gets a change of owner as one part without words', () => {
    for (const channel of [WHOLE, PLAIN]) expect(partsOf({ kind: 'owner', owner: 'staff' }, channel)).toHaveLength(1)
  })
})

describe('every reply', () => {
  const any = fc
    .record({
      text: fc.oneof(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 900 }), fc.integer({ min: 1, max: 60 }).map(long)),
      author: fc.constantFrom('assistant' as const, 'staff' as const),
      officer: fc.constantFrom('Lan', '', 'Nguyễn Thị Hoa'),
      choices: fc.array(fc.constantFrom(...CHOICES, 'Việc khác, để tôi kể rõ hơn'), { maxLength: 10 }),
    })
    .map(({ text, ...more }) => reply(text, more))
  const channels = fc.record({ maxTextLength: fc.integer({ min: 120, max: 4_096 }), buttons: fc.integer({ min: 0, max: 9 }) })

  it('has parts that fit, also under the mark of a repeat, numbered from 0', () => {
    fc.assert(
      fc.property(any, channels, (outgoing, channel) => {
        const parts = partsOf(outgoing, channel)
        for (const part of parts) expect(again(part).text.length).toBeLessThanOrEqual(channel.maxTextLength)
        expect(parts.map(({ number }) => number)).toEqual(parts.map((_, i) => i))
      }),
      { numRuns: 400 },
    )
  })

  it('gives the same parts every time: which of them arrived is known by number only', () => {
    fc.assert(
      fc.property(any, channels, (outgoing, channel) => {
        const stored = JSON.parse(JSON.stringify(outgoing)) as Outgoing
        expect(partsOf(stored, channel)).toEqual(partsOf(outgoing, channel))
      }),
      { numRuns: 200 },
    )
  })

  it('says all of its words and all of its choices, in order', () => {
    fc.assert(
      fc.property(any, channels, (outgoing, channel) => {
        const parts = partsOf(outgoing, channel)
        const said = textOf(parts).replaceAll(/\s+/g, '')
        const at = said.indexOf(outgoing.text.replaceAll(/\s+/g, ''))
        expect(at).toBeGreaterThanOrEqual(0)
        const shown = parts.at(-1)?.choices ?? []
        for (const [i, choice] of outgoing.choices.entries())
          expect(shown.includes(choice) || said.includes(`${i + 1}.${choice.replaceAll(/\s+/g, '')}`)).toBe(true)
      }),
      { numRuns: 300 },
    )
  })
})

describe('a part that may have arrived already', () => {
  it('says so in a line of its own and is otherwise the same', () => {
    const [part] = partsOf(reply('Chào bạn.', { choices: CHOICES }), BUTTONS)
    expect(again(part)).toEqual({ ...part, text: '(gửi lại)\nChào bạn.' })
  })
})

describe('a choice that is never meant by a number', () => {
  it('stands by itself where choices are numbered, and the others keep their numbers', () => {
    const reply = {
      kind: 'reply',
      author: 'assistant',
      status: 'service',
      text: 'Xóa nhé?',
      sections: [],
      citations: [],
      choices: [KEEP_CHOICE, ERASE_CHOICE],
    } as const
    const [part] = partsOf(reply, { maxTextLength: 2_000, buttons: 0 })
    expect(part.text).toBe(`Xóa nhé?\n\n${CHANNEL_SAY.choose}\n1. ${KEEP_CHOICE}\n${CHANNEL_SAY.inWords(ERASE_CHOICE)}`)
  })
})
