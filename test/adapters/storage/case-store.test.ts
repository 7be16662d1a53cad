/** The life of a case on disk: what the office and its person do, who is told, whose files stay, who may look, what goes when. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openStore as openQuarantine } from '../../../adapters/attachments/store.ts'
import { changeCase, fileCase } from '../../../adapters/storage/case-changes.ts'
import { lookUpCase, ownCases, ownOpenCases, readCase } from '../../../adapters/storage/complaint-store.ts'
import { erasePerson, forgetDiscarded, knownHashes, replayTombstones, runRetention } from '../../../adapters/storage/privacy-store.ts'
import { removeFiles } from '../../../adapters/storage/tombstone-file.ts'
import type { OfficerEvent } from '../../../bot/case/life.ts'
import { toldOf, wordsFor } from '../../../bot/case/told.ts'
import { type ConfirmedComplaint, confirm } from '../../../bot/complaint/confirmed.ts'
import { PURPOSES } from '../../../bot/complaint/consent.ts'
import { type EvidenceFile, newDraft } from '../../../bot/complaint/draft.ts'
import { dialogueSchema } from '../../../bot/conversation/dialogue.ts'
import type { Change } from '../../../bot/conversation/effects.ts'
import { CASE_CHOICE } from '../../../bot/wording/cases.ts'
import { accept, decidedOn, LEASE_MS, only, rows, send, turnsOf } from './lanes.ts'
import { count, DAY, inStore, NOW, plantFile } from './office.ts'

const place = inStore()
const HASH = 'ab'.repeat(32)
const N = 'GL26-1'
const from = { words: '', message: 'm' }

function complaint(number: string, evidence: EvidenceFile[] = []): ConfirmedComplaint {
  const consents = PURPOSES.map((purpose) => ({ purpose, version: '1', at: NOW, message: 'm' }))
  const facts = { phone: { value: '0905 123 456', from }, goods: { value: 'áo', from } }
  const draft = { ...newDraft('mua áo', NOW), stage: 'summary' as const, consents, facts, evidence }
  const made = confirm(draft, { caseNumber: number, issueTitle: 'Hàng không giống', missing: [], route: [], message: 'm', now: NOW })
  return made ?? expect.unreachable('not confirmed')
}

/** `who` writes, and what is decided leaves `effects` behind. */
async function decides(who: string, id: string, effects: readonly Change[], now = NOW): Promise<string> {
  await accept(place.store, who, id)
  const lease = await turnsOf(place.store).lease(now, LEASE_MS)
  if (!lease) throw new Error('nothing to decide')
  return turnsOf(place.store).commit(lease, decidedOn(lease, effects), { now, tookMs: 1 })
}

const opened = (who = 'a', number = N, evidence: EvidenceFile[] = [], firstReplyBy?: string) =>
  decides(who, `mở ${number}`, [
    { kind: 'complaint_confirmed', complaint: complaint(number, evidence), ...(firstReplyBy ? { firstReplyBy } : {}) },
    send(number),
  ])

function officer(event: OfficerEvent, number = N, now = NOW) {
  const notice = toldOf(event, { number, day: '2026-11-26', cite: () => undefined })
  return changeCase(place.store, number, { event, by: 'Lan', notice, words: wordsFor(event), note: '' }, now)
}

const close: OfficerEvent = { kind: 'close', result: 'not', text: 'bên bán không trả lời' }
const hold: OfficerEvent = { kind: 'hold', why: 'tòa yêu cầu giữ' }
const status = async () => (await only(place.store, 'complaint')).status
const sent = async () => (await rows(place.store, 'outbox')).map(({ body }) => (JSON.parse(body) as { text: string }).text)

