import { describe, expect, it } from 'vitest'
import { addHandovers, handoverState, listHandovers, openHandovers, releasedFile, retryHandover } from '../../../adapters/storage/handover-store.ts'
import { erasePerson } from '../../../adapters/storage/privacy-store.ts'
import { freeLeases, openTurns } from '../../../adapters/storage/turn-store.ts'
import { type Handover, LONGEST_HANDOVER_WAIT_MS, type NewHandover, type Verdict } from '../../../bot/delivery/handover.ts'
import { confirmedComplaint } from '../../bot/complaint/confirmed.ts'
import { accept, decidedOn, LEASE_MS, rows, send, timer, turnsOf } from './lanes.ts'
import { inStore, NOW, plant } from './office.ts'

const place = inStore()

/** A case that is nothing but its number. */
async function plantCase(number: string, person = 'web:a'): Promise<void> {
  await place.store.write((tx) =>
    tx
      .insertInto('complaint')
      .values({
        ...{ number, person, channel: 'web', told_in: 'c', status: 'confirmed', record: '{}', confirmed_at: NOW, updated_at: NOW },
        ...{ chosen: null, result: null, filed_by: null, satisfaction: null, hold: null, due_at: null, closed_at: null },
      })
      .execute(),
  )
}

const fresh = (id: string, more: Partial<NewHandover> = {}): NewHandover => ({
  ...{ id, number: 'GL26-1', way: 'webhook', body: `{"xin":"chào ${id}"}`, linksEndAt: null },
  ...more,
})

async function add(...handovers: NewHandover[]): Promise<void> {
  await place.store.write((tx) => addHandovers(tx, handovers, NOW))
}

const open = () => openHandovers(place.store)
const lease = (now = NOW, limit = 10): Promise<readonly Handover[]> => open().leaseHandovers(['webhook', 'mail'], now, LEASE_MS, limit)
const later: Verdict = { kind: 'later', code: 'http_500', afterMs: 5_000 }

async function leaseOne(now = NOW): Promise<Handover> {
  const [one] = await lease(now, 1)
  return one ?? expect.unreachable('nothing is due')
}

describe('a row', () => {
  it('is due at once, leased once, and due again when its lease was lost', async () => {
    await plantCase('GL26-1')
    await add(fresh('a'))
    expect(await lease()).toEqual([{ ...fresh('a'), attempts: 0, createdAt: NOW }])
    expect(await lease()).toEqual([])
    expect(await lease(NOW + LEASE_MS)).toHaveLength(1)
    // The clock was set back so far that the lease could only have been taken before.
    expect(await lease(NOW - 10 * LEASE_MS)).toHaveLength(1)
  })

  it('is free again at the start of the next service', async () => {
    await plantCase('GL26-1')
    await add(fresh('a'))
    await lease()
    await freeLeases(place.store)
    expect(await lease()).toHaveLength(1)
  })

  it('is only leased for a way that is configured', async () => {
    await plantCase('GL26-1')
    await add(fresh('a'), fresh('b', { way: 'mail' }))
    expect((await open().leaseHandovers(['mail'], NOW, LEASE_MS, 10)).map((one) => one.id)).toEqual(['b'])
  })

  it('keeps its id and its bytes at every try, until it is delivered', async () => {
    await plantCase('GL26-1')
    await add(fresh('a'))
    for (let attempt = 0; attempt < 3; attempt++) {
      const one = await leaseOne(NOW + attempt * 5_000)
      expect([one.id, one.body, one.attempts]).toEqual(['a', fresh('a').body, attempt])
      await open().mark(one, later, NOW + attempt * 5_000)
      expect(await lease(NOW + attempt * 5_000 + 4_999)).toEqual([])
    }
    await open().mark(await leaseOne(NOW + 15_000), { kind: 'delivered', receipt: 'nhan-1' }, NOW + 16_000)
    expect(await rows(place.store, 'handover')).toMatchObject([
      { state: 'delivered', receipt: 'nhan-1', attempts: 3, delivered_at: NOW + 16_000, trouble: null, lease_until: null },
    ])
    expect(await lease(NOW + 1e9)).toEqual([])
  })

  it('that was given up or is gone stays, is counted, and is tried no more', async () => {
    await plantCase('GL26-1')
    await plantCase('GL26-2')
    await add(fresh('a'), fresh('b', { number: 'GL26-2' }), fresh('c', { way: 'mail' }))
    for (const one of await lease()) {
      if (one.id === 'a') await open().mark(one, { kind: 'given_up', code: 'http_500' }, NOW)
      if (one.id === 'b') await open().mark(one, { kind: 'gone', code: 'http_410' }, NOW)
    }
    expect((await listHandovers(place.store)).map(({ number, way, state, trouble }) => [number, way, state, trouble])).toEqual([
      ['GL26-1', 'mail', 'pending', null],
      ['GL26-1', 'webhook', 'given_up', 'http_500'],
      ['GL26-2', 'webhook', 'gone', 'http_410'],
    ])
    expect(await place.store.read((tx) => handoverState(tx, NOW + 9))).toEqual({ waiting: 1, oldestWaitingMs: 9, stopped: 2 })
    expect((await lease(NOW + 1e10)).map((one) => one.id)).toEqual(['c'])
  })

  it('that was put off by a clock that is set back does not wait for that clock', async () => {
    await plantCase('GL26-1')
    await add(fresh('a'))
    await open().mark(await leaseOne(), { ...later, afterMs: 60_000 }, NOW)
    await open().hasten(NOW)
    expect(await lease()).toEqual([])
    const past = NOW - LONGEST_HANDOVER_WAIT_MS
    await open().hasten(past)
    expect(await lease(past)).toHaveLength(1)
  })

  it('is there once a case and way, whatever code may do', async () => {
    await plantCase('GL26-1')
    await add(fresh('a'))
    await expect(add(fresh('b'))).rejects.toThrow(/UNIQUE/)
    await expect(add(fresh('c', { number: 'GL26-9' }))).rejects.toThrow(/FOREIGN KEY/)
  })
})

