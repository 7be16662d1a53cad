import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Accepted, Sent } from '../../../adapters/web-chat/contract.ts'
import type { Answer } from '../../../adapters/web-chat/element/api.ts'
import { waitAfter } from '../../../adapters/web-chat/element/connection.ts'
import { Outbox } from '../../../adapters/web-chat/element/outbox.ts'
import { inMemory, type Store } from '../../../adapters/web-chat/element/store.ts'

const ok = (sent: Sent): Answer<Accepted> => ({ kind: 'ok', body: { id: sent.id, repeated: false } })
const LATER: Answer<Accepted> = { kind: 'later' }
const said = (id: string): Sent => ({ id, text: id })

/** An outbox over `store`; `answer` decides about each attempt, `tries` lists the ids in the order in which they were sent. */
function open(store: Store, answer: (sent: Sent) => Answer<Accepted> | Promise<Answer<Accepted>>) {
  const tries: string[] = []
  const post = async (sent: Sent) => {
    tries.push(sent.id)
    return answer(sent)
  }
  const outbox = new Outbox(store, 'test ', { post, changed: () => {}, refusedWords: 'không nhận' })
  return { outbox, tries }
}
const states = (outbox: Outbox) => outbox.pending.map(({ sent, progress }) => `${sent.id} ${progress.at}`)

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

describe('the outbox', () => {
  it('keeps a message before its first attempt and until it is accepted', async () => {
    const store = inMemory()
    let keptDuring: string[] = []
    const { outbox } = open(store, (sent) => {
      keptDuring = store.keys('out:')
      return ok(sent)
    })
    outbox.add(said('a'))
    expect(store.keys('out:').length).toBe(1)
    await vi.runAllTimersAsync()
    expect(keptDuring.length).toBe(1)
    expect(store.keys('out:')).toEqual([])
    expect(states(outbox)).toEqual(['a accepted'])
    outbox.drop('a')
    expect(outbox.pending).toEqual([])
  })

  it('sends one at a time and in order', async () => {
    const open1: (() => void)[] = []
    const { outbox, tries } = open(inMemory(), (sent) => new Promise((resolve) => open1.push(() => resolve(ok(sent)))))
    for (const id of ['a', 'b', 'c']) outbox.add(said(id))
    for (const expected of [['a'], ['a', 'b'], ['a', 'b', 'c']]) {
      await vi.advanceTimersByTimeAsync(0)
      expect(tries).toEqual(expected)
      open1.shift()?.()
    }
  })

  it('sends again under the same id until it works, and nothing later before it', async () => {
    let failures = 3
    const { outbox, tries } = open(inMemory(), (sent) => (failures-- > 0 ? LATER : ok(sent)))
    outbox.add(said('a'))
    outbox.add(said('b'))
    await vi.advanceTimersByTimeAsync(0)
    expect(states(outbox)).toEqual(['a held', 'b held'])
    await vi.runAllTimersAsync()
    expect(tries).toEqual(['a', 'a', 'a', 'a', 'b'])
  })

  it('waits as long as the server asks', async () => {
    let first = true
    const { outbox, tries } = open(inMemory(), (sent) => {
      const answer = first ? ({ kind: 'later', afterMs: 60_000, message: 'Chờ một phút.' } as const) : ok(sent)
      first = false
      return answer
    })
    outbox.add(said('a'))
    await vi.advanceTimersByTimeAsync(59_000)
    expect(tries).toEqual(['a'])
    expect(outbox.pending[0]?.progress).toEqual({ at: 'held', message: 'Chờ một phút.' })
    await vi.advanceTimersByTimeAsync(2_000)
    expect(tries).toEqual(['a', 'a'])
  })

  it('does not send again what was refused, and goes on with the next', async () => {
    const store = inMemory()
    const { outbox, tries } = open(store, (sent) => (sent.id === 'a' ? { kind: 'refused', status: 413, message: 'Dài quá.' } : ok(sent)))
    outbox.add(said('a'))
    outbox.add(said('b'))
    await vi.runAllTimersAsync()
    expect(tries).toEqual(['a', 'b'])
    expect(states(outbox)).toEqual(['a refused', 'b accepted'])
    expect(outbox.pending[0]?.progress).toEqual({ at: 'refused', message: 'Dài quá.' })
    const again = open(store, ok)
    await again.outbox.send()
    expect(states(again.outbox)).toEqual(['a refused'])
    expect(again.tries).toEqual([])
  })

  it('after a reload sends what was left, in the same order and under the same ids', async () => {
    const store = inMemory()
    const before = open(store, () => LATER)
    for (const id of ['a', 'b', 'c']) before.outbox.add(said(id))
    await vi.advanceTimersByTimeAsync(0)
    before.outbox.end()
    const { outbox, tries } = open(store, ok)
    await outbox.send()
    expect(tries).toEqual(['a', 'b', 'c'])
  })

  it('forgets a message whose event came although its 202 was lost', async () => {
    const store = inMemory()
    const { outbox } = open(store, () => LATER)
    outbox.add(said('a'))
    await vi.advanceTimersByTimeAsync(0)
    outbox.drop('a')
    expect([store.keys('out:'), outbox.pending]).toEqual([[], []])
  })

  it('sends nothing of what was taken out, and all of it, in order, once it is put back', async () => {
    const store = inMemory()
    let answer: (answer: Answer<Accepted>) => void = () => {}
    const { outbox, tries } = open(store, (sent) => (tries.length > 1 ? ok(sent) : new Promise((resolve) => (answer = resolve))))
    for (const id of ['a', 'b']) outbox.add(said(id))
    await vi.advanceTimersByTimeAsync(0)
    const taken = outbox.takeAll()
    expect([store.keys('out:'), outbox.wants('a')]).toEqual([[], false])
    answer(LATER)
    await vi.runAllTimersAsync()
    expect(tries).toEqual(['a'])
    outbox.putBack(taken)
    expect([store.keys('out:').length, outbox.wants('a')]).toEqual([2, true])
    await vi.runAllTimersAsync()
    expect(tries).toEqual(['a', 'a', 'b'])
  })

  it('still sends when the browser keeps nothing', async () => {
    const full: Store = { ...inMemory(), lasting: true, set: () => false }
    const { outbox, tries } = open(full, ok)
    outbox.add(said('a'))
    await vi.runAllTimersAsync()
    expect(tries).toEqual(['a'])
    expect(states(outbox)).toEqual(['a accepted'])
  })
})

describe('waiting', () => {
  it('doubles from one second to thirty and is spread', () => {
    expect([1, 2, 3, 6, 20].map((failures) => waitAfter(failures, 1))).toEqual([1_000, 2_000, 4_000, 30_000, 30_000])
    expect(waitAfter(3, 0)).toBe(2_000)
  })
})
