import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { gather } from '../../../adapters/console/app/gather.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

/** What is fetched; each fetch ends when the test says so. */
function fetching() {
  const ends: (() => void)[] = []
  const run = () => new Promise<void>((resolve) => void ends.push(resolve))
  return { run, ends }
}

describe('many wake-ups', () => {
  it('make one fetch', async () => {
    const { run, ends } = fetching()
    const { wake } = gather(run, 200)
    for (let i = 0; i < 50; i++) wake()
    await vi.advanceTimersByTimeAsync(199)
    expect(ends).toHaveLength(0)
    await vi.advanceTimersByTimeAsync(1)
    expect(ends).toHaveLength(1)
  })

  it('do not put off the fetch for ever', async () => {
    const { run, ends } = fetching()
    const { wake } = gather(run, 200)
    for (let i = 0; i < 20; i++) {
      wake()
      await vi.advanceTimersByTimeAsync(50)
      ends.at(-1)?.()
    }
    expect(ends.length).toBeGreaterThanOrEqual(3)
  })

  it('never make two fetches at a time, and one more after the one that they came into', async () => {
    const { run, ends } = fetching()
    const { wake } = gather(run, 200)
    wake()
    await vi.advanceTimersByTimeAsync(200)
    wake()
    wake()
    await vi.advanceTimersByTimeAsync(5_000)
    expect(ends).toHaveLength(1)
    ends[0]?.()
    await vi.advanceTimersByTimeAsync(200)
    expect(ends).toHaveLength(2)
    ends[1]?.()
    await vi.advanceTimersByTimeAsync(5_000)
    expect(ends).toHaveLength(2)
  })

  it('go on after a fetch that failed', async () => {
    let runs = 0
    const { wake } = gather(async () => {
      runs += 1
      throw new Error('no network')
    }, 200)
    const unhandled = vi.fn()
    process.on('unhandledRejection', unhandled)
    wake()
    await vi.advanceTimersByTimeAsync(200)
    wake()
    await vi.advanceTimersByTimeAsync(200)
    process.off('unhandledRejection', unhandled)
    expect([runs, unhandled.mock.calls]).toEqual([2, []])
  })

  it('are forgotten once stopped', async () => {
    const { run, ends } = fetching()
    const { wake, stop } = gather(run, 200)
    wake()
    stop()
    wake()
    await vi.advanceTimersByTimeAsync(1_000)
    expect(ends).toHaveLength(0)
  })
})
