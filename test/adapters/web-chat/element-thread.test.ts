import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Item, type Kept, type Pending, Thread } from '../../../adapters/web-chat/element/thread.ts'

const own = (number: number, id: string): Kept => ({ number, name: 'message', data: { author: 'person', id, at: number, text: id, masked: false } })
const reply = (number: number, replyTo: string): Kept => ({
  number,
  name: 'message',
  data: { author: 'assistant', id: `r${number}`, at: number, replyTo, status: 'answered', text: '', sections: [], citations: [], choices: [] },
})
const owner = (number: number): Kept => ({ number, name: 'owner', data: { owner: 'waiting', at: number } })
const pending = (id: string): Pending => ({ sent: { id, text: id }, progress: { at: 'sending' } })
const keys = (items: readonly Item[]) => items.map(({ key }) => key)

/** A conversation as the server keeps it. */
const EVENTS = [own(1, 'a'), reply(2, 'a'), own(3, 'b'), owner(4), own(5, 'c'), reply(6, 'b'), reply(7, 'c')]
const ORDERED = ['own a', 'event 2', 'own b', 'event 4', 'own c', 'event 6', 'event 7']

describe('the thread', () => {
  it('shows everything once and in order, in whatever order and how often it came', () =>
    fc.assert(
      fc.property(fc.shuffledSubarray([...EVENTS, ...EVENTS], { minLength: EVENTS.length * 2 }), (events) => {
        const thread = new Thread()
        const fresh = events.filter((event) => thread.take(event))
        expect(keys(thread.items())).toEqual(ORDERED)
        expect(fresh.length).toBe(EVENTS.length)
        expect(thread.last).toBe(7)
      }),
    ))

  it('goes on from the last number before a gap', () => {
    const thread = new Thread()
    for (const number of [1, 2, 4]) thread.take(owner(number))
    expect(thread.last).toBe(2)
    thread.take(owner(3))
    expect(thread.last).toBe(4)
  })

  it('does not ask for ever for a number that the server does not have', () => {
    const thread = new Thread()
    for (const number of [1, 3]) thread.take(owner(number))
    thread.settle()
    expect(thread.last).toBe(3)
    thread.take(owner(2))
    expect(keys(thread.items())).toEqual(['event 1', 'event 2', 'event 3'])
  })

  it('holds messages on their way at the end, but before the reply that answers them', () => {
    const thread = new Thread()
    thread.hold([pending('a'), pending('b')])
    thread.take(reply(2, 'a'))
    expect(keys(thread.items())).toEqual(['own a', 'event 2', 'own b'])
    thread.take(own(1, 'a'))
    expect(keys(thread.items())).toEqual(['own a', 'event 2', 'own b'])
  })

  it('shows the copy of the server in the place of the own one', () => {
    const thread = new Thread()
    thread.hold([pending('a')])
    thread.take(own(1, 'a'))
    expect(thread.items().map(({ kind }) => kind)).toEqual(['own'])
  })

  it('hands on what another tab has missed', () => {
    const thread = new Thread()
    for (const event of [...EVENTS].reverse()) thread.take(event)
    expect(thread.after(5).map(({ number }) => number)).toEqual([6, 7])
  })
})
