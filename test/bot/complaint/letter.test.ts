/** The letter and the receipt as papers: to whom, under which name, what stands in them and above all what does not. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { FACT_NAMES } from '../../../bot/complaint/facts.ts'
import { NOT_BY_LETTER, recipientOf, withAdded } from '../../../bot/complaint/letter.ts'
import type { Paper } from '../../../bot/complaint/paper.ts'
import { ADDRESSED, BY_HAND, DOTS, LETTER, LETTER_LABEL, LETTER_NOTES, REQUESTS } from '../../../bot/wording/letter.ts'
import { agencyOn } from '../../../knowledge/agencies.ts'
import { ASSOCIATION, BARE, blocks, FULL, letter, NUMBER, receipt, SOURCES, STORY, TODAY, told } from '../../adapters/letter/papers.ts'

const titleOf = (paper: Paper) => blocks(paper, 'title')[0]?.text
const toOf = (paper: Paper) => blocks(paper, 'to')[0]?.name
const fieldsOf = (paper: Paper) => Object.fromEntries(blocks(paper, 'field').map(({ label, value }) => [label, value]))
const all = (paper: Paper) => JSON.stringify(paper.blocks)
const suggested = (...agencies: string[]) => ({ ...FULL, route: agencies.map((agency) => ({ agency, basis: '', confidence: 0.5, why: '' })) })

describe('to whom', () => {
  it('the first body that was suggested, by name or by id', () => {
    expect(toOf(letter(FULL))).toBe('Sở Công Thương tỉnh Gia Lai')
    expect(toOf(letter(suggested('quan-ly-thi-truong', 'hoi')))).toBe('Chi cục Quản lý thị trường thuộc Sở Công Thương tỉnh Gia Lai')
  })

  it('the body that an officer chose comes before any suggestion', () => {
    expect(toOf(letter(FULL, { agency: 'hoi' }))).toBe(ASSOCIATION.name)
  })

  it('the association where nobody was suggested, or only those whom one telephones or visits', () => {
    expect(toOf(letter(BARE))).toBe(ASSOCIATION.name)
    expect(toOf(letter(suggested('ngan-hang', 'co-so-y-te', 'he-thong-tmdt')))).toBe(ASSOCIATION.name)
  })

  it('whoever has taken over by the day of the letter', () => {
    expect(toOf(letter(suggested('Sở Thông tin và Truyền thông')))).toBe('Sở Khoa học và Công nghệ tỉnh Gia Lai')
    expect(recipientOf(SOURCES, suggested('so-thong-tin-va-truyen-thong'), { day: '2024-01-01' })?.id).toBe('so-thong-tin-va-truyen-thong')
  })

  it.each([...NOT_BY_LETTER, 'so-tai-chinh', 'mat-tran-to-quoc', 'khong-co'])('never %s, also when it is chosen', (agency) => {
    expect(recipientOf(SOURCES, FULL, { day: TODAY, agency })).toBeUndefined()
  })

  it('never a body that is never written to, even if somebody gave it something to do', () => {
    const records = SOURCES.directory.records.map((one) =>
      one.id === 'so-tai-chinh' ? { ...one, duties: SOURCES.directory.records[0]?.duties ?? [] } : one,
    )
    const sources = { ...SOURCES, directory: { ...SOURCES.directory, records } }
    expect(recipientOf(sources, FULL, { day: TODAY, agency: 'so-tai-chinh' })).toBeUndefined()
  })

  it('names in the lists of exceptions are names of the directory', () => {
    for (const id of [...NOT_BY_LETTER, ...Object.keys(ADDRESSED)]) expect(agencyOn(SOURCES.directory, id, TODAY)?.id).toBe(id)
  })

  it('every address is a name and no explanation', () => {
    const ids = new Set(SOURCES.directory.records.map(({ id }) => id))
    const taking = [...ids].filter((agency) => recipientOf(SOURCES, FULL, { day: TODAY, agency }))
    expect(taking.length).toBeGreaterThan(12)
    for (const agency of taking) expect(toOf(letter(FULL, { agency }))).not.toMatch(/cần xác minh|của bạn|báo ngay|hiện nay|kiểm tra/)
  })

  it('a name that is not established is no secret to the person at the screen', () => {
    expect(letter(FULL, { agency: 'hai-quan' }).notes).toContain(LETTER_NOTES.unverified)
    expect(letter(FULL).notes).not.toContain(LETTER_NOTES.unverified)
  })
})

describe('what kind of letter', () => {
  it.each([
    ['hoi', LETTER.complaint, REQUESTS.association],
    ['so-cong-thuong', LETTER.complaint, REQUESTS.authority],
    ['quan-ly-thi-truong', LETTER.petition, REQUESTS.authority],
    ['cong-an-tinh', LETTER.petition, REQUESTS.authority],
    ['ngan-hang', LETTER.petition, REQUESTS.bank],
  ])('to %s it is %s', (agency, title, request) => {
    const paper = letter(FULL, { agency })
    expect([titleOf(paper), all(paper).includes(request)]).toEqual([title, true])
  })

  it('what is no dispute of a buyer with a seller is no complaint, whoever reads it', () => {
    expect(titleOf(letter({ ...FULL, issue: 'khieu-nai-hoi' }, { agency: 'uy-ban-nhan-dan-tinh' }))).toBe(LETTER.petition)
  })
})

describe('what stands in it', () => {
  it('what was told, in fields, and the story word for word', () => {
    const paper = letter(FULL)
    expect(fieldsOf(paper)).toMatchObject({
      ...{ [LETTER_LABEL.name]: 'Nguyễn Thị Hạnh', [LETTER_LABEL.commune]: 'phường Quy Nhơn', [LETTER_LABEL.respondent]: 'Shop Hoa Xinh' },
      ...{ [LETTER_LABEL.amount]: '450.000 đồng', [LETTER_LABEL.boughtOn]: '10/11/2026', [LETTER_LABEL.wish]: 'được trả lại tiền' },
    })
    expect(blocks(paper, 'told').map(({ text }) => text)).toEqual([STORY])
    expect(blocks(paper, 'signature')[0]).toMatchObject({ name: 'Nguyễn Thị Hạnh', title: 'NGƯỜI LÀM ĐƠN', hint: '(Ký, ghi rõ họ tên)' })
  })

  it('a day that was told roughly is no surer on paper', () => {
    const boughtOn = { value: '2026-11-17', from: { words: 'tuần trước', message: 'm' } }
    expect(fieldsOf(letter({ ...FULL, facts: { ...FULL.facts, boughtOn } }))[LETTER_LABEL.boughtOn]).toBe('khoảng 17/11/2026')
  })

  it('a blank for all that was not told, and nothing made up', () => {
    const paper = letter(BARE)
    expect(blocks(paper, 'field').filter(({ value }) => value !== '')).toEqual([])
    expect(blocks(paper, 'blanks')[0]).toMatchObject({ count: 6 })
    expect(blocks(paper, 'signature')[0]?.name).toBe('')
    expect(all(paper).replaceAll(NUMBER, '')).not.toMatch(/\d{2}\/\d{2}\/\d{4}|\d{5,}|@/)
  })

  it('the day of signing is written by hand', () => {
    expect(blocks(letter(FULL), 'place')[0]?.text).toBe('Gia Lai, ngày …… tháng …… năm ………')
  })

  it('no place for identity numbers, cards or accounts of the person', () => {
    for (const agency of ['hoi', 'so-cong-thuong', 'cong-an-tinh', 'ngan-hang'])
      expect(all(letter(BARE, { agency }))).not.toMatch(/căn cước|CCCD|CMND|số thẻ|hộ chiếu/i)
  })

  it('the account that got the money: police and bank only, and only as a blank', () => {
    const withAccount = SOURCES.directory.records
      .map(({ id }) => id)
      .filter((agency) => recipientOf(SOURCES, FULL, { day: TODAY, agency }))
      .filter((agency) => fieldsOf(letter(FULL, { agency }))[BY_HAND.account] !== undefined)
    expect([...new Set(withAccount)].sort()).toEqual(['cong-an-tinh', 'ngan-hang'])
    expect(fieldsOf(letter(FULL, { agency: 'cong-an-tinh' }))[BY_HAND.account]).toBe('')
    expect(toOf(letter(FULL, { agency: 'ngan-hang' }))).toBe(`Ngân hàng ${DOTS}`)
  })

  it('evidence that was sent, by its captions, and lines for what is on paper', () => {
    const lines = blocks(letter(FULL), 'list').flatMap(({ lines }) => lines)
    expect(lines.slice(-2)).toEqual([LETTER.file('ảnh áo lúc nhận'), LETTER.file('')])
    const papers = { ...FULL, evidence: [{ attachment: 'c', caption: 'ảnh giấy tờ', clear: false }] }
    expect(all(letter(papers))).not.toContain('ảnh giấy tờ')
    expect(blocks(letter(FULL), 'blanks')).toEqual([{ kind: 'blanks', count: 3 }])
  })

  it('parts are numbered without a gap, also where one has nothing in it', () => {
    const numbers = (paper: Paper) => blocks(paper, 'heading').map(({ text }) => Number(text.split('.')[0]))
    expect([numbers(letter(FULL)), numbers(letter(BARE))]).toEqual([
      [1, 2, 3, 4, 5, 6],
      [1, 2, 3, 4, 5],
    ])
  })
})

describe('what was added later', () => {
  const added = [
    { story: 'shop vừa nhắn lại', facts: told({ amount: 500_000, order: 'SPX1' }), evidence: [{ attachment: 'z', caption: 'tin mới', clear: true }] },
    { story: '', facts: told({ amount: 520_000 }), evidence: [] },
  ]

  it('stands behind the story, the latest word on a fact counts, and what was missing is not any more', () => {
    const now = withAdded(FULL, added)
    expect([now.story, now.evidence.length, now.missing]).toEqual([`${STORY}\nshop vừa nhắn lại`, 3, []])
    expect(fieldsOf(letter(now))).toMatchObject({ [LETTER_LABEL.amount]: '520.000 đồng', [LETTER_LABEL.order]: 'SPX1' })
  })

  it('changes nothing where nothing was added', () => {
    expect(withAdded(FULL, [])).toEqual(FULL)
  })
})

describe('the law in it', () => {
  const cited = (record: typeof FULL) => blocks(letter(record), 'list')[0]?.lines

  it('is what the kind of matter rests on, cited to the point', () => {
    expect(cited(FULL)).toEqual([
      'điểm e khoản 1 Điều 10 Luật Bảo vệ quyền lợi người tiêu dùng (19/2023/QH15)',
      'khoản 1 Điều 14 Luật Bảo vệ quyền lợi người tiêu dùng (19/2023/QH15)',
      'điểm b khoản 3 Điều 38 Luật Bảo vệ quyền lợi người tiêu dùng (19/2023/QH15)',
    ])
  })

  it('is that of the day of the event: what was not in force then is left out, and the part with it where nothing is left', () => {
    const livestream = (boughtOn: string) => ({ ...FULL, issue: 'livestream', evidence: [], facts: told({ boughtOn }) })
    expect(cited(livestream('2026-09-01'))).toHaveLength(2)
    expect(cited(livestream('2026-05-01'))).toBeUndefined()
    expect(blocks(letter(livestream('2026-05-01')), 'heading').some(({ text }) => text.includes(LETTER.basis))).toBe(false)
  })

  it('is never the plan, nor advice, nor a law that no file names', () => {
    for (const issue of SOURCES.issues.keys()) expect(all(letter({ ...BARE, issue }))).not.toMatch(/Kế hoạch|việc nên làm|\(\)/)
  })
})

describe('over any case', () => {
  const words = fc.string({ unit: 'binary', maxLength: 40 })
  const record = fc
    .record({
      facts: fc.dictionary(fc.constantFrom('respondent', 'goods', 'name', 'phone', 'commune', 'link', 'order', 'promised'), words),
      story: words,
      issue: fc.constantFrom(null, 'lua-dao-da-qua', 'livestream', 'hang-gia'),
      agency: fc.constantFrom('hoi', 'cong-an-tinh', 'ngan-hang', 'hai-quan'),
    })
    .map(({ facts, agency, ...rest }) => ({ agency, record: { ...BARE, ...rest, facts: told(facts) } }))

  it('every filled field is a fact of the case, and every fact of the case is in it', () => {
    fc.assert(
      fc.property(record, ({ record, agency }) => {
        const filled = blocks(letter(record, { agency }), 'field').flatMap(({ value }) => (value === '' ? [] : [value]))
        const known = FACT_NAMES.flatMap((name) => (record.facts[name] ? [String(record.facts[name].value)] : []))
        expect([...filled].sort()).toEqual(known.filter((value) => value !== '').sort())
      }),
      { seed: 11 },
    )
  })
})

describe('the receipt', () => {
  it('says number, as it is read aloud too, what was taken and what is missing', () => {
    const text = all(receipt(FULL))
    for (const part of [
      NUMBER,
      'Gia Lai hai sáu, gạch',
      '26/11/2026',
      'Hàng nhận về không giống quảng cáo',
      'Mã đơn',
      'hồ sơ tới đâu rồi',
      'rút hồ sơ',
    ])
      expect(text).toContain(part)
  })

  it('promises the day that it was given, and none by itself', () => {
    expect(all(receipt(FULL, '2026-12-07'))).toContain('chậm nhất ngày 07/12/2026')
    expect(all(receipt(FULL))).not.toContain('chậm nhất')
  })

  it('shows what the association has not given as not given', () => {
    expect(all(receipt(FULL))).toContain('Điện thoại: chưa cung cấp. Thư điện tử: chưa cung cấp. Giờ làm việc: sáng thứ Hai.')
  })

  it('tells no telephone of the person and nothing of the story: it may lie on a table', () => {
    expect(all(receipt(FULL))).not.toMatch(/0905|vai mong/)
  })
})
