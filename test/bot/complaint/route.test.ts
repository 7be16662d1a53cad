/** From a story to the competent body: rules, dates, and totals over labelled cases. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { type Facts, factsSchema } from '../../../bot/complaint/facts.ts'
import { classify, competence, openRouter, requiredFacts, routeStory, situationsOf } from '../../../bot/complaint/route.ts'
import type { Situation } from '../../../knowledge/complaint-kinds.ts'
import { loadLibrary } from '../../../knowledge/library.ts'

const TODAY = '2026-11-20'
const router = openRouter(loadLibrary())
const caseRow = z.strictObject({
  id: z.string(),
  text: z.string(),
  facts: z.record(z.string(), z.string()).default({}),
  day: z.string(),
  first: z.array(z.string()).min(1),
  second: z.array(z.string()).min(1),
})
const cases = readFileSync(join(import.meta.dirname, '../../evaluation/competence.jsonl'), 'utf8')
  .split('\n')
  .filter(Boolean)
  .map((line) => caseRow.parse(JSON.parse(line)))

const told = (values: Record<string, unknown>): Facts =>
  factsSchema.parse(
    Object.fromEntries(Object.entries(values).map(([name, value]) => [name, { value, from: { words: String(value), message: 'm' } }])),
  )
const route = (text: string, day = TODAY, facts: Facts = {}) => routeStory(router, text, facts, day)
const doors = (text: string, day = TODAY, facts: Facts = {}) => route(text, day, facts).suggestions.map((s) => s.agency)
const issue = (id: string) => {
  const found = router.kinds.issues.get(id)
  if (!found) throw new Error(`no issue ${id}`)
  return found
}

describe('labelled cases', () => {
  /** c- cases were written before the signals, n- cases after them; even ones were tuned on, odd ones are for totals only. */
  const half = (parity: number, prefix = 'c-') => cases.filter((c) => c.id.startsWith(prefix) && Number(c.id.slice(2)) % 2 === parity)
  const share = (rows: typeof cases, right: (c: (typeof cases)[number], got: string[]) => boolean) =>
    rows.filter((c) => right(c, doors(c.text, c.day, told(c.facts)))).length / rows.length
  const firstOf = (rows: typeof cases) => share(rows, (c, got) => c.first.includes(got[0] ?? ''))
  const twoOf = (rows: typeof cases) => share(rows, (c, got) => got.slice(0, 2).some((id) => c.second.includes(id)))

  it('are many, each a third of them at least without marks, and name only known bodies', () => {
    expect(cases.length).toBeGreaterThanOrEqual(110)
    const bare = cases.filter((c) => !/[đĐ]|\p{M}/u.test(c.text.normalize('NFD')))
    expect(bare.length * 3).toBeGreaterThanOrEqual(cases.length)
    const ids = new Set(router.directory.records.map((r) => r.id))
    expect(cases.flatMap((c) => [...c.first, ...c.second]).filter((id) => !ids.has(id))).toEqual([])
    expect(cases.filter((c) => c.first.some((id) => !c.second.includes(id)))).toEqual([])
  })

  it('the half for tuning: first choice and first two', () => {
    expect(firstOf(half(0))).toBeGreaterThanOrEqual(0.95)
    expect(twoOf(half(0))).toBeGreaterThanOrEqual(0.98)
  })

  it('the half for totals only: first choice and first two', () => {
    expect(firstOf(half(1))).toBeGreaterThanOrEqual(0.95)
    expect(twoOf(half(1))).toBeGreaterThanOrEqual(0.98)
  })

  it('stories told later, in words that the signals were not written from: the honest figures, far below the goal', () => {
    expect(firstOf(half(0, 'n-'))).toBeGreaterThanOrEqual(0.9)
    expect(twoOf(half(0, 'n-'))).toBeGreaterThanOrEqual(0.95)
    expect(firstOf(half(1, 'n-'))).toBeGreaterThanOrEqual(0.8)
    expect(twoOf(half(1, 'n-'))).toBeGreaterThanOrEqual(0.85)
  })

  it('every suggestion shows a basis, a sentence and a confidence; no case is without a door', () => {
    for (const c of cases) {
      const { suggestions } = route(c.text, c.day, told(c.facts))
      expect(suggestions.length, c.id).toBeGreaterThan(0)
      for (const s of suggestions) {
        expect(s.basis.every((b) => b.label.length > 0)).toBe(true)
        expect(s.why.length).toBeGreaterThan(20)
        expect(s.confidence).toBeGreaterThanOrEqual(0)
        expect(s.confidence).toBeLessThanOrEqual(1)
      }
      const agencies = suggestions.map((s) => s.agency)
      expect(new Set(agencies).size).toBe(agencies.length)
    }
  })
})

