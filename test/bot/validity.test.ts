import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Outcome } from '../../bot/answer/outcome.ts'
import type { Assistant } from '../../bot/main/assistant.ts'
import { parsePointer } from '../../knowledge/citation.ts'
import { readDates } from '../../knowledge/language/dates.ts'
import { loadLibrary, resolve } from '../../knowledge/library.ts'
import { type Day, formatDay, mayAnnounce, pointerInForce } from '../../knowledge/validity.ts'
import { asker, faultsOf, named, openReal, renderText, TODAY } from './open.ts'

let assistant: Assistant
const ask = asker(() => assistant)
const library = loadLibrary()

beforeAll(async () => {
  assistant = await openReal()
})

const SEED = 20261123
const QUESTIONS = [...library.provisions.values(), ...library.guides.values()].flatMap((entry) => entry.questions.map((q) => q.text))
/** Questions that say nothing about when: the day of the event is then ours to choose. */
const TIMELESS = QUESTIONS.filter((text) => readDates(text, TODAY).length === 0 && readDates(assistantFree(text), TODAY).length === 0)

/** Words that a repaired text could turn into a date. */
function assistantFree(text: string): string {
  return /\d|năm|tháng|tuần|ngày|hôm|tết|mai|nay/iu.test(text) ? 'hôm nay' : text
}

const day = fc
  .date({ min: new Date('2011-01-01T00:00:00Z'), max: new Date('2030-12-31T00:00:00Z'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10))

/** The clause that says from when a law holds may be shown before that day. */
function announces(citation: Outcome['citations'][number], asOf: Day): boolean {
  const document = library.documents.get(citation.pointer.document)
  return document !== undefined && mayAnnounce(document, citation.pointer, asOf)
}

/** @returns what is wrong with the citations of `outcome` for a matter of one of `days`. */
function unsound(outcome: Outcome, asOf: Day, days: readonly Day[]): string[] {
  const text = renderText(outcome, asOf)
  return outcome.citations.flatMap((citation) => {
    const document = library.documents.get(citation.pointer.document)
    if (!document) return [`${citation.id} is no document of the library`]
    if (citation.kind === 'provision') {
      if (resolve(library, parsePointer(citation.id)).length === 0) return [`${citation.id} does not exist`]
      return days.some((d) => pointerInForce(library, citation.pointer, d) || mayAnnounce(document, citation.pointer, d))
        ? []
        : [`${citation.id} was not in force on ${days.join(', ')}`]
    }
    const gone = document.inForceTo !== null && document.inForceTo <= asOf
    const said = gone ? text.includes(`đã hết hiệu lực từ ${formatDay(document.inForceTo as string)}`) : true
    return said ? [] : [`${citation.id} is shown without saying that it is no longer in force`]
  })
}

describe('which law holds is answered also where nothing else can be', () => {
  it.each([['vụ shop giao đồ giả cho em hồi Tết Giáp Thìn thì theo luật nào', '59/2010/QH12']])('%s', async (text, law) => {
    const outcome = await ask(text)
    expect(outcome.kind, named(outcome)).toBe('answered')
    expect(renderText(outcome)).toContain(law)
    expect(renderText(outcome)).toContain('01/07/2024')
  })
})

describe('from when something holds', () => {
  it.each([
    ['Người có ảnh hưởng phải nói rõ đây là quảng cáo, quy định này bắt đầu từ khi nào?', '01/01/2026'],
    ['Em là KOC review mỹ phẩm. Quy định người có ảnh hưởng phải nói rõ đây là quảng cáo có từ ngày nào vậy?', '01/01/2026'],
  ])('is told of the article that came with an amendment: %s', async (text, day) => {
    const outcome = await ask(text)
    expect(outcome.kind).toBe('answered')
    expect(renderText(outcome)).toContain(`áp dụng từ ${day}`)
    expect(faultsOf(outcome)).toEqual([])
  })

  it('is told where a clause speaks of its own beginning', async () => {
    const outcome = await ask('Nhãn in theo mẫu cũ trước khi có nghị định mới về nhãn thì còn dùng được bao lâu?')
    expect(outcome.citations.map(({ id }) => id)).toContain('37/2026/NĐ-CP#98.4')
    expect(renderText(outcome)).toContain('(37/2026/NĐ-CP) có hiệu lực từ 23/01/2026')
  })
})

describe('days typed without marks', () => {
  it.each([
    ['cách đây hai năm rưỡi mua tủ lạnh, giờ hỏng, theo luật nào', 'cach day hai nam ruoi mua tu lanh, gio hong, theo luat nao', '59/2010/QH12'],
  ])('mean the same day: %s', async (marked, bare, law) => {
    for (const text of [marked, bare]) expect(renderText(await ask(text)), text).toContain(law)
  })
})

describe('whatever the day', () => {
  it('has enough everyday questions to draw from', () => {
    expect(QUESTIONS.length).toBeGreaterThan(1000)
    expect(TIMELESS.length).toBeGreaterThan(300)
  })

  it('cites only what exists and was in force on the day of asking', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...TIMELESS), day, async (text, asOf) => {
        const outcome = await ask(text, { asOf })
        expect(faultsOf(outcome), text).toEqual([])
        expect(unsound(outcome, asOf, [asOf]), text).toEqual([])
      }),
      { seed: SEED, numRuns: 200 },
    )
  })

  it('cites only what was in force on the day of asking or of the matter', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...TIMELESS), day, day, async (text, one, other) => {
        const [event, asOf] = [one, other].sort() as [Day, Day]
        const [year, month, date] = event.split('-')
        const outcome = await ask(`Ngày ${date}/${month}/${year} tôi có việc này: ${text}`, { asOf })
        expect(faultsOf(outcome), text).toEqual([])
        expect(unsound(outcome, asOf, [asOf, event]), text).toEqual([])
      }),
      { seed: SEED, numRuns: 150 },
    )
  })

  it('gives no answer from the shelf that was not in force on that day', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...TIMELESS), fc.constantFrom('2011-05-05', '2019-09-09', '2024-06-30'), async (text, asOf) => {
        const outcome = await ask(text, { asOf })
        const shown = outcome.citations.filter((c) => c.kind === 'provision' && !pointerInForce(library, c.pointer, asOf) && !announces(c, asOf))
        expect(shown.map((c) => c.id)).toEqual([])
      }),
      { seed: SEED, numRuns: 60 },
    )
  })
})

