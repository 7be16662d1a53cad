/** The registers of personal data and the search for whom a leak touches, on a real database. */
import { describe, expect, it } from 'vitest'
import { readLastAudit } from '../../../adapters/storage/audit-store.ts'
import { readAffected } from '../../../adapters/storage/breach-store.ts'
import { askCallBack, withdrawCallBack } from '../../../adapters/storage/call-back-store.ts'
import { changeCase } from '../../../adapters/storage/case-changes.ts'
import { writePersonEvent } from '../../../adapters/storage/case-store.ts'
import { readHeld } from '../../../adapters/storage/held-store.ts'
import { erasePerson, personOfCase, replayTombstones, runRetention } from '../../../adapters/storage/privacy-store.ts'
import {
  addRequest,
  answeredRequests,
  answerRequest,
  type ConsentFilter,
  type ConsentRow,
  type NewRequest,
  openRequests,
  type Place,
  readConsents,
  retentionRuns,
  withdrawSubscription,
} from '../../../adapters/storage/register-store.ts'
import { listeningOf, subscribe } from '../../../adapters/storage/subscriber-store.ts'
import { PURPOSES, type Purpose } from '../../../bot/complaint/consent.ts'
import { rows } from './lanes.ts'
import { DAY, inStore, NOW, plant } from './office.ts'
import { file } from './report-cases.ts'

const place = inStore()
const HOUR = 3_600_000

const withdraw = (number: string, purposes: readonly Purpose[], now: number) =>
  place.store.write((tx) =>
    writePersonEvent(tx, { conversationId: 'c1', now }, { kind: 'case_changed', number, event: { kind: 'consents_withdrawn', purposes } }),
  )

async function everyConsent(filter: ConsentFilter, limit = 1_000): Promise<readonly ConsentRow[]> {
  const all: ConsentRow[] = []
  for (let from: Place | undefined; ; ) {
    const { rows: page, next } = await readConsents(place.store, filter, from, limit)
    all.push(...page)
    if (next === null) return all
    from = next
  }
}

describe('the register of consents', () => {
  it('says of each case what was agreed to, when, in which message, and what was withdrawn since', async () => {
    await file(place.store, 'GL-1', NOW)
    await withdraw('GL-1', ['warning', 'respondent'], NOW + HOUR)
    await withdraw('GL-1', ['warning', 'authority'], NOW + 2 * HOUR)
    const said = { number: 'GL-1', conversation: null, version: '1', at: NOW, message: 'm' }
    expect(await everyConsent({})).toEqual([
      { ...said, purpose: 'handle', endedAt: null, ended: null },
      { ...said, purpose: 'authority', endedAt: NOW + 2 * HOUR, ended: 'withdrawn' },
      { ...said, purpose: 'respondent', endedAt: NOW + HOUR, ended: 'withdrawn' },
      { ...said, purpose: 'warning', endedAt: NOW + HOUR, ended: 'withdrawn' },
    ])
    const purposes = async (filter: ConsentFilter) => (await everyConsent(filter)).map(({ purpose }) => purpose)
    expect(await purposes({ standing: true })).toEqual(['handle'])
    expect(await purposes({ standing: false, purpose: 'warning' })).toEqual(['warning'])
    expect(await purposes({ purpose: 'authority', standing: true })).toEqual([])
  })

  it('comes in pages that neither lose nor repeat a case, the latest first, also of one moment', async () => {
    const numbers = Array.from({ length: 230 }, (_, i) => `GL-${String(i).padStart(3, '0')}`)
    for (const [i, number] of numbers.entries()) await file(place.store, number, NOW + Math.floor(i / 50))
    const found = (await everyConsent({ purpose: 'handle' }, 7)).map(({ number }) => number)
    expect(found).toEqual([...numbers].reverse())
    expect(await everyConsent({}, 7)).toHaveLength(numbers.length * PURPOSES.length)
  })
})

const said = (who: string) => ({ version: 'v', message: `m-${who}` })

