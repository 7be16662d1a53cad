/** Half a minute of the crash suite on a fixed seed, and its self-test: a checker that does not find planted bugs proves nothing. */
import { describe, expect, it } from 'vitest'
import type { Bug } from './bugs.ts'
import { type Crowd, type RunOptions, run, type Trouble } from './run.ts'

/** Bounds for a machine that is busy with other work; nothing here is about speed. */
const AT_MOST_MS = 600_000

async function codesOf(options: RunOptions): Promise<readonly string[]> {
  const { violations } = await run(options)
  return violations.map(({ code }) => code)
}

describe('the service under kills, full disks and jumping clocks', () => {
  it(
    'loses nothing and says nothing twice',
    async () => {
      const { violations, figures } = await run({ seconds: 30, seed: 20_261_126 })
      console.log(figures)
      expect(violations).toEqual([])
    },
    AT_MOST_MS,
  )
})

interface Planted {
  readonly bug: Bug
  readonly crowd: Crowd
  readonly troubles: readonly Trouble[]
  readonly codes: readonly string[]
}

const COMMITTED: readonly Trouble[] = ['after-inbox-commit', 'after-inbox-commit', 'after-inbox-commit']

const SENT: readonly Trouble[] = ['after-send-before-mark', 'after-send-before-mark']

const PLANTED: readonly Planted[] = [
  { bug: 'ack-before-commit', crowd: 'web', troubles: COMMITTED, codes: ['lost'] },
  { bug: 'ack-before-commit', crowd: 'platforms', troubles: COMMITTED, codes: ['told_lost'] },
  { bug: 'two-decisions', crowd: 'web', troubles: [], codes: ['second_reply'] },
  { bug: 'fresh-key', crowd: 'web', troubles: SENT, codes: ['duplicate_reply', 'event_doubled'] },
  { bug: 'forgets-parts', crowd: 'platforms', troubles: SENT, codes: ['phone_unmarked'] },
  { bug: 'same-words', crowd: 'platforms', troubles: [], codes: ['told_lost'] },
  { bug: 'hands-over-drafts', crowd: 'complainers', troubles: [], codes: ['handed_unknown'] },
  { bug: 'fresh-handover', crowd: 'complainers', troubles: [], codes: ['handed_twice', 'handed_unknown'] },
  { bug: 'case-later', crowd: 'complainers', troubles: ['after-outcome-commit', 'after-outcome-commit'], codes: ['case_lost'] },
  { bug: 'deaf-to-officers', crowd: 'platforms', troubles: [], codes: ['not_silent', 'talked_over'] },
]

/** One short run may, by chance of the machine's pace, never come to where a bug shows: an officer writes only where another already did. */
const SEEDS = [7, 8, 9, 10]

async function foundIn(planted: Planted): Promise<readonly string[]> {
  const { codes, ...options } = planted
  for (const seed of SEEDS) {
    const found = (await codesOf({ seconds: 1, seed, ...options })).filter((code) => codes.includes(code))
    if (found.length > 0) return found
  }
  return []
}

describe('the checker finds', () => {
  it.each(PLANTED)(
    '$bug ($crowd)',
    async (planted) => {
      expect(await foundIn(planted)).not.toEqual([])
    },
    AT_MOST_MS,
  )
})