/** Number, day on which it ended, what replaced it, and ways in which people write it. */
const EXPIRED: readonly (readonly [number: string, end: string, next: string, spellings: readonly string[]])[] = [
  [
    '59/2010/QH12',
    '01/07/2024',
    '19/2023/QH15',
    [
      'luật 59/2010/QH12 còn hiệu lực không',
      'luật bảo vệ người tiêu dùng 2010 còn dùng được không',
      'luat 59/2010/qh12 con hieu luc ko',
      'điều 8 luật 59/2010/QH12 nói gì về quyền người tiêu dùng',
      '59/2010/QH12',
    ],
  ],
  [
    '52/2013/NĐ-CP',
    '01/07/2026',
    '122/2025/QH15',
    ['NĐ 52/2013/NĐ-CP còn hiệu lực không', 'nghi dinh 52/2013/nd-cp con hieu luc ko', 'nghị định 52 về thương mại điện tử', 'nghị định 52/2013'],
  ],
  [
    '85/2021/NĐ-CP',
    '01/07/2026',
    '248/2026/NĐ-CP',
    ['nghị định 85/2021 bắt sàn làm gì', 'nđ 85 còn áp dụng không', '85/2021/NĐ-CP', 'nghi dinh 85/2021/nd-cp'],
  ],
  ['13/2023/NĐ-CP', '01/01/2026', '91/2025/QH15', ['nghị định 13 bảo vệ dữ liệu cá nhân còn hiệu lực không', 'nghi dinh 13/2023', '13/2023/NĐ-CP']],
  [
    '43/2017/NĐ-CP',
    '23/01/2026',
    '37/2026/NĐ-CP',
    ['nghị định 43/2017 về nhãn hàng hóa còn hiệu lực không', 'nd 43/2017', '43/2017/NĐ-CP nhãn hàng hóa'],
  ],
]

