import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type CaseEvent, type CaseEventKind, type CaseLife, stepCase } from '../../../bot/case/life.ts'
import { PURPOSES } from '../../../bot/complaint/consent.ts'
import { CASE_RESULTS, CASE_STATUSES, type CaseStatus } from '../../../bot/complaint/status.ts'

const AGENCY = { id: 'so-cong-thuong', name: 'Sở Công Thương' }
const LIFE: CaseLife = { status: 'confirmed', result: null, purposes: PURPOSES, chosen: null, hold: null, satisfaction: null }

const EVENTS: Readonly<Record<CaseEventKind, CaseEvent>> = {
  receive: { kind: 'receive' },
  ask_info: { kind: 'ask_info', text: 'gửi hóa đơn' },
  handle: { kind: 'handle' },
  choose: { kind: 'choose', agency: AGENCY, why: 'hàng giả' },
  transfer: { kind: 'transfer', agency: AGENCY },
  answer: { kind: 'answer', text: 'bên bán trả tiền' },
  close: { kind: 'close', result: 'resolved', text: 'đã trả tiền' },
  reopen: { kind: 'reopen' },
  hold: { kind: 'hold', why: 'tòa yêu cầu giữ' },
  release: { kind: 'release' },
  added: { kind: 'added', story: 'thêm', facts: {}, evidence: [] },
  withdrawn: { kind: 'withdrawn' },
  asked_again: { kind: 'asked_again' },
  consents_withdrawn: { kind: 'consents_withdrawn', purposes: ['warning'] },
  rated: { kind: 'rated', satisfied: true, why: '' },
}

/** Where each event leads; a word in brackets: why it does not. In the order of CASE_STATUSES. */
const TABLE: Readonly<Record<CaseEventKind, readonly string[]>> = {
  //                   confirmed         received       needs_info     handling       transferred    answered       closed          reopened
  receive: ['received', '(already)', '(already)', '(already)', '(already)', '(already)', '(closed)', 'received'],
  ask_info: ['needs_info', 'needs_info', 'needs_info', 'needs_info', 'needs_info', 'needs_info', '(closed)', 'needs_info'],
  handle: ['handling', 'handling', 'handling', '(already)', 'handling', 'handling', '(closed)', 'handling'],
  choose: ['confirmed', 'received', 'needs_info', 'handling', 'transferred', 'answered', '(closed)', 'reopened'],
  transfer: ['(not_received)', 'transferred', 'transferred', 'transferred', 'transferred', 'transferred', '(closed)', 'transferred'],
  answer: ['(not_received)', 'answered', 'answered', 'answered', 'answered', '(already)', '(closed)', 'answered'],
  close: ['closed', 'closed', 'closed', 'closed', 'closed', 'closed', '(closed)', 'closed'],
  reopen: Array(6).fill('(not_closed)').concat('reopened', '(not_closed)'),
  hold: [...CASE_STATUSES],
  release: Array(8).fill('(not_held)'),
  added: ['confirmed', 'received', 'received', 'handling', 'transferred', 'answered', '(closed)', 'reopened'],
  withdrawn: ['closed', 'closed', 'closed', 'closed', 'closed', 'closed', '(closed)', 'closed'],
  asked_again: Array(5).fill('(not_closed)').concat('reopened', 'reopened', '(not_closed)'),
  consents_withdrawn: [...CASE_STATUSES],
  rated: Array(6).fill('(not_closed)').concat('closed', '(not_closed)'),
}

function led(status: CaseStatus, event: CaseEvent, life: Partial<CaseLife> = {}): string {
  const step = stepCase({ ...LIFE, result: status === 'closed' ? 'resolved' : null, ...life, status }, event)
  return 'refused' in step ? `(${step.refused})` : step.life.status
}

describe('every event in every status', () => {
  for (const [kind, expected] of Object.entries(TABLE) as [CaseEventKind, readonly string[]][])
    it(kind, () => {
      expect(CASE_STATUSES.map((status) => led(status, EVENTS[kind]))).toEqual(expected)
    })
})

describe('what an event needs', () => {
  it('is words, of a bearable length, where the person reads them or the office answers for them', () => {
    for (const kind of ['ask_info', 'answer', 'close'] as const) {
      expect(led('handling', { ...EVENTS[kind], text: ' ' } as CaseEvent)).toBe('(text_missing)')
      expect(led('handling', { ...EVENTS[kind], text: 'ồ'.repeat(2_001) } as CaseEvent)).toBe('(text_too_long)')
    }
    expect(led('handling', { kind: 'choose', agency: AGENCY, why: '' })).toBe('(text_missing)')
    expect(led('handling', { kind: 'hold', why: '' })).toBe('(text_missing)')
  })

  it('is the consent to be passed on, before anything goes to an authority', () => {
    expect(led('received', EVENTS.transfer, { purposes: ['handle', 'respondent'] })).toBe('(no_consent_authority)')
  })

  it('is that it is not done already: the same body twice', () => {
    expect(led('transferred', EVENTS.transfer, { chosen: AGENCY })).toBe('(already)')
    expect(led('transferred', { kind: 'transfer', agency: { id: 'x', name: 'X' } }, { chosen: AGENCY })).toBe('transferred')
  })

  it('is that there is something: to add, to withdraw', () => {
    expect(led('received', { kind: 'added', story: ' ', facts: {}, evidence: [] })).toBe('(nothing_added)')
    expect(led('received', { kind: 'consents_withdrawn', purposes: ['warning'] }, { purposes: ['handle'] })).toBe('(nothing_to_withdraw)')
  })
})

describe('consents', () => {
  it('end one by one; without the first, nobody may go on', () => {
    const step = stepCase(LIFE, { kind: 'consents_withdrawn', purposes: ['respondent'] })
    expect(step).toMatchObject({ life: { status: 'confirmed', purposes: ['handle', 'authority', 'warning'] } })
    expect(stepCase(LIFE, { kind: 'consents_withdrawn', purposes: ['handle'] })).toMatchObject({ life: { status: 'closed', result: 'withdrawn' } })
  })

  it('end after the case has ended too, and its result stays', () => {
    const closed: CaseLife = { ...LIFE, status: 'closed', result: 'partly' }
    expect(stepCase(closed, { kind: 'consents_withdrawn', purposes: ['handle'] })).toMatchObject({ life: { status: 'closed', result: 'partly' } })
  })
})

const event: fc.Arbitrary<CaseEvent> = fc.oneof(
  fc.constantFrom(...Object.values(EVENTS)),
  fc.record({ kind: fc.constant('close' as const), result: fc.constantFrom(...CASE_RESULTS), text: fc.constantFrom('', 'xong') }),
  fc.record({ kind: fc.constant('consents_withdrawn' as const), purposes: fc.subarray([...PURPOSES]) }),
)

describe('any life', () => {
  it('has a result exactly while it is closed, never regains a consent, and goes to no authority without one', () => {
    fc.assert(
      fc.property(fc.array(event, { maxLength: 40 }), (events) => {
        let life = LIFE
        for (const one of events) {
          const step = stepCase(life, one)
          if ('refused' in step) continue
          expect(step.life.result !== null).toBe(step.life.status === 'closed')
          expect(step.life.purposes.every((purpose) => life.purposes.includes(purpose))).toBe(true)
          if (one.kind === 'transfer') expect(life.purposes).toContain('authority')
          if (step.life.satisfaction) expect(step.life.status).toBe('closed')
          life = step.life
        }
      }),
    )
  })
})