/** Somebody who asks for warnings, and to be called, one after the other. */
async function asksFor(who: string, at: number): Promise<void> {
  await plant(place.store, { id: who, person: `web:${who}`, at })
  await place.store.write(async (tx) => {
    await tx.deleteFrom('subscriber').where('conversation_id', '=', who).execute()
    await tx.deleteFrom('call_back').where('conversation_id', '=', who).execute()
    await subscribe(tx, who, { ...said(who), now: at })
    await askCallBack(
      tx,
      { conversationId: who, now: at + 1 },
      { kind: 'call_back_asked', phone: '0900000001', hours: 'sáng', dueOn: '2026-12-01', consent: said(who) },
    )
  })
}

describe('what is agreed to in a conversation without a case', () => {
  it('stands in the register: who is told of warnings and whom to call, until they wish it no more or it is done', async () => {
    await asksFor('c8', NOW)
    const common = { number: null, conversation: 'c8', version: 'v', message: 'm-c8', endedAt: null, ended: null }
    expect(await everyConsent({})).toEqual([
      { ...common, purpose: 'call_back', at: NOW + 1 },
      { ...common, purpose: 'subscription', at: NOW },
    ])
    await place.store.write((tx) => withdrawCallBack(tx, { conversationId: 'c8', now: NOW + 5 }))
    expect(await withdrawSubscription(place.store, { conversation: 'c8', by: 'lan' }, NOW + 6)).toBe(true)
    expect(await withdrawSubscription(place.store, { conversation: 'c8', by: 'lan' }, NOW + 7)).toBe(false)
    expect((await everyConsent({ standing: false })).map(({ endedAt, ended }) => [endedAt, ended])).toEqual([
      [NOW + 5, 'withdrawn'],
      [NOW + 6, 'withdrawn'],
    ])
    expect(await everyConsent({ standing: true })).toEqual([])
    expect((await readLastAudit(place.store, 9)).map(({ action, actor, subject }) => [action, actor, subject])).toEqual([
      ['consent.withdrawn', 'lan', 'conversation:c8'],
    ])
    expect((await listeningOf(place.store, 'c8')).subscribed).toBe(false)
  })

  it('says of a call that was made that the number has been used, not that it was taken back', async () => {
    await asksFor('c8', NOW)
    await place.store.write((tx) =>
      tx
        .updateTable('call_back')
        .set({ done_at: NOW + 9, outcome: 'reached', phone: '' })
        .execute(),
    )
    expect(await everyConsent({ purpose: 'call_back' })).toMatchObject([{ endedAt: NOW + 9, ended: 'used' }])
  })

  it('lies among the cases by its time: pages neither lose nor repeat one, also of one moment', async () => {
    for (let i = 0; i < 120; i++) {
      await file(place.store, `GL-${i}`, NOW + Math.floor(i / 9))
      await asksFor(`w${i}`, NOW + Math.floor(i / 7))
    }
    const key = ({ number, conversation, purpose }: ConsentRow) => `${number ?? conversation} ${purpose}`
    const all = (await everyConsent({}, 5)).map(key)
    expect([all.length, new Set(all).size]).toEqual([120 * (PURPOSES.length + 2), 120 * (PURPOSES.length + 2)])
    expect(await everyConsent({ purpose: 'subscription' }, 3)).toHaveLength(120)
    const times = (await everyConsent({}, 5)).map(({ at }) => at)
    expect(times).toEqual([...times].sort((a, b) => b - a))
  })
})

const asked = (more: Partial<NewRequest> = {}): NewRequest => ({
  ...{ person: 'web:p1', number: null, kind: 'access', way: 'telephone', askedAt: NOW, dueAt: NOW + 2 * DAY, by: 'lan', note: '' },
  ...more,
})

