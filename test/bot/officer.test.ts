/** What officers do to a conversation, and what time does to it, on a real store. */
import { describe, expect, it } from 'vitest'
import { readLastAudit } from '../../adapters/storage/audit-store.ts'
import { DEFAULT_OWNER_RULES, type Officer, OUTCOME_MAX, step } from '../../bot/conversation/owner.ts'
import type { Outgoing } from '../../bot/delivery/message.ts'
import { fireTimers, type OfficerDeed, officerDoes } from '../../bot/handoff/officer.ts'
import { HANDOFF, RETURN_CHOICE } from '../../bot/wording/handoff.ts'
import { accept, decideAll, HAI, LAN, only, ownersOf, rows } from '../adapters/storage/lanes.ts'
import { inStore, NOW, tamper } from '../adapters/storage/office.ts'

const place = inStore()
const RULES = DEFAULT_OWNER_RULES
const OUTCOME = 'Đã hướng dẫn đổi hàng.'
const office = (hours = '') => ({ store: ownersOf(place.store), rules: RULES, hours })
const does = (id: string, officer: Officer, deed: OfficerDeed, now = NOW) => officerDoes(office(), id, officer, deed, now)
const fire = (now: number, hours = '') => fireTimers(office(hours), now)

/** A conversation that was answered once; its first reply is gone from the outbox. */
async function conversation(): Promise<string> {
  const { conversation: id } = await accept(place.store, 'a', '1')
  await decideAll(place.store)
  tamper(place.folder, 'delete from outbox')
  return id
}

async function waiting(): Promise<string> {
  const id = await conversation()
  await ownersOf(place.store).change(id, NOW, (ownership) => {
    const result = step(ownership, { kind: 'person_asked' }, NOW, RULES)
    return 'refused' in result ? result : { ownership: result.ownership, effects: [] }
  })
  return id
}

/** What the person is sent: words and owners, in order. */
async function told(): Promise<string[]> {
  return (await rows(place.store, 'outbox')).map(({ body }) => {
    const outgoing = JSON.parse(body) as Outgoing
    return outgoing.kind === 'owner' ? `[${outgoing.owner} ${outgoing.officer ?? ''}]` : outgoing.text
  })
}
const owner = async () => JSON.parse((await only(place.store, 'conversation')).ownership)
const audited = async () => (await readLastAudit(place.store, 20)).map(({ actor, action }) => `${actor} ${action}`)
const episodes = async () =>
  (await rows(place.store, 'episode')).map(({ owner: who, officer, ended_by, outcome }) => [who, officer, ended_by, outcome])