describe('what the office does', () => {
  it('is status, event, notice and audit entry, all or none', async () => {
    await opened()
    expect(await officer({ kind: 'receive' })).toEqual({ told: 'told' })
    expect(await status()).toBe('received')
    expect(await only(place.store, 'case_event')).toMatchObject({ number: N, seq: 1, actor: 'Lan', kind: 'receive', status: 'received', at: NOW })
    expect((await sent())[1]).toContain('đã tiếp nhận')
    expect(await only(place.store, 'audit')).toMatchObject({ action: 'case.changed', subject: `case:${N}`, detail: '{"code":"receive"}' })
  })

  it('leaves nothing when it is refused', async () => {
    await opened()
    expect([await officer({ kind: 'reopen' }), await officer({ kind: 'receive' }, 'GL26-9')]).toEqual([
      { refused: 'not_closed' },
      { refused: 'missing' },
    ])
    expect([await status(), (await rows(place.store, 'case_event')).length, await count(place.store, 'audit'), (await sent()).length]).toEqual([
      'confirmed',
      0,
      0,
      1,
    ])
  })

  it('never changes the record: who was suggested and who was chosen both stay', async () => {
    await opened()
    const before = (await only(place.store, 'complaint')).record
    await officer({ kind: 'choose', agency: { id: 'so-cong-thuong', name: 'Sở Công Thương' }, why: 'thương mại điện tử' })
    const after = await only(place.store, 'complaint')
    expect([after.record, JSON.parse(after.chosen ?? '')]).toEqual([
      before,
      { id: 'so-cong-thuong', name: 'Sở Công Thương', by: 'Lan', at: NOW, why: 'thương mại điện tử' },
    ])
    expect((await sent()).length).toBe(1)
  })

  it('asks how it was with choices that a number means, in a conversation that is decided anew', async () => {
    await opened()
    await accept(place.store, 'a', '2')
    const lease = await turnsOf(place.store).lease(NOW, LEASE_MS)
    if (!lease) throw new Error('nothing to decide')
    await officer(close)
    expect(await turnsOf(place.store).commit(lease, decidedOn(lease), { now: NOW, tookMs: 1 })).toBe('superseded')
    const dialogue = dialogueSchema.parse(JSON.parse((await only(place.store, 'conversation')).dialogue))
    expect(dialogue.choices).toEqual([CASE_CHOICE.satisfied, CASE_CHOICE.dissatisfied])
  })

  it('is told where the person wrote last with the same matter, and nowhere once the conversation is gone', async () => {
    await opened()
    await accept(place.store, 'b', '1', { receivedAt: NOW + DAY })
    const [a, b] = await rows(place.store, 'conversation')
    await place.store.write((tx) =>
      tx
        .updateTable('conversation')
        .set({ matter: 'một việc' })
        .execute()
        .then(() => undefined),
    )
    await officer({ kind: 'receive' })
    expect((await rows(place.store, 'outbox')).map((row) => row.conversation_id)).toEqual([a?.id, b?.id])
    await place.store.write((tx) =>
      tx
        .deleteFrom('conversation')
        .execute()
        .then(() => undefined),
    )
    expect(await officer({ kind: 'handle' })).toEqual({ told: 'nobody' })
  })

  it('files a case that was told on the telephone, once a number', async () => {
    const id = '0c0f8a52-5d2b-4f0e-9a6b-2f1d3c4b5a69'
    expect(await fileCase(place.store, complaint(N), { by: 'Lan', id, dueOn: '2026-12-01' }, NOW)).toBe(N)
    // Sent again because nobody knew whether it had arrived: the same case, whatever number was drawn the second time.
    expect(await fileCase(place.store, complaint('GL26-ANOTHER'), { by: 'Lan', id }, NOW)).toBe(N)
    expect(await fileCase(place.store, complaint(N), { by: 'Lan' }, NOW)).toBeUndefined()
    expect(await only(place.store, 'complaint')).toMatchObject({ channel: 'office', filed_by: 'Lan', due_at: Date.UTC(2026, 11, 1, 17) })
    expect(await officer({ kind: 'receive' })).toEqual({ told: 'nobody' })
  })
})

