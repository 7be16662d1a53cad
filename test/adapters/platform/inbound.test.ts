/** Taking what an event meant: each kind, over doors that write down what they were asked. */
import { describe, expect, it } from 'vitest'
import { IGNORED, type Inbound, onceEach, type Press, type Taking, take } from '../../../adapters/platform/inbound.ts'
import type { Acceptance, Arrival, Content } from '../../../bot/delivery/message.ts'

const NOW = Date.UTC(2026, 10, 26, 3)
const FROM = { channel: 'telegram', externalId: 'e1', address: 'a', person: 'telegram:p', receivedAt: NOW, sentAt: NOW - 5 }
const arrival = (content: Content = { kind: 'text', text: 'alo', masked: false }): Arrival => ({ ...FROM, content })
const PRESS: Press = { ...FROM, data: 'khoa:1' }

interface Given {
  readonly status?: Acceptance['status'] | Error
  readonly words?: string | Error
  readonly room?: boolean
  readonly withdraw?: Error
}

function taking({ status = 'new', words = 'Tôi mua hàng', room = true, withdraw }: Given = {}) {
  const happened: unknown[][] = []
  const fits: Taking = {
    accept: async (one) => {
      happened.push(['accept', one])
      if (status instanceof Error) throw status
      return { status, conversation: 'c' }
    },
    wordsOf: async (...asked) => {
      happened.push(['wordsOf', ...asked])
      if (words instanceof Error) throw words
      return words === '' ? undefined : words
    },
    withdraw: async (...whose) => {
      happened.push(['withdraw', ...whose])
      if (withdraw) throw withdraw
    },
    hasRoom: (person) => {
      happened.push(['hasRoom', person])
      return room
    },
    ignored: (...what) => void happened.push(['ignored', ...what]),
  }
  return { happened, take: (inbound: Inbound) => take(fits, 'telegram', inbound) }
}

describe('a message', () => {
  const KINDS: readonly Content[] = [
    { kind: 'text', text: 'alo', masked: true },
    { kind: 'remote', caption: '', masked: false },
    { kind: 'wordless', what: 'sticker' },
    { kind: 'joined' },
    { kind: 'group' },
    { kind: 'officer', officer: { id: 'oa', name: '' }, text: 'Chào bạn' },
  ]

  it.each(KINDS)('is taken as it is: %j', async (content) => {
    const door = taking()
    expect(await door.take({ kind: 'arrival', arrival: arrival(content) })).toBe('new')
    expect(door.happened).toEqual([
      ['hasRoom', 'telegram:p'],
      ['accept', arrival(content)],
    ])
  })

  it.each(['new', 'repeated', 'conflict', 'erased'] as const)('tells what became of it: %s', async (status) => {
    expect(await taking({ status }).take({ kind: 'arrival', arrival: arrival() })).toBe(status)
  })

  it('beyond the limits is taken too, and marked', async () => {
    const door = taking({ room: false })
    expect(await door.take({ kind: 'arrival', arrival: arrival() })).toBe('new')
    expect(door.happened[1]).toEqual(['accept', { ...arrival(), tooMany: true }])
  })

  it('that could not be written down is not said to be taken', async () => {
    await expect(taking({ status: new Error('disk is full') }).take({ kind: 'arrival', arrival: arrival() })).rejects.toThrow('disk is full')
  })
})

describe('the room of a person', () => {
  it('is not used up by a message that has to be brought again and again because it could not be written down', async () => {
    let admitted = 0
    let failing = 5
    const accepted: Arrival[] = []
    const fits: Taking = {
      accept: async (one) => {
        if (failing-- > 0) throw new Error('disk is full')
        accepted.push(one)
        return { status: 'new', conversation: 'c' }
      },
      wordsOf: async () => undefined,
      withdraw: async () => undefined,
      hasRoom: onceEach(() => ++admitted <= 2),
      ignored: () => undefined,
    }
    for (let tries = 0; tries < 5; tries++) await take(fits, 'telegram', { kind: 'arrival', arrival: arrival() }).catch(() => undefined)
    await take(fits, 'telegram', { kind: 'arrival', arrival: arrival() })
    expect(accepted).toEqual([arrival()])
  })
})

describe('a button', () => {
  it('is the words of its choice, looked up for the address it was pressed at', async () => {
    const door = taking()
    expect(await door.take({ kind: 'press', press: PRESS })).toBe('new')
    expect(door.happened).toEqual([
      ['wordsOf', 'telegram', 'a', 'khoa:1'],
      ['hasRoom', 'telegram:p'],
      ['accept', arrival({ kind: 'choice', text: 'Tôi mua hàng' })],
    ])
  })

  it('that is gone is ignored and counted, and takes no room of the person', async () => {
    const door = taking({ words: '' })
    expect(await door.take({ kind: 'press', press: PRESS })).toBe('old_button')
    expect(door.happened).toEqual([
      ['wordsOf', 'telegram', 'a', 'khoa:1'],
      ['ignored', 'telegram', 'old_button'],
    ])
  })

  it('beyond the limits is marked like a message', async () => {
    const door = taking({ room: false })
    await door.take({ kind: 'press', press: PRESS })
    expect(door.happened.at(-1)).toEqual(['accept', { ...arrival({ kind: 'choice', text: 'Tôi mua hàng' }), tooMany: true }])
  })

  it('that cannot be looked up is not lost: the platform asks again', async () => {
    await expect(taking({ words: new Error('locked') }).take({ kind: 'press', press: PRESS })).rejects.toThrow('locked')
  })
})

describe('a withdrawal', () => {
  it('erases by the platform’s clock', async () => {
    const door = taking()
    expect(await door.take({ kind: 'withdraw', person: 'telegram:p', at: NOW - 9 })).toBe('withdrawn')
    expect(door.happened).toEqual([['withdraw', 'telegram:p', NOW - 9]])
  })

  it('that failed is not said to be done', async () => {
    await expect(taking({ withdraw: new Error('locked') }).take({ kind: 'withdraw', person: 'p', at: NOW })).rejects.toThrow('locked')
  })
})

describe('what is none of ours', () => {
  it.each(IGNORED)('is counted, and told by its reason: %s', async (reason) => {
    const door = taking()
    expect(await door.take({ kind: 'ignored', reason })).toBe(reason)
    expect(door.happened).toEqual([['ignored', 'telegram', reason]])
  })
})
