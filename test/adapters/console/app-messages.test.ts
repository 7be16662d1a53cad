import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { newIn, type Thread, withNewest, withOlder } from '../../../adapters/console/app/messages.ts'
import type { MessageView } from '../../../adapters/console/contract.ts'

const message = (position: number, delivery: MessageView['delivery'] = null): MessageView => ({
  ...{ id: `m${position}`, position, at: position, from: 'person', name: '', text: `tin ${position}`, citations: [], attachment: null },
  ...{ delivery, deliveryWords: '' },
})
const range = (from: number, to: number) => Array.from({ length: Math.max(0, to - from) }, (_, index) => message(from + index))

/** The server: the last `size` messages before a position. */
function pageOf(all: readonly MessageView[], size: number, before = Number.POSITIVE_INFINITY): Thread {
  const upTo = all.filter(({ position }) => position < before)
  return { messages: upTo.slice(-size), more: upTo.length > size }
}
const positions = ({ messages }: Thread) => messages.map(({ position }) => position)

describe('a thread', () => {
  it('has no gap and nothing twice, however old pages and new messages come', () => {
    const step = fc.oneof(fc.constant('older' as const), fc.integer({ min: 0, max: 12 }))
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 1, max: 9 }), fc.array(step, { maxLength: 20 }), (begun, size, steps) => {
        let count = begun
        let thread = withNewest(undefined, pageOf(range(0, count), size))
        for (const one of steps) {
          if (one !== 'older') count += one
          const all = range(0, count)
          const first = thread.messages[0]?.position ?? 0
          thread = one === 'older' ? withOlder(thread, pageOf(all, size, first)) : withNewest(thread, pageOf(all, size))
          const shown = positions(thread)
          expect(shown).toEqual(range(shown[0] ?? 0, (shown[0] ?? 0) + shown.length).map(({ position }) => position))
          expect(thread.more).toBe((shown[0] ?? 0) > 0)
        }
      }),
    )
  })

  it('shows how the delivery of a message has gone on', () => {
    const before = withNewest(undefined, { messages: [message(1), message(2, 'pending')], more: false })
    const after = withNewest(before, { messages: [message(2, 'sent'), message(3)], more: true })
    expect([after.messages.map(({ delivery }) => delivery), after.more]).toEqual([[null, 'sent', null], false])
  })

  it('starts anew where it cannot be joined: a gap would go unseen', () => {
    const before: Thread = { messages: range(0, 5), more: false }
    const after = withNewest(before, { messages: range(20, 25), more: true })
    expect([positions(after), after.more]).toEqual([[20, 21, 22, 23, 24], true])
  })

  it('says what is new, and of one that has only been opened nothing', () => {
    const opened: Thread = { messages: range(0, 5), more: false }
    expect(newIn(undefined, opened)).toEqual([])
    expect(newIn(opened, { messages: range(0, 7), more: false }).map(({ position }) => position)).toEqual([5, 6])
  })
})