describe('requests', () => {
  it('that an officer wrote down are open until somebody says what became of them, each step in the audit, without a number', async () => {
    const id = await addRequest(place.store, asked({ note: 'gọi lại 0905 123 456\nbuổi chiều' }), NOW)
    const [open] = await openRequests(place.store)
    expect(open).toMatchObject({ id, person: 'web:p1', kind: 'access', way: 'telephone', by: 'lan', doneAt: null, dueAt: NOW + 2 * DAY })
    expect(open?.note).toMatch(/^gọi lại .*buổi chiều$/)
    expect(open?.note).not.toContain('0905')
    const answer = { result: 'partly' as const, outcome: 'đã đưa bản in', by: 'minh' }
    expect(await answerRequest(place.store, id, answer, NOW + HOUR)).toBe('answered')
    expect(await answerRequest(place.store, id, answer, NOW + DAY)).toBe('already')
    expect(await answerRequest(place.store, 'none', answer, NOW)).toBe('missing')
    expect(await openRequests(place.store)).toEqual([])
    const [done] = (await answeredRequests(place.store, undefined, 9)).rows
    expect(done).toMatchObject({ id, doneAt: NOW + HOUR, doneBy: 'minh', result: 'partly', outcome: 'đã đưa bản in' })
    expect((await readLastAudit(place.store, 9)).map(({ action, actor, subject, detail }) => [action, actor, subject, detail])).toEqual([
      ['data.requested', 'lan', `request:${id}`, '{"code":"access"}'],
      ['data.answered', 'minh', `request:${id}`, '{"code":"partly"}'],
    ])
  })

  it('that came in the chat are there by themselves: an erasure until it is done, then what is left of it; consents withdrawn; questions', async () => {
    await plant(place.store, { id: 'c1', person: 'web:p1' })
    await file(place.store, 'GL-1', NOW)
    await withdraw('GL-1', ['warning'], NOW + 20)
    await place.store.write((tx) => tx.updateTable('decision').set({ reason: 'own_data' }).execute())
    expect(await openRequests(place.store)).toMatchObject([
      { id: 'erasure:c1', person: 'web:p1', kind: 'deletion', way: 'chat', askedAt: NOW + 14, dueAt: null, doneAt: null },
    ])
    expect((await answeredRequests(place.store, undefined, 9)).rows).toMatchObject([
      { id: 'withdrawn:GL-1:1', number: 'GL-1', kind: 'withdrawal', way: 'chat', askedAt: NOW + 20, doneAt: NOW + 20, result: 'automatic' },
      { id: 'asked:c1-in', person: 'web:p1', kind: 'access', way: 'chat', doneAt: NOW + 5, result: 'automatic' },
    ])
    await erasePerson(place.store, { person: 'web:p1', by: 'person', why: 'người dùng yêu cầu' }, NOW + 30)
    await plant(place.store, { id: 'c2', person: 'web:p2' })
    await erasePerson(place.store, { person: 'web:p2', by: 'lan', why: 'theo giấy' }, NOW + 40)
    expect(await openRequests(place.store)).toEqual([])
    const done = (await answeredRequests(place.store, undefined, 9)).rows
    expect(done.map(({ kind, askedAt, person }) => [kind, askedAt, person])).toEqual([
      ['deletion', NOW + 30, null],
      ['withdrawal', NOW + 20, expect.stringContaining('office:')],
    ])
  })

  it('come in pages that neither lose nor repeat one, also of one moment', async () => {
    for (let i = 0; i < 9; i++) {
      const id = await addRequest(place.store, asked({ askedAt: NOW + Math.floor(i / 4) }), NOW)
      await answerRequest(place.store, id, { result: 'done', outcome: '', by: 'lan' }, NOW + DAY)
    }
    const found: string[] = []
    for (let from: Place | undefined; ; ) {
      const { rows: page, next } = await answeredRequests(place.store, from, 2)
      found.push(...page.map(({ id }) => id))
      if (next === null) break
      from = next
    }
    expect(found).toHaveLength(9)
    expect(new Set(found).size).toBe(9)
  })

  it('of a person are handed out with everything else, and forget them when they are erased', async () => {
    await file(place.store, 'GL-1', NOW)
    const person = (await personOfCase(place.store, 'GL-1')) ?? expect.unreachable()
    const id = await addRequest(place.store, asked({ person, number: 'GL-1', kind: 'deletion', note: 'nhờ người nhà gọi' }), NOW)
    await answerRequest(place.store, id, { result: 'refused', outcome: 'hồ sơ đang bị khóa', by: 'minh' }, NOW + HOUR)
    const text = JSON.stringify((await readHeld(place.store, person))?.requests)
    const [row] = await rows(place.store, 'data_request')
    for (const [column, value] of Object.entries(row ?? {})) if (column !== 'person') expect(text, column).toContain(JSON.stringify(value))
    await erasePerson(place.store, { person, by: 'lan', why: 'theo giấy' }, NOW)
    expect(await rows(place.store, 'data_request')).toMatchObject([{ id, person: null, number: null, note: '', outcome: '', kind: 'deletion' }])
    expect((await readHeld(place.store, person))?.requests).toEqual([])
  })

  it('forget a person whose case is held too, and again after a backup brought the name back', async () => {
    await file(place.store, 'GL-1', NOW)
    const person = (await personOfCase(place.store, 'GL-1')) ?? expect.unreachable()
    await changeCase(place.store, 'GL-1', { event: { kind: 'hold', why: 'kiện' }, by: 'lan', notice: undefined, words: '', note: '' }, NOW)
    await erasePerson(place.store, { person, by: 'lan', why: 'theo giấy' }, NOW)
    await addRequest(place.store, asked({ person, number: 'GL-1' }), NOW)
    await replayTombstones(place.store, [], NOW + DAY)
    expect(await rows(place.store, 'data_request')).toMatchObject([{ person: null, number: null }])
    expect(await rows(place.store, 'complaint')).toHaveLength(1)
  })
})

