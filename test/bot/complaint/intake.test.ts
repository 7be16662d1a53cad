/** The conversation that takes a complaint, as a function: what it asks, what it never does. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { confirm } from '../../../bot/complaint/confirmed.ts'
import { CONSENT_CHOICES, consentIn, PURPOSES } from '../../../bot/complaint/consent.ts'
import { type Draft, draftSchema, LONGEST_STORY, type Stage } from '../../../bot/complaint/draft.ts'
import type { IntakeGuide } from '../../../bot/complaint/guide.ts'
import { factLine } from '../../../bot/complaint/shown.ts'
import { COMPLAINT_CHOICE, FACT_ASK, INTAKE } from '../../../bot/wording/complaint.ts'
import { plainGuide } from './guide.ts'
import { atSummary, NOW, NUMBER, REACH, STORY, Teller } from './teller.ts'

describe('a child', () => {
  it('is asked, kindly, to bring a grown-up along', () => {
    const teller = new Teller()
    for (const said of [`con học lớp 6, ${STORY}`, 'amount=5']) teller.say(said)
    expect([teller.draft?.asked[0], teller.words.includes(INTAKE.child)]).toEqual(['name', true])
  })
})

describe('telling a complaint', () => {
  it('asks for the story first, and says that nothing is sent yet where one was told before', () => {
    expect(new Teller().words).toBe(INTAKE.tell.replace(/^/, '\n'))
    expect(new Teller(STORY).words).toContain(INTAKE.begin)
  })

  it('shows what it read with the words it was read from, and asks only for what is missing, one thing a turn', () => {
    const teller = new Teller()
    teller.say(STORY)
    expect(teller.words).toContain('Bên bị khiếu nại: ShopHoa (bạn viết “respondent=ShopHoa”)')
    expect(teller.words).toContain(FACT_ASK.amount)
    expect(teller.words).not.toContain(FACT_ASK.goods)
    expect(teller.draft?.asked).toEqual(['amount'])
  })

  it('goes through the facts, how to reach the person, consent and summary to a case, and only then has one', () => {
    const teller = new Teller()
    const stages = [STORY, 'amount=1200000', REACH, 'Đồng ý 1, 2 và 3'].map((said) => {
      expect(teller.step.confirmed).toBeUndefined()
      return teller.say(said).draft?.stage
    })
    expect(stages).toEqual(['facts', 'contact', 'consent', 'summary'])
    const { confirmed, draft } = teller.say(COMPLAINT_CHOICE.confirm)
    expect(draft).toBeNull()
    expect(confirmed).toMatchObject({
      ...{ case: NUMBER, confirmedBy: 'm6', confirmedAt: NOW, missing: [], route: [{ agency: 'Sở Công Thương' }] },
      ...{ facts: { amount: { value: 1_200_000 }, commune: { value: 'Pleiku' } }, story: STORY },
    })
    expect(confirmed?.consents.map(({ purpose }) => purpose)).toEqual(['handle', 'authority', 'respondent'])
    expect(teller.words).toContain(NUMBER)
  })

  it('takes a file at any moment, and keeps its words', () => {
    const teller = new Teller()
    teller.say(STORY)
    teller.say('ảnh cái áo', 'tep-1')
    expect(teller.draft?.evidence).toEqual([{ attachment: 'tep-1', caption: 'ảnh cái áo', clear: null }])
    const summary = atSummary()
    summary.say('', 'tep-2')
    expect([summary.draft?.stage, summary.draft?.evidence.length, summary.words.includes(INTAKE.kept)]).toEqual(['summary', 1, true])
  })

  it('keeps of an endless story what there is room for, whole characters only, and says so', () => {
    const teller = new Teller()
    teller.say('😀'.repeat(LONGEST_STORY))
    expect(teller.draft?.story.length).toBeLessThanOrEqual(LONGEST_STORY)
    expect(teller.draft?.story.isWellFormed()).toBe(true)
    expect(teller.words).toContain(INTAKE.cut)
  })
})

describe('on the way', () => {
  it('what is skipped is not asked again, stands as missing, and can be gone back to', () => {
    const teller = new Teller()
    teller.say(STORY)
    teller.say('bỏ qua')
    expect([teller.draft?.stage, teller.draft?.skipped]).toEqual(['contact', ['amount']])
    teller.say('quay lại')
    expect(teller.draft?.asked).toEqual(['amount'])
    teller.say('bỏ qua')
    for (const said of ['name=Lan phone=09', 'bỏ qua', '1']) teller.say(said)
    expect(teller.words).toMatch(/Còn thiếu[\s\S]*Số tiền[\s\S]*Xã, phường/)
  })

  it('a correction is taken at any moment, and the question that stood is asked again', () => {
    const teller = new Teller()
    teller.say(STORY)
    teller.say('sửa goods goods=giày')
    expect(teller.words).toContain(INTAKE.changed('Hàng hóa, dịch vụ', 'giày'))
    expect(teller.draft?.asked).toEqual(['amount'])
    const summary = atSummary()
    summary.say('sửa amount amount=450000')
    expect(summary.draft?.stage).toBe('summary')
    expect(summary.words).toContain('Số tiền: 450.000 đồng')
  })

  it('a day that was only said about is shown so', () => {
    const fact = (value: string, words: string) => ({ boughtOn: { value, from: { words, message: 'm' } } })
    expect(factLine('boughtOn', fact('2026-11-18', 'tuần trước'))).toBe('Ngày mua: khoảng 18/11/2026 (bạn viết “tuần trước”)')
    expect(factLine('boughtOn', fact('2026-11-12', 'hôm 12/11'))).toBe('Ngày mua: 12/11/2026 (bạn viết “hôm 12/11”)')
  })

  it('put aside it asks nothing, and goes on where it was', () => {
    const teller = new Teller()
    teller.say(STORY)
    teller.say('để sau')
    expect(teller.draft?.paused).toBe(true)
    teller.say('tiếp tục hồ sơ')
    expect([teller.draft?.stage, teller.draft?.asked]).toEqual(['facts', ['amount']])
    const summary = atSummary()
    summary.say('để sau')
    summary.say('tiếp tục hồ sơ')
    expect([summary.draft?.stage, summary.draft?.consents.length]).toEqual(['summary', 3])
  })

  it('cancelled, nothing is left of it', () => {
    expect(atSummary().say('hủy')).toMatchObject({ draft: null, choices: [] })
  })

  it('survives being written down and read back after every step', () => {
    const teller = new Teller()
    for (const said of [STORY, 'amount=1200000', REACH, '1 2', 'để sau', 'tiếp tục hồ sơ']) {
      teller.say(said)
      const kept = draftSchema.parse(JSON.parse(JSON.stringify(teller.draft)))
      expect(JSON.parse(JSON.stringify(teller.draft))).toEqual(JSON.parse(JSON.stringify(kept)))
      teller.draft = kept
    }
  })
})

describe('at the summary', () => {
  it('what is said otherwise now counts, and is shown, without the words that a correction usually has', () => {
    const teller = atSummary()
    teller.say('à nhầm amount=790000')
    expect([teller.draft?.facts.amount?.value, teller.words.includes(INTAKE.changed('Số tiền', '790.000 đồng'))]).toEqual([790_000, true])
  })

  it('a long story is shown by its beginning, and kept whole', () => {
    const teller = new Teller()
    const story = `${STORY} ${'rất dài '.repeat(200)}`
    for (const said of [story, 'amount=5', 'bỏ qua', '1']) teller.say(said)
    expect(teller.words).toContain('(giữ đủ trong hồ sơ)')
    expect(teller.draft?.story).toBe(story)
  })

  it('it is said that nobody can call where there is no number, and what is missing is named once', () => {
    const teller = new Teller()
    for (const said of [STORY, 'amount=5', 'bỏ qua', '1']) teller.say(said)
    expect(teller.words).toContain(INTAKE.noPhone)
    expect(teller.words.match(/Tên của bạn/g)).toHaveLength(1)
  })
})

describe('a reply that is no answer', () => {
  it.each(['cảm ơn nha', 'muốn chết quá', 'lừa đảo quá mà', 'cccd [số giấy tờ đã che] của tôi', 'sđt mình 0906 321 321', 'thôi khỏi mệt quá'])(
    '%o is never anybody’s name',
    (text) => {
      const teller = new Teller()
      for (const said of [STORY, 'amount=5']) teller.say(said)
      teller.say(text)
      expect(teller.draft?.facts.name).toBeUndefined()
    },
  )

  it('nor what tells again what is known', () => {
    const teller = new Teller()
    for (const said of [STORY, 'amount=5']) teller.say(said)
    teller.say('giá amount=5 nha')
    expect([teller.draft?.facts.name, teller.draft?.asked]).toEqual([undefined, ['name', 'phone', 'commune']])
  })

  it('nor are the words under a picture', () => {
    const teller = new Teller()
    for (const said of [STORY, 'amount=5']) teller.say(said)
    teller.say('ảnh của tôi đây', 'tep')
    expect([teller.draft?.facts.name, teller.draft?.evidence.length]).toEqual([undefined, 1])
  })

  it.each(['xong', 'ok', 'vâng', 'dạ', '…', '1', 'alo'])('%o is not taken for what was asked: it is asked again', (text) => {
    const teller = new Teller()
    for (const said of [STORY, 'amount=5']) teller.say(said)
    teller.say(text)
    expect([teller.draft?.facts.name, teller.draft?.asked, teller.words.includes(INTAKE.unclear)]).toEqual([
      undefined,
      ['name', 'phone', 'commune'],
      true,
    ])
  })
})

describe('consent', () => {
  it.each([
    ['1 2', ['handle', 'authority']],
    ['đồng ý 1, 2 và 4', ['handle', 'authority', 'warning']],
    ['dong y tat ca', PURPOSES],
    ['Chỉ đồng ý 1', ['handle']],
    ['không', []],
    ['4', ['warning']],
    ['đồng ý', ['handle']],
    ['dạ em đồng ý ạ', ['handle']],
    ['tôi đồng ý cả', PURPOSES],
    ['Chúng tôi đồng ý 1 và 2', ['handle', 'authority']],
    ['đồng ý hai cái đầu, 1 với 2', ['handle', 'authority']],
    ['em đồng ý 1 và 2 thôi nha chị', ['handle', 'authority']],
    ['ok e dong y 1 2 3', ['handle', 'authority', 'respondent']],
    ['đồng ý hết trơn', PURPOSES],
    ['Tôi đồng ý với tất cả các mục', PURPOSES],
    ['dong y het, lam le giup toi', PURPOSES],
    ['rồi, vợ chồng em đồng ý hết', PURPOSES],
    ['vâng ạ cháu đồng ý', ['handle']],
    ['chơi luôn, đồng ý', ['handle']],
  ])('%o agrees to %o', (text, purposes) => expect(consentIn(text)).toEqual(purposes))

  it.each([
    'ok shop đó tệ lắm',
    'đồng ý với shop',
    'đồng ý cả ba',
    'Đồng ý cả 3',
    'dạ em đồng ý hết 3 cái',
    'đồng ý cho bên bán biết',
    'đồng ý nhưng thôi',
    'đồng ý với cô hết lời',
    'vâng',
    '5',
    '1 9',
    'tôi muốn đòi 1 triệu',
    '',
  ])('%o agrees to nothing that was said', (text) => expect(consentIn(text)).toBeUndefined())

  it('is never ticked beforehand, and without the first nothing is kept', () => {
    const teller = atSummary()
    expect(new Teller(STORY).draft?.consents).toEqual([])
    teller.say('quay lại')
    expect([teller.draft?.stage, teller.draft?.consents]).toEqual(['consent', []])
    teller.say('2')
    expect([teller.draft?.stage, teller.words.includes(INTAKE.firstNeeded)]).toEqual(['consent', true])
    teller.say('Không đồng ý')
    expect([teller.draft?.paused, teller.draft?.consents, teller.words]).toEqual([true, [], expect.stringContaining(INTAKE.consentNeeded)])
  })

  it('keeps the version, the moment and the message', () => {
    expect(atSummary().draft?.consents[0]).toEqual({ purpose: 'handle', version: expect.stringMatching(/^\d{4}-/), at: NOW, message: 'm5' })
  })

  it('can be taken back at the summary: it is asked again', () => {
    const teller = atSummary()
    teller.say('tôi không đồng ý cho shop biết nữa')
    expect([teller.draft?.stage, teller.draft?.consents]).toEqual(['consent', []])
  })

  it('is asked again after what is put right before it is given', () => {
    const teller = new Teller('').all(STORY, 'amount=1200000', REACH, 'khoan, số đó nhầm rồi, đúng là phone=0911')
    expect([teller.draft?.stage, teller.draft?.facts.phone?.value, teller.words.includes(INTAKE.consent)]).toEqual(['consent', '0911', true])
    teller.say('không rõ lắm')
    expect(teller.words).toContain(INTAKE.consentUnclear)
  })

  it('to the first alone is said so at the summary, and can be widened there', () => {
    const teller = new Teller('').all(STORY, 'amount=1200000', REACH, 'đồng ý')
    expect([teller.draft?.stage, teller.draft?.consents.map(({ purpose }) => purpose)]).toEqual(['summary', ['handle']])
    expect(teller.words).toContain(INTAKE.notAgreed([2, 3, 4]))
    teller.say('đồng ý')
    expect([teller.draft?.consents.length, teller.step?.confirmed]).toEqual([1, undefined])
    teller.say('đồng ý thêm 2 4')
    expect(teller.draft?.consents.map(({ purpose }) => purpose)).toEqual(['handle', 'authority', 'warning'])
    expect([teller.draft?.stage, teller.words.includes(INTAKE.agreedMore), teller.words.includes(INTAKE.notAgreed([3]))]).toEqual([
      'summary',
      true,
      true,
    ])
  })

  it('understands what it is often said in', () => {
    for (const [words, purposes] of CONSENT_CHOICES) expect(consentIn(words)).toEqual(purposes)
  })
})

const ONWARD: Readonly<Record<Stage, string>> = {
  ...{ story: STORY, matter: 'Áo giả, áo nhái', facts: 'amount=5', account: 'bỏ qua', contact: 'bỏ qua', consent: '1 2' },
  ...{ summary: COMPLAINT_CHOICE.confirm },
}

/** Of the two that are asked where there is a case already, one or the other. */
function onwardFrom({ draft, step }: Teller, turn: number): string {
  if (step.choices.includes(COMPLAINT_CHOICE.addTo)) return turn % 2 === 0 ? COMPLAINT_CHOICE.addTo : COMPLAINT_CHOICE.fresh
  return draft ? ONWARD[draft.stage] : ''
}