describe('what its person does', () => {
  const added: Change = { kind: 'case_added', number: N, story: 'thêm ý', facts: {}, evidence: [] }

  it('stands beside the record, and takes up a case that waited for it', async () => {
    await opened('a', N, [], '2026-12-01')
    await officer({ kind: 'ask_info', text: 'gửi hóa đơn' })
    expect(await decides('a', '2', [added])).toBe('committed')
    expect((await readCase(place.store, N))?.events.map(({ actor, kind, words }) => [actor, kind, words])).toEqual([
      ['Lan', 'ask_info', 'gửi hóa đơn'],
      ['person', 'added', 'thêm ý'],
    ])
    expect(await only(place.store, 'complaint')).toMatchObject({ status: 'received', due_at: Date.UTC(2026, 11, 1, 17) })
  })

  it('is decided again where the office closed the case meanwhile, or where the case is another person’s', async () => {
    await opened()
    await opened('b', 'GL26-2')
    expect(await decides('a', '2', [{ ...added, number: 'GL26-2' }])).toBe('superseded')
    await officer(close)
    const lease = await turnsOf(place.store).lease(NOW, LEASE_MS)
    if (!lease) throw new Error('nothing to decide')
    expect(await turnsOf(place.store).commit(lease, decidedOn(lease, [added]), { now: NOW, tookMs: 1 })).toBe('superseded')
    expect((await rows(place.store, 'case_event')).map(({ kind }) => kind)).toEqual(['close'])
  })

  it('withdraws consents: the office may not go where they no longer reach', async () => {
    await opened()
    await officer({ kind: 'receive' })
    await decides('a', '2', [{ kind: 'case_changed', number: N, event: { kind: 'consents_withdrawn', purposes: ['authority'] } }])
    const transfer: OfficerEvent = { kind: 'transfer', agency: { id: 'x', name: 'X' } }
    expect(await officer(transfer)).toEqual({ refused: 'no_consent_authority' })
    const [conversation] = await rows(place.store, 'conversation')
    expect((await ownCases(place.store, conversation?.id ?? ''))[0]?.purposes).toEqual(['handle', 'respondent', 'warning'])
  })

  it('is seen by its person: what is open, and what the office wrote last', async () => {
    await opened()
    await officer({ kind: 'ask_info', text: 'gửi hóa đơn' })
    const [conversation] = await rows(place.store, 'conversation')
    expect((await ownCases(place.store, conversation?.id ?? ''))[0]).toMatchObject({
      status: 'needs_info',
      about: 'áo',
      last: { words: 'gửi hóa đơn' },
    })
    expect((await ownOpenCases(place.store, conversation?.id ?? '')).map(({ goods }) => goods)).toEqual(['áo'])
    await officer(close)
    expect(await ownOpenCases(place.store, conversation?.id ?? '')).toEqual([])
  })
})

async function attach(who: string, id: string): Promise<void> {
  const rowsNow = await rows(place.store, 'conversation')
  const conversation = rowsNow.find((row) => row.address === who)?.id ?? expect.unreachable('no conversation')
  const values = { id, conversation_id: conversation, hash: HASH, kind: 'image/png', size: 3, state: 'quarantined' as const, received_at: NOW }
  await place.store.write((tx) =>
    tx
      .insertInto('attachment')
      .values(values)
      .execute()
      .then(() => undefined),
  )
}

const files = () => openQuarantine(join(place.folder, 'attachments'))
const RULES = { conversationDays: 90, caseDays: 1_825, attemptDays: 400 }

describe('files of a case', () => {
  const evidence = (clear: boolean | null) => [{ attachment: 'tep', caption: 'hóa đơn', clear }]

  it('outlive the conversation', async () => {
    await decides('a', '1', [])
    await attach('a', 'tep')
    const path = plantFile(place.folder, HASH, 'x')
    await opened('a', N, evidence(true))
    await officer(close)
    await place.store.write((tx) =>
      tx
        .updateTable('outbox')
        .set({ state: 'sent' })
        .execute()
        .then(() => undefined),
    )
    const done = await runRetention(place.store, RULES, NOW + 100 * DAY, 'system')
    expect([done.conversations, done.unusedHashes]).toEqual([1, []])
    expect([await count(place.store, 'attachment'), [...(await knownHashes(place.store))], existsSync(path)]).toEqual([0, [HASH], true])
    expect((await readCase(place.store, N))?.files).toMatchObject([{ hash: HASH, caption: 'hóa đơn', clear: true }])
  })

  it('that show papers are in no case and soon nowhere; what is not said stays closed', async () => {
    await decides('a', '1', [])
    await attach('a', 'tep')
    await opened('a', N, evidence(false))
    expect((await readCase(place.store, N))?.files).toEqual([])
    await decides('a', '2', [{ kind: 'case_added', number: N, story: '', facts: {}, evidence: evidence(null) }])
    expect((await readCase(place.store, N))?.files).toMatchObject([{ clear: null }])
    const path = plantFile(place.folder, HASH, 'x')
    await decides('a', '3', [{ kind: 'evidence_discarded', attachment: 'tep' }])
    expect([(await readCase(place.store, N))?.files, [...(await knownHashes(place.store))]]).toEqual([[], []])
    expect(await removeFiles(place.store, files(), await forgetDiscarded(place.store))).toBe(1)
    expect([existsSync(path), await count(place.store, 'attachment')]).toEqual([false, 0])
  })

  it('are only those that the person sent', async () => {
    await decides('b', '1', [])
    await attach('b', 'tep')
    await opened('a', N, evidence(true))
    await decides('a', '2', [{ kind: 'evidence_discarded', attachment: 'tep' }])
    expect([(await readCase(place.store, N))?.files, (await only(place.store, 'attachment')).state]).toEqual([[], 'quarantined'])
  })
})