describe('an officer', () => {
  it('takes a conversation: the person reads who, and sees it', async () => {
    const id = await waiting()
    expect(await does(id, LAN, { kind: 'take' })).toBe('changed')
    expect(await owner()).toMatchObject({ owner: 'staff', officer: LAN, reason: 'asked' })
    expect(await told()).toEqual(['[staff Lan]', HANDOFF.taken('Lan')])
    expect(await audited()).toEqual(['lan owner.took'])
  })

  it('takes it only once, and nobody takes it from them', async () => {
    const id = await conversation()
    await does(id, LAN, { kind: 'take' })
    const before = await told()
    expect(await does(id, LAN, { kind: 'take' })).toBe('changed')
    expect(await does(id, HAI, { kind: 'take' })).toBe('taken_by_other')
    expect(await does(id, HAI, { kind: 'write', text: 'chen vào' })).toBe('taken_by_other')
    expect(await told()).toEqual(before)
  })

  it('writes: the words go out under their name, line by line', async () => {
    const id = await conversation()
    await does(id, LAN, { kind: 'take' })
    await does(id, LAN, { kind: 'write', text: 'Chào bạn.\n\nBạn gửi hóa đơn nhé.' })
    const row = (await rows(place.store, 'outbox')).at(-1)
    expect([row?.author, row?.inbox_id]).toEqual(['staff', null])
    expect(JSON.parse(row?.body ?? '')).toEqual({
      ...{ kind: 'reply', author: 'staff', status: 'staff', text: 'Chào bạn.\n\nBạn gửi hóa đơn nhé.', citations: [], choices: [], officer: 'Lan' },
      sections: [
        {
          ...{ kind: 'answer', heading: '' },
          lines: [
            { text: 'Chào bạn.', citations: [] },
            { text: 'Bạn gửi hóa đơn nhé.', citations: [] },
          ],
        },
      ],
    })
    expect(await audited()).toEqual(['lan owner.took', 'lan owner.wrote'])
  })

  it('who writes without having taken it takes it, and the notice comes before the words', async () => {
    const id = await waiting()
    await does(id, LAN, { kind: 'write', text: 'Chào bạn.' })
    expect(await told()).toEqual(['[staff Lan]', HANDOFF.taken('Lan'), 'Chào bạn.'])
    expect((await owner()).owner).toBe('staff')
  })

  it('hands back with what came of it, which stands in the episode and not in the audit', async () => {
    const id = await conversation()
    await does(id, LAN, { kind: 'take' })
    expect(await does(id, LAN, { kind: 'hand_back', outcome: ` ${OUTCOME} ` })).toBe('changed')
    expect(await owner()).toMatchObject({ owner: 'bot', automaticUsed: false })
    expect((await told()).slice(2)).toEqual(['[bot ]', HANDOFF.handed_back('Lan')])
    expect((await episodes())[1]).toEqual(['staff', 'lan', 'officer', OUTCOME])
    expect(JSON.stringify(await readLastAudit(place.store, 9))).not.toContain('hướng dẫn')
    expect(await audited()).toEqual(['lan owner.took', 'lan owner.handed_back'])
  })

  it('closes it, also from the queue, and opens it again', async () => {
    const id = await waiting()
    expect(await does(id, LAN, { kind: 'close', outcome: OUTCOME })).toBe('changed')
    expect((await owner()).owner).toBe('closed')
    expect(await does(id, HAI, { kind: 'take' })).toBe('changed')
    expect(await told()).toEqual(['[closed ]', HANDOFF.closed('Lan'), '[staff Hải]', HANDOFF.reopened('Hải')])
    expect(await audited()).toEqual(['lan owner.closed', 'hai owner.took'])
  })

  it.each<[what: string, officer: Officer, deed: OfficerDeed, refusal: string]>([
    ['hands back what is another’s', HAI, { kind: 'hand_back', outcome: OUTCOME }, 'not_owner'],
    ['closes what is another’s', HAI, { kind: 'close', outcome: OUTCOME }, 'not_owner'],
    ['hands back without a word', LAN, { kind: 'hand_back', outcome: ' ' }, 'outcome_missing'],
    ['closes with too many', LAN, { kind: 'close', outcome: 'a'.repeat(OUTCOME_MAX + 1) }, 'outcome_too_long'],
  ])('who %s is refused, and nothing is written', async (_what, officer, deed, refusal) => {
    const id = await conversation()
    await does(id, LAN, { kind: 'take' })
    const before = [await told(), await audited(), await owner(), (await only(place.store, 'conversation')).version]
    expect(await does(id, officer, deed)).toBe(refusal)
    expect([await told(), await audited(), await owner(), (await only(place.store, 'conversation')).version]).toEqual(before)
  })

  it('cannot end what nobody has', async () => {
    const id = await conversation()
    expect(await does(id, LAN, { kind: 'hand_back', outcome: OUTCOME })).toBe('not_in_conversation')
    expect(await does('không có', LAN, { kind: 'take' })).toBe('missing')
    expect(await audited()).toEqual([])
  })

  it('writes no number that must not be kept, to the person or into the outcome', async () => {
    const id = await conversation()
    await does(id, LAN, { kind: 'write', text: 'Chị gửi giúp em, CCCD của chị là 079185001234 phải không?' })
    await does(id, LAN, { kind: 'hand_back', outcome: 'Đã xem CCCD 079185001234.' })
    expect(JSON.stringify([await told(), await episodes()])).not.toContain('079185001234')
    expect((await told()).join()).toContain('đã che')
  })

  it('whose deed cannot be written leaves no audit entry, and the other way round', async () => {
    const id = await conversation()
    const version = (await only(place.store, 'conversation')).version
    tamper(place.folder, "create trigger full before insert on outbox begin select raise(abort, 'disk is full'); end")
    await expect(does(id, LAN, { kind: 'write', text: 'Chào' })).rejects.toThrow('disk is full')
    tamper(place.folder, 'drop trigger full', "create trigger full before insert on audit begin select raise(abort, 'disk is full'); end")
    await expect(does(id, LAN, { kind: 'write', text: 'Chào' })).rejects.toThrow('disk is full')
    expect([await told(), await audited(), (await owner()).owner]).toEqual([[], [], 'bot'])
    expect((await only(place.store, 'conversation')).version).toBe(version)
  })
})

