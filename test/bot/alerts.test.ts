/** Telling officers of work: codes, office hours, what is told to whom and when, and that no word of it is personal. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { alertCodeFrom, alertRequestIn } from '../../bot/alerts/code.ts'
import { ALERT_KINDS, type Alerted, type AlertKind, DANGER_GATHER_MS, GATHER_MS, type Matter, tellingOf } from '../../bot/alerts/matters.ts'
import { holidayCalendar, shippedHolidays } from '../../bot/calendar/holidays.ts'
import { isOpen, officeHoursIn } from '../../bot/calendar/hours.ts'
import { requestIn } from '../../bot/conversation/requests.ts'
import { alertText } from '../../bot/wording/alerts.ts'

const NOW = Date.parse('2026-11-27T03:00:00Z')
const matter = (kind: AlertKind, over: Partial<Matter> = {}): Matter => ({ key: `${kind}:1`, kind, since: NOW - 1_000, ...over })
const lan = (over: Partial<Alerted> = {}): Alerted => ({
  ...{ officer: 'lan', off: new Set(), night: false, connectedAt: 0, lastAt: null, told: new Set() },
  ...over,
})
const AT_WORK = { now: NOW, open: true, watching: false }
const said = (...given: Parameters<typeof tellingOf>) => tellingOf(...given).say.map(({ key }) => key)

describe('a code', () => {
  it('has its form, and is read however it is typed', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 8, maxLength: 16 }), fc.constantFrom('-', ' ', '', '–'), fc.boolean(), (random, dash, small) => {
        const code = alertCodeFrom(random)
        expect(code).toMatch(/^[A-HJ-KMNP-TV-Z]{4}-\d{4}$/)
        const typed = code.replace('-', dash)
        for (const text of [`báo việc ${typed}`, `Bao viec: ${typed}`, `BÁO VIỆC ${typed}.`])
          expect(requestIn(small ? text.toLowerCase() : text, [])).toEqual({ kind: 'alerts_on', code })
      }),
    )
  })

  it('draws from all letters and digits', () => {
    const all = new Set(Array.from({ length: 256 }, (_, byte) => alertCodeFrom(new Uint8Array(8).fill(byte))).join(''))
    expect(all.size).toBe(22 + 10 + 1)
  })

  it.each(['ngừng báo việc', 'Ngung bao viec nhe', 'tắt báo việc.', '/ngừng báo việc'])('%s ends it', (text) => {
    expect(alertRequestIn(text)).toEqual({ kind: 'alerts_off' })
  })

  it.each(['báo việc shop lừa tôi', 'báo việc', 'báo việc ABCD-12345', 'báo việc ABC-1234', 'tôi báo việc ABCD-1234 cho công an', 'việc này báo ai'])(
    '%s is none',
    (text) => expect(alertRequestIn(text)).toBeUndefined(),
  )
})

describe('office hours', () => {
  it.each([
    ['07:30-17:00', { from: 450, to: 1_020 }],
    ['7:30 – 11:30', { from: 450, to: 690 }],
    ['17:00-07:30', undefined],
    ['25:00-26:00', undefined],
    ['sáng tới chiều', undefined],
    ['', undefined],
  ])('%j', (text, hours) => expect(officeHoursIn(text)).toEqual(hours))

  it.each([
    ['2026-11-27T00:29:59Z', false],
    ['2026-11-27T00:30:00Z', true],
    ['2026-11-27T09:59:59Z', true],
    ['2026-11-27T10:00:00Z', false],
    ['2026-11-28T03:00:00Z', false],
    ['2027-01-01T03:00:00Z', false],
    ['2199-11-27T03:00:00Z', true],
  ])('at %s people are at work: %s', (at, open) => {
    expect(isOpen({ from: 450, to: 1_020 }, holidayCalendar(shippedHolidays()), Date.parse(at))).toBe(open)
  })
})

describe('what an officer is told', () => {
  const all = ALERT_KINDS.map((kind) => matter(kind))

  it('is everything that is news, once', () => {
    expect(said(lan(), all, AT_WORK)).toEqual(all.map(({ key }) => key))
    expect(said(lan({ told: new Set(all.map(({ key }) => key)) }), all, AT_WORK)).toEqual([])
  })

  it('leaves out what is switched off, and what is for others', () => {
    expect(said(lan({ off: new Set(['waiting'] as const) }), all, AT_WORK)).not.toContain('waiting:1')
    expect(said(lan(), [matter('mention', { for: ['hai'] })], AT_WORK)).toEqual([])
    expect(said(lan(), [matter('mention', { for: ['lan'] })], AT_WORK)).toEqual(['mention:1'])
  })

  it('is nothing that happened before they asked to be told; who still waits is told of', () => {
    const connectedAt = NOW - 500
    expect(said(lan({ connectedAt }), [matter('mention'), matter('assigned'), matter('waiting')], AT_WORK)).toEqual(['waiting:1'])
  })

  it('is gathered: after one message the next waits, danger least', () => {
    for (const [kind, pause] of [
      ['waiting', GATHER_MS],
      ['danger', DANGER_GATHER_MS],
    ] as const) {
      expect(said(lan({ lastAt: NOW - pause + 1 }), [matter(kind)], AT_WORK)).toEqual([])
      expect(said(lan({ lastAt: NOW - pause }), [matter(kind)], AT_WORK)).toEqual([`${kind}:1`])
    }
    expect(said(lan({ lastAt: NOW + 60_000 }), [matter('waiting')], AT_WORK)).toEqual(['waiting:1'])
  })

  it('is quiet outside the hours but for danger, where they chose so', () => {
    const night = { ...AT_WORK, open: false }
    expect(said(lan(), all, night)).toEqual([])
    expect(said(lan({ night: true }), all, night)).toEqual(['danger:1'])
  })

  it('is nothing while they sit before the page; what the page says once counts as told, who waits does not', () => {
    const { say, seen } = tellingOf(lan(), all, { ...AT_WORK, watching: true })
    expect(say).toEqual([])
    expect(seen.map(({ kind }) => kind)).toEqual(['assigned', 'mention'])
  })
})

describe('the message', () => {
  it('says kinds, how many and since when, and where to go', () => {
    const text = alertText(
      [
        matter('waiting', { since: NOW - 600_000 }),
        matter('waiting', { key: 'waiting:2' }),
        matter('danger'),
        matter('digest', { counts: { dueToday: 2, late: 1 } }),
      ],
      'https://antam.example.vn/console/',
    )
    expect(text).toBe(
      [
        'Báo việc:',
        '• GẤP: có người có thể đang bị hại, chờ từ 09:59 ngày 27/11.',
        '• 2 người đang chờ cán bộ, từ 09:50 ngày 27/11.',
        '• Đầu ngày: 2 hồ sơ có hạn hôm nay, 1 hồ sơ đã quá hạn.',
        'Mở bàn làm việc: https://antam.example.vn/console/',
      ].join('\n'),
    )
    expect(alertText([matter('call_back')], undefined)).not.toContain('http')
  })

  it('holds nothing of a key, whatever stands in it', () => {
    fc.assert(
      fc.property(fc.constantFrom(...ALERT_KINDS), fc.uuid(), (kind, secret) => {
        expect(alertText([matter(kind, { key: secret, for: [secret], counts: { dueToday: 1, late: 0 } })], undefined)).not.toContain(secret)
      }),
    )
  })
})