describe('the log of retention', () => {
  it('lists what was removed, the latest first, a page at a time', async () => {
    for (const [i, by] of ['service', 'lan', 'service'].entries()) {
      await plant(place.store, { id: `c${i}`, person: 'p', at: NOW - 91 * DAY })
      await runRetention(place.store, { conversationDays: 90, caseDays: 1_825, attemptDays: 400 }, NOW + i, by)
    }
    const [first, second] = await retentionRuns(place.store, undefined, 2)
    expect([first?.at, second?.at, second?.actor]).toEqual([NOW + 2, NOW + 1, 'lan'])
    expect((await retentionRuns(place.store, second?.number, 2)).map(({ at }) => at)).toEqual([NOW])
  })
})

describe('whom a leak touches', () => {
  const span = { from: NOW, to: NOW + HOUR, scope: 'active' as const }

  it('are those who said, were told or had something done in the span, on the channel, each once, without a name', async () => {
    await plant(place.store, { id: 'before', person: 'web:before', at: NOW - HOUR })
    await plant(place.store, { id: 'in', person: 'web:in', at: NOW })
    await plant(place.store, { id: 'again', person: 'web:in', at: NOW + 1 })
    await plant(place.store, { id: 'late', person: 'web:late', at: NOW + HOUR })
    await plant(place.store, { id: 'old-and-heard', person: 'web:old', at: NOW - DAY })
    await place.store.write((tx) =>
      tx
        .updateTable('inbox')
        .set({ received_at: NOW + 5 })
        .where('conversation_id', '=', 'old-and-heard')
        .execute(),
    )
    await file(place.store, 'GL-1', NOW - DAY)
    await file(place.store, 'GL-2', NOW - DAY)
    await changeCase(place.store, 'GL-2', { event: { kind: 'receive' }, by: 'lan', notice: undefined, words: '', note: '' }, NOW + 2)
    const found = await readAffected(place.store, span)
    expect(found.map(({ person, conversations, cases, phoneKnown }) => [person.split(':')[0], conversations, cases, phoneKnown])).toEqual([
      ['web', 2, [], false],
      ['web', 1, [], false],
      ['office', 0, ['GL-2'], true],
    ])
    expect(found.map(({ person }) => person)).toEqual(['web:in', 'web:old', expect.stringMatching(/^office:/)])
    expect((await readAffected(place.store, { ...span, channel: 'web' })).map(({ person }) => person)).toEqual(['web:in', 'web:old'])
    expect(JSON.stringify(found)).not.toMatch(/Bí Mật|0905/)
  })

  it('are all of whom anything was kept at its end, when a copy got out; many come in pages', async () => {
    for (let i = 0; i < 205; i++) await file(place.store, `GL-${i}`, NOW - DAY - i)
    await plant(place.store, { id: 'late', person: 'web:late', at: NOW + HOUR })
    expect(await readAffected(place.store, { ...span, scope: 'held' })).toHaveLength(205)
    expect(await readAffected(place.store, span)).toEqual([])
  })
})
