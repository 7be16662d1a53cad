import { beforeAll, describe, expect, it } from 'vitest'
import type { Assistant } from '../../bot/main/assistant.ts'
import { SAY } from '../../bot/wording/vi.ts'
import { asker, faultsOf, named, openReal, renderText } from './open.ts'

let assistant: Assistant
const ask = asker(() => assistant)

beforeAll(async () => {
  assistant = await openReal()
})

describe('an article that is named', () => {
  it.each([
    ['Điều 38 luật 19/2023', '19/2023/QH15', '38', undefined],
    ['điều 38 luật bảo vệ quyền lợi người tiêu dùng nói gì', '19/2023/QH15', '38', undefined],
    ['khoản 3 điều 38 luật bảo vệ người tiêu dùng', '19/2023/QH15', '38', '3'],
    ['k3 đ38 luật bvqlntd', '19/2023/QH15', '38', '3'],
    ['khoan 2 dieu 79 luat 19/2023/QH15', '19/2023/QH15', '79', '2'],
    ['dieu 17 luat tmdt', '122/2025/QH15', '17', undefined],
    ['Điều 17 Luật Thương mại điện tử 2025', '122/2025/QH15', '17', undefined],
    ['khoản 2 điều 17 luật 122/2025/QH15', '122/2025/QH15', '17', '2'],
  ])('%s', async (text, document, article, clause) => {
    const outcome = await ask(text)
    expect(outcome.kind, named(outcome)).toBe('answered')
    expect(faultsOf(outcome)).toEqual([])
    expect(outcome.citations.every((c) => c.pointer.document === document && c.pointer.article === article)).toBe(true)
    if (clause) expect(outcome.citations.every((c) => c.pointer.clause === clause)).toBe(true)
  })

  it('shows every clause of the article by its number, then the nearest in full', async () => {
    const outcome = await ask('Điều 38 luật 19/2023')
    expect(outcome.sections[0]?.heading).toBe('Điều 38. Giao kết hợp đồng trong giao dịch từ xa')
    expect(outcome.sections[0]?.lines.map((line) => line.text.slice(0, 8))).toEqual(['Khoản 1:', 'Khoản 2:', 'Khoản 3:', 'Khoản 4:'])
  })

  it('says all points of the clause asked for', async () => {
    const said = renderText(await ask('khoản 2 điều 30 luật bvqlntd'))
    for (const letter of ['a', 'b', 'c', 'd', 'đ', 'e', 'g']) expect(said).toMatch(new RegExp(`^(?:– )?${letter}\\) `, 'mu'))
  })
})

describe('an article without its document', () => {
  it('is asked back, and each choice then answers', async () => {
    const outcome = await ask('Điều 38')
    expect(named(outcome)).toBe('clarify:which_document')
    expect(outcome.choices).toEqual([
      'Điều 38 Luật Bảo vệ quyền lợi người tiêu dùng',
      'Điều 38 Luật Thương mại điện tử',
      'Điều 38 Luật Bảo vệ dữ liệu cá nhân',
      'Điều 38 Luật Quảng cáo',
    ])
    const chosen = await Promise.all(outcome.choices.map((choice) => ask(choice)))
    expect(chosen.map((o) => o.citations[0]?.id.split('.')[0])).toEqual(['19/2023/QH15#38', '122/2025/QH15#38', '91/2025/QH15#38', '16/2012/QH13#38'])
  })

  it('keeps the clause in its choices', async () => {
    const outcome = await ask('khoản 9 Điều 38')
    expect(named(outcome)).toBe('clarify:which_document')
    for (const choice of outcome.choices) {
      const chosen = await ask(choice)
      expect(named(chosen)).toBe('abstained:no_such_clause')
      expect(renderText(chosen)).toContain('tôi không thấy khoản 9 Điều 38')
    }
  })

  it('is not asked back inside a story', async () => {
    const outcome = await ask('theo Điều 30 thì máy giặt bảo hành 3 lần vẫn hỏng cửa hàng có phải đổi máy mới cho tôi không')
    expect(outcome.kind, named(outcome)).toBe('answered')
    expect(outcome.citations[0]?.pointer.article).toBe('30')
  })
})