describe('a document that is no longer in force', () => {
  describe.each(EXPIRED)('%s', (number, end, next, spellings) => {
    it.each(spellings)('%s', async (text) => {
      const outcome = await ask(text)
      const said = renderText(outcome)
      expect(outcome.citations[0]?.pointer).toEqual({ document: number })
      expect(said).toMatch(
        new RegExp(`${number.replaceAll('/', '\\/')}\\) đã hết hiệu lực từ ${end}, thay bằng [^.]*${next.replaceAll('/', '\\/')}`, 'u'),
      )
      expect(faultsOf(outcome)).toEqual([])
      expect(unsound(outcome, TODAY, [TODAY])).toEqual([])
    })
  })

  it('is not said to be gone while it still holds', async () => {
    for (const [number, , , [text = '']] of EXPIRED) {
      const asOf = '2023-12-01'
      expect(renderText(await ask(text, { asOf }), asOf), number).not.toMatch(new RegExp(`${number.replaceAll('/', '\\/')}\\) đã hết hiệu lực`, 'u'))
    }
  })
})

describe('a purchase before the law changed', () => {
  it.each([
    'tôi mua máy lạnh tháng 3/2024 giờ hư, đòi bảo hành được không',
    'mua máy giặt ngày 15/6/2024, bảo hành sửa 3 lần vẫn hỏng, có được đổi máy mới không',
    'tu lanh mua nam 2023 mang bao hanh 4 lan van khong het loi, doi tra lai tien duoc khong',
  ])('before 01/07/2024: %s', async (text) => {
    const outcome = await ask(text)
    const said = renderText(outcome)
    expect(outcome.kind, named(outcome)).toBe('answered')
    expect(outcome.sections[0]?.heading).toBe('Về thời điểm')
    expect(said).toContain('59/2010/QH12')
    expect(said).toContain('đã hết hiệu lực từ 01/07/2024, thay bằng Luật Bảo vệ quyền lợi người tiêu dùng (19/2023/QH15)')
    expect(said).toContain('Quy định chuyển tiếp')
    expect(outcome.citations.map((c) => c.id)).toContain('19/2023/QH15#80.1')
  })

  it.each([
    'mua hàng trên shopee ngày 10/5/2026 giao sai, sàn có phải nhận lại hàng không',
    'hồi tháng 3/2026 mua tiktok bị giao hàng giả, sàn có chịu không',
  ])('e-commerce before 01/07/2026: %s', async (text) => {
    const outcome = await ask(text)
    const said = renderText(outcome)
    expect(outcome.kind, named(outcome)).toBe('answered')
    expect(said).toContain('52/2013/NĐ-CP')
    expect(said).toContain('đã hết hiệu lực từ 01/07/2026, thay bằng Luật Thương mại điện tử (122/2025/QH15)')
    expect(outcome.citations.map((c) => c.id)).toContain('122/2025/QH15#41.1')
  })

  it.each([
    ['hồi tháng 4/2025 sàn đổi quy chế hoạt động mà không báo, lúc đó sàn phải báo người bán trước mấy ngày', '38', TODAY],
    ['sàn đổi quy chế hoạt động thì phải báo người bán trên sàn trước mấy ngày', '38', '2025-04-10'],
  ])('is answered from the older decree where the shelf has it: %s', async (text, article, asOf) => {
    const outcome = await ask(text, { asOf })
    expect(outcome.kind, named(outcome)).toBe('answered')
    expect(outcome.citations.some(({ pointer }) => pointer.document === '52/2013/NĐ-CP' && pointer.article === article)).toBe(true)
    expect(renderText(outcome, asOf)).not.toContain('nguyên văn văn bản ấy chưa có')
  })

  it('who asks which law held and names none is told of the law that any purchase falls under', async () => {
    const said = renderText(await ask('mua cái loa hôm 20/6/2024 thì theo luật cũ hay luật mới'))
    for (const words of ['59/2010/QH12', '19/2023/QH15', 'Quy định chuyển tiếp']) expect(said).toContain(words)
  })

  it('the clause that ended a document is its basis', async () => {
    const outcome = await ask('tem in theo nghị định 43/2017 còn dùng được không')
    expect(outcome.citations.map(({ id }) => id)).toEqual(expect.arrayContaining(['43/2017/NĐ-CP', '37/2026/NĐ-CP#97.4']))
  })

  it('says nothing about time where the law of the day is the law of today', async () => {
    for (const text of ['mua máy giặt ngày 15/8/2024, bảo hành 3 lần vẫn hỏng thì sao', 'mua máy giặt bảo hành 3 lần vẫn hỏng thì sao'])
      expect((await ask(text)).sections.map((section) => section.heading)).not.toContain('Về thời điểm')
  })

  it.each([
    'không nhớ mua hồi nào, máy giặt bảo hành mãi không xong',
    'ko nho mua hoi nao, may giat bao hanh 3 lan van hong',
    'đặt hàng qua mạng mà không nhớ năm nào, thông tin sai thì hủy được không',
  ])('gives both versions when the day is not known: %s', async (text) => {
    const outcome = await ask(text)
    const said = renderText(outcome)
    expect(outcome.kind, named(outcome)).toBe('answered')
    expect(said).toContain('Bạn xem lại hóa đơn, tin nhắn đặt hàng hoặc sao kê để biết ngày.')
    expect(said).toContain('59/2010/QH12')
    expect(said).toContain('Với giao dịch từ 01/07/2024 trở đi')
  })
})

