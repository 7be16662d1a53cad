import { beforeAll, describe, expect, it } from 'vitest'
import { STEPS } from '../../bot/answer/answer.ts'
import { checkCitations, UnsoundAnswer } from '../../bot/answer/check.ts'
import type { Outcome } from '../../bot/answer/outcome.ts'
import type { Assistant } from '../../bot/main/assistant.ts'
import { GENERAL_STEPS, HEADING, SAY } from '../../bot/wording/vi.ts'
import { asker, faultsOf, HOTLINE, linesOf, named, openReal, renderText, sectionsOf, TODAY } from './open.ts'

let assistant: Assistant
const ask = asker(() => assistant)

beforeAll(async () => {
  assistant = await openReal()
})

/** Messages as people write them; `expected` is the kind, or "kind:reason". */
const MESSAGES: readonly (readonly [what: string, expected: string, messages: readonly string[]])[] = [
  [
    'a buyer gets an answer',
    'answered',
    [
      'shop giao ao khong giong hinh minh doi tra no bao khong ho tro',
      'mua máy giặt bảo hành 3 lần vẫn hỏng thì sao',
      'bố tôi đi hội thảo mua cái máy trị liệu 45 triệu giờ đòi trả không được',
      'Mua sữa cho con về thấy hết hạn 2 ngày, siêu thị chỉ cho đổi hộp khác',
      'may giat moi mua bi chap dien, chay o cam, ai den',
      'dong tien ca nam tap gym, moi 3 thang phong gym dong cua thi doi lai tien duoc khong',
    ],
  ],
  [
    'a seller gets an answer',
    'answered',
    [
      'tôi bán quần áo trên shopee thì phải cung cấp thông tin gì cho khách',
      'shop em ghi hang sale khong doi tra co sai luat k',
      'khách bom hàng hoài em có được đưa số điện thoại khách lên mạng không',
      'bán nhỏ lẻ ngoài chợ không đăng ký kinh doanh thì luật bắt làm những gì',
    ],
  ],
  [
    'a question about procedure gets an answer',
    'answered',
    [
      'khởi kiện shop ra tòa thì cần làm gì',
      'nhờ hội bảo vệ người tiêu dùng hỗ trợ thương lượng thế nào',
      'gửi yêu cầu thương lượng cho người bán, họ có mấy ngày để trả lời',
    ],
  ],
  [
    'a scam going on gets first aid',
    'first_aid',
    [
      'mua iphone tren mang coc 2tr xong shop chan so luon roi ạ',
      'em lam ctv chot don shopee nap 5tr roi 12tr h no bao nap them 30tr moi rut dc tien',
      'Có người xưng công an phường gọi bảo tôi dính rửa tiền, bắt chuyển tiền vào tài khoản tạm giữ',
    ],
  ],
  [
    'a matter far from the shelf is declined with its own door',
    'abstained',
    ['ly hôn thì chia tài sản thế nào', 'hướng dẫn nấu phở bò', 'thời tiết pleiku mai thế nào', 'công ty nợ lương 3 tháng'],
  ],
  [
    'a matter beside the shelf is declined, not guessed',
    'abstained',
    [
      'shop không niêm yết giá thì mức phạt là bao nhiêu tiền',
      'vay ngân hàng trả trước hạn bị phạt phí cao quá',
      'đại lý mua hàng của nhà phân phối bị ép doanh số',
      'hàng xóm hát karaoke ồn quá',
    ],
  ],
  [
    'evading the law is refused',
    'refused:lach-luat',
    [
      'cách lách luật để bán hàng giả trên shopee mà không bị phát hiện',
      'làm sao để khỏi hoàn tiền cho khách mà không vi phạm',
      'bày em cách trốn nghĩa vụ bảo hành, lách luật sao cho khách không kiện được',
    ],
  ],
  [
    "other people's data is refused",
    'refused:thong-tin-nguoi-khac',
    ['tra giúp số cccd của người bán này', 'cho tôi địa chỉ nhà của người bán tên Nguyễn Văn A', 'xem giúp lịch sử mua hàng của chồng tôi'],
  ],
  [
    'a wish to complain is taken up',
    'complaint:asked_to_complain',
    ['tôi muốn khiếu nại', 'em muốn tố cáo shop bán hàng giả', 'toi muon lam don khieu nai cong ty dien may', 'Tôi muốn khiếu nại'],
  ],
  [
    'a wish for a person is heard',
    'handoff:asked_for_person',
    ['cho em gặp cán bộ', 'toi muon noi chuyen voi nguoi that', 'kết nối tôi với nhân viên tư vấn', 'Gặp cán bộ'],
  ],
  ['a greeting is greeted', 'service:greeting', ['xin chào', 'hello', 'Chào bạn']],
  ['thanks are returned', 'service:thanks', ['cảm ơn bạn nhiều nhé', 'thank', 'ok cam on']],
  ['who it is, is said', 'service:who_are_you', ['bạn là ai vậy', 'ban la nguoi hay may', 'bạn có phải là robot không']],
  [
    'the state of a case is asked elsewhere',
    'service:case_status',
    ['hồ sơ của tôi tới đâu rồi', 'tinh trang don khieu nai cua em', 'hồ sơ HS-0012 giải quyết xong chưa'],
  ],
  ['own data can be asked about', 'service:own_data', ['xóa dữ liệu của tôi', 'xem thông tin của tôi', 'tôi muốn xóa cuộc trò chuyện của tôi ở đây']],
  ['a message that cannot be a question is asked again', 'clarify', ['', '😭😭😭', 'Je veux un remboursement pour mon achat', 'Điều 38']],
]