describe('time', () => {
  it('says after a while that nobody has come yet, once, and offers the way back', async () => {
    await waiting()
    expect(await fire(NOW + RULES.waitingNoticeMs - 1)).toBe(0)
    expect(await fire(NOW + RULES.waitingNoticeMs, '8–17 giờ')).toBe(1)
    expect(await told()).toEqual([HANDOFF.still_waiting('8–17 giờ')])
    expect(JSON.parse((await only(place.store, 'outbox')).body)).toMatchObject({ author: 'assistant', status: 'notice', choices: [RETURN_CHOICE] })
    expect(await fire(NOW + RULES.waitingNoticeMs + 1)).toBe(0)
  })

  it('ends a wait, says so, and gives the conversation back to the assistant', async () => {
    await waiting()
    expect(await fire(NOW + RULES.waitingEndsMs)).toBe(1)
    expect(await told()).toEqual(['[bot ]', HANDOFF.nobody_came('')])
    expect((await owner()).owner).toBe('bot')
    expect(await fire(NOW + 9 * RULES.waitingEndsMs)).toBe(0)
  })

  it('puts back into the queue whom an officer does not answer', async () => {
    const id = await conversation()
    await does(id, LAN, { kind: 'take' })
    await accept(place.store, 'a', '2', { receivedAt: NOW + 5 })
    await decideAll(place.store, NOW + 5)
    tamper(place.folder, 'delete from outbox')
    expect(await fire(NOW + 5 + RULES.officerSilentMs)).toBe(1)
    expect(await owner()).toMatchObject({ owner: 'waiting', reason: 'officer_silent' })
    expect(await told()).toEqual(['[waiting ]', HANDOFF.officer_silent('Lan')])
    expect(JSON.parse((await rows(place.store, 'outbox')).at(-1)?.body ?? '').choices).toEqual([RETURN_CHOICE])
  })

  it('gives back what has been quiet with an officer', async () => {
    const id = await conversation()
    await does(id, LAN, { kind: 'take' })
    tamper(place.folder, 'delete from outbox')
    expect(await fire(NOW + RULES.staffIdleMs)).toBe(1)
    expect(await told()).toEqual(['[bot ]', HANDOFF.handed_back_idle('Lan')])
    expect((await episodes())[1]).toEqual(['staff', 'lan', 'timer', 'idle'])
  })

  it('passes by a conversation that this version cannot read, and comes back to it later', async () => {
    const id = await waiting()
    await accept(place.store, 'b', '1')
    tamper(place.folder, `update conversation set timer_at = 1, ownership = '{"owner":"waiting","unknown":1}' where id <> '${id}'`)
    expect(await fire(NOW + 10 * 60_000)).toBe(1)
    expect((await told()).join()).toContain('Chưa có cán bộ nào')
    expect((await rows(place.store, 'conversation')).find((row) => row.id !== id)?.timer_at).toBe(NOW + 70 * 60_000)
  })

  it('is audited of nobody', async () => {
    await waiting()
    await fire(NOW + RULES.waitingEndsMs)
    expect(await audited()).toEqual([])
  })
})
