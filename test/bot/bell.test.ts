import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { Bell } from '../../bot/delivery/bell.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

/** @returns what has woken so far, in order. */
function sleepers(bell: Bell, ...names: readonly string[]): string[] {
  const woken: string[] = []
  for (const name of names) void bell.wait(500).then(() => woken.push(name))
  return woken
}
const settled = () => vi.advanceTimersByTimeAsync(0)

describe('a bell', () => {
  it('wakes who waits', async () => {
    const bell = new Bell()
    const woken = sleepers(bell, 'a')
    await settled()
    expect(woken).toEqual([])
    bell.ring()
    await settled()
    expect(woken).toEqual(['a'])
  })

  it('wakes all who wait, at one ring', async () => {
    const bell = new Bell()
    const woken = sleepers(bell, 'a', 'b', 'c', 'd')
    bell.ring()
    await settled()
    expect(woken).toEqual(['a', 'b', 'c', 'd'])
  })

  it('that rang before anybody waited is not lost, and is heard once', async () => {
    const bell = new Bell()
    bell.ring()
    bell.ring()
    const first = sleepers(bell, 'a')
    await settled()
    expect(first).toEqual(['a'])
    const woken = sleepers(bell, 'b')
    await settled()
    expect(woken).toEqual([])
    await vi.advanceTimersByTimeAsync(500)
    expect(woken).toEqual(['b'])
  })

  it('that does not ring lets sleep no longer than told', async () => {
    const woken = sleepers(new Bell(), 'a')
    await vi.advanceTimersByTimeAsync(499)
    expect(woken).toEqual([])
    await vi.advanceTimersByTimeAsync(1)
    expect(woken).toEqual(['a'])
  })

  it('leaves no timer behind', async () => {
    const bell = new Bell()
    sleepers(bell, 'a', 'b')
    bell.ring()
    await settled()
    expect(vi.getTimerCount()).toBe(0)
  })
})