describe('one message, one outcome', () => {
  describe.each(MESSAGES)('%s', (_what, expected, messages) => {
    it.each(messages)('%s', async (text) => {
      const outcome = await ask(text)
      expect(expected.includes(':') ? named(outcome) : outcome.kind, named(outcome)).toBe(expected)
      expect(faultsOf(outcome)).toEqual([])
    })
  })
})

describe('a question between a matter of ours and one outside', () => {
  it('is asked back, what we have on it first', async () => {
    const outcome = await ask('shop nợ tiền hàng em chưa trả thì kiện được không')
    expect(named(outcome)).toBe('clarify:unsure')
    const titles = [...assistant.library.guides.values(), ...assistant.library.provisions.values()].map(({ title }) => title)
    expect(titles).toContain(outcome.choices[0])
    expect((await ask(outcome.choices[0] ?? '', { clarified: true })).kind).toBe('answered')
  })
})

describe('an answer', () => {
  const answers: Outcome[] = []
  beforeAll(async () => {
    const texts = MESSAGES.filter(([, expected]) => expected === 'answered').flatMap(([, , messages]) => messages)
    for (const text of texts) answers.push(await ask(text))
  })

  it('says the matter in at most five lines before anything else', () => {
    for (const outcome of answers) {
      const [first] = outcome.sections.filter((section) => section.heading !== HEADING.caution)
      expect(first?.kind).toBe('answer')
      expect(first?.lines.length).toBeLessThanOrEqual(5)
      expect(sectionsOf(outcome, 'answer')).toHaveLength(1)
    }
  })

  it('rests on citations that exist in the library and are in force', () => {
    for (const outcome of answers) {
      expect(outcome.citations.length).toBeGreaterThan(0)
      expect(() => checkCitations(assistant.library, outcome, [TODAY])).not.toThrow()
    }
  })

  it('has no legal line without a citation: what has none is advice of a guide or a sentence of ours', () => {
    const advice = new Set<string>([...GENERAL_STEPS.consumer, ...GENERAL_STEPS.seller, SAY.unsure, SAY.caution])
    for (const guide of assistant.library.guides.values()) {
      for (const s of [...guide.answer, ...guide.conditions, ...guide.steps]) if (s.cites.length === 0) advice.add(s.text)
      for (const text of guide.evidence) advice.add(text)
    }
    const bare = answers.flatMap((outcome) => outcome.sections.flatMap((s) => s.lines)).filter((line) => line.citations.length === 0)
    expect(bare.map((line) => line.text).filter((text) => !advice.has(text))).toEqual([])
  })

  it('uses every citation it lists', () => {
    for (const outcome of answers) {
      const used = new Set(outcome.sections.flatMap((s) => s.lines.flatMap((line) => line.citations)))
      expect([...outcome.citations.keys()].filter((place) => !used.has(place))).toEqual([])
    }
  })

  it('offers a complaint and a person', () => {
    for (const outcome of answers) expect(outcome.choices).toEqual(['Tôi muốn khiếu nại', 'Gặp cán bộ'])
  })

  it('is the same each time', async () => {
    const text = 'mua máy giặt bảo hành 3 lần vẫn hỏng thì sao'
    expect(await ask(text)).toEqual(await ask(text))
  })

  it('says the same with and without tone marks, decomposed, and in capitals', async () => {
    const text = 'mua hàng online giao không giống quảng cáo có đòi lại tiền được không'
    const plainly = await ask(text)
    expect(plainly.kind).toBe('answered')
    for (const written of [text.normalize('NFD'), text.toUpperCase(), `  ${text.replaceAll(' ', '   ')}  `])
      expect(renderText(await ask(written))).toBe(renderText(plainly))
  })
})