describe('looking up by number and telephone', () => {
  const guess = (message: string, more: Partial<Parameters<typeof lookUpCase>[1]> = {}, now = NOW) =>
    lookUpCase(place.store, { conversation: 'c', message, number: N, digits: '3456', ...more }, now)

  it('finds with the last four digits, and nothing else', async () => {
    await opened()
    expect(await guess('1')).toEqual({ number: N, confirmedAt: NOW, status: 'confirmed' })
    for (const [i, digits] of ['0000', '456', '23456', ''].entries()) expect(await guess(`w${i}`, { digits })).toBe('unknown')
  })

  it('stops after five wrong tries, of one conversation and at one case, existing or not, until the day is over', async () => {
    await opened()
    for (const number of [N, 'GL26-9']) {
      for (let i = 0; i < 5; i++) expect(await guess(`${number} ${i}`, { number, conversation: `c${i}`, digits: '0000' })).toBe('unknown')
      expect(await guess('x', { number, conversation: 'another' })).toBe('too_many')
    }
    for (let i = 0; i < 5; i++) await guess(`d ${i}`, { number: `GL26-${i + 20}`, conversation: 'd' })
    expect(await guess('y', { number: 'GL26-30', conversation: 'd' })).toBe('too_many')
    expect(await guess('z', {}, NOW + DAY)).toMatchObject({ number: N })
  })

  it('counts a message that is decided again once', async () => {
    await opened()
    for (let i = 0; i < 20; i++) await guess('same', { digits: '0000' })
    expect((await rows(place.store, 'case_try')).length).toBe(1)
  })
})

describe('what goes, and when', () => {
  const order = { person: 'web:a', by: 'Lan', why: 'người dân yêu cầu' }

  it('a person takes their cases along, except one that an officer holds; that one goes with the next round after it is released', async () => {
    await opened()
    await opened('a', 'GL26-2')
    await officer(hold, 'GL26-2')
    expect(await erasePerson(place.store, order, NOW)).toMatchObject({ cases: 1, heldCases: 1 })
    expect(await only(place.store, 'complaint')).toMatchObject({ number: 'GL26-2' })
    expect(await replayTombstones(place.store, [], NOW)).toMatchObject({ people: 0 })
    await officer({ kind: 'release' }, 'GL26-2')
    expect(await replayTombstones(place.store, [], NOW)).toMatchObject({ people: 1, cases: 1 })
    expect([await rows(place.store, 'complaint'), await rows(place.store, 'case_event')]).toEqual([[], []])
  })

  it('a case comes back with no backup: whoever was erased stays so', async () => {
    await opened()
    await place.store.write((tx) =>
      tx
        .deleteFrom('conversation')
        .execute()
        .then(() => undefined),
    )
    expect(await replayTombstones(place.store, [{ person: 'web:a', erasedAt: NOW - DAY, why: 'x' }], NOW)).toMatchObject({ people: 1, cases: 1 })
    expect(await rows(place.store, 'complaint')).toEqual([])
  })

  it('a closed case goes after its time; an open one, a held one and a young one stay, and an open one keeps its conversation', async () => {
    for (const [i, who] of ['a', 'b', 'c', 'd'].entries()) await opened(who, `GL26-${i}`)
    await place.store.write((tx) =>
      tx
        .updateTable('outbox')
        .set({ state: 'sent' })
        .execute()
        .then(() => undefined),
    )
    for (const number of ['GL26-0', 'GL26-1']) await officer({ kind: 'close', result: 'withdrawn', text: 'x' }, number)
    await officer(hold, 'GL26-1')
    const later = NOW + 1_826 * DAY
    await officer({ kind: 'close', result: 'withdrawn', text: 'x' }, 'GL26-2', later - DAY)
    const done = await runRetention(place.store, RULES, later, 'system')
    expect(done.cases).toBe(1)
    expect((await rows(place.store, 'complaint')).map(({ number }) => number)).toEqual(['GL26-1', 'GL26-2', 'GL26-3'])
    const left = (await rows(place.store, 'conversation')).map(({ address }) => address)
    expect([left.includes('d'), left.includes('a')]).toEqual([true, false])
  })
})
