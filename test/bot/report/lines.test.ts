/** A case as a line: its days in Vietnam, its clocks on working days, what it says of place and seller, and nothing of anybody. */
import { describe, expect, it } from 'vitest'
import { holidayCalendar, shippedHolidays } from '../../../bot/calendar/holidays.ts'
import type { ComplaintRecord } from '../../../bot/complaint/confirmed.ts'
import type { Facts } from '../../../bot/complaint/facts.ts'
import { caseLines, type ReportedCase, type ReportedEvent } from '../../../bot/report/lines.ts'
import { yearPeriod } from '../../../bot/report/yearly.ts'
import { REPORT } from '../../../bot/wording/report.ts'

const calendar = holidayCalendar(shippedHolidays())
const at = (moment: string): number => Date.parse(`${moment}:00+07:00`)
const NOW = at('2026-12-10T09:00')
const fact = <T>(value: T) => ({ value, from: { words: '', message: 'm' } })

function record(facts: Facts = {}): ComplaintRecord {
  return {
    ...{
      case: 'GL26-1',
      issue: 'hang-khong-giong',
      issueTitle: 'Hàng không giống',
      story: 'mẹ Hoa 0905 123 456 kể',
      facts,
      missing: [],
      evidence: [],
    },
    ...{ account: null, consents: [], confirmedBy: 'm', confirmedAt: 0 },
    route: [{ agency: 'Sở Công Thương', basis: '', confidence: 1, why: '' }],
  }
}

function reported(more: Partial<ReportedCase> = {}, facts: Facts = {}): ReportedCase {
  return {
    ...{ number: 'GL26-1', person: 'web:1', channel: 'web', byOfficer: false, status: 'confirmed', result: null, dueAt: null, closedAt: null },
    ...{ chosen: null, satisfied: null, record: record(facts), events: [], confirmedAt: at('2026-11-26T10:00') },
    ...more,
  }
}

const event = (moment: string, kind: string, actor = 'Lan', facts: Facts = {}): ReportedEvent => ({ at: at(moment), actor, kind, facts })
const groupOf = (issue: string) => (issue === 'hang-khong-giong' ? 'Hàng hóa' : undefined)
const lines = (...cases: ReportedCase[]) => caseLines(cases, { period: yearPeriod(2026), calendar, groupOf, now: NOW })
const line = (one: ReportedCase) => lines(one)[0] ?? expect.unreachable('no line')

describe('the year of a case', () => {
  it('turns at midnight in Vietnam, seven hours before it does in Greenwich', () => {
    const turn = [at('2026-01-01T00:00') - 1, at('2026-01-01T00:00')]
    const [before, after] = lines(...turn.map((confirmedAt, i) => reported({ number: `GL26-${i}`, confirmedAt })))
    expect([before?.receivedOn, before?.carried, after?.receivedOn, after?.carried]).toEqual(['2025-12-31', true, '2026-01-01', false])
  })
})

describe('the clocks', () => {
  it('count working days: from Friday evening to Monday morning is one', () => {
    const events = [event('2026-11-27T21:00', 'added', 'person'), event('2026-11-30T08:00', 'receive')]
    expect(line(reported({ confirmedAt: at('2026-11-27T20:00'), events })).lookedAfter).toBe(1)
  })

  it('begin anew with each transfer, and the answer after it is what counts', () => {
    const events = [
      ...[event('2026-11-26T11:00', 'answer'), event('2026-11-30T08:00', 'transfer'), event('2026-12-02T08:00', 'transfer')],
      ...[event('2026-12-04T08:00', 'answer'), event('2026-12-09T08:00', 'answer')],
    ]
    expect(line(reported({ events }))).toMatchObject({ lookedAfter: 0, transferredAfter: 2, bodyAnsweredAfter: 2 })
  })

  it('do not run where nothing happened, nor for what the person does', () => {
    const events = [event('2026-11-26T11:00', 'withdrawn', 'person')]
    expect(line(reported({ events }))).toMatchObject({ lookedAfter: null, transferredAfter: null, bodyAnsweredAfter: null })
  })

  it('never run backwards', () => {
    expect(line(reported({ events: [event('2026-11-20T11:00', 'receive')] })).lookedAfter).toBe(0)
  })

  it('say that the first look is late from the very end of the day that was promised, done or not', () => {
    const dueAt = at('2026-12-02T00:00')
    const late = (...events: ReportedEvent[]) => line(reported({ dueAt, events })).overdue
    expect([late(event('2026-12-01T23:59', 'receive')), late(event('2026-12-02T00:00', 'receive')), late()]).toEqual([false, true, true])
    expect([line(reported({ dueAt: NOW + 1 })).overdue, line(reported()).overdue]).toEqual([false, false])
  })
})