describe('what does not exist', () => {
  it.each(['Điều 95 luật bảo vệ người tiêu dùng', 'dieu 95 luat bao ve nguoi tieu dung', 'khoản 2 Điều 95 luật 19/2023/QH15'])(
    'the extent of a whole law may be stated: %s',
    async (text) => {
      const outcome = await ask(text)
      expect(named(outcome)).toBe('abstained:no_such_article')
      expect(renderText(outcome)).toContain('có 80 điều, không có Điều 95')
      expect(faultsOf(outcome)).toEqual([])
    },
  )

  it('is said of the whole library when no document was named', async () => {
    const outcome = await ask('Điều 950')
    expect(named(outcome)).toBe('abstained:no_such_article')
    expect(renderText(outcome)).toContain('Không văn bản nào trong thư viện của tôi có Điều 950')
  })

  it('an article that an excerpt leaves out is not said to be missing from its document', async () => {
    const outcome = await ask('nghị định 98/2020 điều 20 phạt gì')
    expect(named(outcome)).toBe('abstained:not_on_shelf')
    expect(renderText(outcome)).toContain('mới có một phần')
    expect(renderText(outcome)).toContain('chưa có Điều 20')
    expect(named(await ask('khoản 99 điều 9 nghị định 98/2020'))).toBe('abstained:no_such_clause')
  })

  it('an article that a law no longer has is none of its clauses', async () => {
    expect(named(await ask('điều 5 luật quảng cáo'))).toBe('abstained:no_such_clause')
  })

  it.each(['khoản 9 Điều 38 luật 19/2023', 'điểm z khoản 3 điều 38 luật bảo vệ người tiêu dùng', 'điều 38a luật 19/2023'])(
    'a clause or point: %s',
    async (text) => {
      const outcome = await ask(text)
      expect(named(outcome)).toBe('abstained:no_such_clause')
      expect(outcome.citations).toEqual([])
      expect(faultsOf(outcome)).toEqual([])
    },
  )

  it.each(['nghị định 999/2027/NĐ-CP', 'nghi dinh 999/2027/nd-cp noi gi', 'theo nghị định 999/2027/NĐ-CP thì shop phải hoàn tiền đúng không'])(
    'a document: %s',
    async (text) => {
      const outcome = await ask(text)
      expect(named(outcome)).toBe('abstained:unknown_document')
      expect(renderText(outcome)).toContain('chưa thấy văn bản 999/2027')
      expect(outcome.citations).toEqual([])
      expect(faultsOf(outcome)).toEqual([])
    },
  )
})

describe('an article of a document that is gone', () => {
  it('is not shown as law: when the matter was is asked', async () => {
    const outcome = await ask('Điều 38 nghị định 52/2013')
    expect(named(outcome)).toBe('clarify:what_of_it')
    expect(renderText(outcome)).toContain('(52/2013/NĐ-CP) đã hết hiệu lực từ 01/07/2026')
  })

  it('is shown for the day on which it held', async () => {
    const outcome = await ask('tháng 4/2025 thì Điều 38 nghị định 52/2013 nói gì')
    expect(outcome.citations.map(({ pointer }) => `${pointer.document}#${pointer.article}`)).toContain('52/2013/NĐ-CP#38')
  })
})

describe('an article that ended before its document', () => {
  it.each(['Điều 25 nghị định 55/2024 còn hiệu lực không?', 'dieu 25 nghi dinh 55/2024', 'khoản 2 Điều 25 nghị định 55/2024 nói gì'])(
    'is said to be gone, since when and by which clause: %s',
    async (text) => {
      const outcome = await ask(text)
      expect(outcome.kind, named(outcome)).toBe('answered')
      expect(outcome.citations.map(({ id }) => id)).toEqual(['137/2026/NĐ-CP#58.3'])
      expect(renderText(outcome)).toContain('hết hiệu lực từ 01/07/2026')
      expect(faultsOf(outcome)).toEqual([])
    },
  )

  it('is shown while it held', async () => {
    const outcome = await ask('Điều 25 nghị định 55/2024', { asOf: '2026-05-01' })
    expect(outcome.citations.every(({ pointer }) => pointer.document === '55/2024/NĐ-CP' && pointer.article === '25')).toBe(true)
  })
})