describe('the office', () => {
  it('makes a case due again, with a new schedule, on every way that has not taken it', async () => {
    await plantCase('GL26-1')
    await add(fresh('a', { linksEndAt: NOW + 1_000 }), fresh('b', { way: 'mail', linksEndAt: NOW + 1_000 }))
    const [a, b] = await lease()
    if (!a || !b) return expect.unreachable('two are due')
    await open().mark(a, { kind: 'given_up', code: 'http_500' }, NOW)
    await open().mark(b, { kind: 'delivered', receipt: 'r' }, NOW)
    expect(await retryHandover(place.store, 'GL26-1', NOW)).toEqual({ ways: ['webhook'], linksEnded: false })
    expect(await lease()).toEqual([{ ...a, attempts: 0 }])
    expect(await retryHandover(place.store, 'GL26-1', NOW + 1_000)).toEqual({ ways: ['webhook'], linksEnded: true })
    expect(await retryHandover(place.store, 'GL26-9', NOW)).toEqual({ ways: [], linksEnded: false })
  })
})

describe('a case', () => {
  it('and what is handed over of it are there together or not at all', async () => {
    await accept(place.store, 'a', '1')
    const handed = (number: string) => [fresh('a', { number })]
    const turns = openTurns(place.store, timer, (complaint) => handed(complaint.case))
    const leased = (await turns.lease(NOW, LEASE_MS)) ?? expect.unreachable('nothing to decide')
    const complaint = confirmedComplaint({ evidence: [] })
    const effects = [{ kind: 'complaint_confirmed' as const, complaint, firstReplyBy: null }, send('số')]
    expect(await turns.commit(leased, decidedOn(leased, effects as never), { now: NOW, tookMs: 1 })).toBe('committed')
    expect([(await rows(place.store, 'complaint')).length, (await rows(place.store, 'handover')).length]).toEqual([1, 1])

    await accept(place.store, 'b', '1')
    const second = (await turns.lease(NOW, LEASE_MS)) ?? expect.unreachable('nothing to decide')
    const other = [{ kind: 'complaint_confirmed' as const, complaint: { ...complaint, case: 'GL26-2' }, firstReplyBy: null }]
    // The same id again cannot be written, so the case is not there either.
    await expect(turns.commit(second, decidedOn(second, other as never), { now: NOW, tookMs: 1 })).rejects.toThrow(/UNIQUE/)
    expect((await rows(place.store, 'complaint')).map(({ number }) => number)).toEqual(['GL26-1'])
  })

  it('takes what is handed over of it along when its person is erased', async () => {
    await plant(place.store, { id: 'c', person: 'web:a' })
    await plantCase('GL26-1')
    await plantCase('GL26-2', 'web:b')
    await add(fresh('a'), fresh('b', { number: 'GL26-2' }))
    await erasePerson(place.store, { person: 'web:a', by: 'Lan', why: 'người dân yêu cầu' }, NOW)
    expect((await rows(place.store, 'handover')).map(({ id }) => id)).toEqual(['b'])
  })

  it('gives nothing to hand over where no way is configured', async () => {
    await accept(place.store, 'a', '1')
    const leased = (await turnsOf(place.store).lease(NOW, LEASE_MS)) ?? expect.unreachable('nothing to decide')
    const effects = [{ kind: 'complaint_confirmed' as const, complaint: confirmedComplaint({ evidence: [] }), firstReplyBy: null }]
    await turnsOf(place.store).commit(leased, decidedOn(leased, effects as never), { now: NOW, tookMs: 1 })
    expect(await rows(place.store, 'handover')).toEqual([])
  })
})

describe('a file', () => {
  it.each([
    [1, true],
    [0, false],
    [null, false],
  ] as const)('of which the person said %o goes: %o', async (clear, goes) => {
    await plantCase('GL26-1')
    const file = { number: 'GL26-1', attachment: 'tep', hash: 'bam', kind: 'image/png', size: 3, caption: '', clear, added_at: NOW }
    await place.store.write((tx) => tx.insertInto('case_file').values(file).execute())
    expect(await releasedFile(place.store, 'tep')).toEqual(goes ? { hash: 'bam', mime: 'image/png', number: 'GL26-1' } : undefined)
    expect(await releasedFile(place.store, 'tep-khac')).toBeUndefined()
  })
})