describe('old law or new', () => {
  it.each([
    [
      'Tết năm ngoái em mua nồi cơm điện, bảo hành 24 tháng, sửa ba lần rồi vẫn khê. Luật cũ hay mới?',
      '2025-02-20',
      '19/2023/QH15#80.1',
      '59/2010/QH12',
    ],
    ['hợp đồng mạng ký năm 2021 tự gia hạn tới giờ, luật 2023 có áp cho tôi không', TODAY, '19/2023/QH15#80.1', '59/2010/QH12'],
    ['không nhớ mua tủ trước hay sau khi có luật mới, giờ hư thì theo luật nào', TODAY, '19/2023/QH15#80.1', '59/2010/QH12'],
    ['hồi tháng 6 sàn trừ tiền shop, luật thương mại điện tử mới có áp dụng ngược lại không', '2026-09-01', '122/2025/QH15#40', '52/2013/NĐ-CP'],
    ['nghị định 52/2013 lúc này sàn còn phải theo hay đã qua luật mới', '2026-05-20', '122/2025/QH15#40', '52/2013/NĐ-CP'],
  ])('names both and the clause that decides: %s', async (text, asOf, clause, old) => {
    const outcome = await ask(text, { asOf })
    expect(outcome.citations.map((c) => c.id)).toContain(clause)
    expect(renderText(outcome, asOf)).toContain(old)
    expect(faultsOf(outcome)).toEqual([])
  })

  it('says of a decree whose end is set until when it holds, not that it is gone', async () => {
    const said = renderText(await ask('nghị định 52/2013 còn hiệu lực không', { asOf: '2026-05-20' }), '2026-05-20')
    expect(said).toContain('còn hiệu lực tới trước 01/07/2026')
    expect(said).not.toContain('đã hết hiệu lực')
  })
})

