/** Public warnings as rules: what is counted aloud, what is refused, who approves, what is asked for, when something may be sent. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { PURPOSES, type Purpose } from '../../../bot/complaint/consent.ts'
import type { Facts } from '../../../bot/complaint/facts.ts'
import { namesOf, unfitIn } from '../../../bot/warning/check.ts'
import { contentSchema, isCurrent, type ShownWarning, type WarningContent } from '../../../bot/warning/content.ts'
import { draftAlong, trickOf, tricksOf } from '../../../bot/warning/draft.ts'
import { agreed, figuresOf, NO_FIGURES, roundMoney, type ToldCase } from '../../../bot/warning/figures.ts'
import { warningsNear, warningsOf } from '../../../bot/warning/fit.ts'
import { stepWarning, WARNING_EVENTS, type WarningState } from '../../../bot/warning/life.ts'
import { warningMessage } from '../../../bot/warning/message.ts'
import { warningRequestIn } from '../../../bot/warning/requests.ts'
import { isSendingHour, roomFor, sendNow } from '../../../bot/warning/sending.ts'
import { figuresSaid } from '../../../bot/wording/warnings.ts'
import { parsePointer } from '../../../knowledge/citation.ts'
import { loadKinds } from '../../../knowledge/complaint-kinds.ts'
import { pointerInForce } from '../../../knowledge/validity.ts'
import { openReal } from '../open.ts'

const NOW = Date.UTC(2026, 10, 26, 3)
const WEEK = 7 * 86_400_000
const fact = <T>(value: T) => ({ value, from: { words: '', message: '' } })

const told = (n: number, over: Partial<ToldCase> = {}, facts: Facts = {}): ToldCase => ({
  ...{ number: `GL26-${n}`, person: `p${n}`, confirmedAt: NOW - n * WEEK, issue: 'x', story: '', purposes: PURPOSES },
  facts: { amount: fact(1_340_000 + n * 1_000_000), commune: fact(`xã ${n}`), ...facts },
  ...over,
})

const CONTENT: WarningContent = contentSchema.parse({
  ...{ title: 'Giả danh công an gọi điện đòi tiền', opening: 'Có người gọi điện tự xưng công an.', signs: ['Cấm kể với ai'], steps: ['Cúp máy'] },
  ...{ report: [], law: [], scam: 'gia-danh-cong-an-can-bo', endsOn: null },
})
const shown = (over: Partial<ShownWarning> = {}): ShownWarning => ({
  ...{ id: 'w1', content: CONTENT, figures: NO_FIGURES, basis: [], firstAt: NOW, at: NOW },
  ...over,
})

describe('figures', () => {
  it('count only those who agreed that their story warns others', () => {
    const without = PURPOSES.filter((purpose): purpose is Purpose => purpose !== 'warning')
    const cases = [told(1), told(2), told(3), told(4, { purposes: without }), told(5, { purposes: [] })]
    expect(agreed(cases)).toHaveLength(3)
    expect(figuresOf(cases)).toEqual({ cases: 3, communes: 3, weeks: 2, least: 2_000_000, most: 4_000_000 })
  })

  it('say nothing of fewer than three people, however many cases they have', () => {
    expect(figuresOf([told(1), told(2), told(3, { person: 'p1' })])).toEqual(NO_FIGURES)
    expect(figuresSaid(NO_FIGURES)).toBe('')
  })

  it('say no sums where fewer than three told one', () => {
    const poor = { facts: {} }
    expect(figuresOf([told(1), told(2), told(3, poor)])).toMatchObject({ cases: 3, least: null, most: null })
  })

  it('are read as a sentence with round figures', () => {
    const said = figuresSaid(figuresOf([told(1), told(2), told(9)]))
    expect(said).toContain('Trong 8 tuần, Hội nhận 3 phản ánh kiểu này, ở 3 xã, phường; số tiền mỗi vụ từ khoảng 2 triệu đồng đến 10 triệu đồng')
  })

  it('never show more than the first figure of a sum', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2_000_000_000 }), (amount) => {
        expect(String(roundMoney(amount)).replace(/0+$/, '').length).toBeLessThanOrEqual(2)
        expect(Math.abs(roundMoney(amount) - amount)).toBeLessThanOrEqual(amount)
      }),
    )
    expect([roundMoney(1_340_000), roundMoney(950_000), roundMoney(7)]).toEqual([1_000_000, 1_000_000, 7])
  })
})

describe('a text that names somebody', () => {
  const names = namesOf({
    respondent: fact('Shop Mai Vàng'),
    link: fact('facebook.com/maivangshop'),
    name: fact('Trần Thị Thử'),
    phone: fact('0900000017'),
  })
  const unfit = (opening: string) => unfitIn({ ...CONTENT, opening }, names)

  it.each([
    ['Gọi 0905 123 456 để được hoàn tiền', 'personal'],
    ['Nhận tiền vào số tài khoản 0123456789012', 'personal'],
    ['Viết cho lua@dao.vn', 'personal'],
    ['Trang hoan-tien.top dụ bấm', 'link'],
    ['Vào https://abc.example/x', 'link'],
    ['Tài khoản @maivang bán', 'link'],
    ['Shop Mai Vàng không giao hàng', 'named'],
    ['mai vang khong giao hang', 'named'],
    ['Trang MaiVang lừa', 'named'],
    ['Chị Trần Thị Thử kể lại', 'named'],
  ])('"%s" is refused as %s', (opening, why) => expect(unfit(opening)?.why).toBe(why))

  it.each([
    'Gọi tổng đài quốc gia 1800.6838 (miễn phí)',
    'Xem thêm tại congthuong.gov.vn',
    'Người tự xưng công an đòi chuyển 5 triệu trong 10 phút',
    'Hoa mai vàng nở sớm là chuyện khác, không phải tên ai'.replace('mai vàng', 'đào'),
  ])('"%s" is fit', (opening) => expect(unfit(opening)).toBeUndefined())

  it('is found in every field', () => {
    const law = [{ text: 'Luật nói Mai Vàng', cites: ['19/2023/QH15#10.1'] }]
    for (const over of [{ title: 'Mai Vàng' }, { signs: ['mai vàng'] }, { steps: ['Mai Vàng'] }, { report: ['Mai Vàng'] }, { law }])
      expect(unfitIn({ ...CONTENT, ...over }, names)?.why).toBe('named')
  })
})

describe('the life of a warning', () => {
  const state = (over: Partial<WarningState> = {}): WarningState => ({ status: 'waiting', shown: false, writers: ['lan'], ...over })

  it('is approved by somebody who has not written in it', () => {
    expect(stepWarning(state(), 'approve', 'lan')).toEqual({ refused: 'own_words' })
    expect(stepWarning(state(), 'approve', 'minh')).toEqual({ status: 'published', shown: true, writers: [] })
  })

  it('goes back to draft with any edit, and whoever edited cannot approve', () => {
    const edited = stepWarning(state(), 'edit', 'minh') as WarningState
    expect(edited).toEqual({ status: 'draft', shown: false, writers: ['lan', 'minh'] })
    const asked = stepWarning(edited, 'ask', 'hai') as WarningState
    expect([stepWarning(asked, 'approve', 'minh'), stepWarning(asked, 'approve', 'lan')]).toEqual([
      { refused: 'own_words' },
      { refused: 'own_words' },
    ])
  })

  it('stays shown while a correction is written, and shows nothing once withdrawn', () => {
    const published = { status: 'published' as const, shown: true, writers: [] }
    expect(stepWarning(published, 'edit', 'lan')).toEqual({ status: 'draft', shown: true, writers: ['lan'] })
    expect(stepWarning(published, 'withdraw', 'minh')).toEqual({ status: 'withdrawn', shown: false, writers: [] })
  })

  it('never shows what nobody but its writers has read, whatever is done in whatever order', () => {
    const people = fc.constantFrom('lan', 'minh', 'hai')
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.constantFrom(...WARNING_EVENTS), people), { maxLength: 30 }), (deeds) => {
        let now: WarningState = { status: 'draft', shown: false, writers: ['lan'] }
        for (const [event, by] of deeds) {
          const next = stepWarning(now, event, by)
          if ('refused' in next) continue
          if (event === 'approve') expect([now.status, now.writers.includes(by)]).toEqual(['waiting', false])
          if (next.shown && !now.shown) expect(event).toBe('approve')
          if (now.status === 'withdrawn') throw new Error('nothing follows withdrawing')
          now = next
        }
      }),
    )
  })
})

describe('what is asked about warnings', () => {
  it.each([
    'Nhận cảnh báo',
    'nhan canh bao',
    'cho em nhận cảnh báo với',
    'Đăng ký nhận cảnh báo',
    'toi muon nhan canh bao lua dao',
    'hội gửi cảnh báo cho em nhé'.replace('cho em', ''),
  ])('"%s" subscribes', (text) => expect(warningRequestIn(text)).toEqual({ kind: 'subscribe' }))
  it.each(['Ngừng nhận cảnh báo', 'ngung nhan canh bao', 'tôi không muốn nhận cảnh báo nữa', 'huy dang ky nhan canh bao', 'thôi nhận cảnh báo đi'])(
    '"%s" unsubscribes',
    (text) => expect(warningRequestIn(text)).toEqual({ kind: 'unsubscribe' }),
  )
  it.each([
    'Có cảnh báo nào mới không?',
    'co canh bao nao moi khong',
    'cảnh báo mới nhất',
    'hội có cảnh báo gì mới không ạ',
    'cho em xem các cảnh báo mới',
  ])('"%s" asks for the list', (text) => expect(warningRequestIn(text)).toEqual({ kind: 'warnings', topic: '' }))
  it('knows what they should be about', () =>
    expect(warningRequestIn('có cảnh báo nào về giả danh công an không')).toEqual({ kind: 'warnings', topic: 'gia danh cong an' }))

  it.each([
    'Em nhận được tin nhắn cảnh báo khóa tài khoản, em bấm vào thì mất 5 triệu',
    'ngân hàng gửi cảnh báo đăng nhập lạ là sao',
    'shop này có bị cảnh báo chưa',
    'cảnh báo',
    'hàng không có nhãn cảnh báo có bị phạt không',
    'Tôi không nhận được hàng',
    'nhận hàng rồi mới trả tiền',
  ])('"%s" is something else', (text) => expect(warningRequestIn(text)).toBeUndefined())
})

describe('sending', () => {
  const window = { proactiveWindowMs: WEEK }
  const listener = { owner: 'bot' as const, heardAt: NOW - 3_600_000, pending: false }

  it('is for the day in Vietnam', () => {
    const at = (hour: number) => isSendingHour(Date.parse(`2026-11-28T${String(hour).padStart(2, '0')}:30:00+07:00`))
    expect([6, 7, 12, 20, 21, 0].map(at)).toEqual([false, true, true, true, false, false])
  })

  it('leaves what answers need', () => {
    expect(roomFor({ used: 1_400, most: 3_000, reservePercent: 50 })).toBe(100)
    expect(roomFor({ used: 1_600, most: 3_000, reservePercent: 50 })).toBe(0)
    expect(roomFor({ used: 9, most: 0, reservePercent: 50 })).toBe(Number.POSITIVE_INFINITY)
  })

  it('goes where the channel allows it and nobody is in the middle of something', () => {
    expect(sendNow(listener, window, 5, NOW)).toBe('send')
    expect(sendNow({ ...listener, heardAt: NOW - WEEK }, window, 5, NOW)).toBe('next_time')
    expect(sendNow({ ...listener, heardAt: null }, window, 5, NOW)).toBe('next_time')
    expect(sendNow({ ...listener, heardAt: null }, { proactiveWindowMs: null }, 5, NOW)).toBe('send')
    expect(sendNow(listener, window, 0, NOW)).toBe('next_time')
    for (const owner of ['staff', 'waiting'] as const) expect(sendNow({ ...listener, owner }, window, 5, NOW)).toBe('later')
    expect(sendNow({ ...listener, pending: true }, window, 5, NOW)).toBe('later')
    expect(sendNow({ ...listener, heardAt: NOW - 60_000 }, window, 5, NOW)).toBe('later')
  })

  it('says how to be told no more, and where the whole of it is', () => {
    const body = warningMessage(shown(), 'https://hoi.example/canh-bao/w1')
    const text = body.kind === 'reply' ? body.text : ''
    for (const words of [CONTENT.title, CONTENT.opening, 'Cúp máy', 'https://hoi.example/canh-bao/w1', 'Ngừng nhận cảnh báo'])
      expect(text).toContain(words)
    expect(text.length).toBeLessThan(2_000)
  })
})

describe('which warning fits', () => {
  it('is one of the same trick, or of the words of its title', () => {
    const all = [shown(), shown({ id: 'w2', content: { ...CONTENT, title: 'Tour du lịch giá rẻ bất thường', scam: 'tour-ve-re-bat-thuong' } })]
    expect(warningsOf(all, 'tour-ve-re-bat-thuong').map(({ id }) => id)).toEqual(['w2'])
    expect(warningsNear(all, 'có người giả danh công an gọi điện cho mẹ em').map(({ id }) => id)).toEqual(['w1'])
    expect(warningsNear(all, 'cong an').map(({ id }) => id)).toEqual(['w1'])
    const everyday = [shown({ content: { ...CONTENT, title: 'Mua hàng qua mạng: chiêu trò lừa đảo' } })]
    expect(warningsNear(everyday, 'mua hàng qua mạng bị giao sai màu thì sao')).toEqual([])
    expect(warningsNear(all, 'mua nồi chiên bị hỏng thì đổi trả thế nào')).toEqual([])
  })

  it('is none that has ended', () => {
    expect(isCurrent({ endsOn: '2026-11-27' }, '2026-11-27')).toBe(true)
    expect(isCurrent({ endsOn: '2026-11-27' }, '2026-11-28')).toBe(false)
  })
})

describe('a draft', () => {
  it('takes signs, steps and law of the guide, all of the law in force, and nothing of anybody', async () => {
    const { library } = await openReal()
    const today = '2026-11-28'
    for (const { id } of tricksOf(library)) {
      const draft = contentSchema.parse(draftAlong(library, id, today))
      expect([draft.scam, draft.signs.length > 0, draft.steps.length > 0, draft.opening !== '']).toEqual([id, true, true, true])
      for (const { cites } of draft.law)
        for (const pointer of cites) expect(pointerInForce(library, parsePointer(pointer), today), pointer).toBe(true)
      expect(unfitIn(draft, []), id).toBeUndefined()
    }
  })

  it('follows the kind of trouble that most of those complained of who agreed', async () => {
    const { library } = await openReal()
    const { issues } = loadKinds()
    const issue = [...issues.values()].find(({ guides }) => guides.some((id) => library.guides.get(id)?.kind === 'scam'))
    const guidesOf = (id: string) => issues.get(id)?.guides ?? []
    const found = trickOf([told(1, { issue: issue?.id ?? '' }), told(2, { issue: 'nothing', purposes: [] })], library, guidesOf)
    expect(library.guides.get(found ?? '')?.kind).toBe('scam')
    expect(trickOf([told(1, { issue: issue?.id ?? '', purposes: ['handle'] })], library, guidesOf)).toBeUndefined()
    const byWords = (story: string) => trickOf([told(1, { story })], library, () => [])
    expect(byWords('Tôi mua nồi chiên trên Facebook, chuyển khoản cọc rồi shop chặn máy, không giao hàng.')).toBe('chuyen-coc-shop-bien-mat')
    expect(byWords('co nguoi goi xung cong an bat chuyen tien')).toBe('gia-danh-cong-an-can-bo')
    expect(byWords('mua tủ lạnh hỏng cửa hàng không bảo hành')).toBeUndefined()
  })

  it('from nothing is empty but for where to report', async () => {
    const { library } = await openReal()
    expect(draftAlong(library, null, '2026-11-28')).toMatchObject({ opening: '', signs: [], law: [], scam: null })
  })
})