describe('Sở Tài chính', () => {
  it('is suggested by no case, no issue, on no day', () => {
    const day = fc.date({ min: new Date('2024-07-01'), max: new Date('2030-01-01'), noInvalidDate: true }).map((d) => d.toISOString().slice(0, 10))
    const matter = fc.constantFrom(...router.kinds.issues.values())
    const situations = fc.subarray(['money_now', 'online', 'market', 'several_bodies', 'threat', 'harm'] as const)
    fc.assert(
      fc.property(matter, situations, day, (one, shown, on) => {
        const found = competence(router, { issue: one, facts: {}, day: on, situations: new Set(shown) })
        return found.length > 0 && found.every((s) => s.agency !== 'so-tai-chinh')
      }),
    )
    for (const c of cases) expect(doors(c.text, c.day, told(c.facts))).not.toContain('so-tai-chinh')
    expect(doors('tôi muốn gửi đơn lên sở tài chính vụ cửa hàng bán hàng giả')).not.toContain('so-tai-chinh')
  })

  it('stays out even if data gave it something to receive', () => {
    const duty = { id: 'tranh-chap', why: 'Không có thật, chỉ để thử một lỗi trong dữ liệu.', basis: [], plan: true, advice: false }
    const records = router.directory.records.map((r) => (r.id === 'so-tai-chinh' ? { ...r, duties: [duty] } : r))
    const faulty = { ...router, directory: { ...router.directory, records } }
    const body = { agency: 'so-tai-chinh', duty: 'tranh-chap' }
    const one = { ...issue('khong-hoan-tien'), bodies: [body, ...issue('khong-hoan-tien').bodies] }
    expect(competence(faulty, { issue: one, facts: {}, day: TODAY, situations: new Set() })[0]?.agency).toBe('hoi')
  })
})

