/** The account that money was sent to: asked for last, sealed before anything is stored, shown by its last figures, opened for a written reason. */
import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { openSealer } from '../../../adapters/operations/sealed-number.ts'
import { accountAsked, textContent } from '../../../adapters/platform/content.ts'
import { readLastAudit } from '../../../adapters/storage/audit-store.ts'
import { openCase } from '../../../adapters/storage/case-store.ts'
import { newDraft } from '../../../bot/complaint/draft.ts'
import type { IntakeGuide } from '../../../bot/complaint/guide.ts'
import { newDialogue } from '../../../bot/conversation/dialogue.ts'
import type { Arrival } from '../../../bot/delivery/message.ts'
import { openAccount } from '../../../bot/main/account.ts'
import { COMPLAINT_CHOICE, INTAKE } from '../../../bot/wording/complaint.ts'
import { maskAskedAccount } from '../../../knowledge/language/mask.ts'
import { accept, only } from '../../adapters/storage/lanes.ts'
import { inStore, NOW } from '../../adapters/storage/office.ts'
import { confirmedComplaint } from './confirmed.ts'
import { plainGuide } from './guide.ts'
import { REACH, STORY, Teller } from './teller.ts'

const DIGITS = '19036789012345'
const KEY = randomBytes(32)
const { seal, open } = openSealer(KEY)
const account = seal(DIGITS)

describe('the question', () => {
  const fraud: IntakeGuide = { ...plainGuide, issueOf: () => ({ ...plainGuide.issueOf('', {}, ''), account: true }) }
  const asked = () => new Teller('', fraud).all(STORY, 'amount=5')

  it('comes last of the facts, says who sees it, and can be skipped', () => {
    const teller = asked()
    expect([teller.draft?.stage, teller.words.includes(INTAKE.account), teller.words.includes(INTAKE.accountWhy)]).toEqual(['account', true, true])
    teller.say('bỏ qua')
    expect([teller.draft?.stage, teller.draft?.account]).toEqual(['contact', null])
  })

  it.each(['cash', 'cash_on_delivery', 'card', 'unpaid'])('is not put to who paid by %o', (payment) => {
    expect(new Teller('', fraud).all(`${STORY} payment=${payment}`, 'amount=5').draft?.stage).toBe('contact')
  })

  it('is not put where no money goes to accounts', () => expect(new Teller().all(STORY, 'amount=5').draft?.stage).toBe('contact'))

  it('keeps the sealed number, shows its end, and it goes into the case as it is', () => {
    const teller = asked()
    teller.say('[số tài khoản đã che] techcombank', { account })
    expect([teller.draft?.stage, teller.words.includes('…2345')]).toEqual(['contact', true])
    teller.all(REACH, '1')
    expect(teller.words).toContain('…2345')
    expect(teller.say(COMPLAINT_CHOICE.confirm).confirmed?.account).toEqual(account)
  })

  it('without a number in the reply is put once more, and then left', () => {
    const teller = asked().all('không nhớ rõ lắm, hình như của Techcombank')
    expect([teller.draft?.stage, teller.words.includes(INTAKE.accountUnread)]).toEqual(['account', true])
    teller.say('Techcombank')
    expect(teller.draft?.stage).toBe('contact')
  })
})

describe('reading it', () => {
  it.each([
    [DIGITS, DIGITS],
    ['stk 0071 0001 23456 vietcombank', '0071000123456'],
    ['mb bank 0905123456 tên NGUYEN THI HUONG', '0905123456'],
    ['gửi 2.000.000đ ngày 12-11-2026 vô 1017868686', '1017868686'],
  ])('%o holds %o, and the text does not', (text, digits) => {
    const found = maskAskedAccount(text)
    expect(found?.account).toBe(digits)
    expect(found?.text.replace(/\D/g, '')).not.toContain(digits)
  })

  it.each(['không nhớ', '2.000.000đ', 'ngày 12-11-2026', 'cccd 064185001234', 'thẻ 4111 1111 1111 1111', ''])('%o holds none', (text) =>
    expect(maskAskedAccount(text)).toBeUndefined(),
  )

  it('leaves no other number that must not be kept', () => {
    expect(maskAskedAccount(`cccd 064185001234 stk ${DIGITS}`)?.text).not.toMatch(/\d{6}/)
  })

  it('is nothing at all where nobody seals, or a story is told', () => {
    expect([accountAsked(DIGITS, undefined), accountAsked(`${DIGITS} ${'a'.repeat(300)}`, seal), accountAsked(undefined, seal)]).toEqual([{}, {}, {}])
  })
})