describe('a document that is not known', () => {
  it.each([
    ['Công ty đa cấp có giấy năm 2006 theo nghị định 110/2005, giờ muốn rút tiền ký quỹ thì làm ở đâu?', '137/2026/NĐ-CP#59.5', '110/2005'],
    ['Vi phạm xong hồi tháng 5 năm nay thì phạt theo nghị định 15/2020 hay nghị định mới?', '174/2026/NĐ-CP#115.1', '15/2020'],
  ])('is answered of by the clause that speaks of it, and said not to be here: %s', async (text, clause, number) => {
    const outcome = await ask(text)
    expect(outcome.kind, named(outcome)).toBe('answered')
    expect(outcome.citations.map(({ id }) => id)).toContain(clause)
    expect(renderText(outcome)).toContain(`Nguyên văn văn bản ${number} chưa có trong thư viện`)
    expect(faultsOf(outcome)).toEqual([])
  })
})

describe('whether a document holds', () => {
  it.each([
    ['Luật quảng cáo 2012 bị bỏ chưa hay vẫn dùng?', ['01/01/2013', '75/2025/QH15', '01/01/2026']],
    ['nghị định 55/2024 bắt đầu áp dụng từ ngày nào', ['01/07/2024']],
  ])('is all that is said to who asks just that: %s', async (text, days) => {
    const outcome = await ask(text)
    expect(outcome.sections.map(({ kind }) => kind)).toEqual(['note', 'way_out'])
    for (const day of days) expect(renderText(outcome)).toContain(day)
    expect(faultsOf(outcome)).toEqual([])
  })
})

describe('a document that is named with its matter', () => {
  it('is searched for that matter, not for its own name', async () => {
    const outcome = await ask('nghi dinh 37/2026 noi gi ve nhan phu')
    expect(outcome.citations[0]?.pointer).toMatchObject({ document: '37/2026/NĐ-CP', article: '40' })
  })
})

describe('a document in force of which no text is on the shelf', () => {
  it.each([
    ['nghị định 356/2025', '356/2025/NĐ-CP'],
    ['NĐ 119/2017/NĐ-CP', '119/2017/NĐ-CP'],
    ['nghi dinh 115/2018 phat gi ve an toan thuc pham', '115/2018/NĐ-CP'],
    ['luật 78/2025 quy định gì', '78/2025/QH15'],
    ['điều 5 nghị định 38/2021', '38/2021/NĐ-CP'],
  ])('%s', async (text, number) => {
    const outcome = await ask(text)
    expect(named(outcome)).toBe('abstained:not_on_shelf')
    expect(renderText(outcome)).toContain(`(${number}) đang có hiệu lực nhưng nguyên văn chưa có trong thư viện của tôi`)
    expect(faultsOf(outcome)).toEqual([])
  })
})

describe('a document alone', () => {
  it.each(['nghị định 248', 'nghi dinh 248/2026 noi gi vay', 'luật 19/2023', 'Nghị định 55/2024/NĐ-CP'])(
    'is told in a sentence, and asked about: %s',
    async (text) => {
      const outcome = await ask(text)
      expect(named(outcome)).toBe('clarify:what_of_it')
      expect(renderText(outcome)).toMatch(/có hiệu lực từ \d\d\/\d\d\/\d{4}, nói về .+\. Bạn muốn hỏi chuyện gì trong đó\?/)
      expect(outcome.choices.at(-1)).toBe(SAY.otherMatter)
      expect(faultsOf(outcome)).toEqual([])
    },
  )

  it('offers what rests on it', async () => {
    const { choices } = await ask('nghị định 137')
    const answered = await ask(choices[0] ?? '')
    expect(answered.citations.some((c) => c.pointer.document === '137/2026/NĐ-CP')).toBe(true)
  })

  it('is not asked about by who asks whether it holds', async () => {
    expect(named(await ask('nghị định 248 còn hiệu lực không'))).not.toBe('clarify:what_of_it')
  })
})

describe('a document and a matter', () => {
  it.each([
    ['nghị định 55/2024 nói gì về hợp đồng mẫu', '55/2024/NĐ-CP'],
    ['nghi dinh 248 quy dinh san tang phi phai bao truoc may ngay', '248/2026/NĐ-CP'],
    ['theo luật quảng cáo thì người nổi tiếng quảng cáo sai phải làm gì', '16/2012/QH13'],
  ])('is answered from that document: %s', async (text, number) => {
    const outcome = await ask(text)
    expect(outcome.kind, named(outcome)).toBe('answered')
    expect(outcome.citations.slice(0, 3).map((c) => c.pointer.document)).toContain(number)
  })
})