describe('rules', () => {
  it('money being lost now: first aid, then bank, then police', () => {
    const found = route('em moi chuyen khoan 2 trieu mua dien thoai xong no chan zalo luon')
    expect([found.firstAid, ...found.suggestions.slice(0, 2).map((s) => s.agency)]).toEqual([true, 'ngan-hang', 'cong-an-tinh'])
  })

  it('what the conversation knows of money counts though the words say little', () => {
    const found = routeStory(router, 'giờ tôi phải làm gì', {}, TODAY, ['money_now'])
    expect([found.firstAid, found.suggestions[0]?.agency]).toEqual([true, 'ngan-hang'])
  })

  it('money lost long ago goes to the police first, by words or by the day of the purchase', () => {
    expect(route('năm ngoái tôi chuyển khoản đặt cọc rồi nó chặn số, tôi muốn tố giác').suggestions[0]?.agency).toBe('cong-an-tinh')
    const old = told({ boughtOn: '2026-05-02' })
    expect(situationsOf(router, 'vừa chuyển cọc xong bị chặn số', old, TODAY).has('money_now')).toBe(false)
  })

  it('several bodies at odds: Ban Chỉ đạo 389, with the plan only as division of work', () => {
    const [first] = route('vụ sữa giả này công an với quản lý thị trường cứ đùn đẩy nhau').suggestions
    expect([first?.agency, first?.basis.map((b) => b.kind), first?.trust]).toEqual(['ban-chi-dao-389', ['plan'], 'unverified'])
  })

  it('a threat goes to the police first, whatever was bought', () => {
    expect(doors('đòi đổi cái quạt hư mà chủ tiệm dọa đánh em')[0]).toBe('cong-an-tinh')
  })

  it('fraud of long ago: no bank, whether it was sent or paid by hand; there is nothing left to hold back', () => {
    for (const text of [
      'năm ngoái em bị lừa bán vé giả, trả tiền mặt, giờ muốn tố giác',
      'năm ngoái em bị lừa chuyển khoản mua vé giả, giờ muốn tố giác',
    ])
      expect([doors(text)[0], doors(text).includes('ngan-hang')], text).toEqual(['cong-an-tinh', false])
  })

  it('somebody hurt by a thing, not by food: treated as well, and no word of poisoning', () => {
    const hurt = (id: string) => competence(router, { issue: issue(id), facts: {}, day: TODAY, situations: new Set(['harm']) })
    expect(
      hurt('hang-khuyet-tat-gay-hai')
        .map((s) => s.agency)
        .slice(0, 2),
    ).toEqual(['so-cong-thuong', 'co-so-y-te'])
    for (const id of ['hang-khuyet-tat-gay-hai', 'khong-nguon-goc']) {
      const [health] = hurt(id).filter((s) => s.agency === 'co-so-y-te')
      expect([health?.basis[0].kind, health?.why.includes('thực phẩm')], id).toEqual(['advice', false])
    }
  })

  it.each<[text: string, shown: Situation, yes: boolean]>([
    ['cục sạc nổ, tay chồng tôi phỏng rộp', 'harm', true],
    ['bà nội ngồi ghế sụp gãy xương', 'harm', true],
    ['nhắn tin cá độ bóng đá hoài', 'harm', false],
    ['tài khoản bị phong tỏa', 'harm', false],
    ['mã vận đơn kẹt ở kho cả tháng', 'online', true],
    ['seller không chịu trả tiền', 'online', true],
    ['mua quạt ở tiệm gần nhà, nhắn zalo chủ tiệm không trả lời', 'online', false],
    ['mua ở cửa hàng trên shopee', 'online', true],
  ])('%s: %s %s', (text, shown, yes) => expect(situationsOf(router, text, {}, TODAY).has(shown)).toBe(yes))

  it.each([
    ['labels and barcodes', 'gói bánh nhập không có nhãn phụ tiếng Việt', ['so-khoa-hoc-va-cong-nghe', 'quan-ly-thi-truong']],
    ['counterfeits', 'tiệm đầu phố bán hàng giả hàng nhái', ['quan-ly-thi-truong', 'cong-an-tinh']],
    ['platforms', 'sàn từ chối khiếu nại của tôi hoài', ['so-cong-thuong', 'he-thong-tmdt']],
    ['weights at a market', 'ra chợ xã mua thịt bị cân thiếu hai lạng', ['uy-ban-nhan-dan-xa', 'so-khoa-hoc-va-cong-nghe']],
    ['weights elsewhere', 'cây xăng bơm thiếu', ['so-khoa-hoc-va-cong-nghe', 'quan-ly-thi-truong']],
    ['tax', 'chủ tiệm trốn thuế', ['co-quan-thue', 'so-cong-thuong']],
    ['wages', 'công ty nợ lương', ['co-quan-lao-dong', 'tro-giup-phap-ly']],
    ['the association itself', 'tôi khiếu nại cán bộ hội làm ăn tắc trách', ['uy-ban-nhan-dan-tinh', 'so-cong-thuong']],
  ])('%s', (_, text, two) => expect(doors(text).slice(0, 2)).toEqual(two))

  it('the same dispute goes to the association in a shop and to Sở Công Thương online', () => {
    const matter = { issue: issue('khong-hoan-tien'), facts: {}, day: TODAY }
    const first = (online: boolean) => competence(router, { ...matter, situations: new Set(online ? (['online'] as const) : []) })[0]?.agency
    expect([first(false), first(true)]).toEqual(['hoi', 'so-cong-thuong'])
    expect(situationsOf(router, '', told({ platform: 'shopee' }), TODAY).has('online')).toBe(true)
  })
})

