import { describe, expect, it } from 'vitest'
import { ownCases, readCase, readCases } from '../../../adapters/storage/complaint-store.ts'
import { readHeld } from '../../../adapters/storage/held-store.ts'
import { erasePerson } from '../../../adapters/storage/privacy-store.ts'
import { type ConfirmedComplaint, confirm } from '../../../bot/complaint/confirmed.ts'
import { newDraft } from '../../../bot/complaint/draft.ts'
import { accept, decidedOn, LEASE_MS, only, rows, send, turnsOf } from './lanes.ts'
import { count, inStore, NOW } from './office.ts'

const place = inStore()

function complaint(number: string): ConfirmedComplaint {
  const consents = [{ purpose: 'handle' as const, version: '1', at: NOW, message: 'm' }]
  const draft = { ...newDraft('mua áo', NOW), stage: 'summary' as const, consents }
  const made = confirm(draft, { caseNumber: number, issueTitle: 'Hàng không giống', missing: [], route: [], message: 'm', now: NOW })
  return made ?? expect.unreachable('not confirmed')
}

/** `who` writes, and what is decided is that a case is opened. */
async function confirmIn(who: string, id: string, number: string): Promise<string> {
  await accept(place.store, who, id)
  const turns = turnsOf(place.store)
  const lease = await turns.lease(NOW, LEASE_MS)
  if (!lease) throw new Error('nothing to decide')
  const decided = decidedOn(lease, [{ kind: 'complaint_confirmed', complaint: complaint(number) }, send(`số ${number}`)])
  return turns.commit(lease, decided, { now: NOW, tookMs: 1 })
}

describe('a confirmed complaint', () => {
  it('is a case from the moment on in which the reply that says so is written', async () => {
    expect(await confirmIn('a', '1', 'GL26-1')).toBe('committed')
    expect(await only(place.store, 'complaint')).toMatchObject({
      number: 'GL26-1',
      person: 'web:a',
      channel: 'web',
      status: 'confirmed',
      confirmed_at: NOW,
    })
    expect((await readCase(place.store, 'GL26-1'))?.record).toMatchObject({ case: 'GL26-1', story: 'mua áo' })
    expect((await readCases(place.store)).map((one) => one.number)).toEqual(['GL26-1'])
  })

  it('never shares its number: what was decided is decided again, and nothing of it stands', async () => {
    await confirmIn('a', '1', 'GL26-1')
    expect(await confirmIn('b', '1', 'GL26-1')).toBe('superseded')
    expect([(await rows(place.store, 'complaint')).length, (await rows(place.store, 'outbox')).length]).toEqual([1, 1])
    const lease = await turnsOf(place.store).lease(NOW, LEASE_MS)
    expect(lease?.message.id).toBe('b:1')
  })

  it('is shown to its own person only, the latest first', async () => {
    for (const [i, number] of ['GL26-1', 'GL26-2'].entries()) await confirmIn('a', String(i), number)
    await confirmIn('b', '1', 'GL26-3')
    const [a, b] = await rows(place.store, 'conversation')
    expect((await ownCases(place.store, a?.id ?? '')).map((one) => one.number).sort()).toEqual(['GL26-1', 'GL26-2'])
    expect((await ownCases(place.store, b?.id ?? '')).map((one) => one.number)).toEqual(['GL26-3'])
  })

  it('goes with its person, and with it its events, files and what was on its way', async () => {
    await confirmIn('a', '1', 'GL26-1')
    expect((await readHeld(place.store, 'web:a'))?.complaints).toMatchObject([
      { number: 'GL26-1', record: { story: 'mua áo' }, events: [], files: [] },
    ])
    expect(await erasePerson(place.store, { person: 'web:a', by: 'Lan', why: 'người dân yêu cầu' }, NOW)).toMatchObject({ cases: 1, heldCases: 0 })
    expect([await count(place.store, 'conversation'), (await rows(place.store, 'complaint')).length]).toEqual([0, 0])
  })
})