const GIA = { id: 'ao-gia', title: 'Áo giả, áo nhái' }
const matters = { isClear: () => false, likeliest: () => [GIA], groups: [{ id: 'ao', title: 'Nhóm áo', issues: [GIA] }] }

describe('confirming', () => {
  it.each([
    'xác nhận',
    'Shop nhắn “Xác nhận gửi hồ sơ” rồi im',
    'Xác nhận gửi hồ sơ nhé, à mà khoan',
    'Tôi chưa xác nhận gửi hồ sơ',
    '"Xác nhận gửi hồ sơ"',
    'ok',
  ])('%o does not', (text) => {
    const teller = atSummary()
    const { confirmed, draft } = teller.say(text)
    expect([confirmed, draft?.stage]).toEqual([undefined, 'summary'])
    expect(teller.words).toContain(INTAKE.confirmPlainly)
  })

  it.each(['Xác nhận gửi hồ sơ', 'Xác nhận gửi hồ sơ.', 'xac nhan gui ho so', '  Xác nhận gửi hồ sơ '])('%o does', (text) => {
    expect(atSummary().say(text).confirmed?.case).toBe(NUMBER)
  })

  it('cannot be had by any other way: not before the summary, not without consent', () => {
    const summary = atSummary().draft as Draft
    const confirmation = { caseNumber: NUMBER, issueTitle: '', missing: [], route: [], message: 'm', now: NOW }
    for (const stage of ['story', 'matter', 'facts', 'account', 'contact', 'consent'] as const)
      expect(confirm({ ...summary, stage }, confirmation)).toBeUndefined()
    expect(confirm({ ...summary, consents: [] }, confirmation)).toBeUndefined()
  })

  describe('happens in no interleaving of anything people say, files, insults and restarts', () => {
    const words = fc.constantFrom(
      ...[STORY, 'amount=5', 'amount=5 amount=7', 'name=Lan', 'phone=09', 'Pleiku', '1', '1 2 3 4', 'không', 'không có', 'có', 'vâng', 'đồ ngu'],
      ...['xác nhận', 'Tôi xác nhận', '"Xác nhận gửi hồ sơ"', 'bỏ qua', 'quay lại', 'để sau', 'tiếp tục hồ sơ', 'sửa goods goods=x', ''],
      ...[COMPLAINT_CHOICE.confirm, COMPLAINT_CHOICE.edit, COMPLAINT_CHOICE.fresh, COMPLAINT_CHOICE.addTo, COMPLAINT_CHOICE.clear],
      ...[COMPLAINT_CHOICE.papers, '5 đồng', 'sửa loại việc', GIA.title, 'Nhóm áo', 'khác', COMPLAINT_CHOICE.noMatter],
    )
    // What goes on from where the draft stands: without it hardly anybody would come to the summary by chance.
    const onward = fc.constant('onward')
    const saying = fc.record({
      said: fc.oneof({ arbitrary: onward, weight: 3 }, { arbitrary: words, weight: 1 }),
      file: fc.oneof({ arbitrary: fc.constant(false), weight: 6 }, { arbitrary: fc.constant(true), weight: 1 }),
    })
    const told = fc.record({ sayings: fc.array(saying, { maxLength: 40 }), fraud: fc.boolean(), known: fc.boolean(), asks: fc.boolean() })
    const openCases = [{ number: 'GL26-OLD-1', respondent: 'ShopHoa', order: '', goods: 'áo' }]
    const fraud: IntakeGuide = { ...plainGuide, issueOf: () => ({ ...plainGuide.issueOf('', {}, ''), account: true }) }
    let [confirmed, added, discarded, released, chosen] = [0, 0, 0, 0, 0]

    it('unless they said exactly that at the summary, having agreed; the same for an addition; and no photo is opened or kept against their word', () => {
      fc.assert(
        fc.property(told, (one) => {
          const guide = one.fraud ? fraud : plainGuide
          const teller = new Teller('', one.asks ? { ...guide, matters } : guide, one.known ? { openCases } : {})
          const papers = new Set<string>()
          const cleared = new Set<string>()
          for (const [i, { said: wish, file }] of one.sayings.entries()) {
            const before = teller.draft
            if (!before) return
            const said = wish === 'onward' ? onwardFrom(teller, i) : wish
            const step = teller.say(said, file ? { attachment: `tep-${i}` } : {})
            for (const id of step.discarded ?? []) papers.add(id)
            if (said === COMPLAINT_CHOICE.clear || (said === 'không có' && before.stage === 'summary'))
              for (const id of before.filesAsked) cleared.add(id)
            const evidence = step.confirmed?.evidence ?? step.added?.evidence ?? step.draft?.evidence ?? []
            expect(evidence.filter(({ attachment, clear }) => papers.has(attachment) || (clear === true && !cleared.has(attachment)))).toEqual([])
            if (!step.confirmed && !step.added) continue
            const same = one.known && !before.apart && before.facts.respondent?.value === 'ShopHoa' && before.facts.goods?.value === 'áo'
            expect([before.stage, said, same]).toEqual([
              'summary',
              step.added ? COMPLAINT_CHOICE.addTo : COMPLAINT_CHOICE.confirm,
              Boolean(step.added),
            ])
            expect(before.consents.map(({ purpose }) => purpose)).toContain('handle')
            if (step.confirmed?.issue && before.matter.chosen) chosen++
            if (step.confirmed) confirmed++
            else added++
          }
          discarded += papers.size
          released += cleared.size
        }),
        { seed: 20_261_126, numRuns: 4_000 },
      )
      for (const times of [confirmed, added, discarded, released, chosen]) expect(times).toBeGreaterThan(20)
    })
  })
})
