/** Half a minute of the crash suite on a fixed seed, and its self-test: a checker that does not find planted bugs proves nothing. */
import { describe, expect, it } from 'vitest'
import type { Bug } from './bugs.ts'
import { type RunOptions, run, type Trouble } from './run.ts'

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

const PLANTED: readonly (readonly [bug: Bug, troubles: readonly Trouble[], codes: readonly string[]])[] = [
  ['ack-before-commit', ['after-inbox-commit', 'after-inbox-commit', 'after-inbox-commit'], ['lost']],
  ['two-decisions', [], ['second_reply']],
  ['fresh-key', ['after-send-before-mark', 'after-send-before-mark'], ['duplicate_reply', 'event_doubled']],
]

describe('the checker finds', () => {
  it.each(PLANTED)(
    '%s',
    async (bug, troubles, codes) => {
      const found = await codesOf({ seconds: 1, seed: 7, bug, troubles })
      expect(found.filter((code) => codes.includes(code))).not.toEqual([])
    },
    AT_MOST_MS,
  )
})
