import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { batched } from '../../../adapters/storage/batch.ts'

/** Writes what it is given; fails on negative numbers, all or nothing, after as long as the test wants. */
function writer(most: number) {
  const written: number[] = []
  const batches: number[][] = []
  const write = batched(async (items: readonly number[]) => {
    batches.push([...items])
    await Promise.resolve()
    const bad = items.find((item) => item < 0)
    if (bad !== undefined) throw new Error(`bad ${bad}`)
    written.push(...items)
    return items.map((item) => item * 10)
  }, most)
  return { written, batches, write }
}

describe('writes that come together', () => {
  it('are written together, each told its own result', async () => {
    const { batches, write } = writer(64)
    expect(await Promise.all([1, 2, 3, 4].map(write))).toEqual([10, 20, 30, 40])
    expect(batches).toEqual([[1, 2, 3, 4]])
  })

  it('wait for what the network has ready in the same round', async () => {
    const { batches, write } = writer(64)
    const later = new Promise<number>((resolve, reject) => void setImmediate(() => write(2).then(resolve, reject)))
    await new Promise<void>((resolve) => void setImmediate(resolve))
    await Promise.all([write(1), later])
    expect(batches).toEqual([[2, 1]])
  })

  it('are never more than the most', async () => {
    const { batches, write } = writer(2)
    await Promise.all([1, 2, 3, 4, 5, 6].map(write))
    expect(batches).toEqual([
      [1, 2],
      [3, 4],
      [5, 6],
    ])
  })

  it('that come one after the other wait for nobody', async () => {
    const { batches, write } = writer(64)
    for (const item of [1, 2, 3]) await write(item)
    expect(batches).toEqual([[1], [2], [3]])
  })

  it('go on after one has failed', async () => {
    const { written, write } = writer(64)
    await expect(write(-1)).rejects.toThrow('bad -1')
    expect(await write(2)).toBe(20)
    expect(written).toEqual([2])
  })

  it('are each written once, in order, or fail alone, whatever comes when', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(fc.integer({ min: -5, max: 50 }), { maxLength: 12 }), { maxLength: 6 }),
        fc.integer({ min: 1, max: 5 }),
        async (waves, most) => {
          const { written, batches, write } = writer(most)
          const results = await Promise.all(
            waves.map(async (wave, i) => {
              for (let turn = 0; turn < i * 3; turn++) await Promise.resolve()
              return Promise.allSettled(wave.map(write))
            }),
          )
          for (const [i, wave] of waves.entries())
            expect(results[i]?.map((result) => (result.status === 'fulfilled' ? result.value : 'failed'))).toEqual(
              wave.map((item) => (item < 0 ? 'failed' : item * 10)),
            )
          expect([...written].sort((a, b) => a - b)).toEqual(
            waves
              .flat()
              .filter((item) => item >= 0)
              .sort((a, b) => a - b),
          )
          expect(Math.max(0, ...batches.map((batch) => batch.length))).toBeLessThanOrEqual(most)
        },
      ),
      { seed: 20261126, numRuns: 200 },
    )
  })
})
