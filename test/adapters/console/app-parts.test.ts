import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { deedOf } from '../../../adapters/console/app/case/deed.ts'
import { piecesOf } from '../../../adapters/console/app/excerpt.ts'
import { filingOf } from '../../../adapters/console/app/filing.ts'
import { folded } from '../../../adapters/console/app/folded.ts'
import * as LIMITS from '../../../adapters/console/app/limits.ts'
import { filingSchema } from '../../../bot/case/filing.ts'
import { CASE_TEXT_MAX } from '../../../bot/case/life.ts'
import { LONGEST_STORY } from '../../../bot/complaint/draft.ts'
import { OUTCOME_MAX } from '../../../bot/conversation/owner.ts'

describe('an excerpt', () => {
  it('is the same text again when its pieces are put together, whatever places are marked', () => {
    const hit = fc.tuple(fc.nat(60), fc.nat(60)).map(([a, b]) => ({ start: Math.min(a, b), end: Math.max(a, b) }))
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 50 }), fc.array(hit, { maxLength: 5 }), (text, hits) => {
        expect(
          piecesOf({ text, hits })
            .map((piece) => piece.text)
            .join(''),
        ).toBe(text)
      }),
    )
  })

  it('marks what was found', () => {
    const hits = [
      { start: 14, end: 19 },
      { start: 0, end: 7 },
    ]
    expect(piecesOf({ text: 'nồi cơm điện bị móp', hits })).toEqual([
      { text: 'nồi cơm', hit: true },
      { text: ' điện b', hit: false },
      { text: 'ị móp', hit: true },
    ])
  })
})

describe('folding', () => {
  it('finds marks with and without, whole or in pieces', () => {
    expect([folded('Đổi  trả'), folded('Đổi trả'.normalize('NFD')), folded(' DOI TRA ')]).toEqual(['doi tra', 'doi tra', 'doi tra'])
  })
})

describe('a deed of a case', () => {
  const filled = { text: ' Đã xong. ', agency: 'sct', result: 'partly' } as const
  const empty = { text: ' ', agency: '', result: '' } as const

  it('is sent only when all that it needs is there', () => {
    expect(deedOf('close', filled)).toEqual({ kind: 'close', result: 'partly', text: 'Đã xong.' })
    expect(deedOf('choose', filled)).toEqual({ kind: 'choose', agency: 'sct', why: 'Đã xong.' })
    expect(deedOf('transfer', filled)).toEqual({ kind: 'transfer', agency: 'sct' })
    expect(deedOf('receive', empty)).toEqual({ kind: 'receive' })
    for (const kind of ['close', 'choose', 'transfer', 'answer', 'ask_info', 'hold'] as const) expect(deedOf(kind, empty)).toBeUndefined()
    expect(deedOf('answer', { ...filled, text: 'a'.repeat(CASE_TEXT_MAX + 1) })).toBeUndefined()
    expect(deedOf('answer', { ...filled, text: '😀'.repeat(CASE_TEXT_MAX) })).toBeDefined()
  })
})

describe('a case told on the telephone', () => {
  it('is sent as the office takes it: what is known, and each consent with how it was given', () => {
    const facts = { respondent: ' Shop Hoa Mai ', amount: '1.200.000 đ', boughtOn: '2026-11-12', email: ' ' }
    const filing = filingOf({ id: '0c0f8a52-5d2b-4f0e-9a6b-2f1d3c4b5a69', how: 'telephone', story: ' Tôi mua… ', facts, consents: ['handle'] })
    expect(filing).toEqual({
      id: '0c0f8a52-5d2b-4f0e-9a6b-2f1d3c4b5a69',
      story: 'Tôi mua…',
      facts: { respondent: 'Shop Hoa Mai', amount: '1.200.000 đ', boughtOn: '2026-11-12' },
      consents: [{ purpose: 'handle', how: 'telephone' }],
    })
    expect(filingSchema.safeParse(filing).success).toBe(true)
  })
})

describe('limits that are said while one writes', () => {
  it('are those that are checked', () => {
    expect(LIMITS).toMatchObject({ OUTCOME_MAX, CASE_TEXT_MAX, STORY_MAX: LONGEST_STORY })
  })
})