describe('the day of the matter', () => {
  const site = (day: string) => competence(router, { issue: issue('trang-tin-mang-xa-hoi'), facts: {}, day, situations: new Set() })

  it('websites and social networks: the office of then, its successor, then the one that the newer decree names', () => {
    expect(['2025-02-28', '2025-03-01', '2026-06-30', '2026-07-01'].map((day) => site(day)[0]?.agency)).toEqual([
      'so-thong-tin-va-truyen-thong',
      'so-khoa-hoc-va-cong-nghe',
      'so-khoa-hoc-va-cong-nghe',
      'so-van-hoa-the-thao-va-du-lich',
    ])
    expect(site('2025-09-01')[0]?.why).toMatch(/; từ ngày 01\/03\/2025, Sở Thông tin và Truyền thông không còn nữa/)
  })

  it('no article is shown before it is in force', () => {
    const system = (day: string) =>
      competence(router, { issue: issue('san-khong-xu-ly'), facts: {}, day, situations: new Set(['online']) }).map((s) => s.agency)
    expect(system('2026-06-30')).not.toContain('he-thong-tmdt')
    expect(system('2026-07-01')[1]).toBe('he-thong-tmdt')
  })

  it('market surveillance bears the name of the day, and had its duties before it was handed to the province', () => {
    const before = router.directory.records.find((r) => r.id === 'quan-ly-thi-truong' && r.validTo !== null)
    expect(before?.duties.map((duty) => duty.id)).toEqual(['hang-gia', 'gia-ca'])
    const name = (day: string) => competence(router, { issue: issue('hang-gia'), facts: {}, day, situations: new Set() })[0]?.name
    expect([name('2025-01-15'), name(TODAY)]).toEqual([
      'Cục Quản lý thị trường Gia Lai',
      'Chi cục Quản lý thị trường thuộc Sở Công Thương tỉnh Gia Lai',
    ])
  })
})

