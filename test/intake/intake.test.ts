/** Whole dialogues in many voices, against the real assistant: promises that hold in every one, and how much is understood. */
import { beforeAll, describe, expect, it } from 'vitest'
import { openComplaintGuide } from '../../bot/main/complaint-guide.ts'
import { openReal } from '../bot/open.ts'
import { figures, type Measured, measure, median, readDialogues } from './measure.ts'

let measured: Measured

beforeAll(async () => {
  const assistant = await openReal()
  measured = await measure(readDialogues(), assistant, openComplaintGuide(assistant.library))
  console.info(figures(measured))
})

describe('taking a complaint', () => {
  it('keeps every promise in every dialogue', () => expect(measured.broken).toEqual([]))

  it('comes to a case in nearly all that should end in one', () => {
    expect(measured.due).toBeGreaterThan(25)
    expect(measured.confirmed / measured.due).toBeGreaterThanOrEqual(0.9)
  })

  // A hundredth of room under the figure of the README: on another processor vectors may differ in their last digits, and a story be met in another way.
  it('understands most of what it is told', () => expect(measured.right / measured.fields).toBeGreaterThanOrEqual(0.94))

  // Many begin in two messages, and find their matter only on the second list or by way of its group: each costs a turn.
  it('asks little', () => {
    expect(median(measured.turns)).toBeLessThanOrEqual(8)
    expect(median(measured.plainTurns)).toBeLessThanOrEqual(8)
  })
})
