/** The office's commands for cases, each a process of its own on a real data folder. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { fileCase } from '../../adapters/storage/case-changes.ts'
import { readCase, readCases } from '../../adapters/storage/complaint-store.ts'
import { newCaseNumber } from '../../bot/case/number.ts'
import { type ConfirmedComplaint, confirm } from '../../bot/complaint/confirmed.ts'
import { PURPOSES, type Purpose } from '../../bot/complaint/consent.ts'
import { newDraft } from '../../bot/complaint/draft.ts'
import type { Facts } from '../../bot/complaint/facts.ts'
import { CASE_OFFICE, CASE_REFUSED } from '../../bot/wording/cases.ts'
import { rows } from '../adapters/storage/lanes.ts'
import { command, DAY, inStore, NOW } from '../adapters/storage/office.ts'

const place = inStore()
const numberOf = (seed: number) => newCaseNumber(new Uint8Array(8).fill(seed), 2026)
const N = numberOf(1)
const intake = (...args: readonly string[]) => command('intake', place.folder, [...args, '--by', 'Lan'])

interface Told {
  readonly purposes?: readonly Purpose[]
  readonly story?: string
  readonly respondent?: string
  readonly at?: number
  readonly dueOn?: string
}

function complaint(number: string, { purposes = PURPOSES, story = 'mua áo', respondent = 'shop Hoa', at = NOW }: Told): ConfirmedComplaint {
  const consents = purposes.map((purpose) => ({ purpose, version: '1', at, message: 'm' }))
  const facts: Facts = { respondent: { value: respondent, from: { words: '', message: 'm' } } }
  const draft = { ...newDraft(story, at), stage: 'summary' as const, consents, facts }
  const confirmation = { caseNumber: number, issueTitle: 'Hàng không giống', missing: [], route: [], message: 'm', now: at }
  return confirm(draft, confirmation) ?? expect.unreachable('not confirmed')
}

const given = (number: string, told: Told = {}) => fileCase(place.store, complaint(number, told), { by: 'Lan', dueOn: told.dueOn }, told.at ?? NOW)

describe('the commands of the office', () => {
  it('take a case from its reading to its end, and each is audited', async () => {
    await given(N)
    const steps = [
      ['receive', N],
      ['choose', N, '--agency', 'so-cong-thuong', '--why', 'sàn thương mại điện tử'],
      ['transfer', N, '--agency', 'so-cong-thuong'],
      ['close', N, '--result', 'partly', '--text', 'trả lại một nửa, thẻ 4111 1111 1111 1111'],
    ]
    for (const step of steps) expect((await intake(...step)).err).toBe('')
    const found = await readCase(place.store, N)
    expect([found?.status, found?.result, found?.chosen?.id, found?.chosen?.by]).toEqual(['closed', 'partly', 'so-cong-thuong', 'Lan'])
    expect(JSON.stringify(found?.events)).not.toContain('4111')
    const shown = (await intake('show', N.toLowerCase().replaceAll('-', ' '))).out
    for (const words of ['đã kết thúc, giải quyết được một phần', 'Nơi đã chọn: ', 'Lan: chọn nơi giải quyết', 'trả lại một nửa'])
      expect(shown).toContain(words)
    expect((await rows(place.store, 'audit')).map(({ action }) => action)).toEqual([
      ...['case.filed', 'case.changed', 'case.changed', 'case.changed', 'case.changed', 'case.read'],
    ])
  })

  it('refuse in one sentence, and change nothing', async () => {
    await given(N, { purposes: ['handle'] })
    await intake('receive', N)
    const refused: readonly (readonly [readonly string[], string])[] = [
      [['receive', N], CASE_REFUSED.already],
      [['ask-info', N], CASE_REFUSED.text_missing],
      [['transfer', N, '--agency', 'so-cong-thuong'], CASE_REFUSED.no_consent_authority],
      [['transfer', N, '--agency', 'so-tai-chinh'], CASE_REFUSED.agency_never],
      [['choose', N, '--agency', 'khong-co', '--why', 'x'], CASE_REFUSED.agency_unknown],
      [['close', N, '--text', 'x'], CASE_OFFICE.result],
      [['reopen', N], CASE_REFUSED.not_closed],
      [['receive', 'GL26-111-111-111'], CASE_OFFICE.wrongNumber],
      [['receive', numberOf(9)], CASE_REFUSED.missing],
    ]
    for (const [args, sentence] of refused) expect(await intake(...args), args.join(' ')).toMatchObject({ code: 1, out: '', err: `${sentence}\n` })
    expect((await readCase(place.store, N))?.events.map(({ kind }) => kind)).toEqual(['receive'])
  })

  it('list danger first, then what is due first; late is marked', async () => {
    const now = Date.now()
    const later = new Date(now + 10 * DAY).toISOString().slice(0, 10)
    await given(numberOf(1), { at: now, dueOn: later })
    await given(numberOf(2), { at: now - 30 * DAY, dueOn: new Date(now - 20 * DAY).toISOString().slice(0, 10) })
    await given(numberOf(3), { at: now, story: 'nó dọa giết cả nhà tôi nếu không trả nợ' })
    const out = (await intake('list')).out.trim().split('\n')
    expect(out.map((line) => [line.slice(0, 16), line.includes(CASE_OFFICE.danger), line.includes(CASE_OFFICE.overdue)])).toEqual([
      [numberOf(3), true, false],
      [numberOf(2), false, true],
      [numberOf(1), false, false],
    ])
    expect((await intake('list', '--overdue')).out.trim().split('\n')).toHaveLength(1)
  })

  it('show sellers of whom several people complain', async () => {
    const now = Date.now()
    for (const seed of [1, 2, 3]) await given(numberOf(seed), { at: now, respondent: 'Shop Hoa Mai' })
    expect((await intake('clusters')).out).toContain('Shop Hoa Mai: 3 người')
  })
})

describe('filing for somebody who does not write', () => {
  it('makes the same record, with how they agreed, and says its number', async () => {
    const facts = ['--fact', 'respondent=Shop Hoa', '--fact', 'amount=450000', '--fact', 'phone=0905 123 456']
    const filed = await intake('file', '--story', 'mua áo bị rách', ...facts, '--consent', 'handle,authority', '--how', 'telephone')
    expect([filed.err, filed.out]).toEqual(['', expect.stringMatching(/Đã lập hồ sơ GL\d\d-/)])
    const [one] = await readCases(place.store)
    expect(one).toMatchObject({ channel: 'office', filedBy: 'Lan', status: 'confirmed' })
    expect(one?.dueAt).toBeGreaterThan(Date.now())
    expect(one?.record).toMatchObject({ story: 'mua áo bị rách', facts: { amount: { value: 450_000 }, phone: { value: '0905 123 456' } } })
    expect(one?.record?.consents.map(({ purpose, message }) => [purpose, message])).toEqual([
      ['handle', 'office:telephone'],
      ['authority', 'office:telephone'],
    ])
  })

  it('makes none without consent, with a value that is none, or with numbers that must not be kept', async () => {
    const file = join(place.folder, 'ho-so.json')
    const refusedBy = async (filing: object) => {
      writeFileSync(file, JSON.stringify(filing))
      return (await intake('file', '--json', file)).err
    }
    const consents = [{ purpose: 'handle', how: 'paper' }]
    expect(await refusedBy({ story: 'x', facts: {}, consents: [{ purpose: 'authority', how: 'paper' }] })).toContain('Chưa có sự đồng ý')
    expect(await refusedBy({ story: 'x', facts: { amount: -5, boughtOn: 'hôm qua' }, consents })).toContain('boughtOn, amount')
    expect(await refusedBy({ story: 'x', facts: {}, consents: [{ purpose: 'handle', how: 'đoán' }] })).toContain('chưa đúng mẫu')
    expect(await readCases(place.store)).toEqual([])
    expect(await refusedBy({ story: 'cccd 052190001234 của tôi', facts: {}, consents })).toBe('')
    expect(JSON.stringify(await readCases(place.store))).not.toContain('052190001234')
  })
})