describe('classifying', () => {
  /** As people put it, what was read of it, and the issue. */
  it.each<[text: string, issue: string, facts?: Record<string, string>]>([
    ['tủ lạnh mua ở điện máy chợ mới, chạy hai tuần không lạnh, nước chảy ra sàn', 'hang-loi-bao-hanh', { goods: 'tủ lạnh' }],
    ['tôi mua cái tủ lạnh ở cửa hàng điện máy, về chạy tốn điện mà không lạnh', 'hang-loi-bao-hanh', { goods: 'cái tủ lạnh' }],
    ['tủ lạnh mới mua bị hư ngăn đá', 'hang-loi-bao-hanh'],
    ['mua điện thoại của một người trên zalo, về xài nóng máy', 'hang-loi-bao-hanh'],
    ['em mua dien thoai tren zalo ve mo len khong len nguon', 'hang-loi-bao-hanh', { goods: 'dien thoai', platform: 'zalo' }],
    ['cân thiếu ở chợ', 'can-do-thieu'],
    ['ra chợ Pleiku mua cá bị cân thiếu mất 3 lạng, đòi thì bà bán chửi', 'can-do-thieu', { goods: 'cá' }],
    ['nồi chiên nổ', 'hang-khuyet-tat-gay-hai'],
    ['mua nồi chiên trên shopee xài được 1 tuần thì nổ', 'hang-khuyet-tat-gay-hai', { goods: 'nồi chiên', platform: 'shopee' }],
    ['bàn ủi xẹt lửa', 'hang-khuyet-tat-gay-hai'],
    ['ban ui moi mua cam dien la xet lua, chay den o cam', 'hang-khuyet-tat-gay-hai', { goods: 'ban ui' }],
    ['tivi sọc màn hình', 'hang-loi-bao-hanh'],
    ['tivi mới mua 2 tháng bị sọc màn hình', 'hang-loi-bao-hanh', { goods: 'tivi' }],
    ['Shopee giao máy nứt', 'hang-vo-khi-giao'],
    ['dat may loc nuoc tren shopee giao toi bi nut vo hop', 'hang-vo-khi-giao', { platform: 'shopee' }],
    ['phân bón vàng lá', 'chat-luong-tieu-chuan'],
    ['phân bón mua ở đại lý bón xong cà phê vàng lá rụng trái', 'chat-luong-tieu-chuan', { goods: 'phân bón' }],
    ['dép mới mang một tuần đứt quai', 'hang-loi-bao-hanh'],
    // What sounds alike and is something else stays where it was.
    ['hóa đơn tiền điện tháng này tăng gấp ba', 'dien-nuoc'],
    ['đồng hồ nước chạy nhanh bất thường', 'dien-nuoc'],
    ['chắc shop bán số điện thoại của tôi, người lạ gọi đúng tên đúng đơn hàng', 'lo-thong-tin'],
    ['bị nó lừa bán điện thoại dỏm', 'lua-dao-da-qua'],
    ['nồi cơm mua về nó không chạy', 'hang-loi-bao-hanh'],
    ['cửa hàng bán nước giặt giả', 'hang-gia'],
    ['shop giao áo cho vợ tôi sai size', 'khong-giong-quang-cao'],
  ])('%s → %s', (text, id, facts = {}) => expect(classify(router, text, told(facts), TODAY)[0]?.issue.id).toBe(id))

  it('reads nothing from what stands for a covered number, nor from whose number it is', () => {
    const plainly = classify(router, 'tôi tên Lan, mua cái quạt về không chạy', {}, TODAY)
    for (const mark of ['căn cước [số giấy tờ đã che]', 'số điện thoại của em là [số điện thoại đã che]', 'email: [thư điện tử đã che]'])
      expect(classify(router, `tôi tên Lan, ${mark}, mua cái quạt về không chạy`, {}, TODAY), mark).toEqual(plainly)
    expect(doors('giao áo khác màu, mã bên bán [mã số thuế đã che]')[0]).toBe('hoi')
  })

  it('is the same each time, sorted, with shares that sum to one at most', () => {
    for (const c of cases.slice(0, 20)) {
      const once = classify(router, c.text, {}, c.day)
      expect(once.map((r) => r.score)).toEqual([...once.map((r) => r.score)].sort((a, b) => b - a))
      expect(classify(router, c.text, {}, c.day)).toEqual(once)
      expect(once.reduce((sum, r) => sum + r.confidence, 0)).toBeLessThan(1.3)
    }
  })

  it('a story of things bought that fits no issue is an ordinary dispute, not the police or another office', () => {
    expect(route('mua cái ghế về ngồi lắc lư, bên bán không nói năng gì').suggestions[0]?.agency).toBe('hoi')
  })

  it('reads marks, no marks and shorthand alike', () => {
    const first = (text: string) => classify(router, text, {}, TODAY)[0]?.issue.id
    expect([first('máy giặt còn bảo hành mà hãng không sửa'), first('may giat con bao hanh ma hang k sua')]).toEqual([
      'hang-loi-bao-hanh',
      'hang-loi-bao-hanh',
    ])
  })

  it('a story without words points nowhere and still has a door', () => {
    for (const text of ['', '???', '12345', 'zzzz qqqq']) {
      expect(classify(router, text, {}, TODAY)).toEqual([])
      expect(route(text).suggestions[0]).toMatchObject({ agency: 'hoi', confidence: 0 })
    }
  })

  it('takes any text, however long or odd', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 400, unit: 'grapheme' }), (text) => route(text).suggestions.length > 0),
      { numRuns: 50 },
    )
    expect(route('hàng lỗi bảo hành '.repeat(2000)).suggestions.length).toBeGreaterThan(0)
  })

  it('names the facts an issue needs in the order of the facts', () => {
    expect(requiredFacts(issue('lua-dao-dang-mat-tien'))).toEqual(['respondent', 'boughtOn', 'amount', 'payment', 'phone'])
  })
})