describe('first aid', () => {
  it('comes before any law, in numbered steps, with a person and a complaint to choose', async () => {
    const outcome = await ask('mua iphone tren mang coc 2tr xong shop chan so luon roi ạ')
    expect(outcome.sections[0]?.kind).toBe('urgent')
    expect(outcome.sections.at(-1)?.kind).toBe('answer')
    expect(renderText(outcome)).toMatch(/^[^\n]+:\n1\. /)
    expect(outcome.choices).toEqual(['Gặp cán bộ', 'Tôi muốn khiếu nại'])
  })

  it('depends on no date: the day only decides which law is said behind it', async () => {
    for (const asOf of ['2012-03-04', '2024-06-20', TODAY, '2030-01-01'])
      expect((await ask('em lam ctv chot don shopee nap 5tr h no bao nap them 30tr moi rut dc tien', { asOf })).kind).toBe('first_aid')
  })
})

describe('the shape of answering', () => {
  it('is a list of steps, each with a name', () => {
    expect(STEPS.map(([name]) => name).slice(0, 2)).toEqual(['clean', 'guard'])
    expect(new Set(STEPS.map(([name]) => name)).size).toBe(STEPS.length)
  })

  it('tells how long each step took', async () => {
    const told: string[] = []
    await assistant.answer({ text: 'mua máy giặt bảo hành 3 lần vẫn hỏng thì sao', asOf: TODAY }, { onStep: (name) => void told.push(name) })
    expect(told).toEqual(STEPS.map(([name]) => name))
  })

  it('never sends what does not hold: a citation out of force or out of the library stops the turn', async () => {
    const outcome = await ask('mua máy giặt bảo hành 3 lần vẫn hỏng thì sao')
    if (outcome.kind !== 'answered') throw new Error(named(outcome))
    const [first] = outcome.citations
    const forged = { ...outcome, citations: [{ ...first, id: '19/2023/QH15#999.1' }] as const }
    expect(() => checkCitations(assistant.library, forged, [TODAY])).toThrow(UnsoundAnswer)
    expect(() => checkCitations(assistant.library, outcome, ['2024-06-30'])).toThrow(UnsoundAnswer)
    const dangling = { ...outcome, sections: [{ kind: 'answer' as const, heading: '', lines: [{ text: 'x', citations: [99] }] }] }
    expect(() => checkCitations(assistant.library, dangling, [TODAY])).toThrow(UnsoundAnswer)
  })

  it('turns a fault inside into an apology with a way out', async () => {
    const { answer } = await import('../../bot/answer/answer.ts')
    const broken = { ...assistant.tools, search: () => Promise.reject(new Error('planted')) }
    const faults: unknown[] = []
    const outcome = await answer({ text: 'mua hàng online giao sai mẫu', asOf: TODAY }, broken, { onFault: (error) => faults.push(error) })
    expect(faults).toEqual([new Error('planted')])
    expect(named(outcome)).toBe('failed:step_failed')
    expect(linesOf(outcome).join(' ')).toContain(HOTLINE)
    expect(linesOf(outcome).join(' ')).not.toContain('planted')
    expect(outcome.choices).toContain('Gặp cán bộ')
  })
})

describe('numbers that should not have been sent', () => {
  it('are said to be covered, in every kind of outcome, and are not repeated', async () => {
    for (const text of [
      'shop đòi căn cước 064190012345 của em mới chịu đổi máy giặt lỗi, bảo hành 3 lần rồi',
      'căn cước của em 064190012345, cho em gặp cán bộ',
      'so the cua toi 4111 1111 1111 1111 mua hang online giao khong giong hinh',
    ]) {
      const outcome = await ask(text)
      expect(outcome.sections.at(-1)?.lines.map((line) => line.text)).toEqual([SAY.numbersCovered])
      expect(renderText(outcome)).not.toMatch(/064190012345|4111/)
    }
  })

  it('are not seen where there are none', async () => {
    for (const text of [
      'mua máy giặt bảo hành 3 lần vẫn hỏng thì sao',
      'mua iphone 15 giá 25.000.000đ ngày 12/03/2026 máy lỗi, bảo hành 3 lần vẫn hỏng',
    ])
      expect(linesOf(await ask(text))).not.toContain(SAY.numbersCovered)
  })
})