describe('a law that is not in force yet', () => {
  const ECOMMERCE = ['dieu 17 luat tmdt', 'sàn thương mại điện tử phải làm gì khi có hàng giả', 'khoản 2 điều 17 luật thương mại điện tử']
  const CONSUMER = ['Điều 38 luật 19/2023', 'mua máy giặt bảo hành 3 lần vẫn hỏng thì sao']

  it.each([
    ['Quốc hội vừa thông qua Luật Thương mại điện tử, vậy tuần sau các sàn phải làm theo liền hả', '2025-12-20'],
    ['Shop em bị sàn khóa hôm 03/06/2026 không báo trước, quy định báo trước năm ngày đó có cứu được em không', '2026-08-01'],
  ])('is answered with the clause that says from when: %s', async (text, asOf) => {
    const outcome = await ask(text, { asOf })
    expect(outcome.kind).toBe('answered')
    expect(outcome.citations.map((c) => c.id)).toContain('122/2025/QH15#40')
  })

  it.each(ECOMMERCE)('is not cited on 10/05/2026: %s', async (text) => {
    const outcome = await ask(text, { asOf: '2026-05-10' })
    expect(outcome.citations.filter((c) => c.pointer.document === '122/2025/QH15')).toEqual([])
    expect(faultsOf(outcome)).toEqual([])
  })

  it.each(CONSUMER)('is not cited on 20/06/2024: %s', async (text) => {
    const outcome = await ask(text, { asOf: '2024-06-20' })
    expect(outcome.citations.filter((c) => ['122/2025/QH15', '19/2023/QH15'].includes(c.pointer.document))).toEqual([])
    expect(faultsOf(outcome)).toEqual([])
  })

  it.each([
    ['luật thương mại điện tử khi nào có hiệu lực', '2026-05-10', '122/2025/QH15#40', '01/07/2026'],
    ['luat tmdt moi ap dung chua vay', '2026-05-10', '122/2025/QH15#40', '01/07/2026'],
    ['sắp có luật bảo vệ người tiêu dùng mới, bao giờ áp dụng', '2024-05-15', '19/2023/QH15#79.1', '01/07/2024'],
    ['luật bảo vệ người tiêu dùng mới có chưa', '2024-06-20', '19/2023/QH15#79.1', '01/07/2024'],
  ])('is cited for one thing only, its first day, and only to who asks for it: %s', async (text, asOf, starts, day) => {
    const outcome = await ask(text, { asOf })
    expect(outcome.kind).toBe('answered')
    expect(outcome.citations.filter((c) => c.kind === 'provision').map((c) => c.id)).toEqual([starts])
    expect(renderText(outcome, asOf)).toContain(`có hiệu lực từ ${day}`)
    expect(renderText(outcome, asOf)).not.toContain('Luật 19/2023/QH15 đang có hiệu lực')
  })

  it('is not cited even for its first day before it was made', async () => {
    const outcome = await ask('luật thương mại điện tử khi nào có hiệu lực', { asOf: '2025-11-01' })
    expect(outcome.citations.filter((c) => c.kind === 'provision')).toEqual([])
  })

  it('is told of beside the rule for what lies between when the old law is set against it', async () => {
    const outcome = await ask('đồ tôi mua tháng này thì qua tháng sau có chuyển sang luật người tiêu dùng mới không', { asOf: '2024-06-10' })
    expect(outcome.citations.map((c) => c.id)).toContain('19/2023/QH15#80.1')
    expect(renderText(outcome, '2024-06-10')).toContain('59/2010/QH12')
  })

  it('is said to be coming when it is named', async () => {
    const outcome = await ask('dieu 17 luat tmdt', { asOf: '2026-05-10' })
    expect(named(outcome)).toBe('abstained:not_in_force_yet')
    expect(renderText(outcome)).toContain('Luật Thương mại điện tử (122/2025/QH15) có hiệu lực từ 01/07/2026')
  })

  it('answers on its first day, not on the day before', async () => {
    expect((await ask('Điều 38 luật 19/2023', { asOf: '2024-06-30' })).kind).toBe('abstained')
    expect((await ask('Điều 38 luật 19/2023', { asOf: '2024-07-01' })).kind).toBe('answered')
    expect((await ask('dieu 17 luat tmdt', { asOf: '2026-06-30' })).kind).toBe('abstained')
    expect((await ask('dieu 17 luat tmdt', { asOf: '2026-07-01' })).kind).toBe('answered')
  })
})