describe('what a case says', () => {
  it('is what was told last', () => {
    const events = [event('2026-11-27T11:00', 'added', 'person', { amount: fact(900_000) })]
    expect(line(reported({ events }, { amount: fact(100_000), platform: fact('tiktok') }))).toMatchObject({
      amount: 900_000,
      platform: 'TikTok Shop',
    })
  })

  it('names nobody: no name, no telephone, no words of the story, no address, no pseudonym', () => {
    const facts = { name: fact('Hoa'), phone: fact('0905123456'), commune: fact('12 Lê Lợi, xã Ia Krai'), respondent: fact('shop Hoa Hồng') }
    const told = JSON.stringify(line(reported({ person: 'web:bi-danh' }, facts)))
    for (const word of ['Hoa', '0905', 'mẹ', 'Lê Lợi', 'bi-danh']) expect(told).not.toContain(word)
    expect(line(reported({}, facts)).commune).toBe(REPORT.unclearCommune)
  })

  it('of a commune is spelled alike, as most spell it', () => {
    const spelled = ['xa ia krai', 'xã Ia Krai', 'xã Ia Krai'].map((name, i) => reported({ number: `GL26-${i}` }, { commune: fact(name) }))
    expect(lines(...spelled).map(({ commune }) => commune)).toEqual(['xã Ia Krai', 'xã Ia Krai', 'xã Ia Krai'])
  })

  it('counts also where its record cannot be read, or its group is not known any more', () => {
    expect(line(reported({ record: undefined }))).toMatchObject({ number: 'GL26-1', group: REPORT.noGroup, issue: REPORT.noIssue, amount: null })
    expect(lines(reported({ record: { ...record(), issue: 'cu' } }))[0]).toMatchObject({ group: REPORT.noGroup, issue: 'Hàng không giống' })
  })
})

describe('sellers', () => {
  const about = (number: string, person: string, moment: string, facts: Facts) => reported({ number, person, confirmedAt: at(moment) }, facts)
  const phone = { respondentPhone: fact('0905 111 222') }
  const both = { ...phone, link: fact('facebook.com/hang-re') }
  const link = { link: fact('facebook.com/hang-re') }

  it('of whom three people complain within ninety days have a number, also where only others join them', () => {
    const found = lines(
      ...[
        about('GL26-1', 'a', '2026-02-01T09:00', phone),
        about('GL26-2', 'b', '2026-03-01T09:00', link),
        about('GL26-3', 'c', '2026-04-01T09:00', both),
      ],
      about('GL26-4', 'd', '2026-04-02T09:00', { respondentPhone: fact('0905 999 999') }),
    )
    expect(found.map(({ seller }) => seller)).toEqual([1, 1, 1, null])
  })

  it('have none where the three are spread over more days, or are one person', () => {
    const spread = ['2026-01-02', '2026-05-02', '2026-09-02'].map((day, i) => about(`GL26-${i}`, `p${i}`, `${day}T09:00`, phone))
    const one = ['2026-01-02', '2026-01-03', '2026-01-04'].map((day, i) => about(`GL26-${i}`, 'a', `${day}T09:00`, phone))
    expect([...lines(...spread), ...lines(...one)].filter(({ seller }) => seller !== null)).toEqual([])
  })

  it('are numbered by their first case, and what lies before the period does not count', () => {
    const early = ['a', 'b', 'c'].map((who, i) => about(`GL25-${i}`, who, `2025-12-2${i}T09:00`, link))
    const late = ['a', 'b', 'c'].map((who, i) => about(`GL26-${i}`, who, `2026-02-0${i + 1}T09:00`, phone))
    expect(lines(...early, ...late).map(({ seller }) => seller)).toEqual([null, null, null, 1, 1, 1])
  })
})