describe('the seal', () => {
  it('gives back what was sealed, and otherwise every time', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^\d{6,19}$/), (digits) => {
        const [once, twice] = [seal(digits), seal(digits)]
        expect([open(once), once.sealed === twice.sealed, once.shown]).toEqual([digits, false, `…${digits.slice(-4)}`])
        expect(once.sealed).not.toContain(digits)
      }),
      { seed: 7, numRuns: 100 },
    )
  })

  it('opens with no other key, and not when a letter changed', () => {
    expect(openSealer(randomBytes(32)).open(account)).toBeUndefined()
    for (const sealed of ['', 'A', `${account.sealed.slice(0, -2)}AA`, `A${account.sealed.slice(1)}x`])
      expect(open({ ...account, sealed })).toBeUndefined()
  })
})

const place = inStore()

/** A message as the platforms' readers hand it over. */
function arrivalOf(words: string): Pick<Arrival, 'content' | 'accountAsked'> {
  return { content: textContent(words) ?? expect.unreachable(), ...accountAsked(words, seal) }
}

async function standing(stage: 'account' | 'contact', more: { readonly paused?: boolean; readonly owner?: 'staff' } = {}): Promise<void> {
  await accept(place.store, 'a', '0')
  const complaint = { ...newDraft('bị lừa', NOW), stage, paused: more.paused ?? false }
  const set = { dialogue: JSON.stringify({ ...newDialogue(), complaint }), ...(more.owner ? { owner: more.owner } : {}) }
  await place.store.write(async (tx) => {
    await tx.deleteFrom('inbox').execute()
    await tx.updateTable('conversation').set(set).execute()
  })
}
const kept = async () => JSON.parse((await only(place.store, 'inbox')).content)

describe('the inbox', () => {
  it('keeps the sealed number where it was just asked for, and nowhere the number itself', async () => {
    await standing('account')
    await accept(place.store, 'a', '1', arrivalOf(DIGITS))
    const { text, sealed } = await kept()
    expect([text, open(sealed), JSON.stringify(await kept()).includes(DIGITS)]).toEqual(['[số tài khoản đã che]', DIGITS, false])
  })

  it.each([['contact', {}] as const, ['account', { paused: true }] as const, ['account', { owner: 'staff' }] as const])(
    'masks it as ever at %o %o',
    async (stage, more) => {
      await standing(stage, more)
      await accept(place.store, 'a', '1', arrivalOf(`stk ${DIGITS}`))
      expect(await kept()).toEqual({ kind: 'text', text: 'stk [số tài khoản đã che]', masked: true })
    },
  )

  it('the same message again is the same, although it is sealed otherwise; another one is not', async () => {
    await standing('account')
    expect((await accept(place.store, 'a', '1', arrivalOf(DIGITS))).status).toBe('new')
    expect((await accept(place.store, 'a', '1', arrivalOf(DIGITS))).status).toBe('repeated')
    await place.store.write((tx) =>
      tx
        .updateTable('conversation')
        .set({ dialogue: JSON.stringify(newDialogue()) })
        .execute(),
    )
    expect((await accept(place.store, 'a', '1', arrivalOf(DIGITS))).status).toBe('repeated')
    expect((await accept(place.store, 'a', '1', arrivalOf('1017868686'))).status).toBe('repeated')
    expect((await accept(place.store, 'a', '1', arrivalOf('không nhớ'))).status).toBe('conflict')
  })
})

describe('the office', () => {
  const NUMBER = 'GL26-1' as Parameters<typeof openAccount>[2]['number']

  async function filed(with_: typeof account | null): Promise<void> {
    await accept(place.store, 'a', '0')
    const { id } = await only(place.store, 'conversation')
    await place.store.write((tx) => openCase(tx, id, confirmedComplaint({ account: with_ })))
  }
  const asks = (why: string, key = KEY) => openAccount(place.store, key, { number: NUMBER, by: 'lan', why }, NOW)

  it('opens it for a written reason, and that is in the trail', async () => {
    await filed(account)
    expect(await asks('chuyển công an')).toBe(DIGITS)
    expect((await readLastAudit(place.store, 10)).map(({ actor, action, subject }) => [actor, action, subject])).toEqual([
      ['lan', 'account.opened', 'case:GL26-1'],
    ])
  })

  it('without a reason, without a number, without the key it opens nothing and writes nothing', async () => {
    await filed(null)
    await expect(asks('x')).rejects.toThrow('không có số tài khoản')
    await expect(asks(' ')).rejects.toThrow('vì sao')
    await place.store.write((tx) =>
      tx
        .updateTable('complaint')
        .set({ record: JSON.stringify(confirmedComplaint({ account })) })
        .execute(),
    )
    await expect(asks('x', randomBytes(32))).rejects.toThrow('khóa của máy đã đổi')
    expect(await readLastAudit(place.store, 10)).toEqual([])
  })
})
